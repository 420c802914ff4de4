//! The card of an invoice: its lines and sums as they were issued, its paper and copies, its fiscal number.

use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::modules::card::{Part, PartKind};
use crate::modules::document::{Deed, DocumentSpec, Fact, Paper, Sheet, To};
use crate::modules::invoices::INVOICES;
use crate::modules::papers::Wanted;
use crate::ui::action::{Action, Keys};
use crate::ui::desk::Desk;
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::grid::Look;
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, money, plain, written};

/// The card of an invoice.
pub(crate) static INVOICE: DocumentSpec = DocumentSpec {
    list: &INVOICES,
    place: "invoice",
    title: "invoices.one",
    query: "invoice",
    state: |it| if stands(it) { "invoice_state.issued" } else { "invoice_state.voided_one" },
    facts: FACTS,
    sheets: &[
        Sheet { title: "invoices.lines", rows: |it| rows(it, "lines"), columns: LINES, grow: "text", to: None },
        Sheet { title: "invoices.taxes", rows: |it| rows(it, "taxes"), columns: TAXES, grow: "", to: None },
    ],
    papers: &[
        Paper { action: &PRINT, wanted: |it| original(it).filter(|_| !was_printed(it)) },
        Paper { action: &COPY, wanted: |it| Some(Wanted::Copy(it.get("id")?.as_i64()?)) },
    ],
    deeds: &[Deed {
        action: &FISCAL,
        sections: FISCAL_NUMBER,
        fresh: |it| stands(it).then(|| json!({"fiscal_number": plain(it, "fiscal_number")})),
        command: "set-fiscal-number",
        arguments: |it, typed| json!({"invoice": it.get("id"), "fiscal_number": plain(typed, "fiscal_number")}),
        done: "invoices.fiscal_set",
    }],
    parts: &[
        Part { title: "files.title", icon: icon::PAPERCLIP, needs: &[], kind: PartKind::Files("invoice") },
        Part {
            title: "history.title",
            icon: icon::HISTORY,
            needs: &[],
            kind: PartKind::History { query: "invoice", tables: &["invoices"] },
        },
    ],
};

static PRINT: Action = Action {
    id: "print",
    text: "action.print_invoice",
    icon: icon::PRINTER,
    keys: &[Keys::ctrl(egui::Key::P)],
    need: Some(Right::InvoiceView),
};

static COPY: Action = Action {
    id: "print-copy",
    text: "invoices.print_copy",
    icon: icon::FILES,
    keys: &[Keys::ctrl_shift(egui::Key::P)],
    need: Some(Right::InvoiceView),
};

static FISCAL: Action = Action {
    id: "fiscal-number",
    text: "invoices.set_fiscal",
    icon: icon::RECEIPT_TEXT,
    keys: &[],
    need: Some(Right::InvoiceIssue),
};

static FISCAL_NUMBER: &[Section] =
    &[Section { title: "", fields: &[FieldSpec::new("fiscal_number", "invoices.fiscal", FieldKind::Text)] }];

static FACTS: &[Fact] = &[
    Fact::new("column.total", |it, desk| amount(it, "total", desk)).strong(),
    Fact::new("column.date", |it, desk| written(Kind::Day, it, "date", desk)),
    Fact::new("column.customer", |it, desk| written(CUSTOMER, it, "counterparty_name", desk)).to(To {
        kind: "customer",
        key: "/counterparty",
        needs: &[Right::CounterpartyView],
    }),
    Fact::new("payments.order", |it, _| plain(it, "order_number")).to(To {
        kind: "order",
        key: "/order",
        needs: &[Right::OrderViewOwn, Right::OrderViewAll],
    }),
    Fact::new("invoices.net", |it, desk| amount(it, "net", desk)),
    Fact::new("invoices.tax", |it, desk| amount(it, "tax", desk)),
    Fact::new("customers.tax_id", |it, _| frozen(it, "/content/customer/tax_id")),
    Fact::new("report.column.responsible", |it, _| frozen(it, "/content/responsible")),
    Fact::new("invoices.fiscal", |it, _| plain(it, "fiscal_number")),
    Fact::new("invoices.printed", |it, _| if was_printed(it) { plain(it, "printed") } else { String::new() }),
    Fact::new("payments.reason", |it, _| plain(it, "reason")),
    Fact::new("column.note", |it, _| frozen(it, "/content/note")),
];

const LINES: &[ListColumn] = &[
    ListColumn::new("text", "column.item", Kind::Text, 180.0),
    ListColumn::new("quantity", "column.quantity", Kind::Number, 90.0),
    ListColumn::new("unit", "column.unit", Kind::Shipped("units", Look::Plain), 80.0),
    ListColumn::new("price", "column.price", Kind::Money, 120.0),
    ListColumn::new("discount", "column.discount", Kind::Money, 110.0),
    ListColumn::new("net", "invoices.net", Kind::Money, 120.0),
    ListColumn::new("tax_percent", "tax_rates.percent", Kind::Percent, 80.0),
    ListColumn::new("tax", "invoices.tax", Kind::Money, 110.0),
    ListColumn::new("total", "column.total", Kind::Money, 130.0),
];

const TAXES: &[ListColumn] = &[
    ListColumn::new("percent", "tax_rates.percent", Kind::Percent, 110.0),
    ListColumn::new("net", "invoices.net", Kind::Money, 150.0),
    ListColumn::new("tax", "invoices.tax", Kind::Money, 150.0),
    ListColumn::new("total", "column.total", Kind::Money, 150.0),
];

fn stands(invoice: &Json) -> bool {
    plain(invoice, "voided") != "true"
}

fn was_printed(invoice: &Json) -> bool {
    invoice.get("printed").and_then(Json::as_i64).unwrap_or_default() > 0
}

fn original(invoice: &Json) -> Option<Wanted> {
    let number = |field| invoice.get(field)?.as_i64();
    Some(Wanted::Invoice { order: number("order")?, standing: number("id") })
}

fn amount(invoice: &Json, field: &str, desk: &Desk) -> String {
    money(&plain(invoice, field), &plain(invoice, "currency"), desk)
}

fn frozen(invoice: &Json, path: &str) -> String {
    invoice.pointer(path).and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// Frozen rows, each with the currency of its amounts.
fn rows(invoice: &Json, field: &str) -> Vec<Json> {
    let frozen = invoice.pointer("/content").and_then(|content| content.get(field)?.as_array());
    let counted = |mut row: Json| {
        if let Json::Object(fields) = &mut row {
            fields.insert("currency".to_owned(), plain(invoice, "currency").into());
        }
        row
    };
    frozen.cloned().unwrap_or_default().into_iter().map(counted).collect()
}
