//! The barcodes of an item's card: what each one is, and one of the shop's own.

use std::collections::VecDeque;

use egui::{RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::{barcode, gs1};
use crate::domain::item::{ItemRow, Items};
use crate::engine::select::Listed;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::form::Form;
use crate::ui::icon;
use crate::ui::loader::Sending;
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

/// Codes that were scanned onto the card, each looked up before it joins the others.
#[derive(Default)]
pub(super) struct Scanned {
    waiting: VecDeque<String>,
    looking: Sending<Vec<Listed<ItemRow>>>,
}

impl Scanned {
    /// Takes a code, of a label the number of its item; says so where it can be no barcode.
    pub(super) fn take(&mut self, code: &str, form: &mut Form, desk: &mut Desk) {
        let label = gs1::read(code, desk.today()).map(|label| label.gtin);
        match barcode::read(label.as_deref().unwrap_or(code)) {
            Ok(code) => self.waiting.push_back(code),
            Err(error) => desk.refuse(&error),
        }
        self.follow(form, desk);
    }

    /// Adds the code that was looked up, unless another item has it, and looks up the next.
    pub(super) fn follow(&mut self, form: &mut Form, desk: &mut Desk) {
        while let Some(code) = self.waiting.front().cloned() {
            if !self.looking.is_under_way() {
                let items = Items { barcode: Some(code.clone()), limit: Some(1), ..Items::default() };
                self.looking.put(desk.handle.ask(Lane::Interactive, &desk.call, items));
            }
            let Some(answer) = self.looking.poll() else { return };
            self.waiting.pop_front();
            let own = form.value().get("id").and_then(Json::as_i64);
            let other = answer.map(|rows| rows.into_iter().map(|it| it.row).find(|row| Some(row.id.get()) != own));
            match other {
                Ok(None) => add(form, code),
                Ok(Some(other)) => {
                    let taken = Error::rejected("error.barcode_taken").arg("text", &code).arg("name", other.name);
                    desk.refuse(&taken.arg("id", other.id));
                }
                Err(error) => desk.refuse(&error),
            }
        }
    }
}

/// Adds a code to those on the card, once in whatever spelling.
fn add(form: &mut Form, code: String) {
    let mut codes = typed(form);
    let spellings = barcode::spellings(&code);
    if !codes.iter().any(|known| spellings.contains(known)) {
        codes.push(code);
        form.set("barcodes", &json!(codes));
    }
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
