//! The buttons of a bar: with words while there is room, then as icons, the rest behind a menu; nothing leaves the bar.

use egui::{Align, Id, Layout, Response, Ui, vec2};

use crate::ui::action::Offer;
use crate::ui::menu::{Menu, menu_ui};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{badge, button, fonts, icon};

/// How a button of a bar looks where there is room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Its icon and its words.
    Words,
    /// Its icon in a frame.
    Icon,
    /// Its icon alone.
    Quiet,
}

/// The buttons at the right end of what is left of a line, the first one outermost; what was pressed.
pub fn buttons_ui(ui: &mut Ui, id: Id, buttons: &[(Offer, Look)]) -> Option<&'static str> {
    let (looks, rest) = fitting(ui, buttons, ui.available_width());
    let mut pressed = None;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        for (offer, look) in &looks {
            if button_ui(ui, offer, *look).clicked() {
                pressed = Some(offer.action.id);
            }
        }
        if !rest.is_empty() {
            pressed = more_ui(ui, id, &rest).or(pressed);
        }
    });
    pressed
}

/// How much of a line buttons take beside a title: usually, and in a line narrower than this, in points.
const SHARE: f32 = 0.55;
const NARROW: (f32, f32) = (700.0, 0.42);

/// A line with a title, which is cut where there is little room, and buttons at its right end; what was pressed.
pub fn titled_ui(ui: &mut Ui, id: Id, buttons: &[(Offer, Look)], title: impl FnOnce(&mut Ui)) -> Option<&'static str> {
    let line = ui.horizontal(|ui| {
        let room = ui.available_width();
        let share = if room < NARROW.0 { NARROW.1 } else { SHARE };
        let left = room - width(ui, buttons).min(room * share) - space::S;
        let height = Tokens::of(ui).control_height();
        ui.allocate_ui_with_layout(vec2(left, height), Layout::left_to_right(Align::Center), |ui| {
            ui.set_max_width(left);
            title(ui);
        });
        buttons_ui(ui, id, buttons)
    });
    line.inner
}

/// How wide buttons are that all look as they should, in points.
pub fn width(ui: &Ui, buttons: &[(Offer, Look)]) -> f32 {
    let gaps = ui.spacing().item_spacing.x * buttons.len().saturating_sub(1) as f32;
    buttons.iter().map(|(offer, look)| wide(ui, offer, *look)).sum::<f32>() + gaps
}

/// Words go from the last to the first, then whole buttons; the rest goes behind the menu.
fn fitting(ui: &Ui, buttons: &[(Offer, Look)], room: f32) -> (Vec<(Offer, Look)>, Vec<Offer>) {
    let mut shown = buttons.to_vec();
    for at in (0..shown.len()).rev() {
        if width(ui, &shown) > room
            && let Some((_, look)) = shown.get_mut(at)
            && *look == Look::Words
        {
            *look = Look::Icon;
        }
    }
    let mut rest = Vec::new();
    let more = side(ui) + ui.spacing().item_spacing.x;
    while width(ui, &shown) + (if rest.is_empty() { 0.0 } else { more }) > room
        && let Some((offer, _)) = shown.pop()
    {
        rest.insert(0, offer);
    }
    (shown, rest)
}

fn button_ui(ui: &mut Ui, offer: &Offer, look: Look) -> Response {
    match look {
        Look::Words => button::action(ui, offer),
        Look::Icon => button::icon(ui, offer),
        Look::Quiet => {
            let text = button::hint(offer.action, &say(ui, offer.action.text));
            let shown = ui.add_enabled_ui(offer.enabled, |ui| button::quiet(ui, offer.action.icon, &text)).inner;
            badge::note(&shown, offer.action);
            shown
        }
    }
}

fn more_ui(ui: &mut Ui, id: Id, rest: &[Offer]) -> Option<&'static str> {
    let response = button::quiet(ui, icon::ELLIPSIS, &say(ui, "ui.more"));
    let kept = id.with("more");
    let mut menu = ui.data(|data| data.get_temp::<Option<Menu>>(kept)).flatten();
    if response.clicked() {
        menu = Some(Menu::at(response.rect.left_bottom()));
    }
    let chosen = menu_ui(ui, &mut menu, rest);
    ui.data_mut(|data| data.insert_temp(kept, menu));
    chosen
}

/// The width of a button that is an icon alone: the icons are as wide as they are tall.
fn side(ui: &Ui) -> f32 {
    (Tokens::of(ui).control_height() - space::XS).max(size::SECTION + 2.0 * ui.spacing().button_padding.x).ceil()
}

fn wide(ui: &Ui, offer: &Offer, look: Look) -> f32 {
    let tokens = Tokens::of(ui);
    let padding = 2.0 * ui.spacing().button_padding.x;
    match look {
        Look::Words => {
            let words = format!("{} {}", offer.action.icon, say(ui, offer.action.text));
            let (font, least) = if offer.primary {
                (fonts::bold(tokens.body()), button::PRIMARY_LEAST)
            } else {
                (fonts::regular(tokens.body()), 0.0)
            };
            let words = ui.painter().layout_no_wrap(words, font, tokens.colors().text).size().x;
            (words + padding).max(least).ceil()
        }
        Look::Icon => (tokens.control_height() + space::XS).max(tokens.body() + padding).ceil(),
        Look::Quiet => side(ui),
    }
}
