//! What stands in yellow on the card until somebody says what becomes of it: a scanned code that no item has, or goods
//! whose last day is past. Scanning goes on meanwhile; one waits behind the other.

use std::collections::VecDeque;

use egui::{Frame, Id, Key, Label, Margin, RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::gs1;
use crate::base::id::Id as RecordId;
use crate::base::locale;
use crate::base::right::Right;
use crate::domain::item::{FindItem, FoundItem, Item, OneItem, SaveItem};
use crate::engine::worker::Lane;
use crate::modules::order_card::entry::EntryEvent;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::{Dialog, Given, error_ui};
use crate::ui::form::{FieldKind, FieldSpec, Form, FormEvent, Reference, Section};
use crate::ui::loader::Sending;
use crate::ui::screen::Place;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{lang, say, say_with};
use crate::ui::{button, icon};

static LINK: Action = Action {
    id: "link-code",
    text: "notice.link",
    icon: icon::BARCODE,
    keys: &[Keys::alt(Key::Num1)],
    need: Some(Right::ItemEdit),
};
static CREATE: Action = Action {
    id: "create-with-code",
    text: "notice.create",
    icon: icon::PLUS,
    keys: &[Keys::alt(Key::Num2)],
    need: Some(Right::ItemEdit),
};
static TAKE: Action =
    Action { id: "take-expired", text: "notice.take", icon: icon::CHECK, keys: &[Keys::alt(Key::Num1)], need: None };
static IGNORE: Action =
    Action { id: "ignore-code", text: "notice.ignore", icon: icon::X, keys: &[Keys::alt(Key::Num3)], need: None };
static LEAVE: Action =
    Action { id: "leave-expired", text: "notice.leave", icon: icon::X, keys: &[Keys::alt(Key::Num3)], need: None };

static ITEMS: Reference = Reference::by_text("items", "name").detail("code").card("item");
static LINKED: &[Section] =
    &[Section { title: "", fields: &[FieldSpec::new("item", "column.item", FieldKind::Reference(&ITEMS)).required()] }];

/// One that waits.
enum Notice {
    /// So many of a code that no item has; the number of changes to items when it was looked up last.
    Unknown { code: String, quantity: String, seen: u64 },
    /// So many of an item whose last day is past.
    Expired { item: FoundItem, quantity: String, day: Date },
}

/// A code that is about to become one of an item's.
struct Linking {
    code: String,
    form: Form,
    sending: Sending<()>,
    error: Option<Error>,
}

/// All that wait.
#[derive(Default)]
pub(crate) struct Notices {
    waiting: VecDeque<Notice>,
    again: Sending<Vec<FoundItem>>,
    linking: Option<Linking>,
}

impl Notices {
    /// So many of a code that no item has.
    pub(crate) fn unknown(&mut self, code: String, quantity: String, desk: &Desk) {
        self.waiting.push_back(Notice::Unknown { code, quantity, seen: touched(desk) });
    }

    /// So many of an item whose last day is past.
    pub(crate) fn expired(&mut self, item: FoundItem, quantity: String, day: Date) {
        self.waiting.push_back(Notice::Expired { item, quantity, day });
    }

    /// What can be done with the first.
    pub(crate) fn offers(&self) -> Vec<Offer> {
        match self.waiting.front() {
            Some(Notice::Unknown { .. }) => vec![LINK.offer(true), CREATE.offer(true), IGNORE.offer(true)],
            Some(Notice::Expired { .. }) => vec![TAKE.offer(true), LEAVE.offer(true)],
            None => Vec::new(),
        }
    }

    /// Whether an action is one of those.
    pub(crate) fn offered(offer: &Offer) -> bool {
        [&LINK, &CREATE, &TAKE, &IGNORE, &LEAVE].iter().any(|action| action.id == offer.action.id)
    }

    /// Whether its dialog is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.linking.is_some()
    }

    /// Leaves the first as it is; whether there was one.
    pub(crate) fn leave(&mut self) -> bool {
        self.again = Sending::none();
        self.waiting.pop_front().is_some()
    }

    /// Does one of the offered actions; the line that comes of it.
    pub(crate) fn act(&mut self, action: &'static str, desk: &mut Desk) -> Option<EntryEvent> {
        match (self.waiting.front()?, action) {
            (Notice::Unknown { code, .. }, id) if id == LINK.id => {
                let mut form = Form::new(Id::unique("link-code"), LINKED, &json!({}), desk);
                form.focus_first();
                let code = barcode_of(code, desk);
                self.linking = Some(Linking { code, form, sending: Sending::none(), error: None });
                None
            }
            (Notice::Unknown { code, .. }, id) if id == CREATE.id => {
                let key = format!("scanned:{}", barcode_of(code, desk));
                desk.wish(Wish::Open(Place::of("item", key)));
                None
            }
            (Notice::Expired { item, quantity, .. }, id) if id == TAKE.id => {
                // Agreed to: the day is asked about no more.
                let item = FoundItem { expires: None, ..item.clone() };
                let event = EntryEvent::Item(item, quantity.clone());
                self.leave();
                Some(event)
            }
            (_, id) if id == IGNORE.id || id == LEAVE.id => {
                self.leave();
                None
            }
            _ => None,
        }
    }

    /// Looks the first unknown code up again when items were changed; the line, once an item has it.
    pub(crate) fn follow(&mut self, desk: &mut Desk) -> Option<EntryEvent> {
        let Some(Notice::Unknown { code, quantity, seen }) = self.waiting.front_mut() else { return None };
        let now = touched(desk);
        if *seen != now && !self.again.is_under_way() {
            *seen = now;
            let find = FindItem { code: code.clone() };
            self.again.put(desk.handle.ask(Lane::Interactive, &desk.call, find));
        }
        let found = match self.again.poll()? {
            Ok(found) => found.into_iter().next()?,
            Err(error) => {
                desk.refuse(&error);
                return None;
            }
        };
        let event = EntryEvent::Item(found, quantity.clone());
        self.leave();
        Some(event)
    }

    /// Draws the first, and how many wait behind it; the action that was pressed.
    pub(crate) fn ui(&self, ui: &mut Ui, offers: &[Offer], desk: &Desk) -> Option<&'static str> {
        let text = match self.waiting.front()? {
            Notice::Unknown { code, .. } => say_with(ui, "notice.unknown", &[("code", &barcode_of(code, desk))]),
            Notice::Expired { item, day, .. } => {
                let day = locale::date(lang(ui), *day);
                say_with(ui, "notice.expired", &[("name", &item.name), ("date", &day)])
            }
        };
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let frame = Frame::new().stroke((1.0, c.warn)).corner_radius(4).inner_margin(Margin::symmetric(8, 4));
        let shown = frame.show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let words = RichText::new(format!("{} {text}", icon::TRIANGLE_ALERT)).color(c.warn);
                ui.add(Label::new(words).wrap());
                let mut pressed = None;
                for offer in offers {
                    pressed = if button::action(ui, offer).clicked() { Some(offer.action.id) } else { pressed };
                }
                let behind = self.waiting.len().saturating_sub(1);
                if behind > 0 {
                    let words = say_with(ui, "notice.behind", &[("count", &behind.to_string())]);
                    ui.label(RichText::new(words).color(c.text2));
                }
                pressed
            })
        });
        ui.add_space(space::XS);
        shown.inner.inner
    }

    /// Draws the dialog in which an item is chosen for the code.
    pub(crate) fn linking_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(linking) = &mut self.linking else { return };
        match linking.sending.poll() {
            Some(Ok(())) => {
                self.linking = None;
                return;
            }
            Some(Err(error)) => linking.error = Some(error),
            None => {}
        }
        if linking.ui(ui, desk) == Some(Given::Closed) {
            self.linking = None;
        }
    }
}

impl Linking {
    fn ui(&mut self, ui: &Ui, desk: &mut Desk) -> Option<Given> {
        let title = say_with(ui, "notice.link_title", &[("code", &self.code)]);
        let (accept, back) = (say(ui, "notice.link_accept"), say(ui, "dialog.cancel"));
        let busy = self.sending.is_under_way();
        let dialog = Dialog::new(Id::unique("link-code-dialog"), &title).accept(&accept, !busy).back(&back);
        let shown = dialog.show(ui, |ui| {
            let events = self.form.ui(ui, desk);
            if let Some(error) = &self.error {
                error_ui(ui, error);
            }
            events.contains(&FormEvent::Submitted)
        });
        if (shown.given == Some(Given::Accepted) || shown.inner) && !busy && self.form.check() {
            self.send(desk);
        }
        shown.given
    }

    /// Adds the code to those that the item has.
    fn send(&mut self, desk: &Desk) {
        let Some(item) = self.form.get("item").as_ref().and_then(Json::as_i64) else { return };
        let (call, code, id) = (desk.call.clone(), self.code.clone(), RecordId::<Item>::new(item));
        self.error = None;
        self.sending.put(desk.handle.write(move |store, _| {
            let card = store.query(&call, &OneItem { id: Some(id), ..OneItem::default() })?.into_iter().next();
            let (version, barcodes) = card.map(|card| (card.version, card.barcodes)).unwrap_or_default();
            let barcodes = barcodes.into_iter().chain([code]).collect();
            let save =
                SaveItem { id: Some(id), version: Some(version), barcodes: Some(barcodes), ..SaveItem::default() };
            let done = store.run(&call, &save)?;
            Ok(((), done.changes))
        }));
    }
}

/// What an item would be found by: of a label only the number of the item.
fn barcode_of(code: &str, desk: &Desk) -> String {
    gs1::read(code, desk.today()).map_or_else(|| code.to_owned(), |label| label.gtin)
}

/// How often items were changed.
fn touched(desk: &Desk) -> u64 {
    desk.revision(&["items", "item_barcodes"])
}
