//! The journal as people read it: who, when, what, and each field's old and new value. Secrets and costs stay masked.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::category::Category;
use crate::domain::company::Company;
use crate::domain::counterparty::Counterparty;
use crate::domain::field::{self, OwnField, OwnValue};
use crate::domain::figure;
use crate::domain::invoice::Invoice;
use crate::domain::item::Item;
use crate::domain::item_group::ItemGroup;
use crate::domain::message::Message;
use crate::domain::opening_balance::OpeningBalance;
use crate::domain::order::{Order, OrderLine, line_history};
use crate::domain::payment::Payment;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::role::Role;
use crate::domain::scale_code::ScaleCode;
use crate::domain::status::OrderStatus;
use crate::domain::task::Task;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::domain::user::User;
use crate::engine::command::Need;
use crate::engine::journal::{self, FieldDiff, JournalRow, Kind};
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::select::{USUAL_ROWS, page_size};
use crate::engine::store::Slice;
use crate::engine::table::{Row, Table};
use crate::engine::value::{Column as _, Value};
use crate::{params, statements};

statements! {
    /// The entries before one, of some days, newest first; of everybody or of one, on every table or on one.
    BEFORE = "SELECT j.seq, j.at, j.user_id, COALESCE(u.login, ''), COALESCE(u.name, ''), j.command
              FROM journal j LEFT JOIN users u ON u.id = j.user_id
              WHERE j.seq < ?1 AND j.at >= ?3 AND j.at < ?4 AND (?5 = '' OR u.login = ?5)
                AND (?6 < 0 OR EXISTS (SELECT 1 FROM journal_rows r WHERE r.seq = j.seq AND r.table_code = ?6))
              ORDER BY j.seq DESC LIMIT ?2";
    /// The entries that touched a record, oldest first.
    OF_RECORD = "SELECT j.seq, j.at, j.user_id, COALESCE(u.login, ''), COALESCE(u.name, ''), j.command
                 FROM journal_rows r JOIN journal j ON j.seq = r.seq LEFT JOIN users u ON u.id = j.user_id
                 WHERE r.table_code = ?1 AND r.row_id = ?2 ORDER BY r.seq";
}

/// What can be asked of the journal.
pub const SLICE: Slice = Slice {
    commands: &[],
    queries: &[QueryEntry::of::<JournalQuery>()],
    tables: &[],
    statements: STATEMENTS,
    lists: &[],
};

/// Columns that only people with the right to see costs may read.
const COST_COLUMNS: &[&str] = &["cost"];

/// The journal, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalQuery {
    /// Only entries before this one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub after: Option<i64>,
    /// How many; 100 when left out, 500 at most.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
    /// From this day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Up to this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Only what this person did, by login.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_text")]
    pub user: Option<String>,
    /// Only what touched this table, such as `orders`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_text")]
    pub table: Option<String>,
}

/// One entry, with what it did to each row.
#[derive(Clone, Debug, Serialize)]
pub struct Happening {
    /// The entry's number.
    pub seq: i64,
    /// The same, as lists know their rows.
    pub id: i64,
    /// The same, to ask for what comes behind it.
    pub after: String,
    /// When, RFC 3339 with the company's offset.
    pub at: String,
    /// Who, by login; empty for the program itself.
    pub user: String,
    /// What the person is called.
    pub user_name: String,
    /// The command.
    pub command: String,
    /// What changed, field by field.
    pub fields: Vec<FieldChange>,
    /// The documents and cards it touched, as people know them.
    pub records: Vec<Touched>,
}

/// A document or a card that an entry touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Touched {
    /// The table.
    pub table: &'static str,
    /// The row.
    pub id: i64,
    /// Its number or name; empty where it is gone.
    pub called: String,
    /// Whether it was `created`, `changed` or `removed`.
    pub how: &'static str,
}

/// One field's change.
#[derive(Clone, Debug, Serialize)]
pub struct FieldChange {
    /// The table.
    pub table: &'static str,
    /// The row.
    pub id: i64,
    /// `created`, `removed`, or the column.
    pub field: String,
    /// Before.
    pub old: Json,
    /// After.
    pub new: Json,
    /// The currency of `old` and `new`, where they are amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// What the record is called that `old` points at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_name: Option<String>,
    /// What the record is called that `new` points at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_name: Option<String>,
    /// What the row is called, where it is a part of the record, such as a line of an order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// An entry as it is read: number, moment, user, login, name, command.
type Entry = (i64, i64, i64, String, String, String);

impl Query for JournalQuery {
    const NAME: &'static str = "journal";
    const NEED: Need = Need::Right(Right::JournalView);
    type Row = Happening;

    fn run(&self, view: &View<'_>) -> Result<Vec<Happening>> {
        let before = self.after.unwrap_or(i64::MAX);
        let limit = page_size(self.limit, USUAL_ROWS)?;
        let from = self.from.map_or(i64::MIN, |from| view.zone().start_of(from).millis());
        let to = self.to.map(|to| to.add_days(1)).transpose()?;
        let to = to.map_or(i64::MAX, |next| view.zone().start_of(next).millis());
        let table = self.table.as_deref().map_or(Ok(ANY), code_of)?;
        let user = self.user.clone().unwrap_or_default();
        let entries: Vec<Entry> = view.rows(&BEFORE, params![before, limit, from, to, user, table])?;
        entries.into_iter().map(|entry| happening(view, entry, |_| true)).collect()
    }
}

/// Stands for every table.
const ANY: i64 = -1;

/// The number of a table in the journal. Rejected at `table` when there is none of that name.
fn code_of(name: &str) -> Result<i64> {
    let found = crate::domain::BUSINESS.tables().find(|table| table.name == name && !table.secret);
    found.map(|table| table.code).ok_or_else(|| Error::rejected("error.history.table").arg("name", name).at("table"))
}

/// What happened to one record, oldest first.
pub fn of_record(view: &View<'_>, table: &Table, id: i64) -> Result<Vec<Happening>> {
    let entries: Vec<Entry> = view.rows(&OF_RECORD, params![table.code, id])?;
    entries
        .into_iter()
        .map(|entry| happening(view, entry, |row| row.table_code == table.code && row.row_id == id))
        .collect()
}

fn happening(
    view: &View<'_>,
    (seq, at, _, user, user_name, command): Entry,
    wanted: impl Fn(&JournalRow) -> bool,
) -> Result<Happening> {
    let (mut fields, mut records) = (Vec::new(), Vec::new());
    for row in journal::rows_of(view, seq)?.into_iter().filter(|row| wanted(row)) {
        let table = crate::domain::BUSINESS.table(row.table_code)?;
        if !table.secret {
            fields.extend(changes(view, table, (&row, seq))?);
            records.extend(touched(view, table, &row)?);
        }
    }
    let at = crate::base::date::Instant::from_millis(at).rfc3339(*view.zone());
    Ok(Happening { seq, id: seq, after: seq.to_string(), at, user, user_name, command, fields, records })
}

fn changes(view: &View<'_>, table: &'static Table, (row, seq): (&JournalRow, i64)) -> Result<Vec<FieldChange>> {
    match row.kind {
        Kind::Create | Kind::Delete if table.name == OrderLine::TABLE.name => line_history::whole(view, (row, seq)),
        _ if table.name == OwnValue::TABLE.name => Ok(field::history::told(view, (row, seq))?.into_iter().collect()),
        Kind::Create => Ok(vec![FieldChange::of((table, row.row_id), "created")]),
        Kind::Delete => Ok(vec![FieldChange::of((table, row.row_id), "removed")]),
        Kind::Update => {
            let costs = view.actor().can(Right::CostView);
            let seen = row.diff.iter().filter(|diff| costs || !COST_COLUMNS.contains(&diff.column.as_str()));
            let amounts = row.diff.iter().any(|diff| figure::is_money(table, &diff.column));
            let now = if amounts { figure::currency_at(view, (table, row.row_id), seq)? } else { None };
            let was = row.diff.iter().find(|diff| diff.column == "currency").map(|diff| diff.old.clone());
            let was = was.map(Currency::from_value).transpose()?.or(now);
            let change = |diff: &FieldDiff| {
                let column = (table, diff.column.as_str());
                Ok(FieldChange {
                    old: figure::told(column, &diff.old, (was, view.zone()))?,
                    new: figure::told(column, &diff.new, (now, view.zone()))?,
                    currency: now.filter(|_| figure::is_money(table, &diff.column)),
                    old_name: name_of(view, &diff.column, &diff.old)?,
                    new_name: name_of(view, &diff.column, &diff.new)?,
                    ..FieldChange::of((table, row.row_id), &diff.column)
                })
            };
            seen.map(change).collect()
        }
    }
}

impl FieldChange {
    /// A change of a field of a row, without its values.
    pub(crate) fn of((table, id): (&'static Table, i64), field: &str) -> FieldChange {
        FieldChange {
            table: table.name,
            id,
            field: field.to_owned(),
            old: Json::Null,
            new: Json::Null,
            currency: None,
            old_name: None,
            new_name: None,
            part: None,
        }
    }
}

/// The record of a row, where people know rows of its table by a number or a name.
fn touched(view: &View<'_>, table: &'static Table, row: &JournalRow) -> Result<Option<Touched>> {
    let how = match row.kind {
        Kind::Create => "created",
        Kind::Update => "changed",
        Kind::Delete => "removed",
    };
    let called = called(view, table.name, row.row_id)?;
    Ok(called.map(|called| Touched { table: table.name, id: row.row_id, called, how }))
}

/// The number or name by which people know a row, empty where it is gone; none for tables whose rows have neither.
fn called(view: &View<'_>, table: &str, id: i64) -> Result<Option<String>> {
    let called = match table {
        "orders" => named(view, id, |it: Order| it.number.to_string()),
        "payments" => named(view, id, |it: Payment| it.number.to_string()),
        "invoices" => named(view, id, |it: Invoice| it.number.to_string()),
        "counterparties" => named(view, id, |it: Counterparty| it.name),
        "items" => named(view, id, |it: Item| it.name),
        "users" => named(view, id, |it: User| it.name),
        "roles" => named(view, id, |it: Role| it.name),
        "companies" => named(view, id, |it: Company| it.name),
        "units" => named(view, id, |it: Unit| it.name),
        "tax_rates" => named(view, id, |it: TaxRate| it.name),
        "statuses" => named(view, id, |it: OrderStatus| it.name),
        "categories" => named(view, id, |it: Category| it.name),
        "item_groups" => named(view, id, |it: ItemGroup| it.name),
        "payment_methods" => named(view, id, |it: PaymentMethod| it.name),
        "own_fields" => named(view, id, |it: OwnField| it.name),
        "scale_codes" => named(view, id, |it: ScaleCode| it.name),
        "tasks" => named(view, id, |it: Task| it.name),
        // What stands in it is for its reader alone.
        "messages" => return of_whom(view, ("users", named(view, id, |it: Message| it.user_id.get())?)),
        "opening_balances" => {
            let whose = named(view, id, |it: OpeningBalance| it.counterparty_id.get())?;
            return of_whom(view, ("counterparties", whose));
        }
        _ => return Ok(None),
    };
    called.map(|called| Some(called.unwrap_or_default()))
}

/// What people call the record that a column points at; nothing where it points at none.
pub(crate) fn name_of(view: &View<'_>, column: &str, value: &Value) -> Result<Option<String>> {
    let Value::Int(id) = *value else { return Ok(None) };
    let table = match column {
        "counterparty_id" => "counterparties",
        "responsible_id" | "user_id" | "executor_id" => "users",
        "status_id" => "statuses",
        "category_id" => "categories",
        "group_id" => "item_groups",
        "unit_id" => "units",
        "item_id" => "items",
        "tax_rate_id" => "tax_rates",
        _ => return Ok(None),
    };
    Ok(called(view, table, id)?.filter(|called| !called.is_empty()))
}

/// The name of whom a row is for; empty where it is gone.
fn of_whom(view: &View<'_>, (table, id): (&str, Option<i64>)) -> Result<Option<String>> {
    id.map_or_else(|| Ok(Some(String::new())), |id| called(view, table, id))
}

fn named<R: Row, N>(view: &View<'_>, id: i64, name: fn(R) -> N) -> Result<Option<N>> {
    Ok(view.find_row(Id::new(id))?.map(name))
}
