//! Making a company file at the first run, and what has to be known of it.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Color32, Grid, RichText, Ui};

use crate::app::Next;
use crate::app::card::unreal_ui;
use crate::app::setting::Setting;
use crate::base::date::Zone;
use crate::base::error::Result;
use crate::base::locale::Lang;
use crate::base::unreal::Unreal;
use crate::demo::{self, Wish};
use crate::domain::company::CreateCompany;
use crate::domain::secret::Secret;
use crate::domain::{BUSINESS, credential};
use crate::engine::clock::Clock;
use crate::engine::store::Store;
use crate::engine::ticket::Watch;
use crate::ui::progress::progress_ui;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, focus, fonts, icon};

/// A company file that is ready, with what its owner must write down.
pub(crate) struct Made {
    pub file: PathBuf,
    /// With which login its owner comes in; empty where nobody knows.
    pub login: String,
    /// What each part of the note is called, and what stands there, each to be copied by itself.
    pub note: Vec<(&'static str, Vec<String>)>,
    /// Whether it is lost for good where the owner does not keep it.
    pub keep: bool,
}

impl Made {
    /// A file of which nothing has to be written down.
    pub(crate) fn plain(file: PathBuf) -> Made {
        Made { file, login: String::new(), note: Vec::new(), keep: false }
    }

    /// The way to its door, where its owner is expected.
    pub(crate) fn opened(&self, setting: &mut Setting) -> Next {
        setting.login.clone_from(&self.login);
        Next::File(self.file.clone())
    }
}

pub(crate) fn new_company(
    file: PathBuf,
    command: &CreateCompany,
    password: Secret,
    clock: Arc<dyn Clock>,
) -> Result<Made> {
    let code = Store::found(&file, &BUSINESS, clock, |store| credential::found_company(store, command, password))?;
    let note = vec![("window.recovery_code", vec![code.expose().to_owned()])];
    Ok(Made { file, login: command.owner.clone(), note, keep: true })
}

/// A made-up company up to today; all of its people have one password. Nothing is left where it was called off.
pub(crate) fn demo_company(file: PathBuf, lang: Lang, clock: &dyn Clock, watch: &Watch) -> Result<Made> {
    let now = clock.now();
    let today = Zone::parse(demo::ZONE)?.date_of(now);
    let made = demo::make(&file, &Wish { language: lang, made_at: Some(now), ..Wish::up_to(today) }, watch)?;
    let logins: Vec<String> = made.people.iter().map(|person| person.login.to_owned()).collect();
    let login = logins.first().cloned().unwrap_or_default();
    let note = vec![("window.login", logins), ("window.password", vec![demo::PASSWORD.to_owned()])];
    Ok(Made { file, login, note, keep: false })
}

/// How far the made-up company is, and the way to call it off, by Esc as well.
pub(crate) fn under_way_ui(ui: &mut Ui, watch: &Watch, back: bool) {
    let (done, all) = watch.progress();
    let (called_off, percent) = (watch.is_cancelled(), done.saturating_mul(100).checked_div(all).unwrap_or_default());
    let words = match called_off {
        true => say(ui, "window.calling_off"),
        false => say_with(ui, "window.demo_under_way", &[("percent", &percent.to_string())]),
    };
    progress_ui(ui, (done, all), &words);
    ui.label(&words);
    ui.add_space(space::S);
    let gives_up = button::plain(ui, &say(ui, "dialog.cancel"), !called_off);
    focus::rest_on(&gives_up);
    if gives_up.clicked() || back {
        watch.cancel();
    }
}

/// What is to be written down, below each other in even columns, each with a button that copies it.
fn copied_ui(ui: &mut Ui, name: &str, values: &[String]) {
    let font = fonts::bold(size::SECTION);
    let wide = |text: &String| ui.painter().layout_no_wrap(text.clone(), font.clone(), Color32::PLACEHOLDER).size().x;
    let widest = values.iter().map(wide).fold(0.0, f32::max);
    let whole = widest + space::XS + Tokens::of(ui).control_height() + space::S;
    let columns = ((ui.available_width() / whole).floor() as usize).max(1);
    Grid::new(name).spacing([space::XS, space::XS]).show(ui, |ui| {
        for row in values.chunks(columns) {
            for value in row {
                ui.scope(|ui| {
                    ui.set_min_width(widest);
                    ui.label(RichText::new(value).font(font.clone()));
                });
                if button::quiet(ui, icon::COPY, &say_with(ui, "window.copy_text", &[("text", value)])).clicked() {
                    ui.ctx().copy_text(value.to_owned());
                }
            }
            ui.end_row();
        }
    });
}

/// What is to be known of the company that was made; whether it goes on from there.
pub(crate) fn note_ui(ui: &mut Ui, made: &Made) -> bool {
    ui.label(RichText::new(say(ui, "window.ready")).font(fonts::bold(size::SECTION)));
    if !made.keep {
        unreal_ui(ui, Unreal::Demo);
    }
    ui.label(say_with(ui, "window.ready_where", &[("path", &made.file.display().to_string())]));
    ui.add_space(space::M);
    for (name, values) in &made.note {
        ui.label(say(ui, name));
        copied_ui(ui, name, values);
        ui.add_space(space::S);
    }
    let (words, next) = match made.keep {
        true => ("window.write_down", "window.written_down"),
        false => ("window.demo_people", "window.go_on"),
    };
    ui.label(say(ui, words));
    ui.add_space(space::M);
    let goes_on = button::wide(ui, &say(ui, next), true);
    focus::rest_on(&goes_on);
    goes_on.clicked()
}
