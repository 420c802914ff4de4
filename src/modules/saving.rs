//! Saving a record from a form: sent with the version it was read at, questions asked, both values shown where they met.

use egui::Ui;
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::locale::Lang;
use crate::base::nested;
use crate::domain::BUSINESS;
use crate::engine::command::Undo;
use crate::engine::store::Done;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dispatch, Kept, conflict, failure};
use crate::ui::form::{FieldKind, FieldSpec, Form, Section};
use crate::ui::list::plain;
use crate::ui::loader::Loader;
use crate::ui::toast::{Offered, Toast};

/// Where a form is saved to.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// The query that tells the record as it stands now.
    pub query: &'static str,
    /// Whether that query takes an id; else it tells every record.
    pub by_id: bool,
    /// The field by which a record is known among all.
    pub known_by: &'static str,
    /// The command.
    pub save: &'static str,
    /// The fields.
    pub sections: &'static [Section],
    /// Records that references make on the spot.
    pub creates: &'static [Creates],
}

/// A record that a reference makes on the spot.
pub(crate) struct Creates {
    /// The key of the reference.
    pub key: &'static str,
    /// The command; it takes a name.
    pub command: &'static str,
}

/// The message that something is done; with a way back where the command has one.
pub(crate) fn told_done(text: String, (command, seq): (&str, i64)) -> Toast {
    let lasting = BUSINESS.command(command).is_ok_and(|entry| entry.undo == Undo::Never);
    let toast = Toast::done(text);
    if lasting { toast } else { toast.offer(Offered::Undo(seq)) }
}

/// What became of a save.
pub(crate) enum Saved {
    /// It is durable.
    Done {
        /// The record's id.
        id: i64,
        /// Its version.
        version: i64,
        /// The number in the journal.
        seq: i64,
        /// Whether the tab is to close.
        then_close: bool,
    },
    /// Somebody else's values are taken.
    TakeTheirs,
    /// It was refused; the form says why.
    Refused,
}

/// A save on its way.
#[derive(Default)]
pub(crate) struct Saving {
    sending: Dispatch,
    sent: Option<Sent>,
    met: Option<Met>,
    broken: Option<Error>,
    creating: Dispatch,
    created: Option<(&'static str, String)>,
}

struct Sent {
    arguments: Json,
    then_close: bool,
}

/// Two versions that met.
struct Met {
    error: Error,
    theirs: Loader<Vec<Json>>,
    sent: Sent,
}

impl Saving {
    /// Whether an answer is awaited.
    pub(crate) fn is_busy(&self) -> bool {
        self.sending.is_busy() || self.met.is_some()
    }

    /// Whether a dialog is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.sending.is_asking() || self.creating.is_asking() || self.met.is_some() || self.broken.is_some()
    }

    /// Sends what a form says.
    pub(crate) fn send(&mut self, target: &Target, arguments: Json, then_close: bool, desk: &Desk) {
        if !self.is_busy() {
            self.sending.send(desk, target.save, arguments.clone());
            self.sent = Some(Sent { arguments, then_close });
        }
    }

    /// Makes a record for a reference.
    pub(crate) fn create(&mut self, target: &Target, key: &'static str, name: &str, desk: &Desk) {
        let creates = target.creates.iter().find(|creates| creates.key == key);
        if let Some(creates) = creates.filter(|_| !self.creating.is_busy() && !name.trim().is_empty()) {
            self.creating.send(desk, creates.command, json!({"name": name.trim()}));
            self.created = Some((key, name.trim().to_owned()));
        }
    }

    /// Takes answers, asks what is to be asked; what became of the save, once.
    pub(crate) fn ui(&mut self, ui: &Ui, (target, form): (&Target, &mut Form), desk: &mut Desk) -> Option<Saved> {
        self.creating_ui(ui, form, desk);
        self.broken_ui(ui);
        if let Some(kept) = self.met_ui(ui, target, desk) {
            return kept;
        }
        let answer = self.sending.ui(ui, desk);
        if answer.is_none() && !self.sending.is_busy() && self.sent.take().is_some() {
            // The question was answered with no.
            return Some(Saved::Refused);
        }
        match answer? {
            Ok(done) => Some(self.done(&done)),
            Err(error) => self.refused(error, form, target, desk),
        }
    }

    fn done(&mut self, done: &Done<Json>) -> Saved {
        let then_close = self.sent.take().is_some_and(|sent| sent.then_close);
        let part = |name| done.output.get(name).and_then(Json::as_i64).unwrap_or_default();
        Saved::Done { id: part("id"), version: part("version"), seq: done.seq, then_close }
    }

    fn refused(&mut self, error: Error, form: &mut Form, target: &Target, desk: &Desk) -> Option<Saved> {
        let sent = self.sent.take()?;
        match &error {
            Error::Conflict(_) => {
                let id = sent.arguments.get("id").cloned().unwrap_or_default();
                let mut theirs = Loader::default();
                let which = if target.by_id { json!({ "id": id }) } else { json!({}) };
                theirs.keep(0, || desk.handle.ask_json(Lane::Interactive, &desk.call, target.query, which));
                self.met = Some(Met { error, theirs, sent });
                return None;
            }
            Error::Failure(_) => self.broken = Some(error),
            Error::Rejected(_) | Error::NeedsConfirmation(_) => form.fail(&error),
        }
        Some(Saved::Refused)
    }

    fn broken_ui(&mut self, ui: &Ui) {
        if let Some(error) = &self.broken
            && failure(ui, error)
        {
            self.broken = None;
        }
    }

    /// Shows both values and sends what was chosen. The outer is none while there is nothing to say.
    #[expect(clippy::option_option, reason = "whether two versions met, and then what became of the save")]
    fn met_ui(&mut self, ui: &Ui, target: &Target, desk: &Desk) -> Option<Option<Saved>> {
        let met = self.met.as_mut()?;
        met.theirs.poll();
        let known = met.sent.arguments.get(target.known_by);
        let is_it = |row: &&Json| row.get(target.known_by) == known;
        let Some(theirs) = met.theirs.value().and_then(|rows| rows.iter().find(is_it)) else {
            if let Some(error) = met.theirs.error().cloned() {
                self.met = None;
                self.broken = Some(error);
                return Some(Some(Saved::Refused));
            }
            return Some(None);
        };
        let differences = differences(target, (&met.sent.arguments, theirs), desk);
        let kept = conflict(ui, &met.error, &differences)?;
        let version = theirs.get("version").cloned().unwrap_or_default();
        let mut sent = self.met.take()?.sent;
        Some(match kept {
            Kept::Mine => {
                if let Json::Object(fields) = &mut sent.arguments {
                    fields.insert("version".to_owned(), version);
                }
                self.sending.send(desk, target.save, sent.arguments.clone());
                self.sent = Some(sent);
                None
            }
            Kept::Theirs => Some(Saved::TakeTheirs),
            Kept::Neither => Some(Saved::Refused),
        })
    }

    fn creating_ui(&mut self, ui: &Ui, form: &mut Form, desk: &mut Desk) {
        let Some(answer) = self.creating.ui(ui, desk) else { return };
        let Some((key, name)) = self.created.take() else { return };
        match answer {
            Ok(_) => form.choose(key, &json!(name), &name),
            Err(error) => {
                let line = error.next_step(desk.lang).unwrap_or_default();
                desk.toast(Toast::failed(error.message(desk.lang)).line(line));
            }
        }
    }
}

/// The values that were typed here beside those that stand in the file now.
fn differences(target: &Target, (mine, theirs): (&Json, &Json), desk: &Desk) -> Vec<(String, String, String)> {
    let fields = target.sections.iter().flat_map(|section| section.fields);
    let differ = |field: &&FieldSpec| {
        nested::at(mine, field.key).is_some() && shown(mine, field, desk) != shown(theirs, field, desk)
    };
    let told = |field: &FieldSpec| (desk.say(field.label), shown(mine, field, desk), shown(theirs, field, desk));
    fields.filter(differ).map(told).collect()
}

/// A value as a person reads it.
fn shown(object: &Json, field: &FieldSpec, desk: &Desk) -> String {
    match (nested::at(object, field.key), field.kind) {
        (Some(Json::Bool(on)), _) => desk.say(if *on { "field.yes" } else { "field.no" }),
        (Some(Json::Array(several)), _) => {
            let part = |entry: &Json| match entry {
                Json::Object(parts) => parts.values().find_map(Json::as_str).unwrap_or_default().to_owned(),
                other => plain(&json!({ "entry": other }), "entry"),
            };
            several.iter().map(part).collect::<Vec<_>>().join(", ")
        }
        (Some(value), FieldKind::Choice(choices)) => {
            let key = choices.iter().find(|(code, _)| value.as_str() == Some(code));
            key.map_or_else(|| plain(object, field.key), |(_, key)| desk.say(key))
        }
        (
            Some(_),
            FieldKind::Amount
            | FieldKind::Balance
            | FieldKind::Price(_)
            | FieldKind::Quantity
            | FieldKind::Decimal
            | FieldKind::Percent,
        ) => number(desk.lang, &plain(object, field.key)),
        _ => plain(object, field.key),
    }
}

fn number(lang: Lang, plain: &str) -> String {
    if plain.is_empty() { String::new() } else { crate::base::locale::number(lang, plain) }
}
