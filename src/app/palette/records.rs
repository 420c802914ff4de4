//! Orders, customers, items and templates of orders that fit what was typed.

use serde_json::{Value as Json, json};

use crate::app::palette::{Goal, Line};
use crate::base::right::Right;
use crate::engine::worker::Lane;
use crate::modules::{orders, templates};
use crate::ui::desk::Desk;
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, key, plain, written};
use crate::ui::loader::Loader;
use crate::ui::screen::Place;

/// So many of a kind are shown, and more where only that kind is looked for.
const FEW: i64 = 4;
const MANY: i64 = 12;

/// One kind of record.
struct Kind {
    query: &'static str,
    /// What is typed before the text to find only these.
    prefix: char,
    title: &'static str,
    card: &'static str,
    icon: &'static str,
    needs: &'static [Right],
    words: fn(&Json, &Desk) -> (String, String),
}

static KINDS: [Kind; 4] = [
    Kind {
        query: "orders",
        prefix: '!',
        title: "window.orders",
        card: "order",
        icon: icon::FILE_TEXT,
        needs: &[Right::OrderViewOwn, Right::OrderViewAll],
        words: order,
    },
    Kind {
        query: "counterparties",
        prefix: '@',
        title: "customers.title",
        card: "customer",
        icon: icon::USER,
        needs: &[Right::CounterpartyView],
        words: |row, desk| (written(CUSTOMER, row, "name", desk), plain(row, "phone")),
    },
    Kind {
        query: "items",
        prefix: '#',
        title: "items.title",
        card: "item",
        icon: icon::PACKAGE,
        needs: &[Right::ItemView],
        words: |row, _| (plain(row, "name"), plain(row, "code")),
    },
    Kind {
        query: "templates",
        prefix: '+',
        title: "templates.title",
        card: templates::BEGUN,
        icon: icon::FILE_PLUS,
        needs: &[Right::OrderPlace],
        words: |row, desk| (plain(row, "name"), written(CUSTOMER, row, "counterparty_name", desk)),
    },
];

fn order(row: &Json, desk: &Desk) -> (String, String) {
    let status = orders::list::status_word(row, desk);
    (format!("{} · {}", plain(row, "number"), written(CUSTOMER, row, "counterparty_name", desk)), status)
}

/// What was found of each kind.
#[derive(Default)]
pub(super) struct Records {
    found: [Loader<Vec<Json>>; 4],
    asked: bool,
}

impl Records {
    /// Asks for what fits; what was asked before is called off. Nothing is asked for an empty text.
    pub fn ask(&mut self, desk: &Desk, prefix: Option<char>, text: &str) {
        self.asked = !text.is_empty();
        for (kind, found) in KINDS.iter().zip(&mut self.found) {
            found.clear();
            let wanted = prefix.is_none_or(|prefix| prefix == kind.prefix);
            if self.asked && wanted && kind.needs.iter().any(|right| desk.may(*right)) {
                let limit = if prefix.is_some() { MANY } else { FEW };
                let arguments = json!({"text": text, "limit": limit});
                found.keep(0, || desk.handle.ask_json(Lane::Interactive, &desk.call, kind.query, arguments));
            }
        }
    }

    /// Takes the answers that came; whether one came.
    pub fn poll(&mut self) -> bool {
        self.found.iter_mut().filter_map(|found| found.poll().then_some(())).count() > 0
    }

    /// What was found so far.
    pub fn lines(&self, desk: &Desk) -> Vec<Line> {
        let each = KINDS.iter().zip(&self.found).flat_map(|(kind, found)| {
            let rows = found.value().map(Vec::as_slice).unwrap_or_default();
            rows.iter().map(move |row| {
                let (text, detail) = (kind.words)(row, desk);
                Line { icon: kind.icon, text, detail, goal: Goal::Place(Place::of(kind.card, key(row))) }
            })
        });
        each.collect()
    }

    /// Whether an answer is still awaited.
    pub fn is_asking(&self) -> bool {
        self.found.iter().any(Loader::is_loading)
    }
}

/// What is typed before a text to find commands only.
pub(super) const COMMANDS: char = '/';

/// Each prefix with what it finds.
pub(super) fn prefixes() -> impl Iterator<Item = (char, &'static str)> {
    [(COMMANDS, "window.commands")].into_iter().chain(KINDS.iter().map(|kind| (kind.prefix, kind.title)))
}

/// The prefix and the text behind it.
pub(super) fn split(typed: &str) -> (Option<char>, &str) {
    let typed = typed.trim();
    match typed.chars().next() {
        Some(first) if prefixes().any(|(prefix, _)| prefix == first) => {
            (Some(first), typed.get(first.len_utf8()..).unwrap_or_default().trim())
        }
        _ => (None, typed),
    }
}
