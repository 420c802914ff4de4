//! The ring around what has the focus, painted once at the end of a frame; and what is scrolled follows the focus.

use egui::{Context, Id, LayerId, Order, Rect, Response, ScrollArea, Stroke, StrokeKind, Ui, WidgetRect};

use crate::ui::tokens::Tokens;

/// Gives the keyboard to what goes on from here, where nothing else has it: Enter then goes on.
pub fn rest_on(response: &Response) {
    let free = response.ctx.memory(|memory| memory.focused().is_none());
    if free && response.enabled() {
        response.request_focus();
    }
}

/// Whether a control was pressed. A key with others held, such as Ctrl+Enter, is for what lies around it.
pub fn struck(response: &Response) -> bool {
    let around = |input: &egui::InputState| input.modifiers.any() && input.key_pressed(egui::Key::Enter);
    response.clicked() && !response.ctx.input(around)
}

/// A control as it was drawn in this pass. Asking for its response would take the keyboard from it where the mouse is
/// elsewhere.
pub(super) fn drawn(ctx: &Context, id: Id) -> Option<WidgetRect> {
    ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).copied())
}

/// Paints the ring.
pub fn ring(ctx: &Context) {
    let Some(drawn) = ctx.memory(|memory| memory.focused()).and_then(|id| drawn(ctx, id)) else { return };
    let rect: Rect = drawn.rect.intersect(drawn.interact_rect).expand(2.0);
    if rect.is_positive() {
        let color = Tokens::of_ctx(ctx).colors().focus;
        // Over what it surrounds, and under what lies over that.
        let order = if drawn.layer_id.order < Order::Foreground { Order::Middle } else { Order::Tooltip };
        let painter = ctx.layer_painter(LayerId::new(order, Id::unique("focus-ring")));
        painter.rect_stroke(rect, 5.0, Stroke::new(2.0, color), StrokeKind::Inside);
    }
}

/// Draws what is scrolled; what gets the focus in it comes into sight.
pub fn scrolled<R>(ui: &mut Ui, area: ScrollArea, body: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = area.show(ui, |ui| {
        let inner = body(ui);
        follow(ui);
        inner
    });
    shown.inner
}

/// What has the focus inside of what is scrolled.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Inside(Option<Id>);

fn follow(ui: &Ui) {
    let focused = ui.memory(|memory| memory.focused());
    let here = focused
        .and_then(|id| drawn(ui.ctx(), id))
        .filter(|it| it.layer_id == ui.layer_id() && ui.min_rect().contains(it.rect.center()));
    let (kept, now) = (ui.scope_id().with("focus-inside"), Inside(here.map(|it| it.id)));
    if ui.data(|data| data.get_temp::<Inside>(kept)) != Some(now) {
        ui.data_mut(|data| data.insert_temp(kept, now));
        if let Some(it) = here {
            ui.scroll_to_rect(it.rect.expand(2.0), None);
        }
    }
}
