//! How far long work is: a bar, with its words for screen readers.

use egui::{ProgressBar, Role, Ui, WidgetInfo};

use crate::ui::tokens::Tokens;

/// Draws so many steps done of all; the window is drawn again soon.
pub fn progress_ui(ui: &mut Ui, (done, all): (u64, u64), words: &str) {
    ui.ctx().request_repaint_after_secs(0.1);
    let share = if all == 0 { 0.0 } else { done as f32 / all as f32 };
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let bar = ui.scope(|ui| {
        ui.visuals_mut().extreme_bg_color = c.border;
        ui.add(ProgressBar::new(share).desired_width(260.0).desired_height(8.0).fill(c.accent))
    });
    bar.inner.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, words));
}
