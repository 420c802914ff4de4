//! Registering an order: automatic number and date, prices from the items, totals computed once.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::{Amount, Money};
use crate::base::right::Right;
use crate::domain::company::{self, Company};
use crate::domain::counterparty::{self, Counterparty};
use crate::domain::currency;
use crate::domain::directory;
use crate::domain::document;
use crate::domain::field::{FieldOf, Given, Said};
use crate::domain::number::Number;
use crate::domain::order::comes_back::{self, Original};
use crate::domain::order::discount;
use crate::domain::order::due::Due;
use crate::domain::order::head;
use crate::domain::order::line::{self, LineContext, LineInput};
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::states::Status;
use crate::domain::order::status;
use crate::domain::order::store;
use crate::domain::order::template::OrderTemplate;
use crate::domain::order::totals::Place;
use crate::domain::status::OrderStatus;
use crate::domain::user::User;
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;

/// The longest note of an order, in letters.
pub(crate) const LONGEST_NOTE: usize = 10_000;
/// The longest number of another paper, in letters.
pub(crate) const LONGEST_REFERENCE: usize = 300;

/// Registers an order. What is left out comes from the company and the items.
/// Wide: the arguments of a command, as scripts name them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceOrder {
    /// Order or return.
    #[serde(default)]
    pub kind: OrderKind,
    /// The customer; the walk-in when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Id<Counterparty>>,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// When the customer asked; now when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Instant>,
    /// When it must be ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Who answers for it; the sender when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Id<User>>,
    /// A state, or a status of the company's own; confirmed when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// From 0 to 9; higher goes first.
    #[serde(default, deserialize_with = "lenient::int")]
    pub priority: i64,
    /// The currency; the company's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Whether prices hold the tax; as the company does when left out.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_flag")]
    pub prices_include_tax: Option<bool>,
    /// Where amounts are rounded; as the company does when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Place>,
    /// For the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The number other papers know it by.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// Carriage, kept for the record and in no total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight: Option<Amount>,
    /// For a return: the order that comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Id<Order>>,
    /// The template that says what is left out here of customer, priority, note, fields and lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Id<OrderTemplate>>,
    /// What it holds in the fields of the company's own, by their codes; an empty text for nothing.
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub fields: Said,
    /// The lines.
    #[serde(default)]
    pub lines: Vec<LineInput>,
}

/// A registered order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Placed {
    /// Its id.
    pub id: Id<Order>,
    /// Its version.
    pub version: i64,
    /// Its number.
    pub number: Number,
    /// What it comes to, as a decimal.
    pub total: String,
}

impl Command for PlaceOrder {
    const NAME: &'static str = "place-order";
    const NEED: Need = Need::Right(Right::OrderPlace);
    const UNDO: Undo = Undo::Reversal;
    type Output = Placed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Placed> {
        let order = self.with_template(tx)?;
        let fields = Given::read(tx, (FieldOf::Order, None), &order.fields)?;
        order.place(tx, fields)
    }

    fn reverse(&self, placed: &Placed) -> Option<Named> {
        Some(("cancel-order", serde_json::json!({"order": placed.id, "reason": "undo"})))
    }
}

/// Numbers and stores an order with its lines.
pub(crate) fn save_new(tx: &mut Tx<'_>, mut order: Order, lines: Vec<OrderLine>) -> Result<Placed> {
    head::date_fits(tx, &order)?;
    order.number = Number::new(tx.next_number("order")?);
    let id = tx.insert(&order)?;
    for (at, line) in lines.into_iter().enumerate() {
        tx.insert(&OrderLine { order_id: id, ..line.clone() })?;
        store::fits_original(tx, &line).map_err(|error| error.at(format!("lines[{at}].quantity")))?;
    }
    let total = Money::new(order.total, order.currency).to_string();
    Ok(Placed { id, version: 1, number: order.number, total })
}

impl PlaceOrder {
    /// Registers it, holding this in the fields of the company's own.
    pub(super) fn place(&self, tx: &mut Tx<'_>, fields: Given) -> Result<Placed> {
        if self.lines.is_empty() {
            return Err(Error::rejected("error.order.no_lines").at("lines"));
        }
        let placed = match self.comes_back(tx)? {
            Some(original) => self.bring_back(tx, original),
            None => self.save(tx),
        }?;
        fields.store(tx, placed.id.get())?;
        Ok(placed)
    }

    /// Computes and stores the order.
    fn save(&self, tx: &mut Tx<'_>) -> Result<Placed> {
        self.offered(tx)?;
        let company = company::current(tx)?;
        let mut order = self.header(tx, &company)?;
        discount::may_hold_tax(tx, &order, None)?;
        let context = LineContext { order: &order, company: &company, from_outside: false, agreed: &[] };
        let mut lines = line::resolve_all(tx, &context, &self.lines)?;
        store::compute(&mut order, &mut lines)?;
        save_new(tx, order, lines)
    }

    /// The order that comes back, named by the head or by a line.
    fn comes_back(&self, tx: &Tx<'_>) -> Result<Option<Original>> {
        let named = comes_back::named(tx, self.kind, &self.lines)?;
        let Some(id) = self.original(tx)?.or(named) else {
            return Ok(None);
        };
        let order = store::visible_order(tx, tx.actor(), id).map_err(|error| error.at("original"))?;
        Original::new(tx, order, Id::new(0)).map(Some).map_err(|error| error.at("original"))
    }

    /// Stores the return of an order; what is left out is as in that order.
    fn bring_back(&self, tx: &mut Tx<'_>, mut original: Original) -> Result<Placed> {
        let whole = &original.order;
        let as_sold = PlaceOrder {
            counterparty: self.counterparty.or(Some(whole.counterparty_id)),
            currency: self.currency.or(Some(whole.currency)),
            prices_include_tax: self.prices_include_tax.or(Some(whole.prices_include_tax)),
            rounding: self.rounding.or(Some(whole.rounding)),
            original: Some(whole.id),
            ..self.clone()
        };
        let mut order = as_sold.header(tx, &company::current(tx)?)?;
        original.fits_head(&order)?;
        let mut lines = original.resolve(tx, &self.lines)?;
        store::compute(&mut order, &mut lines)?;
        save_new(tx, order, lines)
    }

    /// Its head, without number and totals.
    pub(crate) fn header(&self, tx: &Tx<'_>, company: &Company) -> Result<Order> {
        let counterparty = self.customer(tx)?;
        let currency = match self.currency {
            Some(given) => currency::in_use(tx, given)?.code,
            None => company.currency,
        };
        let (state, status_id) = self.state(tx)?;
        let date = document::dated(self.date.unwrap_or(tx.today()), "date")?;
        Ok(Order {
            id: Id::new(0),
            version: 0,
            kind: self.kind,
            number: Number::default(),
            date,
            received_at: self.received.map_or(Ok(tx.now()), |given| head::received(tx, given))?,
            due: head::due(self.due.clone().unwrap_or(Due::none()), date)?,
            counterparty_id: counterparty.id,
            responsible_id: self.responsible(tx)?,
            state,
            status_id,
            priority: head::priority(self.priority)?,
            original_id: self.original(tx)?,
            currency,
            prices_include_tax: self.prices_include_tax.unwrap_or(company.prices_include_tax),
            rounding: self.rounding.or(Place::parse(&company.rounding)).unwrap_or_default(),
            note: directory::lines(&self.note, "note", LONGEST_NOTE)?,
            reference: directory::line(&self.reference, "reference", LONGEST_REFERENCE)?,
            freight: head::freight(self.freight.unwrap_or_default(), currency)?,
            net: 0,
            tax: 0,
            total: 0,
            paid: 0,
            debt: 0,
            closed_at: if state == Status::Closed { tx.now() } else { Instant::from_millis(0) },
            reason: String::new(),
        })
    }

    fn customer(&self, tx: &Tx<'_>) -> Result<Counterparty> {
        let Some(id) = self.counterparty else {
            return tx.get(counterparty::walk_in(tx)?);
        };
        tx.get(id).map_err(|error| error.at("counterparty"))
    }

    /// Rejected for a customer who is no longer offered; an order from elsewhere may still be his.
    fn offered(&self, tx: &Tx<'_>) -> Result<()> {
        let found = self.customer(tx)?;
        if found.active {
            Ok(())
        } else {
            Err(Error::rejected("error.order.counterparty_inactive").arg("name", found.name).at("counterparty"))
        }
    }

    /// Where the order begins. Rejected for a cancelled one: that takes a reason of its own.
    fn state(&self, tx: &Tx<'_>) -> Result<(Status, Option<Id<OrderStatus>>)> {
        let Some(code) = &self.status else {
            return Ok((Status::Confirmed, None));
        };
        let (state, id) = status::resolve(tx, code).map_err(|error| error.at("status"))?;
        if state == Status::Cancelled {
            return Err(Error::rejected("error.order.born_cancelled").at("status"));
        }
        Ok((state, id))
    }

    fn responsible(&self, tx: &Tx<'_>) -> Result<Id<User>> {
        let me = Id::new(tx.actor().user);
        let Some(id) = self.responsible.filter(|id| *id != me) else {
            return Ok(me);
        };
        tx.actor().require(Right::OrderEditAll).map_err(|error| error.at("responsible"))?;
        let user: User = tx.get(id).map_err(|error| error.at("responsible"))?;
        Ok(user.id)
    }

    fn original(&self, tx: &Tx<'_>) -> Result<Option<Id<Order>>> {
        let Some(id) = self.original else {
            return Ok(None);
        };
        if self.kind != OrderKind::Return {
            return Err(Error::rejected("error.order.original_only_for_returns").at("original"));
        }
        let original = store::visible_order(tx, tx.actor(), id).map_err(|error| error.at("original"))?;
        Ok(Some(original.id))
    }
}
