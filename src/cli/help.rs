//! Words of the command line: help and complaints about what was typed, in the reader's language.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _};

use crate::base::error::Error;
use crate::base::locale::{Lang, tr};
use crate::cli::session::LAST_LANGUAGE;
use crate::cli::stop::Stop;
use crate::cli::usage::Usage;
use crate::platform::Workplace;

/// How each verb is typed; no words for people in it.
const SYNTAX: &[(&str, &str)] = &[
    ("new", "patver new F --company NAME --country CODE --currency CODE --language CODE --owner LOGIN"),
    ("demo", "patver demo F [--orders N] [--seed N] [--today DATE]"),
    ("recover", "patver recover [--user LOGIN]"),
    ("run", "patver run COMMAND [KEY=VALUE…] [--json FILE|-] [--keep KEY=FILE]\n  patver run COMMAND --jsonl FILE|-"),
    ("query", "patver query NAME [KEY=VALUE…] [--json FILE|-]"),
    ("report", "patver report NAME [KEY=VALUE…] [--format table|csv|json|pdf] [--out F]"),
    ("print", "patver print FORM KEY=VALUE… --out F.pdf [--language CODE] [--copy]"),
    ("import", "patver import KIND F [--mapping M.json] [--dry-run] [--rejects R.csv]"),
    ("export", "patver export KIND --out F.csv|F.json"),
    ("check", "patver check [--code CODE]"),
    ("backup", "patver backup [--to DIR] [--also DIR] [--try BACKUP]"),
    ("restore", "patver restore BACKUP --into F"),
    ("training", "patver training"),
    ("bench", "patver bench [--orders N] [--keep F] [--file F]"),
    ("list", "patver list commands|queries|reports|forms|imports|exports [--json]"),
    ("help", "patver help [VERB]"),
    ("completions", "patver completions bash|elvish|fish|powershell|zsh"),
];

/// The command line with its words in a language.
pub(crate) fn command(lang: Lang) -> Command {
    let mut command = worded(Usage::command(), "common", lang)
        .about(tr(lang, "cli.about.patver", &[]))
        .override_usage("patver VERB …")
        .subcommand_help_heading(tr(lang, "cli.heading.verbs", &[]));
    for (verb, syntax) in SYNTAX {
        command = command.mut_subcommand(verb, |inner| {
            worded(inner, verb, lang).about(tr(lang, &format!("cli.about.{verb}"), &[])).override_usage(*syntax)
        });
    }
    command
}

/// A command whose own arguments have their words and headings.
fn worded(mut command: Command, verb: &str, lang: Lang) -> Command {
    let usage = tr(lang, "cli.heading.usage", &[]);
    command = command.help_template(format!("{{about}}\n\n{usage}:\n  {{usage}}\n\n{{all-args}}"));
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        command = command.mut_arg(&id, |arg| explained(arg, &format!("cli.help.{verb}.{id}"), lang));
    }
    command
}

fn explained(arg: Arg, key: &str, lang: Lang) -> Arg {
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let heading = if arg.is_positional() { "cli.heading.arguments" } else { "cli.heading.options" };
    let hidden = arg.get_action().takes_values();
    arg.help(tr(lang, key, &[("values", &values.join(", "))]))
        .help_heading(tr(lang, heading, &[]))
        .hide_possible_values(hidden)
}

/// The help of the program, or of one verb. Wrong usage when there is no such verb.
pub(crate) fn text(lang: Lang, verb: Option<&str>) -> Result<String, Stop> {
    let mut command = command(lang);
    command.build();
    let chosen = match verb {
        None => Some(&mut command),
        Some(name) => command.find_subcommand_mut(name),
    };
    match chosen {
        Some(chosen) => Ok(chosen.render_help().to_string()),
        None => Err(Stop::usage(no_verb(verb.unwrap_or_default()))),
    }
}

fn no_verb(name: &str) -> Error {
    Error::rejected("cli.usage_verb").arg("verb", name)
}

/// What is wrong with what was typed, and which help tells more.
pub(crate) fn complaint(error: &clap::Error, args: &[OsString]) -> Stop {
    let typed = context(error, ContextKind::InvalidArg);
    let complaint = match error.kind() {
        ErrorKind::InvalidSubcommand => no_verb(&context(error, ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => Error::rejected("cli.usage_unknown").arg("option", typed),
        ErrorKind::MissingRequiredArgument => Error::rejected("cli.usage_missing").arg("option", typed),
        ErrorKind::ArgumentConflict if typed == context(error, ContextKind::PriorArg) => {
            Error::rejected("cli.usage_twice").arg("option", typed)
        }
        ErrorKind::ArgumentConflict => Error::rejected("cli.usage_conflict")
            .arg("option", typed)
            .arg("other", context(error, ContextKind::PriorArg)),
        ErrorKind::InvalidUtf8 => Error::rejected("cli.usage_letters"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => invalid_value(error, typed),
        _ => Error::rejected("cli.usage_values").arg("option", typed),
    };
    let mut words = args.iter().skip(1).filter_map(|arg| arg.to_str());
    let help = match words.find(|word| SYNTAX.iter().any(|(verb, _)| verb == word)) {
        Some(verb) => format!("patver help {verb}"),
        None => "patver help".to_owned(),
    };
    Stop::usage(complaint.arg("help", help))
}

fn invalid_value(error: &clap::Error, option: String) -> Error {
    let value = context(error, ContextKind::InvalidValue);
    let valid = context(error, ContextKind::ValidValue);
    if value.is_empty() {
        return Error::rejected("cli.usage_no_value").arg("option", option);
    }
    if valid.is_empty() {
        return Error::rejected("cli.usage_invalid").arg("option", option).arg("value", value);
    }
    Error::rejected("cli.usage_choice").arg("option", option).arg("value", value).arg("values", valid)
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

/// The language before anyone has signed in: `--lang`, else that of the last sign-in, else the system's.
pub(crate) fn first_language(args: &[OsString]) -> Option<Lang> {
    let named = |arg: &&str| *arg == "--lang" || arg.starts_with("--lang=");
    let mut typed = args.iter().filter_map(|arg| arg.to_str()).skip_while(|arg| !named(arg));
    let chosen = match typed.next() {
        Some("--lang") => typed.next(),
        Some(arg) => arg.strip_prefix("--lang="),
        None => None,
    };
    let system = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    let known = |code: &str| Lang::parse(code).ok();
    let last = || Workplace::of_account().kept(LAST_LANGUAGE);
    chosen.and_then(known).or_else(|| known(&last()?)).or_else(|| known(&system?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::base::locale::find;

    #[test]
    fn the_command_line_is_well_formed() {
        command(Lang::EN).debug_assert();
    }

    #[test]
    fn every_verb_and_argument_has_words_in_every_language() {
        for lang in Lang::ALL {
            let mut verbs = vec![("common".to_owned(), Usage::command())];
            verbs.extend(Usage::command().get_subcommands().map(|verb| (verb.get_name().to_owned(), verb.clone())));
            for (name, verb) in verbs {
                let about = if name == "common" { "patver" } else { &name };
                assert!(find(lang, &format!("cli.about.{about}"), &[]).is_some(), "cli.about.{about}");
                assert!(name == "common" || SYNTAX.iter().any(|(known, _)| *known == name), "{name}");
                for arg in verb.get_arguments() {
                    let key = format!("cli.help.{name}.{}", arg.get_id());
                    assert!(find(lang, &key, &[]).is_some(), "{key}");
                }
            }
        }
    }
}
