//! Tasks as a catalogue: by day and time, done by a key.

use egui::{Key, Ui};
use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::directories::Directory;
use crate::modules::browse::{Filter, Link, TO_CUSTOMER, TO_ORDER, Values};
use crate::modules::directory::DirectoryScreen;
use crate::modules::people::{ORDERS, PEOPLE};
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::Desk;
use crate::ui::dialog::Dispatch;
use crate::ui::form::{FieldKind, FieldSpec, Reference, Section};
use crate::ui::grid::{Cell, Look};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages, plain, written};
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::{Offered, Toast};

static FINISH: Action = Action {
    id: "finish-task",
    text: "tasks.finish",
    icon: icon::CHECK,
    keys: &[Keys::ctrl(Key::Enter)],
    need: Some(Right::TaskOwn),
};

static MORE: &[&Action] = &[&FINISH];

static LINKS: &[Link] = &[TO_ORDER, TO_CUSTOMER];

const DONE: &[(&str, &str)] = &[("false", "tasks.open"), ("true", "tasks.done"), ("", "tasks.all")];

static FILTERS: &[Filter] =
    &[Filter { argument: "done", name: "tasks.done", values: Values::Fixed(DONE), start: "false", width: 170.0 }];

static TASKS: Directory = Directory {
    kind: "tasks",
    title: "tasks.title",
    new: "tasks.new",
    icon: icon::LIST_CHECKS,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh,
    save: "save-task",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-task",
    switches: false,
    view: Right::TaskOwn,
    edit: Right::TaskOwn,
    empty: "tasks.empty",
};

const REPEATS: &[(&str, &str)] = &[
    ("never", "repeats.never"),
    ("daily", "repeats.daily"),
    ("weekdays", "repeats.weekdays"),
    ("weekly", "repeats.weekly"),
    ("monthly", "repeats.monthly"),
    ("yearly", "repeats.yearly"),
];

/// Tasks on a screen.
pub(super) static LIST: ListSpec = ListSpec {
    query: "tasks",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["tasks"],
    name: "tasks.title",
    columns: &[
        ListColumn::new("due", "tasks.due", Kind::Made(due), 150.0).sorted("due"),
        ListColumn::new("name", "tasks.name", Kind::Strong, 260.0),
        ListColumn::new("user_name", "tasks.user", Kind::Text, 150.0).yields(3),
        ListColumn::new("repeats", "tasks.repeats", Kind::Made(repeats), 140.0).yields(2),
        ListColumn::new("order_number", "tasks.order", Kind::Figure, 100.0).yields(5),
        ListColumn::new("counterparty_name", "column.customer", Kind::Text, 190.0).yields(4),
        ListColumn::new("author_name", "tasks.author", Kind::Muted, 150.0).yields(1),
    ],
    fields: &[],
    own: "",
    grow: "name",
    sort: "due",
    pages: Pages::Skipped,
    state: |row| if plain(row, "done") == "true" { (Some("closed"), true) } else { (None, false) },
};

/// When it is due; red once that is past.
fn due(row: &Json, desk: &Desk) -> Cell {
    let cell = Cell::text(written(Kind::Day, row, "due", desk));
    if plain(row, "late") == "true" { cell.look(Look::Danger).icon(icon::CLOCK) } else { cell }
}

/// How often; nothing where it is done once.
fn repeats(row: &Json, desk: &Desk) -> Cell {
    let often = plain(row, "repeats");
    Cell::text(if often == "never" { String::new() } else { desk.say(&format!("repeats.{often}")) }).look(Look::Muted)
}

static CUSTOMERS: Reference = Reference::by_text("counterparties", "name").detail("phone").shown("counterparty_name");

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("name", "tasks.name", FieldKind::Text).required(),
        FieldSpec::new("day", "tasks.day", FieldKind::Date).required(),
        FieldSpec::new("time", "tasks.time", FieldKind::Text).hint("tasks.time_hint"),
        FieldSpec::new("repeats", "tasks.repeats", FieldKind::Choice(REPEATS)).required(),
        FieldSpec::new("user", "tasks.user", FieldKind::Reference(&PEOPLE)).required().need(Right::TaskAll),
        FieldSpec::new("order", "tasks.order", FieldKind::Reference(&ORDERS)),
        FieldSpec::new("counterparty", "column.customer", FieldKind::Reference(&CUSTOMERS))
            .need(Right::CounterpartyView),
        FieldSpec::new("note", "customers.note", FieldKind::LongText),
    ],
}];

/// For who sits here, today.
fn fresh(desk: &Desk) -> Json {
    json!({"day": desk.today().to_string(), "repeats": "never", "user": desk.person.id})
}

/// The screen of tasks.
pub(crate) struct TasksScreen {
    inner: DirectoryScreen,
    finishing: Finishing,
}

impl TasksScreen {
    /// What is open, the keyboard on its rows.
    pub(crate) fn new() -> TasksScreen {
        let inner = DirectoryScreen::new(&TASKS).filtered(FILTERS).linked(LINKS).offering(MORE);
        TasksScreen { inner, finishing: Finishing::default() }
    }
}

/// Marks tasks as done.
#[derive(Default)]
pub(super) struct Finishing {
    sending: Dispatch,
    called: String,
}

impl Finishing {
    /// What can be done with a task besides.
    pub(super) const OFFERS: &'static [&'static Action] = MORE;

    /// Begins.
    pub(super) fn begin(&mut self, row: &Json, desk: &Desk) {
        let arguments = json!({"id": row.get("id"), "version": row.get("version")});
        self.called = plain(row, "name");
        self.sending.send(desk, "finish-task", arguments);
    }

    /// Tells what became of it.
    pub(super) fn ui(&mut self, ui: &Ui, desk: &mut Desk) {
        match self.sending.ui(ui, desk) {
            Some(Ok(done)) => {
                let next = plain(&done.output, "next");
                let toast = Toast::done(desk.say_with("tasks.finished", &[("name", &self.called)]));
                let toast = toast.offer(Offered::Undo(done.seq));
                desk.toast(if next.is_empty() {
                    toast
                } else {
                    let day = written(Kind::Day, &done.output, "next", desk);
                    toast.line(desk.say_with("tasks.next", &[("day", &day)]))
                });
            }
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }

    /// Whether a dialog of its own is open.
    pub(super) fn is_asking(&self) -> bool {
        self.sending.is_asking()
    }
}

impl Screen for TasksScreen {
    fn place(&self) -> Place {
        self.inner.place()
    }

    fn title(&self, desk: &Desk) -> String {
        self.inner.title(desk)
    }

    fn icon(&self) -> &'static str {
        self.inner.icon()
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.inner.actions(desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        self.inner.act(action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.inner.ui(ui, desk);
        if let Some((_, row)) = self.inner.asked() {
            self.finishing.begin(&row, desk);
        }
        self.finishing.ui(ui, desk);
    }

    fn modal(&self) -> bool {
        self.inner.modal() || self.finishing.is_asking()
    }
}
