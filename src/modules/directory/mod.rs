//! One screen for every catalogue that is described as data: its rows, and a dialog for one of them.

mod editor;

use egui::Ui;
use serde_json::Value as Json;

use crate::directories::Directory;
use crate::modules::browse::{Browse, Catalogue, Edits, Filter, Link, Opens, Wanted};
use crate::modules::directory::editor::Editor;
use crate::ui::action::{Action, Offer};
use crate::ui::desk::Desk;
use crate::ui::screen::{Place, Screen};

/// A catalogue on a screen.
pub(crate) struct DirectoryScreen {
    directory: &'static Directory,
    browse: Browse,
    editor: Option<Editor>,
    added: Option<(i64, String)>,
}

impl DirectoryScreen {
    /// The catalogue, the keyboard on its rows.
    pub(crate) fn new(directory: &'static Directory) -> DirectoryScreen {
        let edits = Edits {
            need: directory.edit,
            adds: !directory.new.is_empty(),
            save: directory.save,
            known_by: directory.known_by,
            remove: directory.remove,
            switches: directory.switches,
        };
        let catalogue = Catalogue {
            place: directory.kind,
            title: directory.title,
            icon: directory.icon,
            list: directory.list,
            called: directory.called,
            searches: "",
            filters: &[],
            opens: Opens::Inside,
            links: &[],
            edits: Some(edits),
            voids: None,
            empty: directory.empty,
        };
        DirectoryScreen { directory, browse: Browse::new(catalogue), editor: None, added: None }
    }

    /// The same with filters above its rows.
    pub(crate) fn filtered(self, filters: &'static [Filter]) -> DirectoryScreen {
        DirectoryScreen { browse: self.browse.filtered(filters), ..self }
    }

    /// The same with other places that a row leads to.
    pub(crate) fn linked(self, links: &'static [Link]) -> DirectoryScreen {
        DirectoryScreen { browse: self.browse.linked(links), ..self }
    }

    /// The same; the screen around it does these with a row and hears of them by [`DirectoryScreen::asked`].
    pub(crate) fn offering(self, more: &'static [&'static Action]) -> DirectoryScreen {
        DirectoryScreen { browse: self.browse.offering(more), ..self }
    }

    /// What the screen around it is to do with a row, once.
    pub(crate) fn asked(&mut self) -> Option<(&'static str, Json)> {
        self.browse.asked()
    }

    /// The row that was just added, with its name, once.
    pub(crate) fn added(&mut self) -> Option<(i64, String)> {
        self.added.take()
    }

    /// Gives the keyboard to the rows.
    pub(crate) fn focus(&mut self) {
        self.browse.focus();
    }

    fn edit(&mut self, wanted: &Wanted, desk: &Desk) {
        self.editor = Some(match wanted {
            Wanted::New => Editor::fresh(self.directory, desk),
            Wanted::Row(row) => Editor::of(self.directory, row, desk),
        });
    }
}

impl Screen for DirectoryScreen {
    fn place(&self) -> Place {
        Place::only(self.directory.kind)
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say(self.directory.title)
    }

    fn icon(&self) -> &'static str {
        self.directory.icon
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.browse.actions(desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        self.browse.act(action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.browse.ui(ui, desk);
        if let Some(wanted) = self.browse.wanted() {
            self.edit(&wanted, desk);
        }
        if let Some(editor) = &mut self.editor
            && editor.ui(ui, desk)
        {
            self.added = editor.added();
            self.editor = None;
            self.browse.focus();
        }
    }

    fn modal(&self) -> bool {
        self.editor.is_some() || self.browse.is_asking()
    }
}
