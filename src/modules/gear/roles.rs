//! Roles: the list of them, and a dialog for one.

use egui::Ui;
use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::engine::worker::Lane;
use crate::modules::browse::{Browse, Catalogue, Edits, Opens, Wanted};
use crate::modules::gear::role::Editor;
use crate::ui::action::Offer;
use crate::ui::desk::Desk;
use crate::ui::grid::{Cell, Look};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages, no_state, plain};
use crate::ui::loader::Loader;
use crate::ui::screen::{Place, Screen};

static LIST: ListSpec = ListSpec {
    query: "roles",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["roles"],
    name: "roles.title",
    columns: &[
        ListColumn::new("name", "browse.name", Kind::Shipped("roles", Look::Strong), 300.0),
        ListColumn::new("code", "browse.code", Kind::Figure, 200.0),
        ListColumn::new("rights", "roles.rights", Kind::Made(how_many), 220.0),
    ],
    fields: &[],
    own: "",
    grow: "name",
    sort: "",
    pages: Pages::Whole,
    state: no_state,
};

static ROLES: Catalogue = Catalogue {
    place: "roles",
    title: "roles.title",
    icon: icon::SHIELD_CHECK,
    list: &LIST,
    called: "name",
    searches: "",
    filters: &[],
    opens: Opens::Inside,
    links: &[],
    edits: Some(Edits {
        need: Right::RoleManage,
        adds: true,
        save: "save-role",
        known_by: "id",
        remove: "",
        switches: false,
    }),
    voids: None,
    empty: "roles.empty",
};

/// So many of all rights.
fn how_many(row: &Json, desk: &Desk) -> Cell {
    let held = row.get("rights").and_then(Json::as_array).map_or(0, Vec::len);
    let (held, all) = (held.to_string(), Right::ALL.len().to_string());
    Cell::text(desk.say_with("roles.so_many", &[("held", &held), ("all", &all)]))
}

/// The screen of roles.
pub(super) struct Roles {
    browse: Browse,
    editor: Option<Editor>,
    own: Loader<Vec<Json>>,
}

impl Roles {
    /// The list, the keyboard on its rows.
    pub(super) fn new() -> Roles {
        Roles { browse: Browse::new(ROLES), editor: None, own: Loader::default() }
    }

    fn own(&mut self, desk: &Desk) -> String {
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "own-account", json!({}));
        let told = self.own.keep(desk.revision(&["users"]), ask);
        told.and_then(|rows| rows.first()).map(|row| plain(row, "role")).unwrap_or_default()
    }
}

impl Screen for Roles {
    fn place(&self) -> Place {
        Place::only("roles")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("roles.title")
    }

    fn icon(&self) -> &'static str {
        icon::SHIELD_CHECK
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.browse.actions(desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        self.browse.act(action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let own = self.own(desk);
        self.browse.ui(ui, desk);
        match self.browse.wanted() {
            Some(Wanted::New) => self.editor = Some(Editor::new(None, &own, desk)),
            Some(Wanted::Row(row)) => self.editor = Some(Editor::new(Some(&row), &own, desk)),
            None => {}
        }
        if let Some(editor) = &mut self.editor
            && editor.ui(ui, desk)
        {
            self.editor = None;
            self.browse.focus();
        }
    }

    fn modal(&self) -> bool {
        self.editor.is_some() || self.browse.is_asking()
    }
}
