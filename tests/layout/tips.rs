//! What ends in "…" is said in full under the mouse.

use std::collections::BTreeSet;

use crate::checks::cut_short;
use crate::shop::Window;
use crate::walk::Report;

/// So many of one screen: they are drawn by the same few hands.
const SOME: usize = 4;

/// Hovers over texts that were cut.
pub fn look(window: &mut Window, state: &str, report: &mut Report) {
    let mut seen = BTreeSet::new();
    let cut = cut_short(&window.drawn());
    let cut: Vec<_> = cut.into_iter().filter(|word| seen.insert(word.text.clone())).take(SOME).collect();
    for word in cut {
        window.harness.hover_at(word.seen().center());
        window.harness.run_steps(14);
        let told = window.drawn().layers.into_iter().flat_map(|layer| layer.words);
        let told = told.filter(|other| !other.elided && other.text.contains(word.text.trim())).count();
        if told == 0 {
            report.note(state, "mouse", format!("“{}” is cut and nothing says it in full", word.text));
        }
        window.harness.remove_cursor();
        window.harness.run_steps(2);
    }
}
