//! A shop with its requisites, a customer and an order, whose papers the tests of forms look at.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

use std::path::Path;

use patver::base::error::Error;
use patver::forms::{self, Request};
use patver::print::Printed;
use serde_json::{Value as Json, json};

use crate::desk::Desk;
use crate::forms_support::{run, words, words_of};

/// Who issues the papers.
pub const ISSUER: &str = "«Արագած Գրասենյակ» ՍՊԸ";
/// Whom they are for.
pub const CUSTOMER: &str = "Ծովինար Գևորգյան և որդիներ ՓԲԸ";

/// A shop with its requisites, a customer with hers, an order of three lines for her.
pub struct Shop {
    pub desk: Desk,
    pub customer: Json,
    pub order: Json,
}

impl Shop {
    pub fn new() -> Shop {
        Shop::at(Desk::new())
    }

    pub fn at(mut desk: Desk) -> Shop {
        let version = desk.query("company", json!({}))[0]["version"].clone();
        desk.run(
            "save-company",
            json!({
                "version": version, "name": ISSUER, "legal_name": ISSUER, "tax_id": "01234567", "vat_number": "01234567/1",
                "address": "ք. Երևան, Մաշտոցի պող. 12/3", "phone": "+374 10 123456", "bank_name": "«Ամերիաբանկ» ՓԲԸ",
                "bank_account": "1570012345678901", "director": "Վ. Ծատուրյան", "accountant": "Մ. Եղիազարյան",
            }),
        );
        let customer = desk.run(
            "save-counterparty",
            json!({
                "kind": "company", "name": CUSTOMER, "tax_id": "07654321", "phone": "+374 93 765432", "language": "hy",
                "address": "ք. Գյումրի, Անկախության հրապ. 1",
            }),
        );
        let order = desk.run(
            "place-order",
            json!({
                "counterparty": customer["id"], "due": "2026-03-09T18:00", "note": "Զանգահարել առաքումից առաջ",
                "lines": [
                    {"text": "Աթոռ «Սևան»", "unit": "pcs", "quantity": "12", "price": "24500"},
                    {"text": "Թուղթ «Снегурочка»", "unit": "kg", "quantity": "2.375", "price": "1240", "discount_percent": "10"},
                    {"text": "Առաքում", "quantity": "1", "price": "3000", "corrected": "2500", "correction_reason": "Ընկերոջ համար"},
                ],
            }),
        );
        Shop { desk, customer, order }
    }

    pub fn invoice(&mut self) -> Json {
        self.desk.run("issue-invoice", json!({"order": self.order["id"]}))["id"].clone()
    }

    pub fn pay(&mut self, tenders: Json) -> Json {
        self.desk.run("take-payment", json!({"order": self.order["id"], "tenders": tenders}))
    }

    pub fn fill(&self, form: &str, keys: Json) -> Printed {
        fill(&self.desk, &request(form, keys)).unwrap()
    }

    pub fn refused(&self, form: &str, keys: Json) -> (&'static str, Option<String>) {
        key(&fill(&self.desk, &request(form, keys)).unwrap_err())
    }
}

fn key(error: &Error) -> (&'static str, Option<String>) {
    (error.key(), error.field().map(str::to_owned))
}

pub fn request(form: &str, keys: Json) -> Request {
    Request { form: form.to_owned(), keys, ..Request::default() }
}

pub fn fill(desk: &Desk, request: &Request) -> Result<Printed, Error> {
    forms::fill(&desk.store.view(&desk.owner).unwrap(), request)
}

pub fn texts(printed: &Printed) -> Vec<&str> {
    printed.paper.texts().collect()
}

pub fn says(printed: &Printed, wanted: &str) -> bool {
    words(&texts(printed).join(" ")).contains(&words(wanted))
}

/// Writes the PDF, checks it, and gives its text.
pub fn text_of(printed: &Printed, dir: &Path) -> String {
    assert_eq!(printed.paper.missing_glyphs(), Vec::<char>::new());
    std::fs::write(dir.join("form.pdf"), printed.pdf().unwrap()).unwrap();
    let check = run("qpdf", "qpdf", &["--check", "form.pdf"], dir);
    assert!(check.contains("No syntax or stream encoding errors"), "{check}");
    words_of(dir, "form.pdf")
}

/// What a scanner reads from the first page.
pub fn scanned(dir: &Path) -> String {
    run("poppler-utils", "pdftoppm", &["-r", "200", "-png", "-singlefile", "form.pdf", "form"], dir);
    run("zbar-tools", "zbarimg", &["-q", "form.png"], dir)
}
