//! A line as it is sent, and as it becomes a row: item or free text, price, discount, tax, correction.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::{Amount, Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::company::Company;
use crate::domain::directory;
use crate::domain::item::{self, Item};
use crate::domain::order::discount;
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::store;
use crate::domain::tax_rate::{self, TaxRate};
use crate::domain::unit::{self, Unit};
use crate::domain::user::User;
use crate::engine::tx::Tx;

/// The longest words of a line, in letters.
const LONGEST_TEXT: usize = 1_000;

/// A line as a person or a script gives it. Quantities are positive, also in a return.
/// Wide: the arguments of a command, as scripts name them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineInput {
    /// The item; or `barcode`, or `text` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id<Item>>,
    /// A barcode or the code of the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
    /// The words on paper; the item's name when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The unit's code; the item's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How much.
    pub quantity: Quantity,
    /// The price of one; the item's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<UnitPrice>,
    /// The share taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_percent: Option<Percent>,
    /// The amount taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_amount: Option<Amount>,
    /// The tax rate's code; the item's, then the company's, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<String>,
    /// Who does the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub executor: Option<Id<User>>,
    /// The line's amount set by hand, in the prices' own sense: with tax when prices include it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Amount>,
    /// Why; needed with `corrected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction_reason: Option<String>,
    /// For a return: the line that comes back, with its own price, discount and tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_line: Option<Id<OrderLine>>,
}

/// What all lines of one order share.
pub(crate) struct LineContext<'a> {
    pub order: &'a Order,
    pub company: &'a Company,
    /// Whether it was agreed elsewhere: then items that are no longer offered may stand in it.
    pub from_outside: bool,
    /// The lines that stand already: what each was agreed at stays good once, for as much as was agreed.
    pub agreed: &'a [OrderLine],
}

/// The rows of the lines of an order, without totals. Rejected at the line and field that does not fit.
pub(crate) fn resolve_all(tx: &Tx<'_>, context: &LineContext<'_>, inputs: &[LineInput]) -> Result<Vec<OrderLine>> {
    let mut free: Vec<&OrderLine> = context.agreed.iter().collect();
    let numbered = inputs.iter().enumerate();
    let resolved = |(at, input)| {
        resolve(tx, context, (input, &mut free)).map_err(|error: Error| error.within(&format!("lines[{at}]")))
    };
    numbered.map(resolved).collect()
}

fn resolve(
    tx: &Tx<'_>,
    context: &LineContext<'_>,
    (input, free): (&LineInput, &mut Vec<&OrderLine>),
) -> Result<OrderLine> {
    let item = find_item(tx, context, input)?;
    let text = words(input, item.as_ref())?;
    let unit = find_unit(tx, input, item.as_ref())?;
    let tax = find_tax(tx, context, input, item.as_ref())?;
    let quantity = quantity(context.order, input, unit.as_ref())?;
    let tax_id = tax.as_ref().map(|rate| rate.id);
    let stood = stood(free, (item.as_ref(), &text), (quantity, input, tax_id));
    if let Some(item) = &item {
        discount::may_tax(tx, (tax_id, own_tax(context.company, Some(item))), stood)?;
    }
    let price = price(tx, (context.order, stood), input, item.as_ref())?;
    let (discount_percent, discount_amount) = taken_off(context.order, input)?;
    let corrected = correction(tx, (context.order, stood), input)?;
    if let Some(executor) = input.executor {
        tx.get(executor).map_err(|error| error.at("executor"))?;
    }
    let line = OrderLine {
        item_id: item.as_ref().map(|item| item.id),
        text,
        unit_id: unit.as_ref().map(|unit| unit.id),
        quantity,
        price,
        discount_percent,
        discount_amount,
        tax_rate_id: tax_id,
        tax_percent: tax.map_or(Percent::from_ppm(0), |rate| rate.percent),
        executor_id: input.executor,
        corrected,
        correction_reason: input.correction_reason.clone().unwrap_or_default(),
        original_line_id: input.original_line,
        ..empty(context.order)
    };
    discount::may_give(tx, (context.order, &line), stood)?;
    Ok(line.with_cost(context.order, item.as_ref()))
}

/// A line of an order before anything is agreed.
fn empty(order: &Order) -> OrderLine {
    OrderLine {
        id: Id::new(0),
        version: 0,
        order_id: order.id,
        position: 0,
        item_id: None,
        text: String::new(),
        unit_id: None,
        quantity: Quantity::from_micros(0),
        price: UnitPrice::from_micros(0),
        discount_percent: Percent::default(),
        discount_amount: 0,
        tax_rate_id: None,
        tax_percent: Percent::default(),
        executor_id: None,
        corrected: None,
        correction_reason: String::new(),
        original_line_id: None,
        cost: None,
        discount: 0,
        net: 0,
        tax: 0,
        total: 0,
    }
}

/// The line that stands already and is meant by an input: of the same goods, and of no less of them; rather one of the
/// same price, discount and tax. It is not meant twice.
fn stood<'a>(
    free: &mut Vec<&'a OrderLine>,
    (item, text): (Option<&Item>, &str),
    (quantity, input, tax): (Quantity, &LineInput, Option<Id<TaxRate>>),
) -> Option<&'a OrderLine> {
    let item = item.map(|item| item.id);
    let enough = |old: &OrderLine| old.sells(item, text) && old.quantity.micros().abs() >= quantity.micros().abs();
    let alike = |old: &OrderLine| {
        input.price.is_none_or(|price| price == old.price)
            && input.discount_percent.unwrap_or_default() == old.discount_percent
            && tax == old.tax_rate_id
    };
    let found = free.iter().position(|old| enough(old) && alike(old));
    found.or_else(|| free.iter().position(|old| enough(old))).map(|at| free.swap_remove(at))
}

fn find_item(tx: &Tx<'_>, context: &LineContext<'_>, input: &LineInput) -> Result<Option<Item>> {
    let item = match (&input.item, &input.barcode) {
        (Some(id), None) => tx.get(*id).map_err(|error| error.at("item"))?,
        (None, Some(code)) => item::scanned(tx, code)?
            .ok_or_else(|| Error::rejected("error.order.unknown_barcode").arg("code", code).at("barcode"))?,
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err(Error::rejected("error.order.item_twice").at("barcode")),
    };
    if item.active || context.from_outside {
        Ok(Some(item))
    } else {
        Err(Error::rejected("error.order.item_inactive").arg("item", item.name).at("item"))
    }
}

fn words(input: &LineInput, item: Option<&Item>) -> Result<String> {
    match (given_words(input)?, item) {
        (Some(text), _) => Ok(text),
        (None, Some(item)) => Ok(item.name.clone()),
        (None, None) => Err(Error::rejected("error.order.line_without_item").at("item")),
    }
}

/// The words that are given, if any.
pub(crate) fn given_words(input: &LineInput) -> Result<Option<String>> {
    let given = input.text.as_deref().map(|text| directory::lines(text, "text", LONGEST_TEXT)).transpose()?;
    Ok(given.filter(|text| !text.is_empty()))
}

fn find_unit(tx: &Tx<'_>, input: &LineInput, item: Option<&Item>) -> Result<Option<Unit>> {
    match (&input.unit, item) {
        (Some(code), _) => unit::offered(tx, code).map(Some),
        (None, Some(item)) => tx.get(item.unit_id).map(Some),
        (None, None) => Ok(None),
    }
}

fn find_tax(tx: &Tx<'_>, context: &LineContext<'_>, input: &LineInput, item: Option<&Item>) -> Result<Option<TaxRate>> {
    if let Some(code) = &input.tax_rate {
        if code.is_empty() {
            return Ok(None);
        }
        return tax_rate::offered(tx, code).map(Some);
    }
    own_tax(context.company, item).map(|id| tx.get(id)).transpose()
}

/// The tax rate of an item; the company's where it has none of its own.
pub(crate) fn own_tax(company: &Company, item: Option<&Item>) -> Option<Id<TaxRate>> {
    item.and_then(|item| item.tax_rate_id).or(company.default_tax_rate_id)
}

fn quantity(order: &Order, input: &LineInput, unit: Option<&Unit>) -> Result<Quantity> {
    if input.quantity.micros() <= 0 {
        return Err(Error::rejected("error.order.quantity_not_positive").at("quantity"));
    }
    let quantity = in_unit(input.quantity, unit)?;
    Ok(match order.kind {
        OrderKind::Order => quantity,
        OrderKind::Return => Quantity::from_micros(-quantity.micros()),
    })
}

/// A quantity in the decimals of its unit. Rejected when it has more.
pub(crate) fn in_unit(quantity: Quantity, unit: Option<&Unit>) -> Result<Quantity> {
    let Some(unit) = unit else {
        return Ok(quantity);
    };
    let decimals = u32::try_from(unit.decimals).unwrap_or(0);
    quantity.in_decimals(decimals).map_err(|error| error.at("quantity"))
}

/// The price given, or the item's own. No price is not 0: refused.
fn price(
    tx: &Tx<'_>,
    (order, stood): (&Order, Option<&OrderLine>),
    input: &LineInput,
    item: Option<&Item>,
) -> Result<UnitPrice> {
    let Some(given) = input.price else {
        return listed(order, item).ok_or_else(|| {
            let name = item.map_or_else(|| input.text.clone().unwrap_or_default(), |item| item.name.clone());
            Error::rejected("error.order.no_price").arg("item", name).arg("currency", order.currency.code()).at("price")
        });
    };
    if given.micros() < 0 {
        return Err(Error::rejected("error.order.price_negative").at("price"));
    }
    if stood.is_none_or(|old| old.price != given) {
        may_price(tx, (order, given), item)?;
    }
    Ok(given)
}

/// What one of an item costs in the order's currency, where it is known.
pub(crate) fn listed(order: &Order, item: Option<&Item>) -> Option<UnitPrice> {
    item.filter(|item| item.currency == order.currency).and_then(|item| item.price)
}

/// Rejected at `price` where a price is not the item's own and who acts may not change prices. What is sold without a
/// price of its own may cost anything; what comes back without its order may not, for nobody was ever paid for it.
pub(crate) fn may_price(tx: &Tx<'_>, (order, price): (&Order, UnitPrice), item: Option<&Item>) -> Result<()> {
    let agreed = match listed(order, item) {
        Some(own) => own == price,
        None => order.kind == OrderKind::Order,
    };
    if agreed || tx.actor().can(Right::PriceOverride) {
        return Ok(());
    }
    let key = match order.kind {
        OrderKind::Order => "error.no_right",
        OrderKind::Return => "error.order.return_without_order",
    };
    Err(Right::PriceOverride.lacking(key).at("price"))
}

fn taken_off(order: &Order, input: &LineInput) -> Result<(Percent, i64)> {
    let percent = input.discount_percent.unwrap_or_default();
    if !(0..=Percent::HUNDRED.ppm()).contains(&percent.ppm()) {
        return Err(Error::rejected("error.order.discount_out_of_range").at("discount_percent"));
    }
    let Some(amount) = input.discount_amount else {
        return Ok((percent, 0));
    };
    if input.discount_percent.is_some() {
        return Err(Error::rejected("error.order.discount_twice").at("discount_amount"));
    }
    let amount = amount.in_currency(order.currency).map_err(|error| error.at("discount_amount"))?;
    Ok((Percent::default(), amount.minor()))
}

fn correction(tx: &Tx<'_>, (order, stood): (&Order, Option<&OrderLine>), input: &LineInput) -> Result<Option<i64>> {
    let Some(amount) = input.corrected else {
        return Ok(None);
    };
    if input.correction_reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Error::rejected("error.order.correction_without_reason").at("correction_reason"));
    }
    let amount = amount.in_currency(order.currency).map_err(|error| error.at("corrected"))?;
    if amount.is_negative() {
        return Err(Error::rejected("error.order.corrected_negative").at("corrected"));
    }
    let corrected = Some(signed(order, amount.minor()));
    if stood.is_none_or(|old| old.corrected != corrected) {
        tx.actor().require(Right::PriceOverride).map_err(|error| error.at("corrected"))?;
    }
    Ok(corrected)
}

/// An amount as the order counts it: everything in a return is below zero.
fn signed(order: &Order, minor: i64) -> i64 {
    match order.kind {
        OrderKind::Order => minor,
        OrderKind::Return => -minor,
    }
}

impl OrderLine {
    /// The line with what its goods cost, where the item's cost is known in the order's currency.
    fn with_cost(self, order: &Order, item: Option<&Item>) -> OrderLine {
        let known = item.filter(|item| item.currency == order.currency).and_then(|item| item.cost);
        let cost = known.and_then(|cost| store::cost_of(cost, self.quantity, order.currency).ok());
        OrderLine { cost: cost.map(|cost| cost.minor()), ..self }
    }
}
