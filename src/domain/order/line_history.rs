//! What each entry of an order's history did to its lines. A line is known again by what it sells: where one is removed,
//! those below it take its place in the file, and nobody changed them.

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::Zone;
use crate::base::error::Result;
use crate::domain::figure;
use crate::domain::history::{self, FieldChange, Happening};
use crate::domain::order::{Order, OrderLine};
use crate::engine::journal::{self, JournalRow, Kind};
use crate::engine::past;
use crate::engine::query::View;
use crate::engine::table::{Row as _, Table};
use crate::engine::value::Value;

/// Of one entry so many changes are told, and of the rest how many there are.
const MOST: usize = 100;

/// The columns that a person fills in; the others follow from them.
const TOLD: &[&str] = &[
    "item_id",
    "text",
    "unit_id",
    "quantity",
    "price",
    "discount_percent",
    "discount_amount",
    "tax_rate_id",
    "executor_id",
    "corrected",
    "correction_reason",
];

/// What a line sells.
const GOODS: &[&str] = &["item_id", "text"];

/// Where a line is kept.
const PLACE: &[&str] = &["id"];

/// A line as it was at some moment.
type Line = Vec<Value>;

/// The currency of amounts, and the company's clock.
type Telling<'a> = (Currency, &'a Zone);

/// Adds to each entry what it did to the lines, which are led back from what they are now. The entry that made the order
/// made its lines too, and says so once. Fails where the journal is damaged.
pub(crate) fn tell(view: &View<'_>, (order, lines): (&Order, &[OrderLine]), history: &mut [Happening]) -> Result<()> {
    let mut standing: BTreeMap<i64, Line> = lines.iter().map(|line| (line.id.get(), line.values())).collect();
    for happening in history.iter_mut().rev() {
        if happening.fields.iter().any(|change| change.table == Order::TABLE.name && change.field == "created") {
            return Ok(());
        }
        let (before, after) = touched(view, (order, happening.seq), &mut standing)?;
        if before.is_empty() && after.is_empty() {
            continue;
        }
        let currency = figure::currency_at(view, (Order::TABLE, order.id.get()), happening.seq)?;
        let mut changes = compare(before, after, (currency.unwrap_or(order.currency), view.zone()))?;
        let more = changes.len().saturating_sub(MOST);
        changes.truncate(MOST);
        for change in changes {
            happening.fields.push(named(view, change)?);
        }
        if more > 0 {
            happening.fields.push(FieldChange { new: Json::from(more), ..change(&[], "more") });
        }
    }
    Ok(())
}

/// A line that came or went with an entry: what it sells, how much of it, at which price.
pub(crate) fn whole(view: &View<'_>, (row, seq): (&JournalRow, i64)) -> Result<Vec<FieldChange>> {
    let table = OrderLine::TABLE;
    let came = row.kind == Kind::Create;
    let line = match came {
        true => past::led_back(view, (table, row.row_id), seq)?.unwrap_or_default(),
        false => past::before(table, removed(table, row.row_id), &row.diff),
    };
    let field = if came { "created" } else { "removed" };
    let told = |(name, column): (&str, &str)| {
        let told = figure::told((table, column), value(&line, column), (None, view.zone()))?;
        let (old, new) = if came { (Json::Null, told) } else { (told, Json::Null) };
        Ok(FieldChange { id: row.row_id, old, new, ..change(&line, name) })
    };
    [(field, "quantity"), ("price", "price")].into_iter().map(told).collect()
}

/// The lines that an entry touched, before it and after it; what stands is led back to before it.
fn touched(
    view: &View<'_>,
    (order, seq): (&Order, i64),
    standing: &mut BTreeMap<i64, Line>,
) -> Result<(Vec<Line>, Vec<Line>)> {
    let table = OrderLine::TABLE;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in journal::rows_in(view, seq, table)? {
        let now = standing.remove(&row.row_id);
        let was = match (row.kind, &now) {
            (Kind::Delete, _) => Some(past::before(table, removed(table, row.row_id), &row.diff)),
            (Kind::Update, Some(now)) => Some(past::before(table, now.clone(), &row.diff)),
            (Kind::Update | Kind::Create, _) => None,
        };
        let was = was.filter(|line| value(line, "order_id") == &Value::Int(order.id.get()));
        if let Some(was) = was {
            standing.insert(row.row_id, was.clone());
            before.push(was);
        }
        after.extend(now);
    }
    for lines in [&mut before, &mut after] {
        lines.sort_by_key(|line| if let Value::Int(place) = value(line, "position") { *place } else { 0 });
    }
    Ok((before, after))
}

/// A row of which only the id is known.
fn removed(table: &Table, id: i64) -> Line {
    let mut line = vec![Value::Null; table.columns.len()];
    line.iter_mut().take(1).for_each(|first| *first = Value::Int(id));
    line
}

/// What became of which line: removed and changed ones in their old order, then the new ones; amounts in this currency.
fn compare(before: Vec<Line>, after: Vec<Line>, telling: Telling<'_>) -> Result<Vec<FieldChange>> {
    let mut pairs: Vec<(Line, Option<Line>)> = before.into_iter().map(|line| (line, None)).collect();
    let mut rest = after;
    for by in [TOLD, GOODS, PLACE] {
        rest = pair(&mut pairs, rest, by);
    }
    let told = |line: &Line, column: &str| {
        figure::told((OrderLine::TABLE, column), value(line, column), (Some(telling.0), telling.1))
    };
    let mut changes = Vec::new();
    for (old, new) in pairs {
        let Some(new) = new else {
            changes.push(FieldChange { old: told(&old, "quantity")?, ..change(&old, "removed") });
            continue;
        };
        for column in TOLD.iter().filter(|column| value(&old, column) != value(&new, column)) {
            let (old, new, line) = (told(&old, column)?, told(&new, column)?, change(&new, column));
            let currency = Some(telling.0).filter(|_| figure::is_money(OrderLine::TABLE, column));
            changes.push(FieldChange { old, new, currency, ..line });
        }
    }
    for new in &rest {
        changes.push(FieldChange { new: told(new, "quantity")?, ..change(new, "created") });
    }
    Ok(changes)
}

/// Gives each old line that has none yet the first new one that equals it in these columns; what is left of the new.
fn pair(pairs: &mut [(Line, Option<Line>)], new: Vec<Line>, by: &[&str]) -> Vec<Line> {
    let key = |line: &Line| by.iter().map(|column| value(line, column).clone()).collect::<Vec<Value>>();
    let mut new: Vec<Option<Line>> = new.into_iter().map(Some).collect();
    let mut places: HashMap<Vec<Value>, VecDeque<usize>> = HashMap::new();
    for (at, line) in new.iter().enumerate() {
        places.entry(line.as_ref().map(key).unwrap_or_default()).or_default().push_back(at);
    }
    for (old, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
        let at = places.get_mut(&key(old)).and_then(VecDeque::pop_front);
        *found = at.and_then(|at| new.get_mut(at)?.take());
    }
    new.into_iter().flatten().collect()
}

fn value<'a>(line: &'a [Value], column: &str) -> &'a Value {
    OrderLine::TABLE.position(column).and_then(|place| line.get(place)).unwrap_or(&Value::Null)
}

fn change(line: &[Value], field: &str) -> FieldChange {
    let id = if let Some(Value::Int(id)) = line.first() { *id } else { 0 };
    let part = if let Value::Text(text) = value(line, "text") { Some(text.clone()) } else { None };
    FieldChange { part, ..FieldChange::of((OrderLine::TABLE, id), field) }
}

/// With the names of the records that its values point at.
fn named(view: &View<'_>, change: FieldChange) -> Result<FieldChange> {
    let name = |side: &Json| match side.as_i64() {
        Some(id) => history::name_of(view, &change.field, &Value::Int(id)),
        None => Ok(None),
    };
    let (old_name, new_name) = (name(&change.old)?, name(&change.new)?);
    Ok(FieldChange { old_name, new_name, ..change })
}
