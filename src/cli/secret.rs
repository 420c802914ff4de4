//! Passwords on their way in: from the variable or asked for without echo, never from an argument; wiped after use.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use zeroize::Zeroizing;

use crate::base::error::Error;
use crate::base::locale::{Lang, tr};
use crate::cli::stop::Stop;
use crate::platform::PASSWORD_VARIABLE;

/// The password of a login. Wrong usage when there is neither the variable nor a terminal to ask at.
pub(crate) fn password(lang: Lang, login: &str) -> Result<Zeroizing<String>, Stop> {
    match given()? {
        Some(password) => Ok(password),
        None => ask(&tr(lang, "cli.ask_password", &[("login", login)])),
    }
}

/// A password for a new login: typed twice when it is asked for.
pub(crate) fn new_password(lang: Lang, login: &str) -> Result<Zeroizing<String>, Stop> {
    if let Some(password) = given()? {
        return Ok(password);
    }
    let first = ask(&tr(lang, "cli.ask_new_password", &[("login", login)]))?;
    let again = ask(&tr(lang, "cli.ask_again", &[]))?;
    if *first == *again { Ok(first) } else { Err(Error::rejected("cli.passwords_differ").into()) }
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

fn given() -> Result<Option<Zeroizing<String>>, Stop> {
    match std::env::var(PASSWORD_VARIABLE) {
        Ok(password) => Ok(Some(Zeroizing::new(password))),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Stop::usage(Error::rejected("cli.usage_letters"))),
    }
}

fn ask(question: &str) -> Result<Zeroizing<String>, Stop> {
    let typed = rpassword::prompt_password(format!("{question}: "));
    typed.map(Zeroizing::new).map_err(|_| Stop::usage(Error::rejected("cli.usage_password")))
}
