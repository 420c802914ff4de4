//! The files of a record: added by the system's dialog or by dropping them, opened, removed.

use std::path::{Path, PathBuf};

use egui::{Id, Ui};
use serde_json::{Map, Value as Json, json};

use crate::base::error::Result;
use crate::base::id::Id as RowId;
use crate::base::right::Right;
use crate::domain::attachment::{self, AttachFile, Owner};
use crate::domain::file::keep_file;
use crate::engine::change::Changes;
use crate::engine::store::Done;
use crate::engine::ticket::Ticket;
use crate::engine::worker::Lane;
use crate::platform::{self, Access, Chooser, Question};
use crate::ui::button;
use crate::ui::desk::Desk;
use crate::ui::dialog::Dispatch;
use crate::ui::grid::{Cell, EmptyState, GridEvent};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, ListView, Pages, no_state, plain};
use crate::ui::loader::Sending;
use crate::ui::toast::{Offered, Toast};
use crate::ui::tokens::space;
use crate::ui::words::say;

/// The largest file that is kept, in bytes.
const LARGEST: u64 = 20 * 1024 * 1024;

static LIST: ListSpec = ListSpec {
    query: "attachments",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["attachments"],
    name: "files.title",
    columns: &[
        ListColumn::new("name", "browse.name", Kind::Strong, 320.0),
        ListColumn::new("media_type", "files.kind", Kind::Muted, 220.0),
        ListColumn::new("size", "files.size", Kind::Made(size), 110.0).right(),
    ],
    fields: &[],
    own: "",
    grow: "name",
    sort: "",
    pages: Pages::Whole,
    state: no_state,
};

/// The files of one record.
pub(crate) struct Files {
    owner: &'static str,
    id: i64,
    list: ListView,
    chooser: Chooser,
    adding: Sending<Vec<Json>>,
    opening: Sending<PathBuf>,
    removing: Dispatch,
    removed: String,
}

impl Files {
    /// The files of a record of this kind.
    pub(crate) fn new(owner: &'static str, id: i64) -> Files {
        let mut list = ListView::new(&LIST);
        list.set_filter(Map::from_iter([("owner".to_owned(), json!(owner)), ("owner_id".to_owned(), json!(id))]));
        Files {
            owner,
            id,
            list,
            chooser: Chooser::default(),
            adding: Sending::none(),
            opening: Sending::none(),
            removing: Dispatch::default(),
            removed: String::new(),
        }
    }

    /// The same, the keyboard on them.
    pub(crate) fn focused(mut self) -> Files {
        self.list.grid.focus();
        self
    }

    /// Whether a dialog of its own is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.removing.is_asking()
    }

    /// Draws them.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let may = desk.may(Right::AttachmentEdit);
        if may {
            self.bar_ui(ui, desk);
            self.dropped(ui, desk);
        }
        let before = self.list.current().is_some();
        let empty = EmptyState { icon: icon::PAPERCLIP, text: say(ui, "files.empty"), button: String::new() };
        let (events, _) = self.list.ui(ui, Id::unique(("files", self.owner, self.id)), desk, &empty);
        for event in events {
            if let GridEvent::Opened(key) = event {
                self.open(key, desk);
            }
        }
        self.answers(ui, desk);
        if before != self.list.current().is_some() {
            // Buttons were drawn before the rows were there.
            ui.ctx().request_repaint();
        }
    }

    fn bar_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        ui.horizontal(|ui| {
            let adding = self.adding.is_under_way();
            if button::plain(ui, &say(ui, "files.add"), !adding).clicked() {
                desk.choose(ui.ctx(), &mut self.chooser, Question::open());
            }
            let current = self.list.current().cloned();
            if button::plain(ui, &say(ui, "files.open"), current.is_some()).clicked()
                && let Some(key) = self.list.grid.cursor_key()
            {
                self.open(key, desk);
            }
            if button::plain(ui, &say(ui, "files.remove"), current.is_some()).clicked()
                && let Some(row) = current
            {
                self.removed = plain(&row, "name");
                self.removing.send(
                    desk,
                    "remove-attachment",
                    json!({"id": row.get("id"), "version": row.get("version")}),
                );
            }
            ui.add_space(space::S);
            ui.weak(say(ui, "files.drop"));
        });
        ui.add_space(space::XS);
    }

    /// Files that were let fall on the window while the list is seen.
    fn dropped(&mut self, ui: &Ui, desk: &Desk) {
        let dropped = ui.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        let paths: Vec<PathBuf> = dropped.into_iter().map(|file| file.path().to_path_buf()).collect();
        let chosen = self.chooser.poll();
        let all: Vec<PathBuf> = paths.into_iter().chain(chosen).collect();
        if !all.is_empty() && !self.adding.is_under_way() {
            self.adding.put(attach(desk, (self.owner, self.id), all));
        }
    }

    fn open(&mut self, key: i64, desk: &Desk) {
        let Some(row) = self.list.told(key) else { return };
        let (name, folder) = (plain(row, "name"), desk.workplace.documents().join("Files"));
        let read = desk.handle.read(Lane::Interactive, &desk.call, move |view, _| {
            let content = attachment::content(view, RowId::new(key))?;
            laid_out(&folder, &name, &content)
        });
        self.opening.put(read);
    }

    fn answers(&mut self, ui: &Ui, desk: &mut Desk) {
        match self.adding.poll() {
            Some(Ok(added)) => {
                let count = added.len().to_string();
                desk.toast(Toast::done(desk.say_with("files.added", &[("count", &count)])));
            }
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
        match self.opening.poll() {
            Some(Ok(path)) => {
                if let Err(error) = platform::open_in_viewer(&path) {
                    desk.toast(Toast::unshown(&error, &path, desk.lang));
                }
            }
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
        match self.removing.ui(ui, desk) {
            Some(Ok(Done { seq, .. })) => {
                let toast = Toast::done(desk.say_with("browse.removed", &[("name", &self.removed)]));
                desk.toast(toast.offer(Offered::Undo(seq)));
            }
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }
}

/// Keeps files and attaches each to its record.
fn attach(desk: &Desk, (owner, id): (&'static str, i64), paths: Vec<PathBuf>) -> Ticket<Vec<Json>> {
    let call = desk.call.clone();
    desk.handle.write(move |store, _| {
        let mut changes = Changes::default();
        let mut attached = Vec::new();
        for path in paths {
            let content = platform::read_file(&path, LARGEST)?;
            let hash = keep_file(store, &call, &content)?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let owner = Owner::parse(owner).unwrap_or(Owner::Order);
            let done = store.run(&call, &AttachFile { owner, owner_id: id, name, hash })?;
            changes.merge(done.changes);
            attached.push(json!(done.output.id));
        }
        Ok((attached, changes))
    })
}

/// Puts a file where the person's programs can open it.
fn laid_out(folder: &Path, name: &str, content: &[u8]) -> Result<PathBuf> {
    platform::private_folder(folder)?;
    let path = folder.join(name.replace(['/', '\\'], "_"));
    platform::write_atomic(&path, content, Access::Private)?;
    Ok(path)
}

/// A size as people read it.
fn size(row: &Json, desk: &Desk) -> Cell {
    let bytes = row.get("size").and_then(Json::as_i64).unwrap_or_default();
    let (count, key) = match bytes {
        0..1024 => (bytes, "files.bytes"),
        1024..1_048_576 => (bytes / 1024, "files.kilobytes"),
        _ => (bytes / 1_048_576, "files.megabytes"),
    };
    Cell::text(desk.say_with(key, &[("size", &count.to_string())]))
}
