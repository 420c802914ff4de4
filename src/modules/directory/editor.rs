//! The dialog for one row of a catalogue: added, changed, or only looked at.

use egui::{Id, Ui};
use serde_json::Value as Json;

use crate::base::shipped;
use crate::directories::Directory;
use crate::modules::saving::{Saved, Saving, Target, told_done};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given};
use crate::ui::form::{Form, FormEvent, Section};
use crate::ui::list::plain;
use crate::ui::words::say;

/// So many fields stand below each other; more stand in two columns.
const FEW: usize = 5;
const NARROW: f32 = 520.0;
const WIDE: f32 = 760.0;

/// The dialog.
pub(crate) struct Editor {
    directory: &'static Directory,
    form: Form,
    is_new: bool,
    called: String,
    may: bool,
    saving: Saving,
    added: Option<(i64, String)>,
}

impl Editor {
    /// For a row that is added.
    pub(crate) fn fresh(directory: &'static Directory, desk: &Desk) -> Editor {
        let object = (directory.fresh)(desk);
        let form = Form::new(id(directory), directory.sections, &object, desk);
        Editor::over(directory, form, None, desk)
    }

    /// For a row that is there.
    pub(crate) fn of(directory: &'static Directory, row: &Json, desk: &Desk) -> Editor {
        let called = shipped::named(desk.lang, directory.list.query, &plain(row, directory.called));
        let mut row = row.clone();
        if let Some(name) = row.get_mut(directory.called).filter(|name| name.is_string()) {
            *name = Json::from(called.as_str());
        }
        let form = Form::new(id(directory), directory.changing, &row, desk).keep(directory.keep);
        Editor::over(directory, form, Some(called), desk)
    }

    fn over(directory: &'static Directory, form: Form, called: Option<String>, desk: &Desk) -> Editor {
        let may = desk.may(directory.edit);
        let mut form = form.read_only(!may);
        form.focus_first();
        let (is_new, called) = (called.is_none(), called.unwrap_or_default());
        Editor { directory, form, is_new, called, may, saving: Saving::default(), added: None }
    }

    fn sections(&self) -> &'static [Section] {
        if self.is_new { self.directory.sections } else { self.directory.changing }
    }

    fn fields(&self) -> usize {
        self.sections().iter().map(|section| section.fields.len()).sum()
    }

    fn target(&self) -> Target {
        let Directory { save, known_by, .. } = *self.directory;
        let query = self.directory.list.query;
        Target { query, by_id: false, known_by, save, sections: self.sections(), creates: &[] }
    }

    /// The row that was added by it, with its name, once.
    pub(crate) fn added(&mut self) -> Option<(i64, String)> {
        self.added.take()
    }

    /// Draws it; whether it is done.
    pub(crate) fn ui(&mut self, ui: &Ui, desk: &mut Desk) -> bool {
        let title = if self.is_new { say(ui, self.directory.new) } else { self.called.clone() };
        let (save, back) = (say(ui, "record.save"), say(ui, "dialog.cancel"));
        let width = if self.fields() > FEW { WIDE } else { NARROW };
        let mut dialog = Dialog::new(id(self.directory).with("dialog"), &title).width(width).back(&back);
        if self.may {
            dialog = dialog.accept(&save, !self.saving.is_busy());
        }
        let form = &mut self.form;
        let shown = dialog.show(ui, |ui| form.ui(ui, desk));
        let submitted = shown.inner.contains(&FormEvent::Submitted);
        if (shown.given == Some(Given::Accepted) || submitted) && self.form.check() {
            let target = self.target();
            self.saving.send(&target, self.form.value(), false, desk);
        }
        let target = self.target();
        let saved = self.saving.ui(ui, (&target, &mut self.form), desk);
        match saved {
            Some(Saved::Done { id, seq, .. }) => {
                let name = self.form.read(self.directory.called);
                self.added = self.is_new.then(|| (id, name.clone()));
                let text = desk.say_with("record.saved", &[("name", &name)]);
                desk.toast(told_done(text, (self.directory.save, seq)));
                true
            }
            Some(Saved::TakeTheirs) => true,
            Some(Saved::Refused) | None => shown.given == Some(Given::Closed),
        }
    }
}

fn id(directory: &Directory) -> Id {
    Id::unique(("directory", directory.kind))
}
