//! What stands where rows would: why there are none, and what to do next.

use egui::{Align, Button, Label, Layout, RichText, Ui, UiBuilder, vec2};

use crate::ui::fonts;
use crate::ui::tokens::{Tokens, size, space};

/// Why a list is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptyState {
    /// The letter of a large icon.
    pub icon: &'static str,
    /// One sentence.
    pub text: String,
    /// What the button says that goes on from here; no button where it is empty.
    pub button: String,
}

/// How large the icon is.
const ICON: f32 = 48.0;

/// Draws it in the middle of the room; whether the button was pressed.
pub fn empty_ui(ui: &mut Ui, state: &EmptyState) -> bool {
    let tokens = Tokens::of(ui);
    let colors = tokens.colors();
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, colors.panel);
    let words = size::SECTION + tokens.control_height() + 3.0 * space::L;
    // Where there is little room the words are more important.
    let icon = if room.height() > ICON + words { ICON } else { 0.0 };
    let height = icon + words;
    let middle = egui::Rect::from_center_size(room.center(), vec2(room.width() - 2.0 * space::L, height));
    let layout = Layout::top_down(Align::Center);
    let mut pressed = false;
    ui.scope_builder(UiBuilder::new().max_rect(middle).layout(layout), |ui| {
        if icon > 0.0 {
            ui.add(Label::new(RichText::new(state.icon).font(fonts::regular(icon)).color(colors.text3)));
            ui.add_space(space::S);
        }
        ui.add(Label::new(RichText::new(&state.text).font(fonts::regular(size::SECTION)).color(colors.text2)).wrap());
        ui.add_space(space::M);
        if !state.button.is_empty() {
            let text = RichText::new(&state.button).color(colors.on_accent);
            pressed = ui.add(Button::new(text).fill(colors.accent)).clicked();
        }
    });
    pressed
}
