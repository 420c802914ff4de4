//! The line below everything: the file, who sits here, and how the window looks and speaks.

use std::path::Path;

use egui::{Align, Button, Color32, Frame, Id, Layout, Margin, Panel, Response, RichText, Role, Ui, WidgetInfo, vec2};

use crate::app::card::{language_ui, unreal_key, unreal_ui};
use crate::app::own;
use crate::app::setting::Setting;
use crate::base::locale::{self, Lang};
use crate::base::right::Right;
use crate::ui::desk::Desk;
use crate::ui::menu::{Entry, Menu, entries_ui};
use crate::ui::tokens::{Density, Tokens, size, space};
use crate::ui::words::{self, say, say_with};
use crate::ui::{button, fonts, icon};

/// The sizes that are offered, in hundredths.
const ZOOMS: [u16; 5] = [100, 125, 150, 175, 200];

/// A narrower line does not say who sits here, in points.
const ROOMY: f32 = 760.0;

/// Its height.
pub(crate) const HEIGHT: f32 = 26.0;

/// What was pressed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// The desk is to be locked.
    Lock,
    /// The PIN of who sits here is to be chosen.
    Person,
    /// What waits is to be seen.
    Bell,
    /// The backups are to be looked at.
    Backups,
}

/// What the line tells besides who sits here.
pub(crate) struct Told<'a> {
    /// The company file.
    pub file: &'a Path,
    /// How many things wait.
    pub waiting: usize,
    /// For how many days there has been no whole copy of the company outside the machine, where that is a worry.
    pub without_outside: Option<i64>,
}

/// Draws the line.
pub(crate) fn show(ui: &mut Ui, desk: &Desk, told: &Told<'_>, setting: &mut Setting) -> Option<Pressed> {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let mut pressed = None;
    let frame = Frame::new().fill(c.sunken).inner_margin(Margin::symmetric(8, 0));
    Panel::bottom("status").exact_size(HEIGHT).resizable(false).frame(frame).show(ui, |ui| {
        ui.spacing_mut().button_padding = egui::vec2(6.0, 0.0);
        ui.spacing_mut().interact_size.y = HEIGHT - 4.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let leave = button::quiet(ui, icon::LOCK, &say(ui, "window.lock"));
            own::note(&leave, own::LOCK);
            pressed = leave.clicked().then_some(Pressed::Lock);
            if ui.available_width() >= ROOMY {
                pressed = person_ui(ui, &desk.person.name).or(pressed);
            }
            pressed = bell_ui(ui, told.waiting).or(pressed);
            scanner_ui(ui, desk);
            ui.add_space(space::S);
            look_ui(ui, setting);
            ui.add_space(space::S);
            languages_ui(ui, setting);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                company_ui(ui, desk, told.file);
                pressed = outside_ui(ui, told.without_outside, desk).or(pressed);
            });
        });
    });
    pressed
}

/// Who sits here, and the way to what is their own.
fn person_ui(ui: &mut Ui, name: &str) -> Option<Pressed> {
    let color = Tokens::of(ui).colors().text2;
    let words = RichText::new(format!("{} {name}", icon::USER)).size(size::HINT + 1.0).color(color);
    let person = ui.add(Button::new(words).frame_when_inactive(false));
    button::name(&person, name, true);
    own::note(&person, own::PIN);
    person.on_hover_text(say(ui, "window.key_pin")).clicked().then_some(Pressed::Person)
}

/// The bell with how many things wait; nothing where none does.
fn bell_ui(ui: &mut Ui, waiting: usize) -> Option<Pressed> {
    if waiting == 0 {
        return None;
    }
    let count = waiting.to_string();
    let words = RichText::new(format!("{} {count}", icon::BELL_RING)).color(Tokens::of(ui).colors().warn);
    let spoken = say_with(ui, "notices.waiting", &[("count", &count)]);
    let bell = ui.add(egui::Button::new(words).frame_when_inactive(false)).on_hover_text(&spoken);
    button::name(&bell, &spoken, true);
    bell.clicked().then_some(Pressed::Bell)
}

/// The languages, in their order from the left.
fn languages_ui(ui: &mut Ui, setting: &mut Setting) {
    let size = vec2(languages_width(ui), HEIGHT - 4.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| language_ui(ui, setting));
}

fn languages_width(ui: &Ui) -> f32 {
    let padding = 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x;
    let names = Lang::ALL.iter().map(|lang| wide(ui, &locale::tr(*lang, "window.language_name", &[])) + padding);
    names.sum::<f32>().ceil()
}

/// How wide words are in the letters of buttons, in points.
fn wide(ui: &Ui, words: &str) -> f32 {
    let font = fonts::regular(Tokens::of(ui).body());
    ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// The company, that it is made up, and its file, as far as there is room.
fn company_ui(ui: &mut Ui, desk: &Desk, file: &Path) {
    let fits = |ui: &Ui, words: &str| wide(ui, words) + 2.0 * space::L <= ui.available_width();
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if fits(ui, &desk.house.name) {
        word_ui(ui, icon::STORE, &desk.house.name);
    }
    if let Some(unreal) = desk.house.unreal.filter(|unreal| fits(ui, &say(ui, unreal_key(*unreal)))) {
        ui.add_space(space::S);
        unreal_ui(ui, unreal);
    }
    ui.add_space(space::S);
    if fits(ui, &name) {
        word_ui(ui, icon::DATABASE, &name).on_hover_text(file.display().to_string());
    }
}

fn word_ui(ui: &mut Ui, letter: &str, words: &str) -> Response {
    let color = Tokens::of(ui).colors().text2;
    ui.label(RichText::new(format!("{letter} {words}")).size(size::HINT + 1.0).color(color))
}

/// Says for how long there has been no copy outside the machine, to those who can do something about it.
fn outside_ui(ui: &mut Ui, without_outside: Option<i64>, desk: &Desk) -> Option<Pressed> {
    let days = without_outside.filter(|_| desk.may(Right::BackupMake))?;
    let words = say_with(ui, "backups.no_outside", &[("count", &days.to_string())]);
    ui.add_space(space::S);
    let text = RichText::new(format!("{} {words}", icon::TRIANGLE_ALERT)).color(Tokens::of(ui).colors().warn);
    let pressed = ui.add(Button::new(text).frame(false));
    button::name(&pressed, &words, true);
    pressed.on_hover_text(say(ui, "backups.no_outside_hint")).clicked().then_some(Pressed::Backups)
}

/// Whether the serial line of the scanner is there, where one is set up.
fn scanner_ui(ui: &mut Ui, desk: &Desk) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    if let Some(connected) = desk.scanner.is_connected() {
        let (color, text) = if connected { (c.ok, "scanner.connected") } else { (c.danger, "scanner.gone") };
        let sign = if connected { icon::SCAN_BARCODE } else { icon::SCAN_LINE };
        let text = say(ui, text);
        let dot = ui.label(RichText::new(sign).color(color)).on_hover_text(&text);
        dot.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    }
}

fn look_ui(ui: &mut Ui, setting: &mut Setting) {
    let ctx = ui.ctx().clone();
    let (letter, name) = match setting.following() {
        "light" => (icon::SUN, say(ui, "window.light")),
        "dark" => (icon::MOON, say(ui, "window.dark")),
        "contrast" => (icon::CONTRAST, say(ui, "window.contrast")),
        own => (icon::PALETTE, say_with(ui, "window.own_theme", &[("theme", own)])),
    };
    if button::quiet(ui, letter, &name).clicked() {
        setting.next_theme(&ctx);
    }
    if button::quiet(ui, icon::MENU, &say(ui, "window.density")).clicked() {
        setting.look.density = match setting.look.density {
            Density::Compact => Density::Standard,
            Density::Standard => Density::Comfortable,
            Density::Comfortable => Density::Compact,
        };
        setting.apply(&ctx);
        setting.keep();
    }
    zoom_ui(ui, setting);
}

/// How large everything is, as a percentage that is chosen from a list. Ctrl with plus and minus change it, too.
fn zoom_ui(ui: &mut Ui, setting: &mut Setting) {
    let ctx = ui.ctx().clone();
    let now = format!("{:.0}", ctx.zoom_factor() * 100.0).parse().unwrap_or(setting.look.zoom);
    if now != setting.look.zoom {
        setting.zoom_to(&ctx, now);
    }
    let (percent, name) = (locale::percent(words::lang(ui), &setting.look.zoom.to_string()), say(ui, "window.zoom"));
    let words = RichText::new(percent).size(size::HINT + 1.0).color(Tokens::of(ui).colors().text2);
    let button = ui.add(Button::new(words).frame(false)).on_hover_text(&name);
    button::name(&button, &name, true);
    own::note(&button, own::LARGER);
    let kept = Id::unique("zoom-menu");
    let mut open = ui.data(|data| data.get_temp::<Option<Menu>>(kept)).flatten();
    if button.clicked() {
        open = Some(Menu::at(button.rect.left_top()).back_to(button.id));
    }
    let percent = |zoom: &u16| locale::percent(words::lang(ui), &zoom.to_string());
    let entries: Vec<_> = ZOOMS.iter().map(|zoom| Entry::switch(percent(zoom), *zoom == setting.look.zoom)).collect();
    if let Some(zoom) = entries_ui(ui, &mut open, &entries).and_then(|at| ZOOMS.get(at)) {
        setting.zoom_to(&ctx, *zoom);
    }
    ui.data_mut(|data| data.insert_temp(kept, open));
}
