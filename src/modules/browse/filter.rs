//! What a list is filtered by, described as data, and what was chosen.

use std::collections::BTreeMap;

use egui::{Id, Ui};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::base::date::{Date, Period};
use crate::engine::worker::Lane;
use crate::modules::own_filter::OwnFilter;
use crate::ui::desk::Desk;
use crate::ui::field::{Choice, DateInput, Field, choice, date_field};
use crate::ui::icon;
use crate::ui::list::plain;
use crate::ui::loader::Loader;
use crate::ui::words::say;

/// One filter of a list.
pub(crate) struct Filter {
    /// The argument of the query; the period has two of its own.
    pub argument: &'static str,
    /// Key of its name.
    pub name: &'static str,
    /// What may be chosen.
    pub values: Values,
    /// What is chosen at first.
    pub start: &'static str,
    /// Its width, in points.
    pub width: f32,
}

/// What may be chosen.
pub(crate) enum Values {
    /// These, each with the key of its text; the empty one leaves nothing out.
    Fixed(&'static [(&'static str, &'static str)]),
    /// The rows of a directory by their names, behind a first one that leaves nothing out.
    Rows {
        /// The query.
        query: &'static str,
        /// Its table.
        table: &'static str,
        /// The field that is both kept and read.
        field: &'static str,
        /// Key of the first one.
        all: &'static str,
    },
    /// Days, as `from` and `to`.
    Period,
    /// One of the fields that the company added to such records.
    Own(&'static str),
}

const PERIODS: &[(&str, &str)] = &[
    ("", "period.all"),
    ("today", "period.today"),
    ("week", "period.week"),
    ("month", "period.month"),
    ("last-month", "period.last_month"),
    ("quarter", "period.quarter"),
    ("year", "period.year"),
    ("days", "period.days"),
];

/// What was chosen in the filters of a list, as a view holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Told {
    /// What is looked for.
    pub text: String,
    /// What is chosen in each filter, by its argument.
    pub chosen: BTreeMap<String, String>,
    /// The first day, where days are chosen.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// One of the fields that the company added.
    pub own: OwnFilter,
}

/// What was chosen in a filter.
pub(crate) struct Chosen {
    value: String,
    from: DateInput,
    to: DateInput,
    rows: Loader<Vec<Json>>,
    own: OwnFilter,
}

impl Chosen {
    /// As it is at first.
    pub(crate) fn new(filter: &Filter) -> Chosen {
        let (from, to) = (DateInput::default(), DateInput::default());
        Chosen { value: filter.start.to_owned(), from, to, rows: Loader::default(), own: OwnFilter::default() }
    }

    /// Tells what is chosen, to be taken again.
    pub(crate) fn tell(&self, filter: &Filter, told: &mut Told) {
        if matches!(filter.values, Values::Own(_)) {
            told.own = self.own.clone();
            return;
        }
        told.chosen.insert(filter.argument.to_owned(), self.value.clone());
        if matches!(filter.values, Values::Period) && self.value == "days" {
            (told.from, told.to) = (self.from.date(), self.to.date());
        }
    }

    /// Takes what was told; whether the filter has such a value. Those of a directory are not known yet.
    pub(crate) fn take(&mut self, filter: &Filter, told: &Told) -> bool {
        self.value = told.chosen.get(filter.argument).cloned().unwrap_or_default();
        let among = |values: &[(&str, &str)]| values.iter().any(|(value, _)| *value == self.value);
        match filter.values {
            Values::Fixed(values) => among(values),
            Values::Period => {
                (self.from, self.to) = (DateInput::new(told.from), DateInput::new(told.to));
                among(PERIODS)
            }
            Values::Rows { .. } => true,
            Values::Own(_) => {
                self.own = told.own.clone();
                true
            }
        }
    }

    /// What is chosen and is not in its directory any more.
    pub(crate) fn lost(&self, filter: &Filter) -> Option<&str> {
        let Values::Rows { field, .. } = filter.values else { return None };
        let rows = self.rows.value().filter(|_| self.narrows())?;
        let there = rows.iter().any(|row| plain(row, field) == self.value);
        (!there).then_some(self.value.as_str())
    }

    /// Whether rows are left out.
    pub(crate) fn narrows(&self) -> bool {
        !self.value.is_empty() || self.own.narrows()
    }

    /// Leaves nothing out.
    pub(crate) fn clear(&mut self) {
        self.value.clear();
        self.own = OwnFilter::default();
    }

    /// Lets through only what has this text in this column; whether the filter can.
    pub(crate) fn narrow(&mut self, filter: &Filter, (column, text): (&str, &str)) -> bool {
        match filter.values {
            Values::Period if column == "date" => {
                let Some(day) = text.get(..10).and_then(|day| day.parse().ok()) else { return false };
                (self.from, self.to) = (DateInput::new(Some(day)), DateInput::new(Some(day)));
                self.value = "days".to_owned();
            }
            Values::Fixed(values) if filter.argument == column && values.iter().any(|(value, _)| *value == text) => {
                self.value = text.to_owned();
            }
            Values::Rows { .. } if column.starts_with(filter.argument) => self.value = text.to_owned(),
            Values::Own(_) => return self.own.narrow(column, text),
            Values::Fixed(_) | Values::Rows { .. } | Values::Period => return false,
        }
        true
    }

    /// Puts the arguments of the query.
    pub(crate) fn put(&self, filter: &Filter, desk: &Desk, arguments: &mut Map<String, Json>) {
        if !self.narrows() {
            return;
        }
        match filter.values {
            Values::Period => {
                let (from, to) = self.period(desk.today());
                for (name, day) in [("from", from), ("to", to)] {
                    if let Some(day) = day {
                        arguments.insert(name.to_owned(), day.to_string().into());
                    }
                }
            }
            Values::Own(record) => self.own.put(record, desk, arguments),
            Values::Fixed(_) | Values::Rows { .. } => {
                arguments.insert(filter.argument.to_owned(), self.value.clone().into());
            }
        }
    }

    fn period(&self, today: Date) -> (Option<Date>, Option<Date>) {
        let (year, month) = (today.year(), today.month());
        let whole = match self.value.as_str() {
            "today" => Period::new(today, today),
            "week" => today.add_days(-6).and_then(|from| Period::new(from, today)),
            "month" => Period::month(year, month),
            "last-month" => today.add_months(-1).and_then(|past| Period::month(past.year(), past.month())),
            "quarter" => Period::quarter(year, month.saturating_sub(1) / 3 + 1),
            "year" => Period::year(year),
            _ => return (self.from.date(), self.to.date()),
        };
        whole.map_or((None, None), |period| (Some(period.from()), Some(period.to())))
    }

    /// Draws it.
    pub(crate) fn ui(&mut self, ui: &mut Ui, id: Id, filter: &Filter, desk: &Desk) {
        if let Values::Own(record) = filter.values {
            self.own.ui(ui, (id, icon::LIST), record, desk);
            return;
        }
        let name = say(ui, filter.name);
        let choices = self.choices(ui, filter, desk);
        let field = Field::new(id.with(filter.argument), &name).width(filter.width).without_slot();
        choice(ui, &field, &choices, &mut self.value);
        if matches!(filter.values, Values::Period) && self.value == "days" {
            for (part, key, input) in [("from", "period.from", &mut self.from), ("to", "period.to", &mut self.to)] {
                let name = say(ui, key);
                let field = Field::new(id.with((filter.argument, part)), &name).hint(&name).without_slot();
                date_field(ui, &field, input, desk.today());
            }
        }
    }

    fn choices(&mut self, ui: &Ui, filter: &Filter, desk: &Desk) -> Vec<Choice> {
        let fixed =
            |values: &[(&str, &str)]| values.iter().map(|(value, key)| Choice::new(*value, say(ui, key))).collect();
        match filter.values {
            Values::Fixed(values) => fixed(values),
            Values::Period => fixed(PERIODS),
            Values::Own(_) => Vec::new(),
            Values::Rows { query, table, field, all } => {
                let nothing = Json::Object(Map::new());
                let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, query, nothing);
                let rows = self.rows.keep(desk.revision(&[table]), ask);
                let names = rows.into_iter().flatten().map(|row| plain(row, field));
                let mut choices = vec![Choice::new("", say(ui, all))];
                choices.extend(names.map(|name| Choice::new(name.clone(), name)));
                choices
            }
        }
    }
}
