//! The year of the made-up company: what happens when, in the order of time, each by the command of that name.

use std::collections::BTreeMap;

use crate::base::chance::Chance;
use crate::base::date::{Date, Instant, Zone};
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::Amount;
use crate::demo::desk::Desk;
use crate::demo::plan::{Next, Plan, Planner, Way};
use crate::demo::shop::{Shop, drams};
use crate::demo::words::{drawn, word};
use crate::demo::{OVER_SECS, Wish, ZONE};
use crate::domain::attachment::{AttachFile, Owner};
use crate::domain::invoice::Invoice;
use crate::domain::invoice::issue::IssueInvoice;
use crate::domain::invoice::query::of_order as invoices_of;
use crate::domain::invoice::void::VoidInvoice;
use crate::domain::item::{Item, SaveItem};
use crate::domain::order::Order;
use crate::domain::order::cancel::CancelOrder;
use crate::domain::order::copy::{ReturnOrder, ReturnedLine};
use crate::domain::order::place::PlaceOrder;
use crate::domain::order::states::{self, Status};
use crate::domain::order::status::ChangeOrderStatus;
use crate::domain::order::store as orders;
use crate::domain::payment::advance::{ApplyAdvance, open_advances};
use crate::domain::payment::refund::RefundPayment;
use crate::domain::payment::store::{TenderInput, payments_of};
use crate::domain::payment::take::TakePayment;
use crate::domain::payment::void::VoidPayment;
use crate::domain::payment::{Payment, PaymentKind};
use crate::domain::user::User;

/// The smallest note that is handed over, in minor units: 1,000 drams.
const NOTE: i64 = 100_000;

/// Something that happens.
enum Step {
    Place(Box<Plan>),
    Then(Id<Order>, Next),
    /// A customer gets a card.
    Meet(usize),
    /// A customer leaves so many drams for a later order.
    Deposit(usize, i64),
    /// Prices rise by so many percent.
    Reprice(i64),
}

/// What is still to happen, in the order of time.
pub(super) struct Year {
    steps: BTreeMap<(i64, u64), Step>,
    next: u64,
    end: Instant,
    placed: u64,
    chance: Chance,
}

impl Year {
    /// Draws every order of the year.
    pub(super) fn plan(shop: &Shop, wish: &Wish, mut chance: Chance) -> Result<Year> {
        let zone = Zone::parse(ZONE)?;
        let days = days_of(wish, &mut chance)?;
        let mut planner = Planner { shop, chance: &mut chance, zone, last: wish.today };
        let orders: Result<Vec<(Instant, Plan)>> = days.into_iter().map(|day| planner.order(day)).collect();
        let end = zone.at(wish.today, OVER_SECS);
        let mut year = Year { steps: BTreeMap::new(), next: 0, end, placed: 0, chance };
        for (at, plan) in orders? {
            year.add(at, Step::Place(Box::new(plan)));
        }
        for (months, customer, sum) in [(-10, 3, 60_000), (-7, 15, 45_000), (-3, 20, 120_000), (-1, 18, 30_000)] {
            year.add(zone.at(wish.today.add_months(months)?, 11 * 3600), Step::Deposit(customer, sum));
        }
        for place in 0..shop.customers.len() {
            let day = wish.today.add_days(-year.chance.between(5, 300))?;
            year.add(zone.at(day, 12 * 3600), Step::Meet(place));
        }
        for (months, percent) in [(-8, 4), (-2, 3)] {
            year.add(zone.at(wish.today.add_months(months)?, 9 * 3600), Step::Reprice(percent));
        }
        Ok(year)
    }

    /// How many orders have been placed.
    pub(super) fn placed(&self) -> u64 {
        self.placed
    }

    /// Whether nothing more happens up to the last day.
    pub(super) fn is_over(&self) -> bool {
        self.steps.first_key_value().is_none_or(|((at, _), _)| *at > self.end.millis())
    }

    fn add(&mut self, at: Instant, step: Step) {
        self.steps.insert((at.millis(), self.next), step);
        self.next = self.next.saturating_add(1);
    }

    /// Lets so many things happen.
    pub(super) fn live(&mut self, shop: &mut Shop, desk: &Desk<'_>, most: usize) -> Result<()> {
        for _ in 0..most {
            if self.is_over() {
                break;
            }
            let Some(((at, _), step)) = self.steps.pop_first() else { break };
            let now = Instant::from_millis(at);
            desk.at(now);
            match step {
                Step::Place(plan) => self.place(shop, desk, *plan)?,
                Step::Then(order, next) => self.go_on(shop, desk, (now, order, next))?,
                Step::Meet(place) => shop.meet(desk, shop.person("karen")?, place, &mut self.chance).map(drop)?,
                Step::Deposit(customer, sum) => self.deposit(shop, desk, (customer, sum))?,
                Step::Reprice(percent) => reprice(shop, desk, percent)?,
            }
        }
        Ok(())
    }

    fn place(&mut self, shop: &mut Shop, desk: &Desk<'_>, plan: Plan) -> Result<()> {
        let seller = shop.person(plan.by)?;
        let counterparty = match plan.customer {
            Some(place) => Some(shop.meet(desk, seller, place, &mut self.chance)?),
            None => None,
        };
        let placed = desk.run(seller, &PlaceOrder { counterparty, ..plan.order })?;
        for (at, next) in plan.then {
            self.add(at, Step::Then(placed.id, next));
        }
        self.placed = self.placed.saturating_add(1);
        Ok(())
    }

    fn go_on(&mut self, shop: &Shop, desk: &Desk<'_>, (now, id, next): (Instant, Id<Order>, Next)) -> Result<()> {
        let order = desk.db().get(id)?;
        let bookkeeper = shop.person("nare")?;
        if order.state == Status::Cancelled {
            return Ok(());
        }
        match next {
            Next::Move(status) => move_on(desk, &order, status)?,
            Next::Pay { share, way } => pay(shop, desk, &order, (share, way))?,
            Next::UseAdvance => use_advance(shop.person("mane")?, desk, &order)?,
            Next::Invoice => desk.run(bookkeeper, &IssueInvoice { order: id, date: None }).map(drop)?,
            Next::Cancel => cancel(shop.person("gor")?, desk, (id, self.reason(shop, "cancel")))?,
            Next::Refund => refund(bookkeeper, desk, (&order, self.reason(shop, "return")))?,
            Next::Sketch => sketch(shop, desk, &order)?,
            Next::Return => self.bring_back(shop, desk, (now, &order))?,
            Next::Reissue => {
                if let Some(invoice) = standing_invoice(desk, id)? {
                    desk.run(bookkeeper, &VoidInvoice { invoice, reason: word("void-invoice", shop.lang) })?;
                    self.add(now.plus_millis(600_000), Step::Then(id, Next::Invoice));
                }
            }
            Next::Retake => {
                if let Some(payment) = last_payment(desk, id)? {
                    let reason = word("void-payment", shop.lang);
                    desk.run(bookkeeper, &VoidPayment { payment, reason, date: None })?;
                    let again = Next::Pay { share: 1000, way: Way::Card };
                    self.add(now.plus_millis(300_000), Step::Then(id, again));
                }
            }
        }
        Ok(())
    }

    fn reason(&mut self, shop: &Shop, key: &str) -> String {
        drawn(key, shop.lang, &mut self.chance)
    }

    /// One piece of the first line comes back; the money follows.
    fn bring_back(&mut self, shop: &Shop, desk: &Desk<'_>, (now, order): (Instant, &Order)) -> Result<()> {
        let first = orders::lines_of(desk.db(), order.id)?.into_iter().next();
        let Some(line) = first.filter(|_| order.state == Status::Closed) else {
            return Ok(());
        };
        let lines = vec![ReturnedLine { line: line.id, quantity: None }];
        let note = self.reason(shop, "return");
        let back = desk.run(order.responsible_id, &ReturnOrder { order: order.id, lines, date: None, note })?;
        self.add(now.plus_millis(240_000), Step::Then(back.id, Next::Refund));
        self.add(now.plus_millis(300_000), Step::Then(back.id, Next::Move("closed")));
        Ok(())
    }

    fn deposit(&mut self, shop: &mut Shop, desk: &Desk<'_>, (customer, sum): (usize, i64)) -> Result<()> {
        let seller = shop.person("lilit")?;
        let counterparty = Some(shop.meet(desk, seller, customer, &mut self.chance)?);
        let tenders = vec![tender("cash", sum.saturating_mul(100))];
        let note = word("advance", shop.lang);
        let cashier = shop.person("mane")?;
        let advance = TakePayment { order: None, counterparty, date: None, tenders, keep_excess: false, note };
        desk.run(cashier, &advance).map(drop)
    }
}

/// The days of the orders: more as the company grows and before New Year, none on Sundays, some on the last day.
fn days_of(wish: &Wish, chance: &mut Chance) -> Result<Vec<Date>> {
    let first = wish.today.add_months(-12)?.add_days(1)?;
    let length = first.days_until(wish.today);
    let mut weighed: Vec<(i64, Date)> = Vec::new();
    let mut sum = 0_i64;
    for at in 0..length {
        let day = first.add_days(at)?;
        let feast = if day.month() == 12 { 12 } else { 0 };
        let recent = if length - at < 45 { 25 } else { 0 };
        sum += if day.weekday() == 7 { 0 } else { 10 + at * 10 / length.max(1) + feast + recent };
        weighed.push((sum, day));
    }
    let today = i64::from(wish.orders).min(3);
    let mut days: Vec<Date> = (0..today).map(|_| wish.today).collect();
    for _ in today..i64::from(wish.orders) {
        let drawn = chance.below(sum);
        let found = weighed.get(weighed.partition_point(|(upto, _)| *upto <= drawn));
        days.push(found.map_or(wish.today, |(_, day)| *day));
    }
    days.sort_unstable();
    Ok(days)
}

fn move_on(desk: &Desk<'_>, order: &Order, status: &'static str) -> Result<()> {
    let own = crate::domain::status::offered(desk.db(), status).ok();
    let to = own.and_then(|own| Status::parse(&own.state)).or(Status::parse(status)).unwrap_or(order.state);
    if states::require_move(order.state, to).is_err() {
        return Ok(());
    }
    let change = ChangeOrderStatus { order: order.id, version: Some(order.version), status: status.to_owned() };
    desk.run(order.responsible_id, &change).map(drop)
}

/// Takes a share of what is owed: cash and cards at the counter, transfers by the bookkeeper.
fn pay(shop: &Shop, desk: &Desk<'_>, order: &Order, (share, way): (i64, Way)) -> Result<()> {
    let part = order.debt.saturating_mul(share) / 1000;
    let amount = if share < 1000 { part / NOTE * NOTE } else { part };
    if amount <= 0 || order.state == Status::Draft {
        return Ok(());
    }
    let all = amount == order.debt;
    let half = amount / 2 / NOTE * NOTE;
    let tenders = match way {
        Way::Cash => vec![tender("cash", handed(amount, all))],
        Way::Both if half > 0 => vec![tender("card", half), tender("cash", handed(amount - half, all))],
        Way::Card | Way::Both => vec![tender("card", amount)],
        Way::Transfer => vec![tender("transfer", amount)],
    };
    let taker = shop.person(if matches!(way, Way::Transfer) { "nare" } else { "mane" })?;
    let (order, note) = (Some(order.id), String::new());
    let payment = TakePayment { order, counterparty: None, date: None, tenders, keep_excess: false, note };
    desk.run(taker, &payment).map(drop)
}

/// Notes that reach an amount; change is given only where all is paid.
fn handed(amount: i64, all: bool) -> i64 {
    let notes = amount.saturating_add(NOTE - 1) / NOTE * NOTE;
    if all { notes } else { amount }
}

fn tender(method: &str, minor: i64) -> TenderInput {
    TenderInput { method: method.to_owned(), amount: Amount::from_micros(minor.saturating_mul(10_000)), currency: None }
}

fn use_advance(cashier: Id<User>, desk: &Desk<'_>, order: &Order) -> Result<()> {
    if order.debt <= 0 || open_advances(desk.db(), order.counterparty_id, order.currency)?.is_empty() {
        return Ok(());
    }
    desk.run(cashier, &ApplyAdvance { order: order.id, amount: None }).map(drop)
}

fn cancel(manager: Id<User>, desk: &Desk<'_>, (order, reason): (Id<Order>, String)) -> Result<()> {
    desk.run(manager, &CancelOrder { order, version: None, reason }).map(drop)
}

fn refund(bookkeeper: Id<User>, desk: &Desk<'_>, (order, reason): (&Order, String)) -> Result<()> {
    let tenders = vec![tender("cash", order.debt.saturating_neg())];
    desk.run(bookkeeper, &RefundPayment { order: order.id, tenders, reason, date: None }).map(drop)
}

fn sketch(shop: &Shop, desk: &Desk<'_>, order: &Order) -> Result<()> {
    let lines = orders::lines_of(desk.db(), order.id)?;
    let drawn = shop.things.iter().find(|thing| lines.iter().skip(1).any(|line| line.item_id == Some(thing.id)));
    let Some(thing) = drawn else { return Ok(()) };
    let (name, hash) = (word("sketch", shop.lang), thing.picture.clone());
    let file = AttachFile { owner: Owner::Order, owner_id: order.id.get(), name, hash };
    desk.run(order.responsible_id, &file).map(drop)
}

fn standing_invoice(desk: &Desk<'_>, order: Id<Order>) -> Result<Option<Id<Invoice>>> {
    let invoices = invoices_of(desk.db(), order)?;
    Ok(invoices.into_iter().find(|invoice| !invoice.voided).map(|invoice| invoice.id))
}

fn last_payment(desk: &Desk<'_>, order: Id<Order>) -> Result<Option<Id<Payment>>> {
    let payments = payments_of(desk.db(), order)?.into_iter().rev();
    let mut standing = payments.filter(|payment| payment.kind == PaymentKind::Payment && !payment.voided);
    Ok(standing.next().map(|payment| payment.id))
}

/// New prices for a third of what is sold, in whole hundreds of drams.
fn reprice(shop: &Shop, desk: &Desk<'_>, percent: i64) -> Result<()> {
    let manager = shop.person("gor")?;
    for thing in shop.things.iter().filter(|thing| thing.price >= 5_000).step_by(3) {
        let item: Item = desk.db().get(thing.id)?;
        let price = thing.price.saturating_mul(100 + percent) / 100 / 100 * 100;
        let (id, version) = (Some(item.id), Some(item.version));
        desk.run(manager, &SaveItem { id, version, price: Some(Some(drams(price))), ..SaveItem::default() })?;
    }
    Ok(())
}
