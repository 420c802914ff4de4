//! Signing in: each try is counted on disk before its password is looked at, and wrong ones make the next wait.
//! Knows no screen. The rule of the clock stands at [`Tries`].

mod seat;
mod tries;

use std::time::Duration;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::domain::credential::{self, Credential, Kind, StrengthenPassword};
use crate::domain::password;
use crate::domain::secret::Secret;
use crate::domain::sign_in::tries::{FREE_TRIES, Tries, Verdict};
use crate::domain::user::{self, User};
use crate::engine::db::Db;
use crate::engine::store::{Call, Slice, Store};
use crate::engine::tx::Tx;
use crate::{params, statements};

pub use seat::{Seat, Sitter, by_pin, is_password_due};

statements! {
    /// The tries of a login.
    TRIES_OF = "SELECT failures, seen_at, wait_until, recent FROM sign_ins WHERE login = ?1";
    /// Keeps the tries of a login.
    KEEP_TRIES = "INSERT INTO sign_ins (login, failures, seen_at, wait_until, recent) VALUES (?1, ?2, ?3, ?4, ?5)
                  ON CONFLICT (login) DO UPDATE SET failures = excluded.failures, seen_at = excluded.seen_at,
                  wait_until = excluded.wait_until, recent = excluded.recent";
    /// Forgets the longest unseen login that nobody has, when there are too many.
    FORGET_UNKNOWN = "DELETE FROM sign_ins
                      WHERE login = (SELECT s.login FROM sign_ins s LEFT JOIN users u ON u.login = s.login
                                     WHERE u.id IS NULL ORDER BY s.seen_at, s.login LIMIT 1)
                      AND (SELECT COUNT(*) FROM sign_ins) > 1000";
}

/// Signing in as a slice.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// How often a try looks whether others, made at the same moment, have been decided; and how long at most.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
const LOOKS: u32 = 500;

fn tries_of(db: &Db, login: &str) -> Result<Tries> {
    let found: Option<(i64, i64, i64, String)> = db.row(&TRIES_OF, params![login.to_owned()])?;
    Ok(found.map_or_else(Tries::default, Tries::kept))
}

fn keep_tries(tx: &Tx<'_>, login: &str, tries: &Tries) -> Result<()> {
    let row = params![login.to_owned(), tries.failures, tries.seen_at, tries.wait_until, tries.recent()];
    tx.execute(&KEEP_TRIES, row)?;
    tx.execute(&FORGET_UNKNOWN, &[]).map(drop)
}

/// Who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The user.
    pub user: Id<User>,
    /// How the person is called.
    pub name: String,
    /// The language of the person's screen.
    pub language: Lang,
    /// How many tries were wrong since the last right one; to be told.
    pub failed_since: i64,
    /// The person came in by a one-time code: nothing is allowed before `change-own-password`.
    pub must_change: bool,
}

impl SignedIn {
    /// Rejected while a one-time code waits to be replaced; for everything but `change-own-password`.
    pub fn require_own_password(&self) -> Result<()> {
        if self.must_change { Err(Error::rejected("error.must_change")) } else { Ok(()) }
    }
}

/// Lets a user in. Rejected, in the same words and after the same time, when the login is unknown, switched off or
/// the password wrong; rejected unlooked-at while a wait after wrong tries lasts.
pub fn sign_in(store: &mut Store, login: &str, typed: &Secret) -> Result<SignedIn> {
    let key = user::login(login, "login").unwrap_or_default();
    counted(store, (&key, By::Password), |store, made| enter(store, (&key, made), typed))
}

/// The same at a window: gives the seat as well, from which the person comes back by PIN.
pub fn by_password(store: &mut Store, login: &str, typed: &Secret) -> Result<(SignedIn, Seat)> {
    let signed = sign_in(store, login, typed)?;
    let seat = Seat::taken(store, signed.user)?;
    Ok((signed, seat))
}

/// By what somebody wants to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// By the password or a one-time code.
    Password,
    /// By the PIN; not after wrong tries.
    Pin,
}

/// Looks at an admitted try, and notes where it was not right.
fn counted<T>(store: &mut Store, (key, by): (&str, By), look: impl FnOnce(&mut Store, i64) -> Result<T>) -> Result<T> {
    let made = admitted(store, (key, by))?;
    let entered = look(store, made);
    if matches!(entered, Err(Error::Rejected(_))) {
        store.keep(&Call::of_system(), |tx| fail(tx, (key, made)))?;
    }
    entered
}

/// The moment of a try whose password may be looked at. Rejected while a wait lasts; where only tries that are not
/// decided yet stand in its way, it waits for them.
fn admitted(store: &mut Store, (key, by): (&str, By)) -> Result<i64> {
    let mut looks = 0..LOOKS;
    loop {
        match store.keep(&Call::of_system(), |tx| begin(tx, (key, by)))? {
            Verdict::Go { now } => return Ok(now),
            Verdict::Soon { .. } if looks.next().is_some() => store.clock().pause(LOOK_AGAIN),
            Verdict::Soon { millis } | Verdict::Wait { millis } => return Err(wait(millis)),
        }
    }
}

/// Looks at the password of an admitted try.
fn enter(store: &mut Store, (key, made): (&str, i64), typed: &Secret) -> Result<SignedIn> {
    let found = opener(store.db(), key)?;
    let fits = match &found {
        Some((_, Credential { kind: Kind::Reset, phc, .. })) => password::verify(&password::code_as_made(typed), phc)?,
        Some((_, credential)) => password::verify(typed, &credential.phc)?,
        None => password::verify_nobody(typed)?,
    };
    let (user, credential) = found.filter(|_| fits).ok_or_else(refused)?;
    if credential.kind == Kind::Reset && credential.expires_at.millis() <= made {
        return Err(Error::rejected("error.code_expired"));
    }
    let failed_since = store.keep(&Call::of_system(), |tx| {
        let same = opener(tx, key)?.is_some_and(|(now, its)| now.id == user.id && its == credential);
        if same { succeed(tx, (key, made)) } else { Err(refused()) }
    })?;
    if credential.kind == Kind::Password && password::is_weak(&credential.phc) {
        store.run(&Call::of_system(), &StrengthenPassword { user: user.id, password: typed.clone() })?;
    }
    Ok(admitted_in(&user, failed_since, credential.kind == Kind::Reset))
}

/// Who came in.
fn admitted_in(user: &User, failed_since: i64, must_change: bool) -> SignedIn {
    let language = Lang::parse(&user.language).unwrap_or(Lang::EN);
    SignedIn { user: user.id, name: user.name.clone(), language, failed_since, must_change }
}

/// Makes sure that a signed-in user still sits at the desk, by the password; counted like signing in.
/// Rejected like signing in.
pub fn confirm(store: &mut Store, user: Id<User>, typed: &Secret) -> Result<()> {
    let login = store.db().get(user)?.login;
    sign_in(store, &login, typed).map(drop)
}

/// Judges and counts a try. Rejected where a PIN was typed and the password is due.
fn begin(tx: &Tx<'_>, (key, by): (&str, By)) -> Result<Verdict> {
    let mut tries = tries_of(tx, key)?;
    if by == By::Pin && tries.failures >= FREE_TRIES {
        return Err(Error::rejected("error.pin_spent"));
    }
    let verdict = tries.ask(tx.now().millis());
    keep_tries(tx, key, &tries)?;
    Ok(verdict)
}

/// Notes that the try was not right.
fn fail(tx: &Tx<'_>, (key, made): (&str, i64)) -> Result<()> {
    let mut tries = tries_of(tx, key)?;
    tries.fail(made);
    keep_tries(tx, key, &tries)
}

/// Clears the count after a right try; how many were wrong besides.
fn succeed(tx: &Tx<'_>, (key, made): (&str, i64)) -> Result<i64> {
    let mut tries = tries_of(tx, key)?;
    let failed = tries.succeed(made, tx.now().millis());
    keep_tries(tx, key, &tries)?;
    Ok(failed)
}

/// The active user with a login and what opens the door: the password, else the one-time code.
fn opener(db: &Db, login: &str) -> Result<Option<(User, Credential)>> {
    let Some(user) = user::active_by_login(db, login)? else {
        return Ok(None);
    };
    let password = credential::of_kind(db, user.id, Kind::Password)?;
    let opener = match password {
        Some(password) => Some(password),
        None => credential::of_kind(db, user.id, Kind::Reset)?,
    };
    Ok(opener.map(|opener| (user, opener)))
}

fn refused() -> Error {
    Error::rejected("error.sign_in_refused")
}

fn wait(millis: i64) -> Error {
    let seconds = (millis + 999) / 1000;
    if seconds < 120 {
        Error::rejected("error.sign_in_wait_seconds").arg("count", seconds)
    } else {
        Error::rejected("error.sign_in_wait_minutes").arg("count", (seconds + 59) / 60)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_told_in_seconds_and_from_two_minutes_on_in_minutes() {
        assert_eq!(wait(1).message(Lang::EN), "Too many wrong passwords, the next try is possible in 1 second");
        assert_eq!(
            wait(119_000).message(Lang::EN),
            "Too many wrong passwords, the next try is possible in 119 seconds"
        );
        assert_eq!(wait(120_001).message(Lang::EN), "Too many wrong passwords, the next try is possible in 3 minutes");
    }
}
