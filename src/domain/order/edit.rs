//! Changing an order: only what its state, its payments and its invoice still allow, by the table in `states`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Amount;
use crate::base::right::Right;
use crate::domain::company;
use crate::domain::counterparty::{self, Counterparty};
use crate::domain::directory;
use crate::domain::document;
use crate::domain::field::{FieldOf, Given, Said};
use crate::domain::order::comes_back::{self, Original};
use crate::domain::order::discount;
use crate::domain::order::due::Due;
use crate::domain::order::head;
use crate::domain::order::kept;
use crate::domain::order::line::{self, LineContext, LineInput};
use crate::domain::order::place::{LONGEST_NOTE, LONGEST_REFERENCE};
use crate::domain::order::row::{Order, OrderLine};
use crate::domain::order::states::{self, FieldGroup};
use crate::domain::order::status::Changed;
use crate::domain::order::store;
use crate::domain::order::totals::Place;
use crate::domain::user::User;
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;

/// Changes an order. What is left out stays; `lines`, when given, is the whole new list.
/// Wide: the arguments of a command, as scripts name them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditOrder {
    /// The order.
    pub order: Id<Order>,
    /// The version the sender saw.
    #[serde(deserialize_with = "lenient::int")]
    pub version: i64,
    /// The customer; empty for the walk-in.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Option<Id<Counterparty>>>,
    /// The document's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// When the customer asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Instant>,
    /// When it must be ready; empty for no due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Id<User>>,
    /// From 0 to 9; higher goes first.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub priority: Option<i64>,
    /// Whether prices hold the tax.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_flag")]
    pub prices_include_tax: Option<bool>,
    /// Where amounts are rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Place>,
    /// For the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The number other papers know it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Carriage, in no total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight: Option<Amount>,
    /// What it holds in the fields of the company's own, by their codes; an empty text for nothing.
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub fields: Said,
    /// All lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<LineInput>>,
}

impl Command for EditOrder {
    const NAME: &'static str = "edit-order";
    const NEED: Need = Need::Own(Right::OrderEditOwn, Right::OrderEditAll);
    const UNDO: Undo = Undo::Generic;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let order = store::order_for_change(tx, self.order)?;
        self.allowed(tx, &order)?;
        let seen = store::as_seen(tx, &order, Some(self.version))?;
        let mut changed = self.header(tx, &seen)?;
        kept::head(tx, &seen, &changed)?;
        let old = store::lines_of(tx, order.id)?;
        let mut original = self.original(tx, &changed)?;
        if let Some(original) = &original {
            changed.original_id = Some(original.order.id);
            original.fits_head(&changed)?;
        }
        let mut lines = self.new_lines(tx, (&changed, original.as_mut()), &old)?;
        store::compute(&mut changed, &mut lines)?;
        let fields = Given::read(tx, (FieldOf::Order, Some(order.id.get())), &self.fields)?;
        let same = lines == old && !fields.changes();
        // Whoever saw other lines or fields saw another order, even where its own columns stay.
        let version = if same { tx.update(&seen, &changed)? } else { tx.store(&seen, &changed)? };
        fields.store(tx, order.id.get())?;
        save_lines(tx, &old, lines)?;
        Ok(Changed { version })
    }
}

impl EditOrder {
    /// Rejected when a wish touches what the table no longer lets change.
    fn allowed(&self, tx: &Tx<'_>, order: &Order) -> Result<()> {
        let standing = store::standing(tx, order)?;
        let touched = [
            (self.counterparty.is_some(), FieldGroup::Counterparty),
            (self.date.is_some() || self.received.is_some() || self.due.is_some(), FieldGroup::Dates),
            (self.responsible.is_some(), FieldGroup::Responsible),
            (self.priority.is_some(), FieldGroup::Priority),
            (self.says_notes(), FieldGroup::Note),
            (self.lines.is_some(), FieldGroup::Lines),
            (self.prices_include_tax.is_some() || self.rounding.is_some(), FieldGroup::Prices),
        ];
        let mut touched = touched.into_iter().filter(|(wished, _)| *wished);
        touched.try_for_each(|(_, group)| states::require_editable(group, &standing))
    }

    fn says_notes(&self) -> bool {
        self.note.is_some() || self.reference.is_some() || self.freight.is_some() || !self.fields.is_empty()
    }

    fn header(&self, tx: &Tx<'_>, seen: &Order) -> Result<Order> {
        let mut order = seen.clone();
        if let Some(wished) = self.counterparty {
            let id = wished.map_or_else(|| counterparty::walk_in(tx), Ok)?;
            let customer: Counterparty = tx.get(id).map_err(|error| error.at("counterparty"))?;
            order.counterparty_id = customer.id;
        }
        if let Some(id) = self.responsible.filter(|id| *id != seen.responsible_id) {
            tx.actor().require(Right::OrderEditAll).map_err(|error| error.at("responsible"))?;
            let user: User = tx.get(id).map_err(|error| error.at("responsible"))?;
            order.responsible_id = user.id;
        }
        if let Some(freight) = self.freight {
            order.freight = head::freight(freight, order.currency)?;
        }
        self.dates(tx, &mut order)?;
        order.priority = self.priority.map_or(Ok(order.priority), head::priority)?;
        order.prices_include_tax = self.prices_include_tax.unwrap_or(order.prices_include_tax);
        discount::may_hold_tax(tx, &order, Some(seen))?;
        order.rounding = self.rounding.unwrap_or(order.rounding);
        order.note = directory::lines_or(self.note.as_ref(), &order.note, "note", LONGEST_NOTE)?;
        order.reference =
            directory::line_or(self.reference.as_ref(), &order.reference, "reference", LONGEST_REFERENCE)?;
        Ok(order)
    }

    /// The dates that are given; each must fit those that stay.
    fn dates(&self, tx: &Tx<'_>, order: &mut Order) -> Result<()> {
        if let Some(received) = self.received {
            order.received_at = head::received(tx, received)?;
        }
        if let Some(date) = self.date.filter(|date| *date != order.date) {
            order.date = document::dated(date, "date")?;
            head::date_fits(tx, order)?;
        }
        if self.date.is_some() || self.due.is_some() {
            order.due = head::due(self.due.clone().unwrap_or(order.due.clone()), order.date)?;
        }
        Ok(())
    }

    /// The order of which this one brings something back, when its lines or its head are given anew.
    fn original(&self, tx: &Tx<'_>, order: &Order) -> Result<Option<Original>> {
        let named = comes_back::named(tx, order.kind, self.lines.as_deref().unwrap_or_default())?;
        let Some(id) = order.original_id.or(named).filter(|_| self.lines.is_some() || self.gives_head()) else {
            return Ok(None);
        };
        Original::new(tx, tx.get(id)?, order.id).map(Some).map_err(|error| error.at("lines"))
    }

    fn gives_head(&self) -> bool {
        self.counterparty.is_some() || self.prices_include_tax.is_some() || self.rounding.is_some()
    }

    fn new_lines(
        &self,
        tx: &Tx<'_>,
        (order, original): (&Order, Option<&mut Original>),
        old: &[OrderLine],
    ) -> Result<Vec<OrderLine>> {
        let Some(inputs) = &self.lines else {
            return Ok(old.to_vec());
        };
        if inputs.is_empty() {
            return Err(Error::rejected("error.order.no_lines").at("lines"));
        }
        let mut lines = match original {
            Some(original) => original.resolve(tx, inputs)?,
            None => {
                let company = company::current(tx)?;
                let context = LineContext { order, company: &company, from_outside: false, agreed: old };
                line::resolve_all(tx, &context, inputs)?
            }
        };
        take_places(&mut lines, old);
        Ok(lines)
    }
}

/// Lets each new line go on as an old one of the same goods, wherever it stands now, so that it keeps its id; what sells
/// other goods goes on as one that is left. Rather the same quantity at the same price, where the same goods stand twice.
pub(crate) fn take_places(new: &mut [OrderLine], old: &[OrderLine]) {
    let mut left: Vec<&OrderLine> = old.iter().collect();
    let alike = |line: &OrderLine, kept: &OrderLine| (line.quantity, line.price) == (kept.quantity, kept.price);
    for line in new.iter_mut() {
        let exact = left.iter().position(|kept| kept.same_goods(line) && alike(line, kept));
        let found = exact.or_else(|| left.iter().position(|kept| kept.same_goods(line)));
        if let Some(at) = found {
            go_on_as(line, left.remove(at));
        }
    }
    let others = new.iter_mut().filter(|line| line.id.get() == 0);
    others.zip(left).for_each(|(line, kept)| go_on_as(line, kept));
}

fn go_on_as(line: &mut OrderLine, kept: &OrderLine) {
    line.id = kept.id;
    line.version = kept.version;
}

/// Stores the new lines over the old ones they go on as, so that a journal diff shows what changed in a line.
pub(crate) fn save_lines(tx: &mut Tx<'_>, old: &[OrderLine], new: Vec<OrderLine>) -> Result<()> {
    let stay: BTreeSet<Id<OrderLine>> = new.iter().map(|line| line.id).collect();
    for gone in old.iter().filter(|line| !stay.contains(&line.id)) {
        kept::line(tx, gone, None).map_err(|error| error.at("lines"))?;
        tx.delete(gone).map_err(|error| match error {
            Error::Rejected(_) => Error::rejected("error.order.line_returned").at("lines"),
            other => other,
        })?;
    }
    let before: BTreeMap<Id<OrderLine>, &OrderLine> = old.iter().map(|line| (line.id, line)).collect();
    for (at, line) in new.into_iter().enumerate() {
        match before.get(&line.id) {
            Some(before) => {
                kept::line(tx, before, Some(&line)).map_err(|error| error.within(&format!("lines[{at}]")))?;
                tx.update(*before, &line)?;
            }
            None => drop(tx.insert(&line)?),
        }
        let fits = store::returns_fit(tx, &line).and_then(|()| store::fits_original(tx, &line));
        fits.map_err(|error| error.at(format!("lines[{at}].quantity")))?;
    }
    Ok(())
}
