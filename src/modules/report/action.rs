//! What can be done with a report.

use egui::Key;

use crate::ui::action::{Action, Keys};
use crate::ui::icon;

const fn action(id: &'static str, text: &'static str, icon: &'static str, keys: &'static [Keys]) -> Action {
    Action { id, text, icon, keys, need: None }
}

pub(super) static REFRESH: Action =
    action("refresh", "report.action.refresh", icon::REFRESH_CW, &[Keys::plain(Key::F5)]);
pub(super) static STOP: Action = action("stop", "report.action.stop", icon::X, &[Keys::plain(Key::Escape)]);
pub(super) static CHART: Action = action("chart", "report.action.chart", icon::CHART_COLUMN, &[Keys::ctrl(Key::G)]);
pub(super) static OPEN: Action = action("open", "report.action.open", icon::FOLDER_OPEN, &[Keys::ctrl(Key::O)]);
pub(super) static CSV: Action = action("csv", "report.action.csv", icon::FILE_TEXT, &[Keys::ctrl_shift(Key::C)]);
pub(super) static XLSX: Action = action("xlsx", "report.action.xlsx", icon::TABLE, &[Keys::ctrl_shift(Key::E)]);
pub(super) static PDF: Action = action("pdf", "report.action.pdf", icon::FILE, &[Keys::ctrl_shift(Key::P)]);
pub(super) static PRINT: Action = action("print", "report.action.print", icon::PRINTER, &[Keys::ctrl(Key::P)]);
