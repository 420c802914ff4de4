//! Fields of the company's own on orders, customers and items.

use serde_json::json;

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, CODE, Directory, NAME, whole};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

/// Fields of the company's own.
pub static OWN_FIELDS: Directory = Directory {
    kind: "own-fields",
    title: "own_fields.title",
    new: "own_fields.new",
    icon: icon::LIST,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh: |_| json!({"active": true, "record": "order", "holds": "text"}),
    save: "save-field",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-field",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::DirectoryEdit,
    empty: "own_fields.empty",
};

const RECORDS: &[(&str, &str)] =
    &[("order", "field_of.order"), ("counterparty", "field_of.counterparty"), ("item", "field_of.item")];

const HOLDS: &[(&str, &str)] = &[
    ("text", "holds.text"),
    ("number", "holds.number"),
    ("money", "holds.money"),
    ("date", "holds.date"),
    ("flag", "holds.flag"),
    ("choice", "holds.choice"),
];

static LIST: ListSpec = whole("fields", &["own_fields"], "own_fields.title", COLUMNS);

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("record", "own_fields.record", Kind::Code("field_of."), 130.0),
    ListColumn::new("position", "own_fields.position", Kind::Number, 80.0).yields(2),
    ListColumn::new("name", "browse.name", Kind::Text, 260.0),
    ListColumn::new("code", "browse.code", Kind::Figure, 140.0).yields(2),
    ListColumn::new("holds", "own_fields.holds", Kind::Code("holds."), 160.0),
    ListColumn::new("required", "own_fields.required", Kind::Flag, 110.0).yields(1),
    ListColumn::new("printed", "own_fields.printed", Kind::Flag, 110.0).yields(1),
    ACTIVE_COLUMN,
];

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("record", "own_fields.record", FieldKind::Choice(RECORDS)).required(),
        NAME,
        FieldSpec::new("holds", "own_fields.holds", FieldKind::Choice(HOLDS)).required(),
        FieldSpec::new("choices", "own_fields.choices", FieldKind::List(&FieldKind::Text)),
        FieldSpec::new("required", "own_fields.required", FieldKind::Flag),
        FieldSpec::new("printed", "own_fields.printed", FieldKind::Flag),
        FieldSpec::new("position", "own_fields.position", FieldKind::Integer),
        CODE,
        ACTIVE,
    ],
}];
