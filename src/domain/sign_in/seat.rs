//! A seat: somebody came in by password at this window and may come back to it by PIN. Knows no screen.

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::credential::{self, Credential, Kind};
use crate::domain::password;
use crate::domain::secret::Secret;
use crate::domain::sign_in::tries::FREE_TRIES;
use crate::domain::sign_in::{By, SignedIn, admitted_in, counted, succeed, tries_of};
use crate::domain::user::User;
use crate::engine::db::Db;
use crate::engine::store::{Call, Store};

/// So long after the password a PIN opens: a working day.
const LASTS_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// Somebody who came in by password at this window.
///
/// The rule of the PIN. It opens only with a seat, and a seat is given only by [`super::by_password`] and never written
/// down: so no PIN opens a program that was just started, the command line, or a window at which its person did not
/// type the password within twelve hours. A seat is void as soon as the password, by whomever, has changed or the
/// person may not sign in any more. PINs are counted as passwords are, on disk and for all programs together; after
/// three wrong tries since the last right one only the password opens, after the same growing wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    user: Id<User>,
    /// The password as it was typed: its row and how often that was stored; none for who came in by a one-time code.
    password: Option<(Id<Credential>, i64)>,
    since: Instant,
}

/// Who holds a seat, as the lock shows it.
#[derive(Clone, Debug)]
pub struct Sitter {
    /// The seat.
    pub seat: Seat,
    /// The name typed to sign in.
    pub login: String,
    /// How the person is called.
    pub name: String,
    /// Whether a PIN opens now.
    pub pin: bool,
}

impl Seat {
    /// The seat of who has just come in by password.
    pub(super) fn taken(store: &Store, user: Id<User>) -> Result<Seat> {
        let password = credential::of_kind(store.db(), user, Kind::Password)?;
        Ok(Seat { user, password: password.map(|row| (row.id, row.version)), since: store.clock().now() })
    }

    /// Whose it is.
    pub fn user(&self) -> Id<User> {
        self.user
    }

    /// Who holds it now; nobody where the person may not sign in any more.
    pub fn sitter(&self, db: &Db, now: Instant) -> Result<Option<Sitter>> {
        let user: User = db.get(self.user)?;
        if !user.active {
            return Ok(None);
        }
        let pin = self.opener(db, now)?.is_some() && tries_of(db, &user.login)?.failures < FREE_TRIES;
        Ok(Some(Sitter { seat: self.clone(), login: user.login, name: user.name, pin }))
    }

    /// The user and the PIN that opens, if one does now.
    fn opener(&self, db: &Db, now: Instant) -> Result<Option<(User, Credential)>> {
        let passed = now.millis().saturating_sub(self.since.millis());
        let user: User = db.get(self.user)?;
        let password = credential::of_kind(db, self.user, Kind::Password)?;
        let same = password.is_some_and(|row| Some((row.id, row.version)) == self.password);
        if !user.active || !same || !(0..LASTS_MILLIS).contains(&passed) {
            return Ok(None);
        }
        Ok(credential::of_kind(db, self.user, Kind::Pin)?.map(|pin| (user, pin)))
    }
}

/// Lets somebody back in by PIN at the window where the password was typed before. Rejected when the PIN is wrong, while a
/// wait lasts, and where the password is due ([`is_password_due`]).
pub fn by_pin(store: &mut Store, seat: &Seat, typed: &Secret) -> Result<SignedIn> {
    let now = store.clock().now();
    let (user, pin) = seat.opener(store.db(), now)?.ok_or_else(due)?;
    counted(store, (&user.login, By::Pin), |store, made| {
        if !password::verify(typed, &pin.phc)? {
            let left = FREE_TRIES.saturating_sub(tries_of(store.db(), &user.login)?.failures);
            let wrong = Error::rejected("error.pin_wrong").arg("count", left);
            return Err(if left > 0 { wrong } else { Error::rejected("error.pin_spent") });
        }
        let found = (user.clone(), pin.clone());
        let failed_since = store.keep(&Call::of_system(), |tx| {
            let same = seat.opener(tx, now)?.is_some_and(|it| it == found);
            if same { succeed(tx, (&user.login, made)) } else { Err(due()) }
        })?;
        Ok(admitted_in(&user, failed_since, false))
    })
}

fn due() -> Error {
    Error::rejected("error.pin_due")
}

/// Whether only the password opens after this refusal.
pub fn is_password_due(error: &Error) -> bool {
    ["error.pin_due", "error.pin_spent"].contains(&error.key())
}
