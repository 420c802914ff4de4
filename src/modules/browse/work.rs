//! What changes a row of a list from where it stands: removed, switched off and on, taken back with a reason.

use egui::Ui;
use serde_json::{Value as Json, json};

use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::engine::store::Done;
use crate::modules::browse::{Catalogue, action};
use crate::modules::saving::told_done;
use crate::ui::action::Offer;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dispatch, Reason, reason};
use crate::ui::list::plain;
use crate::ui::toast::Toast;
use crate::ui::words::{say, say_with};

/// Who may add and change rows, and by which commands.
#[derive(Clone, Copy)]
pub(crate) struct Edits {
    /// The right.
    pub need: Right,
    /// Whether rows are added here.
    pub adds: bool,
    /// The command that saves a row: with `active`, it is switched off and on.
    pub save: &'static str,
    /// The field by which that command finds the row.
    pub known_by: &'static str,
    /// The command that removes a row; empty where none is removed.
    pub remove: &'static str,
    /// Whether rows are switched off and on.
    pub switches: bool,
}

/// How a document is taken back.
#[derive(Clone, Copy)]
pub(crate) struct Voids {
    /// The right.
    pub need: Right,
    /// The command; it takes the id and a reason.
    pub command: &'static str,
    /// The argument that takes the id.
    pub argument: &'static str,
    /// Key of the question for the reason, with the number.
    pub title: &'static str,
    /// Whether a row can be taken back.
    pub stands: fn(&Json) -> bool,
}

/// What is being done.
#[derive(Default)]
pub(crate) struct Work {
    sending: Dispatch,
    doing: Option<Doing>,
    reason: Option<(Json, Reason)>,
}

struct Doing {
    row: Json,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Remove,
    // Instead of removing what is used.
    Spare,
    SwitchOff,
    SwitchOn,
    Void,
}

fn is_active(row: &Json) -> bool {
    row.get("active").and_then(Json::as_bool) != Some(false)
}

impl Work {
    /// Whether a dialog of its own is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.reason.is_some() || self.sending.is_asking()
    }

    /// What can be done with a row.
    pub(crate) fn offers(&self, spec: &Catalogue, row: Option<&Json>, desk: &Desk) -> Vec<Offer> {
        let mut offers = Vec::new();
        let free = !self.sending.is_busy();
        if let Some(edits) = spec.edits.as_ref().filter(|edits| desk.may(edits.need)) {
            if edits.switches {
                let active = row.is_none_or(is_active);
                let switch = if active { &action::SWITCH_OFF } else { &action::SWITCH_ON };
                offers.push(switch.offer(free && row.is_some()));
            }
            if !edits.remove.is_empty() {
                offers.push(action::REMOVE.offer(free && row.is_some()));
            }
        }
        if let Some(voids) = spec.voids.as_ref().filter(|voids| desk.may(voids.need)) {
            offers.push(action::VOID.offer(free && row.is_some_and(voids.stands)));
        }
        offers
    }

    /// Begins what an action does with a row.
    pub(crate) fn begin(&mut self, id: &'static str, spec: &Catalogue, row: &Json, desk: &Desk) {
        if id == action::VOID.id {
            self.reason = Some((row.clone(), Reason::default()));
            return;
        }
        let Some(edits) = &spec.edits else { return };
        let change = |active| switched(edits, row, active);
        let (what, command, arguments) = if id == action::REMOVE.id {
            (What::Remove, edits.remove, json!({"id": row.get("id"), "version": row.get("version")}))
        } else if id == action::SWITCH_OFF.id {
            (What::SwitchOff, edits.save, change(false))
        } else if id == action::SWITCH_ON.id {
            (What::SwitchOn, edits.save, change(true))
        } else {
            return;
        };
        self.send(desk, Doing { row: row.clone(), what }, command, arguments);
    }

    fn send(&mut self, desk: &Desk, doing: Doing, command: &'static str, arguments: Json) {
        if !self.sending.is_busy() {
            self.sending.send(desk, command, arguments);
            self.doing = Some(doing);
        }
    }

    /// Asks what is to be asked, takes answers and tells of them.
    pub(crate) fn ui(&mut self, ui: &Ui, spec: &Catalogue, desk: &mut Desk) {
        self.reason_ui(ui, spec, desk);
        let Some(answer) = self.sending.ui(ui, desk) else { return };
        let Some(doing) = self.doing.take() else { return };
        self.tell(spec, doing, answer, desk);
    }

    fn reason_ui(&mut self, ui: &Ui, spec: &Catalogue, desk: &Desk) {
        let (Some((row, typed)), Some(voids)) = (&mut self.reason, &spec.voids) else { return };
        let title = say_with(ui, voids.title, &[("number", &plain(row, spec.called))]);
        let Some(given) = reason(ui, &title, &say(ui, action::VOID.text), typed) else { return };
        let row = row.clone();
        self.reason = None;
        if let Some(reason) = given {
            let mut arguments = json!({"reason": reason});
            if let Json::Object(fields) = &mut arguments {
                fields.insert(voids.argument.to_owned(), row.get("id").cloned().unwrap_or_default());
            }
            self.send(desk, Doing { row, what: What::Void }, voids.command, arguments);
        }
    }

    fn tell(&mut self, spec: &Catalogue, doing: Doing, answer: Result<Done<Json>>, desk: &mut Desk) {
        let name = plain(&doing.row, spec.called);
        let done = match answer {
            Ok(done) => done,
            Err(error) => {
                self.refused(spec, doing, &error, desk);
                return;
            }
        };
        let key = match doing.what {
            What::Remove => "browse.removed",
            What::Spare => "browse.spared",
            What::SwitchOff => "browse.switched_off",
            What::SwitchOn => "browse.switched_on",
            What::Void => "browse.voided",
        };
        let text = desk.say_with(key, &[("name", &name)]);
        let changed = spec.edits.as_ref().filter(|_| doing.what != What::Void);
        let command = |edits: &Edits| if doing.what == What::Remove { edits.remove } else { edits.save };
        desk.toast(
            changed
                .map_or_else(|| Toast::done(text.clone()), |edits| told_done(text.clone(), (command(edits), done.seq))),
        );
    }

    /// What is used somewhere is switched off instead of being removed.
    fn refused(&mut self, spec: &Catalogue, doing: Doing, error: &Error, desk: &mut Desk) {
        let spares = spec.edits.as_ref().filter(|edits| edits.switches && is_active(&doing.row));
        match spares {
            Some(edits) if doing.what == What::Remove && error.key() == "error.used_elsewhere" => {
                let row = doing.row;
                let change = switched(edits, &row, false);
                self.send(desk, Doing { row, what: What::Spare }, edits.save, change);
            }
            _ => desk.refuse(error),
        }
    }
}

/// What a row is saved with to be offered or not.
fn switched(edits: &Edits, row: &Json, active: bool) -> Json {
    let mut change = json!({"version": row.get("version"), "active": active});
    if let (Json::Object(fields), Some(key)) = (&mut change, row.get(edits.known_by)) {
        fields.insert(edits.known_by.to_owned(), key.clone());
    }
    change
}
