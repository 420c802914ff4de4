//! Invoices: numbered without gaps in the posting transaction, frozen with the version of their form.

pub mod issue;
pub mod list;
pub mod query;
pub mod store;
pub mod void;

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::id::Id;
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::engine::command::CommandEntry;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::table;

/// The version of the invoice's form; an invoice is printed again by the version it was issued with.
pub const FORM_VERSION: i64 = 1;

table! {
    /// One invoice. Its content is what was issued, whatever happens to the order later.
    pub struct Invoice in "invoices" code 50 {
        /// Taken in the posting transaction, without gaps.
        number: Number,
        /// The document's date.
        date: Date,
        /// The moment.
        issued_at: Instant,
        /// The order.
        order_id: Id<Order>,
        /// The customer.
        counterparty_id: Id<Counterparty>,
        /// The currency of the amounts.
        currency: Currency,
        /// Without tax; minor units.
        net: i64,
        /// Tax; minor units.
        tax: i64,
        /// With tax; minor units.
        total: i64,
        /// The version of the form it is printed by.
        form_version: i64,
        /// Everything the paper says, as JSON.
        content: String,
        /// SHA-256 of the content.
        content_hash: Vec<u8>,
        /// The number a fiscal device gave, if any.
        fiscal_number: String,
        /// How often it was handed to a printer.
        printed: i64,
        /// Whether it was voided; the number stays.
        voided: bool,
        /// Why it was voided.
        reason: String,
    }
}

/// What can be done with invoices.
pub const SLICE: Slice = Slice {
    commands: &[
        CommandEntry::of::<issue::IssueInvoice>(),
        CommandEntry::of::<issue::SetFiscalNumber>(),
        CommandEntry::of::<issue::MarkInvoicePrinted>(),
        CommandEntry::of::<void::VoidInvoice>(),
    ],
    queries: &[
        QueryEntry::of::<query::InvoicesQuery>(),
        QueryEntry::of::<query::InvoicesTotalsQuery>(),
        QueryEntry::of::<query::InvoiceQuery>(),
    ],
    tables: &[Invoice::TABLE],
    statements: store::STATEMENTS,
    lists: &[&list::LIST],
};
