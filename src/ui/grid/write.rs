//! Texts of cells: fitted into their room with "…", in the typeface of their look, never made twice for one frame.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Painter, Rgba, pos2};

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

// Black or white, whichever stands out more on a colour that a person chose: at least 4.5 to 1.
pub(super) fn on_fill(fill: Color32) -> Color32 {
    const BETWEEN_THEM: f32 = 0.179;
    let light = Rgba::from(fill);
    let bright = 0.2126 * light.r() + 0.7152 * light.g() + 0.0722 * light.b() > BETWEEN_THEM;
    if bright { Color32::BLACK } else { Color32::WHITE }
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

// Paints a line in the middle of this height, beginning here.
pub(super) fn paint(painter: &Painter, left: f32, middle: f32, line: (Arc<Galley>, Color32)) {
    let (galley, color) = line;
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_on_any_colour_a_person_chose_are_read() {
        let bright = |color: Color32| {
            let light = Rgba::from(color);
            0.2126 * light.r() + 0.7152 * light.g() + 0.0722 * light.b()
        };
        let steps = || (0..=255_u8).step_by(15);
        for (red, green, blue) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            let fill = Color32::from_rgb(red, green, blue);
            let (one, other) = (bright(fill), bright(on_fill(fill)));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 4.5, "{fill:?}: {contrast}");
        }
    }
}
