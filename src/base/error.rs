//! What can go wrong, in four kinds that a screen and a script answer differently.
//! An error carries a key and its arguments; the words come from the locale at the moment of showing.

use super::date::{Date, Instant, Zone};
use super::locale::{self, Lang};
use super::money::Money;

/// Begins a value that waits for the reader's language; no other value may contain it.
pub(crate) const MARK: char = '\u{1}';

/// The result of everything that can be refused or can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done; in every case nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A rule says no: bad input, no right, not found.
    Rejected(Problem),
    /// Allowed, but only after a person says yes.
    NeedsConfirmation(Problem),
    /// Somebody else changed the same record first.
    Conflict(Problem),
    /// The machine failed: disk, file, driver.
    Failure(Failure),
}

/// A refusal in the user's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Key of the text, such as `error.not_found`.
    pub key: &'static str,
    /// Values for the text's placeholders: plain text, or marked for the reader's language (see [`Error::named`]).
    pub args: Vec<(&'static str, String)>,
    /// The input at fault, such as `lines[2].price`.
    pub field: Option<String>,
}

/// A breakdown; the details are for the log and the "copy details" box only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Key of the text, such as `error.disk_full`.
    pub key: &'static str,
    /// Values for the text's placeholders.
    pub args: Vec<(&'static str, String)>,
    /// What the driver or the system said.
    pub details: String,
}

impl Problem {
    fn new(key: &'static str) -> Problem {
        Problem { key, args: Vec::new(), field: None }
    }
}

impl Error {
    /// A refusal with the text under this key.
    pub fn rejected(key: &'static str) -> Error {
        Error::Rejected(Problem::new(key))
    }

    /// A question with the text under this key.
    pub fn needs_confirmation(key: &'static str) -> Error {
        Error::NeedsConfirmation(Problem::new(key))
    }

    /// A conflict with the text under this key.
    pub fn conflict(key: &'static str) -> Error {
        Error::Conflict(Problem::new(key))
    }

    /// A breakdown with the text under this key and what the system said.
    pub fn failure(key: &'static str, details: impl ToString) -> Error {
        Error::Failure(Failure { key, args: Vec::new(), details: details.to_string() })
    }

    /// The refusal of a record that is not there: the table it was looked for in, and its id.
    pub fn missing(table: &str, id: impl ToString) -> Error {
        Error::rejected("error.record_missing").named("what", format!("table.{table}")).arg("id", id)
    }

    /// The same error with one more value for its text; control characters in it are dropped.
    pub fn arg(self, name: &'static str, value: impl ToString) -> Error {
        self.put(name, printable(value))
    }

    /// The same error with a value that is itself a text of the locale, such as `right.order-place`.
    pub fn named(self, name: &'static str, key: impl AsRef<str>) -> Error {
        self.put(name, format!("{MARK}k{}", printable(key.as_ref())))
    }

    /// The same error with a plain decimal that the message writes in the reader's language.
    pub fn arg_number(self, name: &'static str, plain: impl ToString) -> Error {
        self.put(name, format!("{MARK}n{}", printable(plain)))
    }

    /// The same error with a date that the message writes in the reader's language.
    pub fn arg_date(self, name: &'static str, date: Date) -> Error {
        self.put(name, format!("{MARK}d{date}"))
    }

    /// The same error with a moment that the message writes in the reader's language, by the clocks of a zone.
    pub fn arg_moment(self, name: &'static str, moment: Instant, zone: Zone) -> Error {
        self.put(name, format!("{MARK}t{} {}", zone.date_of(moment), zone.time_of(moment)))
    }

    /// The same error with an amount that the message writes in the reader's language.
    pub fn arg_money(self, name: &'static str, amount: Money) -> Error {
        let currency = amount.currency();
        self.put(name, format!("{MARK}m{} {} {amount}", currency.code(), currency.decimals()))
    }

    pub(crate) fn put(mut self, name: &'static str, value: String) -> Error {
        self.args_mut().push((name, value));
        self
    }

    /// The same error, pointing at an input; inside an outer input the path grows at the front by [`Error::within`].
    pub fn at(mut self, field: impl Into<String>) -> Error {
        if let Some(problem) = self.problem_mut() {
            problem.field = Some(field.into());
        }
        self
    }

    /// The same error with its input seen from one level higher: `price` within `lines[2]` is `lines[2].price`.
    pub fn within(mut self, outer: &str) -> Error {
        if let Some(problem) = self.problem_mut() {
            problem.field = Some(match problem.field.take() {
                Some(inner) => format!("{outer}.{inner}"),
                None => outer.to_owned(),
            });
        }
        self
    }

    /// The input at fault, if one is.
    pub fn field(&self) -> Option<&str> {
        self.problem()?.field.as_deref()
    }

    /// `rejected`, `needs-confirmation`, `conflict` or `failure`.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Rejected(_) => "rejected",
            Error::NeedsConfirmation(_) => "needs-confirmation",
            Error::Conflict(_) => "conflict",
            Error::Failure(_) => "failure",
        }
    }

    /// The key of the text.
    pub fn key(&self) -> &'static str {
        match self {
            Error::Rejected(p) | Error::NeedsConfirmation(p) | Error::Conflict(p) => p.key,
            Error::Failure(f) => f.key,
        }
    }

    /// Whether somebody called the work off: then nothing went wrong.
    pub fn is_cancelled(&self) -> bool {
        self.key() == "error.cancelled"
    }

    /// What happened, in the reader's language.
    pub fn message(&self, lang: Lang) -> String {
        self.with_args(lang, |args| locale::tr(lang, self.key(), args))
    }

    /// What to do next, in the reader's language, where the locale knows it (the key with `_next` added).
    pub fn next_step(&self, lang: Lang) -> Option<String> {
        self.with_args(lang, |args| locale::find(lang, &format!("{}_next", self.key()), args))
    }

    /// The values for the text's placeholders, some of them marked for the reader's language.
    pub(crate) fn args(&self) -> &[(&'static str, String)] {
        match self {
            Error::Rejected(p) | Error::NeedsConfirmation(p) | Error::Conflict(p) => &p.args,
            Error::Failure(f) => &f.args,
        }
    }

    fn with_args<T>(&self, lang: Lang, write: impl FnOnce(&[(&str, &str)]) -> T) -> T {
        let spoken: Vec<(&str, String)> = self.args().iter().map(|(name, value)| (*name, speak(lang, value))).collect();
        let refs: Vec<(&str, &str)> = spoken.iter().map(|(name, value)| (*name, value.as_str())).collect();
        write(&refs)
    }

    fn args_mut(&mut self) -> &mut Vec<(&'static str, String)> {
        match self {
            Error::Rejected(p) | Error::NeedsConfirmation(p) | Error::Conflict(p) => &mut p.args,
            Error::Failure(f) => &mut f.args,
        }
    }

    fn problem(&self) -> Option<&Problem> {
        match self {
            Error::Rejected(p) | Error::NeedsConfirmation(p) | Error::Conflict(p) => Some(p),
            Error::Failure(_) => None,
        }
    }

    fn problem_mut(&mut self) -> Option<&mut Problem> {
        match self {
            Error::Rejected(p) | Error::NeedsConfirmation(p) | Error::Conflict(p) => Some(p),
            Error::Failure(_) => None,
        }
    }
}

fn printable(value: impl ToString) -> String {
    value.to_string().chars().filter(|letter| !letter.is_control()).collect()
}

/// A value as the reader sees it; a key without a text shows its last part.
fn speak(lang: Lang, value: &str) -> String {
    let mut letters = value.chars();
    let (mark, kind, rest) = (letters.next(), letters.next(), letters.as_str());
    match (mark, kind) {
        (Some(MARK), Some('k')) => {
            locale::find(lang, rest, &[]).unwrap_or_else(|| rest.rsplit('.').next().unwrap_or(rest).to_owned())
        }
        (Some(MARK), Some('n')) => locale::number(lang, rest),
        (Some(MARK), Some('d')) => spoken_date(lang, rest),
        (Some(MARK), Some('t')) => {
            let (date, time) = rest.split_once(' ').unwrap_or((rest, ""));
            format!("{} {time}", spoken_date(lang, date))
        }
        (Some(MARK), Some('m')) => {
            let mut parts = rest.splitn(3, ' ');
            let (code, decimals) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            locale::money(lang, parts.next().unwrap_or_default(), code, decimals.parse().unwrap_or(0))
        }
        _ => value.to_owned(),
    }
}

fn spoken_date(lang: Lang, iso: &str) -> String {
    Date::parse(iso).map_or_else(|_| iso.to_owned(), |date| locale::date(lang, date))
}

/// For logs and tests: the English text. People are shown [`Error::message`].
impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::EN))
    }
}

impl std::error::Error for Error {}
