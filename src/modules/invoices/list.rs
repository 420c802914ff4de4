//! Invoices as a list.

use serde_json::Value as Json;

use crate::base::right::Right;
use crate::modules::browse::{Catalogue, Filter, Link, Opens, TO_CUSTOMER, TO_ORDER, Values, Voids};
use crate::modules::preview::{self, PREVIEW};
use crate::ui::desk::Desk;
use crate::ui::grid::{Cell, GroupBy};
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, ListSpec, Pages, plain};

/// Invoices on a screen.
pub(crate) static INVOICES: Catalogue = Catalogue {
    place: "invoices",
    title: "invoices.title",
    icon: icon::FILE_TEXT,
    list: &LIST,
    called: "number",
    searches: "payments.searches",
    filters: &[
        Filter { argument: "period", name: "browse.period", values: Values::Period, start: "", width: 190.0 },
        Filter { argument: "voided", name: "payments.state", values: Values::Fixed(STATES), start: "", width: 200.0 },
    ],
    opens: Opens::Card("invoice"),
    links: &[
        Link { action: &PREVIEW, field: "id", kind: preview::INVOICE, needs: &[Right::InvoiceView] },
        TO_ORDER,
        TO_CUSTOMER,
    ],
    edits: None,
    voids: Some(Voids {
        need: Right::InvoiceVoid,
        command: "void-invoice",
        argument: "invoice",
        title: "invoices.void",
        stands,
    }),
    empty: "invoices.empty",
};

const STATES: &[(&str, &str)] =
    &[("", "invoice_state.all"), ("false", "invoice_state.standing"), ("true", "invoice_state.voided")];

static LIST: ListSpec = ListSpec {
    query: "invoices",
    totals: Some("invoices-totals"),
    sums: &["net", "tax", "total"],
    groups: &[GroupBy::day("date"), GroupBy::month("date"), GroupBy::column("customer", "counterparty_name")],
    tables: &["invoices", "counterparties", "orders"],
    name: "invoices.title",
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 84.0).sorted("number"),
        ListColumn::new("date", "column.date", Kind::Day, 104.0).sorted("date"),
        ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 180.0).sorted("customer"),
        ListColumn::new("order_number", "payments.order", Kind::Figure, 84.0).yields(3),
        ListColumn::new("voided", "column.status", Kind::Made(status), 116.0).yields(1),
        ListColumn::new("net", "invoices.net", Kind::Money, 116.0).yields(2),
        ListColumn::new("tax", "invoices.tax", Kind::Money, 100.0).yields(4),
        ListColumn::new("total", "column.total", Kind::Money, 116.0).sorted("total"),
        ListColumn::new("fiscal_number", "invoices.fiscal", Kind::Figure, 110.0).yields(6),
        ListColumn::new("printed", "invoices.printed", Kind::Made(printed), 70.0).right().yields(5),
        ListColumn::new("reason", "payments.reason", Kind::Muted, 84.0).yields(7),
    ],
    fields: &[],
    own: "",
    grow: "counterparty_name",
    sort: "-date",
    pages: Pages::Skipped,
    state,
};

/// Only what was not taken back yet.
pub(crate) fn stands(row: &Json) -> bool {
    plain(row, "voided") != "true"
}

fn state(row: &Json) -> (Option<&'static str>, bool) {
    if stands(row) { (None, false) } else { (Some("cancelled"), true) }
}

fn status(row: &Json, desk: &Desk) -> Cell {
    let key = if stands(row) { "invoice_state.issued" } else { "invoice_state.voided_one" };
    Cell::text(desk.say(key))
}

/// How often it was printed; never is nothing.
fn printed(row: &Json, _desk: &Desk) -> Cell {
    let times = plain(row, "printed");
    Cell::text(if times == "0" { String::new() } else { times })
}
