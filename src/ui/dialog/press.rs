//! The buttons of a dialog, with ids of their own so that the focus finds them again.

use egui::{Align2, Id, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::action::Keys;
use crate::ui::tokens::Tokens;
use crate::ui::{badge, focus, fonts};

/// What a button is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Goes on.
    Primary,
    /// Anything else.
    Plain,
    /// Destroys or takes back.
    Danger,
}

/// A button.
#[derive(Clone, Copy)]
pub(super) struct Press<'a> {
    pub(super) id: Id,
    pub(super) text: &'a str,
    pub(super) enabled: bool,
    pub(super) look: Look,
    /// The keys that do the same.
    pub(super) keys: Option<Keys>,
}

impl Press<'_> {
    /// How wide it is, in points.
    pub(super) fn width(&self, ui: &Ui) -> f32 {
        (self.galley(ui, egui::Color32::PLACEHOLDER).size().x + ui.spacing().button_padding.x * 2.0).max(88.0)
    }

    fn galley(&self, ui: &Ui, color: egui::Color32) -> std::sync::Arc<egui::Galley> {
        let body = Tokens::of(ui).body();
        let font = if self.look == Look::Primary { fonts::bold(body) } else { fonts::regular(body) };
        ui.painter().layout_no_wrap(self.text.to_owned(), font, color)
    }

    /// Draws it; whether it was pressed.
    pub(super) fn show(&self, ui: &mut Ui) -> bool {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let (_, rect) = ui.allocate_space(vec2(self.width(ui), tokens.control_height()));
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, self.id, sense);
        let over = self.enabled && (response.hovered() || response.has_focus());
        let (fill, edge, letters) = match (self.enabled, self.look) {
            (false, _) => (c.sunken, c.border, c.disabled),
            (true, Look::Primary) if over => (c.accent_hover, c.accent_hover, c.on_accent),
            (true, Look::Primary) => (c.accent, c.accent, c.on_accent),
            (true, look) => {
                let letters = if look == Look::Danger { c.danger } else { c.text };
                (if over { c.hover } else { c.panel }, c.border_strong, letters)
            }
        };
        if let Some(keys) = self.keys.filter(|_| self.enabled) {
            badge::put(ui.ctx(), rect, keys);
        }
        ui.painter().rect(rect, 4.0, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
        let galley = self.galley(ui, letters);
        let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
        ui.painter().galley(at.min, galley, letters);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.enabled, self.text));
        self.enabled && focus::struck(&response)
    }
}
