//! A company in which everything happens that reports tell of, and what they may be asked.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

use patver::base::date::Date;
use patver::domain::order::states::Status;
use patver::engine::store::Call;
use patver::reports::Report;
use patver::reports::parameter::Input;
use serde_json::{Map, Value as Json, json};

use crate::desk::Desk;
use crate::random_documents::Random;

/// The day on which the desk stands.
const TODAY: &str = "2026-03-02";

/// The company, and who looks at its reports.
pub struct Shop {
    pub desk: Desk,
    pub customers: Vec<i64>,
    pub users: Vec<i64>,
    items: Vec<i64>,
    /// Sees everything, everything but costs, only what the person answers for.
    pub readers: [(&'static str, Call); 3],
}

impl Shop {
    /// A company with so many orders.
    pub fn new(random: &mut Random, orders: usize) -> Shop {
        let mut desk = Desk::new();
        desk.run("save-currency", json!({"code": "USD"}));
        let names = ["=Անի", "Բաբկեն ՍՊԸ", "Ձյունիկ", "Иван Петров", "Zeta, \"Z\"", "alpha"];
        let customers: Vec<i64> = names.iter().map(|name| desk.customer(name)).collect();
        let own = json!({"code": "own", "name": "Own", "rights": ["order-view-own", "report-view", "order-place"]});
        desk.run("save-role", own);
        let user = |desk: &mut Desk, login: &str, role: &str| {
            let saved = desk.run("save-user", json!({"login": login, "name": login.to_uppercase(), "role": role}));
            saved["id"].as_i64().unwrap()
        };
        let users = vec![1, user(&mut desk, "own", "own"), user(&mut desk, "viewer", "viewer")];
        let readers = [("owner", 1), ("viewer", users[2]), ("own", users[1])];
        let readers = readers.map(|(name, id)| (name, Call::of_user(id)));
        let items = items(&mut desk);
        let mut shop = Shop { desk, customers, users, items, readers };
        shop.open_balances(random);
        for _ in 0..orders {
            shop.order(random);
        }
        for _ in 0..orders / 10 {
            shop.advance(random);
        }
        shop
    }

    fn open_balances(&mut self, random: &mut Random) {
        for customer in self.customers.clone() {
            for currency in ["AMD", "USD"] {
                if random.one_in(2) {
                    let amount = format!("{}.50", random.between(-500, 900));
                    let balance = json!({"counterparty": customer, "currency": currency, "amount": amount});
                    self.desk.run("save-opening-balance", balance);
                }
            }
        }
    }

    /// What no chance may leave out: orders of a dozen weeks in each currency, late by few days, by a week, by more.
    pub fn with_late_orders(mut self) -> Shop {
        let today = Date::parse(TODAY).unwrap();
        let before = |days: i64| today.add_days(-days).unwrap().to_string();
        for currency in ["AMD", "USD"] {
            for (week, late) in [2, 5, 20].into_iter().cycle().take(12).enumerate() {
                let lines = [json!({"text": "Աշխատանք", "quantity": "1", "price": "40"})];
                let order = json!({
                    "date": before(late.max(7 * i64::try_from(week).unwrap())), "due": before(late), "currency": currency,
                    "counterparty": self.customers[0], "lines": lines,
                });
                self.desk.run_confirmed("place-order", order);
            }
        }
        self
    }

    fn order(&mut self, random: &mut Random) {
        let lines: Vec<Json> = (0..random.between(1, 3)).map(|_| self.line(random)).collect();
        let (day, due) = (day(random), due(random));
        let mut order = json!({
            "date": due.get(..10).map_or(day.clone(), |due| day.min(due.to_owned())), "responsible": random.pick(&self.users), "lines": lines,
            "status": random.pick(&["draft", "confirmed", "confirmed", "in-work", "ready"]),
            "kind": if random.one_in(7) { "return" } else { "order" },
            "currency": if random.one_in(4) { "USD" } else { "AMD" },
            "due": due,
        });
        if !random.one_in(8) {
            order["counterparty"] = json!(random.pick(&self.customers));
        }
        let id = self.desk.run_confirmed("place-order", order)["id"].clone();
        for _ in 0..random.between(0, 2) {
            let amount = format!("{}", random.between(1, 3_000));
            let pay = json!({"order": id, "keep_excess": true, "tenders": [{"method": "card", "amount": amount}]});
            let taken = self.tried("take-payment", pay);
            if let Some(taken) = taken.filter(|_| random.one_in(5)) {
                self.tried("void-payment", json!({"payment": taken["id"], "reason": "Սխալ"}));
            }
        }
        match random.between(0, 9) {
            0 => drop(self.tried("cancel-order", json!({"order": id, "reason": "Չի եկել"}))),
            1..=4 => drop(self.tried("change-order-status", json!({"order": id, "status": "closed"}))),
            5 => drop(self.tried("return-order", json!({"order": id}))),
            6 => {
                let back = [json!({"method": "card", "amount": random.between(1, 100).to_string()})];
                self.tried("refund-payment", json!({"order": id, "reason": "Խոտան", "tenders": back}));
            }
            7 => drop(self.tried("apply-advance", json!({"order": id}))),
            _ => {}
        }
    }

    fn line(&self, random: &mut Random) -> Json {
        let quantity = random.between(1, 5).to_string();
        let price = format!("{}.{:02}", random.between(1, 900), random.between(0, 99));
        if random.one_in(8) {
            return json!({"text": "Աշխատանք", "quantity": quantity, "price": price});
        }
        let item = if random.one_in(2) { self.items[0] } else { random.pick(&self.items) };
        json!({"item": item, "quantity": quantity, "price": price})
    }

    fn advance(&mut self, random: &mut Random) {
        let amount = format!("{}", random.between(10, 900));
        let customer = random.pick(&self.customers);
        self.tried(
            "take-payment",
            json!({"counterparty": customer, "tenders": [{"method": "card", "amount": amount}]}),
        );
    }

    /// What a command gave; nothing where a rule refused it.
    fn tried(&mut self, name: &str, arguments: Json) -> Option<Json> {
        let call = self.desk.owner.clone().confirmed();
        self.desk.store.run_json(&call, name, arguments).ok().map(|done| done.output)
    }

    /// All days there are, where a report may be asked for days.
    pub fn wide(report: &Report) -> Json {
        let days = report.parameters.iter().any(|parameter| matches!(parameter.input, Input::Days(_)));
        if days { json!({"from": "2025-01-01", "to": "2026-12-31"}) } else { json!({}) }
    }

    /// Something that a report may be asked.
    pub fn wish(&self, random: &mut Random, report: &Report) -> Json {
        let mut wish = Map::new();
        for parameter in report.parameters {
            if random.one_in(3) {
                continue;
            }
            let several = |random: &mut Random, from: &[Json]| json!([random.pick_of(from), random.pick_of(from)]);
            let ids = |ids: &[i64]| ids.iter().map(|id| json!(id)).collect::<Vec<_>>();
            let value = match parameter.input {
                Input::Days(_) => {
                    let mut days = [day(random), day(random)];
                    days.sort();
                    wish.insert("from".into(), json!(days[0]));
                    wish.insert("to".into(), json!(days[1]));
                    continue;
                }
                Input::Counterparties => several(random, &ids(&self.customers)),
                Input::Responsibles => several(random, &ids(&self.users)),
                Input::Currencies => json!(random.pick(&["AMD", "USD", "EUR"])),
                Input::States => several(random, &Status::ALL.map(|state| json!(state.code()))),
                Input::Choice(choices) => json!(random.pick(choices)),
            };
            wish.insert(parameter.name.to_owned(), value);
        }
        Json::Object(wish)
    }
}

/// One with a cost, one whose cost nobody entered, a service without one, one with a cost in another currency.
fn items(desk: &mut Desk) -> Vec<i64> {
    let cards = [
        json!({"kind": "goods", "name": "Թեյ", "price": "500", "cost": "310.25"}),
        json!({"kind": "goods", "name": "Սուրճ", "price": "900"}),
        json!({"kind": "service", "name": "Առաքում", "price": "1000", "unit": "h"}),
        json!({"kind": "goods", "name": "Cup", "price": "3", "cost": "2", "currency": "USD"}),
    ];
    cards.map(|card| desk.run("save-item", card)["id"].as_i64().unwrap()).to_vec()
}

/// Often lately, since lateness is told in days.
fn due(random: &mut Random) -> String {
    let today = Date::parse(TODAY).unwrap();
    match random.between(0, 5) {
        0 => String::new(),
        1 => format!("{}T09:30", day(random)),
        2 => format!("{today}T{:02}:00", random.between(8, 18)),
        3 => today.add_days(random.between(-9, 1)).unwrap().to_string(),
        _ => day(random),
    }
}

/// A day around the moment at which the desk stands.
fn day(random: &mut Random) -> String {
    let today = Date::parse(TODAY).unwrap();
    today.add_days(random.between(-160, 40)).unwrap().to_string()
}
