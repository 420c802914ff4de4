//! The kinds of records that come in from files: a closed list, each with the command it becomes.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::code_column;
use crate::domain::counterparty::Counterparty;
use crate::domain::item::Item;
use crate::domain::opening_balance::OpeningBalance;
use crate::domain::order::{Order, import};
use crate::engine::db::Db;
use crate::engine::table::Row;
use crate::engine::tx::Tx;
use crate::engine::value::damaged;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportKind {
    /// People and companies.
    Counterparties,
    /// Goods and services.
    Items,
    /// Orders: heads whose lines follow, or whole.
    Orders,
    /// Lines of orders imported before.
    OrderLines,
    /// What counterparties owed when the books were opened.
    OpeningBalances,
}

code_column!(ImportKind);

impl ImportKind {
    /// Every kind, in the order in which one builds on the other.
    pub const ALL: [ImportKind; 5] = [
        ImportKind::Counterparties,
        ImportKind::Items,
        ImportKind::Orders,
        ImportKind::OrderLines,
        ImportKind::OpeningBalances,
    ];

    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            ImportKind::Counterparties => "counterparties",
            ImportKind::Items => "items",
            ImportKind::Orders => "orders",
            ImportKind::OrderLines => "order-lines",
            ImportKind::OpeningBalances => "opening-balances",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<ImportKind> {
        ImportKind::ALL.into_iter().find(|kind| kind.code() == text)
    }

    /// The command that keeps such a record, where it is one of its own.
    pub fn command(self) -> Option<&'static str> {
        match self {
            ImportKind::Counterparties => Some("save-counterparty"),
            ImportKind::Items => Some("save-item"),
            ImportKind::OpeningBalances => Some("save-opening-balance"),
            ImportKind::Orders | ImportKind::OrderLines => None,
        }
    }

    /// Whether the row that a record became is still there.
    pub fn stands(self, db: &Db, row: i64) -> Result<bool> {
        Ok(match self {
            ImportKind::Counterparties => db.find_row::<Counterparty>(Id::new(row))?.is_some(),
            ImportKind::Items => db.find_row::<Item>(Id::new(row))?.is_some(),
            ImportKind::Orders | ImportKind::OrderLines => db.find_row::<Order>(Id::new(row))?.is_some(),
            ImportKind::OpeningBalances => db.find_row::<OpeningBalance>(Id::new(row))?.is_some(),
        })
    }

    /// Keeps a record, over the row that it became before where there is one. Gives the row.
    pub(crate) fn bring(self, tx: &mut Tx<'_>, known: Option<i64>, arguments: Json) -> Result<i64> {
        match (self, known) {
            (ImportKind::Orders, known) => import::bring(tx, known.map(Id::new), arguments).map(Id::get),
            (ImportKind::OrderLines, known) => bring_lines(tx, known, arguments),
            (ImportKind::Counterparties, Some(row)) => save::<Counterparty>(self, tx, row, arguments),
            (ImportKind::Items, Some(row)) => save::<Item>(self, tx, row, arguments),
            (ImportKind::OpeningBalances, Some(row)) => save::<OpeningBalance>(self, tx, row, arguments),
            (_, None) => row_of(tx.run_inner(self.command().unwrap_or_default(), arguments)?),
        }
    }
}

/// Lines name their order among the arguments; the row they become is the order's.
fn bring_lines(tx: &mut Tx<'_>, known: Option<i64>, mut arguments: Json) -> Result<i64> {
    let named = arguments.as_object_mut().and_then(|fields| fields.remove("order"));
    let row = named.as_ref().and_then(Json::as_i64).or(known);
    let row = row.ok_or_else(|| Error::rejected("error.field_missing").arg("field", "order").at("order"))?;
    import::bring_lines(tx, Id::new(row), arguments)?;
    Ok(row)
}

fn save<R: Row>(kind: ImportKind, tx: &mut Tx<'_>, row: i64, mut arguments: Json) -> Result<i64> {
    let version = tx.get::<R>(Id::new(row))?.version();
    if let Some(fields) = arguments.as_object_mut() {
        fields.insert("id".to_owned(), json!(row));
        fields.insert("version".to_owned(), json!(version));
    }
    row_of(tx.run_inner(kind.command().unwrap_or_default(), arguments)?)
}

fn row_of(output: Json) -> Result<i64> {
    let row = output.get("id").and_then(Json::as_i64);
    row.ok_or_else(|| damaged(output))
}
