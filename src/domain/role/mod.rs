//! Roles: which rights a position holds, and what a query or command asks of whoever acts. Knows no screen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::{Lang, tr};
use crate::base::money::Percent;
use crate::base::right::Right;
use crate::domain::directory::{self, Saved};
use crate::domain::user::User;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::{Actor, Tx};
use crate::{params, statements, table};

mod positions;

use positions::POSITIONS;

table! {
    /// A position and what whoever holds it may do.
    pub struct Role in "roles" code 10 {
        /// Its fixed name, such as `owner`.
        code: String,
        /// How people call it.
        name: String,
        /// Codes of its rights, separated by commas; `*` for all there are and ever will be.
        rights: String,
        /// The largest share that it may take off a price without the right to change prices.
        discount_limit: Percent,
    }
}

statements! {
    /// Whether a user is active, the rights of the role, and the one-time code that waits to be replaced.
    RIGHTS_OF = "SELECT u.active, r.rights, COALESCE(c.id, 0)
                 FROM users u
                 JOIN roles r ON r.id = u.role_id
                 LEFT JOIN credentials c ON c.user_id = u.id AND c.kind = 'reset'
                 WHERE u.id = ?1";
    /// The role with a code.
    BY_CODE = "SELECT id, version, code, name, rights, discount_limit FROM roles WHERE code = ?1";
    /// Every role.
    ALL_ROLES = "SELECT id, version, code, name, rights, discount_limit FROM roles ORDER BY id";
    /// The largest discount that the role of a user gives.
    DISCOUNT_LIMIT = "SELECT r.discount_limit FROM users u JOIN roles r ON r.id = u.role_id WHERE u.id = ?1";
}

/// Roles as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveRole>()],
    queries: &[QueryEntry::of::<Roles>()],
    tables: &[Role::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// The code of the role that holds everything; its rights are never edited.
pub const OWNER: &str = "owner";

const EVERYTHING: &str = "*";

/// What sells without the right to change prices may take off at first.
const USUAL_DISCOUNT: Percent = Percent::from_ppm(150_000);

/// Stores the shipped roles under their names in a language, and gives the owner's.
pub fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<Id<Role>> {
    let owner = tx.insert(&shipped((OWNER, EVERYTHING.to_owned()), Percent::HUNDRED, lang))?;
    for (code, rights) in POSITIONS {
        let limit = if rights.contains(&Right::PriceOverride) {
            Percent::HUNDRED
        } else if rights.contains(&Right::OrderPlace) {
            USUAL_DISCOUNT
        } else {
            Percent::default()
        };
        tx.insert(&shipped((code, written(&rights.iter().copied().collect())), limit, lang))?;
    }
    Ok(owner)
}

fn shipped((code, rights): (&str, String), discount_limit: Percent, lang: Lang) -> Role {
    let name = tr(lang, &format!("role.{code}"), &[]);
    Role { id: Id::new(0), version: 0, code: code.to_owned(), name, rights, discount_limit }
}

fn written(rights: &BTreeSet<Right>) -> String {
    let codes: Vec<_> = rights.iter().map(|right| right.code()).collect();
    codes.join(",")
}

fn read(rights: &str) -> BTreeSet<Right> {
    if rights == EVERYTHING {
        return Right::ALL.iter().copied().collect();
    }
    rights.split(',').filter_map(Right::parse).collect()
}

impl Role {
    /// What whoever holds this role may do. A right that this program does not know is none.
    pub fn rights(&self) -> BTreeSet<Right> {
        read(&self.rights)
    }

    /// Rejected when this role may do something that the actor may not: nobody gives, takes or touches more
    /// than they hold.
    pub fn within_reach(&self, tx: &Tx<'_>) -> Result<()> {
        self.rights().into_iter().try_for_each(|right| tx.actor().require(right))?;
        if tx.actor().can(Right::PriceOverride) || self.discount_limit <= discount_limit(tx)? {
            Ok(())
        } else {
            tx.actor().require(Right::PriceOverride).map_err(|error| error.at("discount_limit"))
        }
    }
}

/// What a user may do now, read anew for every command: nothing while a one-time code waits to be replaced.
/// Rejected for a user who is gone or switched off.
pub fn rights_of(db: &Db, user: i64) -> Result<BTreeSet<Right>> {
    let found: Option<(bool, String, i64)> = db.row(&RIGHTS_OF, params![user])?;
    match found {
        Some((true, rights, 0)) => Ok(read(&rights)),
        Some((true, ..)) => Ok(BTreeSet::new()),
        Some((false, ..)) | None => Err(Error::rejected("error.user_inactive")),
    }
}

/// The role with a code. Rejected when there is none.
pub fn by_code(db: &Db, code: &str) -> Result<Role> {
    let found = db.row(&BY_CODE, params![code.to_owned()])?;
    found.ok_or_else(|| Error::rejected("error.role_unknown").arg("code", code).at("role"))
}

/// Whose orders, and what hangs on them, an actor sees: none means everyone's.
pub fn visible_responsible(actor: &Actor) -> Option<Id<User>> {
    if actor.can(Right::OrderViewAll) { None } else { Some(Id::new(actor.user)) }
}

/// Rejected when a record is another's and the actor lacks `all`, or is the actor's and both rights are lacking.
pub fn require_own(actor: &Actor, own: Right, all: Right, responsible: Id<User>) -> Result<()> {
    if responsible.get() == actor.user && actor.can(own) { Ok(()) } else { actor.require(all) }
}

/// The largest share that who acts may take off a price without the right to change prices.
pub(crate) fn discount_limit(tx: &Tx<'_>) -> Result<Percent> {
    let found: Option<(Percent,)> = tx.row(&DISCOUNT_LIMIT, params![tx.actor().user])?;
    Ok(found.map_or(Percent::default(), |(limit,)| limit))
}

/// Whether an actor sees what goods cost and what was earned; otherwise queries leave it out.
pub fn sees_cost(actor: &Actor) -> bool {
    actor.can(Right::CostView)
}

/// Adds a role, or changes one. Only what the sender may do can be given, and nobody changes the own role.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveRole {
    /// The role to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Role>>,
    /// Its version as the sender saw it.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The fixed name of a new role: small Latin letters, digits and dashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Codes of its rights.
    #[serde(default, deserialize_with = "lenient::opt_texts", skip_serializing_if = "Option::is_none")]
    pub rights: Option<Vec<String>>,
    /// The largest share that it may take off a price without the right to change prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_limit: Option<Percent>,
}

impl Command for SaveRole {
    const NAME: &'static str = "save-role";
    const NEED: Need = Need::Right(Right::RoleManage);
    const UNDO: Undo = Undo::Never;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let new = match &old {
            None => self.added()?,
            Some(old) => self.changed(tx, old)?,
        };
        new.within_reach(tx)?;
        directory::stored(tx, old.as_ref(), &new)
    }
}

impl SaveRole {
    fn added(&self) -> Result<Role> {
        let code = self.code.as_deref().unwrap_or_default();
        let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if code.is_empty() || code.len() > 40 || !code.chars().all(fits) {
            return Err(Error::rejected("error.role_code").at("code"));
        }
        let name = self.name.as_deref().unwrap_or(code);
        let rights = self.chosen()?.unwrap_or_default();
        Ok(Role {
            id: Id::new(0),
            version: 0,
            code: code.to_owned(),
            name: directory::name(name)?,
            rights: written(&rights),
            discount_limit: self.limit(Percent::default())?,
        })
    }

    fn changed(&self, tx: &Tx<'_>, old: &Role) -> Result<Role> {
        let own = tx.find_row::<User>(Id::new(tx.actor().user))?.is_some_and(|user| user.role_id == old.id);
        if own {
            return Err(Error::rejected("error.own_role"));
        }
        if old.code == OWNER {
            return Err(Error::rejected("error.owner_role"));
        }
        if self.code.as_ref().is_some_and(|code| *code != old.code) {
            return Err(Error::rejected("error.role_code_fixed").at("code"));
        }
        old.within_reach(tx)?;
        let name = self.name.as_deref().map_or_else(|| Ok(old.name.clone()), directory::name)?;
        let rights = self.chosen()?.map_or_else(|| old.rights.clone(), |rights| written(&rights));
        let discount_limit = self.limit(old.discount_limit)?;
        Ok(Role { name, rights, discount_limit, ..old.clone() })
    }

    fn limit(&self, before: Percent) -> Result<Percent> {
        let limit = self.discount_limit.unwrap_or(before);
        if (Percent::default()..=Percent::HUNDRED).contains(&limit) {
            Ok(limit)
        } else {
            Err(Error::rejected("error.order.discount_out_of_range").at("discount_limit"))
        }
    }

    fn chosen(&self) -> Result<Option<BTreeSet<Right>>> {
        let Some(codes) = &self.rights else {
            return Ok(None);
        };
        let parse = |(at, code): (usize, &String)| {
            let right = Right::parse(code);
            right.ok_or_else(|| Error::rejected("error.right_unknown").arg("code", code).at(format!("rights[{at}]")))
        };
        codes.iter().enumerate().map(parse).collect::<Result<_>>().map(Some)
    }
}

/// Every role with its rights.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {}

/// A role as a query tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleRow {
    /// Its id.
    pub id: Id<Role>,
    /// How often it was stored.
    pub version: i64,
    /// Its fixed name.
    pub code: String,
    /// How people call it.
    pub name: String,
    /// What whoever holds it may do.
    pub rights: Vec<Right>,
    /// The largest share that it may take off a price without the right to change prices.
    pub discount_limit: Percent,
}

impl Query for Roles {
    const NAME: &'static str = "roles";
    const NEED: Need = Need::Right(Right::UserManage);
    type Row = RoleRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<RoleRow>> {
        let roles: Vec<Role> = view.rows(&ALL_ROLES, &[])?;
        let row = |role: Role| {
            let rights = role.rights().into_iter().collect();
            let Role { id, version, code, name, discount_limit, .. } = role;
            RoleRow { id, version, code, name, rights, discount_limit }
        };
        Ok(roles.into_iter().map(row).collect())
    }
}
