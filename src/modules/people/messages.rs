//! Messages to who sits here and by them: written, read, answered.

use egui::{Id, RichText, ScrollArea, Ui};
use serde_json::{Map, Value as Json, json};

use crate::base::right::Right;
use crate::modules::browse::{Browse, Catalogue, Edits, Filter, Opens, TO_ORDER, Values, Wanted};
use crate::modules::people::{ORDERS, PEOPLE};
use crate::ui::action::Offer;
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::{Dialog, Dispatch, Given};
use crate::ui::form::{FieldKind, FieldSpec, Form, FormEvent, Section};
use crate::ui::grid::{Cell, Look};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages, plain, written};
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;

const READ: &[(&str, &str)] = &[("", "messages.all"), ("false", "messages.unread")];

static MESSAGES: Catalogue = Catalogue {
    place: "messages",
    title: "messages.title",
    icon: icon::MESSAGE_SQUARE,
    list: &LIST,
    called: "text",
    searches: "",
    filters: &[Filter {
        argument: "read",
        name: "messages.read",
        values: Values::Fixed(READ),
        start: "",
        width: 170.0,
    }],
    opens: Opens::Inside,
    links: &[TO_ORDER],
    edits: Some(Edits {
        need: Right::TaskOwn,
        adds: true,
        save: "send-message",
        known_by: "id",
        remove: "",
        switches: false,
    }),
    voids: None,
    empty: "messages.empty",
};

static LIST: ListSpec = ListSpec {
    query: "messages",
    totals: None,
    sums: &[],
    groups: &[],
    tables: &["messages"],
    name: "messages.title",
    columns: &[
        ListColumn::new("at", "messages.at", Kind::Moment, 150.0).sorted("sent"),
        ListColumn::new("author_name", "messages.from", Kind::Text, 170.0),
        ListColumn::new("user_name", "messages.to", Kind::Text, 170.0).yields(1),
        ListColumn::new("text", "messages.text", Kind::Made(text), 320.0),
        ListColumn::new("order_number", "tasks.order", Kind::Figure, 100.0).yields(2),
    ],
    fields: &[],
    own: "",
    grow: "text",
    sort: "-sent",
    pages: Pages::Skipped,
    state: |_| (None, false),
};

/// What was written, in one line; bold until it is read.
fn text(row: &Json, _: &Desk) -> Cell {
    let cell = Cell::text(plain(row, "text").replace('\n', " "));
    if plain(row, "new") == "true" { cell.look(Look::Strong) } else { cell }
}

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("to", "messages.to", FieldKind::Reference(&PEOPLE)).hint("messages.everyone"),
        FieldSpec::new("text", "messages.text", FieldKind::LongText).required(),
        FieldSpec::new("order", "tasks.order", FieldKind::Reference(&ORDERS)),
    ],
}];

/// The screen of messages.
pub(crate) struct MessagesScreen {
    inner: Browse,
    writing: Option<Form>,
    reading: Option<Json>,
    sending: Dispatch,
    noting: Dispatch,
}

impl MessagesScreen {
    /// The newest ones, the keyboard on their rows.
    pub(crate) fn new() -> MessagesScreen {
        let inner = Browse::new(MESSAGES);
        MessagesScreen {
            inner,
            writing: None,
            reading: None,
            sending: Dispatch::default(),
            noting: Dispatch::default(),
        }
    }

    fn write(&mut self, first: Map<String, Json>, desk: &Desk) {
        let mut form = Form::new(Id::unique(("message", "form")), SECTIONS, &Json::Object(first), desk);
        form.focus_first();
        self.writing = Some(form);
    }

    /// Shows a message; whoever it is to has read it then.
    fn read(&mut self, row: Json, desk: &Desk) {
        if plain(&row, "new") == "true" {
            self.noting.send(desk, "read-message", json!({"id": row.get("id")}));
        }
        self.reading = Some(row);
    }

    fn writing_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let busy = self.sending.is_busy();
        let Some(form) = &mut self.writing else { return };
        let (title, send, back) = (say(ui, "messages.write"), say(ui, "messages.send"), say(ui, "dialog.cancel"));
        let dialog = Dialog::new(Id::unique("message"), &title).accept(&send, !busy).back(&back);
        let shown = dialog.show(ui, |ui| form.ui(ui, desk));
        let submitted = shown.inner.contains(&FormEvent::Submitted) || shown.given == Some(Given::Accepted);
        if shown.given == Some(Given::Closed) {
            self.writing = None;
            self.inner.focus();
        } else if submitted && !busy && form.check() {
            self.sending.send(desk, "send-message", form.value());
        }
    }

    fn sent(&mut self, ui: &Ui, desk: &mut Desk) {
        match self.sending.ui(ui, desk) {
            Some(Ok(_)) => {
                self.writing = None;
                self.inner.focus();
                desk.toast(Toast::done(desk.say("messages.sent")));
            }
            Some(Err(error)) => match &mut self.writing {
                Some(form) => form.fail(&error),
                None => desk.refuse(&error),
            },
            None => {}
        }
        if let Some(Err(error)) = self.noting.ui(ui, desk) {
            desk.refuse(&error);
        }
    }

    fn reading_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(row) = &self.reading else { return };
        let mine = row.get("author").and_then(Json::as_i64) == Some(desk.person.id);
        let (answer, order) = (say(ui, "messages.answer"), say(ui, "messages.to_order"));
        let title = desk.say_with("messages.one", &[("name", &plain(row, "author_name"))]);
        let mut dialog = Dialog::new(Id::unique("message-read"), &title);
        if !mine {
            dialog = dialog.accept(&answer, true);
        }
        if !plain(row, "order").is_empty() {
            dialog = dialog.other(&order, true);
        }
        let back = say(ui, "ui.close");
        let shown = dialog.back(&back).show(ui, |ui| {
            let muted = Tokens::of(ui).colors().text2;
            ui.label(RichText::new(written(Kind::Moment, row, "at", desk)).color(muted));
            ui.add_space(space::S);
            ScrollArea::vertical().max_height(300.0).show(ui, |ui| ui.label(plain(row, "text")));
        });
        match shown.given {
            Some(Given::Accepted) => {
                let first = answering(row);
                self.reading = None;
                self.write(first, desk);
            }
            Some(Given::Other) => {
                desk.wish(Wish::Open(Place::of("order", plain(row, "order"))));
                self.reading = None;
            }
            Some(_) => {
                self.reading = None;
                self.inner.focus();
            }
            None => {}
        }
    }
}

/// What an answer holds at first: to whom, and about which order.
fn answering(row: &Json) -> Map<String, Json> {
    let mut first = Map::from_iter([("to".to_owned(), row.get("author").cloned().unwrap_or_default())]);
    if !plain(row, "order").is_empty() {
        for name in ["order", "order_number"] {
            first.insert(name.to_owned(), row.get(name).cloned().unwrap_or_default());
        }
    }
    first
}

impl Screen for MessagesScreen {
    fn place(&self) -> Place {
        self.inner.place()
    }

    fn title(&self, desk: &Desk) -> String {
        self.inner.title(desk)
    }

    fn icon(&self) -> &'static str {
        icon::MESSAGE_SQUARE
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.inner.actions(desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        self.inner.act(action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.inner.ui(ui, desk);
        match self.inner.wanted() {
            Some(Wanted::Row(row)) => self.read(row, desk),
            Some(Wanted::New) => self.write(Map::new(), desk),
            None => {}
        }
        self.reading_ui(ui, desk);
        self.writing_ui(ui, desk);
        self.sent(ui, desk);
    }

    fn modal(&self) -> bool {
        self.writing.is_some() || self.reading.is_some() || self.sending.is_asking() || self.inner.is_asking()
    }
}
