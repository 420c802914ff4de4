//! Groups of items: a tree, known by their names.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::directory::{self, Directory, Saved};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::rule::Ruled;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, remove_command, result_row, statements, table};

table! {
    /// A group of items.
    pub struct ItemGroup in "item_groups" code 20 {
        /// How people call it.
        name: String,
        /// The name's sort key; no two groups share it.
        name_key: String,
        /// The group it stands in, if any.
        parent_id: Option<Id<ItemGroup>>,
        /// Whether it is offered.
        active: bool,
    }
}

statements! {
    /// The group with a sort key.
    BY_KEY = "SELECT id, version, name, name_key, parent_id, active FROM item_groups WHERE name_key = ?1";
    /// Every group by name, with the name of the group it stands in.
    ALL = "
        SELECT g.id, g.version, g.name, g.parent_id, COALESCE(p.name, '') AS parent, g.active
        FROM item_groups g
        LEFT JOIN item_groups p ON p.id = g.parent_id
        ORDER BY g.name_key, g.id";
}

/// Item groups as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveItemGroup>(), CommandEntry::of::<RemoveItemGroup>()],
    queries: &[QueryEntry::of::<ItemGroups>()],
    tables: &[ItemGroup::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

const DIRECTORY: Directory = Directory { by_key: &BY_KEY, key: text::sort_key };

/// The group a person names. Rejected at `group` when there is none.
pub fn find(db: &Db, typed: &str) -> Result<ItemGroup> {
    directory::find(db, &DIRECTORY, typed, "group")
}

/// Adds a group or changes one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveItemGroup {
    /// The group to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<ItemGroup>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The group it stands in, by name; an empty text takes it out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveItemGroup {
    const NAME: &'static str = "save-item-group";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = old.clone().unwrap_or_else(ItemGroup::blank);
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let name_key = text::sort_key(&name);
        directory::free_name(tx, &BY_KEY, &name_key, old.as_ref())?;
        let parent_id = match self.parent.as_deref() {
            None => before.parent_id,
            Some("") => None,
            Some(typed) => Some(parent(tx, typed, before.id)?),
        };
        let new = ItemGroup { name, name_key, parent_id, active: self.active.unwrap_or(before.active), ..before };
        directory::stored(tx, old.as_ref(), &new)
    }
}

/// The group another is put in. Rejected when that stands inside the other itself.
fn parent(db: &Db, typed: &str, inner: Id<ItemGroup>) -> Result<Id<ItemGroup>> {
    let outer: ItemGroup = directory::find(db, &DIRECTORY, typed, "parent")?;
    outside(db, &outer, inner).map_err(|error| error.at("parent"))?;
    Ok(outer.id)
}

fn outside(db: &Db, outer: &ItemGroup, inner: Id<ItemGroup>) -> Result<()> {
    let mut next = Some(outer.id);
    while let Some(id) = next {
        if id == inner {
            return Err(Error::rejected("error.group_in_itself").arg("name", &outer.name));
        }
        next = db.get(id)?.parent_id;
    }
    Ok(())
}

impl Ruled for ItemGroup {
    /// The group it goes back into may stand inside it since.
    fn put_back(tx: &Tx<'_>, _before: Option<&ItemGroup>, now: Option<&ItemGroup>) -> Result<()> {
        match now.and_then(|now| Some((now.id, now.parent_id?))) {
            Some((inner, outer)) => outside(tx, &tx.get(outer)?, inner),
            None => Ok(()),
        }
    }
}

remove_command!(
    /// Removes a group that holds nothing.
    RemoveItemGroup, "remove-item-group", ItemGroup, Need::Right(Right::DirectoryEdit), |_, _| Ok(())
);

/// Every group, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemGroups {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A group in a list.
    pub struct ItemGroupRow {
        /// Its id.
        id: Id<ItemGroup>,
        /// Its version.
        version: i64,
        /// How people call it.
        name: String,
        /// The id of the group it stands in, if any.
        parent_id: Option<Id<ItemGroup>>,
        /// The name of the group it stands in.
        parent: String,
        /// Whether it is offered.
        active: bool,
    }
}

impl Query for ItemGroups {
    const NAME: &'static str = "item-groups";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = ItemGroupRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<ItemGroupRow>> {
        let rows: Vec<ItemGroupRow> = view.rows(&ALL, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl ItemGroup {
    fn blank() -> ItemGroup {
        ItemGroup {
            id: Id::new(0),
            version: 0,
            name: String::new(),
            name_key: String::new(),
            parent_id: None,
            active: true,
        }
    }
}
