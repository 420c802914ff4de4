//! The sheet of keys: what can be done on this screen, in its parts, and everywhere.

use egui::style::ScrollAnimation;
use egui::{Event, Grid, Id, Key, RichText, Ui, vec2};

use crate::app::own;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::dialog::Dialog;
use crate::ui::fonts;
use crate::ui::habits::{EVERYWHERE, Part};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;

/// Draws the sheet; whether it stays open. Every key is for it alone.
pub(crate) fn show(ui: &Ui, offers: &[Offer], parts: &[Part]) -> bool {
    let again = own::keys(own::HELP).iter().any(|keys| ui.input_mut(|input| keys.pressed(input)));
    let (title, close) = (say(ui, "window.help"), say(ui, "ui.close"));
    let dialog = Dialog::new(Id::unique("help"), &title).width(560.0).accept(&close, true);
    let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| {
        scroll(ui);
        actions_ui(ui, "keys.here", &mut offers.iter().map(|offer| offer.action));
        for part in parts.iter().chain(EVERYWHERE) {
            let lines = part.habits.iter().map(|habit| (habit.keys, habit.text));
            lines_ui(ui, part.title, lines.collect());
        }
        actions_ui(ui, "keys.everywhere", &mut own::ACTIONS.iter());
    });
    ui.input_mut(|input| {
        input.events.retain(|event| !matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_)));
    });
    !again && shown.given.is_none()
}

/// Scrolls the sheet as the keys say.
fn scroll(ui: &Ui) {
    let (line, page) = (Tokens::of(ui).row_height(), ui.clip_rect().height() - Tokens::of(ui).row_height());
    let all = ui.ctx().content_rect().height() * 100.0;
    let ways = [
        (Key::ArrowDown, -line),
        (Key::ArrowUp, line),
        (Key::PageDown, -page),
        (Key::PageUp, page),
        (Key::End, -all),
        (Key::Home, all),
    ];
    for (key, by) in ways {
        if ui.input_mut(|input| Keys::plain(key).pressed(input)) {
            ui.scroll_with_delta_animation(vec2(0.0, by), ScrollAnimation::none());
        }
    }
}

fn actions_ui(ui: &mut Ui, title: &'static str, actions: &mut dyn Iterator<Item = &Action>) {
    lines_ui(ui, title, actions.map(|action| (action.keys, action.text)).collect());
}

/// What keys do, below what they belong to; nothing where there are none.
fn lines_ui(ui: &mut Ui, title: &'static str, mut lines: Vec<(&[Keys], &'static str)>) {
    lines.retain(|(keys, _)| !keys.is_empty());
    if lines.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.label(RichText::new(say(ui, title)).font(fonts::bold(size::SECTION)));
    let half = (ui.available_width() - space::XL) / 2.0;
    Grid::new(title).num_columns(2).spacing([space::XL, space::XS]).striped(true).max_col_width(half).show(ui, |ui| {
        for (keys, text) in lines {
            let labels: Vec<String> = keys.iter().map(|keys| keys.label()).collect();
            ui.label(RichText::new(labels.join(", ")).font(fonts::bold(tokens.body())));
            ui.label(say(ui, text));
            ui.end_row();
        }
    });
    ui.add_space(space::M);
}
