//! Templates of orders: what an order holds, kept under a name to begin others with. They have no date, number or
//! payment, and a price only where it was agreed by hand: any other is that of the day an order begins with them.

mod query;

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Amount;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::company::{self, Company};
use crate::domain::counterparty::{self, Counterparty};
use crate::domain::directory::{self, Saved};
use crate::domain::field::{FieldOf, Said, Teller};
use crate::domain::item::Item;
use crate::domain::order::line::{self, LineContext, LineInput};
use crate::domain::order::place::PlaceOrder;
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::store;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::journal;
use crate::engine::past;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::{Columns, FromRow as _, Row as _};
use crate::engine::tx::Tx;
use crate::engine::value::damaged;
use crate::{params, remove_command, statements, table};
pub use query::{TemplateAnswer, TemplateLine, TemplateQuery, TemplateRow, Templates};

/// The longest name, in letters: it stands in menus.
const LONGEST_NAME: usize = 60;

/// Templates as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveTemplate>(), CommandEntry::of::<RemoveTemplate>()],
    queries: &[QueryEntry::of::<Templates>(), QueryEntry::of::<TemplateQuery>()],
    tables: &[OrderTemplate::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

table! {
    /// An order kept under a name to begin others with.
    pub struct OrderTemplate in "order_templates" code 73 {
        /// How people call it.
        name: String,
        /// The name's sort key; no two share it.
        name_key: String,
        /// What it holds, as JSON of [`Content`].
        content: String,
    }
}

statements! {
    /// Every template, by name.
    ALL = "SELECT id, version, name, name_key, content FROM order_templates ORDER BY name_key, id";
    /// The template with a sort key.
    BY_KEY = "SELECT id, version, name, name_key, content FROM order_templates WHERE name_key = ?1";
}

/// What a template holds, as an order is registered with it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The customer; whoever it is for, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Id<Counterparty>>,
    /// From 0 to 9; higher goes first.
    #[serde(default, deserialize_with = "lenient::int")]
    pub priority: i64,
    /// For the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What it holds in the fields of the company's own, by their codes.
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub fields: Said,
    /// The lines.
    #[serde(default)]
    pub lines: Vec<LineInput>,
}

/// Keeps an order as a template, or changes one: its name, what it holds, or both.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveTemplate {
    /// The template to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<OrderTemplate>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The order whose content it takes; or
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id<Order>>,
    /// what it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
}

impl Command for SaveTemplate {
    const NAME: &'static str = "save-template";
    const NEED: Need = Need::Right(Right::OrderPlace);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old: Option<OrderTemplate> = directory::opened(tx, self.id, self.version)?;
        let before = old.as_ref().map_or("", |old| &old.name);
        let name = directory::filled(directory::line_or(self.name.as_ref(), before, "name", LONGEST_NAME)?, "name")?;
        let name_key = text::sort_key(&name);
        let taken: Option<OrderTemplate> = tx.row(&BY_KEY, params![name_key])?;
        if taken.is_some_and(|taken| Some(taken.id) != self.id) {
            return Err(Error::rejected("error.name_taken").arg("name", name).at("name"));
        }
        let content = match (self.order, &self.content, &old) {
            (Some(order), None, _) => written(&Content::of_order(tx, order)?)?,
            (None, Some(content), _) => written(&content.checked(tx)?)?,
            (None, None, Some(old)) => old.content.clone(),
            (None, None, None) => return Err(Error::rejected("error.field_empty").at("order")),
            (Some(_), Some(_), _) => return Err(Error::rejected("error.template.twice").at("content")),
        };
        let (id, version) = old.as_ref().map_or((Id::new(0), 0), |old| (old.id, old.version));
        directory::stored(tx, old.as_ref(), &OrderTemplate { id, version, name, name_key, content })
    }
}

remove_command!(
    /// Removes a template; the orders that began with it stay.
    RemoveTemplate, "remove-template", OrderTemplate, Need::Right(Right::OrderPlace), |_, _| Ok(())
);

fn written(content: &Content) -> Result<String> {
    serde_json::to_string(content).map_err(damaged)
}

impl OrderTemplate {
    /// What it holds.
    pub(super) fn content(&self) -> Result<Content> {
        serde_json::from_str(&self.content).map_err(damaged)
    }
}

/// Every template, by name.
pub(super) fn all(db: &Db) -> Result<Vec<OrderTemplate>> {
    db.rows(&ALL, &[])
}

/// Rejected where a template holds this item.
pub(crate) fn none_with(db: &Db, item: Id<Item>) -> Result<()> {
    for template in all(db)? {
        if template.content()?.lines.iter().any(|line| line.item == Some(item)) {
            return Err(Error::rejected("error.used_elsewhere"));
        }
    }
    Ok(())
}

impl From<PlaceOrder> for Content {
    fn from(order: PlaceOrder) -> Content {
        let PlaceOrder { counterparty, priority, note, fields, lines, .. } = order;
        Content { counterparty, priority, note, fields, lines }
    }
}

impl PlaceOrder {
    /// The same with what its template says of all that is left out here. Rejected at `template` where there is none.
    pub(super) fn with_template(&self, tx: &Tx<'_>) -> Result<PlaceOrder> {
        let mut order = self.clone();
        let Some(template) = self.template else { return Ok(order) };
        let template: OrderTemplate = tx.get(template).map_err(|error| error.at("template"))?;
        let Content { counterparty, priority, note, fields, lines } = template.content()?;
        order.counterparty = self.counterparty.or(counterparty);
        if order.priority == 0 {
            order.priority = priority;
        }
        if order.note.is_empty() {
            order.note = note;
        }
        if order.lines.is_empty() {
            order.lines = lines;
        }
        let shown = Teller::of(tx, FieldOf::Order)?;
        for (code, value) in fields {
            if shown.fields().iter().any(|field| field.code == code) {
                order.fields.entry(code).or_insert(value);
            }
        }
        Ok(order)
    }
}

impl Content {
    /// What an order holds. Rejected at `order` for a return, and for one on other terms than those of new orders.
    fn of_order(tx: &Tx<'_>, id: Id<Order>) -> Result<Content> {
        let order = store::visible_order(tx, tx.actor(), id).map_err(|error| error.at("order"))?;
        let company = company::current(tx)?;
        let usual = order.currency == company.currency && order.prices_include_tax == company.prices_include_tax;
        if order.kind != OrderKind::Order || !usual {
            return Err(Error::rejected("error.template.order").arg("order", order.number).at("order"));
        }
        let walk_in = counterparty::walk_in(tx)?;
        let told = Teller::of(tx, FieldOf::Order)?.tell(tx, id.get())?;
        let lines = store::lines_of(tx, id)?;
        let of = Of { order: &order, company: &company };
        Ok(Content {
            counterparty: Some(order.counterparty_id).filter(|id| *id != walk_in),
            priority: order.priority,
            note: order.note.clone(),
            fields: serde_json::from_value(serde_json::json!(told)).map_err(damaged)?,
            lines: lines.iter().map(|line| of.line(tx, line)).collect::<Result<_>>()?,
        })
    }

    /// The same as it is kept. Rejected where an order could not be registered with it, but for items that are no longer
    /// offered.
    fn checked(&self, tx: &Tx<'_>) -> Result<Content> {
        if self.lines.is_empty() {
            return Err(Error::rejected("error.order.no_lines").at("lines"));
        }
        let company = company::current(tx)?;
        let (counterparty, priority, note) = (self.counterparty, self.priority, self.note.clone());
        let order = PlaceOrder { counterparty, priority, note, ..PlaceOrder::default() }.header(tx, &company)?;
        let context = LineContext { order: &order, company: &company, from_outside: true, agreed: &[] };
        let lines = line::resolve_all(tx, &context, &self.lines)?;
        let of = Of { order: &order, company: &company };
        let lines = lines.iter().map(|line| of.line(tx, line)).collect::<Result<_>>()?;
        Ok(Content { note: order.note.clone(), lines, ..self.clone() })
    }
}

/// The order whose lines are kept.
struct Of<'a> {
    order: &'a Order,
    company: &'a Company,
}

impl Of<'_> {
    /// A line as it is kept: what the item says by itself is left out.
    fn line(&self, tx: &Tx<'_>, line: &OrderLine) -> Result<LineInput> {
        let item = line.item_id.map(|id| tx.get(id)).transpose()?;
        let own = item.as_ref();
        let unit = line.unit_id.filter(|id| own.is_none_or(|item| item.unit_id != *id));
        let unit = unit.map(|id| tx.get::<Unit>(id)).transpose()?;
        let by_item = line.tax_rate_id == line::own_tax(self.company, own);
        let rate = line.tax_rate_id.map(|id| tx.get::<TaxRate>(id)).transpose()?;
        let code = rate.map(|rate| rate.code).unwrap_or_default();
        let amount = |minor: i64| self.order.money(minor).to_string().parse::<Amount>();
        Ok(LineInput {
            item: line.item_id,
            text: Some(line.text.clone()).filter(|text| own.is_none_or(|item| item.name != *text)),
            unit: unit.map(|unit| unit.code),
            quantity: line.quantity,
            price: if self.is_own(tx, own, line)? { None } else { Some(line.price) },
            discount_percent: Some(line.discount_percent).filter(|percent| percent.ppm() != 0),
            discount_amount: Some(line.discount_amount).filter(|minor| *minor != 0).map(amount).transpose()?,
            tax_rate: Some(code).filter(|_| !by_item),
            executor: line.executor_id,
            corrected: line.corrected.map(amount).transpose()?,
            correction_reason: Some(line.correction_reason.clone()).filter(|reason| !reason.is_empty()),
            ..LineInput::default()
        })
    }

    /// Whether the price of a line is its item's own, or was when the line was registered.
    fn is_own(&self, tx: &Tx<'_>, item: Option<&Item>, line: &OrderLine) -> Result<bool> {
        let Some(item) = item else { return Ok(false) };
        if line::listed(self.order, Some(item)) == Some(line.price) {
            return Ok(true);
        }
        let seq = journal::made(tx, OrderLine::TABLE, line.id.get())?;
        let then = past::led_back(tx, (Item::TABLE, item.id.get()), seq)?;
        let then = then.map(|values| Item::from_row(&mut Columns::new(values))).transpose()?;
        Ok(line::listed(self.order, then.as_ref()) == Some(line.price))
    }
}
