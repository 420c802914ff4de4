//! The card of one order: customer, lines by scanner or name, sums as saving would give them, payment and papers.

mod card;
mod changes;
mod column;
mod customer;
mod entry;
mod habits;
mod head;
mod line_menu;
mod line_paint;
mod lines;
mod notice;
mod own;
mod payment;
mod saving;
mod sought;
mod suggested;
mod sums;
mod template;
mod tenders;
mod work;

use egui::{CentralPanel, Frame, Id, Key, Margin, Panel, Ui};
use uuid::Uuid;

use crate::base::error::Error;
use crate::base::right::Right;
use crate::domain::draft::DraftRow;
use crate::domain::order::query::OrderAnswer;
use crate::engine::ticket::Ticket;
use crate::modules::card::closing::Closing;
use crate::modules::order_card::card::Card;
use crate::modules::order_card::entry::Entry;
use crate::modules::order_card::head::{Head, Titled};
use crate::modules::order_card::lines::Lines;
use crate::modules::order_card::notice::Notices;
use crate::modules::order_card::payment::Payment;
use crate::modules::order_card::saving::Saving;
use crate::modules::order_card::template::Template;
use crate::modules::papers::Made;
use crate::modules::preview::PREVIEW;
use crate::modules::templates::KEEP;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::{Desk, Wish};
use crate::ui::habits::Part;
use crate::ui::icon;
use crate::ui::list::is_zero;
use crate::ui::loader::{Loader, Sending};
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::{self, Offered, Toast};
use crate::ui::tokens::{Tokens, space};

static NEW: Action = Action {
    id: "new",
    text: "action.new_order",
    icon: icon::PLUS,
    keys: &[Keys::ctrl(Key::N)],
    need: Some(Right::OrderPlace),
};
static SAVE: Action =
    Action { id: "save", text: "action.save", icon: icon::SAVE, keys: &[Keys::ctrl(Key::S)], need: None };
static SAVE_CLOSE: Action = Action {
    id: "save-close",
    text: "action.save_close",
    icon: icon::CHECK,
    keys: &[Keys::ctrl(Key::Enter)],
    need: None,
};
static PAY: Action = Action {
    id: "pay",
    text: "action.pay",
    icon: icon::BANKNOTE,
    keys: &[Keys::plain(Key::F8)],
    need: Some(Right::PaymentTake),
};
static PRINT: Action = Action {
    id: "print",
    text: "action.print_invoice",
    icon: icon::PRINTER,
    keys: &[Keys::ctrl(Key::P)],
    need: Some(Right::InvoiceIssue),
};
static PRINT_ORDER: Action = Action {
    id: "print-order",
    text: "action.print_order",
    icon: icon::FILE_TEXT,
    keys: &[Keys::ctrl_shift(Key::P)],
    need: None,
};
static DISCARD: Action =
    Action { id: "discard", text: "action.discard", icon: icon::TRASH_2, keys: &[Keys::ctrl(Key::Delete)], need: None };
static CLOSE: Action =
    Action { id: "close", text: "action.close", icon: icon::X, keys: &[Keys::plain(Key::Escape)], need: None };

/// Asks for a saved order.
pub(crate) fn ask(desk: &Desk, id: i64) -> Ticket<Vec<OrderAnswer>> {
    saving::order(desk, id)
}

/// What is done once the card is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Stay,
    Close,
    Pay,
    PrintInvoice,
    PrintOrder,
    Preview,
    Template,
}

/// The card of an order.
/// Wide: the parts of one screen, each with its own file.
pub struct OrderCard {
    order: Option<i64>,
    card: Card,
    head: Head,
    entry: Entry,
    lines: Lines,
    notices: Notices,
    saved: Loader<Vec<OrderAnswer>>,
    shown: Option<i64>,
    /// What was saved when it was looked at last: what stands otherwise on the card was typed here.
    base: Option<Card>,
    /// Whether another answer came since.
    unseen: bool,
    closing: Closing,
    saving: Saving,
    then: Then,
    postponed: Option<Then>,
    payment: Option<Payment>,
    printing: Sending<Vec<Made>>,
    error: Option<Error>,
    began: bool,
    awaited: bool,
    drafts: Loader<Vec<DraftRow>>,
    template: Template,
}

impl OrderCard {
    /// The card behind the key of a place: an order's id, or the key of a card that is not saved yet.
    pub fn open(key: &str) -> OrderCard {
        match key.parse::<i64>() {
            Ok(order) => OrderCard::of(Some(order), Uuid::new_v4(), Card::default()),
            Err(_) => {
                let draft = key.parse::<Uuid>().ok();
                let mut opened = OrderCard::of(None, draft.unwrap_or_else(Uuid::new_v4), Card::default());
                opened.awaited = draft.is_some();
                opened
            }
        }
    }

    fn of(order: Option<i64>, key: Uuid, card: Card) -> OrderCard {
        let head = Head::new(&card);
        let entry = Entry::holding(&card.entry);
        OrderCard {
            order,
            card,
            head,
            entry,
            lines: Lines::default(),
            notices: Notices::default(),
            saved: Loader::default(),
            shown: None,
            base: None,
            unseen: false,
            closing: Closing::default(),
            saving: Saving::new(key),
            then: Then::Stay,
            postponed: None,
            payment: None,
            printing: Sending::none(),
            error: None,
            began: false,
            awaited: false,
            drafts: Loader::default(),
            template: Template::default(),
        }
    }

    fn saved_order(&self) -> Option<&OrderAnswer> {
        self.saved.value()?.first()
    }

    fn is_changed(&self) -> bool {
        match &self.base {
            Some(saved) => self.card != *saved,
            None => self.order.is_none() && self.card != Card::default(),
        }
    }

    /// Whether a customer or a cell of a line is being typed that saving would take.
    fn is_typed(&self) -> bool {
        self.head.customer.is_typed() || self.lines.is_typed()
    }

    /// Whether a saved order may not be changed into what stands here.
    fn is_edit_refused(&self) -> bool {
        self.order.is_some() && self.saving.refused.is_some() && self.is_changed()
    }

    /// Esc first gives up what is being typed; whether there was anything.
    fn step_back(&mut self) -> bool {
        self.lines.give_up() || self.head.customer.give_up(&self.card) || self.entry.give_up() || self.notices.leave()
    }

    /// A half typed card stays as a draft: it is one key away, and comes back with the next sign-in.
    fn close(&mut self, desk: &mut Desk) {
        if self.is_changed() {
            self.flush(desk);
            let place = Place::of("order", self.saving.key);
            desk.toast(Toast::done(desk.say("card.draft_kept")).offer(Offered::GoTo(place)));
        }
        desk.wish(Wish::Close);
    }

    fn id(&self, part: &str) -> Id {
        Id::unique(("order-card", self.order, part))
    }
}

impl Screen for OrderCard {
    fn place(&self) -> Place {
        match self.order {
            Some(order) => Place::of("order", order),
            None => Place::of("order", self.saving.key),
        }
    }

    fn title(&self, desk: &Desk) -> String {
        let mark = if self.is_changed() || self.awaited { "*" } else { "" };
        match self.saved_order() {
            Some(saved) => format!("{} {}{mark}", desk.say("card.order"), saved.head.number),
            None => format!("{}{mark}", desk.say("card.new_order")),
        }
    }

    fn heading(&self, desk: &Desk) -> String {
        self.payment.as_ref().map_or_else(|| self.title(desk), |payment| payment.title(desk))
    }

    fn icon(&self) -> &'static str {
        icon::FILE_TEXT
    }

    fn parts(&self) -> &'static [Part] {
        habits::PARTS
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        let busy = self.saving.is_saving() || self.printing.is_under_way();
        // A line that is still looked up counts: nobody has to wait for it with the next key.
        let filled = (!self.card.lines.is_empty() || self.entry.is_waiting()) && !busy && !self.is_edit_refused();
        let sums = self.saving.answer.as_ref().or(self.saved_order()).map(|answer| &answer.sums);
        let paid = sums.is_some_and(|sums| is_zero(&sums.debt));
        let mut offers = vec![
            PAY.primary(filled && (!paid || self.entry.is_waiting())),
            PRINT.offer(filled),
            PRINT_ORDER.offer(filled),
            PREVIEW.offer(filled),
            SAVE.offer(filled && (self.is_changed() || self.is_typed())),
            SAVE_CLOSE.offer(filled),
            KEEP.offer(filled),
            DISCARD.offer(self.is_changed() && !busy),
            NEW.offer(true),
            CLOSE.offer(true),
        ];
        offers.extend(self.notices.offers());
        offers.retain(|offer| offer.action.need.is_none_or(|need| desk.may(need)));
        offers
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        match action {
            "save" => self.save(desk, Then::Stay),
            "save-close" => self.save(desk, Then::Close),
            "pay" => self.save(desk, Then::Pay),
            "print" => self.save(desk, Then::PrintInvoice),
            "print-order" => self.save(desk, Then::PrintOrder),
            "preview" => self.save(desk, Then::Preview),
            "template-save" => self.save(desk, Then::Template),
            "new" => desk.wish(Wish::Open(Place::of("order", "new"))),
            "close" if self.step_back() => {}
            "close" => self.close(desk),
            "discard" => self.closing.ask(),
            other => {
                let events = self.notices.act(other, desk).into_iter().collect();
                self.entered(events, desk);
            }
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.take_up_draft(desk);
        self.begin(desk);
        self.load(desk);
        let entry = self.id("entry");
        self.after_saving(desk);
        if entry != self.id("entry") && ui.memory(|memory| memory.has_focus(entry)) {
            self.entry.focus();
        }
        self.after_printing(desk);
        let c_panel = Tokens::of(ui).colors().panel;
        let around = Frame::new().fill(c_panel).inner_margin(Margin::symmetric(16, 8));
        Panel::top(self.id("head")).frame(around).show(ui, |ui| self.head_ui(ui, desk));
        let sums = Panel::bottom(self.id("sums")).frame(around).show(ui, |ui| {
            let discard = DISCARD.offer(!self.saving.is_saving());
            let discard = Some(&discard).filter(|_| self.is_edit_refused());
            sums::ui(ui, desk, &self.saving, (self.error.as_ref(), discard))
        });
        if sums.inner {
            self.act(DISCARD.id, desk);
        }
        toast::keep_clear_of(ui.ctx(), sums.response.rect);
        let frame = Frame::new().fill(c_panel);
        let events = CentralPanel::default().frame(frame).show(ui, |ui| self.lines_ui(ui, desk)).inner;
        self.lines_changed(events, desk);
        self.after_waiting(desk);
        self.payment_ui(ui, desk);
        self.template_ui(ui, desk);
        self.closing_ui(ui, desk);
        self.notices.linking_ui(ui, desk);
        self.entry.text().clone_into(&mut self.card.entry);
        self.keep(ui, desk);
    }

    fn scan(&mut self, code: &str, desk: &mut Desk) -> bool {
        // What the yellow line is asked for keeps no scan away.
        if self.is_asking() {
            desk.refuse(&Error::rejected("error.scan_later").arg("code", code));
        } else {
            self.entry.scan(code);
        }
        true
    }

    fn settling(&self) -> bool {
        self.entry.is_waiting() || self.head.customer.is_settling()
    }

    fn modal(&self) -> bool {
        self.is_asking() || self.notices.is_asking()
    }

    fn unsaved(&self) -> bool {
        self.is_changed()
    }

    fn flush(&mut self, desk: &Desk) {
        if self.is_changed() && !self.awaited && !self.saving.is_saving() {
            self.saving.draft_now(desk, &self.card, self.order);
        }
    }
}

impl OrderCard {
    fn is_asking(&self) -> bool {
        self.closing.is_asking()
            || self.payment.is_some()
            || self.head.customer.is_asking()
            || self.lines.is_asking()
            || self.template.is_asking()
    }

    fn head_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let (noticed, offers): (Vec<_>, Vec<_>) = self.actions(desk).into_iter().partition(Notices::offered);
        let expected = if self.order.is_none() { self.head.expected(desk) } else { None };
        let titled = self.saved_order().map_or(Titled::New(expected), Titled::Saved);
        if let Some(action) = head::bar_ui(ui, desk, &offers, &titled) {
            self.act(action, desk);
        }
        ui.add_space(space::S);
        if !self.is_asking() && ui.input_mut(|input| habits::TO_CUSTOMER.pressed(input)) {
            self.head.customer.focus();
        }
        if self.head.ui(ui, desk, &mut self.card) {
            self.entry.focus();
        }
        ui.add_space(space::S);
        let id = self.id("entry");
        let events = ui
            .horizontal(|ui| {
                let events = self.entry.ui(ui, id, desk);
                self.head.own.button_ui(ui);
                head::entry_hint_ui(ui, self.entry.refused.as_ref());
                events
            })
            .inner;
        self.entered(events, desk);
        let found = self.notices.follow(desk);
        self.entered(found.into_iter().collect(), desk);
        if let Some(action) = self.notices.ui(ui, &noticed, desk) {
            self.act(action, desk);
        }
    }
}
