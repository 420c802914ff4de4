//! Texts of cells: fitted into their room with "…", in the typeface of their look, never made twice for one frame.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Painter, pos2};

use super::rows::Look;
use crate::ui::fonts;
use crate::ui::tokens::Colors;

pub(super) fn font(look: Look, size: f32) -> FontId {
    match look {
        Look::Strong | Look::Danger => fonts::bold(size),
        Look::Plain | Look::Muted | Look::Accent => fonts::regular(size),
    }
}

// On a full tint only the colour of running text can be read well enough.
pub(super) fn color(look: Look, colors: &Colors, tinted: bool) -> Color32 {
    match look {
        Look::Muted if !tinted => colors.text3,
        Look::Danger if !tinted => colors.danger,
        Look::Accent if !tinted => colors.accent,
        _ => colors.text,
    }
}

// The text laid out, cut with "…" where it is wider than its room. The toolkit keeps what was laid out before.
pub(super) fn fitted(painter: &Painter, text: &str, font: FontId, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, Color32::PLACEHOLDER);
    job.wrap = TextWrapping { max_width: room.max(0.0), max_rows: 1, break_anywhere: true, ..TextWrapping::default() };
    painter.layout_job(job)
}

// The text in one line, however wide.
pub(super) fn line(painter: &Painter, text: &str, font: FontId) -> Arc<Galley> {
    painter.layout_job(LayoutJob::simple_singleline(text.to_owned(), font, Color32::PLACEHOLDER))
}

// A heading in two lines as even as its words allow; the second is empty where it is one word.
pub(super) fn folded(heading: &str) -> (&str, &str) {
    let letters = |text: &str| text.chars().count();
    let breaks = heading.rmatch_indices(' ').map(|(at, _)| heading.split_at(at));
    let even = breaks.min_by_key(|(first, second)| letters(first).max(letters(second.trim_start())));
    even.map_or((heading, ""), |(first, second)| (first, second.trim_start()))
}

// Paints a line in the middle of this height, beginning here.
pub(super) fn paint(painter: &Painter, left: f32, middle: f32, line: (Arc<Galley>, Color32)) {
    let (galley, color) = line;
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_folded_where_its_lines_come_out_most_even() {
        assert_eq!(folded("Over 90 days"), ("Over 90", "days"));
        assert_eq!(folded("Opening balance"), ("Opening", "balance"));
        assert_eq!(folded("Total"), ("Total", ""));
    }
}
