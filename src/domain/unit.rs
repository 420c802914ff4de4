//! Units of measure: what an item is counted in, and with how many decimals.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::domain::directory::{self, Directory, Saved};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, remove_command, result_row, statements, table};

table! {
    /// A unit of measure.
    pub struct Unit in "units" code 15 {
        /// Its short fixed name, such as `kg`.
        code: String,
        /// How it is written on paper and on the screen.
        name: String,
        /// How many decimals a quantity in it may have.
        decimals: i64,
        /// Whether it is offered.
        active: bool,
    }
}

statements! {
    /// The unit with a code.
    BY_CODE = "SELECT id, version, code, name, decimals, active FROM units WHERE code = ?1";
    /// Every unit.
    ALL = "SELECT id, version, code, name, decimals, active FROM units ORDER BY id";
}

/// Units as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveUnit>(), CommandEntry::of::<RemoveUnit>()],
    queries: &[QueryEntry::of::<Units>()],
    tables: &[Unit::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

const DIRECTORY: Directory = Directory { by_key: &BY_CODE, key: str::to_owned };

/// The unit a person names by its code. Rejected at `unit` when there is none.
pub fn find(db: &Db, typed: &str) -> Result<Unit> {
    directory::find(db, &DIRECTORY, typed, "unit")
}

/// The same, for something new. Rejected at `unit` also when it is switched off.
pub fn offered(db: &Db, typed: &str) -> Result<Unit> {
    directory::offered(find(db, typed)?, |unit| (unit.active, &unit.name)).map_err(|error| error.at("unit"))
}

/// Adds a unit or changes one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveUnit {
    /// The unit to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Unit>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Its short fixed name; made of the name when left out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How it is written on paper and on the screen.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many decimals a quantity in it may have, 0 to 6.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub decimals: Option<i64>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveUnit {
    const NAME: &'static str = "save-unit";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = old.clone().unwrap_or_else(Unit::blank);
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let new = Unit {
            code: directory::code_or(self.code.as_ref(), &before.code, &name)?,
            name,
            decimals: decimals(self.decimals.unwrap_or(before.decimals))?,
            active: self.active.unwrap_or(before.active),
            ..before
        };
        directory::stored(tx, old.as_ref(), &new)
    }
}

fn decimals(wanted: i64) -> Result<i64> {
    if (0..=6).contains(&wanted) { Ok(wanted) } else { Err(Error::rejected("error.unit_decimals").at("decimals")) }
}

remove_command!(
    /// Removes a unit that nothing is counted in.
    RemoveUnit, "remove-unit", Unit, Need::Right(Right::DirectoryEdit), |_, _| Ok(())
);

/// Every unit, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A unit in a list.
    pub struct UnitRow {
        /// Its id.
        id: Id<Unit>,
        /// Its version.
        version: i64,
        /// Its short fixed name.
        code: String,
        /// How it is written.
        name: String,
        /// How many decimals a quantity in it may have.
        decimals: i64,
        /// Whether it is offered.
        active: bool,
    }
}

impl Query for Units {
    const NAME: &'static str = "units";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = UnitRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<UnitRow>> {
        let rows: Vec<UnitRow> = view.rows(&ALL, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl Unit {
    fn blank() -> Unit {
        Unit { id: Id::new(0), version: 0, code: String::new(), name: String::new(), decimals: 0, active: true }
    }
}

/// Shipped units and their decimals.
const SHIPPED: [(&str, i64); 10] =
    [("pcs", 0), ("kg", 3), ("g", 0), ("l", 3), ("ml", 0), ("m", 3), ("m2", 3), ("m3", 3), ("h", 2), ("box", 0)];

/// Stores the shipped units with their names in the company's language.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    for (code, decimals) in SHIPPED {
        let name = tr(lang, &format!("unit.{code}"), &[]);
        tx.insert(&Unit { code: code.to_owned(), name, decimals, ..Unit::blank() })?;
    }
    Ok(())
}
