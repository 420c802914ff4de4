//! A made-up Armenian company with a year of orders, made by the program's own commands on a clock set to each day.
//! The same seed, day and language give the same content; every screen and paper says that it is made up.

mod desk;
mod picture;
mod plan;
mod shop;
mod week;
mod words;
mod year;

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::base::chance::Chance;
use crate::base::currency::Currency;
use crate::base::date::{Date, Instant, Zone};
use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::demo::desk::{Desk, Hours};
use crate::demo::shop::Shop;
use crate::demo::year::Year;
use crate::domain::company::CreateCompany;
use crate::domain::file::FileHash;
use crate::domain::secret::Secret;
use crate::domain::{BUSINESS, credential, user};
use crate::engine::clock::SetClock;
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Watch;

/// The password of everybody in a made-up company.
pub const PASSWORD: &str = "walnut-2468";

/// Where the company is.
pub const ZONE: &str = "Asia/Yerevan";

/// In its last day nothing happens later than this, in seconds from midnight.
const OVER_SECS: u32 = 10 * 3600;

/// How many jobs of the year are committed at once.
const AT_ONCE: usize = 200;

/// What company is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// How many orders, returns not counted.
    pub orders: u32,
    /// Another seed gives another year.
    pub seed: u64,
    /// The last day of the year.
    pub today: Date,
    /// The language of names and documents.
    pub language: Lang,
    /// The moment it is made: where that is on the last day, nothing happens later.
    pub made_at: Option<Instant>,
}

impl Wish {
    /// Three hundred orders in Armenian, up to a day.
    pub fn up_to(today: Date) -> Wish {
        Wish { orders: 300, seed: 1, today, language: Lang::HY, made_at: None }
    }
}

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name typed to sign in.
    pub login: &'static str,
    /// How the person is called.
    pub name: &'static str,
    /// Code of the role.
    pub role: &'static str,
}

/// A company that was made.
pub struct Made {
    /// Who can sign in, all by [`PASSWORD`].
    pub people: Vec<Person>,
    /// What lets the owner back in.
    pub recovery_code: Secret,
}

/// Makes a company file; how many orders are there is told on the way. Rejected where something stands there already, and
/// once it was called off: then nothing is left of it.
pub fn make(path: &Path, wish: &Wish, watch: &Watch) -> Result<Made> {
    let zone = Zone::parse(ZONE)?;
    let first = wish.today.add_months(-12)?;
    let clock = Arc::new(SetClock::at(zone.at(first, 8 * 3600)));
    Store::found(path, &BUSINESS, clock.clone(), |store| fill(store, &clock, wish, watch))
}

fn fill(store: &mut Store, clock: &SetClock, wish: &Wish, watch: &Watch) -> Result<Made> {
    let mut chance = Chance::of(wish.seed);
    watch.tell(0, u64::from(wish.orders));
    let (mut shop, recovery_code) = found(store, wish.language)?;
    let mut pictures = keep(store, &shop::pictures()?)?;
    let logo = pictures.pop().unwrap_or_else(|| FileHash::from_bytes(Vec::new()));
    watch.still_wanted()?;
    let hours = Hours::new(clock, wish)?;
    let people = store.batch(&Call::of_system(), 0, |batch| {
        let desk = Desk::new(batch, &hours);
        let people = shop.open(&desk, logo)?;
        shop.stock(&desk, &pictures)?;
        shop.greet(&desk, &mut chance)?;
        Ok(people)
    })?;
    let mut year = Year::plan(&shop, wish, chance)?;
    while !year.is_over() {
        watch.still_wanted()?;
        store.batch(&Call::of_system(), 0, |batch| year.live(&mut shop, &Desk::new(batch, &hours), AT_ONCE))?;
        watch.tell(year.placed(), u64::from(wish.orders));
    }
    let last = (wish.today, Zone::parse(ZONE)?);
    store.batch(&Call::of_system(), 0, |batch| week::live(&shop, &Desk::new(batch, &hours), last))?;
    Ok(Made { people, recovery_code })
}

/// The company and its owner.
fn found(store: &mut Store, language: Lang) -> Result<(Shop, Secret)> {
    let owner_cells = words::lines(words::USERS).find(|cells| cells.text(0) == shop::OWNER);
    let command = CreateCompany {
        name: words::word("company", language),
        country: "AM".to_owned(),
        currency: Currency::parse("AMD")?,
        language,
        owner: shop::OWNER.to_owned(),
        owner_name: owner_cells.map(|cells| cells.name(language).to_owned()),
        time_zone: Some(Zone::parse(ZONE)?),
        demo: true,
    };
    let code = credential::found_company(store, &command, Secret::new(PASSWORD))?;
    let owner = user::active_by_login(store.db(), shop::OWNER)?.map(|owner| owner.id);
    Ok((Shop::new(language, owner.ok_or_else(|| Error::missing("users", shop::OWNER))?), code))
}

/// Keeps files and gives their hashes.
fn keep(store: &mut Store, files: &[Vec<u8>]) -> Result<Vec<FileHash>> {
    store.keep(&Call::of_system(), |tx| files.iter().map(|file| tx.keep_blob(file).map(FileHash::from_bytes)).collect())
}
