//! The card of a payment: how it was made, what it settles, its receipt, money given back.

use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::modules::card::{Part, PartKind};
use crate::modules::document::{Deed, DocumentSpec, Fact, Paper, Sheet, To};
use crate::modules::papers::Wanted;
use crate::modules::payments::PAYMENTS;
use crate::ui::action::{Action, Keys};
use crate::ui::desk::Desk;
use crate::ui::form::{FieldKind, FieldSpec, Reference, Section};
use crate::ui::grid::{Cell, Look};
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, is_zero, money, plain, written};

/// The card of a payment.
pub(crate) static PAYMENT: DocumentSpec = DocumentSpec {
    list: &PAYMENTS,
    place: "payment",
    title: "payments.one",
    query: "payment",
    state,
    facts: FACTS,
    sheets: &[
        Sheet {
            title: "payments.tenders",
            rows: |payment| with_currency(payment, "tenders"),
            columns: &[
                ListColumn::new("method_name", "payments.method", Kind::Shipped("payment-methods", Look::Plain), 260.0),
                ListColumn::new("kind", "payments.kind", Kind::Made(tender), 220.0),
                ListColumn::new("amount", "payments.amount", Kind::Money, 150.0),
            ],
            grow: "",
            to: None,
        },
        Sheet {
            title: "payments.settles",
            rows: |payment| with_currency(payment, "allocations"),
            columns: &[
                ListColumn::new("order_number", "payments.order", Kind::Figure, 480.0),
                ListColumn::new("amount", "payments.amount", Kind::Money, 150.0),
            ],
            grow: "",
            to: Some(TO_ORDER),
        },
    ],
    papers: &[Paper { action: &RECEIPT, wanted: receipt }],
    deeds: &[Deed {
        action: &REFUND,
        sections: REFUNDED,
        fresh: refundable,
        command: "refund-payment",
        arguments: refund,
        done: "payments.refunded",
    }],
    parts: &[
        Part { title: "files.title", icon: icon::PAPERCLIP, needs: &[], kind: PartKind::Files("payment") },
        Part {
            title: "history.title",
            icon: icon::HISTORY,
            needs: &[],
            kind: PartKind::History { query: "payment", tables: &["payments", "allocations"] },
        },
    ],
};

static RECEIPT: Action = Action {
    id: "print-receipt",
    text: "payments.print_receipt",
    icon: icon::PRINTER,
    keys: &[Keys::ctrl(egui::Key::P)],
    need: Some(Right::PaymentView),
};

static REFUND: Action = Action {
    id: "refund",
    text: "payments.refund",
    icon: icon::HAND_COINS,
    keys: &[Keys::plain(egui::Key::F8)],
    need: Some(Right::PaymentReverse),
};

const ORDERS: &[Right] = &[Right::OrderViewOwn, Right::OrderViewAll];
const TO_ORDER: To = To { kind: "order", key: "/order", needs: ORDERS };

static FACTS: &[Fact] = &[
    Fact::new("payments.amount", |it, desk| money(&plain(it, "amount"), &plain(it, "currency"), desk)).strong(),
    Fact::new("column.date", |it, desk| written(Kind::Day, it, "date", desk)),
    Fact::new("column.customer", |it, desk| written(CUSTOMER, it, "counterparty_name", desk)).to(To {
        kind: "customer",
        key: "/counterparty",
        needs: &[Right::CounterpartyView],
    }),
    Fact::new("payments.order", |it, _| plain(it, "order_number")).to(TO_ORDER),
    Fact::new("payments.kind", |it, desk| desk.say(&format!("payment_kind.{}", plain(it, "kind")))),
    Fact::new("payments.unused", |it, desk| some(it, "unused", desk)),
    Fact::new("payments.received", |it, desk| some(it, "received", desk)),
    Fact::new("payments.change", |it, desk| some(it, "change", desk)),
    Fact::new("payments.rounding", |it, desk| some(it, "rounding", desk)),
    Fact::new("payments.user", |it, _| plain(it, "user_name")),
    Fact::new("payments.taken", |it, desk| written(Kind::Moment, it, "taken", desk)),
    Fact::new("payments.takes_back", |it, _| other(it, true)).to(TO_OTHER),
    Fact::new("payments.taken_back_by", |it, _| other(it, false)).to(TO_OTHER),
    Fact::new("payments.reason", |it, _| plain(it, "reason")),
    Fact::new("column.note", |it, _| plain(it, "note")),
];

const TO_OTHER: To = To { kind: "payment", key: "/other/id", needs: &[Right::PaymentView] };

fn tender(tender: &Json, desk: &Desk) -> Cell {
    Cell::text(desk.say(&format!("tender_kind.{}", plain(tender, "kind"))))
}

/// An amount where there is one.
fn some(payment: &Json, field: &str, desk: &Desk) -> String {
    let amount = plain(payment, field);
    if is_zero(&amount) { String::new() } else { money(&amount, &plain(payment, "currency"), desk) }
}

/// The number of the payment on the other side of a reversal, seen from the reversal or from what it takes back.
fn other(payment: &Json, from_reversal: bool) -> String {
    let number = payment.get("other").map(|other| plain(other, "number")).unwrap_or_default();
    if from_reversal == (plain(payment, "kind") == "reversal") { number } else { String::new() }
}

fn state(payment: &Json) -> &'static str {
    match plain(payment, "kind").as_str() {
        _ if plain(payment, "voided") == "true" => "payment_state.taken_back",
        "refund" => "payment_kind.refund",
        "reversal" => "payment_kind.reversal",
        _ => "payment_state.stands",
    }
}

/// The rows under a field, each with the currency of the payment.
fn with_currency(payment: &Json, field: &str) -> Vec<Json> {
    let rows = payment.get(field).and_then(Json::as_array).cloned().unwrap_or_default();
    let with = |mut row: Json| {
        if let Json::Object(fields) = &mut row {
            fields.insert("currency".to_owned(), plain(payment, "currency").into());
        }
        row
    };
    rows.into_iter().map(with).collect()
}

fn receipt(payment: &Json) -> Option<Wanted> {
    let id = payment.get("id")?;
    Some(Wanted::Form("receipt", json!({ "payment": id }), plain(payment, "number")))
}

static METHOD: Reference = Reference::whole("payment-methods", "code", "name");

static REFUNDED: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("order_number", "payments.order", FieldKind::Text).read_only(),
        FieldSpec::new("currency", "window.currency", FieldKind::Text).read_only(),
        FieldSpec::new("amount", "payments.amount", FieldKind::Price(Some("currency"))).required(),
        FieldSpec::new("method", "payments.method", FieldKind::Reference(&METHOD)).required(),
        FieldSpec::new("reason", "payments.reason", FieldKind::Text).required(),
    ],
}];

/// What can be given back, as it is given back at first.
fn refundable(payment: &Json) -> Option<Json> {
    let refund = payment.get("refund").filter(|_| plain(payment, "kind") == "payment")?;
    let number = refund.get("order_number")?;
    Some(json!({
        "order_number": number,
        "amount": refund.get("amount"),
        "currency": plain(payment, "currency"),
        "method": "cash",
    }))
}

fn refund(payment: &Json, typed: &Json) -> Json {
    let tender = json!({"method": typed.get("method"), "amount": typed.get("amount")});
    json!({"order": payment.pointer("/refund/order"), "tenders": [tender], "reason": typed.get("reason")})
}
