//! Scale codes: how the barcodes of the company's own scales are read.

use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, Directory, NAME, whole};
use crate::ui::desk::Desk;
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

/// Scale codes.
pub static SCALE_CODES: Directory = Directory {
    kind: "scale-codes",
    title: "scale_codes.title",
    new: "scale_codes.new",
    icon: icon::SCAN_BARCODE,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh,
    save: "save-scale-code",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-scale-code",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::DirectoryEdit,
    empty: "scale_codes.empty",
};

const MEASURES: &[(&str, &str)] = &[("quantity", "scale_measure.quantity"), ("amount", "scale_measure.amount")];

static LIST: ListSpec = whole("scale-codes", &["scale_codes"], "scale_codes.title", COLUMNS);

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("name", "browse.name", Kind::Strong, 260.0),
    ListColumn::new("prefix", "scale_codes.prefix", Kind::Text, 130.0),
    ListColumn::new("item_digits", "scale_codes.item_digits", Kind::Number, 170.0).yields(1),
    ListColumn::new("measure", "scale_codes.measure", Kind::Code("scale_measure."), 170.0),
    ListColumn::new("decimals", "scale_codes.decimals", Kind::Number, 150.0).yields(2),
    ACTIVE_COLUMN,
];

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        NAME,
        FieldSpec::new("prefix", "scale_codes.prefix", FieldKind::Text).required().hint("scale_codes.prefix_hint"),
        FieldSpec::new("item_digits", "scale_codes.item_digits", FieldKind::Integer),
        FieldSpec::new("measure", "scale_codes.measure", FieldKind::Choice(MEASURES)).required(),
        FieldSpec::new("decimals", "scale_codes.decimals", FieldKind::Integer),
        ACTIVE,
    ],
}];

/// As most scales are set: five digits of the item, five of grams.
fn fresh(_: &Desk) -> Json {
    json!({"item_digits": 5, "measure": "quantity", "decimals": 3, "active": true})
}
