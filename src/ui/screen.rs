//! What a tab is: a screen with a title, actions and a way to be opened again.

use egui::Ui;

use crate::base::right::Right;
use crate::ui::action::Offer;
use crate::ui::desk::Desk;
use crate::ui::habits::Part;

/// Where a screen is found again: its kind, and which one of that kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The kind, such as `order`.
    pub kind: &'static str,
    /// Which one, such as its id; empty where there is only one.
    pub key: String,
}

impl Place {
    /// The only screen of a kind.
    pub const fn only(kind: &'static str) -> Place {
        Place { kind, key: String::new() }
    }

    /// One of many screens of a kind.
    pub fn of(kind: &'static str, key: impl ToString) -> Place {
        Place { kind, key: key.to_string() }
    }
}

/// What a screen with something unsaved is told when its tab is to be closed: it asks, and then wishes to be closed.
pub const CLOSE: &str = "close";

/// One tab of the window.
pub trait Screen {
    /// Where it is found again.
    fn place(&self) -> Place;

    /// What its tab says.
    fn title(&self, desk: &Desk) -> String;

    /// What the window's own title says while it is open: what one works on now.
    fn heading(&self, desk: &Desk) -> String {
        self.title(desk)
    }

    /// The icon of its tab.
    fn icon(&self) -> &'static str;

    /// What can be done here now: toolbar, keys, context menu and help are made of it.
    fn actions(&self, _desk: &Desk) -> Vec<Offer> {
        Vec::new()
    }

    /// The keys of its parts, beyond those that lists, fields and dialogs have everywhere.
    fn parts(&self) -> &'static [Part] {
        &[]
    }

    /// Does one of the offered actions.
    fn act(&mut self, _action: &'static str, _desk: &mut Desk) {}

    /// Draws it and answers what was pressed.
    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk);

    /// Takes a code that was scanned while it is open; whether it did. Else the window looks what the code stands for.
    fn scan(&mut self, _code: &str, _desk: &mut Desk) -> bool {
        false
    }

    /// Whether it listens to single keys itself, so that no scan is heard.
    fn hears_keys(&self) -> bool {
        false
    }

    /// Whether it still finds out what was confirmed before: what is typed meanwhile waits for that.
    fn settling(&self) -> bool {
        false
    }

    /// Writes at once what it keeps every now and then: its person leaves the seat.
    fn flush(&mut self, _desk: &Desk) {}

    /// Whether a dialog of its own is open: then only the dialog gets keys.
    fn modal(&self) -> bool {
        false
    }

    /// What stands unsaved here and would be lost with the tab, if anything; a kept draft is not lost.
    fn unsaved(&self) -> bool {
        false
    }
}

/// How a screen comes to be: what the menu and a [`Place`] are answered with.
#[derive(Clone, Copy)]
pub struct Opener {
    /// The kind of its place.
    pub kind: &'static str,
    /// Key of its name in the menu.
    pub title: &'static str,
    /// Its icon there.
    pub icon: &'static str,
    /// It is there for whoever may do one of these; for everyone where it needs nothing.
    pub needs: &'static [Right],
    /// Opens it, with the key of its place.
    pub open: fn(&str, &Desk) -> Box<dyn Screen>,
}

impl Opener {
    /// Whether it is there for who sits here.
    pub fn is_for(&self, desk: &Desk) -> bool {
        self.needs.is_empty() || self.needs.iter().any(|right| desk.may(*right))
    }
}
