//! The scanner of this computer: one that types is measured, one on a serial line is chosen, and both are tried.

use std::time::Duration;

use egui::{EventFilter, Id, Key, RichText, Role, Sense, Ui, WidgetInfo};

use crate::engine::worker::Lane;
use crate::modules::gear::{heading, page, remark};
use crate::platform;
use crate::ui::desk::Desk;
use crate::ui::field::{Choice, Field, choice};
use crate::ui::loader::Loader;
use crate::ui::scan::measure::{Measure, Verdict};
use crate::ui::scan::{BAUDS, Ending, Line, Setup, Wedge};
use crate::ui::screen::{Place, Screen};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, icon};

/// The widest a field gets here.
const WIDTH: f32 = 460.0;
/// And one for a speed.
const SPEED_WIDTH: f32 = 120.0;
/// So many scanned codes are shown.
const SHOWN: usize = 5;

/// The screen of the scanner.
pub(super) struct ScannerSetup {
    measure: Option<Measure>,
    too_slow: Option<Duration>,
    lines: Loader<Vec<String>>,
    line: String,
    baud: String,
    scanned: Vec<String>,
}

impl ScannerSetup {
    /// As the scanner is set up here.
    pub(super) fn new(desk: &Desk) -> ScannerSetup {
        let line = desk.scanner.setup().line.as_ref();
        let [usual, ..] = BAUDS;
        ScannerSetup {
            measure: None,
            too_slow: None,
            lines: Loader::default(),
            line: line.map(|line| line.name.clone()).unwrap_or_default(),
            baud: line.map_or(usual, |line| line.baud).to_string(),
            scanned: Vec::new(),
        }
    }

    fn keys_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        heading(ui, &say(ui, "scanner.keys"));
        remark(ui, &say(ui, "scanner.keys_about"));
        ui.add_space(space::S);
        if self.measure.is_some() {
            self.measure_ui(ui, desk);
            return;
        }
        let wedge = desk.scanner.setup().wedge;
        ui.label(wedge.map_or_else(|| say(ui, "scanner.not_measured"), |wedge| described(ui, wedge)));
        if let Some(gap) = self.too_slow {
            let values = [("gap", gap.as_millis().to_string())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let text = say_with(ui, "scanner.too_slow", &values);
            let danger = Tokens::of(ui).colors().danger;
            ui.add(egui::Label::new(RichText::new(text).color(danger)).wrap());
        }
        ui.horizontal_wrapped(|ui| {
            if button::plain(ui, &say(ui, "scanner.measure"), true).clicked() {
                self.measure = Some(Measure::default());
                self.too_slow = None;
            }
            if button::plain(ui, &say(ui, "scanner.forget"), wedge.is_some()).clicked() {
                set_up(desk, |setup| setup.wedge = None);
            }
        });
    }

    /// The place where codes are scanned to be measured: it has the keyboard for itself.
    fn measure_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let Some(measure) = &mut self.measure else {
            return;
        };
        let now = Duration::try_from_secs_f64(ui.input(|input| input.time)).unwrap_or_default();
        let escape = ui.input_mut(|input| {
            measure.feed(&mut input.events, now);
            input.consume_key(egui::Modifiers::NONE, Key::Escape)
        });
        if let Some(wake) = measure.wake() {
            ui.ctx().request_repaint_after(wake.saturating_sub(now));
        }
        let verdict = measure.verdict();
        let wanting = if let Verdict::Wanting(wanting) = verdict { wanting } else { 0 };
        let text = say_with(ui, "scanner.wanting", &[("count", &wanting.to_string())]);
        listener_ui(ui, &text);
        let stopped = button::plain(ui, &say(ui, "scanner.stop"), true).clicked() || escape;
        match verdict {
            Verdict::Ready(wedge) => set_up(desk, |setup| setup.wedge = Some(wedge)),
            Verdict::TooSlow(gap) => self.too_slow = Some(gap),
            Verdict::Wanting(_) if stopped => {}
            Verdict::Wanting(_) => return,
        }
        self.measure = None;
    }

    fn line_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        heading(ui, &say(ui, "scanner.serial"));
        self.lines.keep(0, || desk.handle.read(Lane::Background, &desk.call, |_, _| Ok(platform::serial_lines())));
        let mut choices = vec![Choice::new("", say(ui, "scanner.no_line"))];
        let known = self.lines.value().cloned().unwrap_or_default();
        if !self.line.is_empty() && !known.contains(&self.line) {
            choices.push(Choice::new(&self.line, &self.line));
        }
        choices.extend(known.iter().map(|name| Choice::new(name, name)));
        let bauds = BAUDS.map(|baud| Choice::new(baud.to_string(), baud.to_string()));
        let (line, baud) = (say(ui, "scanner.line"), say(ui, "scanner.baud"));
        let changed = ui.horizontal_wrapped(|ui| {
            let field = Field::new(Id::unique("scanner-line"), &line).width(WIDTH).without_slot();
            let chosen = choice(ui, &field, &choices, &mut self.line).changed;
            if button::plain(ui, &say(ui, "printing_setup.look_again"), !self.lines.is_loading()).clicked() {
                self.lines.forget();
            }
            chosen
        });
        let faster = ui.horizontal_wrapped(|ui| {
            let field = Field::new(Id::unique("scanner-baud"), &baud).width(SPEED_WIDTH).without_slot();
            let chosen = choice(ui, &field, &bauds, &mut self.baud).changed;
            ui.label(&baud);
            chosen
        });
        if faster.inner || changed.inner {
            let line = Line { name: self.line.clone(), baud: self.baud.parse().unwrap_or_default() };
            set_up(desk, |setup| setup.line = (!line.name.is_empty()).then_some(line));
        }
        ui.add_space(space::XS);
        match desk.scanner.is_connected() {
            Some(true) => remark(ui, &say(ui, "scanner.connected")),
            Some(false) => remark(ui, &say(ui, "scanner.gone")),
            None => remark(ui, &say(ui, "scanner.serial_about")),
        }
    }

    fn once_ui(ui: &mut Ui, desk: &mut Desk) {
        let mut once = !desk.scanner.setup().repeats;
        if ui.checkbox(&mut once, say(ui, "scanner.once")).changed() {
            set_up(desk, |setup| setup.repeats = !once);
        }
    }

    fn tried_ui(&self, ui: &mut Ui) {
        heading(ui, &say(ui, "scanner.try"));
        if self.scanned.is_empty() {
            remark(ui, &say(ui, "scanner.try_about"));
        }
        for code in &self.scanned {
            ui.label(format!("{}  {code}", icon::SCAN_BARCODE));
        }
    }
}

fn set_up(desk: &mut Desk, change: impl FnOnce(&mut Setup)) {
    let mut setup = desk.scanner.setup().clone();
    change(&mut setup);
    desk.scanner.set_up(setup, &desk.workplace);
}

/// How a measured scanner types, in words.
fn described(ui: &Ui, wedge: Wedge) -> String {
    let ending = match wedge.ending {
        Ending::Enter => Key::Enter.name().to_owned(),
        Ending::Tab => Key::Tab.name().to_owned(),
        Ending::Silence => say(ui, "scanner.ends_silence"),
    };
    match wedge.prefix {
        Some(prefix) => say_with(ui, "scanner.measured_sign", &[("ending", &ending), ("sign", &prefix.to_string())]),
        None => say_with(ui, "scanner.measured", &[("ending", &ending)]),
    }
}

/// A place that holds the keyboard.
fn listener_ui(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let (rect, _) = ui.allocate_exact_size(egui::vec2(WIDTH, tokens.control_height() * 2.0), Sense::hover());
    let response = ui.interact(rect, Id::unique("scanner-listens"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Group, true, text));
    let all = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| {
        memory.request_focus(response.id);
        memory.set_focus_lock_filter(response.id, all);
    });
    ui.painter().rect_filled(rect, 4.0, c.sunken);
    let font = crate::ui::fonts::regular(tokens.body());
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, text, font, c.text);
}

impl Screen for ScannerSetup {
    fn place(&self) -> Place {
        Place::only("scanner")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("scanner.title")
    }

    fn icon(&self) -> &'static str {
        icon::SCAN_BARCODE
    }

    fn scan(&mut self, code: &str, _desk: &mut Desk) -> bool {
        self.scanned.insert(0, code.to_owned());
        self.scanned.truncate(SHOWN);
        true
    }

    fn hears_keys(&self) -> bool {
        self.measure.is_some()
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let title = say(ui, "scanner.title");
        page(ui, (icon::SCAN_BARCODE, &title), &[], |ui| {
            remark(ui, &say(ui, "printing_setup.about"));
            ui.add_space(space::L);
            self.keys_ui(ui, desk);
            ui.add_space(space::XL);
            self.line_ui(ui, desk);
            ui.add_space(space::XL);
            Self::once_ui(ui, desk);
            ui.add_space(space::XL);
            self.tried_ui(ui);
        });
    }

    fn modal(&self) -> bool {
        self.measure.is_some()
    }
}
