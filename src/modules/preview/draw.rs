//! A page of the page model on the screen: the same lines, texts, bars and pictures from which the PDF is made.

use std::collections::BTreeMap;

use egui::epaint::TextShape;
use egui::{Color32, ColorImage, Rect, Sense, Stroke, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::print::page::{Bars, Image, Text};
use crate::print::{Ink, Item, Page, Weight};
use crate::ui::fonts;
use crate::ui::tokens::Tokens;

/// The pictures of the pages that were drawn, by page and place on it.
pub(super) type Textures = BTreeMap<(usize, usize), TextureHandle>;

/// Draws a page this large; its name and its words are told to screen readers.
pub(super) fn page_ui(ui: &mut Ui, (number, page): (usize, &Page), (scale, name): (f32, &str), kept: &mut Textures) {
    let (rect, response) = ui.allocate_exact_size(vec2(page.width, page.height) * scale, Sense::hover());
    response.widget_info(|| {
        let words: Vec<&str> = page.texts().map(|text| text.text.as_str()).collect();
        WidgetInfo::labeled(egui::Role::Image, true, format!("{name}: {}", words.join(", ")))
    });
    let edge = Stroke::new(1.0, Tokens::of(ui).colors().border_strong);
    ui.painter().rect(rect, 0.0, Color32::WHITE, edge, egui::StrokeKind::Outside);
    let sheet = Sheet { ui, corner: rect.min.to_vec2(), scale };
    for (place, item) in page.items.iter().enumerate() {
        match item {
            Item::Text(text) => sheet.text(text, 0.0),
            Item::Mark(mark) => sheet.text(&mark.text, mark.turn),
            Item::Line(line) => {
                let ends = [sheet.point(line.from.0, line.from.1), sheet.point(line.to.0, line.to.1)];
                let stroke = Stroke::new((line.thickness * scale).max(0.6), ink(line.ink));
                sheet.ui.painter().line_segment(ends, stroke);
            }
            Item::Rect(one) => sheet.fill([one.x, one.y, one.width, one.height], ink(one.ink)),
            Item::Image(image) => sheet.image(image, ((number, place), &mut *kept)),
            Item::Bars(bars) => sheet.bars(bars),
        }
    }
}

/// A sheet while things are put on it.
struct Sheet<'a> {
    ui: &'a Ui,
    corner: Vec2,
    scale: f32,
}

impl Sheet<'_> {
    fn point(&self, x: f32, y: f32) -> egui::Pos2 {
        pos2(x, y) * self.scale + self.corner
    }

    fn rect(&self, [x, y, width, height]: [f32; 4]) -> Rect {
        Rect::from_min_size(self.point(x, y), vec2(width, height) * self.scale)
    }

    fn fill(&self, place: [f32; 4], color: Color32) {
        self.ui.painter().rect_filled(self.rect(place), 0.0, color);
    }

    /// A line of text, its baseline where the page has it; it rises by so many degrees.
    fn text(&self, text: &Text, rises: f32) {
        let size = text.size * self.scale;
        let font = if text.weight == Weight::Bold { fonts::bold(size) } else { fonts::regular(size) };
        let galley = self.ui.painter().layout_no_wrap(text.text.clone(), font, ink(text.ink));
        let baseline = galley.rows.first().and_then(|row| Some(row.pos.y + row.row.glyphs.first()?.pos.y));
        let angle = -rises.to_radians();
        let up = egui::emath::Rot2::from_angle(angle) * vec2(0.0, baseline.unwrap_or(size));
        let mut shape = TextShape::new(self.point(text.left(), text.y) - up, galley, Color32::BLACK);
        shape.angle = angle;
        self.ui.painter().add(shape);
    }

    fn bars(&self, bars: &Bars) {
        for bar in &bars.bars {
            self.fill(*bar, Color32::BLACK);
        }
    }

    fn image(&self, image: &Image, (place, kept): ((usize, usize), &mut Textures)) {
        let texture = kept.entry(place).or_insert_with(|| {
            let ([width, height], bytes) = image.picture.rgb();
            let pixels = ColorImage::from_rgb([width, height], bytes);
            self.ui.ctx().load_texture(format!("paper-{place:?}"), pixels, TextureOptions::LINEAR)
        });
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let place = self.rect([image.x, image.y, image.width, image.height]);
        self.ui.painter().image(texture.id(), place, whole, Color32::WHITE);
    }
}

/// Percents of black as the screen shows them on white.
fn ink(ink: Ink) -> Color32 {
    let dark = u16::from(ink.0.min(100)) * 255 / 100;
    Color32::from_gray(u8::try_from(255 - dark).unwrap_or_default())
}
