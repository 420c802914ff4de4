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

/// The moves of many orders: every state that can be reached, each with the company's own statuses behind it.
pub(super) fn all(statuses: &[Json], desk: &Desk) -> Vec<Move> {
    let each = CHANGES.iter().flat_map(|change| {
        let state = Move { to: change.to.to_owned(), text: desk.say(change.text), icon: change.icon };
        [state].into_iter().chain(own_of(change.to, statuses, desk))
    });
    each.collect()
}

/// The company's own statuses in a state; the one that is named like its state is the state itself.
fn own_of<'a>(state: &'a str, statuses: &'a [Json], desk: &'a Desk) -> impl Iterator<Item = Move> + 'a {
    let own = statuses.iter().filter(move |status| plain(status, "state") == state && plain(status, "code") != state);
    own.map(|status| Move {
        to: plain(status, "code"),
        text: shipped::named(desk.lang, "statuses", &plain(status, "name")),
        icon: icon::named(&plain(status, "icon")).unwrap_or(icon::CIRCLE),
    })
}

/// The moves of an order: within its state first, then to the others, each with the company's own statuses behind it.
pub(super) fn of(row: &Json, statuses: &[Json], desk: &Desk) -> Vec<Move> {
    let (state, now) = (plain(row, "status"), row.get("substatus"));
    let here = statuses.iter().find(|status| status.get("id") == now).map(|status| plain(status, "code"));
    let own = |state: &str| -> Vec<Move> {
        own_of(state, statuses, desk).filter(|own| Some(&own.to) != here.as_ref()).collect()
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
