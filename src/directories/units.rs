//! Units of measure.

use crate::base::right::Right;
use crate::directories::{Directory, off, offered};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages};

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

static LIST: ListSpec = ListSpec {
    query: "units",
    totals: None,
    sums: &[],
    tables: &["units"],
    name: "units.title",
    columns: &[
        ListColumn::new("name", "browse.name", Kind::Strong, 260.0),
        ListColumn::new("code", "browse.code", Kind::Text, 160.0),
        ListColumn::new("decimals", "units.decimals", Kind::Number, 150.0),
        ListColumn::new("active", "browse.active", Kind::Flag, 110.0),
    ],
    grow: "name",
    sort: "",
    pages: Pages::Whole,
    state: off,
};

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("name", "browse.name", FieldKind::Text).required(),
        FieldSpec::new("code", "browse.code", FieldKind::Text).hint("directory.code_hint"),
        FieldSpec::new("decimals", "units.decimals", FieldKind::Integer),
        FieldSpec::new("active", "browse.active", FieldKind::Flag),
    ],
}];
