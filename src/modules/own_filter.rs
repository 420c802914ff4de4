//! A list filtered by one of the fields that the company added: which one, and what it holds.

use egui::{Id, Ui};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use crate::base::date::Date;
use crate::base::quantity::Quantity;
use crate::ui::desk::Desk;
use crate::ui::field::amount::{self, Figures, Reading};
use crate::ui::field::{Choice, Enter, Field, choice, day, text_field};
use crate::ui::form::{FieldKind, FieldSpec};
use crate::ui::own::BEFORE;
use crate::ui::words::say;

/// Between the first and the last value of a range.
const TO: &str = "..";

/// One of the fields, and what is wanted of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OwnFilter {
    /// The field, as the list names its column; empty for none.
    pub field: String,
    /// What it is to hold, as it was typed or chosen.
    pub value: String,
}

impl OwnFilter {
    /// Whether rows are left out.
    pub(crate) fn narrows(&self) -> bool {
        !self.field.is_empty() && !self.value.trim().is_empty()
    }

    /// Lets through only rows that hold this in this column; whether it is one of these fields.
    pub(crate) fn narrow(&mut self, column: &str, text: &str) -> bool {
        let own = column.starts_with(BEFORE);
        if own {
            *self = OwnFilter { field: column.to_owned(), value: text.to_owned() };
        }
        own
    }

    fn spec(&self, record: &str, desk: &Desk) -> Option<&'static FieldSpec> {
        desk.own(record).fields.iter().find(|spec| spec.key == self.field)
    }

    /// Puts the argument of the query, once what was typed can be read.
    pub(crate) fn put(&self, record: &str, desk: &Desk, arguments: &mut Map<String, Json>) {
        let Some(spec) = self.spec(record, desk).filter(|_| self.narrows()) else { return };
        if let Some(value) = plain(spec.kind, self.value.trim(), desk) {
            let code = spec.key.trim_start_matches(BEFORE);
            arguments.insert("fields".to_owned(), json!({ code: value }));
        }
    }

    /// What it says, for a person.
    pub(crate) fn told(&self, record: &str, desk: &Desk) -> String {
        let name = self.spec(record, desk).map_or(self.field.trim_start_matches(BEFORE), |spec| spec.label);
        let flag = self.spec(record, desk).is_some_and(|spec| matches!(spec.kind, FieldKind::Flag));
        let value = match (flag, self.value.as_str()) {
            (true, "true") => desk.say("field.yes"),
            (true, _) => desk.say("field.no"),
            (false, value) => value.to_owned(),
        };
        format!("{name}: {value}")
    }

    /// Draws it, where the company has such fields: which one, and beside it what it is to hold.
    /// Above a list nothing but an icon stands there while no field is chosen.
    pub(crate) fn ui(&mut self, ui: &mut Ui, (id, sign): (Id, &'static str), record: &str, desk: &Desk) {
        let own = desk.own(record).fields;
        if own.is_empty() {
            return;
        }
        let name = say(ui, "own_fields.title");
        let none = Choice::new("", say(ui, "own_fields.any"));
        let fields = own.iter().map(|spec| Choice::new(spec.key, spec.label));
        let choices: Vec<Choice> = [none].into_iter().chain(fields).collect();
        let field = Field::new(id.with("own"), &name).width(190.0).without_slot().sign(sign);
        if choice(ui, &field, &choices, &mut self.field).changed {
            self.value.clear();
        }
        let Some(spec) = self.spec(record, desk) else { return };
        let few = match spec.kind {
            FieldKind::Flag => vec![("true", say(ui, "field.yes")), ("false", say(ui, "field.no"))],
            FieldKind::Choice(options) => options.iter().map(|(value, name)| (*value, (*name).to_owned())).collect(),
            _ => return self.value_ui(ui, id, spec),
        };
        let field = Field::new(id.with("own-value"), spec.label).width(150.0).without_slot();
        let none = Choice::new("", "\u{2013}");
        let few = few.into_iter().map(|(value, name)| Choice::new(value, name));
        choice(ui, &field, &[none].into_iter().chain(few).collect::<Vec<_>>(), &mut self.value);
    }

    fn value_ui(&mut self, ui: &mut Ui, id: Id, spec: &FieldSpec) {
        let hint = match spec.kind {
            FieldKind::Text => say(ui, "own_fields.begins"),
            _ => say(ui, "own_fields.range"),
        };
        let field = Field::new(id.with("own-value"), spec.label).hint(&hint).width(150.0).enter(Enter::Stay);
        text_field(ui, &field.without_slot(), &mut self.value);
    }
}

/// What was typed as the query takes it, a range by its two ends; none while it cannot be read.
fn plain(kind: FieldKind, typed: &str, desk: &Desk) -> Option<String> {
    match typed.split_once(TO) {
        Some((from, to)) if !matches!(kind, FieldKind::Text | FieldKind::Choice(_) | FieldKind::Flag) => {
            Some(format!("{}{TO}{}", one(kind, from, desk)?, one(kind, to, desk)?))
        }
        _ => one(kind, typed, desk),
    }
}

fn one(kind: FieldKind, typed: &str, desk: &Desk) -> Option<String> {
    let figures = match kind {
        FieldKind::Balance => Figures::money(desk.house.currency).signed(),
        FieldKind::Decimal => Figures::quantity(Quantity::DECIMALS).signed(),
        FieldKind::Date => {
            let day = || day::read(desk.lang, typed, desk.today(), desk.today()).ok().flatten();
            let date = Date::parse(typed.trim()).ok().or_else(day);
            return date.map(|date| date.to_string()).or(typed.trim().is_empty().then(String::new));
        }
        _ => return Some(typed.to_owned()),
    };
    match amount::read(desk.lang, typed, &figures) {
        Reading::Nothing => Some(String::new()),
        Reading::Exact(plain) | Reading::Rounded(plain) => Some(plain),
        Reading::Unsure(_) | Reading::Refused(_) => None,
    }
}
