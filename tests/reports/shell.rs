//! Reports by their figures: what they show is what the orders and payments say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::support::Shop;
use calamine::Reader as _;
use serde_json::{Value, json};

/// One line of free text without tax at a price.
fn order(price: &str) -> Value {
    json!({"lines": [{"text": "Work", "quantity": "1", "price": price, "tax_rate": "no-vat"}]})
}

fn with(mut object: Value, more: Value) -> Value {
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object
}

fn report(shop: &Shop, args: &[&str]) -> Value {
    let typed = [&["report"], args, &["--format", "json"]].concat();
    shop.call(&typed).done().objects().remove(0)
}

#[test]
fn sales_sum_confirmed_orders_by_day_month_and_year() {
    let shop = Shop::new();
    shop.run_all("save-currency", &[json!({"code": "USD"})]);
    shop.run_all(
        "place-order",
        &[
            with(order("100"), json!({"date": "2026-10-31"})),
            with(order("200"), json!({"date": "2026-11-01"})),
            with(order("50.50"), json!({"date": "2026-11-02"})),
            with(order("9"), json!({"date": "2026-11-02", "currency": "USD"})),
            with(order("7"), json!({"date": "2026-11-02", "status": "draft"})),
        ],
    );
    let period = ["sales", "from=2026-10-01", "to=2026-11-30"];
    let months = report(&shop, &[&period[..], &["by=month"]].concat());
    let told: Vec<_> = months["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["period"].as_str().unwrap(),
                row["currency"].as_str().unwrap(),
                row["orders"].as_i64().unwrap(),
                row["total"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [("2026-10", "AMD", 1, "100.00"), ("2026-11", "AMD", 2, "250.50"), ("2026-11", "USD", 1, "9.00")]);
    let totals: Vec<_> = months["totals"].as_array().unwrap().iter().map(|row| row["total"].clone()).collect();
    assert_eq!(totals, ["350.50", "9.00"]);
    assert_eq!(report(&shop, &[&period[..], &["by=day"]].concat())["rows"].as_array().unwrap().len(), 4);
    assert_eq!(report(&shop, &[&period[..], &["by=year"]].concat())["rows"].as_array().unwrap().len(), 2);
    assert_eq!(report(&shop, &["sales", "from=2026-10-31", "to=2026-10-31"])["totals"][0]["total"], "100.00");
}

#[test]
fn debts_show_what_is_owed_overdue_and_paid_in_advance() {
    let shop = Shop::new();
    let names = ["Զարուհի", "Անի"].map(|name| json!({"name": name}));
    let saved = shop.run_all("save-counterparty", &names);
    let (late, early) = (saved[0]["id"].clone(), saved[1]["id"].clone());
    let placed = shop.run_all(
        "place-order",
        &[
            with(order("1000"), json!({"counterparty": late, "date": "2020-01-01", "due": "2020-01-01"})),
            with(order("300"), json!({"counterparty": late, "due": "2099-01-01"})),
            with(order("500"), json!({"counterparty": early})),
        ],
    );
    let pay = |order: &Value, amount: &str| json!({"order": order["id"], "tenders": [{"method": "cash", "amount": amount, "currency": "AMD"}]});
    shop.run_all("take-payment", &[pay(&placed[0], "400"), pay(&placed[2], "500")]);
    let told = report(&shop, &["debts"]);
    let rows = told["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{told}");
    let expected = json!({
        "counterparty": "Զարուհի", "currency": "AMD", "orders": 2, "opening": "0.00", "owed": "900.00",
        "overdue": "600.00", "overdue_30": "0.00", "overdue_60": "0.00", "overdue_90": "0.00", "overdue_more": "600.00",
        "advance": "0.00", "balance": "900.00",
    });
    assert_eq!(rows[0], expected);
}

#[test]
fn orders_by_status_follow_the_life_of_an_order_and_count_the_late() {
    let shop = Shop::new();
    shop.run_all(
        "place-order",
        &[
            with(order("10"), json!({"date": "2020-01-01", "due": "2020-01-01"})),
            with(order("20"), json!({"due": "2099-01-01T12:00"})),
            with(order("30"), json!({"status": "draft", "date": "2020-01-01", "due": "2020-01-01"})),
            with(order("40"), json!({"status": "ready", "date": "2020-01-01", "due": "2020-01-01T08:00"})),
        ],
    );
    let told = report(&shop, &["orders-by-status"]);
    let rows: Vec<_> = told["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["status"].as_str().unwrap(),
                row["orders"].as_i64().unwrap(),
                row["late"].as_i64().unwrap(),
                row["total"].as_str().unwrap(),
                row["debt"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [("draft", 1, 0, "30.00", "0.00"), ("confirmed", 2, 1, "30.00", "30.00"), ("ready", 1, 1, "40.00", "40.00")]
    );
}

#[test]
fn a_table_is_written_in_the_readers_language_and_csv_in_figures() {
    let shop = Shop::new();
    let placed = with(order("1234567.5"), json!({"date": "2026-11-24"}));
    shop.run("place-order", placed);
    let typed = ["report", "sales", "from=2026-11-24", "to=2026-11-24"];
    let table = shop.call(&[&typed[..], &["--lang", "hy"]].concat()).done().stdout;
    assert!(table.starts_with("Ժամանակաշրջան") && table.contains("1\u{a0}234\u{a0}567,50\u{a0}֏"), "{table}");
    assert!(table.lines().last().unwrap().starts_with("Ընդամենը"), "{table}");
    let csv = shop.path("sales.csv");
    shop.call(&[&typed[..], &["--format", "csv", "--out", crate::support::text(&csv)]].concat()).done();
    let expected = "period,currency,orders,returns,net,tax,total,paid,cost,profit,margin,uncosted\n\
                    2026-11-24,AMD,1,0,1234567.50,0.00,1234567.50,0.00,0.00,0.00,,1\n";
    assert_eq!(std::fs::read_to_string(csv).unwrap(), expected);
}

#[test]
fn a_name_that_looks_like_a_formula_is_harmless_in_csv() {
    let shop = Shop::new();
    let saved = shop.run("save-counterparty", json!({"name": "=1+1"}));
    shop.run("place-order", with(order("5"), json!({"counterparty": saved["id"]})));
    let csv = shop.call(&["report", "debts", "--format", "csv"]).done().stdout;
    assert!(csv.contains("\n'=1+1,AMD,"), "{csv}");
}

#[test]
fn a_report_and_records_come_out_as_workbooks() {
    let shop = Shop::new();
    shop.run("place-order", with(order("1234567.5"), json!({"date": "2026-11-24"})));
    let cells = |path: &std::path::Path| {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
        book.worksheet_range_at(0).unwrap().unwrap()
    };
    let made = shop.path("sales.xlsx");
    let typed = ["report", "sales", "from=2026-11-24", "to=2026-11-24", "--format", "xlsx", "--lang", "hy"];
    shop.call(&[&typed[..], &["--out", crate::support::text(&made)]].concat()).done();
    let sheet = cells(&made);
    assert_eq!(sheet.get_value((0, 6)), Some(&"Հարկով".to_owned().into()));
    assert_eq!(sheet.get_value((1, 6)), Some(&1_234_567.5.into()));
    assert_eq!(sheet.get_value((2, 0)), Some(&"Ընդամենը".to_owned().into()));
    let taken = shop.path("orders.xlsx");
    let told = shop
        .call(&["export", "orders", "--out", crate::support::text(&taken), "--lang", "ru"])
        .done()
        .objects()
        .remove(0);
    assert_eq!(told["rows"], 1);
    assert_eq!(cells(&taken).get_value((0, 3)), Some(&"Дата".to_owned().into()));
}

#[test]
fn an_unknown_report_or_parameter_is_refused() {
    let shop = Shop::new();
    assert_eq!(shop.patver(&["report", "frob"]).code, 2);
    let ran = shop.call(&["report", "sales", "frob=1"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{ran:?}");
    assert_eq!(shop.call(&["report", "sales", "from=2026-11-24", "to=2026-11-01"]).code, 1);
}

#[test]
fn a_report_is_printed_with_its_totals_and_the_same_bytes_each_time() {
    let shop = Shop::new();
    let orders: Vec<_> = (1..=28).map(|day| with(order("100"), json!({"date": format!("2026-02-{day:02}")}))).collect();
    shop.run_all("place-order", &orders);
    let print = |name: &str| {
        let out = shop.path(name);
        let days = ["report", "sales", "from=2026-02-01", "to=2026-02-28", "--format", "pdf", "--lang", "hy"];
        shop.call(&[&days[..], &["--out", crate::support::text(&out)]].concat()).done();
        std::fs::read(out).unwrap()
    };
    assert_eq!(print("a.pdf"), print("b.pdf"));
    let mut written = std::process::Command::new("pdftotext");
    written.args(["-layout", "a.pdf", "-"]).current_dir(shop.dir.path());
    let output = written.output().expect("pdftotext is missing: apt-get install poppler-utils");
    let text = String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ");
    for wanted in ["Արև", "Վաճառք", "28.02.2026", "14.02.2026", "Ընդամենը", "2800 ֏"] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
}
