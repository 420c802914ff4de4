//! Draws the pages of the handbook: every screen of the demo company in the real window, its picture and its keys, into a
//! folder. Other languages, themes and sizes are for looking at: `screens FOLDER [LANGUAGE] [THEME] [ZOOM]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

#[path = "../tests/handbook/mod.rs"]
mod handbook;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use eframe::{Frame, NativeOptions, Renderer};
use egui::{ColorImage, Context, Event, Key, Modifiers, RawInput, Ui, ViewportBuilder, ViewportCommand, vec2};
use image::RgbaImage;
use patver::app::{App, Start};
use patver::base::date::{Date, Instant};
use patver::base::locale::Lang;
use patver::demo::{self, PASSWORD, Wish};
use patver::domain::BUSINESS;
use patver::engine::clock::{Clock, SetClock};
use patver::engine::store::{Call, Store};
use patver::engine::ticket::Watch;
use patver::modules;
use patver::platform::Workplace;
use patver::ui::screen::Place;
use patver::ui::tokens::{Density, Theme, Tokens};
use serde_json::{Value as Json, json};

/// 2026-11-24T10:30 in Yerevan.
const NOW: i64 = 1_795_501_800_000;

/// What is done in the window, one after another.
enum Step {
    Type(String),
    Press(Modifiers, Key),
    Visit(Place),
    Look(String, f32),
    Wait(u32),
    /// Until this second, when the messages of the sign-in are gone.
    Until(f64),
    Shot(String),
}

/// The window with what is still to be done in it.
struct Walker {
    app: App,
    steps: VecDeque<Step>,
    events: Vec<Event>,
    rest: u32,
    folder: PathBuf,
}

impl Walker {
    fn step(&mut self, ctx: &Context) {
        if self.rest > 0 {
            self.rest -= 1;
            return;
        }
        self.rest = 6;
        match self.steps.pop_front() {
            None => ctx.send_viewport_cmd(ViewportCommand::Close),
            Some(Step::Type(text)) => self.events.push(Event::Text(text)),
            Some(Step::Press(modifiers, key)) => {
                for pressed in [true, false] {
                    self.events.push(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
                }
            }
            Some(Step::Visit(place)) => self.app.visit(&place),
            Some(Step::Look(theme, zoom)) => {
                Tokens { theme: Theme::shipped(&theme).unwrap(), density: Density::Standard }.apply(ctx);
                ctx.set_zoom_factor(zoom);
            }
            Some(Step::Wait(frames)) => self.rest = frames,
            Some(Step::Until(second)) if ctx.input(|input| input.time) < second => {
                self.steps.push_front(Step::Until(second));
            }
            Some(Step::Until(_)) => {}
            Some(Step::Shot(name)) => {
                let page = format!(
                    "# {0}\n\n![{0}]({name}.png)\n\n{1}",
                    title(&name, &self.app),
                    handbook::of_screen(&self.app.offers(), self.app.parts())
                );
                std::fs::write(self.folder.join(format!("{name}.md")), page.trim_end().to_owned() + "\n").unwrap();
                let path = self.folder.join(format!("{name}.png"));
                ctx.request_screenshot(move |shot| save(&path, &shot));
            }
        }
    }
}

fn save(path: &Path, shot: &ColorImage) {
    let bytes = shot.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
    let picture = RgbaImage::from_raw(shot.size[0] as u32, shot.size[1] as u32, bytes).unwrap();
    picture.save(path).unwrap();
    // A screen has few colours: so the picture gets a third of the size.
    let mut small = Command::new("convert");
    let small = small.arg(path).args(["+dither", "-colors", "128"]).arg(format!("PNG8:{}", path.display()));
    assert!(small.status().expect("ImageMagick is needed: apt-get install imagemagick").success());
}

/// What a page is called.
fn title(name: &str, app: &App) -> String {
    match name {
        "orders-search" => "Searching orders".to_owned(),
        _ => handbook::title(app.place().expect("a screen is open").kind),
    }
}

impl eframe::App for Walker {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        let ctx = ui.ctx().clone();
        self.step(&ctx);
        self.app.show(ui);
        ctx.request_repaint();
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        input.events.append(&mut self.events);
        input.focused = true;
        self.app.raw_input_hook(ctx, input);
    }
}

fn ids(file: &Path, clock: Arc<dyn Clock>, query: &str) -> Vec<String> {
    let store = Store::open(file, &BUSINESS, clock).unwrap();
    let rows: Vec<Json> = store.query_json(&Call::of_user(1), query, json!({"limit": 500})).unwrap();
    rows.iter().map(|row| row["id"].to_string()).collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("the folder of the pictures"));
    let lang = Lang::parse(&arguments.next().unwrap_or("en".to_owned())).unwrap();
    let theme = arguments.next().unwrap_or("light".to_owned());
    let zoom: f32 = arguments.next().unwrap_or("1".to_owned()).parse().unwrap();
    std::fs::create_dir_all(&folder).unwrap();
    let home = std::env::temp_dir().join(format!("patver-screens-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let file = home.join("demo.patver");
    let wish = Wish { orders: 120, language: lang, ..Wish::up_to(Date::parse("2026-11-24").unwrap()) };
    demo::make(&file, &wish, &Watch::default()).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let plain = |key| Step::Press(Modifiers::NONE, key);
    let mut steps: VecDeque<Step> = [
        Step::Wait(20),
        Step::Look(theme, zoom),
        Step::Type("ani".to_owned()),
        plain(Key::Enter),
        Step::Type(PASSWORD.to_owned()),
        plain(Key::Enter),
        Step::Wait(20),
        Step::Shot("orders-search".to_owned()),
        plain(Key::Escape),
        Step::Until(20.0),
    ]
    .into();
    let mut places: Vec<Place> = App::kinds().into_iter().filter(|kind| *kind != "behind").map(Place::only).collect();
    for card in modules::CARDS {
        let (query, new) = match card.kind {
            "customer" => ("counterparties", true),
            "order" => ("orders", true),
            "order-preview" => ("orders", false),
            "payment-preview" | "payment" => ("payments", false),
            "invoice-preview" | "invoice" => ("invoices", false),
            _ => ("items", true),
        };
        places.retain(|place| place.kind != card.kind);
        places.push(Place::of(card.kind, ids(&file, clock.clone(), query).pop().unwrap()));
        places.extend(new.then(|| Place::of(card.kind, "new")));
    }
    for place in places {
        let name = if place.key == "new" { format!("{}-new", place.kind) } else { place.kind.to_owned() };
        steps.extend([
            Step::Visit(place),
            Step::Wait(8),
            Step::Shot(name),
            Step::Press(Modifiers::COMMAND, Key::W),
            plain(Key::Escape),
        ]);
    }
    let viewport = ViewportBuilder::default().with_inner_size(vec2(1366.0, 688.0)).with_position([0.0, 0.0]);
    let options = NativeOptions { viewport, renderer: Renderer::Glow, ..NativeOptions::default() };
    let workplace = Workplace::at(&home);
    eframe::run_native(
        "patver",
        options,
        Box::new(move |creation| {
            let start = Start { file: Some(file), lang, clock, workplace, inline: true };
            let app = App::new(&creation.egui_ctx, start);
            Ok(Box::new(Walker { app, steps, events: Vec::new(), rest: 0, folder }))
        }),
    )
    .unwrap();
    std::fs::remove_dir_all(home).unwrap();
}
