//! A window with a field, a grid and a field, over rows that are made when they are wanted.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Event, Id, Key, Modifiers, Pos2, Rect, TextEdit, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::Lang;
use patver::ui::action::{Action, Keys, Offer};
use patver::ui::grid::{Align, Cell, Column, FooterCell, Grid, GridEvent, GridState, Look, Row, Rows, grid_ui};
use patver::ui::menu::{self, Menu};
use patver::ui::tokens::{Density, Theme, Tokens};
use patver::ui::{fonts, words};

/// Rows that are there from the frame on after they were wanted. The key of a row is its place and `shift`.
pub struct Made {
    pub count: Option<u64>,
    pub shift: i64,
    pub late: bool,
    /// The row that a rule colours.
    pub painted: Option<i64>,
    pub wanted: (u64, u64),
    pub rows: BTreeMap<u64, Row>,
}

impl Made {
    pub fn new(count: u64) -> Made {
        Made { count: Some(count), shift: 0, late: false, painted: None, wanted: (0, 0), rows: BTreeMap::new() }
    }

    fn make(&self, at: u64) -> Row {
        let key = i64::try_from(at).unwrap() + self.shift;
        let mut cells = vec![
            Cell::text(format!("A-{key}")),
            Cell::text(format!("Customer\t{key} with a name so long that no column holds it")),
        ];
        cells.extend([Cell::status("Ready"), Cell::text("12 400").look(Look::Danger)]);
        let paint = self.painted.filter(|painted| *painted == key).map(|_| "overdue");
        cells[3].paint = paint.map(|_| "done");
        let spoken = format!("No A-{key}, Ready");
        Row { key, cells, status: Some("ready"), spoken, paint, fresh: paint.is_some(), ..Row::default() }
    }
}

impl Rows for Made {
    fn count(&self) -> Option<u64> {
        self.count
    }
    fn row(&self, at: u64) -> Option<&Row> {
        self.rows.get(&at)
    }
    fn want(&mut self, from: u64, to: u64) {
        self.wanted = (from, to);
        if !self.late {
            for at in from..to {
                let row = self.make(at);
                self.rows.insert(at, row);
            }
        }
    }
    fn find(&self, key: i64) -> Option<u64> {
        u64::try_from(key - self.shift).ok().filter(|at| Some(*at) < self.count)
    }
    fn is_loading(&self) -> bool {
        self.late
    }
}

pub const OPEN: Action =
    Action { id: "open", text: "ui.toast_go", icon: "", keys: &[Keys::plain(Key::Enter)], need: None };
pub const UNDO: Action =
    Action { id: "undo", text: "ui.toast_undo", icon: "", keys: &[Keys::ctrl(Key::Z)], need: None };
pub const CLOSE: Action = Action { id: "close", text: "ui.close", icon: "", keys: &[], need: None };

pub fn offers() -> [Offer; 3] {
    [OPEN.offer(true), UNDO.offer(false), CLOSE.offer(true)]
}

pub struct Stage {
    pub grid: GridState,
    pub rows: Made,
    pub columns: Vec<Column>,
    pub events: Vec<GridEvent>,
    pub menu: Option<Menu>,
    pub chosen: Vec<&'static str>,
    pub before: String,
    pub after: String,
}

pub fn columns() -> Vec<Column> {
    let column = |id, title, width, align| {
        let free = id == "customer";
        Column { id, title, width, align, sort: Some(id), grow: free, free, yields: 0, picture: false }
    };
    vec![
        column("number", "ui.grid_table", 80.0, Align::Left),
        column("customer", "ui.menu", 200.0, Align::Left),
        column("status", "ui.toast_go", 120.0, Align::Left),
        column("total", "ui.close", 100.0, Align::Right),
    ]
}

pub fn grid_id() -> Id {
    Id::unique("grid under test")
}

impl Stage {
    pub fn new(count: u64) -> Stage {
        let mut grid = GridState::default();
        grid.focus();
        Stage {
            grid,
            rows: Made::new(count),
            columns: columns(),
            events: Vec::new(),
            menu: None,
            chosen: Vec::new(),
            before: String::new(),
            after: String::new(),
        }
    }

    fn ui(&mut self, ui: &mut Ui) {
        for offer in self.grid.offers(&self.columns, false) {
            if ui.input_mut(|input| offer.action.keys.iter().any(|keys| keys.pressed(input))) {
                self.grid.act(offer.action.id);
            }
        }
        ui.add(TextEdit::singleline(&mut self.before).hint_text("before"));
        let rest = ui.available_rect_before_wrap();
        let room = Rect::from_min_max(rest.min, Pos2::new(rest.max.x, rest.max.y - 40.0));
        let footer = [FooterCell::left("Σ 3"), FooterCell::under("total", "1 840 000")];
        let grid = Grid::new(grid_id(), &self.columns).footer(&footer);
        let mut events = Vec::new();
        ui.scope_builder(egui::UiBuilder::new().max_rect(room), |ui| {
            events = grid_ui(ui, &grid, &mut self.grid, &mut self.rows);
        });
        for event in &events {
            if let GridEvent::MenuAsked { at, .. } = event {
                self.menu = Some(Menu::at(*at));
            }
        }
        self.events.extend(events);
        self.chosen.extend(menu::menu_ui(ui, &mut self.menu, &offers()));
        ui.add(TextEdit::singleline(&mut self.after).hint_text("after"));
    }
}

pub fn stage(stage: Stage) -> Harness<'static, Stage> {
    sized(stage, (900.0, 400.0), 1.0)
}

pub fn sized(stage: Stage, size: (f32, f32), pixels: f32) -> Harness<'static, Stage> {
    let builder = Harness::builder().with_step_dt(1.0 / 60.0).with_max_steps(60).with_size(egui::vec2(size.0, size.1));
    let builder = builder.with_pixels_per_point(pixels).with_context_setup(|ctx| {
        fonts::install(ctx);
        words::speak(ctx, Lang::EN);
        Tokens { theme: Theme::shipped("light").unwrap(), density: Density::Standard }.apply(ctx);
    });
    let mut harness = builder.build_ui_state(|ui, stage: &mut Stage| stage.ui(ui), stage);
    harness.run();
    harness.run();
    harness
}

pub fn press(harness: &mut Harness<Stage>, key: Key) {
    press_with(harness, Modifiers::NONE, key);
}

pub fn press_with(harness: &mut Harness<Stage>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

pub fn type_text(harness: &mut Harness<Stage>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

/// What happened since the last look.
pub fn events(harness: &mut Harness<Stage>) -> Vec<GridEvent> {
    std::mem::take(&mut harness.state_mut().events)
}

pub fn value(harness: &Harness<Stage>) -> String {
    harness.get_by_role(Role::Grid).value().unwrap()
}

pub fn is_focused(harness: &Harness<Stage>) -> bool {
    harness.ctx.memory(|memory| memory.has_focus(grid_id()))
}

pub fn row<'h>(harness: &'h Harness<Stage>, key: i64) -> egui_kittest::Node<'h> {
    let label: &'static str = Box::leak(format!("No A-{key}, Ready").into_boxed_str());
    harness.get_by_role_and_label(Role::Row, label)
}
