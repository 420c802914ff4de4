//! Waybills as they are asked for: a list, and one with its lines and what of them is under way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::history::{self, Happening};
use crate::domain::item::Item;
use crate::domain::list_filter;
use crate::domain::location::{self, Location, LocationKind};
use crate::domain::number::Number;
use crate::domain::stock::list::WAYBILLS;
use crate::domain::stock::query::warehouse;
use crate::domain::stock::row::{StockMove, Waybill, WaybillKind};
use crate::domain::stock::store::{self, REVERSAL};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Listed};
use crate::engine::table::Row as _;
use crate::engine::value::Value;
use crate::{params, result_row};

/// Waybills, newest first. Filters of one name are joined by "or", filters of several names by "and".
/// Wide: one field a filter, named as the command line names it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WaybillsQuery {
    /// A number, or part of the name, code, tax id, e-mail or phone of the supplier or customer.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// `receipt`, `issue`, `transfer`, `write-off` or `reversal`.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub kind: Option<Vec<String>>,
    /// Code of a warehouse or retail point, with all its places, or of one place, on either side.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub warehouse: Option<String>,
    /// Suppliers and customers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub counterparty: Option<Vec<String>>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Only those of which goods are on their way, or only the others.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub under_way: Option<bool>,
    /// Only those that still count, or only those that were taken back or take another one back.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub stands: Option<bool>,
    /// `date` or `number`; `-` before it turns it round.
    pub sort: Option<String>,
    /// How many; 100 when left out, 500 at most.
    #[serde(deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
    /// Only behind the row with this key or id.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub after: Option<String>,
    /// Leaves out so many rows first.
    #[serde(deserialize_with = "lenient::int")]
    pub skip: i64,
}

result_row! {
    /// A waybill in the list. Wide: a row of an answer.
    pub struct WaybillRow {
        /// Id.
        id: Id<Waybill>,
        /// What it does.
        kind: WaybillKind,
        /// Number.
        number: Number,
        /// Date.
        date: Date,
        /// Where the goods leave.
        from: Id<Location>,
        /// How people call that.
        from_name: String,
        /// Where they come to.
        to: Id<Location>,
        /// How people call that.
        to_name: String,
        /// The supplier or customer.
        counterparty: Option<Id<Counterparty>>,
        /// The name of that.
        counterparty_name: String,
        /// The number on the other side's paper.
        reference: String,
        /// Whether goods of it are on their way.
        under_way: bool,
        /// Whether it was taken back.
        voided: bool,
        /// Why goods were written off, lacked on arrival, or were taken back.
        reason: String,
        /// Who posted it.
        user_name: String,
    }
}

const KINDS: [&str; 5] = ["receipt", "issue", "transfer", "write-off", "reversal"];

impl Query for WaybillsQuery {
    const NAME: &'static str = "waybills";
    const NEED: Need = Need::Right(Right::StockView);
    type Row = Listed<WaybillRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<WaybillRow>>> {
        let ask = self.filtered(view)?.sort(self.sort.as_deref().unwrap_or("-date"))?;
        ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?.page(view)
    }
}

impl WaybillsQuery {
    fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        list_filter::by_number_or_customer(WAYBILLS.ask(), view, self.text.as_deref())?
            .filter("kind", list_filter::one_of(self.kind.as_deref(), &KINDS, "kind")?)?
            .filter("warehouse", warehouse(view, self.warehouse.as_deref())?)?
            .filter("counterparty", list_filter::ids(self.counterparty.as_deref(), "counterparty")?)?
            .filter("period", list_filter::days(self.from, self.to))?
            .filter("under_way", list_filter::flag(self.under_way))?
            .filter("stands", self.stands.map(|stands| Value::Text(stands.to_string())).into_iter().collect())
    }
}

/// One waybill with all that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaybillQuery {
    /// The waybill.
    pub id: Id<Waybill>,
}

/// A waybill with its lines. Wide: a card's content.
#[derive(Clone, Debug, Serialize)]
pub struct WaybillAnswer {
    /// The waybill.
    #[serde(flatten)]
    pub waybill: WaybillRow,
    /// When it was posted, RFC 3339 with the company's offset.
    pub posted: String,
    /// For the desk.
    pub note: String,
    /// Its lines.
    pub lines: Vec<WaybillLine>,
    /// Of a transfer: who accepted goods of it, and when, the first first.
    pub accepted: Vec<Acceptance>,
    /// Of a reversal the waybill it takes back, of a waybill that was taken back its reversal.
    pub other: Option<OtherWaybill>,
    /// What happened to it, oldest first.
    pub history: Vec<Happening>,
}

/// One line of a waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaybillLine {
    /// The line, from 1.
    pub line: i64,
    /// The item.
    pub item: Id<Item>,
    /// The company's own code for it.
    pub code: String,
    /// How it is called.
    pub name: String,
    /// The name of what it is counted in.
    pub unit: String,
    /// How much.
    pub quantity: Quantity,
    /// Of a transfer: how much is on its way.
    pub under_way: Quantity,
    /// Of a transfer: how much did not arrive.
    pub lost: Quantity,
}

/// Goods were accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    /// When, RFC 3339 with the company's offset.
    pub at: String,
    /// Who.
    pub user_name: String,
}

/// A waybill that another one stands against.
#[derive(Clone, Debug, Serialize)]
pub struct OtherWaybill {
    /// Its id.
    pub id: Id<Waybill>,
    /// Its number.
    pub number: Number,
}

impl Query for WaybillQuery {
    const NAME: &'static str = "waybill";
    const NEED: Need = Need::Right(Right::StockView);
    type Row = WaybillAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<WaybillAnswer>> {
        let waybill: Waybill = view.get(self.id)?;
        let rows = WAYBILLS.ask().rows_at::<WaybillRow>(view, &[waybill.id.get()])?;
        let moves = store::moves_of(view, waybill.id)?;
        let answer = |row| -> Result<WaybillAnswer> {
            Ok(WaybillAnswer {
                waybill: row,
                posted: waybill.posted_at.rfc3339(*view.zone()),
                lines: lines(view, &moves)?,
                accepted: acceptances(view, &moves)?,
                other: other(view, &waybill)?,
                history: history::of_record(view, Waybill::TABLE, waybill.id.get())?,
                note: waybill.note.clone(),
            })
        };
        rows.into_iter().map(|listed| answer(listed.row)).collect()
    }
}

/// The lines as they left, with what of each arrived nowhere yet.
fn lines(view: &View<'_>, moves: &[StockMove]) -> Result<Vec<WaybillLine>> {
    let (transit, loss) =
        (location::beyond(view, LocationKind::Transit)?.id, location::beyond(view, LocationKind::Loss)?.id);
    let mut lines: BTreeMap<i64, WaybillLine> = BTreeMap::new();
    for step in moves {
        let zero = Quantity::from_micros(0);
        let on_the_way = if step.to_id == transit { step.quantity } else { zero };
        match lines.get_mut(&step.position) {
            Some(line) if step.from_id == transit => {
                line.under_way = line.under_way.checked_sub(step.quantity)?;
                let lost = if step.to_id == loss { step.quantity } else { zero };
                line.lost = line.lost.checked_add(lost)?;
            }
            Some(line) => {
                line.quantity = line.quantity.checked_add(step.quantity)?;
                line.under_way = line.under_way.checked_add(on_the_way)?;
            }
            None => {
                let item: Item = view.get(step.item_id)?;
                let unit = view.get(item.unit_id)?;
                let (line, quantity, under_way, lost) = (step.position, step.quantity, on_the_way, zero);
                let (item, code, name, unit) = (item.id, item.code, item.name, unit.name);
                lines.insert(line, WaybillLine { line, item, code, name, unit, quantity, under_way, lost });
            }
        }
    }
    Ok(lines.into_values().collect())
}

/// Who took goods out of transit, and when; one row a moment.
fn acceptances(view: &View<'_>, moves: &[StockMove]) -> Result<Vec<Acceptance>> {
    let transit = location::beyond(view, LocationKind::Transit)?.id;
    let mut all: Vec<Acceptance> = Vec::new();
    for step in moves.iter().filter(|step| step.from_id == transit) {
        let acceptance =
            Acceptance { at: step.moved_at.rfc3339(*view.zone()), user_name: view.get(step.user_id)?.name };
        if all.last() != Some(&acceptance) {
            all.push(acceptance);
        }
    }
    Ok(all)
}

fn other(view: &View<'_>, waybill: &Waybill) -> Result<Option<OtherWaybill>> {
    let found = match waybill.reverses_id {
        Some(id) => Some((id, view.get(id)?.number)),
        None => view.row(&REVERSAL, params![waybill.id])?,
    };
    Ok(found.map(|(id, number)| OtherWaybill { id, number }))
}
