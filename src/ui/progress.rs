//! How far long work is: a bar, with its words for screen readers.

use egui::{ProgressBar, Role, Ui, WidgetInfo};

/// Draws so many steps done of all; the window is drawn again soon.
pub fn progress_ui(ui: &mut Ui, (done, all): (u64, u64), words: &str) {
    ui.ctx().request_repaint_after_secs(0.1);
    let share = if all == 0 { 0.0 } else { done as f32 / all as f32 };
    let bar = ui.add(ProgressBar::new(share).desired_width(260.0).desired_height(8.0));
    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, words));
}
