//! Users: who signs in, in which position. Knows no password.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::Lang;
use crate::base::right::Right;
use crate::domain::directory::{self, Saved};
use crate::domain::role::{self, Role};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, result_row, statements, table};

table! {
    /// Somebody who signs in.
    pub struct User in "users" code 11 {
        /// The name typed to sign in, in small letters.
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

statements! {
    /// The active user with a login.
    ACTIVE_BY_LOGIN = "SELECT id, version, login, name, role_id, language, active FROM users
                       WHERE login = ?1 AND active = 1";
    /// How many may do everything.
    ACTIVE_OWNERS = "SELECT COUNT(*) FROM users u JOIN roles r ON r.id = u.role_id WHERE r.code = ?1 AND u.active = 1";
    /// The language of the company's documents.
    COMPANY_LANGUAGE = "SELECT language FROM companies ORDER BY id";
    /// Every user with the code of the role.
    ALL_USERS = "SELECT u.id, u.version, u.login, u.name, r.code, r.name, u.language, u.active,
                        CAST(CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS BIGINT)
                 FROM users u
                 JOIN roles r ON r.id = u.role_id
                 LEFT JOIN credentials p ON p.user_id = u.id AND p.kind = 'pin'
                 ORDER BY u.id";
    /// Who may answer for an order.
    RESPONSIBLES = "SELECT id, name, active FROM users ORDER BY id";
    /// One user, as that user sees it.
    OWN = "SELECT u.id, u.login, u.name, r.code, u.language, COALESCE(c.id, 0), COALESCE(p.id, 0)
           FROM users u
           JOIN roles r ON r.id = u.role_id
           LEFT JOIN credentials c ON c.user_id = u.id AND c.kind = 'reset'
           LEFT JOIN credentials p ON p.user_id = u.id AND p.kind = 'pin'
           WHERE u.id = ?1";
}

/// Users as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveUser>(), CommandEntry::of::<ChooseLanguage>()],
    queries: &[QueryEntry::of::<Users>(), QueryEntry::of::<Responsibles>(), QueryEntry::of::<OwnAccount>()],
    tables: &[User::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// The longest login, in letters.
const LONGEST_LOGIN: usize = 60;

/// A login as it is kept and looked for: small letters. Rejected at its field when it is empty, long, or has
/// anything but letters, digits and `. _ - @`.
pub fn login(typed: &str, field: &'static str) -> Result<String> {
    let login = directory::line(typed, field, LONGEST_LOGIN)?.to_lowercase();
    let fits = |letter: char| letter.is_alphanumeric() || ".-_@".contains(letter);
    if login.is_empty() || !login.chars().all(fits) {
        return Err(Error::rejected("error.login_form").at(field));
    }
    Ok(login)
}

/// The active user with a login, if there is one.
pub fn active_by_login(db: &Db, typed: &str) -> Result<Option<User>> {
    match login(typed, "login") {
        Ok(login) => db.row(&ACTIVE_BY_LOGIN, params![login]),
        Err(_) => Ok(None),
    }
}

/// Stores the first user, who holds the given role, and gives the id. Rejected when the login does not fit.
pub fn add_owner(tx: &mut Tx<'_>, role: Id<Role>, (typed, name): (&str, &str), lang: Lang) -> Result<Id<User>> {
    tx.insert(&User {
        id: Id::new(0),
        version: 0,
        login: login(typed, "owner")?,
        name: name.to_owned(),
        role_id: role,
        language: lang.code().to_owned(),
        active: true,
    })
}

/// The language of who asks.
pub(crate) fn asked_in(tx: &Tx<'_>) -> Result<Lang> {
    if let Some(lang) = tx.lang() {
        return Ok(lang);
    }
    let speaker: Option<User> = tx.find_row(Id::new(tx.actor().user))?;
    Ok(speaker.and_then(|user| Lang::parse(&user.language).ok()).unwrap_or(Lang::EN))
}

/// Adds a user, who gets in by `reset-password`, or changes one; what is left out stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveUser {
    /// The user to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<User>>,
    /// The version as the sender saw it.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The name typed to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// How the person is called; the login when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Code of the role, such as `sales`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The language of the screen; the company's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Lang>,
    /// Whether the person may sign in.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveUser {
    const NAME: &'static str = "save-user";
    const NEED: Need = Need::Right(Right::UserManage);
    const UNDO: Undo = Undo::Never;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let new = match &old {
            None => self.added(tx)?,
            Some(old) => self.changed(tx, old)?,
        };
        let saved = directory::stored(tx, old.as_ref(), &new)?;
        keep_an_owner(tx)?;
        Ok(saved)
    }
}

impl SaveUser {
    fn added(&self, tx: &Tx<'_>) -> Result<User> {
        let login = login(self.login.as_deref().unwrap_or_default(), "login")?;
        let name = directory::name(self.name.as_deref().unwrap_or(&login))?;
        let role = self.role.as_deref().ok_or_else(|| Error::rejected("error.field_empty").at("role"))?;
        let language = match self.language {
            Some(lang) => lang.code().to_owned(),
            None => tx.row(&COMPANY_LANGUAGE, &[])?.map_or_else(|| Lang::EN.code().to_owned(), |row: (String,)| row.0),
        };
        let role_id = granted(tx, role)?;
        let active = self.active.unwrap_or(true);
        Ok(User { id: Id::new(0), version: 0, login, name, role_id, language, active })
    }

    fn changed(&self, tx: &Tx<'_>, old: &User) -> Result<User> {
        tx.get::<Role>(old.role_id)?.within_reach(tx)?;
        let new = User {
            login: self.login.as_deref().map_or_else(|| Ok(old.login.clone()), |typed| login(typed, "login"))?,
            name: self.name.as_deref().map_or_else(|| Ok(old.name.clone()), directory::name)?,
            role_id: self.role.as_deref().map_or(Ok(old.role_id), |code| granted(tx, code))?,
            language: self.language.map_or_else(|| old.language.clone(), |lang| lang.code().to_owned()),
            active: self.active.unwrap_or(old.active),
            ..old.clone()
        };
        let own = old.id.get() == tx.actor().user;
        if own && new.role_id != old.role_id {
            return Err(Error::rejected("error.own_role").at("role"));
        }
        if own && !new.active {
            return Err(Error::rejected("error.own_account").at("active"));
        }
        Ok(new)
    }
}

/// Chooses the language of one's own screen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChooseLanguage {
    /// The language from now on.
    pub language: Lang,
}

/// Whose screen speaks another language now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// The user.
    pub user: Id<User>,
}

impl Command for ChooseLanguage {
    const NAME: &'static str = "choose-language";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Never;
    type Output = Spoken;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Spoken> {
        let old: User = tx.get(Id::new(tx.actor().user))?;
        let new = User { language: self.language.code().to_owned(), ..old.clone() };
        directory::stored(tx, Some(&old), &new)?;
        Ok(Spoken { user: old.id })
    }
}

/// The role with a code. Rejected when it may do something that the actor may not.
fn granted(tx: &Tx<'_>, code: &str) -> Result<Id<Role>> {
    let role = role::by_code(tx, code)?;
    role.within_reach(tx).map_err(|error| error.at("role"))?;
    Ok(role.id)
}

/// Rejected when a change leaves nobody who may do everything.
fn keep_an_owner(tx: &Tx<'_>) -> Result<()> {
    let owners: Option<(i64,)> = tx.row(&ACTIVE_OWNERS, params![role::OWNER.to_owned()])?;
    if owners.is_some_and(|count| count.0 > 0) { Ok(()) } else { Err(Error::rejected("error.last_owner")) }
}

/// Every user, for who manages them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Users {}

result_row! {
    /// A user as a query tells it.
    pub struct UserRow {
        /// The id.
        id: Id<User>,
        /// How often the row was stored.
        version: i64,
        /// The name typed to sign in.
        login: String,
        /// How the person is called.
        name: String,
        /// Code of the role.
        role: String,
        /// How people call the role.
        role_name: String,
        /// Code of the language of the screen.
        language: String,
        /// Whether the person may sign in.
        active: bool,
        /// Whether a PIN opens the locked window of this person.
        has_pin: bool,
    }
}

impl Query for Users {
    const NAME: &'static str = "users";
    const NEED: Need = Need::Right(Right::UserManage);
    type Row = UserRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<UserRow>> {
        view.rows(&ALL_USERS, &[])
    }
}

/// The names of those who answer for orders.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsibles {}

result_row! {
    /// Somebody who may answer for an order.
    pub struct ResponsibleRow {
        /// The user's id.
        id: Id<User>,
        /// How the person is called.
        name: String,
        /// Whether the person still works here.
        active: bool,
    }
}

impl Query for Responsibles {
    const NAME: &'static str = "responsibles";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = ResponsibleRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<ResponsibleRow>> {
        view.rows(&RESPONSIBLES, &[])
    }
}

/// Who asks, and what they may do now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnAccount {}

/// The asker's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnAccountRow {
    /// The id.
    pub id: Id<User>,
    /// The name typed to sign in.
    pub login: String,
    /// How the person is called.
    pub name: String,
    /// Code of the role.
    pub role: String,
    /// Code of the language of the screen.
    pub language: String,
    /// Whether a one-time code waits to be replaced by a password; until then nothing else is allowed.
    pub must_change: bool,
    /// Whether a PIN opens the locked window of this person.
    pub has_pin: bool,
    /// What the person may do now.
    pub rights: Vec<Right>,
}

/// An account as it is read: id, login, name, role, language, its one-time code and its PIN; 0 where there is none.
type Own = (Id<User>, String, String, String, String, i64, i64);

impl Query for OwnAccount {
    const NAME: &'static str = "own-account";
    const NEED: Need = Need::SignedIn;
    type Row = OwnAccountRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<OwnAccountRow>> {
        let found: Vec<Own> = view.rows(&OWN, params![view.actor().user])?;
        let rights: Vec<Right> = view.actor().rights.iter().copied().collect();
        let row = |(id, login, name, role, language, reset, pin)| OwnAccountRow {
            id,
            login,
            name,
            role,
            language,
            must_change: reset != 0,
            has_pin: pin != 0,
            rights: rights.clone(),
        };
        Ok(found.into_iter().map(row).collect())
    }
}
