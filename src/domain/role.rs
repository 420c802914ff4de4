//! Roles: which rights a position holds.

use std::collections::BTreeSet;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::engine::db::Db;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, statements, table};

table! {
    /// A position and what whoever holds it may do.
    pub struct Role in "roles" code 10 {
        /// Its fixed name, such as `owner`.
        code: String,
        /// How people call it.
        name: String,
        /// Codes of its rights, separated by commas.
        rights: String,
    }
}

statements! {
    /// What an active user may do.
    RIGHTS_OF = "SELECT r.rights FROM users u JOIN roles r ON r.id = u.role_id WHERE u.id = ?1 AND u.active = 1";
}

/// Roles as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[], tables: &[Role::TABLE], statements: STATEMENTS, lists: &[] };

/// What a user may do now. Rejected for a user who is gone or switched off.
pub fn rights_of(db: &Db, user: i64) -> Result<BTreeSet<Right>> {
    let found: Option<(String,)> = db.row(&RIGHTS_OF, params![user])?;
    let (rights,) = found.ok_or_else(|| Error::missing("users", user))?;
    Ok(rights.split(',').filter_map(Right::parse).collect())
}

/// Stores the owner's role, which holds every right, and gives its id.
pub fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<Id<Role>> {
    let rights: Vec<_> = Right::ALL.iter().map(|right| right.code()).collect();
    tx.insert(&Role {
        id: Id::new(0),
        version: 0,
        code: "owner".to_owned(),
        name: tr(lang, "role.owner", &[]),
        rights: rights.join(","),
    })
}
