//! What is offered where the company file is damaged: the newest backup of it that was found whole, another one, another
//! file, a new company.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Label, RichText, Ui};

use crate::base::error::Result;
use crate::base::locale;
use crate::domain::BUSINESS;
use crate::engine::backup::{self, Backup, Over, Permit};
use crate::engine::clock::Clock;
use crate::platform::{self, Workplace};
use crate::settings::keeping;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{lang, say, say_with};
use crate::ui::{button, focus, fonts, icon};

/// A damaged company file, and what may be put into its place.
#[derive(Default)]
pub(crate) struct Rescue {
    file: PathBuf,
    newest: Option<Backup>,
}

/// What was chosen.
pub(crate) enum Chosen {
    /// Put this backup into the place of the file.
    Restore(PathBuf),
    /// Choose a backup.
    Another,
    /// Open another file.
    Open,
    /// Begin anew.
    Begin,
}

impl Rescue {
    /// Looks for a backup in the folders of this workplace and beside the file.
    pub(crate) fn of(file: &Path, workplace: &Workplace) -> Rescue {
        let keeping = keeping::keeping(workplace, file);
        let usual = backup::default_folder(file);
        let folders: Vec<&Path> = [Some(&keeping.folder), Some(&usual), keeping.second.as_ref()]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
            .collect();
        Rescue { file: file.to_owned(), newest: backup::newest_of(file, &folders) }
    }

    /// Whether this is the damaged file.
    pub(crate) fn is_of(&self, file: &Path) -> bool {
        !self.file.as_os_str().is_empty() && self.file == file
    }

    /// Draws what can be done.
    pub(crate) fn ui(&self, ui: &mut Ui, free: bool) -> Option<Chosen> {
        let muted = Tokens::of(ui).colors().text2;
        ui.label(RichText::new(say(ui, "rescue.title")).font(fonts::bold(size::SECTION)));
        let about = say_with(ui, "rescue.about", &[("path", &self.file.display().to_string())]);
        ui.add(Label::new(RichText::new(about).color(muted)).wrap());
        ui.add_space(space::M);
        let mut chosen = None;
        match &self.newest {
            Some(newest) => {
                ui.label(called(ui, newest)).on_hover_text(newest.path.display().to_string());
                let restores =
                    button::wide(ui, &format!("{}  {}", icon::ARCHIVE_RESTORE, say(ui, "rescue.restore")), free);
                focus::rest_on(&restores);
                if restores.clicked() {
                    chosen = Some(Chosen::Restore(newest.path.clone()));
                }
            }
            None => drop(ui.add(Label::new(say(ui, "rescue.none")).wrap())),
        }
        for (letter, words, way) in [
            (icon::ARCHIVE_RESTORE, "rescue.another", Chosen::Another),
            (icon::FOLDER_OPEN, "rescue.open", Chosen::Open),
            (icon::PLUS, "rescue.begin", Chosen::Begin),
        ] {
            ui.add_space(space::S);
            if button::wide(ui, &format!("{letter}  {}", say(ui, words)), free).clicked() {
                chosen = Some(way);
            }
        }
        chosen
    }
}

/// When the backup was made, by the clocks of this machine, and how many orders it holds.
fn called(ui: &Ui, backup: &Backup) -> String {
    let (zone, made_at) = (platform::local_zone(), backup.manifest.made_at);
    let when = format!("{} {}", locale::date(lang(ui), zone.date_of(made_at)), zone.time_of(made_at));
    let orders = backup.manifest.tables.get("orders").copied().unwrap_or_default().to_string();
    say_with(ui, "rescue.newest", &[("when", &when), ("orders", &orders)])
}

/// Puts a backup into the place of a damaged file, which stays beside it. Nobody can sign in to a damaged file, so
/// nobody is asked for a right; rejected where the file does open.
pub(crate) fn restore(backup: &Path, file: &Path, clock: &Arc<dyn Clock>) -> Result<()> {
    let permit = Some(Permit::of_damaged(file, &BUSINESS, clock.clone())?);
    let over = Over { confirmed: true, permit, zone: platform::local_zone() };
    backup::restore(backup, file, over, clock.now()).map(drop)
}
