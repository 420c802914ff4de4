//! The main job from the shell: a company, a customer, items, an order, its payment, its invoice, the paper.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;
use std::process::Command;

use crate::support::{Shop, text};
use serde_json::{Value, json};

/// Runs a tool on the finished paper; a missing one is named by its Debian package.
fn tool(package: &str, program: &str, args: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(args).current_dir(folder).output();
    let output = output.unwrap_or_else(|_| panic!("{program} is missing: apt-get install {package}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn one(shop: &Shop, args: &[&str]) -> Value {
    shop.call(args).done().objects().remove(0)
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[test]
fn an_order_is_registered_paid_and_invoiced_on_paper_from_a_shell() {
    let shop = Shop::without_company();
    shop.create("AM", "AMD", "hy").done();
    let customer = one(&shop, &["run", "save-counterparty", "name=Անահիտ Ղևոնդյան", "phone=091 123456", "kind=person"]);
    let goods = ["run", "save-item", "kind=goods", "name=Սպիտակ ներկ «Արև»", "price=4500", "barcodes[]=4850001000013"];
    let goods = one(&shop, &goods);
    let service = ["run", "save-item", "kind=service", "name=Առաքում և տեղադրում", "unit=h", "price=2930"];
    let service = one(&shop, &service);
    let placed = one(
        &shop,
        &[
            "run",
            "place-order",
            &format!("counterparty={}", customer["id"]),
            "lines[0].barcode=4850001000013",
            "lines[0].quantity=2",
            &format!("lines[1].item={}", service["id"]),
            "lines[1].quantity=1",
        ],
    );
    assert_eq!(placed["total"], "11930.00");
    assert!(goods["id"].is_i64());
    let order = format!("order={}", placed["id"]);
    let paid = one(&shop, &["run", "take-payment", &order, r#"tenders=[{"method": "cash", "amount": "12000"}]"#]);
    assert_eq!((word(&paid["change"]), word(&paid["due"])), ("70.00".to_owned(), "0.00".to_owned()));
    let issued = one(&shop, &["run", "issue-invoice", &order]);
    let number = word(&issued["number"]);
    let papers = ["first.pdf", "second.pdf"].map(|name| shop.path(name));
    for paper in &papers {
        shop.call(&["print", "invoice", &format!("number={number}"), "--out", text(paper)]).done();
    }
    let [first, second] = papers.each_ref().map(|paper| std::fs::read(paper).unwrap());
    assert_eq!(first, second, "the same document gives the same bytes");
    let written = tool("poppler-utils", "pdftotext", &["-layout", "first.pdf", "-"], shop.dir.path());
    let spaced = written.replace('\u{a0}', " ");
    for wanted in ["Արև", "Անահիտ Ղևոնդյան", "Սպիտակ ներկ «Արև»", "Առաքում և տեղադրում", "11 930", &number]
    {
        assert!(spaced.contains(wanted), "{wanted} is not in\n{written}");
    }
    tool("qpdf", "qpdf", &["--check", "first.pdf"], shop.dir.path());
    tool("poppler-utils", "pdftoppm", &["-r", "200", "-png", "first.pdf", "page"], shop.dir.path());
    let image = if shop.path("page-1.png").exists() { "page-1.png" } else { "page-01.png" };
    let read = tool("zbar-tools", "zbarimg", &["--quiet", "--raw", image], shop.dir.path());
    assert!(read.lines().any(|line| line == number), "{number} is not among the codes read: {read}");
}

#[test]
fn an_unknown_form_or_document_is_refused_and_no_file_is_left() {
    let shop = Shop::new();
    let out = shop.path("x.pdf");
    assert_eq!(shop.call(&["print", "frob", "number=1", "--out", text(&out)]).code, 2);
    assert_eq!(shop.call(&["print", "invoice", "number=1", "--out", text(&out)]).code, 1);
    assert!(!out.exists());
}

#[test]
fn signs_that_no_typeface_has_are_printed_as_boxes_and_named_aloud() {
    let shop = Shop::new();
    let lines = json!([{"text": "Ceylon 茶, 漢方茶 😀", "quantity": "1", "price": "900"}]);
    let print = |lines: Value| {
        let key = format!("id={}", shop.run("place-order", json!({"lines": lines}))["id"]);
        shop.call(&["print", "order", &key, "--out", text(&shop.path("order.pdf"))])
    };
    let printed = print(lines);
    assert_eq!(printed.code, 0, "{printed:?}");
    assert!(printed.stderr.contains("in place of 方 漢 茶 😀"), "{printed:?}");
    let clean = print(json!([{"text": "Թեյ «Գարուն»", "quantity": "1", "price": "900"}]));
    assert_eq!((clean.code, clean.stderr.as_str()), (0, ""));
}

#[test]
fn a_kept_file_becomes_the_logo_and_an_attachment() {
    let shop = Shop::new();
    image::RgbImage::from_pixel(24, 24, image::Rgb([200, 80, 20])).save(shop.path("logo.png")).unwrap();
    let version = format!("version={}", shop.query("company", json!({}))[0]["version"]);
    shop.call(&["run", "save-company", &version, "--keep", "logo=logo.png"]).done();
    let customer = shop.run("save-counterparty", json!({"name": "Անի"}))["id"].to_string();
    let owner = format!("owner_id={customer}");
    let attach = ["run", "attach-file", "owner=counterparty", &owner, "name=logo.png", "--keep", "hash=logo.png"];
    let attached = one(&shop, &attach);
    assert_eq!(attached["media_type"], "image/png");
    let missing = shop.call(&[&attach[..6], &["hash=none.png"]].concat());
    assert_eq!((missing.code, missing.stdout.as_str()), (1, ""), "{missing:?}");
}

#[test]
fn a_company_file_larger_than_what_is_looked_at_whole_opens_again() {
    let shop = Shop::new();
    shop.write("plan.bin", vec![7; 17 << 20]);
    let customer = shop.run("save-counterparty", json!({"name": "Անի"}))["id"].to_string();
    let owner = format!("owner_id={customer}");
    one(&shop, &["run", "attach-file", "owner=counterparty", &owner, "name=plan.bin", "--keep", "hash=plan.bin"]);
    assert!(std::fs::metadata(&shop.file).unwrap().len() > 16 << 20);
    assert_eq!(shop.query("counterparties", json!({})).len(), 2);
    shop.call(&["check"]).done();
}
