//! Dialogs: a card over the window that holds the keys until it is answered. Enter accepts, Esc goes back, and the
//! focus returns to where it was.

mod path;
mod press;
mod question;
mod send;

pub use path::Paths;
pub use question::{
    Kept, Reason, confirm, conflict, details, error_line_ui, error_retry_ui, error_ui, failure, reason,
};
pub use send::Dispatch;

use egui::{Align2, Frame, Id, Key, Label, Margin, Modal, RichText, ScrollArea, Sense, Ui, Vec2, vec2};

use crate::ui::action::Keys;
use crate::ui::field::stayed;
use crate::ui::focus::scrolled;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{floating, fonts, home, icon};
use press::{Look, Press};

/// The largest a dialog gets, in points.
pub const LARGEST: Vec2 = vec2(720.0, 560.0);

/// How a dialog was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// By its primary button, Enter or Ctrl+Enter.
    Accepted,
    /// By its secondary button.
    Other,
    /// By the button that destroys or takes back.
    Destroyed,
    /// By Esc, the cross or the button that goes back.
    Closed,
}

/// What a dialog gave in this frame.
#[derive(Debug)]
pub struct Shown<R> {
    /// What its body returned.
    pub inner: R,
    /// How it was answered, where it was.
    pub given: Option<Given>,
}

/// A dialog; drawn in every frame while it is open. The texts are in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct Dialog<'a> {
    id: Id,
    title: &'a str,
    width: f32,
    accept: Option<(&'a str, bool)>,
    other: Option<(&'a str, bool)>,
    destroy: Option<(&'a str, bool)>,
    back: Option<&'a str>,
    focus: Option<Id>,
}

impl<'a> Dialog<'a> {
    /// A dialog without buttons; Esc and the cross close it.
    pub fn new(id: Id, title: &'a str) -> Dialog<'a> {
        Dialog { id, title, width: 480.0, accept: None, other: None, destroy: None, back: None, focus: None }
    }

    /// So many points wide, at most [`LARGEST`].
    pub fn width(self, width: f32) -> Dialog<'a> {
        Dialog { width: width.min(LARGEST.x), ..self }
    }

    /// With the button that goes on.
    pub fn accept(self, text: &'a str, enabled: bool) -> Dialog<'a> {
        Dialog { accept: Some((text, enabled)), ..self }
    }

    /// With a second way to go on.
    pub fn other(self, text: &'a str, enabled: bool) -> Dialog<'a> {
        Dialog { other: Some((text, enabled)), ..self }
    }

    /// With a button that destroys or takes back, away from the others.
    pub fn destroy(self, text: &'a str, enabled: bool) -> Dialog<'a> {
        Dialog { destroy: Some((text, enabled)), ..self }
    }

    /// With a button that goes back, as Esc does.
    pub fn back(self, text: &'a str) -> Dialog<'a> {
        Dialog { back: Some(text), ..self }
    }

    /// The control that has the focus at first; the first one where none is named.
    pub fn focus(self, id: Id) -> Dialog<'a> {
        Dialog { focus: Some(id), ..self }
    }

    /// The id of the button that goes on, for fields whose Enter leads to it.
    pub fn accept_id(&self) -> Id {
        self.id.with("accept")
    }

    /// Draws it.
    pub fn show<R>(&self, ui: &Ui, body: impl FnOnce(&mut Ui) -> R) -> Shown<R> {
        let ctx = ui.ctx();
        let tokens = Tokens::of_ctx(ctx);
        let c = tokens.colors();
        let frame = Frame::popup(&ctx.global_style()).fill(c.raised).corner_radius(6).inner_margin(Margin::same(16));
        let screen = ctx.content_rect().size();
        let width = self.width.min(screen.x - space::XL * 2.0);
        let first = home::opened(ctx, self.id);
        let shown = Modal::new(self.id).frame(frame).show(ctx, |ui| {
            ui.set_width(width);
            floating::whole(ui, |ui| {
                first.lead(ui, self.focus);
                let crossed = self.heading(ui);
                ui.add_space(space::S);
                let room = LARGEST.y.min(screen.y - space::XL) - 110.0;
                let inner = scrolled(ui, ScrollArea::vertical().id_salt("body").max_height(room), body);
                let pressed = self.footer(ui);
                (inner, pressed, crossed)
            })
        });
        let (is_top, popup) = (shown.is_top_modal, shown.any_popup_open);
        let (inner, pressed, crossed) = shown.inner;
        let mut given = pressed.or(crossed.then_some(Given::Closed));
        if is_top && given.is_none() {
            given = self.keys(ui, popup);
        }
        Shown { inner, given }
    }

    fn heading(&self, ui: &mut Ui) -> bool {
        let tokens = Tokens::of(ui);
        let side = tokens.control_height();
        let top = ui.cursor().min;
        let words = RichText::new(self.title).font(fonts::bold(size::TITLE)).color(tokens.colors().text);
        let width = ui.available_width();
        ui.allocate_ui(vec2(width - side - space::S, side), |ui| ui.add(Label::new(words).wrap()));
        let rect = egui::Rect::from_min_size(top + vec2(width - side, 0.0), Vec2::splat(side));
        let response = ui.interact(rect, self.id.with("cross"), Sense::CLICK);
        let color = if response.hovered() { tokens.colors().accent } else { tokens.colors().text2 };
        let font = fonts::regular(size::SECTION);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::X, font, color);
        let name = say(ui, "ui.close");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        response.clicked()
    }

    /// The buttons from left to right: what destroys, then at the right end going back, the other way, going on.
    fn footer(&self, ui: &mut Ui) -> Option<Given> {
        let press = |text, enabled, look, name: &str| Press {
            id: self.id.with(name),
            text,
            enabled,
            look,
            keys: keys_of(name),
        };
        let left = self.destroy.map(|(text, enabled)| press(text, enabled, Look::Danger, "destroy"));
        let right = [
            (self.back.map(|text| press(text, true, Look::Plain, "back")), Given::Closed),
            (self.other.map(|(text, enabled)| press(text, enabled, Look::Plain, "other")), Given::Other),
            (self.accept.map(|(text, enabled)| press(text, enabled, Look::Primary, "accept")), Given::Accepted),
        ];
        let right: Vec<(Press<'_>, Given)> =
            right.into_iter().filter_map(|(press, given)| Some((press?, given))).collect();
        if left.is_none() && right.is_empty() {
            return None;
        }
        ui.add_space(space::M);
        let mut given = None;
        ui.horizontal_wrapped(|ui| {
            let gaps: f32 = right.iter().map(|(press, _)| press.width(ui) + space::S).sum();
            let mut rest = ui.available_width() - gaps;
            if let Some(press) = left {
                rest -= press.width(ui) + space::S;
                if press.show(ui) {
                    given = Some(Given::Destroyed);
                }
            }
            ui.add_space(rest.max(0.0));
            for (press, answer) in right {
                if press.show(ui) {
                    given = Some(answer);
                }
            }
        });
        given
    }

    fn keys(&self, ui: &Ui, popup: bool) -> Option<Given> {
        let pressed = |keys: Keys| ui.input_mut(|input| keys.pressed(input));
        if !popup && pressed(Keys::plain(Key::Escape)) {
            return Some(Given::Closed);
        }
        let ready = self.accept.is_some_and(|(_, enabled)| enabled);
        if pressed(Keys::ctrl(Key::Enter)) && ready {
            return Some(Given::Accepted);
        }
        // A button that has the focus answers Enter itself.
        let free = ui.memory(|memory| memory.focused()).is_none() && pressed(Keys::plain(Key::Enter));
        ((free || stayed(ui)) && ready).then_some(Given::Accepted)
    }
}

/// The keys that do the same as a button of a dialog.
fn keys_of(button: &str) -> Option<Keys> {
    match button {
        "back" => Some(Keys::plain(Key::Escape)),
        "accept" => Some(Keys::ctrl(Key::Enter)),
        _ => None,
    }
}
