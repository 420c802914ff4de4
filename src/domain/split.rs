//! Lists of documents as they fall apart into groups: the ways that several lists share, and the query of the groups.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::lenient;
use crate::domain::selection::{Documents, SelectedTotals, asked};
use crate::engine::command::Need;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::select::{Part, Parted, Split};
use crate::engine::store::Slice;
use crate::engine::value::Value;

/// Groups as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[QueryEntry::of::<ListGroups>()], tables: &[], statements: &[], lists: &[] };

/// The groups of everything that matches in a list, in their own order, one row a group and currency.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListGroups {
    /// The list.
    pub list: Documents,
    /// The filter in use there, as the list takes it.
    #[serde(default)]
    pub filter: Json,
    /// By what: `customer`, `day`, `month` and, as the list has it, `status`, `responsible`, `payment`, `due`, `kind`,
    /// `user`, `state`.
    pub by: String,
    /// The last group first.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub reversed: bool,
    /// Only behind the row with this key.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub after: Option<String>,
    /// How many; 500 when left out and at most.
    #[serde(default, deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
}

/// What a group holds in one currency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Given to the list as `group`, it asks for the rows of the group.
    pub group: String,
    /// What its rows have in common, by the names of their fields.
    #[serde(flatten)]
    pub told: Map<String, Json>,
    /// Count and sums.
    #[serde(flatten)]
    pub totals: SelectedTotals,
    /// Given back as `after`, it asks for the rows behind this one.
    pub after: String,
}

impl Query for ListGroups {
    const NAME: &'static str = "list-groups";
    const NEED: Need = Need::SignedIn;
    type Row = Group;

    fn run(&self, view: &View<'_>) -> Result<Vec<Group>> {
        let Some(ask) = self.list.ask(view, asked(&self.filter))? else { return Ok(Vec::new()) };
        let page = Parted { by: &self.by, reversed: self.reversed, after: self.after.as_deref(), limit: self.limit };
        ask.parts(view, page)?.into_iter().map(|part| self.told(part)).collect()
    }
}

impl ListGroups {
    fn told(&self, part: Part) -> Result<Group> {
        let currency = Currency::parse(&part.totals.group)?;
        let totals = self.list.told(currency, &part.totals);
        Ok(Group { group: part.key, told: part.told, totals, after: part.after })
    }
}

/// A part of a group's key that is a number.
pub(crate) fn number(part: &str) -> Option<Value> {
    part.parse().ok().map(Value::Int)
}

/// A part of a group's key that is a text.
pub(crate) fn text(part: &str) -> Value {
    Value::Text(part.to_owned())
}

crate::list! {

/// By customer, whose id stands in this column.
pub(crate) const fn by_customer(key: &'static [&'static str]) -> Split {
    Split {
        name: "customer",
        keys: key,
        told: &[("counterparty_name", "c.name")],
        joins: "JOIN counterparties c ON c.id = g.k0",
        order: &["c.name_key", "g.k0"],
        filter: "counterparty",
        values: |parts| Some(vec![number(parts.first()?)?]),
    }
}

/// By a person, whose id stands in this column, and who is a field of rows by this name.
pub(crate) const fn by_user(
    name: &'static str,
    key: &'static [&'static str],
    told: &'static [(&'static str, &'static str)],
) -> Split {
    Split {
        name,
        keys: key,
        told,
        joins: "JOIN users u ON u.id = g.k0",
        order: &["u.name", "g.k0"],
        filter: name,
        values: |parts| Some(vec![number(parts.first()?)?]),
    }
}

/// By day, which is this column.
pub(crate) const fn by_day(key: &'static [&'static str]) -> Split {
    Split {
        name: "day",
        keys: key,
        told: &[("date", "g.k0")],
        joins: "",
        order: &["g.k0"],
        filter: "period",
        values: |parts| {
            let day = text(&Date::parse(parts.first()?).ok()?.to_string());
            Some(vec![day.clone(), day])
        },
    }
}

/// By month, which this makes of a column.
pub(crate) const fn by_month(key: &'static [&'static str]) -> Split {
    Split {
        name: "month",
        keys: key,
        told: &[("month", "g.k0")],
        joins: "",
        order: &["g.k0"],
        filter: "period",
        values: |parts| {
            let first = Date::parse(&format!("{}-01", parts.first()?)).ok()?;
            Some(vec![text(&first.to_string()), text(&format!("{}-31", parts.first()?))])
        },
    }
}

}
