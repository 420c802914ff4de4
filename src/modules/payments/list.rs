//! Payments as a list: taken, given back, reversed.

use serde_json::Value as Json;

use crate::base::right::Right;
use crate::domain::terms;
use crate::modules::browse::{Catalogue, Filter, Link, Opens, TO_CUSTOMER, TO_ORDER, Values, Voids};
use crate::modules::preview::{self, PREVIEW};
use crate::ui::desk::Desk;
use crate::ui::grid::{Cell, GroupBy, Look};
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, ListSpec, Pages, is_zero, money, plain};

/// Payments on a screen.
pub(crate) static PAYMENTS: Catalogue = Catalogue {
    place: "payments",
    title: "payments.title",
    icon: icon::WALLET,
    list: &LIST,
    called: "number",
    searches: "payments.searches",
    filters: &[
        Filter { argument: "period", name: "browse.period", values: Values::Period, start: "", width: 190.0 },
        Filter { argument: "kind", name: "payments.kind", values: Values::Fixed(KINDS), start: "", width: 190.0 },
        Filter { argument: "stands", name: "payments.state", values: Values::Fixed(STATES), start: "", width: 200.0 },
    ],
    opens: Opens::Card("payment"),
    links: &[
        Link { action: &PREVIEW, field: "id", kind: preview::PAYMENT, needs: &[Right::PaymentView] },
        TO_ORDER,
        TO_CUSTOMER,
    ],
    edits: None,
    voids: Some(Voids {
        need: Right::PaymentReverse,
        command: "void-payment",
        argument: "payment",
        title: "payments.void",
        stands,
    }),
    empty: "payments.empty",
};

const KINDS: &[(&str, &str)] = &[
    ("", "payment_kind.all"),
    ("payment", "payment_kind.payment"),
    ("refund", "payment_kind.refund"),
    ("reversal", "payment_kind.reversal"),
];

const STATES: &[(&str, &str)] =
    &[("", "payment_state.all"), ("true", "payment_state.standing"), ("false", "payment_state.voided")];

static LIST: ListSpec = ListSpec {
    query: "payments",
    totals: Some("payments-totals"),
    sums: &["amount"],
    groups: &[
        GroupBy::day("date"),
        GroupBy::month("date"),
        GroupBy::column("kind", "kind"),
        GroupBy::column("customer", "counterparty_name"),
        GroupBy::column("user", "user_name"),
    ],
    tables: &["payments", "allocations", "counterparties", "orders"],
    name: "payments.title",
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 84.0).sorted("number"),
        ListColumn::new("date", "column.date", Kind::Day, 104.0).sorted("date"),
        ListColumn::new("kind", "payments.kind", Kind::Made(kind), 110.0).yields(3),
        ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 190.0).sorted("customer"),
        ListColumn::new("order_number", "payments.order", Kind::Figure, 84.0).yields(1),
        ListColumn::new("method", "payments.method", Kind::Made(method), 130.0).yields(2),
        ListColumn::new("amount", "payments.amount", Kind::Made(amount), 116.0).right().sorted("amount"),
        ListColumn::new("unused", "payments.unused", Kind::Money, 110.0).yields(4),
        ListColumn::new("user_name", "payments.user", Kind::Muted, 120.0).yields(5),
        ListColumn::new("reason", "payments.reason", Kind::Muted, 110.0).yields(6),
    ],
    fields: &[],
    own: "",
    grow: "counterparty_name",
    sort: "-date",
    pages: Pages::Skipped,
    state,
};

fn is(row: &Json, field: &str, value: &str) -> bool {
    plain(row, field) == value
}

/// Only what was not taken back yet, and takes nothing back itself.
pub(crate) fn stands(row: &Json) -> bool {
    !is(row, "voided", "true") && !is(row, "kind", "reversal")
}

fn state(row: &Json) -> (Option<&'static str>, bool) {
    if stands(row) { (None, false) } else { (Some("cancelled"), is(row, "voided", "true")) }
}

fn kind(row: &Json, desk: &Desk) -> Cell {
    let word = if is(row, "voided", "true") {
        desk.say("payment_state.taken_back")
    } else {
        desk.say(&format!("payment_kind.{}", plain(row, "kind")))
    };
    Cell::text(word)
}

/// The first way in which it was made, in the window's language while it is a shipped one, and how many more there are.
fn method(row: &Json, desk: &Desk) -> Cell {
    let first = terms::method(desk.lang, &plain(row, "method"));
    let more = plain(row, "more_methods");
    Cell::text(if is_zero(&more) { first } else { format!("{first} +{more}") })
}

fn amount(row: &Json, desk: &Desk) -> Cell {
    let amount = plain(row, "amount");
    let look = if amount.starts_with('-') { Look::Danger } else { Look::Strong };
    Cell::text(money(&amount, &plain(row, "currency"), desk)).look(look)
}
