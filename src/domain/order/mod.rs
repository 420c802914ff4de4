//! Orders: what a customer wants, by when, for how much, and how far it is. Knows nothing of screens or paper.

pub mod browse;
pub mod cancel;
mod comes_back;
pub mod copy;
mod discount;
pub mod due;
pub mod edit;
pub mod found;
pub mod groups;
mod head;
pub mod import;
mod kept;
pub mod line;
pub(crate) mod line_history;
pub mod list;
pub mod place;
pub mod preview;
mod put_back;
pub mod query;
pub mod row;
pub mod several;
mod splits;
pub mod states;
pub mod status;
pub mod store;
pub mod template;
pub mod totals;
pub mod worth;

pub use row::{Order, OrderKind, OrderLine};

use crate::engine::command::CommandEntry;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;

/// What can be done with orders.
pub const SLICE: Slice = Slice {
    commands: &[
        CommandEntry::of::<place::PlaceOrder>(),
        CommandEntry::of::<edit::EditOrder>(),
        CommandEntry::of::<copy::CopyOrder>(),
        CommandEntry::of::<status::ChangeOrderStatus>(),
        CommandEntry::of::<several::ChangeOrdersStatus>(),
        CommandEntry::of::<cancel::CancelOrder>(),
        CommandEntry::of::<copy::ReturnOrder>(),
    ],
    queries: &[
        QueryEntry::of::<query::OrderQuery>(),
        QueryEntry::of::<browse::OrdersQuery>(),
        QueryEntry::of::<browse::OrdersTotalsQuery>(),
        QueryEntry::of::<worth::OrdersWorthQuery>(),
    ],
    tables: &[Order::TABLE, OrderLine::TABLE],
    statements: store::STATEMENTS,
    lists: &[&list::LIST],
};

crate::code_column!(totals::Place);
