//! The seat at the desk: it is locked and opened again, and given to another person.

use egui::{Context, Ui};

use crate::app::Next;
use crate::app::arrival::{Arrived, Gate};
use crate::app::entry::Entry;
use crate::app::lock::{Answer, Lock};
use crate::app::setting::Setting;
use crate::app::window::Window;
use crate::app::window::own_pin::Left;
use crate::ui::toast::Toast;

impl Window {
    /// Draws the lock where the desk is locked, and locks it where nobody was there for a while.
    pub(super) fn locked_ui(&mut self, ui: &mut Ui) -> Answer {
        let minutes = 15.0 * 60.0;
        let (now, active) = ui.input(|input| (input.time, !input.events.is_empty()));
        if active || self.idle_since == 0.0 {
            self.idle_since = now;
        } else if now - self.idle_since > minutes && self.lock.is_none() {
            self.lock();
        } else if self.lock.is_none() {
            ui.ctx().request_repaint_after_secs((minutes - (now - self.idle_since)) as f32);
        }
        let answer = self.lock.as_mut().map_or(Answer::Open, |lock| lock.ui(ui, &self.desk));
        match answer {
            Answer::Arrived(arrived) => match arrived.is_back(self.desk.person.id) {
                Some(seat) => {
                    self.seats.keep(seat);
                    self.lock = None;
                    self.front.again();
                    Answer::Open
                }
                None => Answer::Arrived(arrived),
            },
            other => other,
        }
    }

    /// Whoever comes next finds everything as it was: also what nobody had time to keep yet.
    pub(super) fn lock(&mut self) {
        self.flush();
        self.lock = Some(Lock::new(&self.desk, &self.seats));
    }

    /// Leaves the seat to somebody else: what was open stays with the one who leaves.
    pub(super) fn leave(&mut self) -> Gate {
        self.flush();
        self.write_layout();
        let desk = &self.desk;
        Gate {
            file: self.file.clone(),
            unreal: desk.house.unreal,
            handle: desk.handle.clone(),
            revisions: desk.revisions.clone(),
            clock: desk.clock.clone(),
            seats: self.seats.clone(),
        }
    }

    /// The window of another person, or the door where they have to choose a password.
    pub(super) fn give_way(&mut self, ctx: &Context, arrived: Arrived, setting: &mut Setting) -> Next {
        let (gate, login, signed) = (self.leave(), arrived.login.clone(), arrived.signed.clone());
        match gate.clone().admit(ctx, arrived, setting) {
            Some(window) => Next::Desk(window),
            None => Next::Door(Box::new(Entry::at(gate).renewing(login, signed))),
        }
    }

    /// Draws the choice of a PIN.
    pub(super) fn own_pin_ui(&mut self, ui: &Ui) {
        let Some(left) = self.above.pin.as_mut().and_then(|dialog| dialog.show(ui, &self.desk)) else { return };
        self.above.pin = None;
        match left {
            Left::Alone => {}
            Left::Chosen(seat) => {
                self.seats.keep(seat);
                self.toasts.push(Toast::done(self.desk.say("window.pin_kept")));
            }
            Left::Removed => self.toasts.push(Toast::done(self.desk.say("window.pin_removed"))),
        }
    }
}
