//! The desk: menu, tabs, the open screen, messages and the status line; keys go to whoever they are meant for.

mod acts;
mod front;
mod keeper;
mod kept;
mod notices;
mod own_pin;
mod scans;
mod seat;

use std::path::PathBuf;

use egui::{CentralPanel, Context, Frame, Margin, Ui};

use crate::app::arrival::{Seats, house};
use crate::app::entry::Entry;
use crate::app::lock::{Answer, Lock};
use crate::app::palette::{Goal, Line, Palette};
use crate::app::setting::Setting;
use crate::app::status_line::{Pressed, Told};
use crate::app::tab_list::TabList;
use crate::app::window::front::Front;
use crate::app::{Next, help, menu, menu_ui, own, status_line, tabs};
use crate::domain::company::{CompanyRow, TheCompany};
use crate::domain::draft::{DraftRow, Drafts};
use crate::domain::user::{ChooseLanguage, Spoken};
use crate::engine::backup::Over;
use crate::engine::store::Done;
use crate::engine::undo::{UndoCommand, Undone};
use crate::engine::worker::Lane;
use crate::platform;
use crate::ui::action::Offer;
use crate::ui::desk::{Desk, Wish};
use crate::ui::habits::Part;
use crate::ui::loader::{Loader, Sending};
use crate::ui::screen::{self, Place, Screen};
use crate::ui::toast::{Offered, Toast, Toasts};
use crate::ui::tokens::{Tokens, space};
use keeper::Keeper;
use kept::Kept;
use notices::Notices;
use own_pin::OwnPin;
use scans::Scans;

/// The desk of who signed in. Wide: the parts of the window, each with its own file.
pub(crate) struct Window {
    /// The company file.
    pub file: PathBuf,
    /// What screens work with.
    pub desk: Desk,
    tabs: Vec<Box<dyn Screen>>,
    active: usize,
    toasts: Toasts,
    undoing: Sending<Done<Undone>>,
    above: Above,
    lock: Option<Lock>,
    seats: Seats,
    idle_since: f64,
    drafts: Sending<Vec<DraftRow>>,
    front: Front,
    company: Loader<Vec<CompanyRow>>,
    scans: Scans,
    kept: Kept,
    notices: Notices,
    speaking: Sending<Done<Spoken>>,
    keeper: Keeper,
}

/// What may lie over the screens.
#[derive(Default)]
struct Above {
    help: bool,
    palette: Option<Palette>,
    tabs: Option<TabList>,
    /// What the palette offers first.
    recent: Vec<Line>,
    /// Where it leads.
    goal: Option<Goal>,
    /// Whether it is asked if lists and window are to be as at first.
    reset: bool,
    /// The PIN that is being chosen.
    pin: Option<OwnPin>,
}

impl Window {
    /// The desk with its first screen.
    pub(crate) fn new(file: PathBuf, (desk, seats): (Desk, Seats), failed_since: i64) -> Window {
        let mut window = Window {
            file,
            desk,
            tabs: Vec::new(),
            active: 0,
            toasts: Toasts::default(),
            undoing: Sending::none(),
            above: Above::default(),
            lock: None,
            seats,
            idle_since: 0.0,
            drafts: Sending::none(),
            front: Front::default(),
            company: Loader::default(),
            scans: Scans::default(),
            kept: Kept::default(),
            notices: Notices::default(),
            speaking: Sending::none(),
            keeper: Keeper::default(),
        };
        if failed_since > 0 {
            let count = failed_since.to_string();
            let text = window.desk.say_with("window.failed_since", &[("count", &count)]);
            window.toasts.push(Toast::warning(text));
        }
        window.open_kept_tabs();
        let all = Drafts { kind: None };
        window.drafts.put(window.desk.handle.ask(Lane::Interactive, &window.desk.call, all));
        window
    }

    /// Goes to the screen of a place, opening it where it is not open.
    pub(crate) fn open(&mut self, place: &Place) {
        let from = self.place();
        if let Some(found) = self.tabs.iter().position(|tab| tab.place() == *place) {
            self.active = found;
            self.wake();
        } else if let Some(screen) = menu::open(place, &self.desk) {
            self.tabs.push(screen);
            self.active = self.tabs.len().saturating_sub(1);
        }
        if let Some(here) = self.place() {
            self.front.came(here, from);
        }
    }

    /// Where the open screen is found again.
    pub(crate) fn place(&self) -> Option<Place> {
        self.tabs.get(self.active).map(|tab| tab.place())
    }

    /// What can be done on the open screen.
    pub(crate) fn offers(&self) -> Vec<Offer> {
        self.tabs.get(self.active).map(|tab| tab.actions(&self.desk)).unwrap_or_default()
    }

    /// The keys of the parts of the open screen.
    pub(crate) fn parts(&self) -> &'static [Part] {
        self.tabs.get(self.active).map(|tab| tab.parts()).unwrap_or_default()
    }

    /// Finishes what was sent and closes the file.
    pub(crate) fn close(&mut self) {
        self.flush();
        self.write_layout();
        self.desk.handle.close();
    }

    /// Draws the desk; what comes next where the person leaves it.
    pub(crate) fn ui(&mut self, ui: &mut Ui, setting: &mut Setting) -> Option<Next> {
        let ctx = ui.ctx().clone();
        self.desk.lang = setting.lang;
        for error in setting.refused.drain(..) {
            self.toasts.push(Toast::refused(&error, setting.lang));
        }
        self.listen(&ctx);
        self.keep_backups(&ctx);
        match self.locked_ui(ui) {
            Answer::Open => {}
            Answer::Locked => return None,
            Answer::Arrived(arrived) => return Some(self.give_way(&ctx, *arrived, setting)),
            Answer::Another => return Some(Next::Door(Box::new(Entry::at(self.leave())))),
        }
        self.reopen();
        self.look();
        self.follow_company();
        self.keys(&ctx, setting);
        self.menu_ui(ui, setting);
        self.status_ui(ui, setting);
        self.follow_language(setting);
        let pressed = tabs::show(ui, &self.desk, &self.tabs, self.active);
        self.tab(&ctx, pressed, setting);
        self.go(&ctx, setting);
        // What lies above takes its keys first.
        self.above_ui(ui);
        self.desk.paths.ui(ui);
        self.palette_ui(&ctx, setting);
        self.tab_list_ui(ui, setting);
        self.own_pin_ui(ui);
        self.screen_ui(ui);
        self.remember();
        let next = self.grant(&ctx);
        self.keep_layout(ui, setting);
        next
    }

    /// The menu on the left, and what was pressed in it.
    fn menu_ui(&mut self, ui: &mut Ui, setting: &mut Setting) {
        let left = menu_ui::show(ui, &self.desk, setting, self.place());
        if let Some(place) = left.opened {
            self.open(&place);
        }
        self.above.help |= left.help;
    }

    /// The line below everything, and what waits now.
    fn status_ui(&mut self, ui: &mut Ui, setting: &mut Setting) {
        for toast in self.notices.look(ui.ctx(), &self.desk) {
            self.toasts.push(toast);
        }
        let (waiting, without_outside) = (self.notices.count(), self.keeper.without_outside);
        let told = Told { file: &self.file, waiting, without_outside };
        match status_line::show(ui, &self.desk, &told, setting) {
            Some(Pressed::Lock) => self.lock(),
            Some(Pressed::Person) => self.above.pin = Some(OwnPin::default()),
            Some(Pressed::Bell) => self.open(&Place::only("day")),
            Some(Pressed::Backups) => self.open(&Place::only("backups")),
            None => {}
        }
    }

    /// Name and time zone follow the company where somebody changed it.
    fn follow_company(&mut self) {
        let (desk, revision) = (&self.desk, self.desk.revision(&["companies"]));
        if revision > 0 {
            let ask = || desk.handle.ask(Lane::Interactive, &desk.call, TheCompany {});
            let company = self.company.keep(revision, ask).and_then(|rows| rows.first());
            if let Some(house) = company.map(house) {
                self.desk.house = house;
            }
        }
    }

    /// The language that was chosen is the person's own from then on.
    fn follow_language(&mut self, setting: &Setting) {
        if setting.lang != self.desk.lang {
            let choice = ChooseLanguage { language: setting.lang };
            self.speaking.put(self.desk.handle.send(&self.desk.call, choice));
        }
        if let Some(Err(error)) = self.speaking.poll() {
            self.toasts.push(Toast::refused(&error, self.desk.lang));
        }
    }

    fn screen_ui(&mut self, ui: &mut Ui) {
        self.wake();
        let tokens = Tokens::of(ui);
        let frame = Frame::new().fill(tokens.colors().bg).inner_margin(Margin::ZERO);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            if let Some(screen) = self.tabs.get_mut(self.active) {
                let place = screen.place();
                ui.push_id((place.kind, &place.key), |ui| screen.ui(ui, &mut self.desk));
                self.front.moved(&place, &screen.place());
                self.front.stands(ui, screen.as_ref(), &self.desk);
            } else {
                menu_ui::welcome(ui);
            }
        });
    }

    /// The sheet of keys and the messages, above everything else.
    fn above_ui(&mut self, ui: &Ui) {
        let ctx = ui.ctx();
        if self.above.help {
            self.above.help = help::show(ui, &self.offers(), self.parts());
        }
        if let Some(offered) = self.toasts.ui(ctx, status_line::HEIGHT + space::S) {
            match offered {
                Offered::GoTo(place) => self.open(&place),
                Offered::Undo(seq) => self.undo(seq),
                Offered::Show(path) => {
                    if let Err(error) = platform::open_in_viewer(&path) {
                        self.toasts.push(Toast::unshown(&error, &path, self.desk.lang));
                    }
                }
                Offered::Copy(text) => ctx.copy_text(text),
            }
        }
    }

    fn flush(&mut self) {
        self.tabs.iter_mut().for_each(|tab| tab.flush(&self.desk));
    }

    fn tab(&mut self, ctx: &Context, pressed: tabs::Pressed, setting: &mut Setting) {
        match pressed {
            tabs::Pressed::Nothing => {}
            tabs::Pressed::Go(at) => self.active = at,
            tabs::Pressed::Palette => self.own(ctx, own::PALETTE, setting),
            tabs::Pressed::List => self.own(ctx, own::TAB_LIST, setting),
            tabs::Pressed::Close(at) => match self.tabs.get_mut(at) {
                Some(tab) if tab.unsaved() => {
                    self.active = at;
                    tab.act(screen::CLOSE, &mut self.desk);
                }
                _ => self.close_tab(at),
            },
        }
    }

    fn close_tab(&mut self, at: usize) {
        if at < self.tabs.len() {
            let place = self.tabs.remove(at).place();
            let opener = self.front.forget(&place);
            self.forget_asleep(&place);
            let behind = self.tabs.iter().position(|tab| Some(tab.place()) == opener);
            match behind.filter(|_| at == self.active) {
                Some(behind) => self.active = behind,
                None if self.active > at || self.active >= self.tabs.len() => {
                    self.active = self.active.saturating_sub(1);
                }
                None => {}
            }
        }
    }

    /// Does what screens have wished for, and takes the answer to what was sent for them. What comes next where the
    /// file is left.
    fn grant(&mut self, ctx: &Context) -> Option<Next> {
        let mut next = None;
        for wish in self.desk.take_wishes() {
            match wish {
                Wish::Open(place) => self.open(&place),
                Wish::Do(place, action) => {
                    self.open(&place);
                    if let Some(screen) = self.tabs.get_mut(self.active) {
                        screen.act(action, &mut self.desk);
                    }
                }
                Wish::Close => self.close_tab(self.active),
                Wish::Become(place) => {
                    if let Some(screen) = menu::open(&place, &self.desk)
                        && let Some(tab) = self.tabs.get_mut(self.active)
                    {
                        self.front.moved(&tab.place(), &place);
                        *tab = screen;
                    }
                }
                Wish::Toast(toast) => self.toasts.push(toast),
                Wish::Undo(seq) => self.undo(seq),
                Wish::OpenFile(file) => {
                    self.close();
                    next = Some(Next::File(file));
                }
                Wish::Restore(backup, permit) => {
                    self.close();
                    let over = Over { confirmed: true, permit: Some(permit), zone: self.desk.house.zone };
                    next = Some(Next::Restore { backup, over, file: self.file.clone() });
                }
            }
            ctx.request_repaint();
        }
        self.tell_undone();
        next
    }

    fn tell_undone(&mut self) {
        match self.undoing.poll() {
            Some(Ok(_)) => self.toasts.push(Toast::done(self.desk.say("window.undone"))),
            Some(Err(error)) => self.toasts.push(Toast::refused(&error, self.desk.lang)),
            None => {}
        }
    }

    fn undo(&mut self, seq: i64) {
        self.undoing.put(self.desk.handle.send(&self.desk.call, UndoCommand { seq }));
    }
}
