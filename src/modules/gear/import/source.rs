//! Which file is imported and what it holds; below, what was imported before.

use std::path::PathBuf;

use egui::{Id, ScrollArea, Ui, vec2};
use serde_json::Value as Json;

use crate::domain::import::ImportKind;
use crate::modules::gear::import::action::NEXT;
use crate::modules::gear::{heading, remark};
use crate::platform::{Chooser, Question};
use crate::ui::desk::Desk;
use crate::ui::field::{Choice, Enter, Field, choice, text_field};
use crate::ui::focus::scrolled;
use crate::ui::grid::{Cell, EmptyState};
use crate::ui::list::{Kind, ListColumn, ListSpec, ListView, Pages, key, plain};
use crate::ui::tokens::space;
use crate::ui::words::say;
use crate::ui::{button, icon};

static LIST: ListSpec = ListSpec {
    query: "import-batches",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["import_batches"],
    name: "import.earlier",
    columns: &[
        ListColumn::new("file_name", "import.file", Kind::Strong, 240.0),
        ListColumn::new("kind", "column.kind", Kind::Code("import.kind."), 180.0).yields(3),
        ListColumn::new("state", "column.status", Kind::Made(state), 140.0),
        ListColumn::new("read", "import.read", Kind::Number, 90.0).yields(2),
        ListColumn::new("added", "import.added", Kind::Number, 90.0),
        ListColumn::new("changed", "import.changed", Kind::Number, 100.0).yields(1),
        ListColumn::new("unchanged", "import.unchanged", Kind::Number, 110.0).yields(4),
        ListColumn::new("rejected", "import.rejected", Kind::Number, 100.0),
    ],
    fields: &[],
    own: "",
    grow: "file_name",
    sort: "",
    pages: Pages::Walked,
    state: |row| (None, plain(row, "state") == "undone"),
};

/// How tall the list of earlier imports is at least, in points.
const LEAST: f32 = 130.0;

/// How far an import is.
fn state(row: &Json, desk: &Desk) -> Cell {
    Cell::text(desk.say(&format!("import.state.{}", plain(row, "state"))))
}

/// The first step.
pub(super) struct Source {
    kind: String,
    path: String,
    /// Whether the keyboard is to go to the file.
    focus: bool,
    chooser: Chooser,
    earlier: ListView,
}

impl Source {
    /// Customers, from no file yet.
    pub(super) fn new() -> Source {
        let kind = ImportKind::Counterparties.code().to_owned();
        Source { kind, path: String::new(), focus: true, chooser: Chooser::default(), earlier: ListView::new(&LIST) }
    }

    /// What the file holds.
    pub(super) fn kind(&self) -> ImportKind {
        ImportKind::parse(&self.kind).unwrap_or(ImportKind::Counterparties)
    }

    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        PathBuf::from(self.path.trim())
    }

    /// Whether a file is named.
    pub(super) fn is_named(&self) -> bool {
        !self.path.trim().is_empty()
    }

    /// Where its refused rows go unless another place is named: beside it.
    pub(super) fn rejects(&self) -> PathBuf {
        let path = self.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        path.with_file_name(format!("{stem}-refused.csv"))
    }

    /// Forgets the file; what is imported is likely of another kind.
    pub(super) fn forget(&mut self) {
        self.path.clear();
        self.focus = true;
    }

    /// The import in the list of earlier ones that can be taken back.
    pub(super) fn batch(&self) -> Option<i64> {
        let stands = |row: &&Json| plain(row, "state") != "undone";
        self.earlier.current().filter(stands).map(key)
    }

    /// Draws it; what was pressed. In a small window all of it is scrolled, so that some earlier imports are seen.
    pub(super) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) -> Option<&'static str> {
        scrolled(ui, ScrollArea::vertical().auto_shrink(false), |ui| self.inside(ui, desk))
    }

    fn inside(&mut self, ui: &mut Ui, desk: &mut Desk) -> Option<&'static str> {
        if let Some(path) = self.chooser.poll() {
            self.path = path.display().to_string();
        }
        let kinds =
            ImportKind::ALL.map(|kind| Choice::new(kind.code(), desk.say(&format!("import.kind.{}", kind.code()))));
        let name = say(ui, "import.what");
        ui.label(&name);
        let field = Field::new(Id::unique("import-what"), &name).width(280.0).without_slot();
        choice(ui, &field, &kinds, &mut self.kind);
        ui.add_space(space::S);
        let name = say(ui, "import.file");
        ui.label(&name);
        let entered = ui.horizontal_wrapped(|ui| {
            let field = Field::new(Id::unique("import-path"), &name).width(460.0).without_slot().enter(Enter::Stay);
            let answer = text_field(ui, &field, &mut self.path);
            if std::mem::take(&mut self.focus) {
                answer.response.request_focus();
            }
            let words = format!("{} {}", icon::FOLDER, say(ui, "window.choose"));
            if button::plain(ui, &words, true).clicked() {
                let question = Question::open().kind("CSV", vec!["csv", "tsv", "txt"]);
                desk.choose(ui.ctx(), &mut self.chooser, question);
            }
            answer.entered
        });
        ui.add_space(space::XS);
        remark(ui, &say(ui, "import.about"));
        ui.add_space(space::L);
        heading(ui, &say(ui, "import.earlier"));
        let empty = EmptyState { icon: icon::DOWNLOAD, text: say(ui, "import.none_earlier"), button: String::new() };
        let room = vec2(ui.available_width(), ui.available_height().max(LEAST));
        ui.allocate_ui(room, |ui| {
            ui.set_min_size(room);
            self.earlier.ui(ui, Id::unique("import-earlier"), desk, &empty);
        });
        (entered.inner && self.is_named()).then_some(NEXT.id)
    }
}
