//! What is told of each kind of record beside its list, as data.

use serde_json::Value as Json;

use crate::base::right::Right;
use crate::modules::document::{Fact, Sheet, To};
use crate::modules::orders::list::status_word;
use crate::modules::{invoices, payments};
use crate::ui::desk::Desk;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, money, plain, written};

/// A record as it is looked at.
pub(super) struct PeekSpec {
    /// The query of one by its id.
    pub query: &'static str,
    /// The tables it shows.
    pub tables: &'static [&'static str],
    /// What it is called.
    pub title: fn(&Json, &Desk) -> String,
    /// What is said of it.
    pub facts: &'static [Fact],
    /// What it consists of.
    pub sheets: &'static [Sheet],
}

/// What is told of a kind of record; none where it cannot be looked at.
pub(super) fn of(kind: &str) -> Option<&'static PeekSpec> {
    Some(match kind {
        "order" => &ORDER,
        "customer" => &CUSTOMERS,
        "item" => &ITEM,
        "payment" => &PAYMENT,
        "invoice" => &INVOICE,
        _ => return None,
    })
}

static ORDER: PeekSpec = PeekSpec {
    query: "order",
    tables: &["orders", "order_lines", "payments", "allocations", "invoices"],
    title: |it, desk| format!("{} {}", desk.say("card.order"), plain(it, "number")),
    facts: &[
        Fact::new("column.total", |it, desk| amount(it, "total", desk)).strong(),
        Fact::new("column.status", status_word),
        Fact::new("column.date", |it, desk| written(Kind::Day, it, "date", desk)),
        Fact::new("column.due", |it, desk| written(Kind::Day, it, "due", desk)),
        Fact::new("column.customer", |it, desk| written(CUSTOMER, it, "counterparty_name", desk)).to(To {
            kind: "customer",
            key: "/counterparty",
            needs: &[Right::CounterpartyView],
        }),
        Fact::new("column.responsible", |it, _| plain(it, "responsible_name")),
        Fact::new("column.paid", |it, desk| amount(it, "paid", desk)),
        Fact::new("column.debt", |it, desk| amount(it, "debt", desk)),
        Fact::new("column.note", |it, _| plain(it, "note")),
    ],
    sheets: &[LINES],
};

/// The lines of a document, as far as they fit beside a list.
const LINES: Sheet = Sheet {
    title: "details.lines",
    rows: |it| it.get("lines").and_then(Json::as_array).cloned().unwrap_or_default(),
    columns: &[
        ListColumn::new("text", "column.item", Kind::Text, 130.0),
        ListColumn::new("quantity", "column.quantity", Kind::Number, 90.0),
        ListColumn::new("total", "column.sum", Kind::Money, 100.0),
    ],
    grow: "text",
    to: None,
};

static CUSTOMERS: PeekSpec = PeekSpec {
    query: "counterparty",
    tables: &["counterparties", "counterparty_phones", "categories"],
    title: |it, desk| written(CUSTOMER, it, "name", desk),
    facts: &[
        Fact::new("customers.kind", |it, desk| written(Kind::Code("customer_kind."), it, "kind", desk)),
        Fact::new("customers.phones", |it, _| listed(it, "/phones", "shown")),
        Fact::new("customers.email", |it, _| plain(it, "email")),
        Fact::new("customers.category", |it, _| plain(it, "category")),
        Fact::new("browse.code", |it, _| plain(it, "code")),
        Fact::new("customers.tax_id", |it, _| plain(it, "tax_id")),
        Fact::new("customers.contact", |it, _| plain(it, "contact")),
        Fact::new("customers.address", |it, _| plain(it, "address")),
        Fact::new("customers.delivery_address", |it, _| plain(it, "delivery_address")),
        Fact::new("customers.note", |it, _| plain(it, "note")),
    ],
    sheets: &[],
};

static ITEM: PeekSpec = PeekSpec {
    query: "item",
    tables: &["items", "item_barcodes", "item_groups", "units", "tax_rates"],
    title: |it, _| plain(it, "name"),
    facts: &[
        Fact::new("items.price", |it, desk| amount(it, "price", desk)).strong(),
        Fact::new("items.cost", |it, desk| amount(it, "cost", desk)),
        Fact::new("items.kind", |it, desk| written(Kind::Code("item_kind."), it, "kind", desk)),
        Fact::new("browse.code", |it, _| plain(it, "code")),
        Fact::new("items.unit", |it, desk| {
            written(Kind::Shipped("units", crate::ui::grid::Look::Plain), it, "unit", desk)
        }),
        Fact::new("items.group", |it, _| plain(it, "group")),
        Fact::new("items.barcodes", |it, _| listed(it, "/barcodes", "")),
        Fact::new("items.description", |it, _| plain(it, "description")),
    ],
    sheets: &[],
};

static PAYMENT: PeekSpec = PeekSpec {
    query: payments::PAYMENT.query,
    tables: &["payments", "allocations"],
    title: |it, desk| desk.say_with(payments::PAYMENT.title, &[("number", &plain(it, "number"))]),
    facts: payments::PAYMENT.facts,
    sheets: payments::PAYMENT.sheets,
};

static INVOICE: PeekSpec = PeekSpec {
    query: invoices::INVOICE.query,
    tables: &["invoices"],
    title: |it, desk| desk.say_with(invoices::INVOICE.title, &[("number", &plain(it, "number"))]),
    facts: invoices::INVOICE.facts,
    sheets: &[LINES],
};

/// An amount; nothing where it is not known.
fn amount(it: &Json, field: &str, desk: &Desk) -> String {
    let plainly = plain(it, field);
    if plainly.is_empty() { plainly } else { money(&plainly, &plain(it, "currency"), desk) }
}

/// Several texts in a line: the rows themselves, or a field of each.
fn listed(it: &Json, rows: &str, field: &str) -> String {
    let rows = it.pointer(rows).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let text =
        |row: &Json| if field.is_empty() { row.as_str().unwrap_or_default().to_owned() } else { plain(row, field) };
    rows.iter().map(text).collect::<Vec<_>>().join(", ")
}
