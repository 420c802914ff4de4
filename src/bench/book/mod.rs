//! A company file as large as a busy company's after years, made by the commands' own code: the same number of orders
//! gives the same content. Names in three languages, debts, returns, every state, some amounts in another currency.

mod life;
mod place;

use std::sync::Arc;

use crate::base::barcode;
use crate::base::chance::Chance;
use crate::base::currency::Currency;
use crate::base::date::{Date, Instant, Zone};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::bench::words::Words;
use crate::domain::category::SaveCategory;
use crate::domain::company::CreateCompany;
use crate::domain::counterparty::{CounterpartyKind, SaveCounterparty};
use crate::domain::currency::SaveCurrency;
use crate::domain::item::{ItemKind, SaveItem};
use crate::domain::item_group::SaveItemGroup;
use crate::domain::secret::Secret;
use crate::domain::status::SaveStatus;
use crate::domain::user::{SaveUser, User};
use crate::domain::{credential, user};
use crate::engine::bulk::Bulk;
use crate::engine::clock::SetClock;
use crate::engine::command::Command;
use crate::engine::db::Db;
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Watch;

/// The login of the owner of a measured file.
pub const LOGIN: &str = "owner";
/// The owner's password.
pub const PASSWORD: &str = "abacus-13579";

/// Where the company is.
pub const ZONE: &str = "Asia/Yerevan";

/// How many years the orders are spread over.
const YEARS: i64 = 8;
/// One customer for so many orders.
const ORDERS_A_CUSTOMER: u64 = 10;
/// One item for so many orders.
const ORDERS_AN_ITEM: u64 = 5;
/// Groups of items.
const GROUPS: u64 = 24;
/// Who takes the orders beside the owner.
const SELLERS: u64 = 6;

/// Indexes whose order is not that in which the rows come.
const SCATTERED: &[&str] = &[
    "journal_rows_record",
    "orders_date",
    "orders_due",
    "orders_open",
    "orders_total",
    "orders_debt",
    "orders_owing",
    "orders_counterparty",
    "orders_responsible",
    "orders_state",
    "order_lines_item",
    "payments_counterparty",
];

/// Statuses of the company's own: code, state, colour.
const STATUSES: &[(&str, &str, &str)] =
    &[("waiting", "in-work", "#B5651D"), ("packing", "in-work", "#6A5ACD"), ("on-the-way", "ready", "#008C95")];

/// By what a file is filled: at once in bulk, or by one durable command after the other.
pub trait Hands {
    /// Does a command in somebody's name.
    fn run<C: Command>(&mut self, user: Id<User>, command: &C) -> Result<C::Output>;
    /// What is there so far.
    fn db(&self) -> &Db;
}

impl Hands for Bulk<'_> {
    fn run<C: Command>(&mut self, user: Id<User>, command: &C) -> Result<C::Output> {
        Bulk::run(self, &Call::of_user(user.get()).confirmed(), command)
    }
    fn db(&self) -> &Db {
        Bulk::db(self)
    }
}

impl Hands for Store {
    fn run<C: Command>(&mut self, user: Id<User>, command: &C) -> Result<C::Output> {
        Store::run(self, &Call::of_user(user.get()).confirmed(), command).map(|done| done.output)
    }
    fn db(&self) -> &Db {
        Store::db(self)
    }
}

/// How much is made, and up to when.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many orders; a tenth as many customers, a fifth as many items.
    pub orders: u64,
    /// The last day.
    pub today: Date,
}

impl Plan {
    /// The moment of the step of a number among all, evenly spread over the years.
    fn moment(&self, number: u64) -> Result<Instant> {
        let zone = Zone::parse(ZONE)?;
        let end = zone.at(self.today, 9 * 3600).millis();
        let start = zone.start_of(self.today.add_days(-365 * YEARS)?).millis();
        let part = i128::from(end - start) * i128::from(number) / i128::from(self.orders.max(1));
        Ok(Instant::from_millis(start + i64::try_from(part).unwrap_or(0)))
    }
}

/// Sets the company up in an empty file, with its owner.
pub fn found(store: &mut Store, clock: &SetClock, plan: &Plan) -> Result<()> {
    clock.set(plan.moment(0)?);
    let command = CreateCompany {
        name: "Bench".to_owned(),
        country: "AM".to_owned(),
        currency: Currency::parse("AMD")?,
        language: Lang::HY,
        owner: LOGIN.to_owned(),
        owner_name: None,
        time_zone: None,
        demo: true,
    };
    credential::found_company(store, &command, Secret::new(PASSWORD)).map(drop)
}

/// Fills a file that holds a company in bulk.
pub fn fill(store: &mut Store, clock: &Arc<SetClock>, plan: &Plan, watch: &Watch) -> Result<()> {
    store.in_bulk(SCATTERED, |bulk| write(bulk, clock, plan, watch))
}

/// Fills a file that holds a company, by whatever hands.
pub fn write<H: Hands>(hands: &mut H, clock: &SetClock, plan: &Plan, watch: &Watch) -> Result<()> {
    let mut chance = Chance::of(plan.orders);
    let owner = user::active_by_login(hands.db(), LOGIN)?.map(|owner| owner.id);
    let owner = owner.ok_or_else(|| Error::missing("users", LOGIN))?;
    let sellers = directories(hands, owner)?;
    let words = Words::new();
    for number in 1..=(plan.orders / ORDERS_A_CUSTOMER).max(1) {
        hands.run(owner, &customer(number, &words, &mut chance))?;
    }
    watch.still_wanted()?;
    for number in 1..=(plan.orders / ORDERS_AN_ITEM).max(1) {
        hands.run(owner, &item(number, &words, &mut chance))?;
    }
    life::live(hands, life::Scene { clock, plan, watch, owner, sellers }, &mut chance)
}

/// Sellers, categories, groups, statuses.
fn directories<H: Hands>(hands: &mut H, owner: Id<User>) -> Result<Vec<Id<User>>> {
    let mut sellers = Vec::new();
    let abroad = SaveCurrency { code: Currency::parse(place::ABROAD)?, version: None, cash_step: None, active: None };
    hands.run(owner, &abroad)?;
    for number in 1..=SELLERS {
        let (login, role) = (Some(format!("seller{number}")), Some("manager".to_owned()));
        let seller = SaveUser { id: None, version: None, login, name: None, role, language: None, active: None };
        sellers.push(Id::new(hands.run(owner, &seller)?.id));
    }
    for number in 1..=5 {
        let name = Some(format!("Category {number}"));
        hands.run(owner, &SaveCategory { name, ..SaveCategory::default() })?;
    }
    for number in 1..=GROUPS {
        hands.run(owner, &SaveItemGroup { name: Some(group(number)), ..SaveItemGroup::default() })?;
    }
    for (code, state, color) in STATUSES {
        let text = |text: &str| Some(text.to_owned());
        let (name, code, state, color) = (text(code), text(code), text(state), text(color));
        hands.run(owner, &SaveStatus { name, code, state, color, ..SaveStatus::default() })?;
    }
    Ok(sellers)
}

fn group(number: u64) -> String {
    format!("Group {number}")
}

fn customer(number: u64, words: &Words, chance: &mut Chance) -> SaveCounterparty {
    let company = chance.percent(30);
    let name = if company { words.company(number, chance) } else { words.person(chance) };
    let phone = format!("+374 9{} {:06}", 1 + number / 1_000_000 % 9, number * 7_919 % 1_000_000);
    SaveCounterparty {
        kind: Some(if company { CounterpartyKind::Company } else { CounterpartyKind::Person }),
        name: Some(name),
        code: Some(format!("C{number:06}")),
        phone: Some(phone),
        tax_id: company.then(|| format!("{:08}", 1_000_000 + number)),
        email: chance.percent(40).then(|| format!("c{number}@example.com")),
        category: chance.percent(60).then(|| format!("Category {}", 1 + number % 5)),
        ..SaveCounterparty::default()
    }
}

fn item(number: u64, words: &Words, chance: &mut Chance) -> SaveItem {
    let service = chance.percent(8);
    let price = crate::base::money::UnitPrice::from_micros(chance.between(2, 900) * 50_000_000);
    let cost = crate::base::money::UnitPrice::from_micros(price.micros() * 6 / 10);
    SaveItem {
        kind: Some(if service { ItemKind::Service } else { ItemKind::Goods }),
        code: Some(format!("I{number:06}")),
        name: Some(words.thing(number, chance)),
        unit: Some(if chance.percent(10) { "m" } else { "pcs" }.to_owned()),
        price: Some(Some(price)),
        cost: Some((!service).then_some(cost)),
        group: Some(group(1 + number % GROUPS)),
        barcodes: (!service).then(|| vec![barcode::with_check_digit(&format!("20{number:010}"))]),
        ..SaveItem::default()
    }
}
