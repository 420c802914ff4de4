//! Currencies in use, and the smallest amount each is paid with in cash.

use serde_json::json;

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, Directory, whole};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

/// Currencies in use.
pub static CURRENCIES: Directory = Directory {
    kind: "currencies",
    title: "currencies.title",
    new: "currencies.new",
    icon: icon::COINS,
    list: &LIST,
    called: "code",
    sections: SECTIONS,
    changing: CHANGING,
    fresh: |_| json!({}),
    save: "save-currency",
    known_by: "code",
    keep: &["code", "version"],
    remove: "",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::SettingsEdit,
    empty: "currencies.empty",
};

static LIST: ListSpec = ListSpec { grow: "code", ..whole("currencies", &["currencies"], "currencies.title", COLUMNS) };

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("code", "browse.code", Kind::Strong, 200.0),
    ListColumn::new("cash_step", "currencies.cash_step", Kind::Number, 260.0),
    ACTIVE_COLUMN,
];

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("code", "browse.code", FieldKind::Text).required().hint("currencies.code_hint"),
        FieldSpec::new("cash_step", "currencies.cash_step", FieldKind::Quantity).hint("currencies.customary"),
    ],
}];

static CHANGING: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("code", "browse.code", FieldKind::Text).read_only(),
        FieldSpec::new("cash_step", "currencies.cash_step", FieldKind::Quantity),
        ACTIVE,
    ],
}];
