//! Passwords on their way in: from the variable or asked for without echo, never from an argument; wiped after use.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use crate::base::error::Error;
use crate::base::locale::{Lang, tr};
use crate::cli::stop::Stop;
use crate::domain::secret::Secret;
use crate::platform::{PASSWORD_VARIABLE, RECOVERY_VARIABLE};

/// The password of a login. Wrong usage when there is neither the variable nor a terminal to ask at.
pub(crate) fn password(lang: Lang, login: &str) -> Result<Secret, Stop> {
    match given(PASSWORD_VARIABLE)? {
        Some(password) => Ok(password),
        None => ask(&tr(lang, "cli.ask_password", &[("login", login)])),
    }
}

/// A password to be chosen: from a variable, or typed twice. Rejected when the two differ.
pub(crate) fn new_password(lang: Lang, login: &str, variable: &str) -> Result<Secret, Stop> {
    if let Some(password) = given(variable)? {
        return Ok(password);
    }
    let first = ask(&tr(lang, "cli.ask_new_password", &[("login", login)]))?;
    let again = ask(&tr(lang, "cli.ask_again", &[]))?;
    if first.expose() == again.expose() { Ok(first) } else { Err(Error::rejected("cli.passwords_differ").into()) }
}

/// The recovery code of a login.
pub(crate) fn recovery_code(lang: Lang, login: &str) -> Result<Secret, Stop> {
    match given(RECOVERY_VARIABLE)? {
        Some(code) => Ok(code),
        None => ask(&tr(lang, "cli.ask_recovery_code", &[("login", login)])),
    }
}

/// The login: named, or asked for at a terminal.
pub(crate) fn login(lang: Lang, named: Option<&str>) -> Result<String, Stop> {
    if let Some(login) = named {
        return Ok(login.to_owned());
    }
    let (stdin, mut stderr) = (std::io::stdin(), std::io::stderr());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        return Err(Stop::usage(Error::rejected("cli.usage_user")));
    }
    let mut line = String::new();
    let asked = write!(stderr, "{}: ", tr(lang, "cli.ask_login", &[])).and_then(|()| stdin.lock().read_line(&mut line));
    match asked {
        Ok(read) if read > 0 => Ok(line.trim().to_owned()),
        _ => Err(Stop::usage(Error::rejected("cli.usage_user"))),
    }
}

fn given(variable: &str) -> Result<Option<Secret>, Stop> {
    match std::env::var(variable) {
        Ok(secret) => Ok(Some(Secret::new(secret))),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Stop::usage(Error::rejected("cli.usage_letters"))),
    }
}

fn ask(question: &str) -> Result<Secret, Stop> {
    let typed = rpassword::prompt_password(format!("{question}: "));
    typed.map(Secret::new).map_err(|_| Stop::usage(Error::rejected("cli.usage_password")))
}
