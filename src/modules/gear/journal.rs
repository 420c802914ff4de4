//! The journal: who did what and when, what it changed, and whether it is still the one that was written.

use egui::{Frame, Id, Margin, Panel, RichText, ScrollArea, Ui};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::locale;
use crate::base::right::Right;
use crate::domain::day;
use crate::engine::query::View;
use crate::engine::ticket::Watch;
use crate::engine::worker::Lane;
use crate::modules::browse::{Browse, Catalogue, Filter, Opens, Values};
use crate::modules::history;
use crate::modules::papers::{self, Made, Wanted};
use crate::ui::action::{Action, Offer};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given};
use crate::ui::form::{FieldKind, FieldSpec, Form, FormEvent, Section};
use crate::ui::grid::Cell;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages, no_state, plain};
use crate::ui::loader::Sending;
use crate::ui::screen::{Place, Screen};
use crate::ui::tokens::Tokens;
use crate::ui::words::say;

static VERIFY: Action = action("verify", "journal.verify", icon::SHIELD_CHECK, Right::JournalView);
static SHEET: Action = action("daily-sheet", "journal.sheet", icon::PRINTER, Right::ReportView);
static PROVE: Action = action("prove", "journal.prove", icon::SCAN_BARCODE, Right::ReportView);
static MORE: &[&Action] = &[&VERIFY, &SHEET, &PROVE];

const fn action(id: &'static str, text: &'static str, icon: &'static str, need: Right) -> Action {
    Action { id, text, icon, keys: &[], need: Some(need) }
}

/// The journal as a list.
static JOURNAL: Catalogue = Catalogue {
    place: "journal",
    title: "journal.title",
    icon: icon::HISTORY,
    list: &LIST,
    called: "seq",
    searches: "",
    filters: &[
        Filter { argument: "period", name: "browse.period", values: Values::Period, start: "", width: 190.0 },
        Filter { argument: "user", name: "journal.user", values: USERS, start: "", width: 170.0 },
        Filter { argument: "table", name: "journal.record", values: Values::Fixed(TABLES), start: "", width: 270.0 },
    ],
    opens: Opens::Inside,
    links: &[],
    edits: None,
    voids: None,
    empty: "journal.empty",
};

const USERS: Values = Values::Rows { query: "users", table: "users", field: "login", all: "journal.everybody" };

const TABLES: &[(&str, &str)] = &[
    ("", "journal.all_records"),
    ("orders", "window.orders"),
    ("payments", "payments.title"),
    ("invoices", "invoices.title"),
    ("counterparties", "customers.title"),
    ("items", "items.title"),
    ("companies", "company.title"),
    ("users", "users.title"),
    ("roles", "roles.title"),
];

static LIST: ListSpec = ListSpec {
    query: "journal",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["orders", "payments", "invoices", "counterparties", "items", "companies", "users", "roles"],
    name: "journal.title",
    columns: &[
        ListColumn::new("seq", "journal.entry", Kind::Text, 92.0).right(),
        ListColumn::new("at", "journal.at", Kind::Moment, 140.0),
        ListColumn::new("user_name", "journal.user", Kind::Made(who), 190.0),
        ListColumn::new("command", "journal.did", Kind::Code("command."), 260.0),
        ListColumn::new("fields", "journal.touched", Kind::Made(touched), 200.0).yields(1),
    ],
    fields: &[],
    own: "",
    grow: "fields",
    sort: "",
    pages: Pages::Walked,
    state: no_state,
};

fn who(row: &Json, desk: &Desk) -> Cell {
    let name = plain(row, "user_name");
    Cell::text(if name.is_empty() { desk.say("journal.program") } else { name })
}

fn touched(row: &Json, desk: &Desk) -> Cell {
    Cell::text(history::touched(row, desk))
}

static DAY: &[Section] =
    &[Section { title: "", fields: &[FieldSpec::new("date", "journal.day", FieldKind::Date).required()] }];

static CODE: &[Section] = &[Section {
    title: "",
    fields: &[FieldSpec::new("code", "journal.code", FieldKind::Text).required().hint("journal.code_hint")],
}];

/// How the chain stands.
enum Lamp {
    /// Not followed yet in this tab.
    Dark,
    /// Every entry follows from the one before it, and a sheet agrees where one was asked about.
    Green,
    /// Something does not.
    Red(Vec<Error>),
}

/// What a dialog asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Day,
    Code,
}

/// The screen of the journal.
pub(super) struct Journal {
    inner: Browse,
    lamp: Lamp,
    following: Sending<Vec<Error>>,
    asking: Option<(Asked, Form)>,
    /// Whether what the entry under the cursor changed is shown; Enter and a double click turn it on and off.
    details: bool,
    printing: Sending<Vec<Made>>,
}

impl Journal {
    /// The newest entries, the chain not followed yet.
    pub(super) fn new() -> Journal {
        Journal {
            inner: Browse::new(JOURNAL).offering(MORE),
            lamp: Lamp::Dark,
            following: Sending::none(),
            asking: None,
            details: false,
            printing: Sending::none(),
        }
    }

    fn verify(&mut self, desk: &Desk) {
        let job = |view: &View<'_>, watch: &Watch| day::breaks(view, watch);
        self.following.put(desk.handle.read(Lane::Background, &desk.call, job));
    }

    fn prove(&mut self, desk: &Desk, code: String) {
        let job = move |view: &View<'_>, watch: &Watch| day::differences_from_sheet(view, &code, watch);
        self.following.put(desk.handle.read(Lane::Background, &desk.call, job));
    }

    fn followed(&mut self, desk: &mut Desk) {
        match self.following.poll() {
            Some(Ok(found)) => {
                self.lamp = if found.is_empty() { Lamp::Green } else { Lamp::Red(found) };
                self.asking = None;
            }
            Some(Err(error)) => match &mut self.asking {
                Some((Asked::Code, form)) => form.fail(&error),
                _ => desk.refuse(&error),
            },
            None => {}
        }
    }

    fn lamp_ui(&self, ui: &mut Ui, desk: &Desk) {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let (sign, color, words) = match &self.lamp {
            _ if self.following.is_under_way() => (icon::HOURGLASS, c.text3, self.progress(desk)),
            Lamp::Dark => (icon::CIRCLE_DASHED, c.text3, say(ui, "journal.dark")),
            Lamp::Green => (icon::SHIELD_CHECK, c.ok, say(ui, "journal.green")),
            Lamp::Red(found) => {
                let first = found.first().map(|error| error.message(desk.lang)).unwrap_or_default();
                let count = found.len().to_string();
                (icon::TRIANGLE_ALERT, c.danger, desk.say_with("journal.red", &[("count", &count), ("first", &first)]))
            }
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(sign).color(color));
            ui.label(RichText::new(words).color(color));
        });
    }

    fn progress(&self, desk: &Desk) -> String {
        let (done, total) = self.following.watch().map(|watch| watch.progress()).unwrap_or_default();
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or_default();
        desk.say_with("journal.following", &[("percent", &locale::number(desk.lang, &percent.to_string()))])
    }

    /// What the current entry changed.
    fn details_ui(&self, ui: &mut Ui, desk: &Desk) {
        let Some(row) = self.inner.current() else { return };
        ScrollArea::vertical().id_salt("changes").auto_shrink(false).show(ui, |ui| {
            history::records_ui(ui, row, desk);
            history::changes_ui(ui, row, desk);
        });
    }

    fn asking_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let busy = self.following.is_under_way() || self.printing.is_under_way();
        let Some((asked, form)) = &mut self.asking else { return };
        let asked = *asked;
        let (title, accept, field) = match asked {
            Asked::Day => ("journal.sheet", "journal.print", "date"),
            Asked::Code => ("journal.prove", "journal.compare", "code"),
        };
        let (title, accept, back) = (say(ui, title), say(ui, accept), say(ui, "dialog.cancel"));
        let dialog = Dialog::new(Id::unique("journal"), &title).accept(&accept, !busy).back(&back);
        let shown = dialog.show(ui, |ui| form.ui(ui, desk));
        let submitted = shown.inner.contains(&FormEvent::Submitted) || shown.given == Some(Given::Accepted);
        if shown.given == Some(Given::Closed) {
            self.asking = None;
        } else if submitted && !busy && form.check() {
            let text = form.read(field);
            match asked {
                Asked::Day => {
                    let wanted = Wanted::Form("daily-sheet", json!({ "date": text }), text);
                    self.printing.put(papers::make(desk, vec![wanted]));
                }
                Asked::Code => self.prove(desk, text),
            }
        }
    }

    fn printed(&mut self, desk: &mut Desk) {
        match self.printing.poll() {
            Some(Ok(made)) => {
                self.asking = None;
                papers::tell(made, desk);
            }
            Some(Err(error)) => match &mut self.asking {
                Some((Asked::Day, form)) => form.fail(&error),
                _ => desk.refuse(&error),
            },
            None => {}
        }
    }

    fn ask(&mut self, action: &str, desk: &Desk) {
        let form = |sections, value: Json| {
            let mut form = Form::new(Id::unique(("journal", "form")), sections, &value, desk);
            form.focus_first();
            form
        };
        match action {
            "verify" => self.verify(desk),
            "daily-sheet" => {
                let today = json!({ "date": desk.today().to_string() });
                self.asking = Some((Asked::Day, form(DAY, today)));
            }
            "prove" => self.asking = Some((Asked::Code, form(CODE, json!({})))),
            _ => {}
        }
    }
}

impl Screen for Journal {
    fn place(&self) -> Place {
        Place::only("journal")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("journal.title")
    }

    fn icon(&self) -> &'static str {
        icon::HISTORY
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.inner.actions(desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        self.inner.act(action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let frame = Frame::new().fill(Tokens::of(ui).colors().panel).inner_margin(Margin::symmetric(12, 3));
        Panel::bottom("journal-lamp").frame(frame).show(ui, |ui| self.lamp_ui(ui, desk));
        if self.details {
            let height = DETAILS.min(ui.available_height() * MOST);
            Panel::bottom("journal-changes").frame(frame).exact_size(height).show(ui, |ui| self.details_ui(ui, desk));
        }
        self.inner.ui(ui, desk);
        if self.inner.wanted().is_some() {
            self.details = !self.details;
        }
        if let Some(action) = self.inner.asked_action() {
            self.ask(action, desk);
        }
        self.asking_ui(ui, desk);
        self.followed(desk);
        self.printed(desk);
    }

    /// A scanned sheet is compared at once.
    fn scan(&mut self, code: &str, desk: &mut Desk) -> bool {
        let known = day::is_code(code);
        if known {
            self.prove(desk, code.to_owned());
        }
        known
    }

    fn modal(&self) -> bool {
        self.asking.is_some() || self.inner.is_asking()
    }
}

/// The height of what an entry changed, in points, and how much of a small window it takes at most.
const DETAILS: f32 = 150.0;
const MOST: f32 = 0.36;
