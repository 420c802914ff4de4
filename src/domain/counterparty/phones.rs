//! The phones on a counterparty's card: read in any format, compared by their digits.

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::phone::{Phone, is_scan};
use crate::base::text;
use crate::domain::counterparty::{Counterparty, CounterpartyPhone};
use crate::engine::tx::Tx;

/// How many digits a part between commas must have to be a phone by itself.
const LEAST_DIGITS: usize = 5;

/// The longest phone with its remarks, in letters.
const LONGEST: usize = 100;

/// A phone as it was typed, and the digits it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    pub phone: String,
    pub digits: String,
}

impl Typed {
    /// Whether the digits are enough to tell one counterparty from another; an extension is not.
    pub(crate) fn tells(&self) -> bool {
        self.digits.len() >= LEAST_DIGITS
    }
}

/// What a save says about phones.
pub(crate) struct Given<'a> {
    /// The first phone; an empty text takes it away.
    pub first: Option<&'a str>,
    /// All phones, in their order.
    pub all: Option<&'a [String]>,
}

/// The phones after a save. Rejected at its place when one has no digits or is a scanned code.
pub(crate) fn wanted(given: &Given<'_>, kept: &[CounterpartyPhone], country: &str) -> Result<Vec<Typed>> {
    let mut wanted = Vec::new();
    if let Some(first) = given.first {
        read(first, country, "phone", &mut wanted)?;
    }
    match given.all {
        Some(all) => {
            for (place, phone) in all.iter().enumerate() {
                read(phone, country, &format!("phones[{place}]"), &mut wanted)?;
            }
        }
        None => {
            let replaced = usize::from(given.first.is_some());
            let rest = kept.iter().skip(replaced);
            wanted.extend(rest.map(|row| Typed { phone: row.phone.clone(), digits: row.digits.clone() }));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    wanted.retain(|typed| seen.insert(typed.digits.clone()));
    Ok(wanted)
}

/// Reads one input, which may hold several phones between commas.
fn read(typed: &str, country: &str, place: &str, into: &mut Vec<Typed>) -> Result<()> {
    let parts: Vec<&str> = typed.split([',', ';', '\n']).collect();
    let separate = parts.iter().all(|part| text::digits(part).len() >= LEAST_DIGITS);
    for part in if separate { parts } else { vec![typed] } {
        let phone = text::clean_line(part)
            .and_then(|line| text::short_enough(line, LONGEST))
            .map_err(|error| error.at(place))?;
        if phone.is_empty() {
            continue;
        }
        if is_scan(&phone) {
            return Err(Error::rejected("error.phone_is_scan").arg("text", phone).at(place));
        }
        let digits = Phone::read(&phone, country).digits();
        if digits.is_empty() {
            return Err(Error::rejected("error.phone_without_digits").arg("text", phone).at(place));
        }
        into.push(Typed { phone, digits });
    }
    Ok(())
}

/// Makes the rows what is wanted; a phone that stays keeps its row.
pub(crate) fn store(
    tx: &mut Tx<'_>,
    owner: Id<Counterparty>,
    kept: &[CounterpartyPhone],
    wanted: &[Typed],
) -> Result<()> {
    for row in kept.iter().filter(|row| wanted.iter().all(|typed| typed.digits != row.digits)) {
        tx.delete(row)?;
    }
    for (position, typed) in (1_i64..).zip(wanted) {
        let new = CounterpartyPhone {
            id: Id::new(0),
            version: 0,
            counterparty_id: owner,
            position,
            phone: typed.phone.clone(),
            digits: typed.digits.clone(),
        };
        match kept.iter().find(|row| row.digits == typed.digits) {
            Some(old) => {
                tx.update(old, &CounterpartyPhone { id: old.id, version: old.version, ..new })?;
            }
            None => {
                tx.insert(&new)?;
            }
        }
    }
    Ok(())
}
