//! Series: the running numbers of documents. A next number is only ever raised.

use crate::base::error::Result;
use crate::engine::store::Slice;
use crate::engine::tx::Tx;
use crate::{params, statements};

/// Every series, by the document it numbers.
pub const NAMES: [&str; 3] = ["order", "invoice", "payment"];

statements! {
    /// Starts a series at 1.
    START = "INSERT INTO series (name, next) VALUES (?1, 1)";
}

/// Series as a slice.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// Starts every series at 1.
pub(crate) fn ship(tx: &mut Tx<'_>) -> Result<()> {
    for name in NAMES {
        tx.execute(&START, params![name.to_owned()])?;
    }
    Ok(())
}
