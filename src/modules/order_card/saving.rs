//! What a card does with the file: it shows what saving would give, keeps its draft, saves.

use serde_json::json;
use uuid::Uuid;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::draft::{DropDraft, SaveDraft};
use crate::domain::order::Order;
use crate::domain::order::place::Placed;
use crate::domain::order::preview;
use crate::domain::order::query::{OrderAnswer, OrderQuery};
use crate::engine::change::Changes;
use crate::engine::ticket::{Slot, Ticket};
use crate::engine::worker::Lane;
use crate::modules::order_card::card::Card;
use crate::ui::desk::Desk;
use crate::ui::loader::Sending;

/// The kind of draft an order's card keeps.
pub(crate) const DRAFT: &str = "order";

/// Seconds between two writings of the draft.
const EVERY: f64 = 1.5;

/// A saved order: its card as it was saved, and the answer that says so.
pub(crate) type Saved<'a> = (&'a Card, &'a OrderAnswer);

fn identity(order: &OrderAnswer) -> (Id<Order>, i64) {
    (order.head.id, order.head.version)
}

/// The way of a card to the file and back.
pub(crate) struct Saving {
    /// The id of the command that will save it, and the key of its draft.
    pub key: Uuid,
    preview: Slot<OrderAnswer>,
    previewed: Option<(Card, u64)>,
    /// What saving would give, or what was saved.
    pub answer: Option<OrderAnswer>,
    /// Why saving would be refused.
    pub refused: Option<Error>,
    drafted: Option<Card>,
    drafting: Sending<bool>,
    drafted_at: f64,
    saving: Sending<i64>,
}

impl Saving {
    /// The way of a card with this key.
    pub(crate) fn new(key: Uuid) -> Saving {
        Saving {
            key,
            preview: Slot::default(),
            previewed: None,
            answer: None,
            refused: None,
            drafted: None,
            drafting: Sending::none(),
            drafted_at: 0.0,
            saving: Sending::none(),
        }
    }

    /// Asks what saving would give when the card has changed, and takes the answer.
    pub(crate) fn preview(&mut self, desk: &Desk, card: &Card, saved: Option<Saved<'_>>) {
        // A paper that was voided elsewhere may let it be saved now.
        let revision = desk.revision(&["orders", "payments", "invoices"]);
        if self.previewed.as_ref().is_none_or(|(seen, then)| seen != card || *then != revision) {
            self.previewed = Some((card.clone(), revision));
            // Thousands of lines take their time: the command is made where it is tried.
            let (call, card) = (desk.call.clone(), card.clone());
            let saved = saved.map(|(before, order)| (before.clone(), identity(order)));
            self.preview.ask(|| {
                desk.handle.write(move |store, _| {
                    let answer = match saved {
                        None => preview::placed(store, &call, card.place()?)?,
                        Some((before, order)) => preview::edited(store, &call, &card.edit(&before, order)?)?,
                    };
                    Ok((answer, Changes::default()))
                })
            });
        }
        match self.preview.poll() {
            Some(Ok(answer)) => {
                self.answer = Some(answer);
                self.refused = None;
            }
            Some(Err(error)) => self.refused = Some(error),
            None => {}
        }
    }

    /// Forgets what was asked: for a card that was put back.
    pub(crate) fn forget(&mut self) {
        self.preview.clear();
        self.previewed = None;
        self.refused = None;
    }

    /// Keeps the card as a draft where it changed since; seconds until the next writing, if one is due.
    pub(crate) fn draft(&mut self, desk: &Desk, card: &Card, order: Option<i64>, now: f64) -> Option<f64> {
        if self.drafted.as_ref() == Some(card) {
            return None;
        }
        let wait = self.drafted_at + EVERY - now;
        if wait > 0.0 || self.drafting.is_under_way() {
            return Some(wait.max(0.05));
        }
        self.drafted_at = now;
        self.draft_now(desk, card, order);
        None
    }

    /// The same at once.
    pub(crate) fn draft_now(&mut self, desk: &Desk, card: &Card, order: Option<i64>) {
        if self.drafted.as_ref() == Some(card) {
            return;
        }
        self.drafted = Some(card.clone());
        let (call, card, key) = (desk.call.clone(), card.clone(), self.key);
        self.drafting.put(desk.handle.write(move |store, _| {
            let content = json!({ "order": order, "card": card });
            let done = store.run(&call, &SaveDraft { kind: DRAFT.to_owned(), key, content })?;
            Ok((done.output.kept, Changes::default()))
        }));
    }

    /// Whether the draft became an order already, by another window: this card is not kept under its key any more.
    pub(crate) fn is_spent(&mut self) -> bool {
        let kept = self.drafting.poll();
        matches!(kept, Some(Ok(false))) && !self.is_saving()
    }

    /// This card is kept already, as it stands.
    pub(crate) fn is_drafted(&mut self, card: &Card) {
        self.drafted = Some(card.clone());
    }

    /// Throws the draft away.
    pub(crate) fn drop_draft(&mut self, desk: &Desk) {
        let (call, key) = (desk.call.clone(), self.key);
        self.drafting.put(desk.handle.write(move |store, _| {
            store.run(&call, &DropDraft { key })?;
            Ok((true, Changes::default()))
        }));
    }

    /// Saves the card; the draft goes in the same transaction.
    pub(crate) fn save(&mut self, desk: &Desk, card: &Card, saved: Option<Saved<'_>>) -> Result<()> {
        let call = desk.call.clone().with_id(self.key);
        let ticket = match saved {
            None => {
                let order = card.place()?;
                desk.handle.write(move |store, _| {
                    let done = store.run(&call, &order)?;
                    let placed: Placed = done.output;
                    Ok((placed.id.get(), done.changes))
                })
            }
            Some((before, order)) => {
                let change = card.edit(before, identity(order))?;
                desk.handle.write(move |store, _| {
                    let id = change.order.get();
                    let done = store.run(&call, &change)?;
                    Ok((id, done.changes))
                })
            }
        };
        self.saving.put(ticket);
        Ok(())
    }

    /// The id of the order that was saved, or why it was not; once.
    pub(crate) fn saved(&mut self) -> Option<Result<i64>> {
        self.saving.poll()
    }

    /// Whether the order is on its way.
    pub(crate) fn is_saving(&self) -> bool {
        self.saving.is_under_way()
    }
}

/// Asks for a saved order.
pub(crate) fn order(desk: &Desk, id: i64) -> Ticket<Vec<OrderAnswer>> {
    desk.handle.ask(Lane::Interactive, &desk.call, OrderQuery { id: Id::new(id) })
}
