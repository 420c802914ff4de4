//! The field for passwords: hidden letters, an eye to look at them, a warning when Caps Lock is on.

use egui::{Event, Key, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::field::{Answer, Edit, Field, Note, Shape, column, slot};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{fonts, icon};

#[derive(Clone, Copy, Default)]
struct Secret {
    seen: bool,
    caps: bool,
}

/// A field of one hidden line. What it holds never goes to the clipboard while it is hidden.
pub fn password_field(ui: &mut Ui, field: &Field<'_>, text: &mut String) -> Answer {
    let kept = field.id.with("secret");
    let mut secret: Secret = ui.data(|data| data.get_temp(kept)).unwrap_or_default();
    let has = ui.memory(|memory| memory.has_focus(field.id));
    if has {
        secret.caps = caps(ui, secret.caps);
    }
    let answer = column(ui, field, |ui| {
        let answer = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let height = Tokens::of(ui).control_height();
            let room = ui.available_width() - height - space::XS;
            let line = field.width(field.width.min(room));
            let shape = Shape { hidden: !secret.seen, ..Shape::default() };
            let answer = Edit { field: &line, shape, wrong: false }.show(ui, text);
            secret.seen ^= eye(ui, field, secret.seen);
            answer
        });
        let note =
            (has && secret.caps).then(|| Note::Know(format!("{} {}", icon::TRIANGLE_ALERT, say(ui, "field.caps"))));
        slot(ui, field, note.as_ref());
        answer.inner
    });
    if answer.left {
        secret.seen = false;
    }
    ui.data_mut(|data| data.insert_temp(kept, secret));
    answer
}

/// Whether the eye was pressed.
fn eye(ui: &mut Ui, field: &Field<'_>, seen: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (letter, key) = if seen { (icon::EYE_OFF, "field.hide_password") } else { (icon::EYE, "field.show_password") };
    let (_, rect) = ui.allocate_space(vec2(tokens.control_height(), tokens.control_height()));
    let response = ui.interact(rect, field.id.with("eye"), Sense::click());
    let name = say(ui, key);
    let color = if response.hovered() { tokens.colors().accent } else { tokens.colors().text2 };
    let font = fonts::regular(size::SECTION);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, letter, font, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let clicked = response.clicked();
    response.on_hover_text(name);
    clicked
}

/// Whether Caps Lock is on, as far as the letters that come tell it: a capital without Shift, a small one with it.
fn caps(ui: &Ui, known: bool) -> bool {
    ui.input(|input| {
        let mut on = known;
        for event in &input.events {
            match event {
                Event::Text(text) => {
                    let mut letters = text.chars().filter(|letter| letter.is_lowercase() != letter.is_uppercase());
                    if let Some(letter) = letters.next() {
                        on = letter.is_uppercase() != input.modifiers.shift;
                    }
                }
                Event::Key { key: Key::CapsLock, pressed: true, repeat: false, .. } => on = !on,
                _ => {}
            }
        }
        on
    })
}
