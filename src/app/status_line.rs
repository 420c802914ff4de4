//! The line below everything: the file, who sits here, and how the window looks and speaks.

use std::path::Path;

use egui::{Align, Frame, Layout, Margin, Panel, RichText, Role, Ui, WidgetInfo};

use crate::app::card::{demo_ui, language_ui};
use crate::app::setting::Setting;
use crate::ui::desk::Desk;
use crate::ui::tokens::{Density, Theme, Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{button, icon};

/// Its height.
pub(crate) const HEIGHT: f32 = 26.0;

/// Draws the line; whether the desk is to be locked.
pub(crate) fn show(ui: &mut Ui, desk: &Desk, file: &Path, setting: &mut Setting) -> bool {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let mut lock = false;
    let frame = Frame::new().fill(c.sunken).inner_margin(Margin::symmetric(8, 0));
    Panel::bottom("status").exact_size(HEIGHT).resizable(false).frame(frame).show(ui, |ui| {
        ui.spacing_mut().button_padding = egui::vec2(6.0, 0.0);
        ui.spacing_mut().interact_size.y = HEIGHT - 4.0;
        ui.horizontal_centered(|ui| {
            let small = |text: String| RichText::new(text).size(size::HINT + 1.0).color(c.text2);
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            ui.label(small(format!("{} {}", icon::STORE, desk.house.name)));
            if desk.house.demo {
                demo_ui(ui);
            }
            ui.add_space(space::S);
            ui.label(small(format!("{} {name}", icon::DATABASE))).on_hover_text(file.display().to_string());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                lock = button::quiet(ui, icon::LOCK, &say(ui, "window.lock")).clicked();
                ui.label(small(format!("{} {}", icon::USER, desk.person.name)));
                scanner_ui(ui, desk);
                ui.add_space(space::S);
                look_ui(ui, setting);
                ui.add_space(space::S);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| language_ui(ui, setting));
            });
        });
    });
    lock
}

/// Whether the serial line of the scanner is there, where one is set up.
fn scanner_ui(ui: &mut Ui, desk: &Desk) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    if let Some(connected) = desk.scanner.is_connected() {
        let (color, text) = if connected { (c.ok, "scanner.connected") } else { (c.danger, "scanner.gone") };
        let sign = if connected { icon::SCAN_BARCODE } else { icon::SCAN_LINE };
        let text = say(ui, text);
        let dot = ui.label(RichText::new(sign).color(color)).on_hover_text(&text);
        dot.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    }
}

fn look_ui(ui: &mut Ui, setting: &mut Setting) {
    let ctx = ui.ctx().clone();
    let (letter, name) = match Theme::next(&setting.theme) {
        "dark" => (icon::MOON, "window.dark"),
        "contrast" => (icon::CONTRAST, "window.contrast"),
        _ => (icon::SUN, "window.light"),
    };
    if button::quiet(ui, letter, &say(ui, name)).clicked() {
        setting.next_theme(&ctx);
    }
    if button::quiet(ui, icon::MENU, &say(ui, "window.density")).clicked() {
        setting.density = match setting.density {
            Density::Compact => Density::Standard,
            Density::Standard => Density::Comfortable,
            Density::Comfortable => Density::Compact,
        };
        setting.apply(&ctx);
        setting.keep();
    }
    let zoom = f32::from(setting.zoom) / 100.0;
    let now = ctx.zoom_factor();
    // Ctrl with plus and minus change it; the window only remembers.
    if (now - zoom).abs() > 0.001 {
        setting.zoom = format!("{:.0}", now * 100.0).parse().unwrap_or(100);
        setting.keep();
    }
}
