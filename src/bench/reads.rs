//! What a person waits for in a large file: pages, jumps, counts with sums, searches; each asked as the window asks.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value as Json, json};

use crate::base::chance::Chance;
use crate::base::date::Zone;
use crate::base::error::Result;
use crate::bench::book::{Plan, ZONE};
use crate::bench::{Figure, Found, OWNER, Times};
use crate::domain::BUSINESS;
use crate::engine::clock::SetClock;
use crate::engine::query::View;
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Watch;
use crate::engine::worker::{Handle, Hooks, Lane};
use crate::engine::{check, journal};

/// Every order of rows.
const SORTS: &[&str] = &["date", "number", "due", "customer", "total", "debt"];

/// Orders of rows that no index gives.
const OTHER_SORTS: &[&str] = &["paid", "status", "responsible"];

/// Of which figure, and how many microseconds at most.
type Promised = (&'static str, u128);

const FIRST_PAGE: Promised = ("p95", 20_000);
const NEXT_PAGE: Promised = ("p95", 10_000);
const OTHER: Promised = ("max", 1_000_000);
const TOTALS: Promised = ("p95", 300_000);
const OTHER_TOTALS: Promised = ("max", 1_500_000);
const GROUPS: Promised = ("max", 1_500_000);
const SEARCH: Promised = ("p95", 30_000);
/// Five million rows of the journal in ten seconds.
const CHAIN_NANOS: u128 = 2_000;

/// The file at work.
struct Bench {
    handle: Handle,
    owner: Call,
    plan: Plan,
    chance: Chance,
    figures: Vec<Figure>,
}

/// Asks a file that was made for it everything that is measured.
pub(super) fn measure(file: &Path, found: &Found) -> Result<Vec<Figure>> {
    let store = Store::open(file, &BUSINESS, Arc::new(SetClock::at(found.now)))?;
    let plan = Plan { orders: found.orders, today: Zone::parse(ZONE)?.date_of(found.now) };
    let handle = Handle::start(store, Hooks::default())?;
    let owner = Call::of_user(OWNER);
    let mut bench = Bench { handle, owner, plan, chance: Chance::of(7), figures: Vec::new() };
    bench.pages()?;
    bench.totals()?;
    bench.groups()?;
    bench.searches()?;
    bench.jumps()?;
    bench.chain()?;
    bench.handle.close();
    Ok(bench.figures)
}

impl Bench {
    fn ask(&self, query: &str, arguments: Json) -> Result<Vec<Json>> {
        self.handle.ask_json(Lane::Interactive, &self.owner, query, arguments).wait()
    }

    /// Asks so many times, each time something else.
    fn often(
        &mut self,
        (what, times, promised): (impl Into<String>, usize, Promised),
        mut asked: impl FnMut(&mut Bench) -> Result<Vec<Json>>,
    ) -> Result<()> {
        let mut taken = Times::default();
        for _ in 0..times {
            taken.measure(|| asked(self))?;
        }
        let (of, micros) = promised;
        self.figures.push(taken.figure(what, None).within(of, micros));
        Ok(())
    }

    fn some_order(&mut self) -> i64 {
        1 + self.chance.below(i64::try_from(self.plan.orders).unwrap_or(1))
    }

    fn pages(&mut self) -> Result<()> {
        self.often(("orders-first-page", 100, FIRST_PAGE), |bench| bench.ask("orders", json!({})))?;
        for sort in SORTS.iter().flat_map(|sort| [(*sort).to_owned(), format!("-{sort}")]) {
            self.often((format!("orders-next-page {sort}"), 60, NEXT_PAGE), |bench| {
                let after = bench.some_order();
                bench.ask("orders", json!({"sort": sort, "after": after}))
            })?;
        }
        for sort in OTHER_SORTS {
            self.often((format!("orders-page-without-index {sort}"), 3, OTHER), |bench| {
                let after = bench.some_order();
                bench.ask("orders", json!({"sort": sort, "after": after}))
            })?;
        }
        self.often(("orders-filtered-page", 60, FIRST_PAGE), |bench| {
            let mut filter = bench.mix();
            filter.insert("sort".to_owned(), json!(bench.chance.one(SORTS)));
            bench.ask("orders", Json::Object(filter))
        })
    }

    /// Any mix of status, period, customer, responsible and state of payment.
    fn mix(&mut self) -> Map<String, Json> {
        let mut filter = Map::new();
        let mut set = |name: &str, value: Json| drop(filter.insert(name.to_owned(), value));
        let chance = &mut self.chance;
        if chance.percent(50) {
            let sets = [
                json!(["closed"]),
                json!(["confirmed", "in-work", "ready"]),
                json!(["closed", "ready"]),
                json!(["packing"]),
            ];
            set("status", chance.one(&sets).cloned().unwrap_or_default());
        }
        if chance.percent(50) {
            let year = self.plan.today.year();
            let from = i64::from(year) - chance.between(0, 7);
            let to = (from + chance.between(0, 7)).min(i64::from(year));
            set("from", json!(format!("{from}-{:02}-01", chance.between(1, 11))));
            set("to", json!(format!("{to}-12-31")));
        }
        if chance.percent(25) {
            let customers = i64::try_from(self.plan.orders / 10).unwrap_or(1).max(1);
            set("counterparty", json!([1 + chance.below(customers), 1]));
        }
        if chance.percent(40) {
            set("responsible", json!([chance.between(2, 7)]));
        }
        if chance.percent(50) {
            let states = ["unpaid", "part-paid", "paid", "owing"];
            set("payment", json!([chance.one(&states)]));
        }
        filter
    }

    fn totals(&mut self) -> Result<()> {
        self.often(("orders-totals all", 10, TOTALS), |bench| bench.ask("orders-totals", json!({})))?;
        self.often(("orders-totals mix", 60, TOTALS), |bench| {
            let filter = bench.mix();
            bench.ask("orders-totals", Json::Object(filter))
        })?;
        let today = self.plan.today.to_string();
        for (field, value) in [
            ("late", json!(true)),
            ("due_to", json!(today)),
            ("currency", json!(["USD"])),
            ("kind", json!(["return"])),
            ("balance", json!(["owed"])),
            ("text", json!("sun")),
        ] {
            self.often((format!("orders-totals {field}"), 3, OTHER_TOTALS), |bench| {
                bench.ask("orders-totals", json!({field: value}))
            })?;
        }
        Ok(())
    }

    fn groups(&mut self) -> Result<()> {
        for by in ["status", "customer", "responsible", "payment", "day", "month", "due"] {
            self.often((format!("orders-groups {by}"), 3, GROUPS), |bench| {
                bench.ask("list-groups", json!({"list": "orders", "by": by}))
            })?;
        }
        Ok(())
    }

    fn searches(&mut self) -> Result<()> {
        let names = ["\u{57a}\u{565}\u{57f}\u{580}", "\u{43a}\u{443}\u{437}\u{43d}", "miller", "sunrise", "oodb"];
        self.often(("search orders number", 60, SEARCH), |bench| {
            let number = bench.some_order();
            bench.ask("orders", json!({"text": number.to_string()}))
        })?;
        self.often(("search orders phone", 60, SEARCH), |bench| {
            let part = 1_000 + bench.chance.below(900_000);
            bench.ask("orders", json!({"text": part.to_string()}))
        })?;
        for query in ["orders", "counterparties"] {
            for name in names {
                self.often((format!("search {query} name {name}"), 60, SEARCH), |bench| {
                    bench.ask(query, json!({"text": name}))
                })?;
            }
        }
        self.often(("search counterparties phone", 60, SEARCH), |bench| {
            let part = 10_000 + bench.chance.below(900_000);
            bench.ask("counterparties", json!({"text": part.to_string()}))
        })?;
        self.often(("search items code", 60, SEARCH), |bench| {
            let code = format!("I{:06}", 1 + bench.chance.below(i64::try_from(bench.plan.orders / 5).unwrap_or(1)));
            bench.ask("items", json!({"text": code}))
        })?;
        self.often(("search items barcode", 60, SEARCH), |bench| {
            let number = 1 + bench.chance.below(i64::try_from(bench.plan.orders / 5).unwrap_or(1));
            let code = crate::base::barcode::with_check_digit(&format!("20{number:010}"));
            bench.ask("items", json!({"text": code}))
        })?;
        for name in ["lamp", "\u{57d}\u{565}\u{572}\u{561}\u{576}", "\u{43f}\u{43e}\u{43b}\u{43a}\u{430}", "oak, 12"] {
            self.often((format!("search items name {name}"), 60, SEARCH), |bench| {
                bench.ask("items", json!({"text": name}))
            })?;
        }
        Ok(())
    }

    /// The whole chain of the journal, followed once; how many rows it covers is told as how often.
    fn chain(&mut self) -> Result<()> {
        let follow = |view: &View<'_>, watch: &Watch| {
            let rows = journal::covered(view)?;
            let start = Instant::now();
            check::chain_findings(view, watch)?;
            Ok((rows, start.elapsed()))
        };
        let (rows, time) = self.handle.read(Lane::Background, &self.owner, follow).wait()?;
        let figure =
            Times::of(time).figure("journal-chain", None).within("max", u128::from(rows) * CHAIN_NANOS / 1_000);
        self.figures.push(Figure { n: usize::try_from(rows).unwrap_or(usize::MAX), ..figure });
        Ok(())
    }

    /// Every id in order, and then a page at any place.
    fn jumps(&mut self) -> Result<()> {
        for sort in SORTS.iter().chain(OTHER_SORTS) {
            let mut taken = Times::default();
            for _ in 0..3 {
                let arguments = json!({"sort": sort});
                taken.measure(|| self.handle.positions(Lane::Background, &self.owner, "orders", arguments).wait())?;
            }
            self.figures.push(taken.figure(format!("orders-positions {sort}"), None));
        }
        let places = self.handle.positions(Lane::Background, &self.owner, "orders", json!({})).wait()?;
        self.often(("orders-page-at-place", 200, NEXT_PAGE), |bench| {
            let at = usize::try_from(bench.some_order()).unwrap_or(0).min(places.len().saturating_sub(100));
            bench.ask("orders", json!({"ids": places.slice(at, 100)}))
        })
    }
}
