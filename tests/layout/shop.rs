//! The made-up company and the real window before it, on a screen of 1366 × 768.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Vec2, ViewportId, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::app::{App, Start};
use patver::base::date::{Date, Instant};
use patver::base::locale::{self, Lang};
use patver::base::shipped;
use patver::demo::{self, PASSWORD, Wish};
use patver::domain::BUSINESS;
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use patver::engine::ticket::Watch;
use patver::platform::Workplace;
use patver::ui::screen::Place;
use patver::ui::tokens::{Density, Theme, Tokens};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::drawn::{self, Drawn};

/// 2026-11-24T10:30 in Yerevan.
const NOW: i64 = 1_795_501_800_000;

/// The pixels of the display.
const DISPLAY: Vec2 = vec2(1366.0, 768.0);

/// What the bars of the system and of the window take of the display's height, in points.
const BARS: f32 = 48.0 + 32.0;

/// What is left for the window at so many pixels a point, in points. The bars of the system grow with its own scale, which
/// on such a display is not above this; the rest is the scale of the window.
const SYSTEM_SCALE: f32 = 1.5;
pub fn room(pixels: f32) -> Vec2 {
    DISPLAY / pixels - vec2(0.0, BARS * pixels.min(SYSTEM_SCALE) / pixels)
}

/// The made-up company in a language.
pub struct Shop {
    folder: TempDir,
    file: PathBuf,
    clock: Arc<SetClock>,
    lang: Lang,
}

impl Shop {
    /// Sixty orders of the year.
    pub fn new(lang: Lang) -> Shop {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("demo.patver");
        let wish = Wish { orders: 60, language: lang, ..Wish::up_to(Date::parse("2026-11-24").unwrap()) };
        demo::make(&file, &wish, &Watch::default()).unwrap();
        Shop { folder, file, clock: Arc::new(SetClock::at(Instant::from_millis(NOW))), lang }
    }

    /// The same in a language whose words are longer by two fifths, made of English ones.
    pub fn stretched() -> Shop {
        let shop = Shop::new(Lang::EN);
        // What shipped records are called is known by their real names.
        shipped::named(Lang::EN, "units", "pcs");
        locale::see_through(stretched);
        shop
    }

    /// The same company once more, in a folder of its own.
    pub fn twin(&self) -> Shop {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("demo.patver");
        std::fs::copy(&self.file, &file).unwrap();
        Shop { folder, file, clock: self.clock.clone(), lang: self.lang }
    }

    /// The path of a file that stands beside the company.
    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    /// The ids a query gives, the newest last.
    pub fn ids(&self, query: &str) -> Vec<String> {
        let store = Store::open(&self.file, &BUSINESS, self.clock.clone()).unwrap();
        let rows: Vec<Json> = store.query_json(&Call::of_user(1), query, json!({"limit": 500})).unwrap();
        rows.iter().map(|row| row["id"].to_string()).collect()
    }

    /// The id of an order that is owed for.
    pub fn owed(&self) -> String {
        let store = Store::open(&self.file, &BUSINESS, self.clock.clone()).unwrap();
        let wanted = json!({"payment": ["owing"], "kind": ["order"], "limit": 1});
        let rows: Vec<Json> = store.query_json(&Call::of_user(1), "orders", wanted).unwrap();
        rows[0]["id"].to_string()
    }

    /// The window with this file, or with none.
    pub fn window(&self, known: bool) -> Window {
        let start = Start {
            file: known.then(|| self.file.clone()),
            lang: self.lang,
            clock: self.clock.clone(),
            workplace: Workplace::at(self.folder.path()),
            inline: true,
        };
        let mut start = Some(start);
        let builder = Harness::builder().with_size(room(1.0)).with_step_dt(0.05).with_max_steps(30);
        let harness = builder
            .with_accessibility_check(false)
            .build_eframe(move |creation| App::new(&creation.egui_ctx, start.take().unwrap()));
        drawn::watch(&harness);
        let mut window = Window { harness, lang: self.lang };
        window.settle();
        window
    }
}

/// Every word of a text longer by two fifths; places to be filled stay, and so do signs and short names of months.
fn stretched(text: &str) -> String {
    if text.chars().filter(|letter| letter.is_alphabetic()).count() <= 3 {
        return text.to_owned();
    }
    let longer = |word: &str| {
        let letters =
            if word.contains("%{") { 0 } else { word.chars().filter(|letter| letter.is_alphabetic()).count() };
        let more: String = "äëïöüåéñ".chars().cycle().take((letters * 2).div_ceil(5)).collect();
        format!("{word}{more}")
    };
    text.split(' ').map(longer).collect::<Vec<_>>().join(" ")
}

/// The window of a person.
pub struct Window {
    pub harness: Harness<'static, App>,
    lang: Lang,
}

impl Window {
    /// Lets the window draw until it is at rest.
    pub fn settle(&mut self) {
        self.harness.run_ok();
    }

    /// What is drawn now.
    pub fn drawn(&mut self) -> Drawn {
        self.harness.step();
        drawn::drawn(&self.harness)
    }

    /// Draws in a theme and with so many pixels a point.
    pub fn look(&mut self, theme: &str, pixels: f32) {
        Tokens { theme: Theme::shipped(theme).unwrap(), density: Density::Standard }.apply(&self.harness.ctx);
        let input = self.harness.input_mut();
        input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(pixels);
        input.screen_rect = Some(Rect::from_min_size(egui::Pos2::ZERO, room(pixels)));
        self.harness.run_steps(2);
        self.settle();
        // A dialog grows by some each time it is drawn.
        self.harness.run_steps(4);
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    /// Presses a key with others held.
    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types into what has the focus.
    pub fn typed(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Clicks the last button whose name has the text of this key in it.
    pub fn click(&mut self, key: &str) {
        let text = locale::tr(self.lang, key, &[]);
        let button = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Button;
        self.harness.query_all_by_label_contains(&text).rfind(button).unwrap().click();
        self.settle();
    }

    /// Goes to a place.
    pub fn visit(&mut self, place: &Place) {
        self.harness.state_mut().visit(place);
        self.settle();
    }

    /// How many rows of the standard height are seen whole.
    pub fn whole_rows(&self) -> usize {
        let rows = self.harness.query_all_by_role(Role::Row).map(|row| row.rect().height());
        rows.filter(|height| *height >= 25.9).count()
    }

    /// Clicks on the first row, where there are rows.
    pub fn click_first_row(&mut self) {
        if let Some(row) = self.harness.query_all_by_role(Role::Row).next() {
            row.click();
        }
        self.settle();
    }

    /// Comes in as the owner, past the search window.
    pub fn sign_in(&mut self) {
        self.typed("ani");
        self.press(Key::Enter);
        self.typed(PASSWORD);
        self.press(Key::Enter);
        assert!(self.harness.state().place().is_some(), "nobody came in");
        self.press(Key::Escape);
    }

    /// Every text that is seen, to tell whether something happened.
    pub fn texts(&mut self) -> BTreeSet<String> {
        self.drawn().layers.into_iter().flat_map(|layer| layer.words).map(|word| word.text).collect()
    }
}
