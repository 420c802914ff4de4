//! Messages between the people of one company; each copy is one person's, who has read it or not.

use serde::{Deserialize, Serialize};

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::directory;
use crate::domain::list_filter;
use crate::domain::number::Number;
use crate::domain::order::{Order, store};
use crate::domain::task;
use crate::domain::user::User;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::select::{Filter, Lead, List, Listed, Sort, Test};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::engine::value::Column as _;
use crate::{result_row, statements, table};

/// The longest message, in letters.
const LONGEST: usize = 2_000;

table! {
    /// One person's copy of a message.
    pub struct Message in "messages" code 71 {
        /// Who wrote it.
        author_id: Id<User>,
        /// Whose copy it is.
        user_id: Id<User>,
        /// What was written.
        text: String,
        /// When.
        sent_at: Instant,
        /// The order it is about.
        order_id: Option<Id<Order>>,
        /// Whether that person has read it.
        read: bool,
    }
}

statements! {
    /// Everyone who works here.
    EVERYONE = "SELECT id FROM users WHERE active = 1 ORDER BY id";
}

crate::list! {

/// The list of messages.
pub static LIST: List = List {
    name: "messages",
    table: "messages",
    alias: "m",
    columns: "m.id, m.version, m.author_id, a.name, m.user_id, u.name, m.text, m.sent_at, m.order_id, o.number, m.read",
    joins: "JOIN users a ON a.id = m.author_id JOIN users u ON u.id = m.user_id \
            LEFT JOIN orders o ON o.id = m.order_id",
    filters: FILTERS,
    sorts: SORTS,
    totals: None,
};

const FILTERS: &[Filter] = &[
    // Those of one person: written to them, or by them.
    Filter { name: "of", test: Test::Where("(m.user_id = ?1 OR m.author_id = ?1)"), lead: Lead::None },
    Filter { name: "to", test: Test::OneOf("m.user_id"), lead: Lead::by("messages_user", &[], Lead::FEW) },
    Filter { name: "read", test: Test::OneOf("m.read"), lead: Lead::None },
];

const SORTS: &[Sort] =
    &[Sort { name: "sent", columns: &["m.sent_at", "m.id"], index: "messages_sent", through: None, ordered: true }];

}

/// Messages as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SendMessage>(), CommandEntry::of::<ReadMessage>()],
    queries: &[QueryEntry::of::<Messages>()],
    tables: &[Message::TABLE],
    statements: STATEMENTS,
    lists: &[&LIST],
};

/// Writes to one person, or to everyone who works here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    /// To whom; to everyone but the sender when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Id<User>>,
    /// What.
    pub text: String,
    /// The order it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id<Order>>,
}

/// What sending answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The ids of the copies.
    pub ids: Vec<i64>,
}

impl Command for SendMessage {
    const NAME: &'static str = "send-message";
    const NEED: Need = Need::Right(Right::TaskOwn);
    const UNDO: Undo = Undo::Generic;
    type Output = Sent;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Sent> {
        let text = directory::lines(&self.text, "text", LONGEST)?;
        if text.is_empty() {
            return Err(Error::rejected("error.field_empty").at("text"));
        }
        if let Some(order) = self.order {
            store::visible_order(tx, tx.actor(), order)?;
        }
        let author_id = Id::new(tx.actor().user);
        let (sent_at, order_id) = (tx.now(), self.order);
        let mut ids = Vec::new();
        for user_id in self.readers(tx)? {
            let copy = Message {
                id: Id::new(0),
                version: 0,
                author_id,
                user_id,
                text: text.clone(),
                sent_at,
                order_id,
                read: false,
            };
            ids.push(tx.insert(&copy)?.get());
        }
        Ok(Sent { ids })
    }
}

impl SendMessage {
    /// To whom it goes. Rejected at `to` for who is gone, and where there is nobody else.
    fn readers(&self, tx: &Tx<'_>) -> Result<Vec<Id<User>>> {
        if let Some(id) = self.to {
            task::reached(tx, id).map_err(|error| error.at("to"))?;
            return Ok(vec![id]);
        }
        let me = tx.actor().user;
        let everyone: Vec<(Id<User>,)> = tx.rows(&EVERYONE, &[])?;
        let others = everyone.into_iter().map(|(id,)| id).filter(|id| id.get() != me);
        let others: Vec<Id<User>> = others.filter(|id| task::reached(tx, *id).is_ok()).collect();
        if others.is_empty() { Err(Error::rejected("error.message.nobody").at("to")) } else { Ok(others) }
    }
}

/// Notes that the sender has read a message to them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadMessage {
    /// Which message.
    pub id: Id<Message>,
}

/// What reading answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WasRead {
    /// The version after it.
    pub version: i64,
}

impl Command for ReadMessage {
    const NAME: &'static str = "read-message";
    const NEED: Need = Need::Right(Right::TaskOwn);
    const UNDO: Undo = Undo::Never;
    type Output = WasRead;

    fn run(&self, tx: &mut Tx<'_>) -> Result<WasRead> {
        let old: Message = tx.get(self.id)?;
        if old.user_id.get() != tx.actor().user {
            return Err(Error::missing("messages", self.id).at("id"));
        }
        Ok(WasRead { version: tx.update(&old, &Message { read: true, ..old.clone() })? })
    }
}

/// One's own messages, to oneself and to others; nobody reads those of others.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Messages {
    /// Only those to the asker.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub to_me: Option<bool>,
    /// Only those that were read, or only those that were not.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub read: Option<bool>,
    /// `sent`; `-` before it turns it round, as when left out.
    pub sort: Option<String>,
    /// How many; 100 when left out, 500 at most.
    #[serde(deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
    /// Only behind the row with this key.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub after: Option<String>,
    /// Leaves out so many rows first.
    #[serde(deserialize_with = "lenient::int")]
    pub skip: i64,
}

result_row! {
    /// A message as it stands in the file.
    pub struct Kept {
        /// Its id.
        id: Id<Message>,
        /// Its version.
        version: i64,
        /// Who wrote it.
        author: Id<User>,
        /// How its author is called.
        author_name: String,
        /// Whose copy it is.
        user: Id<User>,
        /// How that person is called.
        user_name: String,
        /// What was written.
        text: String,
        /// When, in UTC milliseconds.
        #[serde(skip)]
        sent_at: Instant,
        /// The order it is about.
        order: Option<Id<Order>>,
        /// Its number.
        order_number: Option<Number>,
        /// Whether it was read.
        read: bool,
    }
}

/// A message in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MessageRow {
    /// As it stands in the file.
    #[serde(flatten)]
    pub kept: Kept,
    /// When, RFC 3339 with the company's offset.
    pub at: String,
    /// Whether the asker is to read it, and has not yet.
    pub new: bool,
}

impl Query for Messages {
    const NAME: &'static str = "messages";
    const NEED: Need = Need::Right(Right::TaskOwn);
    type Row = Listed<MessageRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<MessageRow>>> {
        let me = view.actor().user;
        let ask = LIST.ask().filter("of", vec![me.to_value()])?;
        let ask = ask.filter("to", if self.to_me == Some(true) { vec![me.to_value()] } else { Vec::new() })?;
        let ask = ask.filter("read", list_filter::flag(self.read))?.sort(self.sort.as_deref().unwrap_or("-sent"))?;
        let ask = ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?;
        let kept: Vec<Listed<Kept>> = ask.page(view)?;
        let told = |listed: Listed<Kept>| {
            let new = listed.row.user.get() == me && !listed.row.read;
            let at = listed.row.sent_at.rfc3339(*view.zone());
            Listed::of(MessageRow { kept: listed.row, at, new }, listed.after)
        };
        Ok(kept.into_iter().map(told).collect())
    }
}
