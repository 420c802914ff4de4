//! Categories of counterparties: how the company sorts those it deals with. Known by their names.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::directory::{self, Directory, Saved};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, remove_command, result_row, statements, table};

table! {
    /// A category of counterparties.
    pub struct Category in "categories" code 19 {
        /// How people call it.
        name: String,
        /// The name's sort key; no two categories share it.
        name_key: String,
        /// Whether it is offered.
        active: bool,
    }
}

statements! {
    /// The category with a sort key.
    BY_KEY = "SELECT id, version, name, name_key, active FROM categories WHERE name_key = ?1";
    /// Every category by name.
    ALL = "SELECT id, version, name, active FROM categories ORDER BY name_key, id";
}

/// Categories as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveCategory>(), CommandEntry::of::<RemoveCategory>()],
    queries: &[QueryEntry::of::<Categories>()],
    tables: &[Category::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

const DIRECTORY: Directory = Directory { by_key: &BY_KEY, key: text::sort_key };

/// The category a person names. Rejected at `category` when there is none.
pub fn find(db: &Db, typed: &str) -> Result<Category> {
    directory::find(db, &DIRECTORY, typed, "category")
}

/// Adds a category or changes one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveCategory {
    /// The category to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Category>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveCategory {
    const NAME: &'static str = "save-category";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = old.clone().unwrap_or_else(Category::blank);
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let name_key = text::sort_key(&name);
        directory::free_name(tx, &BY_KEY, &name_key, old.as_ref())?;
        let new = Category { name, name_key, active: self.active.unwrap_or(before.active), ..before };
        directory::stored(tx, old.as_ref(), &new)
    }
}

remove_command!(
    /// Removes a category that no counterparty is in.
    RemoveCategory, "remove-category", Category, Need::Right(Right::DirectoryEdit), |_, _| Ok(())
);

/// Every category, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Categories {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A category in a list.
    pub struct CategoryRow {
        /// Its id.
        id: Id<Category>,
        /// Its version.
        version: i64,
        /// How people call it.
        name: String,
        /// Whether it is offered.
        active: bool,
    }
}

impl Query for Categories {
    const NAME: &'static str = "categories";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = CategoryRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<CategoryRow>> {
        let rows: Vec<CategoryRow> = view.rows(&ALL, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl Category {
    fn blank() -> Category {
        Category { id: Id::new(0), version: 0, name: String::new(), name_key: String::new(), active: true }
    }
}
