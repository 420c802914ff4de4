//! The question before a backup takes the place of the company file: what is left out, and where the file of now goes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui::{Grid, Id, Label, Ui};

use crate::base::error::Result;
use crate::base::locale;
use crate::base::right::Right;
use crate::domain::holdings::Holdings;
use crate::engine::backup::{self, Backup, Mark, Permit};
use crate::engine::query::View;
use crate::engine::ticket::Watch;
use crate::engine::worker::Lane;
use crate::modules::gear::backup::list;
use crate::modules::gear::strong;
use crate::platform::{self, Chooser};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::{Dialog, Given};
use crate::ui::list::money;
use crate::ui::loader::Sending;
use crate::ui::tokens::space;
use crate::ui::words::{say, say_with};

/// What a backup holds, where it can be counted, beside what the company holds now.
type Difference = (Option<Holdings>, Holdings);

/// A backup that may be put back; how many changes came after it, where it is of this company.
type Asked = (Backup, Option<i64>);

/// The way to a backup that is put back.
#[derive(Default)]
pub(super) struct Question {
    chooser: Chooser,
    looking: Sending<Asked>,
    asked: Option<Asked>,
    comparing: Sending<Difference>,
    difference: Option<Difference>,
    permit: Sending<Permit>,
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

    /// Asks about a backup, and counts what is in it and what is here.
    pub(super) fn ask(&mut self, (backup, later): Asked, desk: &Desk) {
        let path = backup.path.clone();
        self.difference = None;
        self.comparing.put(desk.handle.read_apart(&desk.call, move |view: &View<'_>, _: &_| compare(view, &path)));
        self.asked = Some((backup, later));
    }

    /// Lets a backup be chosen that stands elsewhere.
    pub(super) fn choose(&mut self, ui: &Ui, desk: &mut Desk) {
        let question = platform::Question::open().kind(say(ui, "window.backup"), vec![backup::EXTENSION]);
        desk.choose(ui.ctx(), &mut self.chooser, question);
    }

    /// Draws the question and takes answers.
    pub(super) fn ui(&mut self, ui: &Ui, desk: &mut Desk) {
        if let Some(path) = self.chooser.poll() {
            self.looking.put(desk.handle.read_apart(&desk.call, move |view, watch| look(view, path, watch)));
        }
        match self.looking.poll() {
            Some(Ok(asked)) => self.ask(asked, desk),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
        match self.comparing.poll() {
            Some(Ok(difference)) => self.difference = Some(difference),
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
        // Nobody agrees to what was not shown yet.
        let free = !self.permit.is_under_way() && self.difference.is_some();
        let id = Id::unique("restore");
        let dialog = Dialog::new(id, &title).width(560.0).destroy(&restore, free).back(&back);
        // Enter alone must not put anything back.
        let shown = dialog.focus(id.with("back")).show(ui, |ui| {
            let lost = match later {
                Some(later) => say_with(ui, "backups.lost", &[("count", &later.to_string())]),
                None => say(ui, "backups.lost_other"),
            };
            if let Some(difference) = &self.difference {
                difference_ui(ui, difference, desk);
                ui.add_space(space::S);
            }
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
fn look(view: &View<'_>, path: PathBuf, watch: &Watch) -> Result<Asked> {
    view.actor().require(Right::BackupRestore)?;
    let manifest = backup::check(&path, view.now(), watch)?;
    let ours = backup::is_of(view, &manifest)?;
    let later = ours.then(|| backup::entries_since(view, &manifest)).transpose()?;
    let mark = Mark { at: view.now(), whole: true };
    Ok((Backup { path, manifest, mark }, later))
}

fn compare(view: &View<'_>, backup: &Path) -> Result<Difference> {
    view.actor().require(Right::BackupRestore)?;
    // One that a program of another age made is restored all the same; only its figures are not told.
    Ok((Holdings::in_backup(backup).ok(), Holdings::of(view)?))
}

/// What is counted then and now, the amounts by currency.
fn difference_ui(ui: &mut Ui, (then, now): &Difference, desk: &Desk) {
    let count = |holdings: &Holdings| [holdings.orders, holdings.payments, holdings.invoices, holdings.customers];
    let names = ["backups.orders", "backups.payments", "backups.invoices", "backups.customers"];
    let counted = |of: Option<[i64; 4]>, at: usize| match of.and_then(|all| all.get(at).copied()) {
        Some(count) => locale::number(desk.lang, &count.to_string()),
        None => UNKNOWN.to_owned(),
    };
    Grid::new("difference").num_columns(3).striped(true).spacing([space::XL, space::XS]).show(ui, |ui| {
        for title in ["", "backups.in_backup", "backups.in_company"] {
            let words = if title.is_empty() { String::new() } else { say(ui, title) };
            strong(ui, &words);
        }
        ui.end_row();
        for (at, name) in names.into_iter().enumerate() {
            ui.label(say(ui, name));
            ui.label(counted(then.as_ref().map(count), at));
            ui.label(counted(Some(count(now)), at));
            ui.end_row();
        }
        let sums = |of: &Holdings| [amounts(&of.ordered, desk), amounts(&of.paid, desk)];
        let before = then.as_ref().map_or_else(|| [UNKNOWN.to_owned(), UNKNOWN.to_owned()], sums);
        for ((name, then), now) in ["backups.ordered", "backups.paid"].iter().zip(before).zip(sums(now)) {
            ui.label(say(ui, name));
            ui.label(then);
            ui.label(now);
            ui.end_row();
        }
    });
}

/// Amounts by currency.
type Sums = BTreeMap<String, String>;

const UNKNOWN: &str = "\u{2013}";

fn amounts(sums: &Sums, desk: &Desk) -> String {
    let written = sums.iter().map(|(code, amount)| money(amount, code, desk));
    let all = written.collect::<Vec<_>>().join(" \u{b7} ");
    if all.is_empty() { UNKNOWN.to_owned() } else { all }
}
