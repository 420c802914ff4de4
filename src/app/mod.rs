//! The window: it opens the company file, lets a person in and shows the screens. Knows every layer.

#![allow(clippy::float_arithmetic, reason = "points on a screen and seconds of its clock; no amount is computed here")]

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::{CreationContext, Frame, NativeOptions, Renderer};
use egui::{Context, RawInput, Ui, ViewportBuilder, vec2};

use crate::app::entry::Entry;
use crate::app::first_run::FirstRun;
use crate::app::keyboard::Keyboard;
use crate::app::setting::Setting;
use crate::app::window::Window;
use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::engine::backup::Over;
use crate::engine::clock::{Clock, SystemClock};
use crate::engine::guard;
use crate::platform::Workplace;
use crate::ui::action::{Action, Offer};
use crate::ui::habits::Part;
use crate::ui::scan::Beat;
use crate::ui::scan::repeat::Device;
use crate::ui::screen::Place;
use crate::ui::{badge, focus, fonts, home, words};

mod arrival;
mod card;
mod choose;
mod entry;
mod first_run;
mod founding;
mod help;
mod keyboard;
mod lock;
mod menu;
mod menu_ui;
mod own;
mod palette;
pub(crate) mod rehearsal;
mod rescue;
mod setting;
mod status_line;
mod tab_list;
mod tabs;
mod window;

/// A frame that took so long leaves open when within it keys were pressed.
const SLOW: Duration = Duration::from_millis(30);

/// The newest frame: from its events until it was on the screen.
struct Drawing {
    began: Instant,
    ended: Cell<Instant>,
}

impl Default for Drawing {
    fn default() -> Drawing {
        let now = Instant::now();
        Drawing { began: now, ended: Cell::new(now) }
    }
}

impl Drawing {
    fn took(&self) -> Duration {
        self.ended.get().saturating_duration_since(self.began)
    }
}

/// The program with a window.
pub struct App {
    setting: Setting,
    stage: Stage,
    clock: Arc<dyn Clock>,
    inline: bool,
    keyboard: Keyboard,
    drawing: Drawing,
}

/// How far the person has come in.
enum Stage {
    /// No company file is known.
    First(Box<FirstRun>),
    /// A file is open; who is it?
    Door(Box<Entry>),
    /// Somebody works.
    Desk(Box<Window>),
}

/// What a stage wants to come next.
enum Next {
    /// A file to open.
    File(PathBuf),
    /// Who signed in, at this file.
    Desk(Box<Window>),
    /// Another person takes the seat; what was open stays with the one who leaves.
    Door(Box<Entry>),
    /// The first screen.
    First,
    /// A backup to be put in the place of a file that was closed for it.
    Restore {
        /// The backup.
        backup: PathBuf,
        /// What somebody with the right agreed to.
        over: Over,
        /// The company file.
        file: PathBuf,
    },
}

/// What the program starts with.
pub struct Start {
    /// The company file, if one is known.
    pub file: Option<PathBuf>,
    /// The language until somebody chooses another one.
    pub lang: Lang,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What is kept of this workplace.
    pub workplace: Workplace,
    /// Whether the file is worked on at once on the thread that draws, so that a test waits for nothing.
    pub inline: bool,
}

impl Start {
    /// As the program starts for who called it.
    pub fn of_account(file: Option<PathBuf>, lang: Lang) -> Start {
        Start { file, lang, clock: Arc::new(SystemClock), workplace: Workplace::of_account(), inline: false }
    }
}

/// Opens the window and stays until it is closed. Failed where the system gives no window.
pub fn run(start: Start) -> Result<()> {
    let viewport = ViewportBuilder::default()
        .with_title("Patver")
        .with_app_id("patver")
        .with_icon(icon())
        .with_inner_size(vec2(1366.0, 736.0))
        .with_min_inner_size(vec2(900.0, 560.0));
    let options = NativeOptions { viewport, renderer: Renderer::Glow, ..NativeOptions::default() };
    let create = move |creation: &CreationContext<'_>| {
        Ok::<Box<dyn eframe::App>, _>(Box::new(App::new(&creation.egui_ctx, start)))
    };
    eframe::run_native("patver", options, Box::new(create)).map_err(|error| Error::failure("error.no_window", error))
}

fn icon() -> egui::IconData {
    let bytes = include_bytes!("../../assets/patver-64.png");
    eframe::icon_data::from_png_bytes(bytes).unwrap_or_default()
}

impl App {
    /// The program at its first screen: sign-in where a company file is known, else the first run.
    pub fn new(ctx: &Context, start: Start) -> App {
        fonts::install(ctx);
        home::keep(ctx);
        let setting = Setting::recall(start.workplace, start.lang);
        setting.apply(ctx);
        let (clock, inline) = (start.clock, start.inline);
        let first = Box::new(FirstRun::new(&setting.workplace));
        let mut app = App {
            setting,
            stage: Stage::First(first),
            clock,
            inline,
            keyboard: Keyboard::default(),
            drawing: Drawing::default(),
        };
        if let Some(file) = start.file {
            app.open(ctx, file);
        }
        app
    }

    fn open(&mut self, ctx: &Context, file: PathBuf) {
        match Entry::open(ctx, file.clone(), self.clock.clone(), self.inline) {
            Ok(entry) => {
                if entry.is_lasting() {
                    self.setting.workplace.remember_file(&file);
                }
                self.stage = Stage::Door(Box::new(entry.expecting(&self.setting.login)));
            }
            Err(error) if guard::is_damage(&error) => {
                self.stage = Stage::First(Box::new(self.first().rescuing((&file, &self.setting.workplace), error)))
            }
            Err(error) => self.stage = Stage::First(Box::new(self.first().after(&file, error))),
        }
    }

    fn go(&mut self, ctx: &Context, next: Next) {
        // Whoever leaves a seat to another one leaves it speaking as before.
        if !matches!(next, Next::Desk(_) | Next::Door(_)) {
            self.setting.lang = self.setting.door;
        }
        match next {
            Next::File(file) => self.open(ctx, file),
            Next::Desk(window) => self.stage = Stage::Desk(window),
            Next::Door(entry) => self.stage = Stage::Door(entry),
            Next::First => self.stage = Stage::First(Box::new(self.first())),
            Next::Restore { backup, over, file } => {
                let first = self.first().restoring(ctx, (backup, file), (over, self.clock.now()));
                self.stage = Stage::First(Box::new(first));
            }
        }
    }

    fn first(&self) -> FirstRun {
        FirstRun::new(&self.setting.workplace)
    }

    /// The kinds of every screen there is.
    pub fn kinds() -> Vec<&'static str> {
        menu::every().map(|opener| opener.kind).collect()
    }

    /// Goes to a place as the menu and messages do; nothing happens before somebody signed in.
    pub fn visit(&mut self, place: &Place) {
        if let Stage::Desk(window) = &mut self.stage {
            window.open(place);
        }
    }

    /// Where the person is; nowhere before they signed in, or where no tab is open.
    pub fn place(&self) -> Option<Place> {
        match &self.stage {
            Stage::Desk(window) => window.place(),
            Stage::First(_) | Stage::Door(_) => None,
        }
    }

    /// What can be done on the open screen; nothing before somebody signed in.
    pub fn offers(&self) -> Vec<Offer> {
        match &self.stage {
            Stage::Desk(window) => window.offers(),
            Stage::First(_) | Stage::Door(_) => Vec::new(),
        }
    }

    /// The keys of the parts of the open screen.
    pub fn parts(&self) -> &'static [Part] {
        match &self.stage {
            Stage::Desk(window) => window.parts(),
            Stage::First(_) | Stage::Door(_) => &[],
        }
    }

    /// What can be done on every screen.
    pub fn own_actions() -> &'static [Action] {
        own::ACTIONS
    }

    /// Draws the whole window: what `eframe` calls, and a test without a window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        words::speak(&ctx, self.setting.lang);
        badge::follow(&ctx);
        let next = match &mut self.stage {
            Stage::First(first) => first.ui(ui, &mut self.setting, &self.clock),
            Stage::Door(entry) => entry.ui(ui, &mut self.setting),
            Stage::Desk(window) => window.ui(ui, &mut self.setting),
        };
        focus::ring(&ctx);
        badge::paint(&ctx);
        if let Some(next) = next {
            self.go(&ctx, next);
            ctx.request_repaint();
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.show(ui);
    }

    /// Nothing is saved by time; but this is asked when a frame is on the screen, with all that the system took for it.
    fn auto_save_interval(&self) -> Duration {
        self.drawing.ended.set(Instant::now());
        Duration::MAX
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let now = Duration::try_from_secs_f64(input.time.unwrap_or_default()).unwrap_or_default();
        let wedge = match &self.stage {
            Stage::Desk(window) => window.wedge(),
            Stage::First(_) | Stage::Door(_) => None,
        };
        let beat = Beat { now, slow: self.drawing.took() > SLOW };
        self.drawing.began = Instant::now();
        if matches!(&self.stage, Stage::Desk(window) if window.settling()) {
            self.keyboard.wait();
        }
        let passed = self.keyboard.pass(wedge, std::mem::take(&mut input.events), beat);
        input.events = passed.events;
        if let Stage::Desk(window) = &mut self.stage {
            passed.scans.iter().for_each(|code| window.scan(code, Device::Keys, now));
        }
        if self.keyboard.is_waiting() || !passed.scans.is_empty() {
            ctx.request_repaint();
        }
        if let Some(wake) = self.keyboard.wake() {
            ctx.request_repaint_after(wake.saturating_sub(now).saturating_add(Duration::from_millis(1)));
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Stage::Desk(window) = &mut self.stage {
            window.close();
        }
    }
}
