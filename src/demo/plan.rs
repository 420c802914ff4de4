//! What one order of the made-up year is and what happens to it afterwards, drawn before anything is written.

use crate::base::chance::Chance;
use crate::base::date::{Date, Instant, Zone};
use crate::base::error::Result;
use crate::base::money::Percent;
use crate::base::quantity::Quantity;
use crate::demo::shop::{Shop, Thing, drams, held};
use crate::demo::words::{drawn, word};
use crate::domain::field::Said;
use crate::domain::order::due::Due;
use crate::domain::order::line::LineInput;
use crate::domain::order::place::PlaceOrder;

/// Minutes after midnight between which the shop works.
const HOURS: (i64, i64) = (10 * 60, 18 * 60 + 30);
/// The last day ends early, so that nothing of it lies in the future when the company is made in the morning.
const LAST_HOURS: (i64, i64) = (8 * 60 + 30, 9 * 60 + 30);

/// An order to come.
pub(super) struct Plan {
    /// Who takes it, by login.
    pub by: &'static str,
    /// The place of the customer among all; none for a walk-in.
    pub customer: Option<usize>,
    /// The order, without its customer.
    pub order: PlaceOrder,
    /// What happens to it, and when.
    pub then: Vec<(Instant, Next)>,
}

/// What happens to an order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next {
    /// It gets this status.
    Move(&'static str),
    /// So many thousandths of what is owed are paid.
    Pay { share: i64, way: Way },
    /// An advance is used for it.
    UseAdvance,
    /// Its invoice is issued.
    Invoice,
    /// Its invoice turns out wrong and is issued anew.
    Reissue,
    /// Its last payment turns out wrong and is taken anew.
    Retake,
    /// It is called off.
    Cancel,
    /// A part of it comes back.
    Return,
    /// Money goes back for a return.
    Refund,
    /// A drawing is attached.
    Sketch,
}

/// How somebody pays.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// Notes, with change.
    Cash,
    /// By card.
    Card,
    /// To the bank account.
    Transfer,
    /// Half by card, the rest in notes.
    Both,
}

/// Draws orders.
pub(super) struct Planner<'a> {
    pub shop: &'a Shop,
    pub chance: &'a mut Chance,
    pub zone: Zone,
    /// The last day of the year.
    pub last: Date,
}

impl Planner<'_> {
    /// An order of a day, with the moment it is placed.
    pub(super) fn order(&mut self, day: Date) -> Result<(Instant, Plan)> {
        let at = self.moment(day);
        let plan = match self.chance.below(100) {
            0..=39 => self.over_the_counter(at)?,
            40..=57 => self.delivered(at)?,
            58..=80 => self.made_to_order(at)?,
            81..=96 => self.on_account(at)?,
            _ => self.sketched(at)?,
        };
        Ok((at, plan))
    }

    /// Taken from the shelf and paid at once.
    fn over_the_counter(&mut self, at: Instant) -> Result<Plan> {
        let customer = self.chance.percent(30).then(|| self.customer(false));
        let lines = self.goods(1, 3, 2)?;
        let way = self.way();
        let mut then = vec![(soon(at, 2), Next::Pay { share: 1000, way }), (soon(at, 4), Next::Move("closed"))];
        if self.chance.percent(4) {
            then.push((soon(at, 3), Next::Retake));
        }
        if self.chance.percent(8) {
            let days = self.chance.between(1, 9);
            then.push((self.later(at, days)?, Next::Return));
        }
        Ok(Plan { by: self.seller(), customer, order: PlaceOrder { lines, ..PlaceOrder::default() }, then })
    }

    /// Brought to the customer in some days.
    fn delivered(&mut self, at: Instant) -> Result<Plan> {
        let days = self.chance.between(2, 5);
        let mut lines = self.goods(1, 3, 2)?;
        let far = self.chance.percent(20);
        lines.push(self.service(if far { "delivery-far" } else { "delivery" })?);
        let ready = self.later(at, days - 1)?;
        let leaving = self.later(ready, 1)?;
        let mut then = vec![(ready, Next::Move("ready"))];
        if self.chance.percent(10) {
            let away = self.later(at, 1)?;
            return Ok(self.plan(at, days, (false, lines), vec![(away, Next::Cancel)])?.by("karen"));
        }
        if self.chance.percent(12) {
            then.push((soon(at, 1), Next::UseAdvance));
        }
        let paid = if self.chance.percent(40) { soon(at, 5) } else { soon(leaving, 60) };
        then.extend([(leaving, Next::Move("on-the-way")), (paid, Next::Pay { share: 1000, way: self.way() })]);
        // Some wait for a customer who does not come.
        if self.chance.percent(90) {
            then.push((soon(leaving, 70), Next::Move("closed")));
        }
        self.plan(at, days, (false, lines), then)
    }

    /// Measured, made in weeks, a part paid before.
    fn made_to_order(&mut self, at: Instant) -> Result<Plan> {
        let days = self.chance.between(12, 30);
        let company = self.chance.percent(35);
        let lines = self.made_lines()?;
        let delay = if self.chance.percent(25) { self.chance.between(2, 9) } else { self.chance.between(-3, 0) };
        let ready = self.later(at, days + delay)?;
        let advance = Next::Pay { share: 10 * self.chance.between(30, 50), way: self.way() };
        let mut then = vec![
            (self.later(at, 1)?, Next::Move("measuring")),
            (self.later(at, 2)?, advance),
            (self.later(at, 4)?, Next::Move("in-work")),
            (self.later(at, days - 3)?, Next::Move("finishing")),
            (ready, Next::Move("ready")),
        ];
        if self.chance.percent(30) {
            then.push((self.later(at, 6)?, Next::Move("material")));
        }
        if self.chance.percent(30) {
            then.push((soon(at, 9), Next::Sketch));
        }
        if company {
            then.push((soon(ready, 20), Next::Invoice));
        }
        let collected = self.later(ready, 1)?;
        let way = if company { Way::Transfer } else { self.way() };
        if self.chance.percent(88) {
            then.push((soon(collected, 20), Next::Pay { share: 1000, way }));
        }
        then.push((soon(collected, 30), Next::Move("closed")));
        self.plan(at, days, (company, lines), then)
    }

    /// A company's order: invoiced, delivered, paid to the bank account some time, or not at all.
    fn on_account(&mut self, at: Instant) -> Result<Plan> {
        let days = self.chance.between(3, 10);
        let mut lines = self.goods(2, 6, 9)?;
        let percent = Percent::from_ppm(10_000 * self.chance.between(3, 12));
        lines.iter_mut().for_each(|line| line.discount_percent = Some(percent));
        lines.push(self.service("delivery")?);
        let (ready, handed) = (self.later(at, days - 2)?, self.later(at, days)?);
        let mut then =
            vec![(soon(ready, 15), Next::Invoice), (ready, Next::Move("ready")), (handed, Next::Move("closed"))];
        if self.chance.percent(6) {
            then.push((soon(ready, 40), Next::Reissue));
        }
        let days_to_pay = self.chance.between(4, 45);
        let paid = self.later(handed, days_to_pay)?;
        match self.chance.below(100) {
            0..=64 => then.push((paid, Next::Pay { share: 1000, way: Way::Transfer })),
            65..=84 => {
                then.push((paid, Next::Pay { share: 500, way: Way::Transfer }));
                let rest = self.later(paid, 30)?;
                then.push((rest, Next::Pay { share: 1000, way: Way::Transfer }));
            }
            _ => {}
        }
        self.plan(at, days, (true, lines), then)
    }

    /// Only written down: half of these are confirmed days later, the others stay.
    fn sketched(&mut self, at: Instant) -> Result<Plan> {
        let lines = self.goods(1, 2, 3)?;
        let then =
            if self.chance.percent(50) { vec![(self.later(at, 3)?, Next::Move("confirmed"))] } else { Vec::new() };
        let mut plan = self.plan(at, 14, (false, lines), then)?;
        plan.order.status = Some("draft".to_owned());
        Ok(plan)
    }

    /// An order for a customer with a card, due in so many days.
    fn plan(
        &mut self,
        at: Instant,
        days: i64,
        (company, lines): (bool, Vec<LineInput>),
        then: Vec<(Instant, Next)>,
    ) -> Result<Plan> {
        let day = self.zone.date_of(self.later(at, days)?);
        let timed = self.chance.percent(20);
        let due = if timed { format!("{day}T{}:00", self.chance.between(12, 18)).parse()? } else { Due::on(day) };
        let order = PlaceOrder {
            due: Some(due),
            priority: i64::from(self.chance.percent(12)),
            note: self.note(),
            // Where somebody does work, somebody goes.
            fields: if lines.iter().any(|line| line.executor.is_some()) { self.whereto(at) } else { Said::new() },
            lines,
            ..PlaceOrder::default()
        };
        Ok(Plan { by: self.seller(), customer: Some(self.customer(company)), order, then })
    }

    /// Where it is brought and when; drawn apart from everything else.
    fn whereto(&self, at: Instant) -> Said {
        let mut chance = Chance::of(at.millis().unsigned_abs());
        let house = chance.between(1, 60).to_string();
        let address = drawn("street", self.shop.lang, &mut chance).replace("%{house}", &house);
        let mut fields = held("installation", address);
        fields.append(&mut held("window", drawn("window", self.shop.lang, &mut chance)));
        fields
    }

    fn note(&mut self) -> String {
        match self.chance.below(10) {
            0..=2 => drawn("note", self.shop.lang, self.chance),
            3 => word("urgent", self.shop.lang),
            _ => String::new(),
        }
    }

    /// Several different goods, of each up to so many.
    fn goods(&mut self, least: i64, most: i64, each: i64) -> Result<Vec<LineInput>> {
        let shelf: Vec<&Thing> =
            self.shop.things.iter().filter(|thing| !["services", "custom"].contains(&thing.group)).collect();
        let mut lines: Vec<LineInput> = Vec::new();
        for _ in 0..self.chance.between(least, most) {
            let Some(thing) = self.chance.one(&shelf) else { continue };
            if lines.iter().all(|line| line.item != Some(thing.id)) {
                let quantity = self.quantity(thing, each);
                lines.push(LineInput { item: Some(thing.id), quantity, ..LineInput::default() });
            }
        }
        Ok(lines)
    }

    /// Things made to measure, work at the customer's home, sometimes something that is in no list.
    fn made_lines(&mut self) -> Result<Vec<LineInput>> {
        let custom: Vec<&Thing> = self.shop.things.iter().filter(|thing| thing.group == "custom").collect();
        let mut lines = vec![self.service("measuring")?];
        for _ in 0..self.chance.between(1, 2) {
            let Some(thing) = self.chance.one(&custom) else { continue };
            let quantity = self.quantity(thing, 2);
            lines.push(LineInput { item: Some(thing.id), quantity, ..LineInput::default() });
        }
        if self.chance.percent(60) {
            let hours = Quantity::from_micros(500_000 * self.chance.between(2, 9));
            lines.push(LineInput { quantity: hours, ..self.service("assembly")? });
        }
        if self.chance.percent(20) {
            let price = Some(drams(500 * self.chance.between(4, 40)));
            let (text, quantity) = (Some(word("custom-line", self.shop.lang)), Quantity::from_micros(1_000_000));
            lines.push(LineInput { text, price, quantity, ..LineInput::default() });
        }
        Ok(lines)
    }

    /// One piece of a service, with who does it.
    fn service(&mut self, key: &str) -> Result<LineInput> {
        let executor = Some(self.shop.person(if self.chance.percent(60) { "vahan" } else { "hayk" })?);
        let item = Some(self.shop.thing(key)?.id);
        Ok(LineInput { item, executor, quantity: Quantity::from_micros(1_000_000), ..LineInput::default() })
    }

    /// Whole pieces; what is measured comes in tenths.
    fn quantity(&mut self, thing: &Thing, each: i64) -> Quantity {
        if matches!(thing.unit, "m" | "m2" | "l") {
            return Quantity::from_micros(100_000 * self.chance.between(10, 10 + 12 * each));
        }
        // What is dear is bought one by one.
        let most = if thing.price > 150_000 { 1 } else { each };
        Quantity::from_micros(1_000_000 * self.chance.between(1, most))
    }

    fn customer(&mut self, company: bool) -> usize {
        let places = self.shop.customers.iter().enumerate().filter(|(_, customer)| customer.company == company);
        let places: Vec<usize> = places.map(|(place, _)| place).collect();
        // Twice drawn, the smaller taken: some come often, most seldom.
        let (first, second) = (self.chance.one(&places).copied(), self.chance.one(&places).copied());
        first.min(second).unwrap_or(0)
    }

    fn seller(&mut self) -> &'static str {
        self.chance.one(&["lilit", "lilit", "karen", "karen", "gor"]).copied().unwrap_or("lilit")
    }

    fn way(&mut self) -> Way {
        self.chance.one(&[Way::Cash, Way::Cash, Way::Card, Way::Card, Way::Both]).copied().unwrap_or(Way::Cash)
    }

    /// A moment of a day while the shop is open.
    fn moment(&mut self, day: Date) -> Instant {
        let (opens, closes) = if day == self.last { LAST_HOURS } else { HOURS };
        let minute = self.chance.between(opens, closes);
        self.zone.at(day, u32::try_from(minute * 60).unwrap_or(0))
    }

    /// A moment so many days later; nobody works on Sundays.
    fn later(&mut self, from: Instant, days: i64) -> Result<Instant> {
        let day = self.zone.date_of(from).add_days(days.max(1))?;
        let day = if day.weekday() == 7 { day.add_days(1)? } else { day };
        Ok(self.moment(day))
    }
}

impl Plan {
    fn by(self, login: &'static str) -> Plan {
        Plan { by: login, ..self }
    }
}

fn soon(from: Instant, minutes: i64) -> Instant {
    from.plus_millis(minutes * 60_000)
}
