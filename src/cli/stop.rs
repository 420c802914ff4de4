//! How a run of the program ends before its time: exit code and error.

use std::io;

use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::locale::{Lang, tr};
use crate::cli::usage::Common;

/// Why the program stops.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Typed wrongly.
    Usage(Error),
    /// Refused or failed.
    Error(Error),
    /// Refused or failed, and told already.
    Told(Error),
    /// Who read the output has gone; there is nobody to tell anything.
    ReaderGone,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Error(error)
    }
}

impl Stop {
    pub(crate) fn usage(error: Error) -> Stop {
        Stop::Usage(error)
    }

    /// Output that could not be written.
    pub(crate) fn output(error: &io::Error) -> Stop {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::ReaderGone,
            _ => Stop::Error(Error::failure("cli.output_failed", error)),
        }
    }

    /// By the contract: 1 refused, 2 wrong usage, 3 damaged or failed, 4 conflict or confirmation needed.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Stop::Usage(_) => 2,
            Stop::Error(error) | Stop::Told(error) => match error {
                Error::Rejected(_) => 1,
                Error::NeedsConfirmation(_) | Error::Conflict(_) => 4,
                Error::Failure(_) => 3,
            },
            Stop::ReaderGone => 0,
        }
    }

    /// What goes to standard error: one line, or one JSON object; technical details only when asked for.
    pub(crate) fn text(&self, lang: Lang, common: &Common) -> Option<String> {
        let (error, kind) = match self {
            Stop::Usage(error) => (error, "usage"),
            Stop::Error(error) => (error, error.kind()),
            Stop::Told(_) | Stop::ReaderGone => return None,
        };
        let driver = match error {
            Error::Failure(failure) if common.details => Some(failure.details.as_str()),
            _ => None,
        };
        if common.json_errors {
            let mut object = json_of(error, kind, lang);
            if let (Some(driver), Json::Object(fields)) = (driver, &mut object) {
                fields.insert("details".to_owned(), driver.into());
            }
            return Some(object.to_string());
        }
        let line = line_of(error, lang);
        Some(driver.map_or_else(|| line.clone(), |driver| format!("{line}\n{driver}")))
    }
}

/// An error as scripts read it.
pub(crate) fn json_of(error: &Error, kind: &str, lang: Lang) -> Json {
    json!({
        "kind": kind,
        "message": error.message(lang),
        "field": error.field(),
        "next_step": error.next_step(lang),
    })
}

/// An error as people read it: where, what, and what to do next, on one line.
pub(crate) fn line_of(error: &Error, lang: Lang) -> String {
    let mut line = error.message(lang);
    if let Some(next) = error.next_step(lang) {
        // A question has its own sign at its end.
        line = match line.ends_with('?') {
            true => format!("{line} {next}"),
            false => tr(lang, "cli.error_with_next", &[("message", &line), ("next", &next)]),
        };
    }
    match error.field() {
        Some(field) if !field.is_empty() => tr(lang, "cli.error_at", &[("field", field), ("message", &line)]),
        _ => line,
    }
}
