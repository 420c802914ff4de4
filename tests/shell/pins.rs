//! A PIN opens a locked window; on the command line it is nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::Write as _;

use crate::support::{OWNER, Shop};

#[test]
fn a_pin_is_never_an_argument_and_never_a_password() {
    let shop = Shop::new();
    let typed = shop.call(&["run", "set-own-pin", "pin=482915"]);
    assert!(typed.code == 2 && typed.stderr.contains("A PIN is never typed as an argument"), "{typed:?}");
    let mut lines = tempfile::NamedTempFile::new().unwrap();
    writeln!(lines, r#"{{"pin": "482915"}}"#).unwrap();
    shop.call(&["run", "set-own-pin", "--jsonl", lines.path().to_str().unwrap()]).done();
    let own = shop.call(&["query", "own-account"]).done().objects().remove(0);
    assert_eq!(own["has_pin"], true);
    let entered = shop.as_user(OWNER, "482915").call(&["query", "own-account"]);
    assert!(entered.code == 1 && entered.stderr.contains("The login or the password is wrong"), "{entered:?}");
}
