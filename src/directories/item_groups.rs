//! Groups of items: a tree by names.

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, Directory, NAME, offered, whole};
use crate::ui::form::{FieldKind, FieldSpec, Reference, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

/// Groups of items.
pub static ITEM_GROUPS: Directory = Directory {
    kind: "item-groups",
    title: "item_groups.title",
    new: "item_groups.new",
    icon: icon::LIST_TREE,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh: offered,
    save: "save-item-group",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-item-group",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::DirectoryEdit,
    empty: "item_groups.empty",
};

static GROUP: Reference = Reference::whole("item-groups", "name", "name");

static LIST: ListSpec = whole("item-groups", &["item_groups"], "item_groups.title", COLUMNS);

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("name", "browse.name", Kind::Strong, 280.0),
    ListColumn::new("parent", "item_groups.parent", Kind::Muted, 280.0),
    ACTIVE_COLUMN,
];

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[NAME, FieldSpec::new("parent", "item_groups.parent", FieldKind::Reference(&GROUP)), ACTIVE],
}];
