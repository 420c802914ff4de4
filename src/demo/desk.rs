//! Who works in the made-up company: commands in somebody's name at a moment of the company's own clock.

use crate::base::date::{Instant, Zone};
use crate::base::error::Result;
use crate::base::id::Id;
use crate::demo::{OVER_SECS, Wish, ZONE};
use crate::domain::user::User;
use crate::engine::batch::Batch;
use crate::engine::clock::SetClock;
use crate::engine::command::Command;
use crate::engine::db::Db;
use crate::engine::store::Call;

/// The hours of the company: its last day is over at ten in the morning, and no later than the moment it is made.
pub(super) struct Hours<'a> {
    clock: &'a SetClock,
    /// When its last day begins.
    morning: Instant,
    /// When everything is over, as it was planned.
    planned: Instant,
    /// When it is over.
    end: Instant,
}

impl<'a> Hours<'a> {
    pub(super) fn new(clock: &'a SetClock, wish: &Wish) -> Result<Hours<'a>> {
        let zone = Zone::parse(ZONE)?;
        let (morning, planned) = (zone.at(wish.today, 0), zone.at(wish.today, OVER_SECS));
        let end = wish.made_at.filter(|made| (morning..planned).contains(made)).unwrap_or(planned);
        Ok(Hours { clock, morning, planned, end })
    }

    /// The moment at which something happens that was planned for this one: the last day goes by faster where it is short.
    fn of(&self, moment: Instant) -> Instant {
        let into = |at: Instant| i128::from(at.millis().saturating_sub(self.morning.millis()));
        let whole = into(self.planned);
        if moment <= self.morning || self.end == self.planned {
            return moment;
        }
        let gone = into(moment).saturating_mul(into(self.end)).checked_div(whole).unwrap_or_default();
        Instant::from_millis(self.morning.millis().saturating_add(i64::try_from(gone).unwrap_or_default()))
    }
}

/// A part of the work that is committed at once.
pub(super) struct Desk<'a> {
    batch: &'a Batch<'a>,
    hours: &'a Hours<'a>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(batch: &'a Batch<'a>, hours: &'a Hours<'a>) -> Desk<'a> {
        Desk { batch, hours }
    }

    /// Sets the clock, forward only.
    pub(super) fn at(&self, moment: Instant) {
        self.hours.clock.set(self.hours.of(moment));
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
