//! What must hold of a drawn screen; every check gives sentences about what is wrong.

use egui::accesskit::Role;
use egui::{LayerId, Rect};
use patver::ui::toast;

use crate::drawn::{Control, Drawn, Layer, Word};

/// So far something may stand out: half a letter's edge.
const SLACK: f32 = 1.5;

/// How texts begin that a file brought along which is imported.
pub const FROM_FILE: [&str; 3] = ["A column with a long name", "A customer with quite", "a cell that is wider"];

/// A scroll bar whose thumb goes no further than this shows nothing more.
const NOTHING: f32 = 8.0;

/// On a shorter bar the thumb has no way to go, also where there is something to scroll.
const SHORT: f32 = 40.0;

/// Everything that is wrong with what was drawn.
pub fn all(drawn: &Drawn) -> Vec<String> {
    let mut wrong = Vec::new();
    under_messages(drawn, &mut wrong);
    for layer in &drawn.layers {
        outside(layer, drawn.screen, &mut wrong);
        nothing_to_scroll(layer, &mut wrong);
        elided(layer, &mut wrong);
        cut(layer, &mut wrong);
        covered(layer, &mut wrong);
        texts_over_texts(layer, &mut wrong);
        controls_over_controls(layer, &mut wrong);
        texts_over_controls(layer, &mut wrong);
    }
    wrong
}

fn is_typed_in(role: Role) -> bool {
    matches!(role, Role::TextInput | Role::PasswordInput | Role::SearchInput | Role::MultilineTextInput)
}

/// What holds others: their edges say nothing about the texts in them.
fn is_holder(role: Role) -> bool {
    matches!(
        role,
        Role::Grid | Role::Row | Role::Menu | Role::Table | Role::GenericContainer | Role::Unknown | Role::Cell
    )
}

fn inside(word: &Word) -> bool {
    word.seen().is_positive() && word.seen().height() > 3.0
}

fn said(rect: Rect) -> String {
    format!("[{:.0}-{:.0} x {:.0}-{:.0}]", rect.left(), rect.right(), rect.top(), rect.bottom())
}

/// Whether a bar beside (or under) this place scrolls it that way.
fn scrolls(layer: &Layer, rect: Rect, upright: bool) -> bool {
    layer.bars.iter().map(|bar| bar.rect).any(|bar| {
        if upright {
            bar.height() > bar.width() && bar.left() > rect.left() && bar.y_range().intersects(rect.y_range())
        } else {
            // Below what it scrolls, or between that and its sums.
            let above_sums = (rect.top() - bar.bottom()).abs() < 12.0;
            bar.width() > bar.height()
                && (bar.top() > rect.top() || above_sums)
                && bar.x_range().intersects(rect.x_range())
        }
    })
}

/// Whether what is not seen comes into sight by a scroll bar.
fn is_scrolled_away(layer: &Layer, rect: Rect) -> bool {
    layer.bars.iter().map(|bar| bar.rect).any(|bar| {
        let beside = bar.height() > bar.width() && bar.left() > rect.left();
        let under = bar.width() > bar.height() && bar.top() > rect.top();
        beside || under
    })
}

fn typed_in<'l>(layer: &'l Layer, word: &Word) -> Option<&'l Control> {
    let at = word.seen().center();
    layer.controls.iter().find(|control| is_typed_in(control.role) && control.seen.contains(at))
}

fn outside(layer: &Layer, screen: Rect, wrong: &mut Vec<String>) {
    let room = screen.expand(SLACK);
    for control in &layer.controls {
        if !room.contains_rect(control.rect) && control.seen.is_positive() && !is_holder(control.role) {
            let free = scrolls(layer, control.seen, true) || scrolls(layer, control.seen, false);
            if !free {
                wrong.push(format!("“{}” stands outside the window {}", control.name, said(control.rect)));
            }
        }
        if !control.seen.is_positive() && !is_scrolled_away(layer, control.rect) {
            let role = control.role;
            wrong.push(format!("nothing is seen of “{}” ({role:?}) {}", control.name, said(control.rect)));
        }
    }
}

fn cut(layer: &Layer, wrong: &mut Vec<String>) {
    for word in layer.words.iter().filter(|word| inside(word)) {
        if typed_in(layer, word).is_some() {
            continue;
        }
        let (seen, rect) = (word.seen(), word.rect);
        let sideways = seen.left() - rect.left() > SLACK || rect.right() - seen.right() > SLACK;
        let upright = seen.top() - rect.top() > 3.0 || rect.bottom() - seen.bottom() > 3.0;
        if sideways && !scrolls(layer, seen, false) {
            wrong.push(format!("“{}” {} is cut sideways by {}", word.text, said(rect), said(word.clip)));
        }
        if upright && !scrolls(layer, seen, true) {
            wrong.push(format!("“{}” {} is cut by {}", word.text, said(rect), said(word.clip)));
        }
    }
}

/// Whether a fill that was painted later hides this much of a text.
fn hidden(layer: &Layer, word: &Word, part: Rect) -> bool {
    layer.fills.iter().any(|fill| fill.at > word.at && fill.rect.expand(SLACK).contains_rect(part))
}

fn covered(layer: &Layer, wrong: &mut Vec<String>) {
    for word in layer.words.iter().filter(|word| inside(word)) {
        let seen = word.seen().shrink2(egui::vec2(1.0, 4.0));
        let over = layer.fills.iter().find(|fill| fill.at > word.at && fill.rect.intersect(seen).is_positive());
        if let Some(fill) = over.filter(|_| !hidden(layer, word, seen)) {
            wrong.push(format!("“{}” {} is half covered by {}", word.text, said(word.rect), said(fill.rect)));
        }
    }
}

fn texts_over_texts(layer: &Layer, wrong: &mut Vec<String>) {
    let mut words: Vec<&Word> = layer.words.iter().filter(|word| inside(word)).collect();
    words.retain(|word| !hidden(layer, word, word.seen().shrink(2.0)));
    for (at, one) in words.iter().enumerate() {
        for other in &words[at + 1..] {
            let shared = one.seen().shrink2(egui::vec2(0.5, 2.0)).intersect(other.seen().shrink2(egui::vec2(0.5, 2.0)));
            let same = one.text == other.text && one.rect == other.rect;
            if shared.is_positive() && !same {
                let (first, second) = (said(one.rect), said(other.rect));
                wrong.push(format!("“{}” {first} lies over “{}” {second}", other.text, one.text));
            }
        }
    }
}

fn leaves(layer: &Layer) -> Vec<&Control> {
    layer.controls.iter().filter(|control| control.seen.is_positive() && !is_holder(control.role)).collect()
}

fn controls_over_controls(layer: &Layer, wrong: &mut Vec<String>) {
    let leaves = leaves(layer);
    for (at, one) in leaves.iter().enumerate() {
        for other in &leaves[at + 1..] {
            let nested =
                one.seen.expand(SLACK).contains_rect(other.seen) || other.seen.expand(SLACK).contains_rect(one.seen);
            if one.seen.shrink(SLACK).intersect(other.seen.shrink(SLACK)).is_positive() && !nested {
                let (first, second) = (said(one.seen), said(other.seen));
                wrong.push(format!("“{}” {first} and “{}” {second} overlap", one.name, other.name));
            }
        }
    }
}

fn texts_over_controls(layer: &Layer, wrong: &mut Vec<String>) {
    let leaves = leaves(layer);
    for word in layer.words.iter().filter(|word| inside(word)) {
        let seen = word.seen();
        if hidden(layer, word, seen.shrink(2.0)) {
            continue;
        }
        for control in &leaves {
            let near = control.seen.shrink(3.0).intersect(seen.shrink(2.0)).is_positive();
            let held = control.seen.expand(SLACK).contains_rect(seen.shrink2(egui::vec2(0.0, 3.0)));
            if near && !held {
                let (first, second) = (said(seen), said(control.seen));
                wrong.push(format!("“{}” {first} runs over the edge of “{}” {second}", word.text, control.name));
            }
        }
    }
}

fn nothing_to_scroll(layer: &Layer, wrong: &mut Vec<String>) {
    let length = |rect: Rect| rect.width().max(rect.height());
    for bar in layer.bars.iter().filter(|bar| bar.way < NOTHING && length(bar.rect) > SHORT) {
        wrong.push(format!("the scroll bar {} has nothing to scroll", said(bar.rect)));
    }
}

/// Names, notes and other free texts in the rows of a list may end in "…", and so may what is typed in a field or told in
/// an empty one; nothing else, and no figure.
fn elided(layer: &Layer, wrong: &mut Vec<String>) {
    for word in layer.words.iter().filter(|word| word.elided && inside(word)) {
        if typed_in(layer, word).is_none() && !is_free(layer, word) {
            wrong.push(format!("“{}” {} ends in “…”", word.text, said(word.rect)));
        }
    }
}

fn is_free(layer: &Layer, word: &Word) -> bool {
    let at = word.seen().center();
    let row = layer.rows.iter().any(|row| row.contains(at));
    let of_the_file = FROM_FILE.iter().any(|beginning| word.text.starts_with(beginning));
    of_the_file || row && word.text.chars().filter(|letter| letter.is_alphabetic()).count() > 3
}

/// Texts that end in "…" and may.
pub fn cut_short(drawn: &Drawn) -> Vec<Word> {
    let words = drawn.layers.iter().flat_map(|layer| &layer.words);
    words.filter(|word| word.elided && inside(word)).cloned().collect()
}

/// Whether this text tells a figure: a sum, a count, a date.
fn is_figure(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
}

/// The messages that are shown.
pub fn messages(drawn: &Drawn) -> impl Iterator<Item = &Layer> {
    let ids: Vec<egui::Id> = (0..5000).map(toast::area).collect();
    drawn.layers.iter().filter(move |layer| ids.contains(&layer.id.id))
}

/// On a screen of the usual scale no figure lies under a message, but for those that are scrolled.
fn under_messages(drawn: &Drawn, wrong: &mut Vec<String>) {
    for message in messages(drawn).filter(|_| drawn.screen.width() > 1000.0) {
        let place = message.fills.iter().fold(Rect::NOTHING, |all, fill| all.union(fill.rect));
        let screen = drawn.layers.iter().filter(|layer| layer.id == LayerId::background());
        for (layer, word) in screen.flat_map(|layer| layer.words.iter().map(move |word| (layer, word))) {
            let seen = word.seen().shrink(1.0);
            let scrolled = scrolls(layer, seen, true) || layer.rows.iter().any(|row| row.contains(seen.center()));
            if inside(word) && is_figure(&word.text) && !scrolled && place.intersect(seen).is_positive() {
                wrong.push(format!("“{}” {} lies under a message", word.text, said(word.rect)));
            }
        }
    }
}
