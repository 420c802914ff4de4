//! Units of measure.

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, CODE, Directory, NAME, offered, whole};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::grid::Look;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

/// Units of measure.
pub static UNITS: Directory = Directory {
    kind: "units",
    title: "units.title",
    new: "units.new",
    icon: icon::RULER,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh: offered,
    save: "save-unit",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-unit",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::DirectoryEdit,
    empty: "units.empty",
};

static LIST: ListSpec = whole("units", &["units"], "units.title", COLUMNS);

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("name", "browse.name", Kind::Shipped("units", Look::Strong), 260.0),
    ListColumn::new("code", "browse.code", Kind::Figure, 160.0),
    ListColumn::new("decimals", "units.decimals", Kind::Number, 150.0),
    ACTIVE_COLUMN,
];

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[NAME, CODE, FieldSpec::new("decimals", "units.decimals", FieldKind::Integer), ACTIVE],
}];
