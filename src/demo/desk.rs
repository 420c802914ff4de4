//! Who works in the made-up company: commands in somebody's name at a moment of the company's own clock.

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::domain::user::User;
use crate::engine::batch::Batch;
use crate::engine::clock::SetClock;
use crate::engine::command::Command;
use crate::engine::db::Db;
use crate::engine::store::Call;

/// A part of the work that is committed at once.
pub(super) struct Desk<'a> {
    batch: &'a Batch<'a>,
    clock: &'a SetClock,
}

impl<'a> Desk<'a> {
    pub(super) fn new(batch: &'a Batch<'a>, clock: &'a SetClock) -> Desk<'a> {
        Desk { batch, clock }
    }

    /// Sets the clock, forward only.
    pub(super) fn at(&self, moment: Instant) {
        self.clock.set(moment);
    }

    /// Does a command in somebody's name, who says yes to whatever is asked.
    pub(super) fn run<C: Command>(&self, user: Id<User>, command: &C) -> Result<C::Output> {
        let call = Call::of_user(user.get()).confirmed();
        self.batch.by(&call).run(command)
    }

    /// What has been written so far.
    pub(super) fn db(&self) -> &Db {
        self.batch.db()
    }
}
