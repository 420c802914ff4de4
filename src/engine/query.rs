//! Queries: every read of the program, each with a name and the right it needs.

use std::ops::Deref;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::base::date::{Date, Instant, Zone};
use crate::base::error::Result;
use crate::engine::clock::Clock;
use crate::engine::command::Need;
use crate::engine::db::Db;
use crate::engine::fields;
use crate::engine::select::Positions;
use crate::engine::store::{Business, Call};
use crate::engine::ticket::Watch;
use crate::engine::tx::Actor;
use crate::engine::value::damaged;

/// What a query sees: one snapshot of the file, and who asks.
pub struct View<'a> {
    pub(crate) db: &'a Db,
    pub(crate) actor: Actor,
    pub(crate) now: Instant,
    pub(crate) zone: Zone,
}

impl Deref for View<'_> {
    type Target = Db;
    fn deref(&self) -> &Db {
        self.db
    }
}

impl<'a> View<'a> {
    /// What a caller sees through a connection.
    pub(crate) fn of(db: &'a Db, business: &Business, clock: &dyn Clock, call: &Call) -> Result<View<'a>> {
        let actor = Actor::of(db, business, call.user)?;
        Ok(View { db, actor, now: clock.now(), zone: (business.zone)(db)? })
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The moment of the question.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The company's date at that moment.
    pub fn today(&self) -> Date {
        self.zone.date_of(self.now)
    }

    /// The company's time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }
}

/// One read of the program.
pub trait Query: DeserializeOwned {
    /// As the command line writes it.
    const NAME: &'static str;
    /// What the asker must be allowed to do.
    const NEED: Need;
    /// One row of the answer.
    type Row: Serialize;

    /// Reads; own-records rules and masks are applied here, below any screen.
    fn run(&self, view: &View<'_>) -> Result<Vec<Self::Row>>;

    /// For a list that is looked through page by page: every id that matches, in order. None for all others.
    fn positions(&self, _view: &View<'_>, _watch: &Watch) -> Result<Option<Positions>> {
        Ok(None)
    }
}

/// A query without its type: what the registry holds.
pub struct QueryEntry {
    /// Its name.
    pub name: &'static str,
    /// What it needs.
    pub need: Need,
    /// The names of its arguments.
    pub fields: fn() -> Vec<&'static str>,
    pub(crate) run: fn(&View<'_>, Json) -> Result<Vec<Json>>,
    pub(crate) positions: fn(&View<'_>, Json, &Watch) -> Result<Option<Positions>>,
}

impl QueryEntry {
    /// The entry of a query.
    pub const fn of<Q: Query>() -> QueryEntry {
        QueryEntry {
            name: Q::NAME,
            need: Q::NEED,
            fields: fields::of::<Q>,
            run: run_erased::<Q>,
            positions: positions_erased::<Q>,
        }
    }
}

fn positions_erased<Q: Query>(view: &View<'_>, arguments: Json, watch: &Watch) -> Result<Option<Positions>> {
    let query: Q = fields::read(arguments)?;
    query.positions(view, watch)
}

fn run_erased<Q: Query>(view: &View<'_>, arguments: Json) -> Result<Vec<Json>> {
    let query: Q = fields::read(arguments)?;
    let rows = query.run(view)?;
    rows.iter().map(|row| serde_json::to_value(row).map_err(damaged)).collect()
}
