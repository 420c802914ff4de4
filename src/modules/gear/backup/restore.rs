//! The question before a backup takes the place of the company file: what is left out, and where the file of now goes.

use std::path::PathBuf;

use egui::{Id, Label, Ui};

use crate::base::right::Right;
use crate::engine::backup::{self, Backup, Permit};
use crate::engine::query::View;
use crate::engine::ticket::Watch;
use crate::engine::worker::Lane;
use crate::modules::gear::backup::list;
use crate::platform::{Chooser, Question as Asked};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::{Dialog, Given};
use crate::ui::loader::Sending;
use crate::ui::tokens::space;
use crate::ui::words::{say, say_with};

/// A backup that may be put back.
pub(super) struct Question {
    chooser: Chooser,
    looking: Sending<(Backup, Option<i64>)>,
    asked: Option<(Backup, Option<i64>)>,
    permit: Sending<Permit>,
}

impl Default for Question {
    fn default() -> Question {
        let (looking, permit) = (Sending::none(), Sending::none());
        Question { chooser: Chooser::default(), looking, asked: None, permit }
    }
}

impl Question {
    /// Whether something is on its way.
    pub(super) fn is_open(&self) -> bool {
        self.asked.is_some() || self.looking.is_under_way()
    }

    /// Whether the dialog is open.
    pub(super) fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    /// Asks about a backup; how many changes came after it, where it is of this company.
    pub(super) fn ask(&mut self, backup: Backup, later: Option<i64>) {
        self.asked = Some((backup, later));
    }

    /// Lets a backup be chosen that stands elsewhere.
    pub(super) fn choose(&mut self, ui: &Ui, desk: &mut Desk) {
        let question = Asked::open().kind(say(ui, "window.backup"), vec![backup::EXTENSION]);
        desk.choose(ui.ctx(), &mut self.chooser, question);
    }

    /// Draws the question and takes answers.
    pub(super) fn ui(&mut self, ui: &Ui, desk: &mut Desk) {
        if let Some(path) = self.chooser.poll() {
            self.looking.put(desk.handle.read_apart(&desk.call, move |view, watch| look(view, path, watch)));
        }
        match self.looking.poll() {
            Some(Ok((backup, later))) => self.ask(backup, later),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
        self.dialog_ui(ui, desk);
        match self.permit.poll() {
            Some(Ok(permit)) => {
                if let Some((backup, _)) = self.asked.take() {
                    desk.wish(Wish::Restore(backup.path, permit));
                }
            }
            Some(Err(error)) => {
                self.asked = None;
                desk.refuse(&error);
            }
            None => {}
        }
    }

    fn dialog_ui(&mut self, ui: &Ui, desk: &Desk) {
        let Some((backup, later)) = &self.asked else { return };
        let when = list::moment(backup, desk);
        let title = say_with(ui, "backups.restore_title", &[("when", &when)]);
        let (restore, back) = (say(ui, "backups.restore_now"), say(ui, "dialog.cancel"));
        let free = !self.permit.is_under_way();
        let id = Id::unique("restore");
        let dialog = Dialog::new(id, &title).width(560.0).destroy(&restore, free).back(&back);
        // Enter alone must not put anything back.
        let shown = dialog.focus(id.with("back")).show(ui, |ui| {
            let lost = match later {
                Some(later) => say_with(ui, "backups.lost", &[("count", &later.to_string())]),
                None => say(ui, "backups.lost_other"),
            };
            for text in [lost, say(ui, "backups.aside"), say(ui, "backups.alone")] {
                ui.add(Label::new(text).wrap());
                ui.add_space(space::S);
            }
        });
        match shown.given {
            Some(Given::Destroyed) => {
                let ask = |view: &View<'_>, _: &_| Permit::of(view);
                self.permit.put(desk.handle.read(Lane::Interactive, &desk.call, ask));
            }
            Some(_) => self.asked = None,
            None => {}
        }
    }
}

/// Opens a copy and checks it before anybody is asked about it.
fn look(view: &View<'_>, path: PathBuf, watch: &Watch) -> crate::base::error::Result<(Backup, Option<i64>)> {
    view.actor().require(Right::BackupRestore)?;
    let manifest = backup::verify(&path, watch)?;
    let ours = backup::is_of(view, &manifest)?;
    let later = ours.then(|| backup::entries_since(view, &manifest)).transpose()?;
    Ok((Backup { path, manifest }, later))
}
