//! Categories of customers.

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, Directory, NAME, offered, whole};
use crate::ui::form::Section;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

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

static LIST: ListSpec = whole("categories", &["categories"], "categories.title", COLUMNS);

const COLUMNS: &[ListColumn] = &[ListColumn::new("name", "browse.name", Kind::Strong, 320.0), ACTIVE_COLUMN];

static SECTIONS: &[Section] = &[Section { title: "", fields: &[NAME, ACTIVE] }];
