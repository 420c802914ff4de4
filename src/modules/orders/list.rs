//! Orders as a list: its columns, and how a state looks.

use serde_json::Value as Json;

use crate::base::shipped;
use crate::ui::desk::Desk;
use crate::ui::grid::{Cell, GroupBy, Look};
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, ListSpec, Pages, is_zero, money, plain};
use crate::ui::tokens::parse_color;

/// The list of orders.
pub(crate) static ORDERS: ListSpec = ListSpec {
    query: "orders",
    totals: Some("orders-totals"),
    sums: &["total", "paid", "debt"],
    groups: &[
        GroupBy::day("date"),
        GroupBy::month("date"),
        GroupBy::column("customer", "counterparty_name"),
        GroupBy::column("status", "status"),
        GroupBy::column("due", "due"),
        GroupBy { name: "payment", column: "paid", text: "ui.group_payment", field: "payment", reversed: false },
        GroupBy::column("responsible", "responsible_name"),
    ],
    tables: &["orders", "counterparties", "statuses", "users"],
    name: "window.orders",
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 78.0).sorted("number"),
        ListColumn::new("date", "column.date", Kind::Day, 102.0).sorted("date").yields(1),
        ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 176.0).sorted("customer"),
        ListColumn::new("status", "column.status", Kind::Made(status), 146.0).sorted("status"),
        ListColumn::new("due", "column.due", Kind::Day, 140.0).sorted("due").yields(3),
        ListColumn::new("total", "column.total", Kind::Made(total), 116.0).right().sorted("total"),
        ListColumn::new("paid", "column.paid", Kind::Made(paid), 124.0).right().sorted("paid").yields(2),
        ListColumn::new("debt", "column.debt", Kind::Made(debt), 116.0).right().sorted("debt"),
        ListColumn::new("responsible_name", "column.responsible", Kind::Text, 152.0).sorted("responsible").yields(4),
    ],
    fields: &[
        ListColumn::new("payment", "search.payment_state", Kind::Code("search.payment."), 0.0),
        ListColumn::new("counterparty_category", "customers.category", Kind::Text, 0.0),
        ListColumn::new("currency", "report.column.currency", Kind::Text, 0.0),
        ListColumn::new("priority", "colors.priority", Kind::Number, 0.0),
    ],
    own: "order",
    grow: "counterparty_name",
    sort: "-date",
    pages: Pages::Placed,
    state,
};

/// The pair of colours of an order, and whether it was called off. Late is a colour over all others.
pub(crate) fn state(row: &Json) -> (Option<&'static str>, bool) {
    let code = row.get("status").and_then(Json::as_str).unwrap_or_default();
    let open = matches!(code, "confirmed" | "in-work" | "ready");
    if open && row.get("late").and_then(Json::as_bool) == Some(true) {
        return (Some("overdue"), false);
    }
    let pair = match code {
        "draft" => "draft",
        "confirmed" => "new",
        "in-work" => "in_work",
        "ready" => "ready",
        "closed" => "done",
        "cancelled" => "cancelled",
        _ => return (None, false),
    };
    (Some(pair), code == "cancelled")
}

/// What the status of an order is called: the company's own within the state, else the state.
pub(crate) fn status_word(row: &Json, desk: &Desk) -> String {
    let (own, state) = (plain(row, "substatus_name"), plain(row, "status"));
    shipped::named(desk.lang, "statuses", if own.is_empty() { &state } else { &own })
}

/// The state, or the company's own status in it with its icon and colour. Late is a colour over all others.
fn status(row: &Json, desk: &Desk) -> Cell {
    let word = status_word(row, desk);
    if state(row).0 == Some("overdue") {
        // The colour and the icon say late.
        return Cell { short: word.clone(), ..Cell::status(desk.say_with("window.late", &[("status", &word)])) };
    }
    let own = parse_color(&plain(row, "substatus_color")).ok();
    Cell { icon: icon::named(&plain(row, "substatus_icon")), own, ..Cell::status(word) }
}

fn total(row: &Json, desk: &Desk) -> Cell {
    Cell::text(amount(row, "total", desk))
}

/// How far it is paid, as a shape and not only as a colour.
fn paid(row: &Json, desk: &Desk) -> Cell {
    let mark = match row.get("payment").and_then(Json::as_str) {
        Some("unpaid") => Some(icon::CIRCLE),
        Some("part-paid") => Some(icon::CONTRAST),
        Some("paid") => Some(icon::CIRCLE_CHECK),
        Some("overpaid") => Some(icon::CIRCLE_ALERT),
        _ => None,
    };
    Cell { icon: mark, ..Cell::text(amount(row, "paid", desk)) }
}

fn debt(row: &Json, desk: &Desk) -> Cell {
    let owed = !is_zero(&plain(row, "debt"));
    let look = if owed { Look::Danger } else { Look::Muted };
    Cell::text(amount(row, "debt", desk)).look(look)
}

fn amount(row: &Json, field: &str, desk: &Desk) -> String {
    money(&plain(row, field), &plain(row, "currency"), desk)
}
