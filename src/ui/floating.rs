//! What floats over the window is as large as what it holds now. egui alone lays it out in the height of the frame before,
//! and asks for no other frame when that changed: it would be cut off until the next input.

use egui::Ui;

/// Draws what an area holds, free of the height that it had; the window is drawn again where its size changed.
pub(crate) fn whole<R>(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) -> R {
    ui.set_max_height(ui.ctx().content_rect().height());
    let drawn = draw(ui);
    let (kept, now) = (ui.scope_id().with("whole"), ui.min_rect().size().ceil());
    if ui.data_mut(|data| data.get_temp(kept)) != Some(now) {
        ui.data_mut(|data| data.insert_temp(kept, now));
        ui.ctx().request_repaint();
    }
    drawn
}
