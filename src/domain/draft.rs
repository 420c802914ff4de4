//! Drafts: unsaved cards, each its writer's own. They leave no journal and are part of no document.
//! A card's key is the command id it will be sent with: whoever takes that command takes the draft away at once.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::domain::directory::{self, LONGEST_CODE};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::tx::Tx;
use crate::engine::value::damaged;
use crate::engine::{draft, journal};
use crate::{params, statements};

/// The longest draft, in bytes of its JSON.
const LONGEST: usize = 1024 * 1024;

statements! {
    /// Keeps a draft, or puts what is written now in its place.
    SAVE = "INSERT INTO drafts (user_id, kind, key, content, at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (user_id, kind, key) DO UPDATE SET content = ?4, at = ?5";
    /// The drafts of a user, the oldest first.
    OWN = "SELECT kind, key, content, at FROM drafts WHERE user_id = ?1 ORDER BY at, key";
}

/// Drafts as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveDraft>(), CommandEntry::of::<DropDraft>()],
    queries: &[QueryEntry::of::<Drafts>()],
    tables: &[],
    statements: STATEMENTS,
    lists: &[],
};

/// Keeps an unsaved card as it stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// What the card is, such as `order`.
    pub kind: String,
    /// The card's own key, and the id of the command that will save it.
    pub key: Uuid,
    /// What is written on it, in the card's own form.
    pub content: Json,
}

/// What keeping a draft answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Whether it is kept: no when the card was saved meanwhile, so that it never comes back as a draft.
    pub kept: bool,
}

impl Command for SaveDraft {
    const NAME: &'static str = "save-draft";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Never;
    const JOURNALED: bool = false;
    type Output = Kept;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Kept> {
        let kind = directory::line(&self.kind, "kind", LONGEST_CODE)?;
        if kind.is_empty() {
            return Err(Error::rejected("error.field_empty").at("kind"));
        }
        let content = self.content.to_string();
        if content.len() > LONGEST {
            return Err(Error::rejected("error.draft_too_long").at("content"));
        }
        let saved: Option<(i64, i64, String, Vec<u8>, String)> =
            tx.row(&journal::BY_COMMAND_ID, params![self.key.as_bytes().to_vec()])?;
        if saved.is_some() {
            return Ok(Kept { kept: false });
        }
        tx.execute(&SAVE, params![tx.actor().user, kind, draft::key(self.key), content, tx.now()])?;
        Ok(Kept { kept: true })
    }
}

/// Throws an unsaved card away.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DropDraft {
    /// The card's own key.
    pub key: Uuid,
}

/// What throwing a draft away answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Whether there was one.
    pub dropped: bool,
}

impl Command for DropDraft {
    const NAME: &'static str = "drop-draft";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Never;
    const JOURNALED: bool = false;
    type Output = Dropped;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Dropped> {
        let dropped = tx.execute(&draft::FORGET, params![tx.actor().user, draft::key(self.key)])?;
        Ok(Dropped { dropped: dropped > 0 })
    }
}

/// The asker's own drafts, the oldest first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafts {
    /// Only cards of this kind.
    #[serde(default)]
    pub kind: Option<String>,
}

/// An unsaved card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DraftRow {
    /// What the card is.
    pub kind: String,
    /// The card's own key, and the id of the command that will save it.
    pub key: Uuid,
    /// What is written on it.
    pub content: Json,
    /// When it was kept, RFC 3339 with the company's offset.
    pub at: String,
}

impl Query for Drafts {
    const NAME: &'static str = "drafts";
    const NEED: Need = Need::SignedIn;
    type Row = DraftRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<DraftRow>> {
        let found: Vec<(String, String, String, Instant)> = view.rows(&OWN, params![view.actor().user])?;
        let wanted = |kind: &String| self.kind.as_ref().is_none_or(|wanted| wanted == kind);
        let read = |(kind, key, content, at): (String, String, String, Instant)| {
            Ok(DraftRow {
                kind,
                key: key.parse().map_err(damaged)?,
                content: serde_json::from_str(&content).map_err(damaged)?,
                at: at.rfc3339(*view.zone()),
            })
        };
        found.into_iter().filter(|(kind, ..)| wanted(kind)).map(read).collect()
    }
}
