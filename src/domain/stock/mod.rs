//! Stock: goods on their way between locations. Moves are the only truth; what lies where is kept from them.

pub mod list;
pub mod query;
pub mod row;
pub mod store;
pub mod transfer;
pub mod void;
pub mod waybills;
pub mod written;

pub use row::{StockMove, Waybill, WaybillKind};

use crate::engine::command::CommandEntry;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;

/// What can be done with stock.
pub const SLICE: Slice = Slice {
    commands: &[
        CommandEntry::of::<written::ReceiveGoods>(),
        CommandEntry::of::<written::IssueGoods>(),
        CommandEntry::of::<written::WriteOffGoods>(),
        CommandEntry::of::<transfer::SendGoods>(),
        CommandEntry::of::<transfer::AcceptGoods>(),
        CommandEntry::of::<void::VoidWaybill>(),
    ],
    queries: &[
        QueryEntry::of::<query::StockQuery>(),
        QueryEntry::of::<waybills::WaybillsQuery>(),
        QueryEntry::of::<waybills::WaybillQuery>(),
    ],
    tables: &[Waybill::TABLE, StockMove::TABLE],
    statements: store::STATEMENTS,
    lists: &[&list::STOCK, &list::WAYBILLS],
};
