//! What stands on an order's card while a person types: plain texts, kept as a draft, turned into commands.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value as Json, json};

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::quantity::Quantity;
use crate::domain::item::FoundItem;
use crate::domain::order::Order;
use crate::domain::order::edit::EditOrder;
use crate::domain::order::place::PlaceOrder;
use crate::domain::order::query::{LineAnswer, OrderAnswer};
use crate::domain::order::template::{TemplateAnswer, TemplateLine};
use crate::engine::fields;
use crate::ui::list::is_zero;

/// An order as it is typed. Decimals are plain texts, empty where nothing was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Card {
    /// The customer; the walk-in where none is chosen.
    pub counterparty: Option<i64>,
    /// The customer's name.
    pub customer: String,
    /// The document's date; empty for the day of saving.
    pub date: String,
    /// When it must be ready: a day, or a day and a time.
    pub due: String,
    /// Higher goes first.
    pub priority: i64,
    /// For the desk.
    pub note: String,
    /// The number other papers know it by.
    pub reference: String,
    /// What it holds in the fields that the company added, by their codes.
    pub fields: BTreeMap<String, Json>,
    /// The lines. What was saved, drafted and shown last shares those that were not touched since: thousands of them are
    /// compared in every frame.
    #[serde(with = "shared")]
    pub lines: Vec<Arc<CardLine>>,
    /// What is half typed for the next line.
    pub entry: String,
}

/// A line as it is typed. Wide: one field a column of the card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CardLine {
    /// The item; none for a line of free text.
    pub item: Option<i64>,
    /// The item's code.
    pub code: String,
    /// The words on paper.
    pub text: String,
    /// Code of the unit.
    pub unit: String,
    /// How much.
    pub quantity: String,
    /// The price of one; empty for the item's own.
    pub price: String,
    /// The share taken off, in percent.
    pub discount: String,
    /// The amount taken off, where it is no share.
    pub discount_amount: String,
    /// Code of the tax rate; none for the item's own.
    pub tax_rate: Option<String>,
    /// The amount set by hand.
    pub corrected: String,
    /// Why.
    pub reason: String,
    /// Who does the work.
    pub executor: Option<i64>,
}

impl CardLine {
    /// A line of so many of an item.
    pub fn of(found: &FoundItem, quantity: &str) -> CardLine {
        CardLine {
            item: Some(found.id.get()),
            code: found.code.clone(),
            text: found.name.clone(),
            unit: found.unit.clone(),
            quantity: quantity.to_owned(),
            price: found.price.map(|price| price.to_string()).unwrap_or_default(),
            ..CardLine::default()
        }
    }

    /// A line that was saved.
    fn saved(line: &LineAnswer) -> CardLine {
        let percent = line.discount_percent.to_string();
        let share = percent != "0";
        let amount = if share || is_zero(&line.discount) { String::new() } else { line.discount.clone() };
        CardLine {
            item: line.item.map(|id| id.get()),
            code: line.code.clone(),
            text: line.text.clone(),
            unit: line.unit.clone().unwrap_or_default(),
            quantity: line.quantity.to_string(),
            price: line.price.to_string(),
            discount: if share { percent } else { String::new() },
            discount_amount: amount,
            tax_rate: Some(line.tax_rate.clone().unwrap_or_default()),
            corrected: line.corrected.clone().unwrap_or_default(),
            reason: line.correction_reason.clone(),
            executor: line.executor.map(|id| id.get()),
        }
    }

    /// A line of a template.
    fn begun(TemplateLine { given, code, .. }: &TemplateLine) -> CardLine {
        let text = |given: Option<String>| given.unwrap_or_default();
        CardLine {
            item: given.item.map(|id| id.get()),
            code: code.clone(),
            text: text(given.text.clone()),
            unit: text(given.unit.clone()),
            quantity: given.quantity.to_string(),
            price: text(given.price.map(|price| price.to_string())),
            discount: text(given.discount_percent.map(|percent| percent.to_string())),
            discount_amount: text(given.discount_amount.map(|amount| amount.to_string())),
            tax_rate: given.tax_rate.clone(),
            corrected: text(given.corrected.map(|amount| amount.to_string())),
            reason: text(given.correction_reason.clone()),
            executor: given.executor.map(|id| id.get()),
        }
    }

    fn json(&self) -> Json {
        let mut line = Map::new();
        let mut put = |name: &str, text: &str| {
            if !text.is_empty() {
                line.insert(name.to_owned(), text.into());
            }
        };
        put("text", &self.text);
        put("unit", &self.unit);
        put("quantity", if self.quantity.is_empty() { "1" } else { &self.quantity });
        put("price", &self.price);
        put("discount_percent", &self.discount);
        put("discount_amount", &self.discount_amount);
        put("corrected", &self.corrected);
        put("correction_reason", &self.reason);
        if let Some(rate) = &self.tax_rate {
            line.insert("tax_rate".to_owned(), rate.clone().into());
        }
        if let Some(item) = self.item {
            line.insert("item".to_owned(), item.into());
        }
        if let Some(executor) = self.executor {
            line.insert("executor".to_owned(), executor.into());
        }
        Json::Object(line)
    }
}

impl Card {
    /// The card of a saved order.
    pub fn saved(order: &OrderAnswer) -> Card {
        Card {
            counterparty: Some(order.head.counterparty.get()),
            customer: order.head.counterparty_name.clone(),
            date: order.head.date.to_string(),
            due: order.head.due.to_string(),
            priority: order.head.priority,
            note: order.head.note.clone(),
            reference: order.head.reference.clone(),
            fields: order.fields.clone(),
            lines: order.lines.iter().map(|line| Arc::new(CardLine::saved(line))).collect(),
            entry: String::new(),
        }
    }

    /// The card of a new order that begins with a template.
    pub fn begun(template: &TemplateAnswer) -> Card {
        Card {
            counterparty: template.counterparty.map(|id| id.get()),
            customer: template.counterparty_name.clone(),
            priority: template.priority,
            note: template.note.clone(),
            fields: template.fields.clone(),
            lines: template.lines.iter().map(CardLine::begun).map(Arc::new).collect(),
            ..Card::default()
        }
    }

    /// Takes over what somebody else saved meanwhile, wherever nothing else was typed here. Whether both changed the same.
    pub fn follow(&mut self, before: &Card, now: &Card) -> bool {
        [
            taken(&mut self.counterparty, &before.counterparty, &now.counterparty),
            taken(&mut self.customer, &before.customer, &now.customer),
            taken(&mut self.date, &before.date, &now.date),
            taken(&mut self.due, &before.due, &now.due),
            taken(&mut self.priority, &before.priority, &now.priority),
            taken(&mut self.note, &before.note, &now.note),
            taken(&mut self.reference, &before.reference, &now.reference),
            taken(&mut self.fields, &before.fields, &now.fields),
            taken(&mut self.lines, &before.lines, &now.lines),
        ]
        .contains(&false)
    }

    /// Adds so many of an item: to the line that has it already, else as a new line. The number of the line.
    pub fn add(&mut self, found: &FoundItem, quantity: &str) -> usize {
        let fresh = CardLine::of(found, quantity);
        let merged = self.lines.iter_mut().enumerate().find_map(|(at, line)| {
            let plain = line.discount.is_empty() && line.discount_amount.is_empty() && line.corrected.is_empty();
            if !plain || line.item != fresh.item || line.price != fresh.price {
                return None;
            }
            let sum = added(&line.quantity, quantity)?;
            Arc::make_mut(line).quantity = sum;
            Some(at)
        });
        merged.unwrap_or_else(|| {
            self.lines.push(Arc::new(fresh));
            self.lines.len().saturating_sub(1)
        })
    }

    /// The command that registers it. Rejected at the field that cannot be read.
    pub fn place(&self) -> Result<PlaceOrder> {
        let mut order = self.head();
        order.insert("fields".to_owned(), json!(self.fields));
        order.insert("lines".to_owned(), self.lines());
        fields::read(Json::Object(order))
    }

    /// The command that changes a saved order, whose card was this before, into it; only what differs is sent.
    pub fn edit(&self, before: &Card, (order, version): (Id<Order>, i64)) -> Result<EditOrder> {
        let mut change = Map::new();
        let (new, old) = (self.head(), before.head());
        for (name, value) in &new {
            if old.get(name) != Some(value) {
                change.insert(name.clone(), value.clone());
            }
        }
        // What was emptied is sent as empty.
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            change.insert(name.clone(), "".into());
        }
        let emptied = before.fields.keys().filter(|code| !self.fields.contains_key(*code));
        let mut own: Map<String, Json> = emptied.map(|code| (code.clone(), "".into())).collect();
        let typed = self.fields.iter().filter(|(code, value)| before.fields.get(*code) != Some(*value));
        own.extend(typed.map(|(code, value)| (code.clone(), value.clone())));
        if !own.is_empty() {
            change.insert("fields".to_owned(), own.into());
        }
        if self.lines != before.lines {
            change.insert("lines".to_owned(), self.lines());
        }
        change.insert("order".to_owned(), json!(order));
        change.insert("version".to_owned(), json!(version));
        fields::read(Json::Object(change))
    }

    fn head(&self) -> Map<String, Json> {
        let mut head = Map::new();
        for (name, text) in
            [("date", &self.date), ("due", &self.due), ("note", &self.note), ("reference", &self.reference)]
        {
            if !text.is_empty() {
                head.insert(name.to_owned(), text.clone().into());
            }
        }
        if let Some(customer) = self.counterparty {
            head.insert("counterparty".to_owned(), customer.into());
        }
        head.insert("priority".to_owned(), self.priority.into());
        head
    }

    fn lines(&self) -> Json {
        self.lines.iter().map(|line| line.json()).collect()
    }
}

mod shared {
    use super::{Arc, CardLine, Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(lines: &[Arc<CardLine>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(lines.iter().map(Arc::as_ref))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Arc<CardLine>>, D::Error> {
        Ok(Vec::<CardLine>::deserialize(from)?.into_iter().map(Arc::new).collect())
    }
}

/// Takes a newer value where it was not changed here; whether nothing stands against it.
fn taken<T: Clone + PartialEq>(mine: &mut T, before: &T, now: &T) -> bool {
    if mine == before {
        mine.clone_from(now);
    }
    before == now || mine == now
}

/// Two quantities together, as a plain decimal; none where one of them is still half typed.
fn added(one: &str, other: &str) -> Option<String> {
    let (one, other): (Quantity, Quantity) = (one.parse().ok()?, other.parse().ok()?);
    Some(Quantity::from_micros(one.micros().checked_add(other.micros())?).to_string())
}
