//! Users: who signs in.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::domain::role::Role;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::table;

table! {
    /// Somebody who signs in.
    pub struct User in "users" code 11 {
        /// The name typed to sign in.
        login: String,
        /// How the person is called.
        name: String,
        /// The position held.
        role_id: Id<Role>,
        /// Code of the language of the screen.
        language: String,
        /// Whether the person may sign in.
        active: bool,
    }
}

/// Users as a slice.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[User::TABLE], statements: &[], lists: &[] };

/// Stores the first user, who holds the given role, and gives the id.
pub fn add_owner(tx: &mut Tx<'_>, role: Id<Role>, (login, name): (&str, &str), lang: Lang) -> Result<Id<User>> {
    tx.insert(&User {
        id: Id::new(0),
        version: 0,
        login: login.to_owned(),
        name: name.to_owned(),
        role_id: role,
        language: lang.code().to_owned(),
        active: true,
    })
}
