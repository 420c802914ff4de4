//! One run of the program: its language, its output, the company file and who has signed in to it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::cli::last_file;
use crate::cli::output::Output;
use crate::cli::secret;
use crate::cli::stop::Stop;
use crate::cli::usage::Common;
use crate::domain::BUSINESS;
use crate::domain::user::User;
use crate::engine::clock::SystemClock;
use crate::engine::store::{Call, Store};

/// What every verb gets.
pub(crate) struct Run {
    /// The options every verb has.
    pub common: Common,
    /// The language of texts: typed, else the signed-in user's, else the system's.
    pub lang: Lang,
    /// Where results go.
    pub out: Output,
}

/// An open company file and the user who has signed in to it.
pub(crate) struct Session {
    /// The file.
    pub store: Store,
    /// The user.
    pub user: i64,
}

impl Run {
    /// The company file: named, else by the variable, else the last one. Wrong usage when none is known.
    pub(crate) fn file(&self) -> Result<PathBuf, Stop> {
        let named = self.common.file.clone();
        let variable = || std::env::var_os("PATVER_FILE").filter(|name| !name.is_empty()).map(PathBuf::from);
        let file = named.or_else(variable).or_else(last_file::recall);
        file.ok_or_else(|| Stop::usage(Error::rejected("cli.usage_file")))
    }

    /// Opens the company file without signing in.
    pub(crate) fn open(&self) -> Result<Store, Stop> {
        let file = self.file()?;
        let store = Store::open(&file, &BUSINESS, Arc::new(SystemClock))?;
        last_file::remember(&file);
        Ok(store)
    }

    /// Opens the company file and signs in. From here on texts are in the user's language.
    pub(crate) fn sign_in(&mut self) -> Result<Session, Stop> {
        let mut store = self.open()?;
        let login = secret::login(self.lang, self.common.user.as_deref())?;
        let password = secret::password(self.lang, &login)?;
        let signed = sign_in(&mut store, &login, &password)?;
        self.lang = self.common.lang.unwrap_or(signed.language);
        Ok(Session { store, user: signed.user })
    }
}

impl Session {
    /// A call of the signed-in user, as the options say.
    pub(crate) fn call(&self, common: &Common) -> Call {
        let mut call = Call::of_user(self.user);
        call.command_id = common.command_id;
        call.confirmed = common.confirm;
        call
    }
}

/// Until passwords stand: whoever names an active login is let in.
struct SignedIn {
    user: i64,
    language: Lang,
}

fn sign_in(store: &mut Store, login: &str, _password: &str) -> Result<SignedIn, Stop> {
    for id in 1..100 {
        if let Some(user) = store.db().find_row::<User>(Id::new(id))?
            && user.active
            && user.login == login
        {
            return Ok(SignedIn { user: id, language: Lang::parse(&user.language)? });
        }
    }
    Err(Error::rejected("error.not_found").into())
}
