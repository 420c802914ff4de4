//! The positions that are shipped besides the owner, and what each may do at first.

use crate::base::right::Right;

/// The other positions that are shipped.
pub(super) const POSITIONS: &[(&str, &[Right])] =
    &[("manager", MANAGER), ("sales", SALES), ("warehouse", WAREHOUSE), ("bookkeeper", BOOKKEEPER), ("viewer", VIEWER)];

/// Runs the shop: everything but people, settings and restoring.
const MANAGER: &[Right] = &[
    Right::OrderViewOwn,
    Right::OrderViewAll,
    Right::OrderPlace,
    Right::OrderEditOwn,
    Right::OrderEditAll,
    Right::OrderCancel,
    Right::PriceOverride,
    Right::PaymentView,
    Right::PaymentTake,
    Right::PaymentReverse,
    Right::InvoiceView,
    Right::InvoiceIssue,
    Right::InvoiceVoid,
    Right::CounterpartyView,
    Right::CounterpartyEdit,
    Right::ItemView,
    Right::ItemEdit,
    Right::CostView,
    Right::StockView,
    Right::StockMove,
    Right::StockWriteOff,
    Right::StockReverse,
    Right::DirectoryView,
    Right::DirectoryEdit,
    Right::TaskOwn,
    Right::TaskAll,
    Right::ViewShare,
    Right::AttachmentEdit,
    Right::OpeningBalanceEdit,
    Right::Import,
    Right::Export,
    Right::ReportView,
    Right::JournalView,
    Right::UndoAll,
    Right::BackupMake,
];

/// Serves customers: own orders from the first call to the invoice.
const SALES: &[Right] = &[
    Right::OrderViewOwn,
    Right::OrderPlace,
    Right::OrderEditOwn,
    Right::PaymentView,
    Right::PaymentTake,
    Right::InvoiceView,
    Right::InvoiceIssue,
    Right::CounterpartyView,
    Right::CounterpartyEdit,
    Right::ItemView,
    Right::StockView,
    Right::DirectoryView,
    Right::TaskOwn,
    Right::AttachmentEdit,
];

/// Gathers, receives and hands out: every order to look at, items to keep, goods to move.
const WAREHOUSE: &[Right] = &[
    Right::OrderViewOwn,
    Right::OrderViewAll,
    Right::CounterpartyView,
    Right::ItemView,
    Right::ItemEdit,
    Right::StockView,
    Right::StockMove,
    Right::DirectoryView,
    Right::TaskOwn,
    Right::AttachmentEdit,
];

/// Keeps the accounts: reads everything, works with payments and invoices.
const BOOKKEEPER: &[Right] = &[
    Right::OrderViewOwn,
    Right::OrderViewAll,
    Right::PaymentView,
    Right::PaymentTake,
    Right::PaymentReverse,
    Right::InvoiceView,
    Right::InvoiceIssue,
    Right::InvoiceVoid,
    Right::CounterpartyView,
    Right::CounterpartyEdit,
    Right::ItemView,
    Right::CostView,
    Right::StockView,
    Right::DirectoryView,
    Right::TaskOwn,
    Right::AttachmentEdit,
    Right::OpeningBalanceEdit,
    Right::Export,
    Right::ReportView,
    Right::JournalView,
];

/// Looks, and changes nothing; cost and profit stay hidden.
const VIEWER: &[Right] = &[
    Right::OrderViewOwn,
    Right::OrderViewAll,
    Right::PaymentView,
    Right::InvoiceView,
    Right::CounterpartyView,
    Right::ItemView,
    Right::StockView,
    Right::DirectoryView,
    Right::ReportView,
];
