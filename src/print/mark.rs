//! Words across whole pages, rising from the lower left: what nobody may overlook, under everything that is to be read.

use super::font::{self, Weight};
use super::page::{Item, Mark, Page, Paper, Text};
use super::style::{Align, Ink};

/// How much of a page's diagonal the words take.
const PART: f32 = 0.62;

/// Type size beyond which short words grow no further, in points.
const LARGEST: f32 = 110.0;

/// Light enough to read through.
const INK: Ink = Ink(15);

impl Paper {
    /// The same paper with words across every page, behind those that are there already.
    pub fn marked(mut self, words: &str) -> Paper {
        for page in &mut self.pages {
            let mark = match page.items.first() {
                Some(Item::Mark(before)) => {
                    let both = format!("{} · {words}", before.text.text);
                    page.items.remove(0);
                    across(page, &both)
                }
                _ => across(page, words),
            };
            page.items.insert(0, Item::Mark(mark));
        }
        self
    }
}

fn across(page: &Page, words: &str) -> Mark {
    let diagonal = page.width.hypot(page.height);
    let size = (diagonal * PART / font::width(words, 1.0, Weight::Bold).max(0.1)).min(LARGEST);
    let turn = page.height.atan2(page.width);
    let (sine, cosine) = turn.sin_cos();
    let half = font::width(words, size, Weight::Bold) / 2.0;
    // The middle of the capitals stands on the middle of the page.
    let drop = size * 0.357;
    let (x, y) = (page.width / 2.0 - half * cosine + drop * sine, page.height / 2.0 + half * sine + drop * cosine);
    let text = Text { x, y, size, weight: Weight::Bold, ink: INK, align: Align::Left, text: words.to_owned() };
    Mark { text, turn: turn.to_degrees() }
}
