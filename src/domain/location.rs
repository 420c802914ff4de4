//! Locations: the warehouses, retail points and places of the company, and where goods come from and go to.

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
use crate::engine::rule::Ruled;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{code_column, params, remove_command, result_row, statements, table};

/// What a location is. Only the first three are the company's own; of each of the others there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocationKind {
    /// Where goods are kept.
    Warehouse,
    /// Where goods are sold.
    RetailPoint,
    /// A shelf, a rack, a cold room in one of those.
    Place,
    /// Where received goods come from.
    Supplier,
    /// Where sold goods go to.
    Customer,
    /// Where goods are lost, and found again by a count.
    Loss,
    /// Between two warehouses.
    Transit,
}

const KINDS: [LocationKind; 7] = [
    LocationKind::Warehouse,
    LocationKind::RetailPoint,
    LocationKind::Place,
    LocationKind::Supplier,
    LocationKind::Customer,
    LocationKind::Loss,
    LocationKind::Transit,
];

impl LocationKind {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            LocationKind::Warehouse => "warehouse",
            LocationKind::RetailPoint => "retail-point",
            LocationKind::Place => "place",
            LocationKind::Supplier => "supplier",
            LocationKind::Customer => "customer",
            LocationKind::Loss => "loss",
            LocationKind::Transit => "transit",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<LocationKind> {
        KINDS.into_iter().find(|kind| kind.code() == text)
    }

    /// Whether the company itself keeps goods there.
    pub fn is_own(self) -> bool {
        matches!(self, LocationKind::Warehouse | LocationKind::RetailPoint | LocationKind::Place)
    }
}

code_column!(LocationKind);

table! {
    /// A location.
    pub struct Location in "locations" code 100 {
        /// What it is.
        kind: LocationKind,
        /// Its short fixed name.
        code: String,
        /// How people call it.
        name: String,
        /// Of a place: the warehouse or retail point it is in.
        parent_id: Option<Id<Location>>,
        /// Whether more may leave it than is known to be there; what is below zero is shown until it is resolved.
        below_zero: bool,
        /// Whether it is offered.
        active: bool,
    }
}

statements! {
    /// The location with a code.
    BY_CODE = "SELECT id, version, kind, code, name, parent_id, below_zero, active FROM locations WHERE code = ?1";
    /// The locations of a kind, the oldest first.
    OF_KIND = "
        SELECT id, version, kind, code, name, parent_id, below_zero, active
        FROM locations
        WHERE kind = ?1
        ORDER BY id";
    /// Every location of the company's own; the places of a warehouse follow it.
    OWN = "
        SELECT l.id, l.version, l.kind, l.code, l.name, COALESCE(w.code, ''), COALESCE(w.name, ''), l.below_zero, l.active
        FROM locations l
        LEFT JOIN locations w ON w.id = l.parent_id
        WHERE l.kind IN ('warehouse', 'retail-point', 'place')
        ORDER BY COALESCE(l.parent_id, l.id), l.parent_id IS NOT NULL, l.id";
    /// The places in a warehouse that are offered.
    PLACES = "SELECT id FROM locations WHERE parent_id = ?1 AND active = 1 ORDER BY id";
    /// Something that lies, or lacks, in a location.
    HELD = "SELECT item_id, on_hand FROM balances WHERE location_id = ?1 AND on_hand <> 0 ORDER BY item_id LIMIT 1";
}

/// Locations as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveWarehouse>(), CommandEntry::of::<RemoveWarehouse>()],
    queries: &[QueryEntry::of::<Warehouses>()],
    tables: &[Location::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

const DIRECTORY: Directory = Directory { by_key: &BY_CODE, key: str::to_owned };

/// The warehouse, retail point or place that a person names by its code. Rejected at the field where there is none.
pub fn own(db: &Db, typed: &str, field: &'static str) -> Result<Location> {
    let found: Location = directory::find(db, &DIRECTORY, typed, field)?;
    if found.kind.is_own() { Ok(found) } else { Err(directory::missing::<Location>(typed).at(field)) }
}

/// The same for a new move. Rejected at the field also where it is switched off.
pub(crate) fn offered(db: &Db, typed: &str, field: &'static str) -> Result<Location> {
    directory::offered(own(db, typed, field)?, |row| (row.active, &row.name)).map_err(|error| error.at(field))
}

/// The location that a person names by its code, or the only warehouse there is. Rejected at the field where several are.
pub(crate) fn chosen(db: &Db, typed: Option<&str>, field: &'static str) -> Result<Location> {
    if let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) {
        return offered(db, typed, field);
    }
    let mut all: Vec<Location> = db.rows(&OF_KIND, params![LocationKind::Warehouse])?;
    all.extend(db.rows::<Location>(&OF_KIND, params![LocationKind::RetailPoint])?);
    all.retain(|location| location.active);
    match <[Location; 1]>::try_from(all) {
        Ok([only]) => Ok(only),
        Err(_) => Err(Error::rejected("error.location.which").at(field)),
    }
}

/// The one location of a kind that is not the company's own. Fails where the file lacks it.
pub(crate) fn beyond(db: &Db, kind: LocationKind) -> Result<Location> {
    let found: Option<Location> = db.row(&OF_KIND, params![kind])?;
    found.ok_or_else(|| Error::missing("locations", kind.code()))
}

/// Adds a warehouse, a retail point or a place in one, or changes one; what it is, and where, is fixed once it is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveWarehouse {
    /// The one to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Location>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// `warehouse`, `retail-point` or `place`; a warehouse when left out, or a place where it is in another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<LocationKind>,
    /// Its short fixed name; made of the name when left out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Code of the warehouse or retail point that a place is in.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Whether more may leave it than is known to be there.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub below_zero: Option<bool>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveWarehouse {
    const NAME: &'static str = "save-warehouse";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = match &old {
            Some(old) => self.unmoved(tx, old)?,
            None => self.fresh(tx)?,
        };
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let new = Location {
            code: directory::code_or(self.code.as_ref(), &before.code, &name)?,
            name,
            below_zero: self.below_zero.unwrap_or(before.below_zero),
            active: self.active.unwrap_or(before.active),
            ..before
        };
        stands(tx, old.as_ref(), Some(&new))?;
        directory::stored(tx, old.as_ref(), &new)
    }
}

impl SaveWarehouse {
    /// A new one. Rejected where a place is in nothing, or anything else is in something.
    fn fresh(&self, tx: &Tx<'_>) -> Result<Location> {
        let parent = self.parent.as_deref().map(str::trim).filter(|code| !code.is_empty());
        let parent = parent.map(|code| offered(tx, code, "parent")).transpose()?;
        let usual = if parent.is_some() { LocationKind::Place } else { LocationKind::Warehouse };
        let kind = self.kind.unwrap_or(usual);
        if !kind.is_own() {
            return Err(Error::rejected("error.location.kind_shipped").at("kind"));
        }
        match (&parent, kind == LocationKind::Place) {
            (None, true) => Err(Error::rejected("error.location.place_in_nothing").at("parent")),
            (Some(parent), true) if parent.kind == LocationKind::Place => {
                Err(Error::rejected("error.location.place_in_place").arg("name", &parent.name).at("parent"))
            }
            (Some(_), false) => Err(Error::rejected("error.location.only_places_in").at("parent")),
            _ => Ok(Location { kind, parent_id: parent.map(|parent| parent.id), ..Location::blank() }),
        }
    }

    /// The one that is there. Rejected where it is not the company's own, or would become another kind or go elsewhere.
    fn unmoved(&self, tx: &Tx<'_>, old: &Location) -> Result<Location> {
        if !old.kind.is_own() {
            return Err(Error::rejected("error.location.kind_shipped").at("id"));
        }
        if self.kind.is_some_and(|kind| kind != old.kind) {
            return Err(Error::rejected("error.location.kind_fixed").at("kind"));
        }
        let parent = old.parent_id.map(|id| tx.get(id)).transpose()?.map(|parent| parent.code);
        match self.parent.as_deref().map(str::trim) {
            Some(typed) if typed != parent.unwrap_or_default() => {
                Err(Error::rejected("error.location.kind_fixed").at("parent"))
            }
            _ => Ok(old.clone()),
        }
    }
}

remove_command!(
    /// Removes a warehouse, retail point or place through which nothing ever went.
    RemoveWarehouse,
    "remove-warehouse",
    Location,
    Need::Right(Right::DirectoryEdit),
    |tx, row| {
        if row.kind.is_own() {
            stands(tx, Some(row), None)
        } else {
            Err(Error::rejected("error.location.kind_shipped").at("id"))
        }
    }
);

/// Rejected where a location that is to be put aside still holds something, or still has places that are offered; and
/// where a place would be offered whose warehouse is not.
fn stands(tx: &Tx<'_>, old: Option<&Location>, new: Option<&Location>) -> Result<()> {
    let Some(row) = new.or(old) else { return Ok(()) };
    if new.is_some_and(|new| new.active) {
        let parent = row.parent_id.map(|id| tx.get(id)).transpose()?;
        let put_aside = parent.filter(|parent| !parent.active);
        return put_aside
            .map_or(Ok(()), |parent| Err(Error::rejected("error.switched_off").arg("name", parent.name).at("parent")));
    }
    let held: Option<(i64, i64)> = tx.row(&HELD, params![row.id])?;
    if held.is_some() {
        return Err(Error::rejected("error.location.holds_goods").arg("name", &row.name).at("active"));
    }
    let place: Option<(Id<Location>,)> = tx.row(&PLACES, params![row.id])?;
    match place {
        Some((place,)) => {
            let error = Error::rejected("error.location.has_places").arg("name", &row.name);
            Err(error.arg("place", tx.get(place)?.name).at("active"))
        }
        None => Ok(()),
    }
}

impl Ruled for Location {
    /// What it holds may have come since.
    fn put_back(tx: &Tx<'_>, before: Option<&Location>, now: Option<&Location>) -> Result<()> {
        stands(tx, before, now)
    }
}

/// The warehouses, retail points and places of the company; the places of a warehouse follow it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warehouses {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A warehouse, a retail point or a place.
    pub struct WarehouseRow {
        /// Its id.
        id: Id<Location>,
        /// Its version.
        version: i64,
        /// `warehouse`, `retail-point` or `place`.
        kind: LocationKind,
        /// Its short fixed name.
        code: String,
        /// How people call it.
        name: String,
        /// Code of what a place is in.
        parent: String,
        /// How people call that.
        parent_name: String,
        /// Whether more may leave it than is known to be there.
        below_zero: bool,
        /// Whether it is offered.
        active: bool,
    }
}

impl Query for Warehouses {
    const NAME: &'static str = "warehouses";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = WarehouseRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<WarehouseRow>> {
        let rows: Vec<WarehouseRow> = view.rows(&OWN, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl Location {
    fn blank() -> Location {
        Location {
            id: Id::new(0),
            version: 0,
            kind: LocationKind::Warehouse,
            code: String::new(),
            name: String::new(),
            parent_id: None,
            below_zero: false,
            active: true,
        }
    }
}

/// What is shipped: one warehouse to begin with, and what lies outside of the company.
const SHIPPED: [(&str, LocationKind); 5] = [
    ("main", LocationKind::Warehouse),
    ("supplier", LocationKind::Supplier),
    ("customer", LocationKind::Customer),
    ("loss", LocationKind::Loss),
    ("transit", LocationKind::Transit),
];

/// Stores the shipped locations with their names in the company's language.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    for (code, kind) in SHIPPED {
        let name = tr(lang, &format!("location.{code}"), &[]);
        tx.insert(&Location { code: code.to_owned(), name, kind, ..Location::blank() })?;
    }
    Ok(())
}
