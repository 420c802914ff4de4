//! The views of a list: ways to look at it that were kept under names, chosen from a menu above its rows.

mod action;
mod colors;
mod editor;
mod opening;
mod preview;

use egui::{Pos2, Ui, pos2};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::domain::saved_view::LISTS;
use crate::modules::saving::told_done;
use crate::modules::views::colors::Colors;
use crate::modules::views::editor::Editor;
use crate::ui::action::{Action, Offer};
use crate::ui::desk::Desk;
use crate::ui::dialog::Dispatch;
use crate::ui::grid::EmptyState;
use crate::ui::list::{Arrangement, ListView, key, plain};
use crate::ui::loader::Loader;
use crate::ui::menu::{Entry, Menu, entries_ui};
use crate::ui::toast::Toast;
use crate::ui::words::{say, say_with};
use crate::ui::{badge, button, icon};

/// What a view holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Content {
    /// What is shown, in the form of the list's screen.
    pub filter: Json,
    /// Columns, order and colours.
    pub arrangement: Arrangement,
}

/// What the screen is to show now.
pub(crate) enum Chosen {
    /// What a view holds.
    View(Content),
    /// Everything, arranged as its person left it.
    None,
}

/// The views of one list.
pub(crate) struct Views {
    list: &'static str,
    rows: Loader<Vec<Json>>,
    // The view in use, by its id, with its name.
    used: Option<(i64, String)>,
    begun: bool,
    // What is said in place of rows: the view asks for what is not there.
    gone: Option<String>,
    menu: Option<Menu>,
    at: Pos2,
    // What was pressed and is done at the next drawing.
    asked: Option<&'static str>,
    editor: Option<Editor>,
    colors: Option<Colors>,
    sending: Dispatch,
    doing: Option<Doing>,
}

/// What is on its way.
enum Doing {
    Update(String),
    Remove(String),
}

/// A line of the menu.
enum Line {
    None,
    View(i64),
    Act(&'static Action),
}

impl Views {
    /// Whether a list is looked at by views, by its query.
    pub(crate) fn has(list: &str) -> bool {
        LISTS.contains(&list)
    }

    /// The views of a list, by its query.
    pub(crate) fn new(list: &'static str) -> Views {
        Views {
            list,
            rows: Loader::default(),
            used: None,
            begun: false,
            gone: None,
            menu: None,
            at: pos2(640.0, 120.0),
            asked: None,
            editor: None,
            colors: None,
            sending: Dispatch::default(),
            doing: None,
        }
    }

    /// The list does not open with the view of its person, but with what is wanted of it now.
    pub(crate) fn begin_without(&mut self) {
        self.begun = true;
    }

    fn rows(&self) -> &[Json] {
        self.rows.value().map(Vec::as_slice).unwrap_or_default()
    }

    fn row(&self, id: i64) -> Option<&Json> {
        self.rows().iter().find(|row| key(row) == id)
    }

    /// The view in use, while it is there.
    fn current(&self) -> Option<&Json> {
        self.used.as_ref().and_then(|(id, _)| self.row(*id))
    }

    /// Whether it is not known yet with what the list opens: nothing of it is shown before.
    pub(crate) fn waits(&self) -> bool {
        !self.begun
    }

    /// Whether a view is in use, or said to be gone.
    pub(crate) fn in_use(&self) -> bool {
        self.used.is_some() || self.gone.is_some()
    }

    /// The list shows what somebody asked for since.
    pub(crate) fn mend(&mut self) {
        self.gone = None;
    }

    /// What the view in use holds is not for this list as it is now: it is said in place of the rows.
    pub(crate) fn lacks(&mut self, desk: &Desk) {
        let name = self.used.as_ref().map_or("", |(_, name)| name);
        self.gone = Some(desk.say_with("views.broken", &[("name", name)]));
    }

    /// What stands in place of the rows where the view asks for what is gone; `lost` says what the filter looks for and
    /// is not there any more.
    pub(crate) fn instead(&self, ui: &Ui, lost: Option<&str>) -> Option<EmptyState> {
        let lost = lost.map(|lost| match &self.used {
            Some((_, name)) => say_with(ui, "views.lost_in", &[("name", name), ("what", lost)]),
            None => say_with(ui, "views.lost", &[("what", lost)]),
        });
        let text = self.gone.clone().or(lost)?;
        Some(EmptyState { icon: icon::FILTER, text, button: say(ui, "views.show_all") })
    }

    /// Whether a menu or a dialog of its own is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.menu.is_some() || self.editor.is_some() || self.colors.is_some() || self.sending.is_asking()
    }

    /// What can be done now.
    pub(crate) fn offers(&self) -> impl Iterator<Item = Offer> {
        let (there, changeable) = (self.current().is_some(), self.changeable());
        let enabled = move |action: &Action| match action.id {
            id if [action::SAVE.id, action::COLORS.id, action::SEEN.id].contains(&id) => true,
            id if id == action::OPENING.id => there,
            _ => changeable,
        };
        let first = std::iter::once(action::CHOOSE.offer(true));
        first.chain(action::ALL.iter().map(move |action| action.offer(enabled(action))))
    }

    fn changeable(&self) -> bool {
        self.current().is_some_and(|row| row.get("changeable") == Some(&Json::Bool(true)))
    }

    /// Does one of the offered actions at the next drawing; whether it is one of them.
    pub(crate) fn act(&mut self, id: &'static str) -> bool {
        let own = self.offers().any(|offer| offer.action.id == id);
        if own {
            self.asked = Some(id);
        }
        own
    }

    /// Draws the button with the name of the view in use; where none is, a small one if room is rare.
    pub(crate) fn button_ui(&mut self, ui: &mut Ui, small: bool) {
        let text = match self.current() {
            Some(row) => say_with(ui, "views.named", &[("name", &plain(row, "name"))]),
            None => say(ui, "views.title"),
        };
        let response = if small && self.current().is_none() {
            button::quiet(ui, icon::BOOKMARK, &text)
        } else {
            button::plain(ui, &format!("{} {text} {}", icon::BOOKMARK, icon::CHEVRON_DOWN), true)
        };
        button::name(&response, &text, true);
        badge::note(&response, &action::CHOOSE);
        self.at = response.rect.left_bottom();
        if response.on_hover_text(button::hint(&action::CHOOSE, &say(ui, "views.choose"))).clicked() {
            self.asked = Some(action::CHOOSE.id);
        }
    }

    /// Does what was asked for, draws menu and dialogs over the list with this filter. What the screen is to show instead.
    pub(crate) fn ui(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk,
        (list, filter): (&mut ListView, impl FnOnce() -> Json),
    ) -> Option<Chosen> {
        let asked = self.asked.take();
        if asked == Some(action::CHOOSE.id) {
            self.menu = Some(Menu::at(self.at));
        }
        let (picked, pressed) = self.menu_ui(ui, desk);
        if let Some(id) = pressed.or(asked.filter(|id| *id != action::CHOOSE.id)) {
            if id == action::COLORS.id {
                self.colors = Some(Colors::of(list));
            } else if id == action::SEEN.id {
                list.see_changes(desk);
            } else {
                self.begin_action(id, desk, || Content { filter: filter(), arrangement: list.arrangement() });
            }
        }
        self.editor_ui(ui, desk);
        self.colors_ui(ui, list, desk);
        self.sent_ui(ui, desk);
        match picked.or_else(|| self.take_wanted(desk))? {
            Line::View(id) => self.choose(id, desk),
            _ => {
                self.leave(desk);
                Some(Chosen::None)
            }
        }
    }

    fn choose(&mut self, id: i64, desk: &Desk) -> Option<Chosen> {
        let row = self.row(id)?;
        let (name, content) = (plain(row, "name"), row.get("content").map(Content::deserialize));
        self.used = Some((id, name));
        self.gone = None;
        match content {
            Some(Ok(content)) => Some(Chosen::View(content)),
            _ => {
                self.lacks(desk);
                Some(Chosen::View(Content::default()))
            }
        }
    }

    fn lines(&self, ui: &Ui, desk: &Desk) -> Vec<(Line, Entry)> {
        let mut lines = Vec::new();
        if self.used.is_some() {
            lines.push((Line::None, Entry::new(icon::X, say(ui, "views.none"))));
        }
        for row in self.rows() {
            let used = self.used.as_ref().is_some_and(|(id, _)| *id == key(row));
            let shared = plain(row, "shared") == "true";
            let mark = if used {
                icon::CHECK
            } else if shared {
                icon::USERS
            } else {
                icon::BOOKMARK
            };
            lines.push((Line::View(key(row)), Entry::new(mark, plain(row, "name"))));
        }
        let opens = self.used.as_ref().is_some_and(|(id, _)| *id == self.opening(desk));
        for (at, offer) in self.offers().skip(1).enumerate() {
            let text = say(ui, offer.action.text);
            let entry =
                if offer.action.id == action::OPENING.id { Entry::switch(text, opens) } else { Entry::of(ui, &offer) };
            let entry = entry.disabled(!offer.enabled);
            let apart = at == 0 && !lines.is_empty();
            lines.push((Line::Act(offer.action), if apart { entry.apart() } else { entry }));
        }
        lines
    }

    fn menu_ui(&mut self, ui: &mut Ui, desk: &Desk) -> (Option<Line>, Option<&'static str>) {
        if self.menu.is_none() {
            return (None, None);
        }
        let (mut lines, entries): (Vec<Line>, Vec<Entry>) = self.lines(ui, desk).into_iter().unzip();
        let chosen = ui.push_id(("views", self.list), |ui| entries_ui(ui, &mut self.menu, &entries)).inner;
        match chosen.filter(|at| *at < lines.len()).map(|at| lines.swap_remove(at)) {
            Some(Line::Act(action)) => (None, Some(action.id)),
            picked => (picked, None),
        }
    }

    fn begin_action(&mut self, id: &'static str, desk: &mut Desk, now: impl FnOnce() -> Content) {
        if id == action::SAVE.id {
            self.editor = Some(Editor::fresh(self.list, now()));
            return;
        }
        let Some(row) = self.current() else { return };
        let (name, known) = (plain(row, "name"), json!({"id": row.get("id"), "version": row.get("version")}));
        if id == action::EDIT.id {
            self.editor = Some(Editor::of(self.list, row));
        } else if id == action::OPENING.id {
            self.switch_opening(key(row), &name, desk);
        } else if id == action::UPDATE.id {
            let mut change = known;
            if let (Json::Object(fields), Ok(content)) = (&mut change, serde_json::to_value(now())) {
                fields.insert("content".to_owned(), content);
            }
            self.doing = Some(Doing::Update(name));
            self.sending.send(desk, "save-view", change);
        } else if id == action::REMOVE.id {
            self.doing = Some(Doing::Remove(name));
            self.sending.send(desk, "remove-view", known);
        }
    }

    /// No view is in use any more; that the list opens with one that is not there any more is forgotten, too.
    pub(crate) fn leave(&mut self, desk: &Desk) {
        let opening = self.opening(desk);
        if opening != 0 && self.rows.value().is_some() && self.row(opening).is_none() {
            desk.layouts.keep(&self.part(), &0_i64);
        }
        self.used = None;
        self.gone = None;
    }

    fn editor_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(editor) = &mut self.editor else { return };
        let Some(done) = editor.ui(ui, desk) else { return };
        self.editor = None;
        if let Some(saved) = done {
            let text = desk.say_with("views.saved", &[("name", &saved.name)]);
            desk.toast(told_done(text, ("save-view", saved.seq)));
            self.used = Some((saved.id, saved.name));
        }
    }

    fn colors_ui(&mut self, ui: &Ui, list: &mut ListView, desk: &mut Desk) {
        let done = self.colors.as_mut().and_then(|colors| colors.ui(ui, list, desk));
        if let Some(rules) = done {
            self.colors = None;
            if let Some(rules) = rules {
                list.color(rules, desk);
                desk.toast(Toast::done(desk.say("colors.saved")));
            }
        }
    }

    fn sent_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(answer) = self.sending.ui(ui, desk) else { return };
        let Some(doing) = self.doing.take() else { return };
        let (command, text, name) = match &doing {
            Doing::Update(name) => ("save-view", "views.saved", name),
            Doing::Remove(name) => ("remove-view", "views.removed", name),
        };
        match answer {
            Ok(done) => {
                let text = desk.say_with(text, &[("name", name)]);
                desk.toast(told_done(text, (command, done.seq)));
            }
            Err(error) => desk.refuse(&error),
        }
    }
}
