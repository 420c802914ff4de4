//! Statuses of orders: names, colours and icons of the company's own within the fixed states.

use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::base::shipped;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, CODE, Directory, NAME, off, whole};
use crate::ui::desk::Desk;
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::grid::Cell;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, plain};
use crate::ui::tokens::parse_color;

/// Statuses of orders.
pub static STATUSES: Directory = Directory {
    kind: "statuses",
    title: "statuses.title",
    new: "statuses.new",
    icon: icon::FLAG,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: CHANGING,
    fresh: |_| json!({"active": true, "color": "#8A8F98", "icon": "circle"}),
    save: "save-status",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-status",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::DirectoryEdit,
    empty: "statuses.empty",
};

const STATES: &[(&str, &str)] = &[
    ("draft", "status.draft"),
    ("confirmed", "status.confirmed"),
    ("in-work", "status.in-work"),
    ("ready", "status.ready"),
    ("closed", "status.closed"),
    ("cancelled", "status.cancelled"),
];

static LIST: ListSpec = ListSpec { state, ..whole("statuses", &["statuses"], "statuses.title", COLUMNS) };

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("position", "statuses.position", Kind::Number, 80.0).yields(2),
    ListColumn::new("name", "browse.name", Kind::Made(name), 260.0),
    ListColumn::new("code", "browse.code", Kind::Figure, 160.0).yields(1),
    ListColumn::new("state", "statuses.state", Kind::Code("status."), 160.0),
    ACTIVE_COLUMN,
];

/// The name as orders show it: a status named like its state looks like the state, any other has an icon and a colour of
/// its own.
fn name(row: &Json, desk: &Desk) -> Cell {
    let cell = Cell::status(shipped::named(desk.lang, "statuses", &plain(row, "name")));
    if plain(row, "code") == plain(row, "state") {
        return cell;
    }
    Cell { icon: icon::named(&plain(row, "icon")), own: parse_color(&plain(row, "color")).ok(), ..cell }
}

fn state(row: &Json) -> (Option<&'static str>, bool) {
    let pair = match row.get("state").and_then(Json::as_str).unwrap_or_default() {
        "confirmed" => "new",
        "in-work" => "in_work",
        "ready" => "ready",
        "closed" => "done",
        "cancelled" => "cancelled",
        _ => "draft",
    };
    (Some(pair), off(row).1)
}

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        NAME,
        FieldSpec::new("state", "statuses.state", FieldKind::Choice(STATES)).required(),
        FieldSpec::new("color", "statuses.color", FieldKind::Color),
        FieldSpec::new("icon", "statuses.icon", FieldKind::Icon),
        FieldSpec::new("position", "statuses.position", FieldKind::Integer),
        CODE,
        ACTIVE,
    ],
}];

static CHANGING: &[Section] = &[Section {
    title: "",
    fields: &[
        NAME,
        FieldSpec::new("state", "statuses.state", FieldKind::Choice(STATES)).read_only(),
        FieldSpec::new("color", "statuses.color", FieldKind::Color),
        FieldSpec::new("icon", "statuses.icon", FieldKind::Icon),
        FieldSpec::new("position", "statuses.position", FieldKind::Integer),
        FieldSpec::new("code", "browse.code", FieldKind::Text),
        ACTIVE,
    ],
}];
