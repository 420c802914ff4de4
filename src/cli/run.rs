//! `patver run`: one command, or one command for each line of a file.

use std::io::ErrorKind;
use std::path::Path;

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::base::error::Error;
use crate::cli::session::{Run, Session};
use crate::cli::stop::{Stop, json_of, line_of};
use crate::cli::{pairs, secret, source, usage};
use crate::domain::credential::ChangeOwnPassword;
use crate::domain::{BUSINESS, file};
use crate::engine::command::Command;
use crate::engine::store::Call;
use crate::platform::NEW_PASSWORD_VARIABLE;

/// The argument of commands that is never typed on the command line, where other programs could read it.
const SECRET: &str = "password";
/// Nor is this one; it is chosen at the window, or read from a file.
const PIN: &str = "pin";

/// The command by which a one-time code is replaced.
const CHANGE_OWN_PASSWORD: &str = <ChangeOwnPassword as Command>::NAME;

/// Runs a command with the arguments typed; prints its result once it is durable.
pub(crate) fn run(run: &mut Run, typed: &usage::Run) -> Result<(), Stop> {
    let command = BUSINESS.command(&typed.name).map_err(Stop::usage)?;
    if let Some(path) = &typed.jsonl {
        return lines(run, &typed.name, path);
    }
    let typed_out = |name| typed.pairs.iter().any(|pair| pair.split('=').next() == Some(name));
    let (secret, pin) = ((command.fields)().contains(&SECRET), (command.fields)().contains(&PIN));
    if pin && typed_out(PIN) {
        return Err(Stop::usage(Error::rejected("cli.usage_pin")));
    }
    if secret && typed_out(SECRET) {
        return Err(Stop::usage(Error::rejected("cli.usage_secret")));
    }
    let mut arguments = pairs::read(&typed.pairs, source::object(typed.json.as_deref())?)?;
    let mut session = if command.name == CHANGE_OWN_PASSWORD { run.sign_in_with_any_code()? } else { run.sign_in()? };
    if secret
        && let Json::Object(fields) = &mut arguments
        && !fields.contains_key(SECRET)
    {
        let chosen = secret::new_password(run.lang, &session.login, NEW_PASSWORD_VARIABLE)?;
        fields.insert(SECRET.to_owned(), chosen.expose().into());
    }
    let arguments = keep(&mut session, &typed.keep, arguments)?;
    let call = session.call(&run.common);
    let done = session.store.run_json(&call, &typed.name, arguments)?;
    run.out.json(&done.output)?;
    run.out.flush()
}

/// Keeps files in the company file; the command is given their hashes. A file that no record names is no fault.
fn keep(session: &mut Session, typed: &[String], mut arguments: Json) -> Result<Json, Stop> {
    for pair in typed {
        let (key, path) = pair.split_once('=').ok_or_else(|| pairs::wrong("cli.usage_pair", pair))?;
        let content = source::bytes(Path::new(path))?;
        let hash = file::keep_file(&mut session.store, &Call::of_user(session.user.get()), &content)?;
        arguments = pairs::read(&[format!("{key}={hash}")], arguments)?;
    }
    Ok(arguments)
}

/// Signs in once and runs the command for each line. A refused line is answered by its error and the next one goes on;
/// a failure of the disk ends it.
fn lines(run: &mut Run, name: &str, path: &Path) -> Result<(), Stop> {
    let mut reader = source::open(path)?;
    let mut session = run.sign_in()?;
    let mut text = Vec::new();
    let mut first = None;
    let mut number: u64 = 0;
    while source::line(reader.as_mut(), path, &mut text)? {
        number = number.saturating_add(1);
        if text.trim_ascii().is_empty() {
            continue;
        }
        let mut call = session.call(&run.common);
        call.command_id = run.common.command_id.map(|id| id_of_line(id, number));
        let answer = source::parse(&text)
            .and_then(|arguments| session.store.run_json(&call, name, arguments).map_err(Stop::from));
        match answer {
            Ok(done) => run.out.json(&done.output)?,
            Err(Stop::Error(error)) if !matches!(error, Error::Failure(_)) => {
                refuse(run, &error, number)?;
                first.get_or_insert(error);
            }
            Err(stop) => return Err(stop),
        }
        run.out.flush().map_err(|stop| cut_off(stop, number))?;
    }
    match first {
        Some(error) => Err(Stop::Told(error)),
        None => Ok(()),
    }
}

/// Each line of a repeated send has the id it had the first time.
fn id_of_line(id: Uuid, number: u64) -> Uuid {
    let digest = Sha256::new().chain_update(id.as_bytes()).chain_update(number.to_be_bytes()).finalize();
    let mut bytes = [0_u8; 16];
    for (place, byte) in bytes.iter_mut().zip(digest) {
        *place = byte;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A refused line is told twice: in its place among the results, and to people.
fn refuse(run: &mut Run, error: &Error, number: u64) -> Result<(), Stop> {
    let mut told = json_of(error, error.kind(), run.lang);
    if let Json::Object(fields) = &mut told {
        fields.insert("line".to_owned(), number.into());
    }
    let text = if run.common.json_errors { told.to_string() } else { numbered(run, error, number) };
    eprintln!("{text}");
    run.out.json(&json!({ "error": told }))
}

fn numbered(run: &Run, error: &Error, number: u64) -> String {
    let (number, message) = (number.to_string(), line_of(error, run.lang));
    crate::base::locale::tr(run.lang, "cli.line_refused", &[("line", &number), ("message", &message)])
}

/// Lines that nobody hears the answers of are not run.
fn cut_off(stop: Stop, number: u64) -> Stop {
    match stop {
        Stop::ReaderGone => Error::failure("cli.reader_gone", ErrorKind::BrokenPipe).arg("line", number).into(),
        other => other,
    }
}
