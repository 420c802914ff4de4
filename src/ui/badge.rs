//! Keys shown on the controls that they do the same as, while Alt is held alone: noted as controls are drawn, painted once
//! above everything.

use egui::{Align2, Context, Event, Id, Key, LayerId, Order, Rect, Response, Stroke, StrokeKind, pos2, vec2};

use crate::ui::action::{Action, Keys};
use crate::ui::fonts;
use crate::ui::tokens::{Tokens, size};

/// So long Alt is held before the keys are shown, in seconds: who presses Alt with a letter does not see them.
const PATIENCE: f64 = 0.4;

/// What was noted in this frame, and since when Alt is held alone.
#[derive(Clone, Default)]
struct Badges {
    since: Option<f64>,
    spoilt: bool,
    noted: Vec<(Rect, String)>,
}

fn kept() -> Id {
    Id::unique("badges of keys")
}

fn change<R>(ctx: &Context, change: impl FnOnce(&mut Badges) -> R) -> R {
    ctx.data_mut(|data| change(data.get_temp_mut_or_default::<Badges>(kept())))
}

/// Follows the Alt key; before anything is drawn.
pub fn follow(ctx: &Context) {
    let (now, held, other) = ctx.input(|input| {
        let keys = input.modifiers;
        // Alt itself comes as a key too.
        let pressed = |event: &Event| match event {
            Event::Key { key, pressed, .. } => *pressed && !matches!(key, Key::AltLeft | Key::AltRight),
            Event::Text(_) | Event::PointerButton { .. } => true,
            _ => false,
        };
        let alone = keys.alt && !keys.ctrl && !keys.shift && !keys.mac_cmd;
        (input.time, alone, input.events.iter().any(pressed))
    });
    change(ctx, |badges| {
        badges.noted.clear();
        badges.spoilt = held && (badges.spoilt || other);
        badges.since = held.then_some(badges.since.unwrap_or(now));
    });
    if held {
        ctx.request_repaint_after_secs(PATIENCE as f32);
    }
}

fn are_shown(badges: &Badges, now: f64) -> bool {
    !badges.spoilt && badges.since.is_some_and(|since| now - since >= PATIENCE)
}

/// Notes that a control does what an action does.
pub fn note(response: &Response, action: &Action) {
    if let Some(keys) = action.keys.first().filter(|_| response.enabled()) {
        put(&response.ctx, response.interact_rect, *keys);
    }
}

/// Notes which keys do the same as what is in this place.
pub fn put(ctx: &Context, place: Rect, keys: Keys) {
    let now = ctx.input(|input| input.time);
    change(ctx, |badges| {
        if are_shown(badges, now) && place.is_positive() {
            badges.noted.push((place, keys.label()));
        }
    });
}

/// Paints what was noted; after everything was drawn. A badge that would lie on another one moves below it.
pub fn paint(ctx: &Context) {
    let noted = change(ctx, |badges| std::mem::take(&mut badges.noted));
    let (tokens, screen) = (Tokens::of_ctx(ctx), ctx.content_rect());
    let colors = tokens.colors();
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, kept()));
    let mut taken: Vec<Rect> = Vec::new();
    for (place, label) in noted {
        let letters = painter.layout_no_wrap(label, fonts::bold(size::HINT), colors.panel);
        let room = letters.size() + vec2(8.0, 2.0);
        let mut rect = Align2::CENTER_CENTER.anchor_size(pos2(place.center().x, place.bottom()), room);
        rect = rect.translate(vec2((screen.left() - rect.left()).max(0.0), 0.0));
        rect =
            rect.translate(vec2((screen.right() - rect.right()).min(0.0), (screen.bottom() - rect.bottom()).min(0.0)));
        while let Some(under) = taken.iter().find(|other| other.intersects(rect)) {
            let step = if under.bottom() + room.y < screen.bottom() { under.bottom() } else { under.top() - room.y };
            rect = Rect::from_min_size(pos2(rect.left(), step + if step < rect.top() { -1.0 } else { 1.0 }), room);
        }
        painter.rect(rect, 3.0, colors.text, Stroke::new(1.0, colors.panel), StrokeKind::Outside);
        painter.galley(rect.min + vec2(4.0, 1.0), letters, colors.panel);
        taken.push(rect);
    }
}

/// The keys of the place in a row that digits lead to, counted from 0: the first with Alt and 1.
pub fn digit(at: usize) -> Option<Key> {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    DIGITS.get(at).copied()
}
