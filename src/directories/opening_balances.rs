//! Opening balances: what each customer owed, or was owed, on the day the company came to this program.

use serde_json::json;

use crate::base::right::Right;
use crate::directories::Directory;
use crate::ui::form::{FieldKind, FieldSpec, Reference, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages, no_state};

/// Opening balances.
pub static OPENING_BALANCES: Directory = Directory {
    kind: "opening-balances",
    title: "opening_balances.title",
    new: "opening_balances.new",
    icon: icon::SCALE,
    list: &LIST,
    called: "counterparty_name",
    sections: SECTIONS,
    changing: CHANGING,
    fresh: |desk| json!({"date": desk.today().to_string(), "currency": desk.house.currency.code()}),
    save: "save-opening-balance",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-opening-balance",
    switches: false,
    view: Right::PaymentView,
    edit: Right::OpeningBalanceEdit,
    empty: "opening_balances.empty",
};

static CUSTOMER: Reference =
    Reference::by_text("counterparties", "name").detail("phone").shown("counterparty_name").card("customer");
static CURRENCY: Reference = Reference::whole("currencies", "code", "code");

static LIST: ListSpec = ListSpec {
    query: "opening-balances",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["opening_balances", "counterparties"],
    name: "opening_balances.title",
    columns: &[
        ListColumn::new("counterparty_name", "column.customer", Kind::Strong, 280.0),
        ListColumn::new("date", "column.date", Kind::Day, 110.0),
        ListColumn::new("currency", "window.currency", Kind::Figure, 100.0),
        ListColumn::new("amount", "opening_balances.amount", Kind::Money, 210.0),
    ],
    fields: &[],
    own: "",
    grow: "counterparty_name",
    sort: "",
    pages: Pages::Walked,
    state: no_state,
};

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("counterparty", "column.customer", FieldKind::Reference(&CUSTOMER)).required(),
        FieldSpec::new("currency", "window.currency", FieldKind::Reference(&CURRENCY)).required(),
        FieldSpec::new("date", "column.date", FieldKind::Date).required(),
        FieldSpec::new("amount", "opening_balances.amount", FieldKind::Balance).required(),
    ],
}];

static CHANGING: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("counterparty", "column.customer", FieldKind::Reference(&CUSTOMER)).read_only(),
        FieldSpec::new("currency", "window.currency", FieldKind::Text).read_only(),
        FieldSpec::new("date", "column.date", FieldKind::Date).required(),
        FieldSpec::new("amount", "opening_balances.amount", FieldKind::Balance).required(),
    ],
}];
