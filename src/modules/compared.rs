//! A record at two moments side by side: as it was after an entry of its history, and after another one or now.

use egui::{Grid, Id, Label, RichText, Ui, vec2};
use serde_json::{Value as Json, json};

use crate::domain::past::{Difference, RecordChanges};
use crate::engine::worker::Lane;
use crate::modules::history::moment_of;
use crate::ui::desk::Desk;
use crate::ui::dialog::{self, Dialog, Given, error_ui};
use crate::ui::field::{Choice, Field, choice, flag};
use crate::ui::fonts;
use crate::ui::grid::Look;
use crate::ui::list::{Kind, key, plain, written};
use crate::ui::loader::Loader;
use crate::ui::own::BEFORE;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;

/// What people know of a card: the path of the field, behind the record where it means another thing in each; the key of
/// its name; how it is written. Parts stand at the end of their card, each begun by its first field.
const KNOWN: &[(&str, &str, Kind)] = &[
    ("number", "column.number", Kind::Text),
    ("counterparty/kind", "customers.kind", Kind::Code("customer_kind.")),
    ("item/kind", "items.kind", Kind::Code("item_kind.")),
    ("name", "browse.name", NAME),
    ("legal_name", "customers.legal_name", Kind::Text),
    ("code", "browse.code", Kind::Text),
    ("tax_id", "customers.tax_id", Kind::Text),
    ("phones[].shown", "customers.phone", Kind::Text),
    ("email", "customers.email", Kind::Text),
    ("address", "customers.address", Kind::Text),
    ("delivery_address", "customers.delivery_address", Kind::Text),
    ("bank_name", "customers.bank_name", Kind::Text),
    ("bank_account", "customers.bank_account", Kind::Text),
    ("contact", "customers.contact", Kind::Text),
    ("language", "customers.language", Kind::Code("language.")),
    ("category", "customers.category", Kind::Text),
    ("description", "items.description", Kind::Text),
    ("unit", "items.unit", Kind::Shipped("units", Look::Plain)),
    ("price", "items.price", Kind::Money),
    ("item/cost", "items.cost", Kind::Money),
    ("tax_rate", "items.tax_rate", Kind::Shipped("tax-rates", Look::Plain)),
    ("group", "items.group", Kind::Text),
    ("barcodes[]", "items.barcode", Kind::Text),
    ("date", "column.date", Kind::Day),
    ("due", "column.due", Kind::Day),
    ("counterparty_name", "column.customer", Kind::Shipped("counterparties", Look::Plain)),
    ("responsible_name", "column.responsible", Kind::Text),
    ("status", "column.status", Kind::Shipped("statuses", Look::Plain)),
    ("priority", "column.priority", Kind::Number),
    ("reference", "column.reference", Kind::Text),
    ("note", "column.note", Kind::Text),
    ("reason", "payments.reason", Kind::Text),
    ("net", "card.net", Kind::Money),
    ("tax", "card.tax", Kind::Money),
    ("total", "column.total", Kind::Money),
    ("paid", "column.paid", Kind::Money),
    ("debt", "column.debt", Kind::Money),
    ("order/cost", "details.cost", Kind::Money),
    ("profit", "details.profit", Kind::Money),
    ("active", "browse.active", Kind::Flag),
    // Each under the name that the company gave it.
    (BEFORE, "own_fields.title", Kind::Text),
    ("lines[].text", "column.item", Kind::Strong),
    ("lines[].quantity", "column.quantity", Kind::Number),
    ("lines[].price", "column.price", Kind::Money),
    ("lines[].discount", "column.discount", Kind::Money),
    ("lines[].total", "column.sum", Kind::Money),
    ("lines[].correction_reason", "payments.reason", Kind::Text),
    ("payments[].number", "payment_kind.payment", Kind::Strong),
    ("payments[].date", "column.date", Kind::Day),
    ("payments[].amount", "column.sum", Kind::Money),
    ("payments[].voided", "details.voided", Kind::Flag),
    ("invoices[].number", "preview.invoice", Kind::Strong),
    ("invoices[].date", "column.date", Kind::Day),
    ("invoices[].total", "column.total", Kind::Money),
    ("invoices[].voided", "details.voided", Kind::Flag),
    ("attachments[].name", "files.title", Kind::Strong),
];

/// How the name of a record is written.
const NAME: Kind = Kind::Shipped("counterparties", Look::Plain);

/// The moment that is not over yet.
const NOW: &str = "";

/// The dialog.
pub(crate) struct Compared {
    title: String,
    record: &'static str,
    id: i64,
    /// The entries of the history, the newest first, and now.
    moments: Vec<Choice>,
    /// The two that are looked at: the number of an entry, or [`NOW`].
    sides: [String; 2],
    /// What is the same at both is left out.
    differing: bool,
    told: Loader<Vec<Difference>>,
    lines: Vec<Line>,
}

/// What a record is called: its kind and number, or its name.
fn called(record: &str, told: &Json, desk: &Desk) -> String {
    let kind = match record {
        "order" => "card.order",
        "payment" => "payment_kind.payment",
        "invoice" => "preview.invoice",
        _ => return written(NAME, told, "name", desk),
    };
    format!("{} {}", desk.say(kind), plain(told, "number"))
}

/// One field as it is drawn.
struct Line {
    name: String,
    sides: [String; 2],
    /// A part of the card begins here.
    begins: bool,
}

impl Compared {
    /// A record after the entry `seq` of its history, beside what it is now.
    pub(crate) fn new((record, told): (&'static str, &Json), seq: &str, desk: &Desk) -> Compared {
        let history = told.get("history").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let entry = |entry: &Json| Choice::new(plain(entry, "seq"), moment_of(entry, desk));
        let now = Choice::new(NOW, desk.say("history.now"));
        Compared {
            title: desk.say_with("history.compared", &[("record", &called(record, told, desk))]),
            record,
            id: key(told),
            moments: std::iter::once(now).chain(history.iter().rev().map(entry)).collect(),
            sides: [seq.to_owned(), NOW.to_owned()],
            differing: false,
            told: Loader::default(),
            lines: Vec::new(),
        }
    }

    /// Draws it; whether it stays open. What is shown stands in these tables.
    pub(crate) fn ui(&mut self, ui: &Ui, desk: &Desk, tables: &[&str]) -> bool {
        let asked = || asked((self.record, self.id), &self.sides);
        if self.told.renew(desk.revision(tables), || desk.handle.ask(Lane::Interactive, &desk.call, asked())) {
            let told = self.told.value().map(Vec::as_slice).unwrap_or_default();
            self.lines = lines(self.record, told, desk);
        }
        let back = say(ui, "ui.close");
        let title = self.title.clone();
        let dialog = Dialog::new(Id::unique("compared"), &title).width(dialog::LARGEST.x).back(&back);
        dialog.show(ui, |ui| self.inside(ui)).given != Some(Given::Closed)
    }

    fn inside(&mut self, ui: &mut Ui) {
        ui.set_min_height(HEIGHT);
        let side = ((ui.available_width() - NAMES) / 2.0 - space::M).floor();
        if self.moments_ui(ui, side) {
            self.told.clear();
            self.lines.clear();
        }
        if let Some(error) = self.told.error() {
            error_ui(ui, error);
        }
        self.lines_ui(ui, side);
    }

    /// The choice of the two moments; whether another one was chosen.
    fn moments_ui(&mut self, ui: &mut Ui, side: f32) -> bool {
        let mut chosen = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            ui.allocate_ui(vec2(NAMES, 0.0), |ui| {
                ui.set_width(NAMES);
                let words = say(ui, "history.only_differing");
                let field = Field::new(Id::unique("only-differing"), &words).without_slot();
                flag(ui, &field, &mut self.differing, &words);
            });
            // Now is never before another moment.
            let earlier = self.moments.get(1..).unwrap_or_default();
            let offers = [("history.then", earlier), ("history.beside", self.moments.as_slice())];
            for ((name, offer), moment) in offers.into_iter().zip(&mut self.sides) {
                let spoken = say(ui, name);
                let field = Field::new(Id::unique(name), &spoken).without_slot();
                ui.vertical(|ui| {
                    ui.set_width(side);
                    ui.label(RichText::new(&spoken).color(Tokens::of(ui).colors().text2));
                    chosen |= choice(ui, &field, offer, moment).changed;
                });
            }
        });
        ui.add_space(space::S);
        chosen
    }

    fn lines_ui(&self, ui: &mut Ui, side: f32) {
        let shown: Vec<&Line> = self.lines.iter().filter(|line| !self.differing || line.differs()).collect();
        if shown.is_empty() && self.told.value().is_some() {
            ui.label(say(ui, "history.no_difference"));
        }
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        ui.spacing_mut().interact_size.y = ROW;
        Grid::new("compared").num_columns(3).spacing([space::M, space::XS]).show(ui, |ui| {
            for line in shown {
                if line.begins {
                    ui.label("");
                    ui.end_row();
                }
                value_ui(ui, NAMES, RichText::new(&line.name).color(c.text3));
                let [old, new] = &line.sides;
                value_ui(ui, side, RichText::new(old).color(if line.differs() { c.text2 } else { c.text }));
                let new = RichText::new(new).color(c.text);
                let bold = fonts::bold(tokens.body());
                value_ui(ui, side, if line.differs() { new.font(bold).color(c.accent) } else { new });
                ui.end_row();
            }
        });
    }
}

/// The question about a record at two moments.
fn asked((record, id): (&str, i64), sides: &[String; 2]) -> RecordChanges {
    let [from, to] = sides.each_ref().map(|side| side.parse().ok());
    RecordChanges { record: record.to_owned(), id, from_seq: from, to_seq: to, same: true, ..RecordChanges::default() }
}

/// How tall the dialog is at least, how wide the names stand, how tall a line is, in points.
const HEIGHT: f32 = 400.0;
const NAMES: f32 = 180.0;
const ROW: f32 = 18.0;

fn value_ui(ui: &mut Ui, width: f32, words: RichText) {
    ui.scope(|ui| {
        ui.set_width(width);
        ui.add(Label::new(words).wrap());
    });
}

impl Line {
    fn differs(&self) -> bool {
        let [old, new] = &self.sides;
        old != new
    }
}

/// What people know of a field of a card.
struct Known {
    /// Its place among all, and within that place.
    at: (usize, i64),
    title: &'static str,
    kind: Kind,
}

impl Known {
    fn of(record: &str, path: &str, desk: &Desk) -> Option<Known> {
        if path.starts_with(BEFORE) {
            let at = KNOWN.iter().position(|(known, ..)| *known == BEFORE)?;
            let (own, place) = desk.own(record).columns.iter().zip(1..).find(|(column, _)| column.field == path)?;
            return Some(Known { at: (at, place), title: own.title, kind: own.kind });
        }
        let names = [format!("{record}/{path}"), path.to_owned()];
        let (at, (_, title, kind)) =
            KNOWN.iter().enumerate().find(|(_, (known, ..))| names.iter().any(|name| name == known))?;
        Some(Known { at: (at, 0), title, kind: *kind })
    }
}

/// The fields that people know, the card's own first, then part by part.
fn lines(record: &str, told: &[Difference], desk: &Desk) -> Vec<Line> {
    let currency = told.iter().find(|one| one.field == "currency").map(|one| one.new.clone()).unwrap_or_default();
    let mut placed: Vec<((usize, i64, usize), Line)> = Vec::new();
    for one in told {
        let (path, part) = without_part(&one.field);
        let Some(Known { at: (at, within), title, kind }) = Known::of(record, &path, desk) else { continue };
        let write = |text: &String| written(kind, &json!({ "value": text, "currency": currency }), "value", desk);
        let sides = [write(&one.old), write(&one.new)];
        if sides.iter().all(String::is_empty) {
            continue;
        }
        let stem = path.split_once('.').filter(|_| part.is_some()).map(|(stem, _)| stem);
        let family = stem.and_then(|stem| KNOWN.iter().position(|(known, ..)| known.starts_with(stem)));
        let begins = family == Some(at);
        let order = (family.unwrap_or(at), if family.is_some() { part.unwrap_or(0) } else { within }, at);
        placed.push((order, Line { name: desk.say(title), sides, begins }));
    }
    placed.sort_by_key(|(order, _)| *order);
    placed.into_iter().map(|(_, line)| line).collect()
}

/// A path without the number of its part, and the number.
fn without_part(path: &str) -> (String, Option<i64>) {
    let parts = path.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
    match parts {
        Some((before, (number, after))) => (format!("{before}[]{after}"), number.parse().ok()),
        None => (path.to_owned(), None),
    }
}
