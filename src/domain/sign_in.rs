//! Signing in: each try is counted on disk before its password is looked at, and wrong ones make the next wait.
//! Knows no screen. The rule of the clock stands at [`Tries`].

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::domain::credential::{self, Credential, Kind, StrengthenPassword};
use crate::domain::password;
use crate::domain::secret::Secret;
use crate::domain::user::{self, User};
use crate::engine::db::Db;
use crate::engine::store::{Call, Slice, Store};
use crate::engine::tx::Tx;
use crate::{params, statements};

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

/// So many wrong tries cost no waiting.
const FREE_TRIES: i64 = 3;
/// The longest wait between two tries.
const LONGEST_WAIT_MILLIS: i64 = 15 * 60 * 1000;
/// So many wrong tries are looked at in any hour, whatever happens in between.
const TRIES_AN_HOUR: usize = 20;
const HOUR_MILLIS: i64 = 60 * 60 * 1000;

/// The tries of one login since its last right password, as they stand on disk.
///
/// The rule of the clock. Time here is the latest moment ever seen: the computer's clock, or `seen_at` where the
/// clock stands before it. So a clock set back never shortens a wait, and swinging it to and fro gains nothing.
/// A clock set forward ends at most the wait that is pending: failures never fade with time, only a right password
/// clears them, so the next wait is as long and begins in the future that was reached. Should a clock be found more
/// than an hour behind the latest moment seen, that moment was a mistake: what was left of the wait, and a full
/// hour of the hourly limit, then run from the clock as it is. So nobody is locked out for longer than the hour
/// and a quarter. Who may set the clock as they please may also copy the file; there only the cost of a hash helps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tries {
    failures: i64,
    seen_at: i64,
    wait_until: i64,
    /// The moments of wrong tries within the hour, oldest first.
    recent: Vec<i64>,
}

/// What is said to a try before its password is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Go on; the try is counted as wrong until the password turns out right.
    Go { now: i64 },
    /// Not before so many milliseconds.
    Wait { millis: i64 },
}

impl Tries {
    /// Judges and counts a try.
    fn ask(&mut self, clock: i64) -> Verdict {
        let now = self.look(clock);
        let oldest = self.recent.len().checked_sub(TRIES_AN_HOUR).and_then(|at| self.recent.get(at));
        let hourly = oldest.map_or(0, |oldest| oldest + HOUR_MILLIS);
        let millis = self.wait_until.max(hourly) - now;
        if millis > 0 {
            return Verdict::Wait { millis };
        }
        self.failures += 1;
        self.wait_until = now + wait_after(self.failures);
        self.recent.push(now);
        Verdict::Go { now }
    }

    /// Takes back the try made at this moment, and what stood against the login before it.
    /// Gives how many wrong tries there were besides.
    fn succeed(&mut self, made: i64, clock: i64) -> i64 {
        self.look(clock);
        let failed = (self.failures - 1).max(0);
        self.failures = 0;
        self.wait_until = 0;
        if let Some(at) = self.recent.iter().position(|moment| *moment == made) {
            self.recent.remove(at);
        }
        failed
    }

    /// Brings the time seen up to date, and gives it.
    fn look(&mut self, clock: i64) -> i64 {
        let left = (self.wait_until - self.seen_at).clamp(0, LONGEST_WAIT_MILLIS);
        if clock < self.seen_at - HOUR_MILLIS {
            let hour_ago = self.seen_at - HOUR_MILLIS;
            self.recent.retain(|moment| *moment > hour_ago);
            self.recent.fill(clock);
            self.seen_at = clock;
            self.wait_until = clock + left;
        }
        self.wait_until = self.wait_until.min(self.seen_at + left);
        self.seen_at = self.seen_at.max(clock);
        let hour_ago = self.seen_at - HOUR_MILLIS;
        self.recent.retain(|moment| *moment > hour_ago);
        self.seen_at
    }
}

/// How long to wait after so many wrong tries: nothing, then 1, 2, 4 … seconds up to a quarter of an hour.
fn wait_after(failures: i64) -> i64 {
    let doublings = failures - FREE_TRIES;
    if doublings < 0 {
        return 0;
    }
    let millis =
        u32::try_from(doublings).ok().filter(|doublings| *doublings < 20).map(|doublings| 1000_i64 << doublings);
    millis.unwrap_or(LONGEST_WAIT_MILLIS).min(LONGEST_WAIT_MILLIS)
}

fn tries_of(db: &Db, login: &str) -> Result<Tries> {
    let found: Option<(i64, i64, i64, String)> = db.row(&TRIES_OF, params![login.to_owned()])?;
    Ok(found.map_or_else(Tries::default, |(failures, seen_at, wait_until, recent)| Tries {
        failures,
        seen_at,
        wait_until,
        recent: recent.split(',').filter_map(|moment| moment.parse().ok()).collect(),
    }))
}

fn keep_tries(tx: &Tx<'_>, login: &str, tries: &Tries) -> Result<()> {
    let recent: Vec<_> = tries.recent.iter().map(i64::to_string).collect();
    let row = params![login.to_owned(), tries.failures, tries.seen_at, tries.wait_until, recent.join(",")];
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
    let made = match store.keep(&Call::of_system(), |tx| begin(tx, &key))? {
        Verdict::Go { now } => now,
        Verdict::Wait { millis } => return Err(wait(millis)),
    };
    let found = opener(store.db(), &key)?;
    let fits = match &found {
        Some((_, Credential { kind: Kind::Reset, phc, .. })) => password::verify(&password::code_as_made(typed), phc)?,
        Some((_, credential)) => password::verify(typed, &credential.phc)?,
        None => password::verify_nobody(typed)?,
    };
    let (user, credential) = found.filter(|_| fits).ok_or_else(refused)?;
    if credential.kind == Kind::Reset && credential.expires_at.millis() <= made {
        return Err(Error::rejected("error.code_expired"));
    }
    let failed_since = store.keep(&Call::of_system(), |tx| succeed(tx, (&key, made), (&user, &credential)))?;
    if credential.kind == Kind::Password && password::is_weak(&credential.phc) {
        store.run(&Call::of_system(), &StrengthenPassword { user: user.id, password: typed.clone() })?;
    }
    Ok(SignedIn {
        user: user.id,
        language: Lang::parse(&user.language).unwrap_or(Lang::EN),
        name: user.name,
        failed_since,
        must_change: credential.kind == Kind::Reset,
    })
}

/// Makes sure that a signed-in user still sits at the desk, by the password; counted like signing in.
/// Rejected like signing in.
pub fn confirm(store: &mut Store, user: Id<User>, typed: &Secret) -> Result<()> {
    let login = store.db().get(user)?.login;
    sign_in(store, &login, typed).map(drop)
}

fn begin(tx: &Tx<'_>, key: &str) -> Result<Verdict> {
    let mut tries = tries_of(tx, key)?;
    let verdict = tries.ask(tx.now().millis());
    keep_tries(tx, key, &tries)?;
    Ok(verdict)
}

/// Clears the count if the password is still the one that was looked at. Rejected when it changed meanwhile.
fn succeed(tx: &Tx<'_>, (key, made): (&str, i64), (user, credential): (&User, &Credential)) -> Result<i64> {
    let same = opener(tx, key)?.is_some_and(|(now, its)| now.id == user.id && its == *credential);
    if !same {
        return Err(refused());
    }
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

    const MINUTE: i64 = 60_000;
    const START: i64 = 1_790_000_000_000;

    /// Tries as fast as the waits allow, all wrong; gives the moments at which one was looked at.
    fn attack(tries: &mut Tries, from: i64, until: i64) -> Vec<i64> {
        let (mut clock, mut looked) = (from, Vec::new());
        while clock < until {
            match tries.ask(clock) {
                Verdict::Go { now } => looked.push(now),
                Verdict::Wait { millis } => clock += millis,
            }
        }
        looked
    }

    #[test]
    fn three_tries_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<_> = (1..=15).map(|failures| wait_after(failures) / 1000).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(wait_after(i64::MAX), LONGEST_WAIT_MILLIS);
    }

    #[test]
    fn a_patient_attacker_gets_fifteen_tries_in_the_first_hour_and_four_in_every_other() {
        let mut tries = Tries::default();
        assert_eq!(attack(&mut tries, START, START + HOUR_MILLIS).len(), 15);
        assert_eq!(attack(&mut tries, START + HOUR_MILLIS, START + 2 * HOUR_MILLIS).len(), 4);
    }

    #[test]
    fn right_passwords_in_between_free_the_next_tries_but_not_beyond_twenty_an_hour() {
        let mut tries = Tries::default();
        let mut looked = 0;
        for minute in 0..60 {
            looked += attack(&mut tries, START + minute * MINUTE, START + minute * MINUTE + 1).len();
            if let Verdict::Go { now } = tries.clone().ask(START + minute * MINUTE + 30_000) {
                tries.ask(START + minute * MINUTE + 30_000);
                tries.succeed(now, now);
            }
        }
        assert_eq!(looked, 20);
    }

    #[test]
    fn a_right_password_never_counts_against_the_hour() {
        let mut tries = Tries::default();
        for second in 0..3600 {
            let Verdict::Go { now } = tries.ask(START + second * 1000) else { panic!("kept out at {second}") };
            assert_eq!(tries.succeed(now, now), 0);
        }
    }

    #[test]
    fn a_clock_set_back_a_little_shortens_no_wait() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let pending = tries.wait_until;
        for back in [1, MINUTE, 30 * MINUTE, HOUR_MILLIS] {
            let Verdict::Wait { millis } = tries.ask(tries.seen_at - back) else { panic!("let in") };
            assert_eq!(tries.seen_at + millis, pending);
        }
    }

    #[test]
    fn a_clock_set_back_by_years_runs_what_was_left_of_the_wait_and_locks_nobody_out() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let left = tries.wait_until - tries.seen_at;
        assert!(left > 0);
        let long_ago = START - 3650 * 24 * HOUR_MILLIS;
        assert_eq!(tries.ask(long_ago), Verdict::Wait { millis: left });
        assert_eq!(tries.ask(long_ago + left), Verdict::Go { now: long_ago + left });
    }

    #[test]
    fn swinging_the_clock_to_and_fro_within_an_hour_gives_no_more_tries_than_standing_still_would() {
        let (mut tries, mut looked) = (Tries::default(), 0);
        for swing in 0..1000 {
            let clock = START + (swing * 17 % 60) * MINUTE;
            looked += i64::from(matches!(tries.ask(clock), Verdict::Go { .. }));
        }
        assert!(looked <= 20, "{looked}");
    }

    #[test]
    fn swinging_the_clock_over_more_than_an_hour_pays_every_wait_in_full() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let (mut forward, mut looked) = (0, 0);
        for swing in 0..200 {
            let clock = if swing % 2 == 0 { START } else { START + 2 * HOUR_MILLIS };
            forward += i64::from(swing % 2 == 1);
            looked += i64::from(matches!(tries.ask(clock), Verdict::Go { .. }));
        }
        assert!(looked <= forward + 1, "{looked} tries for {forward} jumps");
        let in_order: Vec<_> = tries.recent.iter().zip(tries.recent.iter().skip(1)).collect();
        assert!(in_order.iter().all(|(left, right)| left <= right) && tries.recent.len() <= TRIES_AN_HOUR);
    }

    #[test]
    fn a_clock_set_forward_ends_one_wait_and_the_next_is_as_long() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let future = START + 3650 * 24 * HOUR_MILLIS;
        assert_eq!(tries.ask(future), Verdict::Go { now: future });
        assert_eq!(tries.ask(future), Verdict::Wait { millis: LONGEST_WAIT_MILLIS });
        assert_eq!(tries.ask(future - MINUTE), Verdict::Wait { millis: LONGEST_WAIT_MILLIS });
    }

    #[test]
    fn nonsense_on_disk_locks_nobody_out() {
        let mut tries = Tries { failures: 5, seen_at: 0, wait_until: i64::MAX / 2, recent: vec![i64::MAX / 2; 3] };
        assert!(matches!(tries.ask(START), Verdict::Go { .. }));
    }

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
