//! Which orders are shown: what the search window asks, what the chips show, what the query gets.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use crate::base::date::Date;
use crate::base::locale;
use crate::modules::own_filter::OwnFilter;
use crate::ui::desk::Desk;
use crate::ui::list::plain;

/// The states an order can be in, in their order.
pub(crate) const STATES: [&str; 6] = ["draft", "confirmed", "in-work", "ready", "closed", "cancelled"];

/// The states of payment that can be asked for.
pub(crate) const PAYMENTS: [&str; 5] = ["owing", "unpaid", "part-paid", "paid", "overpaid"];

/// Which dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Period {
    /// All of them.
    #[default]
    All,
    /// Today.
    Today,
    /// The last seven days.
    Week,
    /// This month.
    Month,
    /// This year.
    Year,
    /// From one day to another.
    Span(Option<Date>, Option<Date>),
}

impl Period {
    /// Those that need no dates.
    pub(crate) const NAMED: [(Period, &'static str); 5] = [
        (Period::All, "search.all_dates"),
        (Period::Today, "search.today"),
        (Period::Week, "search.week"),
        (Period::Month, "search.month"),
        (Period::Year, "search.year"),
    ];

    /// The first and the last day.
    pub(crate) fn days(self, today: Date) -> (Option<Date>, Option<Date>) {
        match self {
            Period::All => (None, None),
            Period::Today => (Some(today), Some(today)),
            Period::Week => (today.add_days(-6).ok(), Some(today)),
            Period::Month => (Date::new(today.year(), today.month(), 1).ok(), Some(today)),
            Period::Year => (Date::new(today.year(), 1, 1).ok(), Some(today)),
            Period::Span(from, to) => (from, to),
        }
    }
}

/// Which orders are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Filter {
    /// A number, or a part of the customer's name or phone.
    pub text: String,
    /// Which dates.
    pub period: Period,
    /// Which states; all where none is chosen.
    pub states: BTreeSet<String>,
    /// The state of payment; empty for any.
    pub payment: String,
    /// Only those past their due moment.
    pub late: bool,
    /// Only one's own.
    pub mine: bool,
    /// Only of this customer, with the name.
    pub customer: Option<(i64, String)>,
    /// Only those that this person answers for, with the name.
    pub responsible: Option<(i64, String)>,
    /// Only those that hold this in one of the fields that the company added.
    pub own: OwnFilter,
}

/// One part of a filter, as a chip shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text,
    Period,
    States,
    Payment,
    Late,
    Mine,
    Customer,
    Responsible,
    Own,
}

impl Filter {
    /// The filter that a saved view holds; none where it asks for what orders do not have.
    pub(crate) fn read(kept: &Json) -> Option<Filter> {
        let filter = if kept.is_null() { Filter::default() } else { Filter::deserialize(kept).ok()? };
        let states = filter.states.iter().all(|state| STATES.contains(&state.as_str()));
        let payment = filter.payment.is_empty() || PAYMENTS.contains(&filter.payment.as_str());
        (states && payment).then_some(filter)
    }

    /// The arguments of the query.
    pub(crate) fn arguments(&self, desk: &Desk) -> Map<String, Json> {
        let mut wanted = Map::new();
        let mut put = |name: &str, value: Json| drop(wanted.insert(name.to_owned(), value));
        if !self.text.trim().is_empty() {
            put("text", self.text.trim().into());
        }
        let (from, to) = self.period.days(desk.today());
        if let Some(from) = from {
            put("from", from.to_string().into());
        }
        if let Some(to) = to {
            put("to", to.to_string().into());
        }
        if !self.states.is_empty() {
            put("status", json!(self.states));
        }
        if !self.payment.is_empty() {
            put("payment", json!([self.payment]));
        }
        if self.late {
            put("late", true.into());
        }
        if self.mine {
            put("responsible", json!([desk.person.id.to_string()]));
        } else if let Some((person, _)) = &self.responsible {
            put("responsible", json!([person.to_string()]));
        }
        if let Some((customer, _)) = &self.customer {
            put("counterparty", json!([customer.to_string()]));
        }
        self.own.put("order", desk, &mut wanted);
        wanted
    }

    /// What each part says, for chips.
    pub(crate) fn parts(&self, desk: &Desk) -> Vec<(Part, String)> {
        let mut parts = Vec::new();
        if !self.text.trim().is_empty() {
            parts.push((Part::Text, format!("“{}”", self.text.trim())));
        }
        if self.period != Period::All {
            parts.push((Part::Period, self.period_text(desk)));
        }
        if !self.states.is_empty() {
            let words: Vec<String> = self.states.iter().map(|state| desk.say(&format!("status.{state}"))).collect();
            parts.push((Part::States, words.join(", ")));
        }
        if !self.payment.is_empty() {
            parts.push((Part::Payment, desk.say(&format!("search.payment.{}", self.payment))));
        }
        if self.late {
            parts.push((Part::Late, desk.say("search.late")));
        }
        if self.mine {
            parts.push((Part::Mine, desk.say("search.mine")));
        }
        if let Some((_, name)) = &self.customer {
            parts.push((Part::Customer, name.clone()));
        }
        if let Some((_, name)) = &self.responsible {
            parts.push((Part::Responsible, name.clone()));
        }
        if self.own.narrows() {
            parts.push((Part::Own, self.own.told("order", desk)));
        }
        parts
    }

    /// The filter that shows only rows with the same value in this column; none for columns that nothing is found by.
    pub(crate) fn by_value(&self, column: &str, row: &Json) -> Option<Filter> {
        let text = |field: &str| Some(plain(row, field)).filter(|text| !text.is_empty());
        let named = |id: &str, name: &str| Some((row.get(id)?.as_i64()?, plain(row, name)));
        let same = self.clone();
        Some(match column {
            "number" => Filter { text: text("number")?, ..same },
            "date" => {
                let day = text("date")?.get(..10)?.parse().ok();
                Filter { period: Period::Span(day, day), ..same }
            }
            "counterparty_name" => Filter { customer: Some(named("counterparty", column)?), ..same },
            "status" => Filter { states: BTreeSet::from([text("status")?]), ..same },
            "paid" | "debt" => Filter { payment: text("payment")?, ..same },
            "responsible_name" => Filter { responsible: Some(named("responsible", column)?), mine: false, ..same },
            _ => {
                let mut own = OwnFilter::default();
                own.narrow(column, &text(column)?).then_some(Filter { own, ..same })?
            }
        })
    }

    fn period_text(&self, desk: &Desk) -> String {
        if let Some((_, key)) = Period::NAMED.iter().find(|(period, _)| *period == self.period) {
            return desk.say(key);
        }
        let (from, to) = self.period.days(desk.today());
        let day = |date: Option<Date>| date.map(|date| locale::date(desk.lang, date)).unwrap_or_default();
        format!("{} – {}", day(from), day(to))
    }

    /// The filter without one part.
    pub(crate) fn without(&mut self, part: Part) {
        let none = Filter::default();
        match part {
            Part::Text => self.text = none.text,
            Part::Period => self.period = none.period,
            Part::States => self.states = none.states,
            Part::Payment => self.payment = none.payment,
            Part::Late => self.late = false,
            Part::Mine => self.mine = false,
            Part::Customer => self.customer = None,
            Part::Responsible => self.responsible = None,
            Part::Own => self.own = none.own,
        }
    }
}
