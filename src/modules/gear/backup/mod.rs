//! Backups: made now, looked through, checked by opening them, put back. The file stays in use while a copy is made.

mod list;
mod restore;

use std::path::{Path, PathBuf};

use egui::{Id, Ui};

use crate::base::error::{Error, Result};
use crate::base::locale;
use crate::base::right::Right;
use crate::engine::backup::{self, Backup, COPYING, Reason};
use crate::engine::query::View;
use crate::engine::ticket::Watch;
use crate::engine::worker::Lane;
use crate::modules::gear::backup::list::Pressed;
use crate::modules::gear::backup::restore::Question;
use crate::modules::gear::{Needed, heading, page, remark};
use crate::platform::{self, Chooser};
use crate::ui::desk::Desk;
use crate::ui::dialog::error_retry_ui;
use crate::ui::field::{Enter, Field, text_field};
use crate::ui::loader::{Loader, Sending};
use crate::ui::progress::progress_ui;
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::tokens::space;
use crate::ui::words::{lang, say, say_with};
use crate::ui::{button, icon};

/// What is kept of where backups go, and how many gigabytes their copies take at most.
const FOLDER: &str = "backup-folder";
const GIGABYTES: &str = "backup-gigabytes";
const GIGABYTE: u64 = 1_000_000_000;
const WIDTH: f32 = 460.0;

/// A backup with what a restore would leave out.
struct Kept {
    backup: Backup,
    later: i64,
}

/// The screen of backups.
pub(super) struct Backups {
    folder: String,
    gigabytes: String,
    kept: Loader<Vec<Kept>>,
    making: Sending<(Backup, usize)>,
    checking: Sending<Backup>,
    question: Question,
    chooser: Chooser,
}

impl Backups {
    /// The backups of the folder that is kept of this workplace, else of the one beside the company file.
    pub(super) fn new(desk: &Desk) -> Backups {
        Backups {
            folder: folder(desk).display().to_string(),
            gigabytes: (cap(desk) / GIGABYTE).to_string(),
            kept: Loader::default(),
            making: Sending::none(),
            checking: Sending::none(),
            question: Question::default(),
            chooser: Chooser::default(),
        }
    }

    fn is_busy(&self) -> bool {
        self.making.is_under_way() || self.checking.is_under_way() || self.question.is_open()
    }

    /// Makes one now, and lets those go that the rules of keeping no longer need.
    fn make(&mut self, desk: &Desk) {
        let (folder, cap) = (folder(desk), cap(desk));
        let Some(company) = desk.handle.path().map(Path::to_owned) else { return };
        let job = move |view: &View<'_>, watch: &_| {
            let made = backup::make_of(view, &company, (&folder, Reason::Asked), watch)?;
            let gone = backup::prune_of(view, &folder, cap)?;
            Ok((made, gone.len()))
        };
        self.making.put(desk.handle.read_apart(&desk.call, job));
    }

    fn check(&mut self, path: PathBuf, desk: &Desk) {
        let job = move |view: &View<'_>, watch: &_| {
            view.actor().require(Right::BackupMake)?;
            Ok(Backup { manifest: backup::verify(&path, watch)?, path })
        };
        self.checking.put(desk.handle.read_apart(&desk.call, job));
    }

    fn answers(&mut self, desk: &mut Desk) {
        match self.making.poll() {
            Some(Ok((made, gone))) => {
                let toast = Toast::done(desk.say("backups.made")).line(made.path.display().to_string());
                let count = gone.to_string();
                let more = desk.say_with("backups.let_go", &[("count", &count)]);
                desk.toast(if gone == 0 { toast } else { toast.line(more) });
                self.kept.forget();
            }
            Some(Err(error)) if error.is_cancelled() => desk.toast(Toast::done(desk.say("backups.stopped"))),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
        match self.checking.poll() {
            Some(Ok(backup)) => {
                let (made_at, orders) = (list::moment(&backup, desk), list::rows(&backup, "orders"));
                let line = desk.say_with("backups.whole_orders", &[("count", &orders)]);
                desk.toast(Toast::done(desk.say_with("backups.whole", &[("when", &made_at)])).line(line));
            }
            Some(Err(error)) if error.is_cancelled() => {}
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }

    fn make_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let may = desk.may(Right::BackupMake) && desk.handle.path().is_some();
        ui.horizontal_wrapped(|ui| {
            if button::primary(ui, &say(ui, "backups.make"), may && !self.is_busy()).clicked() {
                self.make(desk);
            }
            if let Some(watch) = self.making.watch().or(self.checking.watch())
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
            let place = folder(desk);
            desk.handle.read(Lane::Background, &desk.call, move |view, _| kept(view, &place))
        };
        self.kept.keep(0, ask);
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
            Some(Pressed::Check(path)) => self.check(path, desk),
            Some(Pressed::Restore(backup, later)) => self.question.ask(backup, Some(later)),
            None => {}
        }
        ui.add_space(space::S);
        let may = desk.may(Right::BackupRestore) && desk.handle.path().is_some();
        if button::plain(ui, &say(ui, "backups.elsewhere"), may && !busy).clicked() {
            self.question.choose(ui, desk);
        }
    }

    fn place_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        heading(ui, &say(ui, "backups.keeping"));
        if let Some(path) = self.chooser.poll() {
            self.put_folder(&path.display().to_string(), desk);
        }
        let name = say(ui, "backups.folder");
        ui.label(&name);
        ui.horizontal_wrapped(|ui| {
            let field = Field::new(Id::unique("backup-folder"), &name).width(WIDTH).without_slot();
            if text_field(ui, &field, &mut self.folder).left {
                let typed = self.folder.trim().to_owned();
                self.put_folder(&typed, desk);
            }
            let words = format!("{} {}", icon::FOLDER, say(ui, "window.choose"));
            if button::plain(ui, &words, true).clicked() {
                let question = platform::Question::folder(&self.folder);
                desk.choose(ui.ctx(), &mut self.chooser, question);
            }
        });
        ui.add_space(space::S);
        let name = say(ui, "backups.gigabytes");
        ui.label(&name);
        let field = Field::new(Id::unique("backup-gigabytes"), &name).width(90.0).without_slot().enter(Enter::Next);
        if text_field(ui, &field, &mut self.gigabytes).left {
            let typed: u64 = self.gigabytes.trim().parse().unwrap_or_default();
            desk.workplace.keep(GIGABYTES, &if typed == 0 { String::new() } else { typed.to_string() });
            self.gigabytes = (cap(desk) / GIGABYTE).to_string();
        }
        ui.add_space(space::XS);
        remark(ui, &say(ui, "backups.rules"));
    }

    fn put_folder(&mut self, typed: &str, desk: &Desk) {
        let usual = usual_folder(desk).display().to_string();
        desk.workplace.keep(FOLDER, if typed == usual { "" } else { typed });
        self.folder = folder(desk).display().to_string();
        self.kept.forget();
    }
}

/// How far a copy is: pages copied, or the share of it that was read back. Whether it is to be stopped.
fn under_way_ui(ui: &mut Ui, watch: &Watch) -> bool {
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

/// The folder beside the company file.
fn usual_folder(desk: &Desk) -> PathBuf {
    desk.handle.path().map(backup::default_folder).unwrap_or_default()
}

fn folder(desk: &Desk) -> PathBuf {
    desk.workplace.kept(FOLDER).map_or_else(|| usual_folder(desk), PathBuf::from)
}

/// How many bytes the copies may take.
fn cap(desk: &Desk) -> u64 {
    let kept = desk.workplace.kept(GIGABYTES).and_then(|text| text.parse::<u64>().ok());
    kept.map_or(backup::USUAL_CAP, |gigabytes| gigabytes.saturating_mul(GIGABYTE))
}

fn kept(view: &View<'_>, folder: &Path) -> Result<Vec<Kept>> {
    let all = backup::list_of(view, folder)?;
    all.into_iter().map(|backup| Ok(Kept { later: backup::entries_since(view, &backup.manifest)?, backup })).collect()
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
        let rights = [(Right::BackupMake, "backups.needs_make"), (Right::BackupRestore, "backups.needs_restore")];
        let rights = rights.map(|(right, says)| Needed { right, may: desk.may(right), says });
        page(ui, (icon::HARD_DRIVE, &title), &rights, |ui| {
            if desk.handle.path().is_none() {
                remark(ui, &Error::rejected("error.backup.no_file").message(desk.lang));
                return;
            }
            self.make_ui(ui, desk);
            ui.add_space(space::XL);
            self.list_ui(ui, desk);
            ui.add_space(space::XL);
            self.place_ui(ui, desk);
        });
        self.answers(desk);
        self.question.ui(ui, desk);
    }

    fn modal(&self) -> bool {
        self.question.is_asking()
    }
}
