//! The lock: nothing of the desk is seen until its person comes back, or another one signs in: by a PIN for those who came
//! in by password here before, else by password.

use egui::{Button, Key, Modifiers, Response, RichText, Ui, vec2};

use crate::app::arrival::{self, Arrived, Seats};
use crate::app::card::{card, entered, line, unreal_ui};
use crate::base::error::Error;
use crate::domain::pin;
use crate::domain::secret::Secret;
use crate::domain::sign_in::{Sitter, is_password_due};
use crate::engine::change::Changes;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::dialog::error_line_ui;
use crate::ui::loader::Sending;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, fonts, icon};

/// The keys of the pad, row by row; two of them are none of digits.
const PAD: [[&str; 3]; 4] = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"], [CLEAR, "0", OPEN]];
const CLEAR: &str = icon::X;
const OPEN: &str = icon::CHECK;

/// A locked desk.
pub(crate) struct Lock {
    asking: Sending<Vec<Sitter>>,
    /// Whose desk it is, then who else may come back by PIN.
    people: Vec<Sitter>,
    chosen: usize,
    /// Whether the password is typed though a PIN would do.
    by_password: bool,
    typed: String,
    checking: Sending<Arrived>,
    error: Option<Error>,
    drawn: bool,
}

/// What came of it in this frame.
pub(crate) enum Answer {
    /// Still locked.
    Locked,
    /// The desk is not locked.
    Open,
    /// Somebody came in, whoever it is.
    Arrived(Box<Arrived>),
    /// Another person wants to sign in.
    Another,
}

impl Lock {
    /// The desk of this person, locked.
    pub(crate) fn new(desk: &Desk, seats: &Seats) -> Lock {
        let (seats, person) = (seats.clone(), desk.person.id);
        let mut asking = Sending::none();
        asking.put(desk.handle.read(Lane::Interactive, &desk.call, move |view, _| seats.sitters(person, view)));
        Lock {
            asking,
            people: Vec::new(),
            chosen: 0,
            by_password: false,
            typed: String::new(),
            checking: Sending::none(),
            error: None,
            drawn: false,
        }
    }

    /// Draws the lock.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &Desk) -> Answer {
        match self.asking.poll() {
            Some(Ok(people)) => self.people = people,
            Some(Err(error)) => self.error = Some(error),
            None => {}
        }
        match self.checking.poll() {
            Some(Ok(arrived)) => return Answer::Arrived(Box::new(arrived)),
            Some(Err(error)) => {
                self.by_password |= is_password_due(&error);
                self.error = Some(error);
                // The keyboard is in the field again.
                self.drawn = false;
            }
            None => {}
        }
        let mut another = false;
        card(ui, |ui| another = self.inside(ui, desk));
        if another { Answer::Another } else { Answer::Locked }
    }

    fn inside(&mut self, ui: &mut Ui, desk: &Desk) -> bool {
        let tokens = Tokens::of(ui);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new(icon::LOCK).size(size::AMOUNT).color(tokens.colors().accent));
            ui.label(RichText::new(say(ui, "window.locked")).font(fonts::bold(size::TITLE)));
            ui.label(say_with(ui, "window.locked_by", &[("name", &desk.person.name)]));
            if let Some(unreal) = desk.house.unreal {
                unreal_ui(ui, unreal);
            }
        });
        ui.add_space(space::L);
        // Until it is known who may come back by PIN, nothing is typed into the wrong field.
        if self.asking.is_under_way() {
            return false;
        }
        self.people_ui(ui);
        if self.takes_pin() {
            self.pin_ui(ui, desk)
        } else {
            self.password_ui(ui, desk)
        }
        self.drawn = true;
        if let Some(error) = &self.error {
            ui.add_space(space::S);
            error_line_ui(ui, error);
        }
        ui.add_space(space::M);
        self.other_ways_ui(ui)
    }

    /// Whether the PIN of the chosen person is to be typed.
    fn takes_pin(&self) -> bool {
        !self.by_password && self.has_pin()
    }

    fn has_pin(&self) -> bool {
        self.people.get(self.chosen).is_some_and(|sitter| sitter.pin)
    }

    /// Those who may come back, where there are several; the arrows up and down go from one to the next.
    fn people_ui(&mut self, ui: &mut Ui) {
        let count = self.people.len();
        if count < 2 || self.checking.is_under_way() {
            return;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let mut chosen = self.chosen;
        if pressed(Key::ArrowDown) {
            chosen = (chosen + 1) % count;
        }
        if pressed(Key::ArrowUp) {
            chosen = (chosen + count - 1) % count;
        }
        ui.horizontal_wrapped(|ui| {
            for (at, sitter) in self.people.iter().enumerate() {
                let words = format!("{} {}", icon::USER, sitter.name);
                let chip = Button::selectable(at == self.chosen, words).frame(true);
                let chip = ui.add(chip.min_size(vec2(0.0, Tokens::of(ui).control_height())));
                button::name(&chip, &sitter.name, true);
                if chip.clicked() {
                    chosen = at;
                }
            }
        });
        ui.add_space(space::S);
        if chosen != self.chosen {
            self.turn(|lock| lock.chosen = chosen);
            self.by_password = false;
        }
    }

    /// Begins to type anew for another person or in another way.
    fn turn(&mut self, change: impl FnOnce(&mut Lock)) {
        change(self);
        self.typed.clear();
        (self.error, self.drawn) = (None, false);
    }

    /// The PIN, by keys or on the pad.
    fn pin_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let field = line(ui, ("lock-pin", "window.pin"), &mut self.typed, true);
        self.typed.retain(|letter| letter.is_ascii_digit());
        self.typed.truncate(pin::LONGEST);
        if !self.drawn {
            field.request_focus();
        }
        let pressed = pad_ui(ui, &field);
        match pressed {
            Some(CLEAR) => self.typed.clear(),
            Some(OPEN) | None => {}
            Some(digit) if self.typed.len() < pin::LONGEST => self.typed.push_str(digit),
            Some(_) => {}
        }
        let ready = !self.typed.is_empty() && !self.checking.is_under_way();
        if ready && (pressed == Some(OPEN) || entered(ui, &field)) {
            self.check(desk);
        }
    }

    fn password_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let password = line(ui, ("lock-password", "window.password"), &mut self.typed, true);
        if !self.drawn {
            password.request_focus();
        }
        let ready = !self.typed.is_empty() && !self.checking.is_under_way();
        let pressed = button::wide(ui, &say(ui, "window.unlock"), ready).clicked();
        if ready && (pressed || entered(ui, &password)) {
            self.check(desk);
        }
    }

    /// The other way to come back, and the way for another person; whether that is taken.
    fn other_ways_ui(&mut self, ui: &mut Ui) -> bool {
        let other = match (self.has_pin(), self.by_password) {
            (true, true) if !self.error.as_ref().is_some_and(is_password_due) => Some("window.use_pin"),
            (true, false) => Some("window.use_password"),
            _ => None,
        };
        let mut another = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            if let Some(key) = other
                && ui.link(say(ui, key)).clicked()
            {
                self.turn(|lock| lock.by_password = !lock.by_password);
            }
            another = ui.link(say(ui, "window.another_person")).clicked();
        });
        another
    }

    fn check(&mut self, desk: &Desk) {
        self.error = None;
        let (pin, typed) = (self.takes_pin(), Secret::new(std::mem::take(&mut self.typed)));
        let sitter = self.people.get(self.chosen).cloned();
        let login = sitter.as_ref().map_or_else(|| desk.person.login.clone(), |sitter| sitter.login.clone());
        self.checking.put(desk.handle.write(move |store, _| {
            let arrived = match sitter.filter(|_| pin) {
                Some(sitter) => arrival::by_pin(store, sitter, &typed)?,
                None => arrival::by_password(store, &login, &typed)?,
            };
            Ok((arrived, Changes::default()))
        }));
    }
}

/// Draws the pad; what was pressed on it. The keyboard stays in the field.
fn pad_ui(ui: &mut Ui, field: &Response) -> Option<&'static str> {
    let mut pressed = None;
    let tokens = Tokens::of(ui);
    let key = vec2(((ui.available_width() - 2.0 * space::S) / 3.0).floor(), tokens.control_height() + space::M);
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    for row in PAD {
        ui.horizontal(|ui| {
            for letter in row {
                let spoken = match letter {
                    CLEAR => say(ui, "window.clear"),
                    OPEN => say(ui, "window.unlock"),
                    digit => digit.to_owned(),
                };
                let c = tokens.colors();
                let words = RichText::new(letter).size(size::SECTION);
                let words = if letter == OPEN { words.color(c.on_accent) } else { words };
                let face = Button::new(words).min_size(key);
                let face = if letter == OPEN { face.fill(c.accent).stroke((1.0, c.accent)) } else { face };
                let response = ui.push_id(("pad", letter), |ui| ui.add(face)).inner;
                button::name(&response, &spoken, true);
                if response.clicked() {
                    pressed = Some(letter);
                    field.request_focus();
                }
            }
        });
    }
    pressed
}
