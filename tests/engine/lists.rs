//! The list of orders against a plain filter and sort over every order, by each way of finding rows.
//! Length: the shop, the plain filter and what is compared belong together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::cmp::Ordering;

use crate::desk::Desk;
use patver::base::error::Result;
use patver::base::text;
use patver::domain::order::browse::OrdersQuery;
use patver::domain::order::list::LIST;
use patver::engine::query::Query as _;
use patver::engine::select::{Ask, Choice, Filter, Lead, List, Sort, Test, Through, Totals};
use patver::engine::store::Call;
use patver::engine::table::{Columns, FromRow};
use patver::engine::ticket::Watch;
use patver::engine::value::Value;
use patver::engine::worker::{Handle, Hooks, Lane};
use serde_json::{Map, Value as Json, json};

const CUSTOMERS: &[(&str, &str)] = &[
    ("Անահիտ Պետրոսյան", "091 123456"),
    ("Արեգակ ՍՊԸ", "093 555111"),
    ("Եվա Սարգսյան", "010 540011"),
    ("Иван Петров", "+7 495 123-45-67"),
    ("Петросян и сыновья", "099 000999"),
    ("Alpha Trading", "077 121212"),
    ("Zeta", "094 232323"),
    ("Émile Zola", "095 343434"),
];

const SORTS: [&str; 9] = ["date", "number", "due", "customer", "total", "debt", "paid", "status", "responsible"];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.roll(choices.len())]
    }
}

/// An order as its own query tells it, with the keys it is sorted by.
struct Known {
    row: Json,
    name_key: String,
    phone: String,
}

impl Known {
    fn text(&self, field: &str) -> &str {
        self.row[field].as_str().unwrap_or_default()
    }

    fn int(&self, field: &str) -> i64 {
        self.row[field].as_i64().unwrap()
    }

    /// An amount in hundredths.
    fn minor(&self, field: &str) -> i64 {
        self.text(field).replace('.', "").parse().unwrap()
    }

    fn due(&self) -> &str {
        if self.text("due").is_empty() { "9999-12-31" } else { self.text("due") }
    }

    fn owes(&self) -> bool {
        self.minor("debt") != 0 && (self.minor("debt") > 0) == (self.minor("total") >= 0)
    }

    fn payment(&self) -> &'static str {
        let against = self.minor("paid") * self.minor("total").signum().min(0).wrapping_mul(2).wrapping_add(1);
        match (self.minor("debt"), self.owes()) {
            (0, _) if self.minor("paid") == 0 && ["draft", "cancelled"].contains(&self.text("status")) => "",
            (0, _) => "paid",
            (_, false) => "overpaid",
            (_, true) if against > 0 => "part-paid",
            (_, true) => "unpaid",
        }
    }

    /// How far it is.
    fn rank(&self) -> i64 {
        let states = ["draft", "confirmed", "in-work", "ready", "closed", "cancelled"];
        i64::try_from(states.iter().position(|state| *state == self.text("status")).unwrap()).unwrap()
    }

    fn key(&self, sort: &str) -> (String, i64, String, i64) {
        let id = self.int("id");
        match sort {
            "date" => (self.text("date").to_owned(), id, String::new(), 0),
            "number" => (String::new(), self.text("number").parse().unwrap(), String::new(), id),
            "due" => (self.due().to_owned(), id, String::new(), 0),
            "customer" => (self.name_key.clone(), self.int("counterparty"), self.text("date").to_owned(), id),
            "status" => (String::new(), self.rank(), String::new(), id),
            "responsible" => (String::new(), self.int("responsible"), String::new(), id),
            "total" | "debt" | "paid" => (String::new(), self.minor(sort), String::new(), id),
            other => panic!("{other}"),
        }
    }
}

impl Known {
    /// What a sort speaks of, without what only tells rows apart.
    fn said(&self, sort: &str) -> (String, i64) {
        match sort {
            "number" => (String::new(), self.text("number").parse().unwrap()),
            "customer" => (self.name_key.clone(), self.int("counterparty")),
            "responsible" => (String::new(), self.int("responsible")),
            "total" | "debt" | "paid" => (String::new(), self.minor(sort)),
            "due" => (self.due().to_owned(), 0),
            "status" => (String::new(), self.rank()),
            other => (self.text(other).to_owned(), 0),
        }
    }
}

/// Two hundred orders of every kind, and what is known of each.
fn shop() -> (Desk, Vec<Known>) {
    let mut desk = Desk::new();
    desk.run("save-currency", json!({"code": "USD"}));
    let mut dice = Dice(7);
    let customers: Vec<i64> = CUSTOMERS
        .iter()
        .map(|(name, phone)| {
            let card = json!({"kind": "company", "name": name, "phone": phone});
            desk.run_confirmed("save-counterparty", card)["id"].as_i64().unwrap()
        })
        .collect();
    for login in ["aram", "gayane"] {
        desk.run("save-user", json!({"login": login, "role": "sales"}));
    }
    for _ in 0..200 {
        let place = dice.roll(CUSTOMERS.len());
        order(&mut desk, &mut dice, customers[place]);
    }
    let ids: Vec<i64> =
        desk.query("orders", json!({"limit": 500})).iter().map(|row| row["id"].as_i64().unwrap()).collect();
    assert_eq!(ids.len(), 200);
    let known = ids.into_iter().map(|id| {
        let row = desk.query("order", json!({"id": id})).remove(0);
        let place = customers.iter().position(|customer| row["counterparty"] == json!(customer)).unwrap();
        let (name, phone) = CUSTOMERS[place];
        Known { row, name_key: text::sort_key(name), phone: text::digits(phone) }
    });
    let known = known.collect();
    (desk, known)
}

fn order(desk: &mut Desk, dice: &mut Dice, customer: i64) {
    let back = dice.roll(6) == 0;
    let due =
        *dice.of(&["", "2026-02-01", "2026-03-01", "2026-03-02", "2026-03-02T09:00", "2026-03-02T18:00", "2026-04-01"]);
    let day = format!("2026-{:02}-{:02}", 1 + dice.roll(3), 1 + dice.roll(20));
    let date = due.get(..10).map_or(day.clone(), |due| day.min(due.to_owned()));
    let status = *dice.of(&["draft", "confirmed", "confirmed", "in-work", "ready"]);
    let lines = json!([{"text": "Ծառայություն", "quantity": "1",
        "price": dice.of(&["100", "250", "250.5", "9000"])}]);
    let placed = desk.run_confirmed(
        "place-order",
        json!({"kind": if back { "return" } else { "order" }, "counterparty": customer, "date": date, "due": due,
            "responsible": 1 + dice.roll(3), "status": status, "lines": lines,
            "currency": if dice.roll(5) == 0 { "USD" } else { "AMD" }}),
    );
    let id = &placed["id"];
    if dice.roll(3) == 0 && status != "draft" && !back {
        let amount = dice.of(&["50", "100", "250", "9000"]);
        let call = Call::of_user(1).confirmed();
        let pay = json!({"order": id, "tenders": [{"method": "card", "amount": amount}], "keep_excess": true});
        // A tender in another currency than the order's is refused, and that order stays unpaid.
        drop(desk.store.run_json(&call, "take-payment", pay));
    }
    match dice.roll(8) {
        0 => drop(desk.store.run_json(
            &Call::of_user(1).confirmed(),
            "cancel-order",
            json!({"order": id, "reason": "No"}),
        )),
        1 | 2 => {
            drop(desk.store.run_json(&desk.owner, "change-order-status", json!({"order": id, "status": "closed"})))
        }
        _ => {}
    }
}

/// A filter as the query takes it, and as it is meant.
type Meaning = Box<dyn Fn(&Known) -> bool>;

fn one_filter(dice: &mut Dice) -> (&'static str, Json, Meaning) {
    match dice.roll(12) {
        0 => {
            let states = ["draft", "confirmed", "in-work", "ready", "closed", "cancelled"];
            let wanted: Vec<&str> = (0..1 + dice.roll(3)).map(|_| *dice.of(&states)).collect();
            ("status", json!(wanted), Box::new(move |it| wanted.contains(&it.text("status"))))
        }
        1 => {
            let from = format!("2026-{:02}-{:02}", 1 + dice.roll(3), 1 + dice.roll(20));
            ("from", json!(from), Box::new(move |it| it.text("date") >= from.as_str()))
        }
        2 => {
            let to = format!("2026-{:02}-{:02}", 1 + dice.roll(3), 1 + dice.roll(20));
            ("to", json!(to), Box::new(move |it| it.text("date") <= to.as_str()))
        }
        3 => {
            let to = *dice.of(&["2026-02-28", "2026-03-01", "2026-03-02"]);
            ("due_to", json!(to), Box::new(move |it| it.due().get(..10).unwrap() <= to))
        }
        4 => {
            let wanted = i64::try_from(2 + dice.roll(CUSTOMERS.len())).unwrap();
            ("counterparty", json!([wanted]), Box::new(move |it| it.int("counterparty") == wanted))
        }
        5 => {
            let wanted = i64::try_from(1 + dice.roll(3)).unwrap();
            ("responsible", json!(wanted), Box::new(move |it| it.int("responsible") == wanted))
        }
        6 => {
            let all = ["unpaid", "part-paid", "paid", "overpaid"];
            let wanted: Vec<&str> = (0..1 + dice.roll(2)).map(|_| *dice.of(&all)).collect();
            ("payment", json!(wanted), Box::new(move |it| wanted.contains(&it.payment())))
        }
        8 => {
            let wanted = *dice.of(&["AMD", "USD"]);
            ("currency", json!(wanted), Box::new(move |it| it.text("currency") == wanted))
        }
        9 => {
            let wanted = *dice.of(&["order", "return"]);
            ("kind", json!(wanted), Box::new(move |it| it.text("kind") == wanted))
        }
        10 => {
            let wanted = *dice.of(&["owed", "credit"]);
            let sign = if wanted == "owed" { 1 } else { -1 };
            ("balance", json!(wanted), Box::new(move |it| it.minor("debt") * sign > 0))
        }
        7 => {
            let open = ["confirmed", "in-work", "ready"];
            ("late", json!(true), Box::new(move |it| it.row["late"] == true && open.contains(&it.text("status"))))
        }
        _ => {
            let typed =
                *dice.of(&["պետրոս", "ПЕТРОС", "alpha", "emile", "Z", "Ար", "091123", "123", "42", "№ 7", "զզզ"]);
            ("text", json!(typed), Box::new(move |it| finds(it, typed)))
        }
    }
}

fn finds(it: &Known, typed: &str) -> bool {
    let name = text::fold(it.text("counterparty_name"));
    let number = typed.trim_start_matches(['№', ' ']).parse::<i64>().ok();
    let in_number = number == Some(it.text("number").parse().unwrap());
    let digits = text::digits(typed);
    if typed.chars().count() < 3 {
        return in_number || it.name_key.starts_with(&text::sort_key(typed));
    }
    let numeric = typed.chars().all(|letter| letter.is_ascii_digit());
    let in_phone = numeric && it.phone.contains(&digits);
    in_number || in_phone || name.contains(&text::fold(typed))
}

fn sorted<'a>(known: &'a [Known], tests: &[Meaning], sort: &str, descending: bool) -> Vec<&'a Known> {
    let mut rows: Vec<_> = known.iter().filter(|it| tests.iter().all(|test| test(it))).collect();
    let order = |left: &&Known, right: &&Known| left.key(sort).cmp(&right.key(sort));
    rows.sort_by(|left, right| if descending { order(left, right).reverse() } else { order(left, right) });
    rows
}

#[test]
fn any_filters_and_any_sort_give_the_same_rows_as_looking_at_every_order() {
    let (desk, known) = shop();
    let mut dice = Dice(11);
    let mut hits = 0;
    for round in 0..200 {
        let mut arguments = Map::new();
        let mut tests: Vec<Meaning> = Vec::new();
        for _ in 0..dice.roll(4) {
            let (name, value, test) = one_filter(&mut dice);
            if arguments.insert(name.to_owned(), value).is_none() {
                tests.push(test);
            } else {
                // Given twice: the later value replaced the earlier one, so start over with it alone.
                arguments.retain(|key, _| key == name);
                tests = vec![test];
            }
        }
        let (sort, descending) = (*dice.of(&SORTS), dice.roll(2) == 1);
        let expected = sorted(&known, &tests, sort, descending);
        check_totals(&desk, &arguments, &expected);
        check_chosen(&desk, &arguments, &expected, &mut dice);
        arguments.insert("sort".into(), json!(format!("{}{sort}", if descending { "-" } else { "" })));
        arguments.insert("limit".into(), json!(5 + dice.roll(60)));
        let found = pages(&desk, &arguments, dice.roll(2) == 1);
        let wanted: Vec<i64> = expected.iter().map(|it| it.int("id")).collect();
        assert_eq!(found, wanted, "round {round}: {arguments:?}");
        check_places(&desk, &arguments, &wanted);
        hits += usize::from(!wanted.is_empty());
    }
    assert!(hits > 80, "only {hits} rounds found anything");
}

#[test]
fn several_sorts_order_rows_one_after_another_and_pages_go_on_where_they_ended() {
    let (desk, known) = shop();
    let mut dice = Dice(29);
    for round in 0..150 {
        let (name, value, test) = one_filter(&mut dice);
        let mut sorts: Vec<(&str, bool)> = Vec::new();
        while sorts.len() < 2 + round % 3 {
            let sort = *dice.of(&SORTS);
            if !sorts.iter().any(|(there, _)| *there == sort) {
                sorts.push((sort, dice.roll(2) == 1));
            }
        }
        let turned = |order: Ordering, down: bool| if down { order.reverse() } else { order };
        let mut rows: Vec<_> = known.iter().filter(|it| test(it)).collect();
        rows.sort_by(|left, right| {
            let by = sorts.iter().map(|(sort, down)| turned(left.said(sort).cmp(&right.said(sort)), *down));
            let last = turned(left.int("id").cmp(&right.int("id")), sorts[sorts.len() - 1].1);
            by.fold(Ordering::Equal, Ordering::then).then(last)
        });
        let words: Vec<_> =
            sorts.iter().map(|(sort, down)| format!("{}{sort}", if *down { "-" } else { "" })).collect();
        let limit = 5 + dice.roll(60);
        let arguments = Map::from_iter([
            (name.to_owned(), value),
            ("sort".to_owned(), json!(words.join(","))),
            ("limit".to_owned(), json!(limit)),
        ]);
        let wanted: Vec<i64> = rows.iter().map(|it| it.int("id")).collect();
        assert_eq!(pages(&desk, &arguments, dice.roll(2) == 1), wanted, "{arguments:?}");
        check_places(&desk, &arguments, &wanted);
    }
}

#[test]
fn too_many_sorts_and_unknown_ones_are_refused() {
    let desk = Desk::new();
    assert_eq!(
        desk.store.query_json(&desk.owner, "orders", json!({"sort": "date,none"})).unwrap_err().key(),
        "error.unknown_sort"
    );
    let five = json!({"sort": "date,number,due,total,debt"});
    assert_eq!(desk.store.query_json(&desk.owner, "orders", five).unwrap_err().key(), "error.too_many_values");
}

/// Every page, going on by the key or by the id of the last row.
fn pages(desk: &Desk, arguments: &Map<String, Json>, by_key: bool) -> Vec<i64> {
    let (mut found, mut arguments) = (Vec::new(), arguments.clone());
    loop {
        let page = desk.query("orders", Json::Object(arguments.clone()));
        let Some(last) = page.last() else { return found };
        arguments.insert("after".into(), if by_key { last["after"].clone() } else { last["id"].clone() });
        found.extend(page.iter().map(|row| row["id"].as_i64().unwrap()));
    }
}

/// The places of the list are those of its pages, and a page at a place has the rows that stand there.
fn check_places(desk: &Desk, arguments: &Map<String, Json>, wanted: &[i64]) {
    let query: OrdersQuery = serde_json::from_value(Json::Object(arguments.clone())).unwrap();
    let view = desk.store.view(&desk.owner).unwrap();
    let places = query.positions(&view, &Watch::default()).unwrap().unwrap();
    assert_eq!(places.slice(0, usize::MAX), wanted, "{arguments:?}");
    let from = wanted.len() / 3;
    let some = places.slice(from, 7);
    let rows = desk.query("orders", json!({"ids": some, "sort": "total"}));
    assert_eq!(rows.iter().map(|row| row["id"].as_i64().unwrap()).collect::<Vec<_>>(), some);
    assert!(some.is_empty() || places.place_of(some[0]) == Some(from));
}

/// Count and sums of some rows, and of all but those, are those of looking at each.
fn check_chosen(desk: &Desk, arguments: &Map<String, Json>, expected: &[&Known], dice: &mut Dice) {
    let (chosen, others): (Vec<&Known>, Vec<&Known>) = expected.iter().partition(|_| dice.roll(3) == 0);
    let ids: Vec<i64> = chosen.iter().map(|it| it.int("id")).collect();
    let of = |name: &str| {
        let mut wanted = json!({"list": "orders", "filter": arguments});
        wanted[name] = json!(ids);
        desk.query("selection-totals", wanted)
    };
    same_sums(&of("only"), arguments, &chosen);
    same_sums(&of("but"), arguments, &others);
}

fn check_totals(desk: &Desk, arguments: &Map<String, Json>, expected: &[&Known]) {
    same_sums(&desk.query("orders-totals", Json::Object(arguments.clone())), arguments, expected);
}

fn same_sums(groups: &[Json], arguments: &Map<String, Json>, expected: &[&Known]) {
    assert_eq!(groups[0]["currency"], "AMD");
    for currency in ["AMD", "USD"] {
        let rows: Vec<_> = expected.iter().filter(|it| it.text("currency") == currency).collect();
        let group = groups.iter().find(|group| group["currency"] == currency);
        let minor = |field: &str| {
            group.map_or(0, |group| group[field].as_str().unwrap().replace('.', "").parse::<i64>().unwrap())
        };
        let count = group.map_or(0, |group| group["count"].as_i64().unwrap());
        assert_eq!(count, i64::try_from(rows.len()).unwrap(), "{arguments:?}");
        for field in ["total", "paid", "debt"] {
            assert_eq!(minor(field), rows.iter().map(|it| it.minor(field)).sum::<i64>(), "{field} {arguments:?}");
        }
    }
}

/// The id alone, for lists whose ways are compared.
struct Only(i64);

impl FromRow for Only {
    fn from_row(columns: &mut Columns) -> Result<Only> {
        let id = columns.take()?;
        while columns.take::<Value>().is_ok() {}
        Ok(Only(id))
    }
}

/// The same list with another idea of what is few: with -1 nothing leads, so that it is walked.
fn list_with(most: i64) -> &'static List {
    let lead = |filter: &'static Filter| match &filter.lead {
        Lead::None => Lead::None,
        Lead::Index { name, .. } => Lead::Index { name, ordered: &[], most },
        Lead::Ids { sql, .. } => Lead::Ids { sql, most },
    };
    let test = |filter: &'static Filter| match &filter.test {
        Test::OneOf(column) => Test::OneOf(column),
        Test::Where(sql) => Test::Where(sql),
        Test::Choice(choices) => {
            let same = |choice: &'static Choice| Choice { name: choice.name, sql: choice.sql, leads: choice.leads };
            Test::Choice(Vec::leak(choices.iter().map(same).collect()))
        }
    };
    let filters =
        LIST.filters.iter().map(|filter| Filter { name: filter.name, test: test(filter), lead: lead(filter) });
    let sorts = LIST.sorts.iter().map(|sort| Sort {
        through: sort.through.as_ref().map(|it| Through {
            table: it.table,
            index: it.index,
            columns: it.columns,
            on: it.on,
        }),
        ..*sort
    });
    let totals = LIST.totals.as_ref().map(|it| Totals { splits: it.splits, ..*it });
    let (filters, sorts) = (Vec::leak(filters.collect()), Vec::leak(sorts.collect()));
    Box::leak(Box::new(List { filters, sorts, totals, ..LIST }))
}

#[test]
fn walking_and_leading_find_the_same_rows_in_the_same_order() {
    let (desk, _) = shop();
    let (walked, led) = (list_with(-1), list_with(i64::MAX - 1));
    let text = |value: &str| Value::Text(value.to_owned());
    let given: Vec<(&'static str, Vec<Value>)> = vec![
        ("text", vec![text("\"petros\""), Value::Int(5)]),
        ("text", vec![text("\"374\""), Value::Int(-1)]),
        ("short_text", vec![text("z"), text("z\u{10FFFF}"), Value::Int(9)]),
        ("status", vec![text("confirmed"), text("ready")]),
        ("period", vec![text("2026-01-15"), text("2026-02-10")]),
        ("due", vec![text("2026-02-01"), text("2026-03-02T99")]),
        ("counterparty", vec![Value::Int(3), Value::Int(4)]),
        ("responsible", vec![Value::Int(2)]),
        ("payment", vec![text("owing")]),
        ("payment", vec![text("unpaid")]),
        ("payment", vec![text("part-paid")]),
        ("payment", vec![text("overpaid")]),
        ("late", vec![text("2026-03-02"), text("2026-03-02T10:00")]),
    ];
    let mut found = 0;
    for (name, values) in given {
        for sort in SORTS.iter().flat_map(|sort| [(*sort).to_owned(), format!("-{sort}")]) {
            let ask = |list: &'static List| -> Ask {
                list.ask().filter(name, values.clone()).unwrap().sort(&sort).unwrap().limit(Some(500)).unwrap()
            };
            let rows = |list| -> Vec<(i64, String)> {
                let page = ask(list).page::<Only>(desk.store.db()).unwrap();
                page.into_iter().map(|listed| (listed.row.0, listed.after)).collect()
            };
            assert_eq!(rows(walked), rows(led), "{name} by {sort}");
            found += rows(led).len();
        }
        let sums =
            |list: &'static List| list.ask().filter(name, values.clone()).unwrap().totals(desk.store.db(), "AMD");
        assert_eq!(sums(walked).unwrap(), sums(led).unwrap(), "{name}");
    }
    assert!(found > 1_000, "{found}");
}

#[test]
fn who_sees_only_own_orders_finds_and_sums_no_others() {
    let (desk, known) = shop();
    let seller = Call::of_user(2);
    let rows = |call: &Call, query: &str, arguments: Json| desk.store.query_json(call, query, arguments).unwrap();
    let sees_all = rows(&seller, "orders", json!({"limit": 500})).len() == known.len();
    let own = known.iter().filter(|it| it.int("responsible") == 2).count();
    assert!(!sees_all, "the role of a seller sees everything; this test needs one that does not");
    assert_eq!(rows(&seller, "orders", json!({"limit": 500})).len(), own);
    assert_eq!(rows(&seller, "orders", json!({"responsible": [1, 3]})).len(), 0);
    assert_eq!(rows(&seller, "orders", json!({"responsible": [1, 2], "limit": 500})).len(), own);
    let counted: i64 = rows(&seller, "orders-totals", json!({})).iter().map(|it| it["count"].as_i64().unwrap()).sum();
    assert_eq!(counted.cmp(&i64::try_from(own).unwrap()), Ordering::Equal);
    assert!(rows(&seller, "orders-totals", json!({"responsible": [1]})).is_empty());
    let all: Vec<i64> = known.iter().map(|it| it.int("id")).collect();
    assert_eq!(rows(&seller, "orders", json!({"ids": all})).len(), own);
    let view = desk.store.view(&seller).unwrap();
    let places = |query: OrdersQuery| query.positions(&view, &Watch::default()).unwrap().unwrap();
    assert_eq!(places(OrdersQuery::default()).len(), own);
    let others = OrdersQuery { responsible: Some(vec!["1".to_owned()]), ..OrdersQuery::default() };
    assert!(places(others).is_empty());
}

#[test]
fn places_are_asked_for_by_the_name_of_a_list() {
    let (desk, _) = shop();
    let handle = Handle::inline(desk.store, Hooks::default());
    let asked = |name: &str| handle.positions(Lane::Background, &desk.owner, name, json!({})).wait();
    assert_eq!(asked("orders").unwrap().len(), 200);
    assert_eq!(asked("statuses").unwrap_err().key(), "error.no_list");
}

#[test]
fn what_a_list_does_not_know_is_refused_at_its_place() {
    let desk = Desk::new();
    let refused = |arguments: Json| {
        let error = desk.store.query_json(&desk.owner, "orders", arguments).unwrap_err();
        (error.key(), error.field().unwrap_or_default().to_owned())
    };
    let at = |key: &'static str, field: &str| (key, field.to_owned());
    assert_eq!(refused(json!({"sort": "colour"})), at("error.unknown_sort", "sort"));
    assert_eq!(refused(json!({"limit": 0})), at("error.limit_out_of_range", "limit"));
    assert_eq!(refused(json!({"limit": 501})), at("error.limit_out_of_range", "limit"));
    assert_eq!(refused(json!({"after": "5b5d"})), at("error.foreign_key", "after"));
    assert_eq!(refused(json!({"after": 77})), at("error.not_found", "after"));
    assert_eq!(refused(json!({"status": "green"})), at("error.not_in_directory", "status"));
    assert_eq!(refused(json!({"payment": "maybe"})), at("error.order.payment_unknown", "payment"));
    assert_eq!(refused(json!({"counterparty": ["x"]})), at("error.id_unreadable", "counterparty"));
    let many: Vec<i64> = (1..=9).collect();
    assert_eq!(refused(json!({"counterparty": many})), at("error.too_many_values", "counterparty"));
}

#[test]
fn a_key_of_one_order_of_rows_is_refused_in_another() {
    let (desk, _) = shop();
    let page = desk.query("orders", json!({"sort": "total", "limit": 1}));
    let arguments = json!({"sort": "-total", "after": page[0]["after"]});
    assert_eq!(desk.store.query_json(&desk.owner, "orders", arguments).unwrap_err().key(), "error.foreign_key");
}

#[test]
fn sorted_by_status_orders_stand_as_states_follow_each_other_and_as_the_company_lists_its_own() {
    let mut desk = Desk::new();
    for (code, name) in [("sewn", "Sewn"), ("cut", "Cut")] {
        desk.run("save-status", json!({"code": code, "name": name, "state": "in-work"}));
    }
    for status in ["ready", "cut", "draft", "sewn", "in-work", "confirmed"] {
        desk.run("place-order", json!({"status": status, "lines": [{"text": "Coat", "quantity": "1", "price": "10"}]}));
    }
    let rows = desk.query("orders", json!({"sort": "status"}));
    let told = |row: &Json| row["substatus_name"].as_str().or(row["status"].as_str()).unwrap().to_owned();
    let told: Vec<String> = rows.iter().map(told).collect();
    assert_eq!(told, ["draft", "confirmed", "in-work", "Sewn", "Cut", "ready"]);
}
