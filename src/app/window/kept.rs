//! What a person finds again at the next sign-in: open tabs, the look, the arrangement of lists, and unsaved cards.

use egui::{Context, Id, Ui};
use serde::{Deserialize, Serialize};

use super::Window;
use super::front::Front;
use crate::app::menu;
use crate::app::setting::{LOOK, Look, Setting};
use crate::domain::draft::DraftRow;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given};
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::words::{Said, say};

/// Under this name the open tabs are kept.
const TABS: &str = "tabs";

/// What was kept last, so that nothing is done while it stays the same.
#[derive(Default)]
pub(super) struct Kept {
    look: Look,
    tabs: Vec<(Place, Said)>,
    front: usize,
    // Tabs that nobody has looked at since they were open before.
    asleep: Vec<Place>,
}

/// A tab that is opened when somebody looks at it; until then it is called as it was.
struct Asleep {
    place: Place,
    title: Said,
    icon: &'static str,
}

impl Screen for Asleep {
    fn place(&self) -> Place {
        self.place.clone()
    }

    fn title(&self, desk: &Desk) -> String {
        self.title.read(desk.lang).to_owned()
    }

    fn icon(&self) -> &'static str {
        self.icon
    }

    fn ui(&mut self, _: &mut Ui, _: &mut Desk) {}
}

/// The open tabs as they are kept: their kinds, keys and titles, and which one stands in front.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Tabs {
    open: Option<Vec<(String, String, Said)>>,
    front: usize,
}

impl Window {
    /// Opens the tabs that were open when their person went away; the first screen of the menu where none were kept.
    pub(super) fn open_kept_tabs(&mut self) {
        let kept: Tabs = self.desk.layouts.kept(TABS).unwrap_or_default();
        let Some(open) = kept.open else {
            let first = menu::sections(&self.desk).into_iter().flat_map(|section| section.entries).next();
            return first.into_iter().for_each(|first| self.open(&Place::only(first.kind)));
        };
        for (kind, key, title) in open {
            let known = menu::every().find(|opener| opener.kind == kind && opener.is_for(&self.desk));
            match known.map(|opener| (Place::of(opener.kind, key), opener.icon)) {
                Some((place, _)) if place.key.is_empty() => self.open(&place),
                Some((place, icon)) => {
                    self.kept.asleep.push(place.clone());
                    self.tabs.push(Box::new(Asleep { place, title, icon }));
                }
                None => {}
            }
        }
        self.active = kept.front.min(self.tabs.len().saturating_sub(1));
        // None of them was come to from another.
        self.front = Front::default();
    }

    /// Opens the tab in front where nobody has looked at it yet.
    pub(super) fn wake(&mut self) {
        let Some(place) = self.place() else { return };
        if let Some(at) = self.kept.asleep.iter().position(|asleep| *asleep == place) {
            self.kept.asleep.remove(at);
            let screen = menu::open(&place, &self.desk);
            if let (Some(screen), Some(tab)) = (screen, self.tabs.get_mut(self.active)) {
                *tab = screen;
            }
        }
    }

    /// A tab is gone that nobody may have looked at.
    pub(super) fn forget_asleep(&mut self, place: &Place) {
        self.kept.asleep.retain(|asleep| asleep != place);
    }

    /// Opens the cards that were not saved when their person went away.
    pub(super) fn reopen(&mut self) {
        match self.drafts.poll() {
            Some(Ok(drafts)) if !drafts.is_empty() => {
                let front = self.active;
                drafts.iter().for_each(|draft| self.reopen_draft(draft));
                self.active = if drafts.len() == 1 { self.active } else { front };
                let count = drafts.len().to_string();
                self.toasts.push(Toast::done(self.desk.say_with("window.drafts_back", &[("count", &count)])));
            }
            Some(Err(error)) => self.toasts.push(Toast::refused(&error, self.desk.lang)),
            Some(Ok(_)) | None => {}
        }
    }

    /// Opens an unsaved card; the order that it changes is not open besides.
    fn reopen_draft(&mut self, draft: &DraftRow) {
        let place = Place::of("order", draft.key);
        let order = draft.content.get("order").and_then(serde_json::Value::as_i64);
        let saved = order.map(|order| Place::of("order", order));
        let found = self.tabs.iter().position(|tab| Some(tab.place()) == saved);
        match found.and_then(|at| Some((at, menu::open(&place, &self.desk)?))) {
            Some((at, screen)) => {
                self.active = at;
                saved.iter().for_each(|saved| self.forget_asleep(saved));
                self.tabs.splice(at..=at, [screen]);
            }
            None => self.open(&place),
        }
    }

    /// Keeps how everything stands, and writes what changed once it settled.
    pub(super) fn keep_layout(&mut self, ui: &Ui, setting: &mut Setting) {
        self.reset_ui(ui, setting);
        if self.kept.look != setting.look {
            self.kept.look.clone_from(&setting.look);
            self.desk.layouts.keep(LOOK, &setting.look);
        }
        if self.kept.front != self.active || !self.is_as_kept() {
            (self.kept.tabs, self.kept.front) = (self.called(), self.active);
            self.desk.layouts.keep(TABS, &self.kept.told());
        }
        if let Some(error) = self.desk.layouts.settle(ui, &self.desk.handle, &self.desk.call) {
            self.toasts.push(Toast::refused(&error, self.desk.lang));
        }
    }

    fn is_as_kept(&self) -> bool {
        let mut pairs = self.tabs.iter().zip(&self.kept.tabs);
        let lang = self.desk.lang;
        self.tabs.len() == self.kept.tabs.len()
            && pairs.all(|(tab, (place, title))| tab.place() == *place && tab.title(&self.desk) == title.read(lang))
    }

    /// The open tabs and what they are called in every language.
    fn called(&mut self) -> Vec<(Place, Said)> {
        let (lang, desk) = (self.desk.lang, &mut self.desk);
        let called = self.tabs.iter().map(|tab| {
            let title = Said::each(|lang| {
                desk.lang = lang;
                tab.title(desk)
            });
            (tab.place(), title)
        });
        let called = called.collect();
        self.desk.lang = lang;
        called
    }

    /// Writes what changed at once.
    pub(super) fn write_layout(&mut self) {
        self.desk.layouts.write(&self.desk.handle, &self.desk.call);
    }

    /// Asks before lists and window become as at first.
    fn reset_ui(&mut self, ui: &Ui, setting: &mut Setting) {
        if !self.above.reset {
            return;
        }
        let (title, yes, no) = (say(ui, "window.key_reset_layout"), say(ui, "dialog.go_on"), say(ui, "dialog.cancel"));
        let dialog = Dialog::new(Id::unique("reset-layout"), &title).destroy(&yes, true).back(&no);
        let shown = dialog.show(ui, |ui| {
            ui.label(say(ui, "window.layout_reset_text"));
        });
        if let Some(given) = shown.given {
            self.above.reset = false;
            if given == Given::Destroyed {
                self.reset_layout(ui.ctx(), setting);
            }
        }
    }

    /// Lists and window are as the program has them; the tabs stay open.
    fn reset_layout(&mut self, ctx: &Context, setting: &mut Setting) {
        self.desk.layouts.reset();
        self.kept.tabs.clear();
        setting.wear(ctx, Look::default());
        self.toasts.push(Toast::done(self.desk.say("window.layout_reset")));
        ctx.request_repaint();
    }
}

impl Kept {
    /// The tabs that can be opened again by their places: an unsaved card comes back as a draft, a new one is nothing yet.
    fn told(&self) -> Tabs {
        type Tab = (Place, Said);
        let again = |(place, _): &&Tab| place.key != "new" && uuid::Uuid::parse_str(&place.key).is_err();
        let told = |(place, title): &Tab| (place.kind.to_owned(), place.key.clone(), title.clone());
        let front = self.tabs.iter().take(self.front).filter(again).count();
        Tabs { open: Some(self.tabs.iter().filter(again).map(told).collect()), front }
    }
}
