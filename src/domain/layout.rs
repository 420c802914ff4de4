//! Layouts: how each user arranged lists and window, part by part. Each is its user's own: it leaves no journal and is
//! part of no document. What a part holds is the window's business.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::domain::directory;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::tx::Tx;
use crate::engine::value::damaged;
use crate::{params, statements};

/// The longest name of a part, in letters.
const LONGEST_PART: usize = 100;

/// The longest part, in bytes of its JSON.
const LONGEST: usize = 64 * 1024;

statements! {
    /// Keeps a part, or puts what it is now in its place.
    KEEP = "INSERT INTO layouts (user_id, part, content) VALUES (?1, ?2, ?3)
            ON CONFLICT (user_id, part) DO UPDATE SET content = ?3";
    /// Forgets a part.
    FORGET = "DELETE FROM layouts WHERE user_id = ?1 AND part = ?2";
    /// The parts of a user.
    OWN = "SELECT part, content FROM layouts WHERE user_id = ?1 ORDER BY part";
}

/// Layouts as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<KeepLayout>()],
    queries: &[QueryEntry::of::<Layout>()],
    tables: &[],
    statements: STATEMENTS,
    lists: &[],
};

/// Keeps parts of one's own layout; a part that is nothing is forgotten, and so is as the program has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepLayout {
    /// The parts that changed.
    pub parts: Vec<LayoutPart>,
}

/// One part of a layout, such as a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutPart {
    /// Its name.
    pub part: String,
    /// What it holds, in the window's own form.
    pub content: Json,
}

/// What keeping a layout answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLayout {
    /// How many parts were kept or forgotten.
    pub parts: usize,
}

impl Command for KeepLayout {
    const NAME: &'static str = "keep-layout";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Never;
    const JOURNALED: bool = false;
    type Output = KeptLayout;

    fn run(&self, tx: &mut Tx<'_>) -> Result<KeptLayout> {
        for LayoutPart { part, content } in &self.parts {
            let part = directory::filled(directory::line(part, "part", LONGEST_PART)?, "part")?;
            let user = tx.actor().user;
            if content.is_null() {
                tx.execute(&FORGET, params![user, part])?;
                continue;
            }
            let content = content.to_string();
            if content.len() > LONGEST {
                return Err(Error::rejected("error.layout_too_long").at("content"));
            }
            tx.execute(&KEEP, params![user, part, content])?;
        }
        Ok(KeptLayout { parts: self.parts.len() })
    }
}

/// The asker's own layout, part by part.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {}

impl Query for Layout {
    const NAME: &'static str = "layout";
    const NEED: Need = Need::SignedIn;
    type Row = LayoutPart;

    fn run(&self, view: &View<'_>) -> Result<Vec<LayoutPart>> {
        let found: Vec<(String, String)> = view.rows(&OWN, params![view.actor().user])?;
        let read = |(part, content): (String, String)| {
            Ok(LayoutPart { part, content: serde_json::from_str(&content).map_err(damaged)? })
        };
        found.into_iter().map(read).collect()
    }
}
