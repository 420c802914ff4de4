//! Users as a catalogue: who signs in, in which role.

use crate::base::right::Right;
use crate::directories::Directory;
use crate::settings::company::LANGUAGES;
use crate::ui::form::{FieldKind, FieldSpec, Reference, Section};
use crate::ui::grid::Look;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages};

/// Users.
pub static USERS: Directory = Directory {
    kind: "users",
    title: "users.title",
    new: "users.new",
    icon: icon::USERS,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh: |desk| serde_json::json!({"active": true, "language": desk.lang.code()}),
    save: "save-user",
    known_by: "id",
    keep: &["id", "version"],
    remove: "",
    switches: true,
    view: Right::UserManage,
    edit: Right::UserManage,
    empty: "users.empty",
};

static LIST: ListSpec = ListSpec {
    query: "users",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["users", "roles", "credentials"],
    name: "users.title",
    columns: &[
        ListColumn::new("name", "users.name", Kind::Strong, 200.0),
        ListColumn::new("login", "window.login", Kind::Figure, 150.0),
        ListColumn::new("role_name", "users.role", Kind::Shipped("roles", Look::Plain), 170.0),
        ListColumn::new("language", "users.language", Kind::Code("language."), 110.0).yields(1),
        ListColumn::new("active", "users.active", Kind::Flag, 190.0),
        ListColumn::new("has_pin", "window.pin", Kind::Flag, 90.0),
    ],
    fields: &[],
    own: "",
    grow: "name",
    sort: "",
    pages: Pages::Whole,
    state: |row| {
        let active = row.get("active").and_then(serde_json::Value::as_bool) != Some(false);
        if active { (None, false) } else { (Some("cancelled"), true) }
    },
};

static ROLE: Reference = Reference::whole("roles", "code", "name").shown("role_name");

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("name", "users.name", FieldKind::Text).required(),
        FieldSpec::new("login", "window.login", FieldKind::Text).required().hint("users.login_hint"),
        FieldSpec::new("role", "users.role", FieldKind::Reference(&ROLE)).required(),
        FieldSpec::new("language", "users.language", FieldKind::Choice(LANGUAGES)).required(),
        FieldSpec::new("active", "users.active", FieldKind::Flag),
    ],
}];
