//! Where backups go, how many stay, and whether they are made by themselves; kept of this workplace.

use std::path::PathBuf;

use egui::{Id, Ui};

use crate::base::unreal::Unreal;
use crate::modules::gear::remark;
use crate::platform::{self, Chooser};
use crate::settings::keeping::{self, COPIES, FOLDER, GIGABYTE, GIGABYTES, SCHEDULE, SECOND};
use crate::ui::desk::Desk;
use crate::ui::field::{Enter, Field, flag, text_field};
use crate::ui::tokens::space;
use crate::ui::words::say;
use crate::ui::{button, icon};

const WIDTH: f32 = 460.0;

/// A folder that is typed or chosen.
struct Folder {
    /// Under which it is kept, and the key of its name.
    kept: (&'static str, &'static str),
    typed: String,
    chooser: Chooser,
}

/// What is typed of it all.
pub(super) struct Places {
    folders: [Folder; 2],
    gigabytes: String,
    copies: String,
}

impl Places {
    /// As it is kept.
    pub(super) fn new(desk: &Desk) -> Places {
        let folder = |kept| Folder { kept, typed: String::new(), chooser: Chooser::default() };
        let folders = [folder((FOLDER, "backups.folder")), folder((SECOND, "backups.second"))];
        let mut places = Places { folders, gigabytes: String::new(), copies: String::new() };
        places.read(desk);
        places
    }

    fn read(&mut self, desk: &Desk) {
        let company = desk.handle.path().unwrap_or(std::path::Path::new(""));
        let keeping = keeping::keeping(&desk.workplace, company);
        let shown = |folder: Option<&PathBuf>| folder.map(|folder| folder.display().to_string()).unwrap_or_default();
        let [first, second] = &mut self.folders;
        first.typed = shown(Some(&keeping.folder));
        second.typed = shown(keeping.second.as_ref());
        self.gigabytes = (keeping.limits.bytes / GIGABYTE).to_string();
        self.copies = keeping.limits.count.to_string();
    }

    /// Draws it; whether the folders are other ones now.
    pub(super) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) -> bool {
        let mut on = keeping::scheduled(&desk.workplace);
        let name = say(ui, "backups.schedule");
        if let Some(unreal) = desk.house.unreal {
            let words = match unreal {
                Unreal::Demo => "backups.demo",
                Unreal::Training => "backups.training",
            };
            remark(ui, &say(ui, words));
        } else if flag(ui, &Field::new(Id::unique("backup-schedule"), &name).without_slot(), &mut on, &name).changed {
            desk.workplace.keep(SCHEDULE, if on { "" } else { "off" });
        }
        let mut changed = false;
        for folder in &mut self.folders {
            ui.add_space(space::S);
            changed |= folder.ui(ui, desk);
        }
        ui.add_space(space::XS);
        remark(ui, &say(ui, "backups.second_about"));
        for (key, name, typed) in
            [(GIGABYTES, "backups.gigabytes", &mut self.gigabytes), (COPIES, "backups.copies", &mut self.copies)]
        {
            ui.add_space(space::S);
            let name = say(ui, name);
            ui.label(&name);
            let field = Field::new(Id::unique(key), &name).width(90.0).without_slot().enter(Enter::Next);
            if text_field(ui, &field, typed).left {
                let number: u64 = typed.trim().parse().unwrap_or_default();
                desk.workplace.keep(key, &if number == 0 { String::new() } else { number.to_string() });
                changed = true;
            }
        }
        ui.add_space(space::XS);
        remark(ui, &say(ui, "backups.rules"));
        if changed {
            self.read(desk);
        }
        changed
    }
}

impl Folder {
    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) -> bool {
        let (key, name) = self.kept;
        let name = say(ui, name);
        let mut chosen = self.chooser.poll().map(|path| path.display().to_string());
        ui.label(&name);
        ui.horizontal_wrapped(|ui| {
            let field = Field::new(Id::unique(key), &name).width(WIDTH).without_slot();
            if text_field(ui, &field, &mut self.typed).left {
                chosen = Some(self.typed.trim().to_owned());
            }
            let letter = format!("{} {}", icon::FOLDER, say(ui, "window.choose"));
            let choose = button::plain(ui, &letter, true);
            button::name(&choose, &format!("{}: {name}", say(ui, "window.choose")), true);
            if choose.clicked() {
                desk.choose(ui.ctx(), &mut self.chooser, platform::Question::folder(&self.typed));
            }
        });
        let Some(chosen) = chosen else { return false };
        let usual = desk.handle.path().map(crate::engine::backup::default_folder);
        let usual = key == FOLDER && usual.is_some_and(|usual| usual.display().to_string() == chosen);
        let before = desk.workplace.kept(key);
        desk.workplace.keep(key, if usual { "" } else { &chosen });
        desk.workplace.kept(key) != before
    }
}
