//! Buttons: the one that goes on, the others, and those that actions are drawn as.

use egui::{Button, Response, RichText, Sense, Stroke, Ui, Vec2, vec2};

use crate::ui::action::{Action, Offer};
use crate::ui::tokens::{Tokens, size};
use crate::ui::words::say;
use crate::ui::{badge, fonts};

/// The button that goes on is not narrower, in points.
pub const PRIMARY_LEAST: f32 = 88.0;

/// The button that goes on.
pub fn primary(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    primary_of(ui, text, enabled, PRIMARY_LEAST)
}

fn primary_of(ui: &mut Ui, text: &str, enabled: bool, width: f32) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let (fill, letters) = if enabled { (c.accent, c.on_accent) } else { (c.sunken, c.text3) };
    let words = RichText::new(text).color(letters).font(fonts::bold(tokens.body()));
    let button = Button::new(words).fill(fill).stroke(Stroke::new(1.0, fill));
    let response = ui.add_enabled(enabled, button.min_size(vec2(width, tokens.control_height())));
    name(&response, text, enabled);
    response
}

/// The button that goes on, as wide as its card; its text stands in the middle.
pub fn wide(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let width = ui.available_width();
    ui.vertical_centered(|ui| primary_of(ui, text, enabled, width)).inner
}

/// Any other button.
pub fn plain(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let height = Tokens::of(ui).control_height();
    let response = ui.add_enabled(enabled, Button::new(text).min_size(vec2(0.0, height)));
    name(&response, text, enabled);
    response
}

/// A button that destroys or takes back.
pub fn danger(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let tokens = Tokens::of(ui);
    let words = RichText::new(text).color(tokens.colors().danger);
    let response = ui.add_enabled(enabled, Button::new(words).min_size(vec2(0.0, tokens.control_height())));
    name(&response, text, enabled);
    response
}

/// A small button that shows only an icon; its name is for tooltips and screen readers.
pub fn quiet(ui: &mut Ui, letter: &str, spoken: &str) -> Response {
    let tokens = Tokens::of(ui);
    let words = RichText::new(letter).size(size::SECTION).color(tokens.colors().text2);
    let side = tokens.control_height() - 4.0;
    let button = Button::new(words).frame_when_inactive(false).min_size(Vec2::splat(side)).sense(Sense::click());
    let response = ui.add(button).on_hover_text(spoken);
    name(&response, spoken, true);
    response
}

/// The button of an offered action with its icon; its keys stand in the tooltip.
pub fn action(ui: &mut Ui, offer: &Offer) -> Response {
    let text = say(ui, offer.action.text);
    let words = format!("{} {text}", offer.action.icon);
    let response = if offer.primary { primary(ui, &words, offer.enabled) } else { plain(ui, &words, offer.enabled) };
    name(&response, &text, offer.enabled);
    badge::note(&response, offer.action);
    response.on_hover_text(hint(offer.action, &text))
}

/// The icon of an offered action; its name and keys stand in the tooltip.
pub fn icon(ui: &mut Ui, offer: &Offer) -> Response {
    let text = say(ui, offer.action.text);
    let tokens = Tokens::of(ui);
    let (c, height) = (tokens.colors(), tokens.control_height());
    let size = vec2(height + 4.0, height);
    let button = if offer.primary && offer.enabled {
        Button::new(RichText::new(offer.action.icon).color(c.on_accent)).fill(c.accent).stroke((1.0, c.accent))
    } else {
        Button::new(offer.action.icon)
    };
    let response = ui.add_enabled(offer.enabled, button.min_size(size));
    name(&response, &text, offer.enabled);
    badge::note(&response, offer.action);
    response.on_hover_text(hint(offer.action, &text))
}

/// The text of an action with its first keys.
pub fn hint(action: &Action, text: &str) -> String {
    match action.keys.first() {
        Some(keys) => format!("{text}  {}", keys.label()),
        None => text.to_owned(),
    }
}

/// Gives a control its name for screen readers and tests.
pub fn name(response: &Response, text: &str, enabled: bool) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, text));
}
