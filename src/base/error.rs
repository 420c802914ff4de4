//! What can go wrong, in four kinds that a screen and a script answer differently.
//! An error carries a key and its arguments; the words come from the locale at the moment of showing.

use super::locale::{self, Lang};

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
    /// Values for the text's placeholders, already as people read them.
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

    /// The same error with one more value for its text.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Error {
        self.args_mut().push((name, value.to_string()));
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

    /// What happened, in the reader's language.
    pub fn message(&self, lang: Lang) -> String {
        locale::tr(lang, self.key(), &self.arg_refs())
    }

    /// What to do next, in the reader's language, where the locale knows it (the key with `_next` added).
    pub fn next_step(&self, lang: Lang) -> Option<String> {
        locale::find(lang, &format!("{}_next", self.key()), &self.arg_refs())
    }

    fn arg_refs(&self) -> Vec<(&str, &str)> {
        let args = match self {
            Error::Rejected(p) | Error::NeedsConfirmation(p) | Error::Conflict(p) => &p.args,
            Error::Failure(f) => &f.args,
        };
        args.iter().map(|(name, value)| (*name, value.as_str())).collect()
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

/// For logs and tests: the English text. People are shown [`Error::message`].
impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::EN))
    }
}

impl std::error::Error for Error {}
