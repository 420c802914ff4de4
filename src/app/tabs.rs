//! The strip of open tabs.

use egui::{Align2, CornerRadius, Frame, Id, Margin, Panel, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::desk::Desk;
use crate::ui::screen::Screen;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say_with;
use crate::ui::{button, fonts, icon};

const HEIGHT: f32 = 34.0;

/// What was pressed in the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// Nothing.
    Nothing,
    /// The tab of this number.
    Go(usize),
    /// The cross of the tab of this number.
    Close(usize),
}

/// Draws the strip.
pub(crate) fn show(ui: &mut Ui, desk: &Desk, tabs: &[Box<dyn Screen>], active: usize) -> Pressed {
    let tokens = Tokens::of(ui);
    let mut pressed = Pressed::Nothing;
    let frame = Frame::new().fill(tokens.colors().sunken).inner_margin(Margin { left: 2, right: 2, top: 2, bottom: 0 });
    Panel::top("tabs").exact_size(HEIGHT).resizable(false).frame(frame).show(ui, |ui| {
        ScrollArea::horizontal().show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                for (at, tab) in tabs.iter().enumerate() {
                    match tab_ui(ui, desk, tab.as_ref(), at == active) {
                        Pressed::Nothing => {}
                        Pressed::Go(_) => pressed = Pressed::Go(at),
                        Pressed::Close(_) => pressed = Pressed::Close(at),
                    }
                }
            });
        });
    });
    pressed
}

fn tab_ui(ui: &mut Ui, desk: &Desk, tab: &dyn Screen, active: bool) -> Pressed {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let title = tab.title(desk);
    let words = format!("{}  {title}", tab.icon());
    let font = if active { fonts::bold(tokens.body()) } else { fonts::regular(tokens.body()) };
    let color = if active { c.text } else { c.text2 };
    let letters = ui.painter().layout_no_wrap(words, font, color);
    let cross = 22.0;
    let size = vec2(letters.size().x + cross + 3.0 * space::S, HEIGHT - 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, active, &title));
    paper(ui, rect, (active, response.hovered()));
    let at = pos2(rect.min.x + space::S, rect.center().y - letters.size().y / 2.0);
    ui.painter().galley(at, letters, color);
    let close_rect = Rect::from_center_size(pos2(rect.max.x - 14.0, rect.center().y), vec2(18.0, 18.0));
    let place = tab.place();
    let close = ui.interact(close_rect, Id::unique(("close-tab", place.kind, &place.key)), Sense::click());
    button::name(&close, &say_with(ui, "window.close_tab", &[("name", &title)]), true);
    let strength = if close.hovered() { c.danger } else { c.text3 };
    ui.painter().text(close_rect.center(), Align2::CENTER_CENTER, icon::X, fonts::regular(13.0), strength);
    if close.clicked() || response.middle_clicked() {
        Pressed::Close(0)
    } else if response.clicked() {
        Pressed::Go(0)
    } else {
        Pressed::Nothing
    }
}

/// What a tab's words stand on: whether it is the active one, whether the mouse is over it.
fn paper(ui: &Ui, rect: Rect, light: (bool, bool)) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let fill = match light {
        (true, _) => c.bg,
        (false, true) => c.hover,
        (false, false) => c.sunken,
    };
    ui.painter().rect_filled(rect, CornerRadius { nw: 5, ne: 5, sw: 0, se: 0 }, fill);
    if light.0 {
        let line = Rect::from_min_max(rect.min, pos2(rect.max.x, rect.min.y + 2.0));
        ui.painter().rect_filled(line, 1.0, c.accent);
    }
}
