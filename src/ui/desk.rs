//! What a screen is given to work with: the way to the file, who sits here, and a place to leave wishes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use egui::Context;

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant, Zone};
use crate::base::error::Error;
use crate::base::locale::{self, Lang};
use crate::base::right::Right;
use crate::base::unreal::Unreal;
use crate::engine::backup::Permit;
use crate::engine::change::Changes;
use crate::engine::clock::Clock;
use crate::engine::store::Call;
use crate::engine::worker::Handle;
use crate::platform::{Chooser, Question, Workplace};
use crate::ui::dialog::Paths;
use crate::ui::layout::Layouts;
use crate::ui::own::{Own, OwnFields};
use crate::ui::scan::Scanner;
use crate::ui::screen::Place;
use crate::ui::toast::Toast;

/// What a screen wants done around it.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Open a screen, or go to it where it is open.
    Open(Place),
    /// The same, and do one of its actions there.
    Do(Place, &'static str),
    /// Close the screen that wishes.
    Close,
    /// Put another screen into the place of the one that wishes.
    Become(Place),
    /// Show a message.
    Toast(Toast),
    /// Undo the command with this journal number.
    Undo(i64),
    /// Close the file and put this backup in its place; the permit was given for it.
    Restore(PathBuf, Permit),
    /// Close the file and open this one.
    OpenFile(PathBuf),
}

/// How often each table was touched; the threads count, screens look.
#[derive(Clone, Debug, Default)]
pub struct Revisions(Arc<Mutex<BTreeMap<&'static str, u64>>>);

impl Revisions {
    /// Counts what a commit touched.
    pub fn note(&self, changes: &Changes) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for table in changes.tables() {
            let count = counts.entry(table).or_default();
            *count = count.wrapping_add(1);
        }
    }

    /// A number that grows when any of these tables was touched.
    pub fn of(&self, tables: &[&str]) -> u64 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.iter().filter_map(|table| counts.get(table)).sum()
    }
}

/// Who sits here.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id of the account.
    pub id: i64,
    /// The name typed to sign in.
    pub login: String,
    /// How the person is called.
    pub name: String,
    /// What the person may do.
    pub rights: BTreeSet<Right>,
}

/// The company as every screen needs it.
#[derive(Clone, Debug)]
pub struct House {
    /// Its name.
    pub name: String,
    /// The currency of its books.
    pub currency: Currency,
    /// Its time zone decides the date of a document.
    pub zone: Zone,
    /// Why nothing in it counts, where that is so.
    pub unreal: Option<Unreal>,
}

/// What a screen is given to work with.
/// Wide: each is another way to something around the screen.
pub struct Desk {
    /// The way to the file.
    pub handle: Handle,
    /// The call of who sits here.
    pub call: Call,
    /// Who sits here.
    pub person: Person,
    /// The company.
    pub house: House,
    /// The language of the window.
    pub lang: Lang,
    /// What was touched.
    pub revisions: Revisions,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What is kept of this workplace.
    pub workplace: Workplace,
    /// The scanner of this workplace.
    pub scanner: Scanner,
    /// The way to paths that a person chooses.
    pub paths: Paths,
    /// How who sits here arranged lists and window.
    pub layouts: Layouts,
    /// The saved view that a list is to be looked at with next: the list's query, and the view's id.
    pub view: Option<(&'static str, i64)>,
    own: OwnFields,
    wishes: Vec<Wish>,
}

impl Desk {
    /// A desk without wishes.
    pub fn new(handle: Handle, (person, house): (Person, House), clock: Arc<dyn Clock>, workplace: Workplace) -> Desk {
        let call = Call::of_user(person.id);
        let (scanner, paths) = (Scanner::kept(&workplace), Paths::new(&workplace));
        Desk {
            handle,
            call,
            person,
            house,
            lang: Lang::EN,
            revisions: Revisions::default(),
            clock,
            workplace,
            scanner,
            paths,
            layouts: Layouts::default(),
            view: None,
            own: OwnFields::default(),
            wishes: Vec::new(),
        }
    }

    /// Whether who sits here may do this. The commands ask again.
    pub fn may(&self, right: Right) -> bool {
        self.person.rights.contains(&right)
    }

    /// The text under this key in the window's language.
    pub fn say(&self, key: &str) -> String {
        locale::tr(self.lang, key, &[])
    }

    /// The same with values for its places.
    pub fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        locale::tr(self.lang, key, values)
    }

    /// Says why something was refused, and what to do next.
    pub fn refuse(&mut self, error: &Error) {
        self.toast(Toast::refused(error, self.lang));
    }

    /// Lets a person choose a path; the window is drawn again when it is chosen.
    pub fn choose(&mut self, ctx: &Context, chooser: &mut Chooser, question: Question) {
        if let Err(error) = self.paths.ask(ctx, chooser, question) {
            self.refuse(&error);
        }
    }

    /// The moment.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The date of a document made now.
    pub fn today(&self) -> Date {
        self.house.zone.date_of(self.now())
    }

    /// A number that grows when any of these tables was touched.
    pub fn revision(&self, tables: &[&str]) -> u64 {
        self.revisions.of(tables)
    }

    /// The fields that the company added by itself to records of a kind, such as `order`.
    pub fn own(&self, record: &str) -> &'static Own {
        self.own.of(record, self.revision(&["own_fields"]), (&self.handle, &self.call))
    }

    /// Leaves a wish for the window.
    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }

    /// Shows a message.
    pub fn toast(&mut self, toast: Toast) {
        self.wish(Wish::Toast(toast));
    }

    /// Takes the wishes away.
    pub fn take_wishes(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.wishes)
    }
}
