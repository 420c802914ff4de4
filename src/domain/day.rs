//! A day of the company: what was registered, paid and invoiced, and the root of its journal, which stands on the daily
//! sheet. A sheet in a drawer proves the file later: whoever changes an old entry changes every root after it.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::money::Money;
use crate::base::right::Right;
use crate::base::text;
use crate::engine::check;
use crate::engine::command::Need;
use crate::engine::db::Db;
use crate::engine::journal;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::{Columns, FromRow};
use crate::engine::ticket::Watch;
use crate::{params, statements};

/// So many digits of a root are its code: 80 bits, which nobody finds a second journal for.
const DIGITS: usize = 20;

/// So many digits stand together.
const GROUP: usize = 5;

statements! {
    /// Orders of a day that are neither drafts nor cancelled, by currency; returns count against them.
    ORDERS = "SELECT currency, COUNT(*), CAST(SUM(total) AS BIGINT)
              FROM orders WHERE date = ?1 AND state NOT IN ('draft', 'cancelled')
              GROUP BY currency ORDER BY currency";
    /// Invoices of a day that stand, by currency.
    INVOICES = "SELECT currency, COUNT(*), CAST(SUM(total) AS BIGINT)
                FROM invoices WHERE date = ?1 AND voided = 0
                GROUP BY currency ORDER BY currency";
    /// What came in by each payment method on a day, and what was given back; change is given back, too.
    PAYMENTS = "SELECT m.code, m.name, p.currency,
                  CAST(SUM(CASE WHEN p.kind = 'payment' THEN t.amount ELSE 0 END) AS BIGINT),
                  CAST(SUM(CASE WHEN p.kind = 'payment' THEN 0 ELSE t.amount END) AS BIGINT)
                FROM payments p
                JOIN payment_tenders t ON t.payment_id = p.id AND t.kind <> 'rounding'
                JOIN payment_methods m ON m.id = t.method_id
                WHERE p.date = ?1
                GROUP BY m.id, m.code, m.name, p.currency ORDER BY m.id, p.currency";
}

/// What can be asked about a day.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[QueryEntry::of::<DayQuery>()], tables: &[], statements: STATEMENTS, lists: &[] };

/// What a day came to; today when it is left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayQuery {
    /// The day, by the company's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// What a day came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Orders by currency.
    pub orders: Vec<Documents>,
    /// Invoices by currency.
    pub invoices: Vec<Documents>,
    /// Money by payment method and currency.
    pub payments: Vec<Taken>,
    /// How many journal entries were made.
    pub entries: i64,
    /// The code of the journal's root at its end, or now; empty where nothing had happened yet.
    pub root: String,
}

/// Documents of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Documents {
    /// The currency.
    pub currency: Currency,
    /// How many.
    pub count: i64,
    /// What they come to.
    pub total: Money,
}

/// Money by one payment method in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// The method's code.
    pub method: String,
    /// How it is called.
    pub name: String,
    /// The currency.
    pub currency: Currency,
    /// What came in, without the change.
    pub came_in: Money,
    /// What was paid back or voided, below zero.
    pub went_out: Money,
}

impl FromRow for Documents {
    fn from_row(columns: &mut Columns) -> Result<Documents> {
        let (currency, count, total) = (columns.take()?, columns.take()?, columns.take()?);
        Ok(Documents { currency, count, total: Money::new(total, currency) })
    }
}

impl FromRow for Taken {
    fn from_row(columns: &mut Columns) -> Result<Taken> {
        let (method, name, currency) = (columns.take()?, columns.take()?, columns.take()?);
        let mut amount = || Ok::<_, Error>(Money::new(columns.take()?, currency));
        Ok(Taken { method, name, currency, came_in: amount()?, went_out: amount()? })
    }
}

impl Query for DayQuery {
    const NAME: &'static str = "day";
    const NEED: Need = Need::Right(Right::ReportView);
    type Row = Day;

    fn run(&self, view: &View<'_>) -> Result<Vec<Day>> {
        let date = self.date.unwrap_or_else(|| view.today());
        let (before, _) = journal::until(view, view.zone().start_of(date))?;
        let (seq, hash) = journal::until(view, view.zone().start_of(date.add_days(1)?))?;
        Ok(vec![Day {
            date,
            orders: view.rows(&ORDERS, params![date])?,
            invoices: view.rows(&INVOICES, params![date])?,
            payments: view.rows(&PAYMENTS, params![date])?,
            entries: seq.saturating_sub(before),
            root: if seq == 0 { String::new() } else { code(seq, &hash) },
        }])
    }
}

/// The code of a root: the entry it ends with, and its first digits in groups that can be read aloud.
fn code(seq: i64, hash: &[u8]) -> String {
    let digits: Vec<char> = text::hex(hash).to_uppercase().chars().take(DIGITS).collect();
    let groups = digits.chunks(GROUP).map(|group| group.iter().collect::<String>());
    let parts: Vec<String> = std::iter::once(seq.to_string()).chain(groups).collect();
    parts.join("-")
}

/// The entry and the digits of a code as it was typed, or scanned from a sheet: there it is the last line.
fn read_code(typed: &str) -> Option<(i64, String)> {
    let last = typed.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    let signs = text::ascii_digits(last).replace([' ', '\u{2010}', '\u{2011}', '\u{2013}'], "-");
    let (seq, digits) = signs.split_once('-')?;
    let digits: String = digits.chars().filter(|sign| *sign != '-').collect::<String>().to_uppercase();
    let whole = digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let seq = seq.parse().ok().filter(|seq| *seq > 0)?;
    whole.then_some((seq, digits))
}

/// Whether a text is the code of a daily sheet.
pub fn is_code(typed: &str) -> bool {
    read_code(typed).is_some()
}

/// Every entry that does not follow from the one before it, in words. Rejected without the right to read the journal,
/// and once it is called off.
pub fn breaks(view: &View<'_>, watch: &Watch) -> Result<Vec<Error>> {
    view.actor().require(Right::JournalView)?;
    check::chain_findings(view, watch)
}

/// Whether the journal is still the one that a daily sheet was printed from: every entry follows from the one before it,
/// and the root at the sheet's entry has the sheet's code. Each reason against it in words; none where it is the same.
///
/// Rejected without the right to see reports, at `code` where that is no code, and once it is called off.
pub fn differences_from_sheet(view: &View<'_>, typed: &str, watch: &Watch) -> Result<Vec<Error>> {
    view.actor().require(Right::ReportView)?;
    let differs = difference_from_code(view, typed)?;
    let mut found = check::chain_findings(view, watch)?;
    found.extend(differs);
    Ok(found)
}

/// How the root at a sheet's entry differs from the sheet's code, in words; the chain up to there is not followed.
/// Whoever can read the file needs no right for it: it tells nothing of what is in the journal.
///
/// Rejected at `code` where that is no code; fails where the entry cannot be read.
pub fn difference_from_code(db: &Db, typed: &str) -> Result<Option<Error>> {
    let (seq, digits) = read_code(typed).ok_or_else(|| Error::rejected("error.day.code").at("code"))?;
    let root = journal::root(db, seq)?.map(|hash| code(seq, &hash));
    let same = root.as_deref().and_then(read_code).is_some_and(|(_, kept)| kept == digits);
    Ok((!same).then(|| Error::failure("error.day.differs", root.unwrap_or_default()).arg("seq", seq)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_printed_typed_or_scanned() {
        let printed = code(1043, &[0x3f, 0x9a, 0x10, 0x2b, 0xc4, 0x77, 0xe1, 0x0d, 0x43, 0xb9, 0xff, 0xff]);
        assert_eq!(printed, "1043-3F9A1-02BC4-77E10-D43B9");
        let read = read_code(&printed).unwrap();
        for typed in [
            "1043-3f9a102bc477e10d43b9",
            " 1043 3F9A1 02BC4 77E10 D43B9 ",
            "Արագած\n2026-11-30\n1043-3F9A1-02BC4-77E10-D43B9\n",
        ] {
            assert_eq!(read_code(typed), Some(read.clone()), "{typed}");
        }
        for wrong in [
            "",
            "1043",
            "1043-3F9A1",
            "0-3F9A1-02BC4-77E10-D43B9",
            "1043-3F9A1-02BC4-77E10-D43BG",
            "x-3F9A1-02BC4-77E10-D43B9",
        ] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }
}
