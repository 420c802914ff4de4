//! Where the focus goes when a dialog opens, and back to when it is gone, by whatever way it went.

use egui::{Context, FocusDirection, Id, Plugin, Ui};

/// The dialogs that are open, the lowest first.
#[derive(Default)]
struct Open(Vec<Card>);

struct Card {
    id: Id,
    /// What had the focus before.
    back: Option<Id>,
    /// The pass in which it was drawn last.
    pass: u64,
    /// How many passes it was drawn.
    age: u32,
}

/// How long a dialog is open already.
pub(super) struct First(u32);

/// Notes that a dialog is drawn in this pass.
pub(super) fn opened(ctx: &Context, id: Id) -> First {
    ctx.add_plugin(Open::default());
    let (pass, focused) = (ctx.cumulative_pass_nr(), ctx.memory(|memory| memory.focused()));
    let age = ctx.with_plugin(|open: &mut Open| match open.0.iter_mut().find(|card| card.id == id) {
        Some(card) => {
            (card.pass, card.age) = (pass, card.age.saturating_add(1));
            card.age
        }
        None => {
            open.0.push(Card { id, back: focused, pass, age: 0 });
            0
        }
    });
    First(age.unwrap_or_default())
}

impl First {
    /// Leads the focus into a dialog that has just opened: to the named control, else to its first.
    pub(super) fn lead(&self, ui: &Ui, focus: Option<Id>) {
        match (self.0, focus) {
            (0, None) => ui.memory_mut(|memory| memory.stop_text_input()),
            // Only from now on the controls behind the dialog are out of reach.
            (1, None) => ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next)),
            (0 | 1, Some(id)) => ui.memory_mut(|memory| memory.request_focus(id)),
            _ => return,
        }
        ui.ctx().request_repaint();
    }
}

impl Plugin for Open {
    fn debug_name(&self) -> &'static str {
        "dialogs"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        if self.0.iter().any(|card| card.pass.saturating_add(1) == pass) {
            // What had the focus in the dialog loses it in the next pass only.
            ui.ctx().request_repaint();
        }
        let gone = |card: &Card| card.pass.saturating_add(1) < pass;
        let Some(lowest) = self.0.iter().position(gone) else {
            return;
        };
        let back = self.0.get(lowest).and_then(|card| card.back);
        self.0.truncate(lowest);
        if let Some(back) = back.filter(|_| ui.memory(|memory| memory.focused()).is_none()) {
            ui.memory_mut(|memory| memory.request_focus(back));
            ui.ctx().request_repaint();
        }
    }
}
