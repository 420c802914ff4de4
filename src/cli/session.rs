//! One run of the program: its language, its output, the company file and who has signed in to it.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::cli::output::Output;
use crate::cli::secret;
use crate::cli::stop::Stop;
use crate::cli::usage::Common;
use crate::domain::BUSINESS;
use crate::domain::company;
use crate::domain::sign_in::{self, SignedIn};
use crate::domain::user::User;
use crate::engine::clock::SystemClock;
use crate::engine::store::{Call, Store};
use crate::platform::Workplace;

/// Where the language of the last sign-in is kept.
pub(crate) const LAST_LANGUAGE: &str = "language";

/// What every verb gets.
pub(crate) struct Run {
    /// The options every verb has.
    pub common: Common,
    /// The language of texts: typed, else the signed-in user's; before that the last user's, the system's, the company's.
    pub lang: Lang,
    /// Whether that language was typed, remembered or the system's.
    pub lang_known: bool,
    /// Where results go.
    pub out: Output,
}

/// An open company file and the user who has signed in to it.
pub(crate) struct Session {
    /// The file.
    pub store: Store,
    /// The user.
    pub user: Id<User>,
    /// The user's login, as it was typed.
    pub login: String,
}

impl Run {
    /// The company file: named, else by the variable, else the last one. Wrong usage when none is known.
    pub(crate) fn file(&self) -> Result<PathBuf, Stop> {
        let named = self.common.file.clone();
        let variable = || std::env::var_os("PATVER_FILE").filter(|name| !name.is_empty()).map(PathBuf::from);
        let file = named.or_else(variable).or_else(|| Workplace::of_account().last_file());
        file.ok_or_else(|| Stop::usage(Error::rejected("cli.usage_file")))
    }

    /// Opens the company file without signing in.
    pub(crate) fn open(&self) -> Result<Store, Stop> {
        let file = self.file()?;
        let store = Store::open(&file, &BUSINESS, Arc::new(SystemClock))?;
        Workplace::of_account().remember_file(&file);
        Ok(store)
    }

    /// Opens the company file and signs in. From here on texts are in the user's language.
    /// Rejected while a one-time code waits to be replaced by a password.
    pub(crate) fn sign_in(&mut self) -> Result<Session, Stop> {
        let store = self.open()?;
        self.sign_in_to(store)
    }

    /// Signs in to an open company file.
    pub(crate) fn sign_in_to(&mut self, store: Store) -> Result<Session, Stop> {
        let (session, signed) = self.enter(store)?;
        signed.require_own_password()?;
        Ok(session)
    }

    /// Opens the company file and signs in, to choose a password of one's own.
    pub(crate) fn sign_in_with_any_code(&mut self) -> Result<Session, Stop> {
        let store = self.open()?;
        Ok(self.enter(store)?.0)
    }

    fn enter(&mut self, mut store: Store) -> Result<(Session, SignedIn), Stop> {
        if !self.lang_known {
            let company = company::current(store.db())?;
            self.lang = Lang::parse(&company.language).unwrap_or(self.lang);
        }
        let login = secret::login(self.lang, self.common.user.as_deref())?;
        let password = secret::password(self.lang, &login)?;
        let signed = sign_in::sign_in(&mut store, &login, &password)?;
        self.lang = self.common.lang.unwrap_or(signed.language);
        Workplace::of_account().keep(LAST_LANGUAGE, signed.language.code());
        if signed.failed_since > 0 && std::io::stderr().is_terminal() {
            let count = signed.failed_since.to_string();
            eprintln!("{}", tr(self.lang, "cli.failed_since", &[("count", &count)]));
        }
        Ok((Session { store, user: signed.user, login }, signed))
    }
}

impl Session {
    /// A call of the signed-in user, as the options say.
    pub(crate) fn call(&self, common: &Common) -> Call {
        let mut call = Call::of_user(self.user.get());
        call.command_id = common.command_id;
        call.confirmed = common.confirm;
        call.lang = common.lang;
        call
    }
}
