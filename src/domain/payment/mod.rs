//! Payments: money taken, given back, reversed, and what orders it is allocated to.

pub mod advance;
pub mod found;
pub mod list;
mod put_back;
pub mod query;
pub mod refund;
pub mod row;
pub mod settle;
pub mod store;
pub mod take;
pub mod void;

pub use row::{Allocation, Payment, PaymentKind, PaymentTender};

use crate::engine::command::CommandEntry;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;

/// What can be done with payments.
pub const SLICE: Slice = Slice {
    commands: &[
        CommandEntry::of::<take::TakePayment>(),
        CommandEntry::of::<refund::RefundPayment>(),
        CommandEntry::of::<advance::ApplyAdvance>(),
        CommandEntry::of::<void::VoidPayment>(),
    ],
    queries: &[
        QueryEntry::of::<query::PaymentsQuery>(),
        QueryEntry::of::<query::PaymentsTotalsQuery>(),
        QueryEntry::of::<query::PaymentQuery>(),
    ],
    tables: &[Payment::TABLE, PaymentTender::TABLE, Allocation::TABLE],
    statements: store::STATEMENTS,
    lists: &[&list::LIST],
};
