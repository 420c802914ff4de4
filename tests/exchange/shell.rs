//! Import and export from the shell, as scripts and people type them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::support::{Shop, text};
use serde_json::{Value as Json, json};

#[test]
fn a_file_comes_in_from_the_shell_goes_out_again_and_is_taken_back() {
    let shop = Shop::new();
    let people = shop.write("people.csv", "id,name,phone\n1,Անի,010 55-44-33\n2,,\n3,=Վահե,\n");
    let rejects = shop.path("rejects.csv");
    let dry = shop.call(&["import", "counterparties", text(&people), "--dry-run"]).objects().remove(0);
    assert_eq!(
        (&dry["read"], &dry["added"], &dry["rejected"], &dry["batch"]),
        (&json!(3), &json!(2), &json!(1), &Json::Null)
    );
    let line = ["import", "counterparties", text(&people), "--rejects", text(&rejects)];
    let brought = shop.call(&line);
    assert_eq!(brought.code, 0);
    let told: Vec<&str> = brought.stderr.lines().collect();
    assert!(told[0].starts_with("Line 3: name: ") && told[1].contains(text(&rejects)), "{brought:?}");
    let first = brought.objects().remove(0);
    assert_eq!((&first["added"], &first["unchanged"], &first["done"]), (&json!(2), &json!(0), &json!(true)));
    assert!(std::fs::read_to_string(&rejects).unwrap().starts_with("id,name,phone,Line,Reason\n2,,,3,name: "));
    let again = shop.call(&line).objects().remove(0);
    assert_eq!((&again["added"], &again["unchanged"], &again["batch"]), (&json!(0), &json!(2), &Json::Null));
    let out = shop.path("out.csv");
    let told = shop.call(&["export", "counterparties", "--out", text(&out)]).done().objects().remove(0);
    assert_eq!(told["rows"], 2);
    assert!(std::fs::read_to_string(&out).unwrap().contains(",'=Վահե,"));
    let over = shop.call(&["import", "counterparties", text(&people), "--rejects", text(&people)]);
    assert_eq!((over.code, std::fs::read_to_string(&people).unwrap().lines().count()), (1, 4));
    let undone = shop.run("undo-batch", json!({"batch": first["batch"]}));
    assert_eq!(undone["records"], 2);
    let told = shop.call(&["export", "counterparties", "--out", text(&out)]).done().objects().remove(0);
    assert_eq!(told["rows"], 0);
}

#[test]
fn a_file_of_which_nothing_comes_in_is_refused_with_the_first_reasons() {
    let shop = Shop::new();
    let rows: String = (2..20).map(|id| format!("{id},,\n")).collect();
    let people = shop.write("people.csv", format!("id,name,phone\n{rows}"));
    let ran = shop.call(&["import", "counterparties", text(&people)]);
    assert_eq!((ran.code, ran.objects()[0]["rejected"].clone()), (1, json!(18)), "{ran:?}");
    let told: Vec<&str> = ran.stderr.lines().collect();
    assert!(told[..5].iter().all(|line| line.starts_with("Line ") && line.contains("name: ")), "{ran:?}");
    assert!(told[5].contains("--rejects R.csv") && told[6].starts_with("No row of the file came in, refused: 18"));
    assert_eq!(told.len(), 7, "{ran:?}");
}

#[test]
fn kinds_and_formats_that_are_not_there_are_refused_in_words() {
    let shop = Shop::new();
    let wrong = shop.call(&["export", "things", "--out", "x.csv"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("order-lines"), "{wrong:?}");
    let wrong = shop.call(&["export", "items", "--out", "x.ods"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.stderr.contains(".csv"), "{wrong:?}");
    for registry in ["imports", "exports"] {
        let listed = shop.call(&["list", registry, "--json"]).done().objects();
        assert!(
            listed.iter().any(|entry| entry["name"] == "order-lines" && !entry["takes"].as_array().unwrap().is_empty())
        );
    }
}
