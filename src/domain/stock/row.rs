//! A waybill and the moves of goods on it as rows.

use serde::{Deserialize, Serialize};

use crate::base::date::{Date, Instant};
use crate::base::id::Id;
use crate::base::quantity::Quantity;
use crate::domain::counterparty::Counterparty;
use crate::domain::item::Item;
use crate::domain::location::Location;
use crate::domain::number::Number;
use crate::domain::user::User;
use crate::{code_column, table};

/// What a waybill does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaybillKind {
    /// Goods come in from a supplier.
    Receipt,
    /// Goods go out to a customer.
    Issue,
    /// Goods go from one warehouse to another, and are on their way until they are accepted there.
    Transfer,
    /// Goods are gone: broken, spoilt, stolen, used.
    WriteOff,
    /// Takes back another waybill, with its reason.
    Reversal,
}

const KINDS: [WaybillKind; 5] =
    [WaybillKind::Receipt, WaybillKind::Issue, WaybillKind::Transfer, WaybillKind::WriteOff, WaybillKind::Reversal];

impl WaybillKind {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            WaybillKind::Receipt => "receipt",
            WaybillKind::Issue => "issue",
            WaybillKind::Transfer => "transfer",
            WaybillKind::WriteOff => "write-off",
            WaybillKind::Reversal => "reversal",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<WaybillKind> {
        KINDS.into_iter().find(|kind| kind.code() == text)
    }
}

code_column!(WaybillKind);

table! {
    /// A document under which goods move.
    pub struct Waybill in "waybills" code 101 {
        /// What it does.
        kind: WaybillKind,
        /// Taken when it is posted.
        number: Number,
        /// The document's date.
        date: Date,
        /// The moment.
        posted_at: Instant,
        /// Who posted it: the first signature of a transfer.
        user_id: Id<User>,
        /// Where the goods leave.
        from_id: Id<Location>,
        /// Where they come to in the end.
        to_id: Id<Location>,
        /// The supplier or the customer, where one is named.
        counterparty_id: Option<Id<Counterparty>>,
        /// The number on the other side's paper.
        reference: String,
        /// Whether goods of it are on their way: sent, and not accepted yet.
        under_way: bool,
        /// For a reversal: the waybill it takes back.
        reverses_id: Option<Id<Waybill>>,
        /// Whether a reversal took it back.
        voided: bool,
        /// Why goods were written off, lacked on arrival, or were taken back.
        reason: String,
        /// For the desk.
        note: String,
    }
}

table! {
    /// So much of an item went from one location to another. Never changed and never removed.
    pub struct StockMove in "stock_moves" code 102 {
        /// Under which document.
        waybill_id: Id<Waybill>,
        /// The line of the document, from 1; goods that are accepted have the line under which they were sent.
        position: i64,
        /// What.
        item_id: Id<Item>,
        /// Where it was.
        from_id: Id<Location>,
        /// Where it is now.
        to_id: Id<Location>,
        /// How much, above zero.
        quantity: Quantity,
        /// The date by which it counts.
        date: Date,
        /// The moment it was entered.
        moved_at: Instant,
        /// Who entered it: the second signature of a transfer where goods are accepted.
        user_id: Id<User>,
    }
}
