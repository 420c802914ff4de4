//! Making a company file at the first run, and what has to be known of it.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{RichText, Ui};

use crate::app::card::demo_ui;
use crate::base::date::Zone;
use crate::base::error::Result;
use crate::base::locale::Lang;
use crate::demo::{self, Wish};
use crate::domain::company::CreateCompany;
use crate::domain::secret::Secret;
use crate::domain::{BUSINESS, credential};
use crate::engine::clock::Clock;
use crate::engine::store::Store;
use crate::engine::ticket::Watch;
use crate::ui::tokens::{size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, focus, fonts, icon};

/// A company file that is ready, with what its owner must write down.
pub(crate) struct Made {
    pub file: PathBuf,
    pub note: Vec<(String, String)>,
    /// Whether it is lost for good where the owner does not keep it.
    pub keep: bool,
}

pub(crate) fn new_company(
    file: PathBuf,
    command: &CreateCompany,
    password: Secret,
    clock: Arc<dyn Clock>,
) -> Result<Made> {
    let code = Store::found(&file, &BUSINESS, clock, |store| credential::found_company(store, command, password))?;
    let note = vec![("window.recovery_code".to_owned(), code.expose().to_owned())];
    Ok(Made { file, note, keep: true })
}

/// A made-up company up to today; all of its people have one password.
pub(crate) fn demo_company(file: PathBuf, lang: Lang, clock: &dyn Clock) -> Result<Made> {
    let today = Zone::parse(demo::ZONE)?.date_of(clock.now());
    let made = demo::make(&file, &Wish { language: lang, ..Wish::up_to(today) }, &Watch::default())?;
    let logins: Vec<&str> = made.people.iter().map(|person| person.login).collect();
    let note = [("window.login", logins.join(", ")), ("window.password", demo::PASSWORD.to_owned())];
    Ok(Made { file, note: note.map(|(name, value)| (name.to_owned(), value)).to_vec(), keep: false })
}

/// What is to be known of the company that was made; whether it goes on from there.
pub(crate) fn note_ui(ui: &mut Ui, made: &Made) -> bool {
    ui.label(RichText::new(say(ui, "window.ready")).font(fonts::bold(size::SECTION)));
    if !made.keep {
        demo_ui(ui);
    }
    ui.label(say_with(ui, "window.ready_where", &[("path", &made.file.display().to_string())]));
    ui.add_space(space::M);
    for (name, value) in &made.note {
        ui.label(say(ui, name));
        ui.horizontal(|ui| {
            ui.label(RichText::new(value).font(fonts::bold(size::SECTION)));
            if button::quiet(ui, icon::COPY, &say(ui, "window.copy")).clicked() {
                ui.ctx().copy_text(value.clone());
            }
        });
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
