//! Templates of orders on the screen: the menu from which a new order begins with one, the dialog in which an order is
//! kept as one, and the catalogue of all.

mod keeping;

use egui::{Key, Pos2, Ui, pos2};
use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::directories::Directory;
use crate::engine::worker::Lane;
use crate::modules::browse::Link;
use crate::modules::directory::DirectoryScreen;
use crate::ui::action::{Action, Keys};
use crate::ui::desk::{Desk, Wish};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, ListSpec, Pages, key, plain, written};
use crate::ui::loader::Loader;
use crate::ui::menu::{Entry, Menu, entries_ui};
use crate::ui::screen::Place;
use crate::ui::words::say;

pub(crate) use keeping::Keeping;

/// The kind of the place where a new order begins with a template, whose key is the template's id.
pub(crate) const BEGUN: &str = "order-template";

/// Begins a new order with a template that is chosen.
pub(crate) static BEGIN: Action = Action {
    id: "template-choose",
    text: "templates.begin",
    icon: icon::FILE_PLUS,
    keys: &[Keys::ctrl_shift(Key::N)],
    need: Some(Right::OrderPlace),
};

/// Keeps an order as a template.
pub(crate) static KEEP: Action = Action {
    id: "template-save",
    text: "templates.keep",
    icon: icon::FILES,
    keys: &[Keys::alt(Key::T)],
    need: Some(Right::OrderPlace),
};

static USE: Action = Action {
    id: "template-use",
    text: "templates.use",
    icon: icon::FILE_PLUS,
    keys: &[],
    need: Some(Right::OrderPlace),
};

static LINKS: &[Link] = &[Link { action: &USE, field: "id", kind: BEGUN, needs: &[Right::OrderPlace] }];

/// All templates; they are made of orders.
pub(crate) static TEMPLATES: Directory = Directory {
    kind: "order-templates",
    title: "templates.title",
    new: "",
    icon: icon::FILES,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh: |_| json!({}),
    save: "save-template",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-template",
    switches: false,
    view: Right::OrderPlace,
    edit: Right::OrderPlace,
    empty: "templates.empty",
};

static LIST: ListSpec = ListSpec {
    query: "templates",
    totals: None,
    sums: &[],
    groups: &[],
    tables: TABLES,
    name: "templates.title",
    columns: COLUMNS,
    fields: &[],
    own: "",
    grow: "name",
    sort: "",
    pages: Pages::Whole,
    state: |_| (None, false),
};

const TABLES: &[&str] = &["order_templates", "counterparties"];

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("name", "browse.name", Kind::Strong, 300.0),
    ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 240.0),
    ListColumn::new("lines", "templates.lines", Kind::Number, 100.0),
];

static SECTIONS: &[Section] =
    &[Section { title: "", fields: &[FieldSpec::new("name", "browse.name", FieldKind::Text).required()] }];

/// The screen of all templates.
pub(crate) fn screen() -> DirectoryScreen {
    DirectoryScreen::new(&TEMPLATES).linked(LINKS)
}

/// The menu of templates, for a screen from which new orders begin.
pub(crate) struct Pick {
    rows: Loader<Vec<Json>>,
    menu: Option<Menu>,
    /// Below the button that opens it.
    pub at: Pos2,
}

impl Default for Pick {
    fn default() -> Pick {
        Pick { rows: Loader::default(), menu: None, at: pos2(640.0, 120.0) }
    }
}

impl Pick {
    /// Opens it.
    pub(crate) fn open(&mut self) {
        self.menu = Some(Menu::at(self.at));
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.menu.is_some()
    }

    /// Draws it; what is chosen is wished for.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        if self.menu.is_none() {
            return;
        }
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, TEMPLATES.list.query, json!({}));
        let rows = self.rows.keep(desk.revision(TABLES), ask).map_or(&[][..], Vec::as_slice);
        let mut lines: Vec<(Option<Place>, Entry)> = rows.iter().map(|row| line(row, desk)).collect();
        if lines.is_empty() {
            lines.push((None, Entry::new("", say(ui, "templates.none")).disabled(true)));
        }
        let manage = Entry::new(icon::LIST, say(ui, "templates.manage")).apart();
        lines.push((Some(Place::only(TEMPLATES.kind)), manage));
        let (mut places, entries): (Vec<Option<Place>>, Vec<Entry>) = lines.into_iter().unzip();
        let chosen = ui.push_id("templates", |ui| entries_ui(ui, &mut self.menu, &entries)).inner;
        if let Some(place) = chosen.and_then(|at| places.get_mut(at)).and_then(Option::take) {
            desk.wish(Wish::Open(place));
        }
    }
}

fn line(row: &Json, desk: &Desk) -> (Option<Place>, Entry) {
    let (name, customer) = (plain(row, "name"), written(CUSTOMER, row, "counterparty_name", desk));
    let text = if customer.is_empty() { name } else { format!("{name} · {customer}") };
    (Some(Place::of(BEGUN, key(row))), Entry::new(icon::FILE_PLUS, text))
}
