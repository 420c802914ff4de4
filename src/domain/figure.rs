//! What the numbers of the file are in an answer: decimals, and moments of the company's clock, never minor units.

use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::{Instant, Zone};
use crate::base::error::Result;
use crate::base::money::{Money, Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::base::text;
use crate::domain::currency::CurrencyInUse;
use crate::domain::order::Order;
use crate::domain::payment::Payment;
use crate::engine::db::Db;
use crate::engine::past;
use crate::engine::table::{Row as _, Table};
use crate::engine::value::{Column as _, Counts, Value, damaged};

/// Columns of minor units, by table.
pub const MONEY: &[(&str, &[&str])] = &[
    ("orders", &["freight", "net", "tax", "total", "paid", "debt"]),
    ("order_lines", &["discount_amount", "corrected", "cost", "discount", "net", "tax", "total"]),
    ("payments", &["amount", "received", "change", "rounding", "advance"]),
    ("payment_tenders", &["amount"]),
    ("allocations", &["amount"]),
    ("invoices", &["net", "tax", "total"]),
    ("opening_balances", &["amount"]),
    ("currencies", &["cash_step"]),
];

/// Columns that lead to the record whose currency a row counts in.
const OWNERS: &[(&str, &Table)] = &[("order_id", Order::TABLE), ("payment_id", Payment::TABLE)];

/// Whether a column holds minor units.
pub fn is_money(table: &Table, column: &str) -> bool {
    MONEY.iter().any(|(name, columns)| *name == table.name && columns.contains(&column))
}

/// A value of a column as an answer tells it; minor units in this currency.
pub(crate) fn told(
    (table, column): (&Table, &str),
    value: &Value,
    (currency, zone): (Option<Currency>, &Zone),
) -> Result<Json> {
    Ok(match value {
        Value::Null => Json::Null,
        Value::Int(number) if is_money(table, column) => {
            let currency = currency.ok_or_else(|| damaged(format!("{}.{column}", table.name)))?;
            Json::from(Money::new(*number, currency).to_string())
        }
        Value::Int(number) => number_of(table.column(column).map_or(Counts::Plain, |info| info.counts), *number, zone),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Blob(bytes) => Json::from(text::hex(bytes)),
    })
}

fn number_of(counts: Counts, number: i64, zone: &Zone) -> Json {
    match counts {
        Counts::Plain => Json::from(number),
        // The epoch stands for a moment that has not come.
        Counts::Moment if number == 0 => Json::Null,
        Counts::Moment => Json::from(Instant::from_millis(number).rfc3339(*zone)),
        Counts::Percent => Json::from(Percent::from_ppm(number).to_string()),
        Counts::Quantity => Json::from(Quantity::from_micros(number).to_string()),
        Counts::Price => Json::from(UnitPrice::from_micros(number).to_string()),
    }
}

/// The currency in which a row counted after an entry: its own, or that of the record it belongs to.
pub(crate) fn currency_at(db: &Db, (table, id): (&Table, i64), seq: i64) -> Result<Option<Currency>> {
    let Some(row) = past::led_back(db, (table, id), seq)? else {
        return Ok(None);
    };
    let value = |column: &str| table.position(column).and_then(|place| row.get(place));
    let own = if table.code == CurrencyInUse::TABLE.code { "code" } else { "currency" };
    if let Some(code) = value(own) {
        return Currency::from_value(code.clone()).map(Some);
    }
    let owner = OWNERS.iter().find_map(|(column, owner)| match value(column) {
        Some(Value::Int(id)) => Some((*owner, *id)),
        _ => None,
    });
    owner.map_or(Ok(None), |owner| currency_at(db, owner, seq))
}
