//! Records as they were: what a card told after an earlier entry, and what differs between two moments.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::BUSINESS;
use crate::domain::attachment::Attachment;
use crate::domain::category::Category;
use crate::domain::company::Company;
use crate::domain::counterparty::{Counterparty, CounterpartyPhone};
use crate::domain::currency::CurrencyInUse;
use crate::domain::field::OwnValue;
use crate::domain::invoice::Invoice;
use crate::domain::item::{Item, ItemBarcode};
use crate::domain::order::{Order, OrderLine};
use crate::domain::payment::row::PaymentTender;
use crate::domain::payment::{Allocation, Payment};
use crate::domain::status::OrderStatus;
use crate::engine::command::Need;
use crate::engine::journal;
use crate::engine::past::{Owned, Past, Wanted};
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::{Row as _, Table};

/// What can be asked of the past.
pub const SLICE: Slice = Slice {
    commands: &[],
    queries: &[QueryEntry::of::<RecordAt>(), QueryEntry::of::<RecordChanges>()],
    tables: &[],
    statements: &[],
    lists: &[],
};

/// Cards whose past can be told: the query that tells them, and the table of the record.
const RECORDS: &[(&str, &Table)] =
    &[("order", Order::TABLE), ("counterparty", Counterparty::TABLE), ("item", Item::TABLE)];

/// Whether the past of this card can be told.
pub fn is_told_of(record: &str) -> bool {
    RECORDS.iter().any(|(name, _)| *name == record)
}

const fn owned(owner: &'static Table, table: &'static Table, column: &'static str) -> Owned {
    Owned { owner, table, column }
}

/// What comes back with a record.
const OWNED: &[Owned] = &[
    owned(Order::TABLE, OrderLine::TABLE, "order_id"),
    owned(Order::TABLE, Payment::TABLE, "order_id"),
    owned(Order::TABLE, Allocation::TABLE, "order_id"),
    owned(Order::TABLE, Invoice::TABLE, "order_id"),
    owned(Order::TABLE, OwnValue::TABLE, "order_id"),
    owned(Payment::TABLE, PaymentTender::TABLE, "payment_id"),
    owned(Payment::TABLE, Allocation::TABLE, "payment_id"),
    owned(Counterparty::TABLE, CounterpartyPhone::TABLE, "counterparty_id"),
    owned(Counterparty::TABLE, Attachment::TABLE, "owner_id"),
    owned(Counterparty::TABLE, OwnValue::TABLE, "counterparty_id"),
    owned(Item::TABLE, OwnValue::TABLE, "item_id"),
    owned(Item::TABLE, ItemBarcode::TABLE, "item_id"),
    owned(Item::TABLE, Attachment::TABLE, "owner_id"),
];

/// Small tables that every card looks into.
const WHOLE: &[&Table] = &[Company::TABLE, CurrencyInUse::TABLE, OrderStatus::TABLE, Category::TABLE];

/// The moment of a question: after an entry, or at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    After(i64),
    At(Instant),
}

/// The arguments that tell a moment.
#[derive(Clone, Copy)]
struct Fields {
    seq: &'static str,
    at: &'static str,
}

const AT: Fields = Fields { seq: "seq", at: "at" };
const FROM: Fields = Fields { seq: "from_seq", at: "from" };
const TO: Fields = Fields { seq: "to_seq", at: "to" };

impl Moment {
    /// Rejected where neither is told, and where both are.
    fn of(seq: Option<i64>, at: Option<&str>, fields: Fields) -> Result<Moment> {
        match (seq, at) {
            (Some(seq), None) => Ok(Moment::After(seq)),
            (None, Some(at)) => Instant::parse(at).map(Moment::At).map_err(|error| error.at(fields.at)),
            (None, None) => {
                let missing = Error::rejected("error.past.no_moment").arg("seq", fields.seq).arg("at", fields.at);
                Err(missing.at(fields.seq))
            }
            (Some(_), Some(_)) => Err(Error::rejected("error.past.moment").at(fields.at)),
        }
    }

    /// The number of the last entry of that moment. Rejected before the first, and after an entry that is yet to come.
    fn seq(self, view: &View<'_>, fields: Fields) -> Result<i64> {
        let nothing = |field| Error::rejected("error.past.nothing").at(field);
        match self {
            Moment::After(seq) => {
                let (last, _) = journal::head(view)?;
                if seq > last {
                    return Err(Error::rejected("error.past.beyond").arg("last", last).at(fields.seq));
                }
                journal::root(view, seq)?.map(|_| seq).ok_or_else(|| nothing(fields.seq))
            }
            Moment::At(at) => {
                let (seq, _) = journal::until(view, at.plus_millis(1))?;
                Some(seq).filter(|seq| *seq > 0).ok_or_else(|| nothing(fields.at))
            }
        }
    }
}

/// A card as it was: what its query told then, to who asks now.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordAt {
    /// Which card: `order`, `counterparty` or `item`.
    pub record: String,
    /// The record's id.
    #[serde(deserialize_with = "lenient::int")]
    pub id: i64,
    /// After this journal entry; or else
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub seq: Option<i64>,
    /// at this moment, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl Query for RecordAt {
    const NAME: &'static str = "record-at";
    const NEED: Need = Need::Right(Right::JournalView);
    type Row = Json;

    fn run(&self, view: &View<'_>) -> Result<Vec<Json>> {
        let seq = Moment::of(self.seq, self.at.as_deref(), AT)?.seq(view, AT)?;
        card_at(view, &self.record, self.id, seq)
    }
}

/// What the query of a card told after an entry; without its history, which is told by itself.
fn card_at(view: &View<'_>, record: &str, id: i64, seq: i64) -> Result<Vec<Json>> {
    let known = || RECORDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let found = RECORDS.iter().find(|(name, _)| *name == record);
    let (name, table) = found.ok_or_else(|| Error::rejected("error.past.record").arg("known", known()).at("record"))?;
    let query = BUSINESS.query(name)?;
    query.need.admit(view.actor())?;
    let wanted = Wanted { record: (table, id), seq, owned: OWNED, whole: WHOLE };
    let past = Past::of(view, &BUSINESS, &wanted)?;
    let mut rows = (query.run)(&past.view(view, &BUSINESS)?, json!({ "id": id }))?;
    for row in rows.iter_mut().filter_map(Json::as_object_mut) {
        row.remove("history");
    }
    Ok(rows)
}

/// What differs between two moments of a card.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordChanges {
    /// Which card: `order`, `counterparty` or `item`.
    pub record: String,
    /// The record's id.
    #[serde(deserialize_with = "lenient::int")]
    pub id: i64,
    /// After this journal entry; or else
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub from_seq: Option<i64>,
    /// at this moment, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// After this entry; now when neither is told; or else
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub to_seq: Option<i64>,
    /// at this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What is the same at both moments is told too.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub same: bool,
}

/// One field at two moments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The path of the field, such as `lines[1160].price`: parts are told by their id, or else by their place from 1.
    pub field: String,
    /// At the first moment; empty where it was not there.
    pub old: String,
    /// At the second.
    pub new: String,
}

impl Query for RecordChanges {
    const NAME: &'static str = "record-changes";
    const NEED: Need = Need::Right(Right::JournalView);
    type Row = Difference;

    fn run(&self, view: &View<'_>) -> Result<Vec<Difference>> {
        let from = Moment::of(self.from_seq, self.from.as_deref(), FROM)?.seq(view, FROM)?;
        let to = match (self.to_seq, &self.to) {
            (None, None) => Moment::At(view.now()),
            (seq, at) => Moment::of(seq, at.as_deref(), TO)?,
        };
        let to = to.seq(view, TO)?;
        let told = |seq| Ok::<_, Error>(fields(card_or_none(view, (&self.record, self.id), seq)?));
        let (old, new) = (told(from)?, told(to)?);
        let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let value = |all: &BTreeMap<String, String>, name: &String| all.get(name).cloned().unwrap_or_default();
        let told = names.into_iter().filter(|name| self.same || old.get(*name) != new.get(*name));
        Ok(told
            .map(|name| Difference { field: name.clone(), old: value(&old, name), new: value(&new, name) })
            .collect())
    }
}

/// The card, or nothing where the record was not there at that moment.
fn card_or_none(view: &View<'_>, (record, id): (&str, i64), seq: i64) -> Result<Option<Json>> {
    match card_at(view, record, id, seq) {
        Ok(rows) => Ok(rows.into_iter().next()),
        Err(error) if error.key() == "error.record_missing" => Ok(None),
        Err(error) => Err(error),
    }
}

/// Every plain value of a card by its path.
fn fields(card: Option<Json>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    if let Some(card) = card {
        flatten(&card, String::new(), &mut all);
    }
    all
}

fn flatten(value: &Json, path: String, all: &mut BTreeMap<String, String>) {
    match value {
        Json::Null => {}
        Json::Object(fields) => {
            let dot = if path.is_empty() { "" } else { "." };
            // How often it was stored says nothing to a person.
            let told = fields.iter().filter(|(name, _)| *name != "version");
            told.for_each(|(name, value)| flatten(value, format!("{path}{dot}{name}"), all));
        }
        Json::Array(values) => {
            for (value, number) in values.iter().zip(1_i64..) {
                // A part stays the same one when others before it go away.
                let part = value.get("id").and_then(Json::as_i64).unwrap_or(number);
                flatten(value, format!("{path}[{part}]"), all);
            }
        }
        Json::String(text) => drop(all.insert(path, text.clone())),
        other => drop(all.insert(path, other.to_string())),
    }
}
