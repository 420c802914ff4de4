//! Categories of customers.

use crate::base::right::Right;
use crate::directories::{Directory, off, offered};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages};

/// Categories of customers.
pub static CATEGORIES: Directory = Directory {
    kind: "categories",
    title: "categories.title",
    new: "categories.new",
    icon: icon::TAGS,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh: offered,
    save: "save-category",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-category",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::DirectoryEdit,
    empty: "categories.empty",
};

static LIST: ListSpec = ListSpec {
    query: "categories",
    totals: None,
    sums: &[],
    tables: &["categories"],
    name: "categories.title",
    columns: &[
        ListColumn::new("name", "browse.name", Kind::Strong, 320.0),
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
        FieldSpec::new("active", "browse.active", FieldKind::Flag),
    ],
}];
