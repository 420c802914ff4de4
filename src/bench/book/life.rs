//! The years of the measured file: orders one after the other, most paid at once, some later, in part or never; a few
//! are moved on, changed or cancelled.

use std::collections::BTreeMap;

use crate::base::chance::Chance;
use crate::base::date::{Instant, Zone};
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::Amount;
use crate::bench::book::place::{self, Stock};
use crate::bench::book::{Hands, ORDERS_A_CUSTOMER, ORDERS_AN_ITEM, Plan, ZONE};
use crate::domain::order::cancel::CancelOrder;
use crate::domain::order::states::Status;
use crate::domain::order::status::ChangeOrderStatus;
use crate::domain::order::{Order, OrderKind};
use crate::domain::payment::store::TenderInput;
use crate::domain::payment::take::TakePayment;
use crate::domain::user::User;
use crate::engine::clock::SetClock;
use crate::engine::ticket::Watch;

/// So many orders lie between two looks at whether the work is still wanted.
const LOOK_EVERY: u64 = 1_000;

/// Where and when it happens.
pub(super) struct Scene<'a> {
    pub clock: &'a SetClock,
    pub plan: &'a Plan,
    pub watch: &'a Watch,
    pub owner: Id<User>,
    pub sellers: Vec<Id<User>>,
}

/// Payments still to come, by the number of the order after which they come.
type Later = BTreeMap<(u64, i64), i64>;

pub(super) fn live<H: Hands>(hands: &mut H, scene: Scene<'_>, chance: &mut Chance) -> Result<()> {
    let orders = scene.plan.orders;
    let whole = |number: u64| i64::try_from(number.max(1)).unwrap_or(i64::MAX);
    let stock = Stock {
        // The walk-in is the first.
        first_customer: Id::new(2),
        customers: whole(orders / ORDERS_A_CUSTOMER),
        first_item: Id::new(1),
        items: whole(orders / ORDERS_AN_ITEM),
    };
    let mut later = Later::new();
    for number in 0..orders {
        if number.is_multiple_of(LOOK_EVERY) {
            scene.watch.still_wanted()?;
            scene.watch.tell(number, orders);
        }
        let now = scene.plan.moment(number)?;
        scene.clock.set(now);
        one(hands, &scene, (number, now, stock), (&mut later, chance))?;
        while let Some(((after, id), share)) = later.first_key_value().map(|(key, share)| (*key, *share)) {
            if after > number {
                break;
            }
            later.remove(&(after, id));
            pay(hands, scene.owner, (Id::new(id), share), chance)?;
        }
    }
    scene.watch.tell(orders, orders);
    Ok(())
}

/// One order, and what happens to it at once.
fn one<H: Hands>(
    hands: &mut H,
    scene: &Scene<'_>,
    (number, now, stock): (u64, Instant, Stock),
    (later, chance): (&mut Later, &mut Chance),
) -> Result<()> {
    let day = Zone::parse(ZONE)?.date_of(now);
    let age = day.days_until(scene.plan.today);
    let seller = chance.one(&scene.sellers).copied().unwrap_or(scene.owner);
    let mut order = place::order(number, (day, age), stock, chance)?;
    let (back, called_off) = (order.kind == OrderKind::Return, chance.percent(2));
    if called_off && !back {
        order.status = Some("confirmed".to_owned());
    }
    let id = hands.run(seller, &order)?.id;
    let status = order.status.as_deref().unwrap_or_default();
    if status == "draft" || back {
        return Ok(());
    }
    if called_off {
        let reason = "changed mind".to_owned();
        return hands.run(seller, &CancelOrder { order: id, version: Some(1), reason }).map(drop);
    }
    if status == "confirmed" && chance.percent(30) {
        hands.run(seller, &ChangeOrderStatus { order: id, version: Some(1), status: "in-work".to_owned() })?;
    }
    let unpaid = if age > 365 { 2 } else { 12 };
    match chance.below(100) {
        drawn if drawn < unpaid => Ok(()),
        drawn if drawn < unpaid + 4 => pay(hands, seller, (id, 400), chance),
        drawn if drawn < unpaid + 12 => {
            let after = number + u64::try_from(chance.between(50, 4_000)).unwrap_or(50);
            later.insert((after, id.get()), 1_000);
            Ok(())
        }
        _ => pay(hands, seller, (id, 1_000), chance),
    }
}

/// Takes so many thousandths of what is owed.
fn pay<H: Hands>(hands: &mut H, user: Id<User>, (id, share): (Id<Order>, i64), chance: &mut Chance) -> Result<()> {
    let order: Order = hands.db().get(id)?;
    // Card and bank take any amount, so nothing is rounded and no change is given.
    let amount = order.debt.saturating_mul(share) / 1_000;
    if amount <= 0 || matches!(order.state, Status::Draft | Status::Cancelled) {
        return Ok(());
    }
    let method = if chance.percent(70) { "card" } else { "transfer" }.to_owned();
    let tenders = vec![TenderInput { method, amount: Amount::from_micros(amount * 10_000), currency: None }];
    let (order, note) = (Some(id), String::new());
    let payment = TakePayment { order, counterparty: None, date: None, tenders, keep_excess: false, note };
    hands.run(user, &payment).map(drop)
}
