//! A company on a real file and the window before it, driven by keys and clicks.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::App as _;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, RawInput};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::app::{App, Start};
use patver::base::date::Instant;
use patver::base::locale::{Lang, tr};
use patver::domain::company::CreateCompany;
use patver::domain::secret::Secret;
use patver::domain::{BUSINESS, credential};
use patver::engine::clock::{Clock as _, SetClock};
use patver::engine::store::{Call, Store};
use patver::platform::Workplace;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// The password of who sits at the desk.
pub const PASSWORD: &str = "Arev-2026-lav";

/// A company file in a folder of its own.
pub struct Shop {
    pub folder: TempDir,
    pub file: PathBuf,
    pub clock: Arc<SetClock>,
}

impl Shop {
    /// A company with three items that have barcodes.
    pub fn new() -> Shop {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("shop.patver");
        let clock = Arc::new(SetClock::at(Instant::parse("2026-11-24T10:00:00+04:00").unwrap()));
        let shop = Shop { folder, file, clock };
        let command = CreateCompany {
            name: "Aregak Service".to_owned(),
            country: "AM".to_owned(),
            currency: "AMD".parse().unwrap(),
            language: Lang::EN,
            owner: "ani".to_owned(),
            owner_name: None,
            time_zone: None,
            demo: false,
        };
        Store::found(&shop.file, &BUSINESS, shop.clock.clone(), |store| {
            credential::found_company(store, &command, Secret::new(PASSWORD))
        })
        .unwrap();
        for (name, code, price) in
            [("Toner", "4850001234562", "4700"), ("Paper", "4850001234579", "2100"), ("Repair", "R-1", "3000")]
        {
            let barcodes = if code.len() == 13 { vec![code] } else { Vec::new() };
            let own = if code.len() == 13 { "" } else { code };
            let item = json!({"kind": "goods", "name": name, "unit": "pcs", "price": price, "code": own, "barcodes": barcodes});
            shop.run("save-item", item);
        }
        shop
    }

    pub fn store(&self) -> Store {
        Store::open(&self.file, &BUSINESS, self.clock.clone()).unwrap()
    }

    pub fn run(&self, command: &str, arguments: Json) -> Json {
        let mut store = self.store();
        let done = store.run_json(&Call::of_user(1), command, arguments).unwrap();
        store.close().unwrap();
        done.output
    }

    pub fn ask(&self, query: &str, arguments: Json) -> Vec<Json> {
        self.store().query_json(&Call::of_user(1), query, arguments).unwrap()
    }

    /// The window before the door of this company, in a language.
    pub fn window(&self, lang: Lang) -> Window<'static> {
        let start = Start {
            file: Some(self.file.clone()),
            lang,
            clock: self.clock.clone(),
            workplace: Workplace::at(self.folder.path()),
            inline: true,
        };
        Window::new(start)
    }

    /// Puts a file into the folder of the workplace.
    pub fn put(&self, name: &str, content: &str) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// The window with somebody signed in, at the list of orders.
    pub fn at_the_desk(&self) -> Window<'static> {
        let mut window = self.window(Lang::EN);
        // The workplace remembers who signed in last.
        if !self.folder.path().join("settings/window").exists() {
            window.type_into("User", "ani");
        }
        window.type_into("Password", PASSWORD);
        window.press(Key::Enter);
        window.settle();
        // The search window comes first and is passed with one key, unless an unsaved card is open again.
        if window.sees("Find orders") {
            window.press(Key::Enter);
        }
        window
    }

    /// Lets time go by, in milliseconds.
    pub fn pass(&self, millis: i64) {
        self.clock.set(self.clock.now().plus_millis(millis));
    }

    /// Lets days go by.
    pub fn days_later(&self, days: i64) {
        self.pass(days * 24 * 3_600_000);
    }

    /// The names of the papers that were made.
    pub fn papers(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.folder.path().join("Patver")) else { return Vec::new() };
        let mut names: Vec<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// A window in a test.
pub struct Window<'a> {
    pub harness: Harness<'a, App>,
    pub presses: usize,
}

impl Window<'_> {
    pub fn new(start: Start) -> Window<'static> {
        let mut start = Some(start);
        let harness = Harness::builder()
            .with_size(egui::vec2(1366.0, 688.0))
            .with_step_dt(0.016)
            .with_max_steps(40)
            .build_eframe(move |creation| App::new(&creation.egui_ctx, start.take().unwrap()));
        let mut window = Window { harness, presses: 0 };
        window.settle();
        window
    }

    /// Lets the window draw until it is at rest.
    pub fn settle(&mut self) {
        self.harness.run_ok();
    }

    /// Presses a key and counts it.
    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    /// Presses a key with others held, and counts it once.
    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.presses += 1;
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// What a keyboard scanner does: its digits in a burst and Enter; none of it counts as a key.
    pub fn scan(&mut self, code: &str) {
        self.harness.event(egui::Event::Text(code.to_owned()));
        self.harness.step();
        self.harness.key_press(Key::Enter);
        self.settle();
    }

    /// One frame with what the keyboard sent since the last one, the way the program gets it.
    pub fn frame(&mut self, events: &[Event]) {
        let ctx = self.harness.ctx.clone();
        let time = Some(ctx.input(|input| input.time));
        let mut input = RawInput { events: events.to_vec(), time, ..RawInput::default() };
        self.harness.state_mut().raw_input_hook(&ctx, &mut input);
        self.harness.input_mut().events.extend(input.events);
        self.harness.step();
    }

    /// Types into what has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Types into the field of this name.
    pub fn type_into(&mut self, name: &str, text: &str) {
        let field = self.harness.query_all_by_label(name).find(|node| is_text(node.accesskit_node().role())).unwrap();
        field.focus();
        self.settle();
        self.type_text(text);
    }

    /// Clicks the control of this name.
    pub fn click(&mut self, name: &str) {
        self.harness.query_all_by_role_and_label(Role::Button, name).last().unwrap().click();
        self.settle();
    }

    /// Clicks a place where nothing is, so far beside the control of this name.
    pub fn click_beside(&mut self, name: &str, by: egui::Vec2) {
        let pos = self.harness.query_all_by_label(name).last().unwrap().rect().center() + by;
        self.harness.hover_at(pos);
        self.harness.step();
        for pressed in [true, false] {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            self.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
            self.harness.step();
        }
        self.settle();
    }

    /// What stands in the field of this name.
    pub fn value(&self, name: &str) -> String {
        let field = self.harness.query_all_by_label(name).find(|node| is_text(node.accesskit_node().role())).unwrap();
        field.accesskit_node().value().unwrap_or_default()
    }

    /// Clicks the first control whose name has these words.
    pub fn click_any(&mut self, words: &str) {
        self.harness.query_all_by_label_contains(words).next().unwrap().click();
        self.settle();
    }

    /// Clicks the last control whose name has these words, scrolled away or not.
    pub fn click_last(&mut self, words: &str) {
        self.harness.query_all_by_label_contains(words).last().unwrap().click_accesskit();
        self.settle();
    }

    /// Changes the language as the line at the bottom does.
    pub fn speak(&mut self, lang: Lang) {
        let name = tr(lang, "window.language_name", &[]);
        self.harness.query_all_by_label(&name).last().unwrap().click();
        self.settle();
    }

    /// Whether a button of this name is seen.
    pub fn has_button(&self, name: &str) -> bool {
        self.harness.query_all_by_role_and_label(Role::Button, name).next().is_some()
    }

    /// Whether something of this name is seen.
    pub fn sees(&self, name: &str) -> bool {
        self.harness.query_all_by_label_contains(name).next().is_some()
    }
}

fn is_text(role: Role) -> bool {
    matches!(role, Role::TextInput | Role::PasswordInput | Role::SearchInput | Role::MultilineTextInput)
}
