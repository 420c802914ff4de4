//! Tasks: what somebody is to do, at which day and time, once or again and again; about an order or a customer, perhaps.

mod list;
mod repeats;

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::directory::{self, Saved};
use crate::domain::order::due::Due;
use crate::domain::order::{Order, store};
use crate::domain::role::{self, Role};
use crate::domain::user::User;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::{Actor, Tx};
use crate::{remove_command, table};

pub use list::Tasks;
pub use repeats::Repeats;

/// The longest note, in letters.
const LONGEST_NOTE: usize = 2_000;

table! {
    /// Something that somebody is to do. Wide: whose, when, how often, about what.
    pub struct Task in "tasks" code 70 {
        /// What.
        name: String,
        /// More about it.
        note: String,
        /// The day, and the time where there is one, on the company's clock.
        due: Due,
        /// How often.
        repeats: Repeats,
        /// The day from which the repetition is counted.
        since: Date,
        /// Who does it.
        user_id: Id<User>,
        /// Who wrote it down.
        author_id: Id<User>,
        /// The order it is about.
        order_id: Option<Id<Order>>,
        /// The customer it is about.
        counterparty_id: Option<Id<Counterparty>>,
        /// Whether it is done.
        done: bool,
    }
}

/// Tasks as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveTask>(), CommandEntry::of::<FinishTask>(), CommandEntry::of::<RemoveTask>()],
    queries: &[QueryEntry::of::<Tasks>()],
    tables: &[Task::TABLE],
    statements: &[],
    lists: &[&list::LIST],
};

/// Writes down a task, or changes one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveTask {
    /// The one to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Task>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// What.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// More about it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The day; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The time on the company's clock, such as `14:30`; empty for the whole day.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// How often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Repeats>,
    /// Who does it; the sender when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Id<User>>,
    /// The order it is about.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub order: Option<Option<Id<Order>>>,
    /// The customer it is about.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Option<Id<Counterparty>>>,
}

impl Command for SaveTask {
    const NAME: &'static str = "save-task";
    const NEED: Need = Need::Own(Right::TaskOwn, Right::TaskAll);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let me = Id::new(tx.actor().user);
        let old: Option<Task> = directory::opened(tx, self.id, self.version)?;
        old.as_ref().map_or(Ok(()), |old| old.require_mine(tx.actor()))?;
        let before = old.clone().unwrap_or_else(|| Task::blank(me, tx.today()));
        let due = self.due(&before.due)?;
        let day = due.date().unwrap_or(before.since);
        let repeats = self.repeats.unwrap_or(before.repeats);
        let counted_anew = before.due.date() != Some(day) || before.repeats != repeats;
        let new = Task {
            name: directory::name_or(self.name.as_ref(), &before.name)?,
            note: directory::lines_or(self.note.as_ref(), &before.note, "note", LONGEST_NOTE)?,
            due,
            repeats,
            since: if counted_anew { day } else { before.since },
            user_id: self.doer(tx, before.user_id)?,
            order_id: self.order(tx, before.order_id)?,
            counterparty_id: self.counterparty(tx, before.counterparty_id)?,
            ..before
        };
        if let Some(old) = old.as_ref().filter(|old| Task { note: old.note.clone(), ..new.clone() } != **old) {
            old.require_given(tx)?;
        }
        directory::stored(tx, old.as_ref(), &new)
    }
}

impl SaveTask {
    /// Day and time after the save. Rejected at `time` where it is none.
    fn due(&self, before: &Due) -> Result<Due> {
        let kept = before.to_string();
        let (day, time) = kept.split_once('T').unwrap_or((&kept, ""));
        let day = self.day.map_or_else(|| day.to_owned(), |day| day.to_string());
        let time = self.time.as_deref().unwrap_or(time).trim();
        let wide = if time.find(':') == Some(1) { format!("0{time}") } else { time.to_owned() };
        let text = if wide.is_empty() { day } else { format!("{day}T{wide}") };
        text.parse().map_err(|_| Error::rejected("error.task.time").arg("text", time).at("time"))
    }

    /// Who does it. Rejected at `user` for somebody else without the right to give tasks, and for who is gone.
    fn doer(&self, tx: &Tx<'_>, before: Id<User>) -> Result<Id<User>> {
        let Some(id) = self.user.filter(|id| *id != before) else { return Ok(before) };
        if id.get() != tx.actor().user {
            tx.actor().require(Right::TaskAll).map_err(|error| error.at("user"))?;
        }
        reached(tx, id).map_err(|error| error.at("user"))?;
        Ok(id)
    }

    /// The order it is about. Rejected at `order` for one that is not there or not for the sender to see.
    fn order(&self, tx: &Tx<'_>, before: Option<Id<Order>>) -> Result<Option<Id<Order>>> {
        if let Some(Some(id)) = self.order {
            store::visible_order(tx, tx.actor(), id)?;
        }
        Ok(self.order.unwrap_or(before))
    }

    /// The customer it is about. Rejected at `counterparty` for one that is not there or not for the sender to see.
    fn counterparty(&self, tx: &Tx<'_>, before: Option<Id<Counterparty>>) -> Result<Option<Id<Counterparty>>> {
        if let Some(Some(id)) = self.counterparty {
            tx.actor().require(Right::CounterpartyView).map_err(|error| error.at("counterparty"))?;
            tx.get(id).map_err(|error| error.at("counterparty"))?;
        }
        Ok(self.counterparty.unwrap_or(before))
    }
}

/// Marks a task as done. One that repeats is written down anew for its next day after today.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinishTask {
    /// Which task.
    pub id: Id<Task>,
    /// Its version as it was seen.
    #[serde(deserialize_with = "lenient::int")]
    pub version: i64,
}

/// What finishing answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// The id.
    pub id: i64,
    /// The version after it.
    pub version: i64,
    /// The day of the next one; empty for a task that does not repeat.
    pub next: String,
}

impl Command for FinishTask {
    const NAME: &'static str = "finish-task";
    const NEED: Need = Need::Own(Right::TaskOwn, Right::TaskAll);
    const UNDO: Undo = Undo::Generic;
    type Output = Finished;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Finished> {
        let old = tx.seen(self.id, self.version)?;
        old.require_mine(tx.actor())?;
        if old.done {
            return Err(Error::rejected("error.task.done").at("id"));
        }
        let day = old.due.date().unwrap_or(old.since);
        let next = old.repeats.next(old.since, day.max(tx.today()))?;
        if let Some(day) = next {
            tx.insert(&Task { id: Id::new(0), version: 0, due: old.due.moved_to(day), ..old.clone() })?;
        }
        let version = tx.update(&old, &Task { done: true, ..old.clone() })?;
        let next = next.map(|day| day.to_string()).unwrap_or_default();
        Ok(Finished { id: old.id.get(), version, next })
    }
}

remove_command!(
    /// Removes a task.
    RemoveTask, "remove-task", Task, Need::Own(Right::TaskOwn, Right::TaskAll), |tx, task| {
        task.require_mine(tx.actor())?;
        task.require_given(tx)
    }
);

/// Rejected for who is gone, and for who may not see what they would be told.
pub(crate) fn reached(tx: &Tx<'_>, id: Id<User>) -> Result<()> {
    let user: User = tx.get(id)?;
    let role: Role = tx.get(user.role_id)?;
    if !user.active {
        Err(Error::rejected("error.user_inactive"))
    } else if role.rights().contains(&Right::TaskOwn) {
        Ok(())
    } else {
        Err(Error::rejected("error.task.not_seen").arg("name", user.name))
    }
}

impl Task {
    fn blank(me: Id<User>, today: Date) -> Task {
        Task {
            id: Id::new(0),
            version: 0,
            name: String::new(),
            note: String::new(),
            due: Due::on(today),
            repeats: Repeats::Never,
            since: today,
            user_id: me,
            author_id: me,
            order_id: None,
            counterparty_id: None,
            done: false,
        }
    }

    /// Rejected for who only does the task: what it is and when says who gave it.
    fn require_given(&self, tx: &Tx<'_>) -> Result<()> {
        if self.author_id.get() == tx.actor().user || tx.actor().can(Right::TaskAll) {
            return Ok(());
        }
        let giver: User = tx.get(self.author_id)?;
        Err(Error::rejected("error.task.given").arg("name", giver.name))
    }

    /// Rejected for a task of others without the right to theirs.
    fn require_mine(&self, actor: &Actor) -> Result<()> {
        let mine = if self.author_id.get() == actor.user { self.author_id } else { self.user_id };
        role::require_own(actor, Right::TaskOwn, Right::TaskAll, mine)
    }
}
