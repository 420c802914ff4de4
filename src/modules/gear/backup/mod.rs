//! Backups: made now or by the clock, looked through, checked by opening them, tried out, put back. The file stays in use
//! while a copy is made.

mod list;
mod place;
mod restore;

use std::path::{Path, PathBuf};

use egui::Ui;

use crate::base::error::{Error, Result};
use crate::base::locale;
use crate::base::right::Right;
use crate::domain::holdings::{self, Holdings};
use crate::engine::backup::{self, Backup, COPYING, Keeping, Kept, Reason, When};
use crate::engine::query::View;
use crate::engine::ticket::Watch;
use crate::engine::worker::Lane;
use crate::modules::gear::backup::list::{Listed, Pressed};
use crate::modules::gear::backup::place::Places;
use crate::modules::gear::backup::restore::Question;
use crate::modules::gear::{heading, lacking, page, remark};
use crate::settings::keeping;
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::error_retry_ui;
use crate::ui::loader::{Loader, Sending};
use crate::ui::progress::progress_ui;
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::tokens::space;
use crate::ui::words::{lang, say, say_with};
use crate::ui::{button, icon};

/// Tables by whose changes a backup grows old.
const COUNTED: &[&str] = &["orders", "payments", "invoices", "counterparties", "items"];

/// What is under way; one at a time.
struct UnderWay {
    making: Sending<Kept>,
    checking: Sending<Backup>,
    trying: Sending<Holdings>,
}

/// The screen of backups.
pub(super) struct Backups {
    places: Places,
    kept: Loader<Vec<Listed>>,
    under: UnderWay,
    question: Question,
}

impl Backups {
    /// The backups of the folders that are kept of this workplace, else of the one beside the company file.
    pub(super) fn new(desk: &Desk) -> Backups {
        let under = UnderWay { making: Sending::none(), checking: Sending::none(), trying: Sending::none() };
        Backups { places: Places::new(desk), kept: Loader::default(), under, question: Question::default() }
    }

    fn is_busy(&self) -> bool {
        self.watch().is_some() || self.question.is_open()
    }

    /// What is under way and can be stopped.
    fn watch(&self) -> Option<&Watch> {
        let under = &self.under;
        under.making.watch().or(under.checking.watch()).or(under.trying.watch())
    }

    /// Makes one now, also in the second folder, and lets those go that the rules of keeping no longer need.
    fn make(&mut self, desk: &Desk) {
        let Some(company) = desk.handle.path().map(Path::to_owned) else { return };
        let keeping = keeping::keeping(&desk.workplace, &company);
        let job =
            move |view: &View<'_>, watch: &_| backup::keep(view, &company, (&keeping, When::Now(Reason::Asked)), watch);
        self.under.making.put(desk.handle.read_apart(&desk.call, job));
    }

    fn check(&mut self, backup: Backup, desk: &Desk) {
        let job = move |view: &View<'_>, watch: &_| {
            view.actor().require(Right::BackupMake)?;
            Ok(Backup { manifest: backup::check(&backup.path, view.now(), watch)?, ..backup })
        };
        self.under.checking.put(desk.handle.read_apart(&desk.call, job));
    }

    /// Restores a backup beside the company file, looks whether everything in it is right, and removes it again.
    fn try_out(&mut self, path: PathBuf, desk: &Desk) {
        let Some(company) = desk.handle.path().map(Path::to_owned) else { return };
        let job = move |view: &View<'_>, watch: &_| {
            view.actor().require(Right::BackupMake)?;
            holdings::drill(&path, &company, view.now(), watch)
        };
        self.under.trying.put(desk.handle.read_apart(&desk.call, job));
    }

    fn answers(&mut self, desk: &mut Desk) {
        match self.under.making.poll() {
            Some(Ok(kept)) => {
                self.kept.forget();
                made(kept, desk);
            }
            Some(Err(error)) if error.is_cancelled() => desk.toast(Toast::done(desk.say("backups.stopped"))),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
        let checked = self.under.checking.poll();
        self.told(checked, desk, |backup, desk| {
            let (made_at, orders) = (list::moment(backup, desk), list::rows(backup, "orders"));
            let line = desk.say_with("backups.whole_orders", &[("count", &orders)]);
            Toast::done(desk.say_with("backups.whole", &[("when", &made_at)])).line(line)
        });
        let tried = self.under.trying.poll();
        self.told(tried, desk, |holdings, desk| {
            let [orders, payments] = [holdings.orders, holdings.payments].map(|count| count.to_string());
            let line = desk.say_with("backups.tried_holds", &[("orders", &orders), ("payments", &payments)]);
            Toast::done(desk.say("backups.tried")).line(line)
        });
    }

    /// Tells what came of looking into a backup, which is marked with it.
    fn told<T>(&mut self, answer: Option<Result<T>>, desk: &mut Desk, toast: impl FnOnce(&T, &Desk) -> Toast) {
        match answer {
            Some(Ok(found)) => {
                self.kept.forget();
                let toast = toast(&found, desk);
                desk.toast(toast);
            }
            Some(Err(error)) => {
                self.kept.forget();
                if !error.is_cancelled() {
                    desk.refuse(&error);
                }
            }
            None => {}
        }
    }

    fn make_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let may = desk.may(Right::BackupMake) && desk.handle.path().is_some();
        ui.horizontal_wrapped(|ui| {
            if button::primary(ui, &say(ui, "backups.make"), may && !self.is_busy()).clicked() {
                self.make(desk);
            }
            if let Some(watch) = self.watch()
                && under_way_ui(ui, watch)
            {
                watch.cancel();
            }
        });
        ui.add_space(space::XS);
        remark(ui, &say(ui, "backups.about"));
    }

    fn list_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        heading(ui, &say(ui, "backups.list"));
        let ask = || {
            let company = desk.handle.path().unwrap_or(Path::new(""));
            let keeping = keeping::keeping(&desk.workplace, company);
            desk.handle.read(Lane::Background, &desk.call, move |view, _| listed(view, &keeping))
        };
        self.kept.keep(desk.revision(COUNTED), ask);
        if let Some(error) = self.kept.error().cloned() {
            if error_retry_ui(ui, &error) {
                self.kept.forget();
            }
            return;
        }
        let busy = self.is_busy();
        let kept = self.kept.value().map_or(&[][..], Vec::as_slice);
        let pressed = list::show(ui, kept, busy, desk);
        match pressed {
            Some(Pressed::Check(backup)) => self.check(backup, desk),
            Some(Pressed::TryOut(path)) => self.try_out(path, desk),
            Some(Pressed::Restore(backup, later)) => self.question.ask((backup, Some(later)), desk),
            None => {}
        }
        ui.add_space(space::S);
        let may = desk.may(Right::BackupRestore) && desk.handle.path().is_some();
        if button::plain(ui, &say(ui, "backups.elsewhere"), may && !busy).clicked() {
            self.question.choose(ui, desk);
        }
    }
}

/// Tells of a backup that was made, and of the second folder where there is one.
fn made(kept: Kept, desk: &mut Desk) {
    let Some(made) = kept.made else { return };
    let mut toast = Toast::done(desk.say("backups.made")).line(made.path.display().to_string());
    if let Some(Ok(second)) = &kept.outside {
        toast = toast.line(second.path.display().to_string());
    }
    if kept.gone > 0 {
        toast = toast.line(desk.say_with("backups.let_go", &[("count", &kept.gone.to_string())]));
    }
    desk.toast(toast);
    if let Some(Err(error)) = kept.outside {
        desk.refuse(&error);
    }
}

/// How far a copy is: pages copied, or the share of it that was read back. Whether it is to be stopped.
pub(super) fn under_way_ui(ui: &mut Ui, watch: &Watch) -> bool {
    let (done, all) = watch.progress();
    let words = if watch.stage() == COPYING {
        let [done, all] = [done, all].map(|count| locale::number(lang(ui), &count.to_string()));
        say_with(ui, "backups.copying", &[("done", &done), ("all", &all)])
    } else {
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or_default();
        say_with(ui, "backups.reading_back", &[("percent", &percent.to_string())])
    };
    progress_ui(ui, (done, all), &words);
    ui.label(&words);
    button::plain(ui, &say(ui, "backups.stop"), true).clicked()
}

/// The backups of both folders, newest first; a second folder that is not there has none.
fn listed(view: &View<'_>, keeping: &Keeping) -> Result<Vec<Listed>> {
    let mut all = Vec::new();
    for (folder, outside) in [(Some(&keeping.folder), false), (keeping.second.as_ref(), true)] {
        for backup in folder.map_or_else(|| Ok(Vec::new()), |folder| backup::list_of(view, folder))? {
            all.push(Listed { later: backup::entries_since(view, &backup.manifest)?, backup, outside });
        }
    }
    all.sort_by_key(|listed| std::cmp::Reverse(listed.backup.manifest.made_at));
    Ok(all)
}

impl Screen for Backups {
    fn place(&self) -> Place {
        Place::only("backups")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("backups.title")
    }

    fn icon(&self) -> &'static str {
        icon::HARD_DRIVE
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let title = say(ui, "backups.title");
        let lacking = lacking(desk, [Right::BackupMake, Right::BackupRestore]);
        page(ui, (icon::HARD_DRIVE, &title), &lacking, |ui| {
            if desk.handle.path().is_none() {
                remark(ui, &Error::rejected("error.backup.no_file").message(desk.lang));
                return;
            }
            self.make_ui(ui, desk);
            ui.add_space(space::XL);
            self.list_ui(ui, desk);
            ui.add_space(space::L);
            heading(ui, &say(ui, "backups.keeping"));
            if self.places.ui(ui, desk) {
                self.kept.forget();
            }
            ui.add_space(space::L);
            heading(ui, &say(ui, "training.title"));
            if ui.link(say(ui, "training.way")).clicked() {
                desk.wish(Wish::Open(Place::only("training")));
            }
        });
        self.answers(desk);
        self.question.ui(ui, desk);
    }

    fn modal(&self) -> bool {
        self.question.is_asking()
    }
}
