//! What the program says where it cannot do what was asked: what happened, and what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::PathBuf;

use crate::support::{OWNER, Shop, text};
use serde_json::json;

/// What a refused call says, in one line.
fn refusal(shop: &Shop, args: &[&str]) -> String {
    let ran = shop.call(args);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (1, "", 1), "{ran:?}");
    ran.stderr.trim_end().to_owned()
}

#[test]
fn a_file_marked_read_only_is_not_worked_in_and_the_way_out_is_told() {
    let shop = Shop::new();
    let mut only_read = std::fs::metadata(&shop.file).unwrap().permissions();
    only_read.set_readonly(true);
    std::fs::set_permissions(&shop.file, only_read.clone()).unwrap();
    let before = std::fs::read(&shop.file).unwrap();
    let said = refusal(&shop, &["query", "orders"]);
    assert!(said.starts_with(&format!("{} is marked as read-only", shop.file.display())), "{said}");
    assert!(said.contains("Allow writing to the file"), "{said}");
    assert_eq!(std::fs::read(&shop.file).unwrap(), before);
    assert_eq!(std::fs::metadata(&shop.file).unwrap().permissions(), only_read);
}

/// Into this folder nobody writes, not even the system's owner.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_named_and_not_the_programs_own_file_in_it() {
    let shop = Shop::without_company();
    let company = ["new", "/sys/shop.patver", "--company", "Արև", "--country", "AM", "--currency", "AMD"];
    let ran = shop.patver(&[&company[..], &["--language", "en", "--owner", OWNER]].concat());
    let said = "Nothing can be written in the folder /sys. Choose another folder, \
                or ask whoever looks after this computer to allow writing there\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (1, said));
}

#[test]
fn a_page_of_more_rows_than_there_can_be_is_refused_at_its_limit() {
    let shop = Shop::new();
    let queries = ["orders", "counterparties", "items", "payments", "invoices", "journal", "opening-balances"];
    for query in queries {
        for limit in ["limit=501", "limit=0"] {
            let said = refusal(&shop, &["query", query, limit]);
            assert_eq!(said, "limit: A page holds from 1 to 500 rows. Give a number from 1 to 500", "{query}");
        }
    }
    shop.call(&["query", "orders", "limit=500"]).done();
}

#[test]
fn an_argument_that_stands_twice_or_is_too_large_is_called_so() {
    let shop = Shop::new();
    let twice = "Several values stand where one belongs. Give one value, once";
    let large = "The number 99999999999999999999 is too large";
    for (args, said) in [
        (&["query", "orders", "limit=3", "limit=4"][..], format!("limit: {twice}")),
        (&["query", "items", "text=a", "text=b"], format!("text: {twice}")),
        (&["run", "save-item", "name=a", "kind=goods", "price=9", "price=4"], format!("price: {twice}")),
        (&["query", "orders", "limit=99999999999999999999"], format!("limit: {large}")),
        (&["run", "undo", "seq=99999999999999999999"], format!("seq: {large}")),
    ] {
        let found = refusal(&shop, args);
        assert!(found.starts_with(&said), "{args:?}: {found}");
    }
    assert!(refusal(&shop, &["query", "orders", "limit=x"]).contains("A whole number is expected here"));
}

#[test]
fn no_paper_report_export_or_list_of_refused_rows_is_written_over_a_company_file_or_a_backup() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"text": "Ծրար", "quantity": "1", "price": "50"}]}));
    shop.run("save-item", json!({"name": "Ծրար"}));
    let folder = shop.path("backups");
    let backup = shop.call(&["backup", "--to", text(&folder)]).done().objects().remove(0);
    let backup = PathBuf::from(backup["backup"].as_str().unwrap());
    shop.write("items.csv", "name,price\nX,oops\n");
    let log = PathBuf::from(format!("{}-wal", shop.file.display()));
    let kept = std::fs::read(&backup).unwrap();
    for over in [&shop.file, &backup, &log] {
        for args in [
            vec!["print", "order", "id=1", "--out", text(over)],
            vec!["report", "sales", "--format", "csv", "--out", text(over)],
            vec!["import", "items", "items.csv", "--rejects", text(over)],
            vec!["import", "items", "items.csv", "--dry-run", "--rejects", text(over)],
        ] {
            let said = refusal(&shop, &args);
            assert!(said.contains("nothing was written over it"), "{args:?}: {said}");
        }
    }
    assert!(std::fs::read(&backup).unwrap() == kept, "the backup is as it was");
    assert_eq!(shop.query("orders", json!({})).len(), 1);
    shop.call(&["check"]).done();
}

#[cfg(unix)]
#[test]
fn a_paper_goes_to_the_file_that_a_link_leads_to_and_the_link_stays() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"text": "Paper", "quantity": "1", "price": "500"}]}));
    let (kept, link) = (shop.path("kept.pdf"), shop.path("link.pdf"));
    std::os::unix::fs::symlink(&kept, &link).unwrap();
    let print = || shop.call(&["print", "order", "id=1", "--out", text(&link)]);
    let refused = print();
    assert_eq!((refused.code, kept.exists()), (1, false), "it leads nowhere: {refused:?}");
    std::fs::write(&kept, "before").unwrap();
    print().done();
    assert!(std::fs::read(&kept).unwrap().starts_with(b"%PDF"));
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
}
