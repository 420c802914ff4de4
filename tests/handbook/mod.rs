//! The pages of keys: made from the table of actions, so that they say what the program does.
#![allow(dead_code, clippy::unwrap_used)] // The page of keys and the pages of screens use a part each.

use patver::app::App;
use patver::base::locale::{Lang, tr};
use patver::modules::{self, report};
use patver::ui::action::{Keys, Offer};
use patver::ui::habits::{EVERYWHERE, Part};

/// The languages in which the pages are written.
pub const LANG: Lang = Lang::EN;

/// What the screens are called that are opened from others.
const CARDS: [(&str, &str); 10] = [
    ("order", "An order"),
    ("customer", "A customer"),
    ("item", "An item"),
    ("payment", "A payment"),
    ("invoice", "An invoice"),
    ("order-template", "A new order that begins with a template"),
    ("order-preview", "Print preview of an order"),
    ("invoice-preview", "Print preview of an invoice"),
    ("payment-preview", "Print preview of a receipt"),
    ("behind", "What stands behind a figure"),
];

pub fn say(key: &str) -> String {
    tr(LANG, key, &[])
}

/// What a kind of screen is called.
pub fn title(kind: &str) -> String {
    let menu = [modules::MENU, modules::DIRECTORIES, report::MENU, modules::SETTINGS];
    let opener = menu.into_iter().flatten().find(|opener| opener.kind == kind);
    let card = CARDS.iter().find(|(card, _)| *card == kind).map(|(_, title)| (*title).to_owned());
    opener.map(|opener| say(opener.title)).or(card).unwrap_or_else(|| panic!("what is “{kind}” called?"))
}

/// As keys are written on a page.
fn written(keys: &[Keys]) -> String {
    keys.iter().map(|keys| format!("`{}`", keys.label())).collect::<Vec<_>>().join(", ")
}

/// A table of keys; nothing where there are none.
pub fn table(lines: impl Iterator<Item = (&'static [Keys], &'static str)>) -> String {
    let lines = lines.filter(|(keys, _)| !keys.is_empty());
    let lines: String = lines.map(|(keys, text)| format!("| {} | {} |\n", written(keys), say(text))).collect();
    if lines.is_empty() { lines } else { format!("| Keys | What they do |\n| --- | --- |\n{lines}\n") }
}

/// The keys of what a screen offers, and of its parts.
pub fn of_screen(offers: &[Offer], parts: &[Part]) -> String {
    let own = table(offers.iter().map(|offer| (offer.action.keys, offer.action.text)));
    own + &parts.iter().map(|part| format!("**{}**\n\n{}", say(part.title), of_part(part))).collect::<String>()
}

fn of_part(part: &Part) -> String {
    table(part.habits.iter().map(|habit| (habit.keys, habit.text)))
}

/// What holds on every screen.
pub fn everywhere() -> String {
    let own = table(App::own_actions().iter().map(|action| (action.keys, action.text)));
    let parts = EVERYWHERE.iter().map(|part| format!("## {}\n\n{}", say(part.title), of_part(part)));
    format!("## {}\n\n{own}{}", say("keys.everywhere"), parts.collect::<String>())
}
