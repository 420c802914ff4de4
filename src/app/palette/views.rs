//! The saved views of lists, as lines of the palette.

use serde_json::{Value as Json, json};

use crate::app::menu;
use crate::app::palette::rank::Name;
use crate::app::palette::{Command, Goal, Line};
use crate::engine::ticket::Ticket;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::icon;
use crate::ui::list::{key, plain};

/// The screen of each list that is looked at by views, by the list's query.
const SCREENS: [(&str, &str); 6] = [
    ("orders", "orders"),
    ("counterparties", "customers"),
    ("items", "items"),
    ("payments", "payments"),
    ("invoices", "invoices"),
    ("tasks", "tasks"),
];

/// Asks for the views that who sits here sees.
pub(super) fn ask(desk: &Desk) -> Ticket<Vec<Json>> {
    desk.handle.ask_json(Lane::Interactive, &desk.call, "views", json!({}))
}

/// Those of lists that are open to who sits here, each with the name of its list.
pub(super) fn commands(rows: &[Json], desk: &Desk) -> Vec<Command> {
    let command = |row: &Json| {
        let list = plain(row, "list");
        let (list, kind) = SCREENS.into_iter().find(|(query, _)| *query == list)?;
        let opener = menu::every().find(|opener| opener.kind == kind && opener.is_for(desk))?;
        let (name, detail) = (plain(row, "name"), desk.say(opener.title));
        let names = [Name::of(&name), Name::of(&format!("{name} {detail}"))];
        let goal = Goal::View { kind: opener.kind, list, id: key(row) };
        Some(Command { line: Line { icon: icon::BOOKMARK, text: name, detail, goal }, names })
    };
    rows.iter().filter_map(command).collect()
}
