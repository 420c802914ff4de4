//! Credentials: passwords, one-time codes and recovery codes, kept only as hashes. The journal sees digests alone.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::tr;
use crate::base::right::Right;
use crate::domain::company::CreateCompany;
use crate::domain::password;
use crate::domain::role::Role;
use crate::domain::secret::Secret;
use crate::domain::user::{self, User};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::store::{Call, Slice, Store};
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{code_column, params, statements, table};

/// What a credential opens the door for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A password.
    Password,
    /// The code on paper that an owner who forgot the password gets back in by.
    Recovery,
    /// A code from an administrator, good for a day and only to choose a new password.
    Reset,
    /// A few digits that open a locked window, and nothing else.
    Pin,
}

impl Kind {
    /// Its fixed name.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Password => "password",
            Kind::Recovery => "recovery",
            Kind::Reset => "reset",
            Kind::Pin => "pin",
        }
    }

    /// The kind with this name, if there is one.
    pub fn parse(code: &str) -> Option<Kind> {
        [Kind::Password, Kind::Recovery, Kind::Reset, Kind::Pin].into_iter().find(|kind| kind.code() == code)
    }
}

code_column!(Kind);

table! {
    /// What opens the door for one user.
    pub struct Credential in "credentials" code 12 secret {
        /// Whose it is.
        user_id: Id<User>,
        /// What it is.
        kind: Kind,
        /// Argon2id over it, with its parameters and salt.
        phc: String,
        /// Until when it opens; the epoch for always.
        expires_at: Instant,
    }
}

statements! {
    /// The credential of one kind that a user has.
    OF_KIND = "SELECT id, version, user_id, kind, phc, expires_at FROM credentials WHERE user_id = ?1 AND kind = ?2";
    /// The company's name, which no password may consist of.
    COMPANY_NAME = "SELECT name FROM companies ORDER BY id";
    /// Forgets the wrong tries of a login.
    FORGET_TRIES = "UPDATE sign_ins SET failures = 0, wait_until = 0 WHERE login = ?1";
}

/// Credentials as a slice.
pub const SLICE: Slice = Slice {
    commands: &[
        CommandEntry::of::<SetFirstPassword>(),
        CommandEntry::of::<ChangeOwnPassword>(),
        CommandEntry::of::<ResetPassword>(),
        CommandEntry::of::<RenewRecoveryCode>(),
        CommandEntry::of::<RecoverAccess>(),
        CommandEntry::of::<StrengthenPassword>(),
    ],
    queries: &[],
    tables: &[Credential::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// Until when a credential opens that opens for always.
pub(super) const ALWAYS: i64 = 0;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
const RESET_GROUPS: usize = 4;
const RECOVERY_GROUPS: usize = 7;

/// The credential of one kind that a user has, if any.
pub fn of_kind(db: &Db, user: Id<User>, kind: Kind) -> Result<Option<Credential>> {
    db.row(&OF_KIND, params![user, kind])
}

/// Keeps a credential in the place of any earlier one of its kind.
pub(super) fn put(tx: &mut Tx<'_>, user: Id<User>, kind: Kind, (phc, expires_at): (String, Instant)) -> Result<()> {
    match of_kind(tx, user, kind)? {
        Some(old) => {
            let new = Credential { phc, expires_at, ..old.clone() };
            tx.update(&old, &new).map(drop)
        }
        None => tx.insert(&Credential { id: Id::new(0), version: 0, user_id: user, kind, phc, expires_at }).map(drop),
    }
}

/// Takes a credential away, where there is one of this kind.
pub(super) fn remove(tx: &mut Tx<'_>, user: Id<User>, kind: Kind) -> Result<()> {
    match of_kind(tx, user, kind)? {
        Some(row) => tx.delete(&row),
        None => Ok(()),
    }
}

/// Gives a user a password that must pass the rules; a waiting one-time code is used up.
fn set_password(tx: &mut Tx<'_>, user: &User, typed: &Secret) -> Result<()> {
    if !typed.is_withheld() {
        let company: Option<(String,)> = tx.row(&COMPANY_NAME, &[])?;
        let company = company.map_or_else(String::new, |found| found.0);
        password::check(typed, &[&user.login, &user.name, &company]).map_err(|error| error.at("password"))?;
        refuse_the_code_itself(tx, user.id, typed)?;
    }
    let phc = password::hash_or_withheld(typed)?;
    put(tx, user.id, Kind::Password, (phc, Instant::from_millis(ALWAYS)))?;
    remove(tx, user.id, Kind::Reset)
}

fn refuse_the_code_itself(db: &Db, user: Id<User>, typed: &Secret) -> Result<()> {
    if let Some(code) = of_kind(db, user, Kind::Reset)?
        && password::verify(&password::code_as_made(typed), &code.phc)?
    {
        return Err(Error::rejected("error.password_is_code").at("password"));
    }
    Ok(())
}

/// A new recovery code in place of any earlier one.
fn renew_recovery(tx: &mut Tx<'_>, user: Id<User>) -> Result<Option<String>> {
    let code = password::random_code(RECOVERY_GROUPS)?;
    let phc = password::hash_code(&code)?;
    put(tx, user, Kind::Recovery, (phc, Instant::from_millis(ALWAYS)))?;
    Ok(Some(code.expose().to_owned()))
}

/// A recovery code, to be written down now: it is shown once and kept nowhere.
#[derive(Clone, Serialize, Deserialize)]
pub struct RecoveryCode {
    /// The code; nothing in the answer to a repeated command.
    #[serde(default)]
    pub recovery_code: Option<String>,
}

/// Keeps nothing of a code in the journal.
fn without_code() -> Result<Json> {
    Ok(Json::Object(serde_json::Map::new()))
}

/// Gives the first owner a password, once, while a company is set up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFirstPassword {
    /// The owner.
    pub user: Id<User>,
    /// The password.
    pub password: Secret,
}

impl Command for SetFirstPassword {
    const NAME: &'static str = "set-first-password";
    const NEED: Need = Need::System;
    const UNDO: Undo = Undo::Never;
    type Output = RecoveryCode;

    fn run(&self, tx: &mut Tx<'_>) -> Result<RecoveryCode> {
        for kind in [Kind::Password, Kind::Recovery, Kind::Reset] {
            if of_kind(tx, self.user, kind)?.is_some() {
                return Err(Error::rejected("error.only_setup"));
            }
        }
        let user: User = tx.get(self.user)?;
        set_password(tx, &user, &self.password)?;
        Ok(RecoveryCode { recovery_code: renew_recovery(tx, self.user)? })
    }

    fn kept(_output: &RecoveryCode) -> Result<Json> {
        without_code()
    }
}

/// Sets a company up in an empty file, gives its owner a password, and gives back the recovery code, to be shown once.
/// Rejected when the password is too weak.
pub fn found_company(store: &mut Store, company: &CreateCompany, password: Secret) -> Result<Secret> {
    let owner = store.run(&Call::of_system(), company)?.output.owner;
    create_owner(store, owner, password)
}

/// Gives the owner of a new company a password, and gives back the recovery code, to be shown once.
/// Rejected when the password is too weak.
pub fn create_owner(store: &mut Store, owner: Id<User>, password: Secret) -> Result<Secret> {
    let done = store.run(&Call::of_system(), &SetFirstPassword { user: owner, password })?;
    Ok(Secret::new(done.output.recovery_code.unwrap_or_default()))
}

/// Chooses a new password for oneself. Who asks has just signed in or confirmed the old one (`sign_in::confirm`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeOwnPassword {
    /// The new password.
    pub password: Secret,
}

/// An answer that says nothing but that it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Whose password it is.
    pub user: Id<User>,
}

impl Command for ChangeOwnPassword {
    const NAME: &'static str = "change-own-password";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Never;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let user: User = tx.get(Id::new(tx.actor().user))?;
        set_password(tx, &user, &self.password)?;
        Ok(Changed { user: user.id })
    }
}

/// Takes a user's password away and gives a code instead, good for a day and only to choose a new password:
/// who manages users never learns or chooses their passwords.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// The user.
    pub user: Id<User>,
}

/// A one-time code, to be handed over: it is shown once and kept nowhere.
#[derive(Clone, Serialize, Deserialize)]
pub struct ResetCode {
    /// The code; nothing in the answer to a repeated command.
    #[serde(default)]
    pub code: Option<String>,
    /// Until when it opens.
    pub valid_until: Instant,
    /// What its user does with it, in the language of who asks; nothing in the answer to a repeated command.
    #[serde(default)]
    pub next: String,
}

impl Command for ResetPassword {
    const NAME: &'static str = "reset-password";
    const NEED: Need = Need::Right(Right::UserManage);
    const UNDO: Undo = Undo::Never;
    type Output = ResetCode;

    fn run(&self, tx: &mut Tx<'_>) -> Result<ResetCode> {
        let user: User = tx.get(self.user)?;
        tx.get::<Role>(user.role_id)?.within_reach(tx)?;
        let code = password::random_code(RESET_GROUPS)?;
        let valid_until = tx.now().plus_millis(DAY_MILLIS);
        remove(tx, user.id, Kind::Password)?;
        remove(tx, user.id, Kind::Pin)?;
        put(tx, user.id, Kind::Reset, (password::hash(&password::code_as_made(&code))?, valid_until))?;
        let next = tr(user::asked_in(tx)?, "user.after_reset", &[("login", &user.login)]);
        Ok(ResetCode { code: Some(code.expose().to_owned()), valid_until, next })
    }

    fn kept(output: &ResetCode) -> Result<Json> {
        Ok(serde_json::json!({ "valid_until": output.valid_until }))
    }
}

/// Makes a new recovery code for oneself; an earlier one opens nothing any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewRecoveryCode {}

impl Command for RenewRecoveryCode {
    const NAME: &'static str = "renew-recovery-code";
    const NEED: Need = Need::Right(Right::RoleManage);
    const UNDO: Undo = Undo::Never;
    type Output = RecoveryCode;

    fn run(&self, tx: &mut Tx<'_>) -> Result<RecoveryCode> {
        let user: User = tx.get(Id::new(tx.actor().user))?;
        Ok(RecoveryCode { recovery_code: renew_recovery(tx, user.id)? })
    }

    fn kept(_output: &RecoveryCode) -> Result<Json> {
        without_code()
    }
}

/// Lets an owner back in by the recovery code, which is used up, with a new password.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoverAccess {
    /// The login.
    pub login: String,
    /// The recovery code.
    pub code: Secret,
    /// The new password.
    pub password: Secret,
}

impl Command for RecoverAccess {
    const NAME: &'static str = "recover-access";
    const NEED: Need = Need::System;
    const UNDO: Undo = Undo::Never;
    type Output = RecoveryCode;

    fn run(&self, tx: &mut Tx<'_>) -> Result<RecoveryCode> {
        // Told by its length alone, so that nobody tries codes of others here.
        let is_reset = password::is_code_of(RESET_GROUPS, &self.code);
        let key = if is_reset { "error.recovery_by_reset_code" } else { "error.recovery_refused" };
        let refused = || Error::rejected(key).at("code");
        let user = user::active_by_login(tx, &self.login)?.ok_or_else(refused)?;
        let kept = of_kind(tx, user.id, Kind::Recovery)?.ok_or_else(refused)?;
        if !self.code.is_withheld() && !password::verify(&password::code_as_made(&self.code), &kept.phc)? {
            return Err(refused());
        }
        set_password(tx, &user, &self.password)?;
        remove(tx, user.id, Kind::Pin)?;
        tx.execute(&FORGET_TRIES, params![user.login])?;
        Ok(RecoveryCode { recovery_code: renew_recovery(tx, user.id)? })
    }

    fn kept(_output: &RecoveryCode) -> Result<Json> {
        without_code()
    }
}

/// Lets an owner back in by the recovery code. Gives the next code, to be shown once.
/// Rejected when login and code do not belong together, or the new password is too weak.
pub fn recover(store: &mut Store, login: &str, code: Secret, password: Secret) -> Result<Secret> {
    let command = RecoverAccess { login: login.to_owned(), code, password };
    let done = store.run(&Call::of_system(), &command)?;
    Ok(Secret::new(done.output.recovery_code.unwrap_or_default()))
}

/// Hashes a password anew that was just typed right, because its hash is cheaper to guess than today's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrengthenPassword {
    /// Whose it is.
    pub user: Id<User>,
    /// The password.
    pub password: Secret,
}

impl Command for StrengthenPassword {
    const NAME: &'static str = "strengthen-password";
    const NEED: Need = Need::System;
    const UNDO: Undo = Undo::Never;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let phc = password::hash_or_withheld(&self.password)?;
        put(tx, self.user, Kind::Password, (phc, Instant::from_millis(ALWAYS)))?;
        Ok(Changed { user: self.user })
    }
}
