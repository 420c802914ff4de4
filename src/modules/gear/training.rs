//! The company to practise on: made as a copy of the real one, opened, begun again, and left for the real one.

use std::path::{Path, PathBuf};

use egui::{Id, Ui};

use crate::base::error::Error;
use crate::base::right::Right;
use crate::base::unreal::Unreal;
use crate::engine::backup;
use crate::engine::query::View;
use crate::engine::worker::Lane;
use crate::modules::gear::backup::under_way_ui;
use crate::modules::gear::{lacking, page, remark};
use crate::ui::button;
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::{Dialog, Given};
use crate::ui::icon;
use crate::ui::loader::{Loader, Sending};
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::tokens::space;
use crate::ui::words::say;

/// The screen of the company to practise on.
#[derive(Default)]
pub(super) struct Training {
    made: Loader<bool>,
    making: Sending<PathBuf>,
    /// Whether it is asked if what was practised may be lost.
    asking: bool,
}

impl Training {
    fn inside(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let Some(here) = desk.handle.path().map(Path::to_owned) else {
            return remark(ui, &Error::rejected("error.backup.no_file").message(desk.lang));
        };
        match desk.house.unreal {
            Some(Unreal::Training) => leave_ui(ui, &here, desk),
            Some(Unreal::Demo) => remark(ui, &say(ui, "training.of_demo")),
            None => self.begin_ui(ui, &here, desk),
        }
    }

    /// The way there, from the real company.
    fn begin_ui(&mut self, ui: &mut Ui, company: &Path, desk: &mut Desk) {
        let copy = backup::training_file(company);
        let look = copy.clone();
        let ask = || desk.handle.read(Lane::Background, &desk.call, move |_, _| Ok(look.is_file()));
        let made = self.made.keep(0, ask).copied().unwrap_or_default();
        remark(ui, &say(ui, "training.about"));
        ui.add_space(space::S);
        if let Some(watch) = self.making.watch() {
            if under_way_ui(ui, watch) {
                watch.cancel();
            }
            return;
        }
        let may = desk.may(Right::BackupMake);
        ui.horizontal_wrapped(|ui| {
            if made && button::primary(ui, &say(ui, "training.open"), true).clicked() {
                desk.wish(Wish::OpenFile(copy));
            }
            let begin = if made {
                button::plain(ui, &say(ui, "training.again"), may)
            } else {
                button::primary(ui, &say(ui, "training.begin"), may)
            };
            if begin.clicked() {
                if made { self.asking = true } else { self.begin((company.to_owned(), false), desk) }
            }
        });
        if made {
            ui.add_space(space::XS);
            remark(ui, &say(ui, "training.again_about"));
        }
    }

    /// Asks before what was practised is lost.
    fn asking_ui(&mut self, ui: &Ui, desk: &Desk) {
        if !self.asking {
            return;
        }
        let (title, again, back) = (say(ui, "training.again"), say(ui, "training.again"), say(ui, "dialog.cancel"));
        let dialog = Dialog::new(Id::unique("training-again"), &title).destroy(&again, true).back(&back);
        let shown = dialog.show(ui, |ui| ui.label(say(ui, "training.again_about")));
        if let Some(given) = shown.given {
            self.asking = false;
            if let (Given::Destroyed, Some(company)) = (given, desk.handle.path()) {
                self.begin((company.to_owned(), true), desk);
            }
        }
    }

    fn begin(&mut self, (company, confirmed): (PathBuf, bool), desk: &Desk) {
        let job = move |view: &View<'_>, watch: &_| backup::practise(view, (&company, confirmed), watch);
        self.making.put(desk.handle.read_apart(&desk.call, job));
    }

    /// A copy that is whole is opened.
    fn answer(&mut self, desk: &mut Desk) {
        match self.making.poll() {
            Some(Ok(copy)) => desk.wish(Wish::OpenFile(copy)),
            Some(Err(error)) if error.is_cancelled() => desk.toast(Toast::done(desk.say("training.stopped"))),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }
}

/// The way back, from the company to practise on.
fn leave_ui(ui: &mut Ui, here: &Path, desk: &mut Desk) {
    remark(ui, &say(ui, "training.here"));
    ui.add_space(space::S);
    let real = backup::real_file(here);
    if button::primary(ui, &say(ui, "training.leave"), real.is_some()).clicked()
        && let Some(real) = &real
    {
        desk.wish(Wish::OpenFile(real.clone()));
    }
    if real.is_none() {
        ui.add_space(space::XS);
        remark(ui, &say(ui, "training.lost"));
    }
}

impl Screen for Training {
    fn place(&self) -> Place {
        Place::only("training")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("training.title")
    }

    fn icon(&self) -> &'static str {
        icon::COPY
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let title = say(ui, "training.title");
        let lacking = lacking(desk, [Right::BackupMake]);
        page(ui, (icon::COPY, &title), &lacking, |ui| self.inside(ui, desk));
        self.asking_ui(ui, desk);
        self.answer(desk);
    }

    fn modal(&self) -> bool {
        self.asking
    }
}
