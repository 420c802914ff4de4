//! The backups of a folder, newest first: when and why, how large, and what can be done with each.

use std::path::PathBuf;

use egui::{Grid, RichText, Ui};
use serde_json::json;

use crate::base::right::Right;
use crate::engine::backup::Backup;
use crate::modules::gear::{remark, strong};
use crate::ui::desk::Desk;
use crate::ui::list::{Kind, plain, written};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{button, icon};

/// A backup with what a restore would leave out.
pub(super) struct Listed {
    pub backup: Backup,
    pub later: i64,
    /// Whether it lies in the second folder.
    pub outside: bool,
}

/// What was pressed.
pub(super) enum Pressed {
    /// Open this copy and look whether it is whole.
    Check(Backup),
    /// Restore it for practice.
    TryOut(PathBuf),
    /// Put this one back; so many changes came after it.
    Restore(Backup, i64),
}

/// Draws them.
pub(super) fn show(ui: &mut Ui, kept: &[Listed], busy: bool, desk: &Desk) -> Option<Pressed> {
    if kept.is_empty() {
        remark(ui, &say(ui, "backups.none"));
        return None;
    }
    let mut pressed = None;
    Grid::new("backups").num_columns(9).striped(true).spacing([space::L, space::XS]).show(ui, |ui| {
        for title in
            ["backups.when", "backups.where", "backups.why", "backups.size", "backups.later", "backups.verified"]
        {
            let words = say(ui, title);
            strong(ui, &words);
        }
        ui.end_row();
        for one in kept {
            pressed = row_ui(ui, one, busy, desk).or(pressed.take());
            ui.end_row();
        }
    });
    pressed
}

fn row_ui(ui: &mut Ui, one: &Listed, busy: bool, desk: &Desk) -> Option<Pressed> {
    let manifest = &one.backup.manifest;
    let when = moment(&one.backup, desk);
    ui.label(&when).on_hover_text(one.backup.path.display().to_string());
    ui.label(say(ui, if one.outside { "backups.outside" } else { "backups.inside" }));
    let reason = plain(&json!({"reason": manifest.reason}), "reason");
    ui.label(desk.say(&format!("backups.reason.{reason}")));
    ui.label(size(manifest.size, desk));
    ui.label(written(Kind::Number, &json!({"later": one.later}), "later", desk));
    mark_ui(ui, &one.backup, desk);
    let act = |ui: &mut Ui, letter: &str, key: &str, may: bool| {
        let text = say(ui, key);
        let response = button::plain(ui, &format!("{letter} {text}"), may && !busy);
        button::name(&response, &format!("{text} {when}"), may && !busy);
        response.clicked()
    };
    if act(ui, icon::SHIELD_CHECK, "backups.check", desk.may(Right::BackupMake)) {
        return Some(Pressed::Check(one.backup.clone()));
    }
    if act(ui, icon::PLAY, "backups.try", desk.may(Right::BackupMake)) {
        return Some(Pressed::TryOut(one.backup.path.clone()));
    }
    if act(ui, icon::ARCHIVE_RESTORE, "backups.restore", desk.may(Right::BackupRestore)) {
        return Some(Pressed::Restore(one.backup.clone(), one.later));
    }
    None
}

/// What the last check found, and when that was.
fn mark_ui(ui: &mut Ui, backup: &Backup, desk: &Desk) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let when = written(Kind::Moment, &json!({"at": backup.mark.at}), "at", desk);
    let (letter, words, color) = match backup.mark.whole {
        true => (icon::SHIELD_CHECK, when, c.ok),
        false => (icon::X, desk.say_with("backups.broken", &[("when", &when)]), c.danger),
    };
    ui.label(RichText::new(format!("{letter} {words}")).color(color));
}

/// When a backup was made, in the company's time zone.
pub(super) fn moment(backup: &Backup, desk: &Desk) -> String {
    written(Kind::Moment, &json!({"at": backup.manifest.made_at}), "at", desk)
}

/// How many rows a table has in a backup, as people write it.
pub(super) fn rows(backup: &Backup, table: &str) -> String {
    backup.manifest.tables.get(table).copied().unwrap_or_default().to_string()
}

fn size(bytes: u64, desk: &Desk) -> String {
    let (count, key) = if bytes < 1_048_576 {
        (bytes.div_ceil(1024), "files.kilobytes")
    } else {
        (bytes / 1_048_576, "files.megabytes")
    };
    desk.say_with(key, &[("size", &count.to_string())])
}
