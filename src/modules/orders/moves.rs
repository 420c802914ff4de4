//! Where an order may be moved from its state: the fixed states, and the company's own statuses within them.

use serde_json::Value as Json;

use crate::base::shipped;
use crate::modules::orders::actions::CHANGES;
use crate::ui::desk::Desk;
use crate::ui::icon;
use crate::ui::list::plain;
use crate::ui::menu::Entry;

/// One move as the menu offers it.
pub(super) struct Move {
    /// The state, or the code of a status of the company's own.
    pub to: String,
    text: String,
    icon: &'static str,
}

impl Move {
    /// A line of the menu.
    pub(super) fn entry(&self) -> Entry {
        Entry::new(self.icon, self.text.clone())
    }
}

/// The moves of an order: within its state first, then to the others, each with the company's own statuses behind it.
pub(super) fn of(row: &Json, statuses: &[Json], desk: &Desk) -> Vec<Move> {
    let (state, now) = (plain(row, "status"), row.get("substatus"));
    let own = |state: &str| {
        let mut own: Vec<&Json> = statuses.iter().filter(|status| plain(status, "state") == state).collect();
        // The status that is named like its state is the state itself.
        own.retain(|status| plain(status, "code") != state && status.get("id") != now);
        own.into_iter().map(|status| Move {
            to: plain(status, "code"),
            text: shipped::named(desk.lang, "statuses", &plain(status, "name")),
            icon: icon::named(&plain(status, "icon")).unwrap_or(icon::CIRCLE),
        })
    };
    let mut moves = Vec::new();
    if now.is_some_and(|status| !status.is_null()) {
        moves.push(Move { to: state.clone(), text: desk.say(&format!("status.{state}")), icon: icon::CIRCLE });
    }
    moves.extend(own(&state));
    for change in CHANGES.iter().filter(|change| change.is_from(&state)) {
        moves.push(Move { to: change.to.to_owned(), text: desk.say(change.text), icon: change.icon });
        moves.extend(own(change.to));
    }
    moves
}
