//! The walk through every screen of the program's own registry, and what is found wrong on it.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Key, Modifiers};
use patver::app::App;
use patver::modules;
use patver::ui::screen::Place;

use crate::drawn::{Control, ring};
use crate::shop::{Shop, Window};
use crate::{checks, tips};

/// How a screen is looked at: in each theme, at each scale.
const THEMES: [&str; 3] = ["light", "dark", "contrast"];
const SCALES: [f32; 3] = [1.0, 1.5, 2.0];

/// A theme and so many pixels a point.
type Look = (&'static str, f32);

/// The looks of a screen: each theme once and each scale once, in other pairs for every screen and every day; all pairs
/// where PATVER_TEST_SCALE=full asks for them.
fn looks_of(turn: usize) -> Vec<Look> {
    if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") {
        return THEMES.iter().flat_map(|theme| SCALES.map(|scale| (*theme, scale))).collect();
    }
    (0..3).map(|at| (THEMES[at], SCALES[(at + turn) % 3])).collect()
}

/// The day, by which other pairs are looked at; PATVER_TEST_SEED repeats those of another one.
fn today() -> usize {
    let seed = std::env::var("PATVER_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    seed.unwrap_or_else(|| (std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() / 86_400) as usize)
}

/// The keys that open something on most screens: help, menu, new, open, search, edit, payment, removal.
const KEYS: [Key; 8] = [Key::F1, Key::Menu, Key::Insert, Key::Enter, Key::F3, Key::F2, Key::F8, Key::Delete];

/// What was found wrong: where and what, with the looks in which it is so.
#[derive(Default)]
pub struct Report {
    faults: BTreeMap<(String, String), Vec<String>>,
    /// The kinds of the screens that were looked at.
    pub seen: BTreeSet<&'static str>,
    /// How many were looked at.
    turns: usize,
}

impl Report {
    /// Notes a fault, once for a screen and all that its keys open.
    pub fn note(&mut self, state: &str, look: &str, sentence: String) {
        let place = state.split('>').next().unwrap_or_default();
        if place == state || !self.faults.contains_key(&(place.to_owned(), sentence.clone())) {
            self.faults.entry((state.to_owned(), sentence)).or_default().push(look.to_owned());
        }
    }

    /// Everything in lines.
    pub fn lines(&self) -> Vec<String> {
        self.faults.iter().map(|((state, what), looks)| format!("{state}: {what} ({})", looks.join(", "))).collect()
    }
}

/// Looks at what stands there now in every look.
pub fn look(window: &mut Window, state: &str, report: &mut Report) {
    report.turns += 1;
    looks(window, state, &looks_of(today() + report.turns), report);
}

fn looks(window: &mut Window, state: &str, looks: &[Look], report: &mut Report) {
    report.seen.extend(window.harness.state().place().map(|place| place.kind));
    for (theme, pixels) in looks.iter().copied() {
        window.look(theme, pixels);
        let name = format!("{theme} {pixels}");
        for sentence in checks::all(&window.drawn()) {
            report.note(state, &name, sentence);
        }
    }
    for sentence in window.harness.unnamed_widgets() {
        report.note(state, "any", format!("no name: {sentence}"));
    }
    window.look("light", 1.0);
}

/// The places of every kind of screen: those of the menu by themselves, cards by a key of theirs.
pub fn places(shop: &Shop) -> Vec<Place> {
    let mut places: Vec<Place> = App::kinds().into_iter().map(Place::only).collect();
    // Opened from each report with what stands behind a figure.
    places.retain(|place| place.kind != "behind");
    for card in modules::CARDS {
        let (query, new) = match card.kind {
            "customer" => ("counterparties", true),
            "order" => ("orders", true),
            "order-preview" => ("orders", false),
            "order-template" => ("templates", false),
            "payment-preview" => ("payments", false),
            "invoice-preview" => ("invoices", false),
            "item" => ("items", true),
            "payment" => ("payments", false),
            "invoice" => ("invoices", false),
            other => panic!("which query gives a key for the new card “{other}”?"),
        };
        places.retain(|place| place.kind != card.kind);
        let newest = shop.ids(query).pop().unwrap();
        places.extend(new.then(|| Place::of(card.kind, "new")));
        // A template begins an order while what it holds is still offered: before the directories are worked on.
        let at = if card.kind == "order-template" { 0 } else { places.len() };
        places.insert(at, Place::of(card.kind, newest));
    }
    places
}

/// Opens a place and looks at it and at what its keys open.
pub fn visit(window: &mut Window, place: &Place, report: &mut Report) {
    let state = format!("{} {}", place.kind, place.key);
    window.visit(place);
    window.press(Key::Escape);
    window.visit(place);
    look(window, &state, report);
    tips::look(window, &state, report);
    window.click_first_row();
    let before = window.texts();
    for key in KEYS {
        window.press(key);
        if window.texts() != before {
            report.turns += 1;
            let two = looks_of(today() + report.turns);
            looks(window, &format!("{state}> {key:?}"), &two[1..], report);
            window.press(Key::Escape);
            window.press(Key::Escape);
        }
        window.visit(place);
        window.click_first_row();
    }
    window.press_with(Modifiers::COMMAND, Key::W);
    window.press(Key::Escape);
}

/// Opens a place and goes by Tab through it and through the dialogs that its keys open.
pub fn visit_by_tab(window: &mut Window, place: &Place, report: &mut Report) {
    let state = format!("{} {}", place.kind, place.key);
    window.visit(place);
    window.press(Key::Escape);
    window.visit(place);
    tab(window, &state, report);
    for key in KEYS {
        window.visit(place);
        window.click_first_row();
        window.press(key);
        if window.harness.ctx.memory(|memory| memory.top_modal_layer()).is_some() {
            tab(window, &format!("{state}> {key:?}"), report);
            window.press(Key::Escape);
            window.press(Key::Escape);
        }
    }
    window.press_with(Modifiers::COMMAND, Key::W);
    window.press(Key::Escape);
}

/// Goes by Tab through what stands there, at each scale.
pub fn tab(window: &mut Window, state: &str, report: &mut Report) {
    for pixels in [1.0, 1.5] {
        window.look("light", pixels);
        go_through(window, (state, &format!("tab, {pixels}")), report);
    }
    window.look("light", 1.0);
}

/// Goes through what has the focus by Tab: everything has to be reached, and be seen with its ring.
fn go_through(window: &mut Window, (state, look): (&str, &str), report: &mut Report) {
    let wanted: Vec<Control> = window.drawn().layers.into_iter().flat_map(|layer| layer.controls).collect();
    let wanted: Vec<Control> = wanted.into_iter().filter(|control| control.reached).collect();
    let mut reached = Vec::new();
    for _ in 0..wanted.len() + 12 {
        window.harness.key_press(Key::Tab);
        // From the last control the focus comes to the first one only after some frames.
        window.harness.run_steps(5);
        let Some(focused) = window.harness.ctx.memory(|memory| memory.focused()) else { continue };
        if reached.contains(&focused) && reached.len() >= wanted.len() {
            break;
        }
        reached.push(focused);
        let response = window.harness.ctx.read_response(focused);
        let named = wanted.iter().find(|control| control.id == focused);
        let name = named.map_or_else(|| format!("{focused:?}"), |control| control.name.clone());
        let screen = window.harness.ctx.content_rect();
        match (response.map(|response| response.interact_rect), ring(&window.harness)) {
            (Some(rect), Some(ring)) if ring.contains_rect(rect) && screen.contains_rect(rect) => {}
            (rect, ring) => report.note(state, look, format!("the focus on “{name}” is not seen: {rect:?} {ring:?}")),
        }
    }
    // A message may have gone meanwhile.
    let still: Vec<_> = window.drawn().layers.into_iter().flat_map(|layer| layer.controls).map(|it| it.id).collect();
    let missed = |control: &&Control| !reached.contains(&control.id) && still.contains(&control.id);
    for control in wanted.iter().filter(missed) {
        let (name, role, rect) = (&control.name, control.role, control.rect);
        report.note(state, look, format!("Tab does not reach “{name}” ({role:?}) {rect:?}"));
    }
}
