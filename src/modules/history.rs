//! What happened to a record: who, when, what, and each value before and after.

use egui::{Grid, Label, RichText, ScrollArea, Ui};
use serde_json::{Value as Json, json};

use crate::base::locale::Lang;
use crate::base::right::Right;
use crate::domain::{past, terms};
use crate::engine::worker::Lane;
use crate::modules::compared::Compared;
use crate::ui::desk::Desk;
use crate::ui::dialog::error_ui;
use crate::ui::list::{Kind, plain, written};
use crate::ui::loader::Loader;
use crate::ui::tokens::{Tokens, space};
use crate::ui::{button, fonts, icon};

/// The history of one record.
pub(crate) struct History {
    query: &'static str,
    tables: &'static [&'static str],
    id: i64,
    told: Loader<Vec<Json>>,
    compared: Option<Compared>,
}

/// How a column is written.
#[derive(Clone, Copy)]
enum Written {
    /// As it is.
    Text,
    /// A price, how much of something, or how many.
    Number,
    /// A share.
    Percent,
    /// An amount with its currency.
    Money,
    /// A day, or a day and a time.
    Day,
    /// A word of ours, by its code behind this key.
    Code(&'static str),
    /// What the record is called that it points at; a shipped name in the reader's language.
    Name(fn(Lang, &str) -> String),
    /// Yes or no.
    Flag,
    /// Not at all: nobody could read it.
    Silent,
}

/// Columns that people know, with the keys of their names; behind their table where they mean another thing there.
const KNOWN: &[(&str, &str, Written)] = &[
    ("name", "browse.name", Written::Text),
    ("legal_name", "customers.legal_name", Written::Text),
    ("code", "browse.code", Written::Text),
    ("tax_id", "customers.tax_id", Written::Text),
    ("email", "customers.email", Written::Text),
    ("address", "customers.address", Written::Text),
    ("delivery_address", "customers.delivery_address", Written::Text),
    ("bank_name", "customers.bank_name", Written::Text),
    ("bank_account", "customers.bank_account", Written::Text),
    ("contact", "customers.contact", Written::Text),
    ("users/language", "users.language", Written::Code("language.")),
    ("language", "customers.language", Written::Code("language.")),
    ("note", "customers.note", Written::Text),
    ("description", "items.description", Written::Text),
    ("price", "items.price", Written::Number),
    ("cost", "items.cost", Written::Number),
    ("percent", "column.discount", Written::Percent),
    ("active", "browse.active", Written::Flag),
    ("voided", "payments.state", Written::Flag),
    ("reason", "payments.reason", Written::Text),
    ("fiscal_number", "invoices.fiscal", Written::Text),
    ("printed", "invoices.printed", Written::Text),
    ("currency", "window.currency", Written::Text),
    ("category_id", "customers.category", Written::Name(as_named)),
    ("group_id", "items.group", Written::Name(as_named)),
    ("unit_id", "items.unit", Written::Name(terms::unit)),
    ("tax_rate_id", "items.tax_rate", Written::Name(terms::tax_rate)),
    ("picture_hash", "items.picture", Written::Silent),
    ("date", "column.date", Written::Day),
    ("due", "column.due", Written::Day),
    ("counterparty_id", "column.customer", Written::Name(terms::customer)),
    ("responsible_id", "column.responsible", Written::Name(as_named)),
    ("state", "column.status", Written::Code("status.")),
    ("status_id", "column.own_status", Written::Name(terms::status)),
    ("priority", "column.priority", Written::Number),
    ("reference", "column.reference", Written::Text),
    ("total", "column.total", Written::Money),
    ("paid", "column.paid", Written::Money),
    ("debt", "column.debt", Written::Money),
    ("amount", "payments.amount", Written::Money),
];

/// The columns of an order's line, in the same way.
const LINE: &[(&str, &str, Written)] = &[
    ("item_id", "column.item", Written::Name(as_named)),
    ("text", "column.item", Written::Text),
    ("unit_id", "column.unit", Written::Name(terms::unit)),
    ("quantity", "column.quantity", Written::Number),
    ("price", "column.price", Written::Number),
    ("discount_percent", "column.discount", Written::Percent),
    ("discount_amount", "column.discount", Written::Money),
    ("tax_rate_id", "items.tax_rate", Written::Name(terms::tax_rate)),
    ("executor_id", "column.executor", Written::Name(as_named)),
    ("corrected", "column.sum", Written::Money),
    ("correction_reason", "payments.reason", Written::Text),
    ("created", "history.line_added", Written::Number),
    ("removed", "history.line_removed", Written::Number),
    ("more", "history.more_lines", Written::Number),
];

/// What a field of the company's own holds; such a change is called by the name of its field.
const OWN: &[(&str, &str, Written)] = &[
    ("text", "", Written::Text),
    ("number", "", Written::Number),
    ("money", "", Written::Number),
    ("date", "", Written::Day),
    ("flag", "", Written::Flag),
    ("choice", "", Written::Text),
];

impl History {
    /// What a query of one record tells under `history`.
    pub(crate) fn new(query: &'static str, tables: &'static [&'static str], id: i64) -> History {
        History { query, tables, id, told: Loader::default(), compared: None }
    }

    /// Whether two moments of the record are being compared.
    pub(crate) fn is_asking(&self) -> bool {
        self.compared.is_some()
    }

    /// Draws it, the newest first.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, self.query, json!({ "id": self.id }));
        self.told.keep(desk.revision(self.tables), ask);
        if let Some(error) = self.told.error() {
            error_ui(ui, error);
        }
        let record = self.told.value().and_then(|rows| rows.first());
        let happenings = record.and_then(|record| record.get("history")?.as_array());
        let happenings = happenings.map(Vec::as_slice).unwrap_or_default();
        let led_back = past::is_told_of(self.query) && desk.may(Right::JournalView);
        let mut looked_at = None;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            for happening in happenings.iter().rev() {
                ui.add_space(space::S);
                ui.horizontal_wrapped(|ui| {
                    happening_ui(ui, happening, desk);
                    if led_back && back_ui(ui, happening, desk) {
                        looked_at = Some(plain(happening, "seq"));
                    }
                });
                changes_ui(ui, happening, desk);
                ui.separator();
            }
        });
        if let (Some(seq), Some(record)) = (looked_at, record) {
            self.compared = Some(Compared::new((self.query, record), &seq, desk));
        }
        if self.compared.as_mut().is_some_and(|compared| !compared.ui(ui, desk, self.tables)) {
            self.compared = None;
        }
    }
}

/// Who did what, and when.
fn happening_ui(ui: &mut Ui, happening: &Json, desk: &Desk) {
    let tokens = Tokens::of(ui);
    let muted = tokens.colors().text2;
    ui.label(RichText::new(written(Kind::Moment, happening, "at", desk)).color(muted));
    let who = plain(happening, "user_name");
    ui.label(RichText::new(format!("{} {who}", icon::USER)).color(muted));
    ui.label(RichText::new(did(happening, desk)).font(fonts::bold(tokens.body())));
}

/// The button that leads back to the record as it was then; whether it was pressed.
fn back_ui(ui: &mut Ui, happening: &Json, desk: &Desk) -> bool {
    let moment = written(Kind::Moment, happening, "at", desk);
    let then = desk.say_with("history.as_it_was", &[("moment", &moment)]);
    button::quiet(ui, icon::HISTORY, &then).clicked()
}

fn did(happening: &Json, desk: &Desk) -> String {
    desk.say(&format!("command.{}", plain(happening, "command")))
}

/// When an entry was made, and what it did, in a line.
pub(crate) fn moment_of(happening: &Json, desk: &Desk) -> String {
    format!("{} \u{b7} {}", written(Kind::Moment, happening, "at", desk), did(happening, desk))
}

/// Each value before and after.
pub(crate) fn changes_ui(ui: &mut Ui, happening: &Json, desk: &Desk) {
    let changes = happening.get("fields").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let told: Vec<[String; 3]> = changes.iter().filter_map(|change| told(change, desk)).collect();
    if told.is_empty() {
        return;
    }
    let muted = Tokens::of(ui).colors().text3;
    Grid::new(("history", plain(happening, "seq"))).num_columns(4).spacing([space::M, 2.0]).show(ui, |ui| {
        for [name, old, new] in told {
            ui.label(RichText::new(name).color(muted));
            value_ui(ui, &old, |text| text.strikethrough().color(muted));
            ui.label(RichText::new(icon::ARROW_RIGHT).color(muted));
            value_ui(ui, &new, |text| text);
            ui.end_row();
        }
    });
}

/// A value; only what is long is broken into lines.
fn value_ui(ui: &mut Ui, value: &str, style: impl Fn(RichText) -> RichText) {
    let label = Label::new(style(RichText::new(value)));
    let long = value.chars().count() > LONG;
    ui.add(if long { label.wrap() } else { label.extend() });
}

/// So many letters stand in one line wherever they are shown.
const LONG: usize = 40;

/// What an entry touched, in a line.
pub(crate) fn touched(happening: &Json, desk: &Desk) -> String {
    let records = happening.get("records").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let named = records.iter().map(|record| {
        let kind = desk.say(&format!("table.{}", plain(record, "table")));
        format!("{kind} {}", plain(record, "called")).trim_end().to_owned()
    });
    named.take(4).collect::<Vec<_>>().join(" \u{b7} ")
}

/// Each document and card that an entry touched, and how.
pub(crate) fn records_ui(ui: &mut Ui, happening: &Json, desk: &Desk) {
    let records = happening.get("records").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    for record in records {
        let kind = desk.say(&format!("table.{}", plain(record, "table")));
        let how = desk.say(&format!("history.{}", plain(record, "how")));
        ui.label(format!("{kind} {}: {how}", plain(record, "called")));
    }
}

/// The name of a changed field with its old and its new value; none where nobody would know what it is.
fn told(change: &Json, desk: &Desk) -> Option<[String; 3]> {
    let field = plain(change, "field");
    let known = match plain(change, "table").as_str() {
        "order_lines" => LINE,
        "own_values" => OWN,
        _ => KNOWN,
    };
    let own = format!("{}/{field}", plain(change, "table"));
    let (_, key, how) = known.iter().find(|(column, ..)| *column == own || *column == field)?;
    let value = |sides| {
        let text = value(change, sides, (*how, desk));
        if text.is_empty() { "\u{2013}".to_owned() } else { text }
    };
    let (name, part) = (desk.say(key), plain(change, "part"));
    let words = [part, name].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
    Some([words.join(" \u{b7} "), value(("old", "old_name")), value(("new", "new_name"))])
}

/// One side of a change as people write it.
fn value(change: &Json, (side, name): (&str, &str), (how, desk): (Written, &Desk)) -> String {
    let kind = |kind: Kind| written(kind, change, side, desk);
    match how {
        Written::Text => plain(change, side),
        Written::Number => kind(Kind::Number),
        Written::Percent => kind(Kind::Percent),
        Written::Money => kind(Kind::Money),
        Written::Day => kind(Kind::Day),
        Written::Code(key) => kind(Kind::Code(key)),
        Written::Name(of) => of(desk.lang, &plain(change, name)),
        Written::Flag => {
            desk.say(if matches!(plain(change, side).as_str(), "1" | "true") { "field.yes" } else { "field.no" })
        }
        Written::Silent => String::new(),
    }
}

fn as_named(_: Lang, name: &str) -> String {
    name.to_owned()
}
