//! Payment methods: each is cash, a card or a transfer at heart.

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, CODE, Directory, NAME, offered, whole};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::grid::Look;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

/// Payment methods.
pub static PAYMENT_METHODS: Directory = Directory {
    kind: "payment-methods",
    title: "payment_methods.title",
    new: "payment_methods.new",
    icon: icon::CREDIT_CARD,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: CHANGING,
    fresh: offered,
    save: "save-payment-method",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-payment-method",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::DirectoryEdit,
    empty: "payment_methods.empty",
};

const KINDS: &[(&str, &str)] =
    &[("cash", "method_kind.cash"), ("card", "method_kind.card"), ("transfer", "method_kind.transfer")];

static LIST: ListSpec = whole("payment-methods", &["payment_methods"], "payment_methods.title", COLUMNS);

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("name", "browse.name", Kind::Shipped("payment-methods", Look::Strong), 260.0),
    ListColumn::new("code", "browse.code", Kind::Figure, 160.0),
    ListColumn::new("kind", "payment_methods.kind", Kind::Code("method_kind."), 170.0),
    ACTIVE_COLUMN,
];

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[NAME, FieldSpec::new("kind", "payment_methods.kind", FieldKind::Choice(KINDS)).required(), CODE, ACTIVE],
}];

static CHANGING: &[Section] = &[Section {
    title: "",
    fields: &[
        NAME,
        FieldSpec::new("kind", "payment_methods.kind", FieldKind::Choice(KINDS)).read_only(),
        FieldSpec::new("code", "browse.code", FieldKind::Text),
        ACTIVE,
    ],
}];
