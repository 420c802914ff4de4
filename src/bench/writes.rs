//! Registering and paying orders, and writing the same final rows bare, turn by turn, so that a noisy machine hits both.

use std::path::Path;
use std::sync::Arc;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::bench::figures::{Figure, Times};
use crate::bench::shop;
use crate::domain::BUSINESS;
use crate::domain::order::{Order, OrderLine, store as orders};
use crate::domain::payment::store as payments;
use crate::domain::payment::{Allocation, Payment, PaymentTender};
use crate::engine::bare::{Bare, Prepared, value_of};
use crate::engine::clock::SystemClock;
use crate::engine::command::Command;
use crate::engine::store::{Call, Store};
use crate::engine::table::Row as _;
use crate::engine::value::Value;

/// How many orders one side writes before the other takes its turn, so that a noisy machine hits both alike.
const BLOCK: u64 = 200;

/// Registers and pays `orders` orders of five lines, and writes the same final rows bare, turn by turn.
/// Both files are made in `folder`.
pub(super) fn measure(folder: &Path, orders: u64) -> Result<Vec<Figure>> {
    let (ours, bare) = (folder.join("ours.patver"), folder.join("bare.patver"));
    for path in [&ours, &bare] {
        shop::set_up(path)?;
    }
    let mut store = Store::open(&ours, &BUSINESS, Arc::new(SystemClock))?;
    let raw = Bare::open(&bare)?;
    let mut writer = BareWriter::new(&raw)?;
    let mut times = [(); 4].map(|()| Times::default());
    let mut done = 0;
    while done < orders {
        let block = BLOCK.min(orders - done);
        let written = write_ours(&mut store, done, block, &mut times)?;
        for order in &written {
            writer.write(&store, order, &mut times)?;
        }
        done += block;
    }
    let [place, take, bare_place, bare_take] = times;
    Ok(vec![
        place.figure("place-order", Some(&bare_place)),
        take.figure("take-payment", Some(&bare_take)),
        bare_place.figure("bare-place-order", None),
        bare_take.figure("bare-take-payment", None),
    ])
}

/// Registers and pays a block of orders; gives their ids.
fn write_ours(store: &mut Store, from: u64, block: u64, times: &mut [Times; 4]) -> Result<Vec<Id<Order>>> {
    let [place_times, take_times, ..] = times;
    let mut written = Vec::new();
    for number in from..from + block {
        let place = shop::order(number);
        let placed = place_times.measure(|| run(store, number * 2, &place))?;
        let take = shop::payment(placed.id, &placed.total)?;
        take_times.measure(|| run(store, number * 2 + 1, &take))?;
        written.push(placed.id);
    }
    Ok(written)
}

fn run<C: Command>(store: &mut Store, id: u64, command: &C) -> Result<C::Output> {
    let call = Call::of_user(1)
        .with_id(uuid::Uuid::from_u128(u128::from(id).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)));
    store.run(&call, command).map(|done| done.output)
}

/// Writes final rows with prepared statements and nothing else.
struct BareWriter<'a> {
    raw: &'a Bare,
    number: Prepared<'a>,
    order: Prepared<'a>,
    line: Prepared<'a>,
    pay: Prepared<'a>,
    payment: Prepared<'a>,
    tender: Prepared<'a>,
    allocation: Prepared<'a>,
}

impl<'a> BareWriter<'a> {
    fn new(raw: &'a Bare) -> Result<BareWriter<'a>> {
        Ok(BareWriter {
            raw,
            number: raw.take_number()?,
            order: raw.insert(Order::TABLE)?,
            line: raw.insert(OrderLine::TABLE)?,
            pay: raw.update(Order::TABLE, &["paid", "debt"])?,
            payment: raw.insert(Payment::TABLE)?,
            tender: raw.insert(PaymentTender::TABLE)?,
            allocation: raw.insert(Allocation::TABLE)?,
        })
    }

    /// Writes the rows of one order as they stand in our file: first as placed, then as paid.
    fn write(&mut self, store: &Store, id: &Id<Order>, times: &mut [Times; 4]) -> Result<()> {
        let [.., place_times, take_times] = times;
        let paid: Order = store.db().get(*id)?;
        let placed = Order { version: 1, paid: 0, debt: paid.total, ..paid.clone() }.values();
        let lines: Vec<_> = orders::lines_of(store.db(), *id)?.iter().map(OrderLine::values).collect();
        place_times.measure(|| self.place(&placed, &lines))?;
        let payment = payments::payments_of(store.db(), *id)?.into_iter().next();
        let payment = payment.ok_or_else(|| Error::rejected("error.not_found"))?;
        let tenders: Vec<_> = payments::tenders_of(store.db(), payment.id)?.iter().map(PaymentTender::values).collect();
        let shares: Vec<_> = payments::allocations_of(store.db(), payment.id)?.iter().map(Allocation::values).collect();
        take_times.measure(|| self.take(&paid.values(), &payment.values(), &tenders, &shares))
    }

    fn place(&mut self, order: &[Value], lines: &[Vec<Value>]) -> Result<()> {
        let raw = self.raw;
        raw.transaction(|| {
            self.number.run(&[Value::Text("order".to_owned())])?;
            self.order.run(order)?;
            lines.iter().try_for_each(|line| self.line.run(line))
        })
    }

    fn take(
        &mut self,
        order: &[Value],
        payment: &[Value],
        tenders: &[Vec<Value>],
        shares: &[Vec<Value>],
    ) -> Result<()> {
        let raw = self.raw;
        let of_order = |column| value_of(Order::TABLE, order, column);
        let update = [of_order("paid")?, of_order("debt")?, of_order("id")?, Value::Int(1)];
        raw.transaction(|| {
            self.number.run(&[Value::Text("payment".to_owned())])?;
            self.payment.run(payment)?;
            tenders.iter().try_for_each(|row| self.tender.run(row))?;
            shares.iter().try_for_each(|row| self.allocation.run(row))?;
            self.pay.run(&update)
        })
    }
}
