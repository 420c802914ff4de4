//! What waits for somebody now: tasks whose time has come, messages that were not read.

use serde::{Deserialize, Serialize};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::order::Order;
use crate::domain::order::due::Due;
use crate::domain::order::query::moment;
use crate::engine::command::Need;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::{params, result_row, statements};

statements! {
    /// Open tasks of somebody whose moment has come, the longest due first.
    DUE = "SELECT t.id, t.name, t.due, t.order_id FROM tasks t
           WHERE t.user_id = ?1 AND t.done = 0 AND t.due <= ?2 ORDER BY t.due, t.id LIMIT 100";
    /// Messages that somebody has not read, the newest first.
    UNREAD = "SELECT m.id, a.name, m.text, m.sent_at, m.order_id FROM messages m JOIN users a ON a.id = m.author_id
              WHERE m.user_id = ?1 AND m.read = 0 ORDER BY m.sent_at DESC, m.id DESC LIMIT 100";
}

/// Notices as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[QueryEntry::of::<Notices>()], tables: &[], statements: STATEMENTS, lists: &[] };

/// What waits for the asker now, up to a hundred tasks and a hundred messages.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {}

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A task whose time has come.
    Task,
    /// A message that was not read.
    Message,
}

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// The task or the message.
    pub id: i64,
    /// What is to be done, or what was written.
    pub text: String,
    /// Who wrote it; empty for a task.
    pub from: String,
    /// Since when: the day, and the time where there is one; or the moment, RFC 3339.
    pub at: String,
    /// The order it is about.
    pub order: Option<Id<Order>>,
}

impl Query for Notices {
    const NAME: &'static str = "notices";
    const NEED: Need = Need::Right(Right::TaskOwn);
    type Row = Notice;

    fn run(&self, view: &View<'_>) -> Result<Vec<Notice>> {
        let me = view.actor().user;
        let due: Vec<DueTask> = view.rows(&DUE, params![me, moment(view, view.now())])?;
        let unread: Vec<Unread> = view.rows(&UNREAD, params![me])?;
        let task = |one: DueTask| Notice {
            kind: NoticeKind::Task,
            id: one.id,
            text: one.name,
            from: String::new(),
            at: one.due.to_string(),
            order: one.order,
        };
        let message = |one: Unread| Notice {
            kind: NoticeKind::Message,
            id: one.id,
            text: one.text,
            from: one.from,
            at: one.sent_at.rfc3339(*view.zone()),
            order: one.order,
        };
        Ok(due.into_iter().map(task).chain(unread.into_iter().map(message)).collect())
    }
}

result_row! {
    /// An open task whose moment has come.
    pub struct DueTask {
        /// Its id.
        id: i64,
        /// What.
        name: String,
        /// Since when.
        due: Due,
        /// The order it is about.
        order: Option<Id<Order>>,
    }
}

result_row! {
    /// A message that was not read.
    pub struct Unread {
        /// Its id.
        id: i64,
        /// How its author is called.
        from: String,
        /// What was written.
        text: String,
        /// When.
        #[serde(skip)]
        sent_at: Instant,
        /// The order it is about.
        order: Option<Id<Order>>,
    }
}
