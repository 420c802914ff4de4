//! Where the keyboard is at home: in the dialog that lies on top, else in the screen below. Who lost it without another
//! taking it - a click on empty space, a dialog that is gone - gets it back.

use egui::{Context, FocusDirection, Id, LayerId, Order, Plugin, Ui};

use crate::ui::focus;

/// The dialogs that are open, the lowest first, and what lies below them.
#[derive(Default)]
struct Homes {
    cards: Vec<Card>,
    below: Option<Id>,
    /// What had the keyboard at the end of the last pass.
    had: Option<Id>,
}

struct Card {
    id: Id,
    /// What had the keyboard in it last.
    last: Option<Id>,
    /// The pass in which it was drawn last.
    pass: u64,
    /// How many passes it was drawn.
    age: u32,
}

/// How long a dialog is open already.
pub(super) struct First(u32);

/// Lets the keyboard come home from now on.
pub fn keep(ctx: &Context) {
    ctx.add_plugin(Homes::default());
}

/// Whether a dialog lies over the screen.
pub fn is_covered(ctx: &Context) -> bool {
    let pass = ctx.cumulative_pass_nr();
    let card = |homes: &mut Homes| homes.cards.iter().any(|card| card.pass == pass);
    ctx.with_plugin(card).unwrap_or_default() || ctx.memory(|memory| memory.top_modal_layer()).is_some()
}

/// Notes that a dialog is drawn in this pass.
pub(super) fn opened(ctx: &Context, id: Id) -> First {
    keep(ctx);
    let pass = ctx.cumulative_pass_nr();
    let age = ctx.with_plugin(|homes: &mut Homes| match homes.cards.iter_mut().find(|card| card.id == id) {
        Some(card) => {
            (card.pass, card.age) = (pass, card.age.saturating_add(1));
            card.age
        }
        None => {
            homes.cards.push(Card { id, last: None, pass, age: 0 });
            0
        }
    });
    First(age.unwrap_or_default())
}

impl First {
    /// Leads the keyboard into a dialog that has just opened: to the named control, else to its first.
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

impl Plugin for Homes {
    fn debug_name(&self) -> &'static str {
        "homes"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        let open = self.cards.len();
        self.cards.retain(|card| card.pass == pass);
        let layer_of = |id: Id| focus::drawn(ui.ctx(), id).filter(|drawn| drawn.enabled).map(|drawn| drawn.layer_id);
        let focused = ui.memory(|memory| memory.focused());
        let at = focused.and_then(layer_of);
        let (dialog, home) = match self.cards.last_mut() {
            Some(card) => (Some(LayerId::new(Order::Foreground, card.id)), &mut card.last),
            None => (None, &mut self.below),
        };
        // What hangs over its home, as a menu does, has the keyboard only for as long as it is there.
        let at_home = at.is_some_and(|at| dialog.map_or(at.order < Order::Foreground, |dialog| at == dialog));
        let nobody = at.is_none() && (focused.is_none() || focused == self.had);
        if at_home {
            *home = focused;
        } else if let Some(back) = home.filter(|back| nobody && layer_of(*back).is_some()) {
            ui.memory_mut(|memory| memory.request_focus(back));
            ui.ctx().request_repaint();
        }
        if open > self.cards.len() {
            ui.ctx().request_repaint();
        }
        self.had = ui.memory(|memory| memory.focused());
    }
}
