//! Unsaved cards beside the journal: whoever sends a card under its own key as command id takes its draft away with it.

use uuid::Uuid;

use crate::base::error::Result;
use crate::engine::db::Db;
use crate::engine::store::Slice;
use crate::{params, statements};

statements! {
    /// Takes a user's draft away, whatever kind of card it is.
    FORGET = "DELETE FROM drafts WHERE user_id = ?1 AND key = ?2";
}

/// The engine's own statement on drafts.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// How the key of a draft is written.
pub fn key(id: Uuid) -> String {
    id.hyphenated().to_string()
}

/// Takes a user's draft away; that there is none is no fault.
pub(crate) fn forget(db: &Db, user: i64, id: Uuid) -> Result<()> {
    db.execute_sql(FORGET.sql, params![user, key(id)]).map(drop)
}
