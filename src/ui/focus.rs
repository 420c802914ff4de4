//! The ring around what has the focus, painted once at the end of a frame and only for who uses the keyboard.

use egui::{Context, Id, Key, LayerId, Order, Rect, Stroke, StrokeKind};

use crate::ui::tokens::Tokens;

#[derive(Clone, Copy, Default)]
struct ByKeyboard(bool);

/// Paints the ring. A press of the mouse hides it, Tab shows it again.
pub fn ring(ctx: &Context) {
    let id = Id::unique("focus-ring");
    let shown = ctx.input(|input| {
        if input.pointer.any_pressed() {
            Some(false)
        } else if input.key_pressed(Key::Tab) || input.key_pressed(Key::F6) {
            Some(true)
        } else {
            None
        }
    });
    if let Some(shown) = shown {
        ctx.data_mut(|data| data.insert_temp(id, ByKeyboard(shown)));
    }
    let by_keyboard = ctx.data(|data| data.get_temp::<ByKeyboard>(id)).unwrap_or_default().0;
    if !by_keyboard {
        return;
    }
    let Some(response) = ctx.memory(|memory| memory.focused()).and_then(|focused| ctx.read_response(focused)) else {
        return;
    };
    let rect: Rect = response.rect.intersect(response.interact_rect).expand(2.0);
    if rect.is_positive() {
        let color = Tokens::of_ctx(ctx).colors().focus;
        let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, id));
        painter.rect_stroke(rect, 5.0, Stroke::new(2.0, color), StrokeKind::Inside);
    }
}
