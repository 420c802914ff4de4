//! PINs: a few digits by which a person comes back to a locked window; where they open is said at `sign_in::Seat`.
//! Kept as a hash like a password, chosen by its person alone, and never good in the place of the password.

use serde::{Deserialize, Serialize};

use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::credential::{self, ALWAYS, Changed, Kind};
use crate::domain::password;
use crate::domain::role::Role;
use crate::domain::secret::Secret;
use crate::domain::user::User;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::store::Slice;
use crate::engine::tx::Tx;

/// PINs as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SetOwnPin>(), CommandEntry::of::<RemoveOwnPin>(), CommandEntry::of::<RemovePin>()],
    queries: &[],
    tables: &[],
    statements: &[],
    lists: &[],
};

const SHORTEST: usize = 4;
/// The longest PIN, in digits.
pub const LONGEST: usize = 8;

/// Shapes on the pad and gaps in the row of digits that people choose first.
const COMMON: [&str; 16] = [
    "2580", "0852", "1379", "1397", "7931", "9713", "1470", "3690", "1357", "2468", "13579", "147258", "258369",
    "159753", "147852", "159357",
];

/// Rejected when a new PIN is not of 4 to 8 digits, or is one of those that anyone would try first.
pub fn check(pin: &Secret) -> Result<()> {
    let typed = pin.expose();
    let length = typed.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::rejected("error.pin_form"));
    }
    if password::is_run(typed) || is_repeated(typed) || COMMON.contains(&typed) {
        return Err(Error::rejected("error.pin_common"));
    }
    if is_date(typed) { Err(Error::rejected("error.pin_date")) } else { Ok(()) }
}

/// Whether a PIN is the same group of digits again and again: `1212`, `123123`, `9999`.
fn is_repeated(typed: &str) -> bool {
    let groups = (1..typed.len()).filter(|size| typed.len().is_multiple_of(*size));
    groups.filter_map(|size| typed.get(..size)).any(|group| group.repeat(typed.len() / group.len()) == typed)
}

/// Whether a PIN is a year that a person may have lived in, or a whole date with one.
fn is_date(typed: &str) -> bool {
    let number = |range: std::ops::Range<usize>| typed.get(range).and_then(|part| part.parse::<i32>().ok());
    let is_year = |year: &Option<i32>| year.is_some_and(|year| (1900..2100).contains(&year));
    let is_day = |[year, month, day]: [Option<i32>; 3]| {
        let told = is_year(&year).then_some((year, month, day));
        let told = told.and_then(|(year, month, day)| Some(format!("{:04}-{:02}-{:02}", year?, month?, day?)));
        told.is_some_and(|told| told.parse::<Date>().is_ok())
    };
    match typed.len() {
        4 => is_year(&number(0..4)),
        8 => {
            let (first, last) = (number(0..4), number(4..8));
            is_day([first, number(4..6), number(6..8)])
                || is_day([last, number(2..4), number(0..2)])
                || is_day([last, number(0..2), number(2..4)])
        }
        _ => false,
    }
}

/// Chooses a PIN for oneself in the place of any earlier one. Who asks has just confirmed the password
/// (`sign_in::confirm`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetOwnPin {
    /// The PIN.
    pub pin: Secret,
}

impl Command for SetOwnPin {
    const NAME: &'static str = "set-own-pin";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Never;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let user = Id::new(tx.actor().user);
        if !self.pin.is_withheld() {
            check(&self.pin).map_err(|error| error.at("pin"))?;
            let kept = credential::of_kind(tx, user, Kind::Password)?;
            if let Some(kept) = kept
                && password::verify(&self.pin, &kept.phc)?
            {
                return Err(Error::rejected("error.pin_is_password").at("pin"));
            }
        }
        let phc = password::hash_or_withheld(&self.pin)?;
        credential::put(tx, user, Kind::Pin, (phc, Instant::from_millis(ALWAYS)))?;
        Ok(Changed { user })
    }
}

/// Takes one's own PIN away: from then on only the password opens a locked window.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveOwnPin {}

impl Command for RemoveOwnPin {
    const NAME: &'static str = "remove-own-pin";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Never;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        removed(tx, Id::new(tx.actor().user))
    }
}

/// Takes a user's PIN away, for who manages users; nobody learns or chooses the PIN of another person.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemovePin {
    /// The user.
    pub user: Id<User>,
}

impl Command for RemovePin {
    const NAME: &'static str = "remove-pin";
    const NEED: Need = Need::Right(Right::UserManage);
    const UNDO: Undo = Undo::Never;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let user: User = tx.get(self.user)?;
        tx.get::<Role>(user.role_id)?.within_reach(tx)?;
        removed(tx, user.id)
    }
}

fn removed(tx: &mut Tx<'_>, user: Id<User>) -> Result<Changed> {
    if credential::of_kind(tx, user, Kind::Pin)?.is_none() {
        return Err(Error::rejected("error.pin_none"));
    }
    credential::remove(tx, user, Kind::Pin)?;
    Ok(Changed { user })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(pin: &str) -> Option<&'static str> {
        check(&Secret::new(pin)).err().map(|error| error.key())
    }

    #[test]
    fn a_pin_has_four_to_eight_digits_and_nothing_else() {
        for wrong in ["", "482", "482915037", "48a2", "48 29", "-482", "४८२९", "4829\n"] {
            assert_eq!(refusal(wrong), Some("error.pin_form"), "{wrong:?}");
        }
    }

    #[test]
    fn a_pin_that_anyone_would_try_first_is_refused_with_the_reason() {
        for common in ["1111", "00000000", "1234", "4321", "987654", "1212", "123123", "48294829", "2580", "147258"] {
            assert_eq!(refusal(common), Some("error.pin_common"), "{common}");
        }
        for date in ["1987", "2026", "19870512", "12051987", "05121987", "20240229"] {
            assert_eq!(refusal(date), Some("error.pin_date"), "{date}");
        }
    }

    #[test]
    fn any_other_pin_is_taken() {
        for good in ["4829", "0074", "73915", "482915", "7391504", "73915048", "2199", "20250229"] {
            assert_eq!(refusal(good), None, "{good}");
        }
    }
}
