//! Fields of the company's own on orders, counterparties and items: what they are, and what records hold in them.
//! A value is a row of its own, so that it is found and sorted by an index and has its own line in the journal.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::id::Id;
use crate::domain::counterparty::Counterparty;
use crate::domain::item::Item;
use crate::domain::order::Order;
use crate::engine::command::CommandEntry;
use crate::engine::db::Db;
use crate::engine::query::QueryEntry;
use crate::engine::statement::Statement;
use crate::engine::store::Slice;
use crate::engine::table::{Row as _, Table};
use crate::engine::value::Value;
use crate::{code_column, params, statements, table};

mod filter;
pub(crate) mod history;
mod save;
mod typed;
mod value;

pub(crate) use filter::{filtered, sorted};
pub use save::{FieldRow, Fields, RemoveField, SaveField};
pub use typed::{Said, Typed};
pub use value::PaperField;
pub(crate) use value::{Given, Teller, Told, clear, printed};

/// The kind of record that a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldOf {
    /// Orders and returns.
    Order,
    /// Counterparties.
    Counterparty,
    /// Items.
    Item,
}

impl FieldOf {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            FieldOf::Order => "order",
            FieldOf::Counterparty => "counterparty",
            FieldOf::Item => "item",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<FieldOf> {
        [FieldOf::Order, FieldOf::Counterparty, FieldOf::Item].into_iter().find(|kind| kind.code() == text)
    }

    /// The table of such records.
    fn table(self) -> &'static Table {
        match self {
            FieldOf::Order => Order::TABLE,
            FieldOf::Counterparty => Counterparty::TABLE,
            FieldOf::Item => Item::TABLE,
        }
    }

    /// The statement that gives what a record of this kind holds.
    fn values(self) -> &'static Statement {
        match self {
            FieldOf::Order => &OF_ORDER,
            FieldOf::Counterparty => &OF_COUNTERPARTY,
            FieldOf::Item => &OF_ITEM,
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// A line of text.
    Text,
    /// An exact decimal with up to six places.
    Number,
    /// An amount in the currency of the books.
    Money,
    /// A day.
    Date,
    /// Yes, or nothing.
    Flag,
    /// One of the field's own choices.
    Choice,
}

impl Holds {
    const ALL: [Holds; 6] = [Holds::Text, Holds::Number, Holds::Money, Holds::Date, Holds::Flag, Holds::Choice];

    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            Holds::Text => "text",
            Holds::Number => "number",
            Holds::Money => "money",
            Holds::Date => "date",
            Holds::Flag => "flag",
            Holds::Choice => "choice",
        }
    }

    /// The kind of value with this text, if there is one.
    pub fn parse(text: &str) -> Option<Holds> {
        Holds::ALL.into_iter().find(|holds| holds.code() == text)
    }
}

code_column!(FieldOf, Holds);

table! {
    /// A field of the company's own.
    pub struct OwnField in "own_fields" code 26 {
        /// On which records.
        record: FieldOf,
        /// Its short fixed name, by which commands, imports and filters know it.
        code: String,
        /// How people call it.
        name: String,
        /// What it holds.
        holds: Holds,
        /// What may be chosen, one a line; empty where nothing is chosen.
        choices: String,
        /// Whether a new record must have it.
        required: bool,
        /// Whether papers show it.
        printed: bool,
        /// Its place among the others.
        position: i64,
        /// Whether it is shown and filled in.
        active: bool,
    }
}

table! {
    /// What one record holds in one field.
    pub struct OwnValue in "own_values" code 53 {
        /// In which field.
        field_id: Id<OwnField>,
        /// Whose, if it is an order's.
        order_id: Option<Id<Order>>,
        /// Whose, if it is a counterparty's.
        counterparty_id: Option<Id<Counterparty>>,
        /// Whose, if it is an item's.
        item_id: Option<Id<Item>>,
        /// The value as answers tell it.
        value: String,
        /// What it is sorted and found by among the values of its field.
        value_key: String,
    }
}

statements! {
    /// Every field of a kind of records, in the order people gave them.
    OF_RECORD = "
        SELECT id, version, record, code, name, holds, choices, required, printed, position, active
        FROM own_fields
        WHERE record = ?1
        ORDER BY position, id";
    /// Every field.
    ALL = "
        SELECT id, version, record, code, name, holds, choices, required, printed, position, active
        FROM own_fields
        ORDER BY record, position, id";
    /// What an order holds.
    OF_ORDER = "
        SELECT id, version, field_id, order_id, counterparty_id, item_id, value, value_key
        FROM own_values
        WHERE order_id = ?1
        ORDER BY field_id";
    /// What a counterparty holds.
    OF_COUNTERPARTY = "
        SELECT id, version, field_id, order_id, counterparty_id, item_id, value, value_key
        FROM own_values
        WHERE counterparty_id = ?1
        ORDER BY field_id";
    /// What an item holds.
    OF_ITEM = "
        SELECT id, version, field_id, order_id, counterparty_id, item_id, value, value_key
        FROM own_values
        WHERE item_id = ?1
        ORDER BY field_id";
    /// Whether any record holds something in a field.
    IN_USE = "SELECT id FROM own_values WHERE field_id = ?1 ORDER BY id LIMIT 1";
}

/// Fields of the company's own as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveField>(), CommandEntry::of::<RemoveField>()],
    queries: &[QueryEntry::of::<Fields>()],
    tables: &[OwnField::TABLE, OwnValue::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// The fields of a kind of records in the order people gave them, those that are switched off too.
pub fn fields_of(db: &Db, record: FieldOf) -> Result<Vec<OwnField>> {
    db.rows(&OF_RECORD, params![record])
}

/// What a record holds, in its fields' order of making.
fn values_of(db: &Db, record: FieldOf, id: i64) -> Result<Vec<OwnValue>> {
    db.rows(record.values(), &[Value::Int(id)])
}

impl OwnField {
    /// Where a refusal of its value points.
    fn place(&self) -> String {
        format!("fields.{}", self.code)
    }

    /// What may be chosen.
    pub fn options(&self) -> impl Iterator<Item = &str> {
        self.choices.lines()
    }
}
