//! The barcodes of an item's card: what each one is, and one of the shop's own.

use egui::{RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::barcode;
use crate::ui::desk::Desk;
use crate::ui::form::Form;
use crate::ui::icon;
use crate::ui::tokens::{Tokens, size};
use crate::ui::words::{lang, say_with};

/// Numbers that begin so are free for every shop.
const OWN: &str = "200";

fn typed(form: &Form) -> Vec<String> {
    let value = form.get("barcodes").unwrap_or_default();
    let texts = value.as_array().map(Vec::as_slice).unwrap_or_default().iter();
    texts.filter_map(Json::as_str).map(str::to_owned).collect()
}

/// Adds a number of the shop's own with its check digit: of the item's id, or of the moment where it has none yet.
pub(super) fn generate(form: &mut Form, desk: &Desk) {
    let mut codes = typed(form);
    let mut body = desk.now().millis() / 1000;
    loop {
        let code = barcode::with_check_digit(&format!("{OWN}{:09}", body.rem_euclid(1_000_000_000)));
        if !codes.contains(&code) {
            codes.push(code);
            break;
        }
        body = body.saturating_add(1);
    }
    form.set("barcodes", &json!(codes));
}

/// Says of each number what it is and whether its check digit fits.
pub(super) fn ui(ui: &mut Ui, form: &Form) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    ui.horizontal_wrapped(|ui| {
        for code in typed(form) {
            let (letter, words, color) = match barcode::read(&code) {
                Ok(read) => (icon::BARCODE, say_with(ui, kind(&read), &[("code", &read)]), c.ok),
                Err(error) => (icon::TRIANGLE_ALERT, error.message(lang(ui)), c.danger),
            };
            ui.label(RichText::new(format!("{letter} {words}")).size(size::HINT).color(color));
        }
    });
}

fn kind(code: &str) -> &'static str {
    let number = code.bytes().all(|byte| byte.is_ascii_digit());
    match (number, code.len()) {
        (true, 8) => "barcode.ean8",
        (true, 12) => "barcode.upc",
        (true, 13) => "barcode.ean13",
        (true, 14) => "barcode.gtin14",
        _ => "barcode.own",
    }
}
