//! What comes back of an order: the one rule for every return that names it. Prices, discounts and taxes are those of
//! the original, and never more comes back than was sold less what came back already.

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::quantity::Quantity;
use crate::domain::item;
use crate::domain::order::kept;
use crate::domain::order::line::{self, LineInput};
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::states::Status;
use crate::domain::order::store;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::engine::tx::Tx;
use crate::params;

/// An order of which something comes back, and the return that brings it.
pub(crate) struct Original {
    /// The order.
    pub order: Order,
    sold: Vec<OrderLine>,
    taken: Vec<Id<OrderLine>>,
    bringing: Id<Order>,
}

impl Original {
    /// The original of a return. Rejected for what is no registered order.
    pub(crate) fn new(tx: &Tx<'_>, order: Order, bringing: Id<Order>) -> Result<Original> {
        returnable(&order)?;
        let sold = store::lines_of(tx, order.id)?;
        Ok(Original { order, sold, taken: Vec::new(), bringing })
    }

    /// All that has not come back yet.
    pub(crate) fn everything(&self, tx: &Tx<'_>) -> Result<Vec<OrderLine>> {
        let all = self.sold.iter().map(|line| self.back(tx, line, None));
        Ok(all.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// What comes back of a line; all that has not yet, when it is not said how much. Rejected at `field`.
    pub(crate) fn line(
        &mut self,
        tx: &Tx<'_>,
        (id, field): (Id<OrderLine>, &'static str),
        wanted: Option<Quantity>,
    ) -> Result<Option<OrderLine>> {
        let sold = self.sold.iter().find(|line| line.id == id);
        let sold = sold.ok_or_else(|| Error::rejected("error.order.line_of_another").at(field))?;
        if self.taken.contains(&id) {
            return Err(Error::rejected("error.order.line_returned_twice").at(field));
        }
        let line = self.back(tx, sold, wanted)?;
        self.taken.push(id);
        Ok(line)
    }

    /// The lines as they are sent; one that names no line of the original is looked for among those nobody names.
    pub(crate) fn resolve(&mut self, tx: &Tx<'_>, inputs: &[LineInput]) -> Result<Vec<OrderLine>> {
        let named: Vec<_> = inputs.iter().filter_map(|input| input.original_line).collect();
        let mut lines = Vec::new();
        for (at, input) in inputs.iter().enumerate() {
            lines.extend(self.resolved(tx, input, &named).map_err(|error| error.within(&format!("lines[{at}]")))?);
        }
        Ok(lines)
    }

    /// Rejected where the head of a return is not as its original's.
    pub(crate) fn fits_head(&self, back: &Order) -> Result<()> {
        let whole = &self.order;
        match kept::differs(back, whole) {
            Some(field) => Err(Error::rejected("error.order.return_head").arg("order", whole.number).at(field)),
            None => Ok(()),
        }
    }

    fn resolved(&mut self, tx: &Tx<'_>, input: &LineInput, named: &[Id<OrderLine>]) -> Result<Option<OrderLine>> {
        let sold = match input.original_line {
            Some(id) => self.sold.iter().find(|line| line.id == id),
            None => self.looked_for(tx, input, named)?,
        };
        let sold = sold.ok_or_else(|| Error::rejected("error.order.line_of_another").at("original_line"))?;
        if let Some(field) = differs(tx, (&self.order, sold), input)? {
            return Err(Error::rejected("error.order.return_as_sold").arg("order", self.order.number).at(field));
        }
        let (id, text, executor) = (sold.id, sold.text.clone(), sold.executor_id);
        let line = self.line(tx, (id, "original_line"), Some(input.quantity))?;
        if let Some(executor) = input.executor {
            tx.get(executor).map_err(|error| error.at("executor"))?;
        }
        let text = line::given_words(input)?.unwrap_or(text);
        Ok(line.map(|line| OrderLine { text, executor_id: input.executor.or(executor), ..line }))
    }

    /// The sold line that is meant: rather one with all that is given, and with enough of it left.
    fn looked_for(&self, tx: &Tx<'_>, input: &LineInput, named: &[Id<OrderLine>]) -> Result<Option<&OrderLine>> {
        let item = item_of(tx, input)?;
        let free = self.sold.iter().filter(|line| !named.contains(&line.id) && !self.taken.contains(&line.id));
        let alike = |line: &&OrderLine| match item {
            Some(_) => line.item_id == item,
            None => input.text.as_deref().is_some_and(|text| text.trim() == line.text),
        };
        let mut best = None;
        for line in free.filter(alike) {
            let as_sold = differs(tx, (&self.order, line), input)?.is_none();
            let rank = (as_sold, as_sold && self.back(tx, line, Some(input.quantity)).is_ok());
            if best.is_none_or(|(better, _)| rank > better) {
                best = Some((rank, line));
            }
        }
        Ok(best.map(|(_, line)| line))
    }

    /// The line that brings a sold line back; none when all of it has come back. Rejected beyond what was sold.
    fn back(&self, tx: &Tx<'_>, sold: &OrderLine, wanted: Option<Quantity>) -> Result<Option<OrderLine>> {
        let before: Option<(i64, i64, i64, i64)> = tx.row(&store::RETURNED, params![sold.id, self.bringing])?;
        let (returned, discount, corrected, cost) = before.unwrap_or_default();
        let left = sold.quantity.micros().saturating_add(returned);
        let unit = sold.unit_id.map(|id| tx.get(id)).transpose()?;
        let wanted = wanted.map(|wanted| line::in_unit(wanted, unit.as_ref())).transpose()?;
        let quantity = wanted.map_or(left.max(0), Quantity::micros);
        if wanted.is_some() && left <= 0 {
            return Err(Error::rejected("error.order.returned_whole").at("quantity"));
        }
        if quantity > left.max(0) || (wanted.is_some() && quantity <= 0) {
            let left = Quantity::from_micros(left.max(0));
            return Err(Error::rejected("error.order.return_too_much").arg("left", left).at("quantity"));
        }
        if quantity == 0 {
            return Ok(None);
        }
        let part = Part { quantity, of: sold.quantity, is_last: quantity == left };
        Ok(Some(OrderLine {
            id: Id::new(0),
            version: 0,
            order_id: self.bringing,
            quantity: Quantity::from_micros(-quantity),
            discount_amount: part.of(sold.discount_amount, discount)?,
            corrected: sold.corrected.map(|whole| part.of(whole, -corrected).map(|minor| -minor)).transpose()?,
            cost: sold.cost.map(|whole| part.of(whole, -cost).map(|minor| -minor)).transpose()?,
            original_line_id: Some(sold.id),
            ..sold.clone()
        }))
    }
}

/// Rejected for what is no registered order.
fn returnable(order: &Order) -> Result<()> {
    if order.kind == OrderKind::Return || matches!(order.state, Status::Draft | Status::Cancelled) {
        return Err(Error::rejected("error.order.not_returnable").arg("order", order.number));
    }
    Ok(())
}

/// Rejected where what a return brings back is no registered order any more.
pub(crate) fn original_stands(tx: &Tx<'_>, back: &Order) -> Result<()> {
    back.original_id.map_or(Ok(()), |id| returnable(&tx.get(id)?))
}

/// The original that the lines of a return name, where its head names none. Rejected where an order names one.
pub(crate) fn named(tx: &Tx<'_>, kind: OrderKind, inputs: &[LineInput]) -> Result<Option<Id<Order>>> {
    let found = inputs.iter().zip(0_usize..).find_map(|(input, at)| input.original_line.map(|id| (id, at)));
    let Some((id, at)) = found else {
        return Ok(None);
    };
    let place = format!("lines[{at}].original_line");
    if kind == OrderKind::Order {
        return Err(Error::rejected("error.order.original_only_for_returns").at(place));
    }
    let sold: OrderLine = tx.get(id).map_err(|error| error.at(place))?;
    Ok(Some(sold.order_id))
}

/// Which item is sent; none for words alone.
fn item_of(tx: &Tx<'_>, input: &LineInput) -> Result<Option<Id<item::Item>>> {
    match (input.item, &input.barcode) {
        (None, Some(code)) => Ok(item::scanned(tx, code)?.map(|item| item.id)),
        (item, _) => Ok(item),
    }
}

/// The first field given otherwise than it was sold. A part of an amount is computed, whatever is given.
fn differs(tx: &Tx<'_>, (order, sold): (&Order, &OrderLine), input: &LineInput) -> Result<Option<&'static str>> {
    let other_item = (input.item.is_some() || input.barcode.is_some()) && item_of(tx, input)? != sold.item_id;
    let tax: Option<TaxRate> = sold.tax_rate_id.map(|id| tx.get(id)).transpose()?;
    let unit: Option<Unit> = sold.unit_id.map(|id| tx.get(id)).transpose()?;
    let is = |given: &Option<String>, code: Option<&str>| given.as_deref().is_none_or(|g| g == code.unwrap_or(""));
    let amount = input.discount_amount.map(|given| given.in_currency(order.currency)).transpose()?;
    let fields = [
        (other_item, "item"),
        (!is(&input.unit, unit.as_ref().map(|unit| unit.code.as_str())), "unit"),
        (input.price.is_some_and(|price| price != sold.price), "price"),
        (input.discount_percent.is_some_and(|percent| percent != sold.discount_percent), "discount_percent"),
        (amount.is_some_and(|given| (given.minor() == 0) != (sold.discount_amount == 0)), "discount_amount"),
        (!is(&input.tax_rate, tax.as_ref().map(|rate| rate.code.as_str())), "tax_rate"),
        (input.corrected.is_some() && sold.corrected.is_none(), "corrected"),
    ];
    Ok(fields.into_iter().find(|(differs, _)| *differs).map(|(_, field)| field))
}

/// A part of a quantity that comes back.
struct Part {
    quantity: i64,
    of: Quantity,
    is_last: bool,
}

impl Part {
    /// The part of an amount that goes with it, half up; the last part takes what the earlier ones left.
    fn of(&self, whole: i64, before: i64) -> Result<i64> {
        if self.is_last {
            return Ok(whole.saturating_sub(before));
        }
        let numerator = i128::from(whole).checked_mul(i128::from(self.quantity));
        let rounded = numerator.and_then(|n| crate::base::money::round_half_up(n, i128::from(self.of.micros())));
        rounded.and_then(|value| i64::try_from(value).ok()).ok_or_else(|| Error::rejected("error.sum_too_large"))
    }
}
