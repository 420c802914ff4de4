//! The made-up company: the same every time, sound in every sum, believable, and marked on every paper.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::support::Shop;
use patver::base::barcode;
use patver::base::date::{Date, Instant};
use patver::base::locale::Lang;
use patver::demo::{self, PASSWORD, Wish};
use patver::domain::secret::Secret;
use patver::domain::{BUSINESS, check as business, sign_in};
use patver::engine::check as file;
use patver::engine::clock::SetClock;
use patver::engine::logical::logical_hash;
use patver::engine::store::{Call, Store};
use patver::engine::ticket::Watch;
use patver::forms::{self, Request};
use patver::print::{Item, Page, Paper};
use patver::reports::{self, paper};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

const TODAY: &str = "2026-11-24";
/// 2026-11-24T10:30 in Yerevan.
const NOW: i64 = 1_795_501_800_000;

fn wish(seed: u64, language: Lang) -> Wish {
    Wish { seed, language, ..Wish::up_to(Date::parse(TODAY).unwrap()) }
}

/// A made company in a folder of its own.
struct Made {
    store: Store,
    _dir: TempDir,
}

impl Made {
    fn new(wish: &Wish) -> Made {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("demo.patver");
        demo::make(&path, wish, &Watch::default()).unwrap();
        Made { store: open(&path), _dir: dir }
    }

    fn query(&self, name: &str, arguments: Json) -> Vec<Json> {
        self.store.query_json(&Call::of_user(1), name, arguments).unwrap()
    }

    fn hash(&self) -> Vec<u8> {
        logical_hash(self.store.db(), &BUSINESS).unwrap()
    }

    /// How many rows have each value of a field.
    fn counted(&self, query: &str, field: &str) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for row in self.query(query, json!({"limit": 500})) {
            let value = row[field].as_str().map_or_else(|| row[field].to_string(), str::to_owned);
            *counts.entry(value).or_insert(0) += 1;
        }
        counts
    }
}

/// One of three hundred orders, for tests that only look.
fn usual() -> MutexGuard<'static, Made> {
    static MADE: OnceLock<Mutex<Made>> = OnceLock::new();
    let made = MADE.get_or_init(|| Mutex::new(Made::new(&wish(1, Lang::HY))));
    made.lock().unwrap_or_else(PoisonError::into_inner)
}

fn sound(made: &Made) {
    let mut found = file::findings(made.store.db(), &BUSINESS, &Watch::default()).unwrap();
    found.extend(business::differences(made.store.db(), &Watch::default()).unwrap());
    let told: Vec<String> = found.iter().map(|error| error.message(Lang::EN)).collect();
    assert_eq!(told, Vec::<String>::new());
}

fn open(path: &Path) -> Store {
    Store::open(path, &BUSINESS, Arc::new(SetClock::at(Instant::from_millis(NOW)))).unwrap()
}

#[test]
fn the_same_seed_and_day_give_the_same_content_and_another_seed_another() {
    let few = |seed| Wish { orders: 30, ..wish(seed, Lang::HY) };
    let (first, again, other) = (Made::new(&few(1)), Made::new(&few(1)), Made::new(&few(2)));
    assert_eq!(first.hash(), again.hash());
    assert_ne!(first.hash(), other.hash());
}

#[test]
fn everything_kept_or_chained_in_it_is_sound_in_every_language() {
    sound(&usual());
    for (seed, language) in [(5, Lang::RU), (9, Lang::EN)] {
        let made = Made::new(&Wish { orders: 60, ..wish(seed, language) });
        sound(&made);
        assert_eq!(made.query("company", json!({}))[0]["language"], language.code());
    }
}

#[test]
fn it_has_orders_in_every_state_payments_of_every_kind_debts_returns_and_balances() {
    let made = usual();
    let orders = made.query("orders", json!({"limit": 500}));
    let placed = orders.iter().filter(|row| row["kind"] == "order").count();
    assert_eq!(placed, 300);
    assert!(orders.iter().any(|row| row["kind"] == "return"));
    let states = made.counted("orders", "status");
    for state in ["draft", "confirmed", "in-work", "ready", "closed", "cancelled"] {
        assert!(states.contains_key(state), "{state}: {states:?}");
    }
    let paid = made.counted("orders", "payment");
    for state in ["unpaid", "part-paid", "paid"] {
        assert!(paid.get(state).is_some_and(|count| *count >= 5), "{state}: {paid:?}");
    }
    assert!(made.query("orders", json!({"late": true})).len() >= 3);
    let days: BTreeSet<String> = orders.iter().map(|row| row["date"].as_str().unwrap()[..7].to_owned()).collect();
    assert!(days.len() >= 12 && orders[0]["date"] == TODAY, "{days:?}");
    let kinds = made.counted("payments", "kind");
    assert!(["payment", "refund", "reversal"].iter().all(|kind| kinds.contains_key(*kind)), "{kinds:?}");
    let invoices = made.counted("invoices", "voided");
    assert!(invoices["true"] >= 1 && invoices["false"] >= 20, "{invoices:?}");
    assert!(made.query("opening-balances", json!({})).len() >= 5);
    assert!(made.query("statuses", json!({})).len() >= 10);
    assert!(made.query("counterparties", json!({})).len() >= 40);
    let users = made.query("users", json!({}));
    let roles: BTreeSet<&str> = users.iter().map(|user| user["role"].as_str().unwrap()).collect();
    assert!(roles.is_superset(&BTreeSet::from(["owner", "sales", "cashier", "warehouse", "bookkeeper"])), "{roles:?}");
}

#[test]
fn its_goods_have_valid_barcodes_pictures_and_names_in_the_other_languages() {
    let made = usual();
    let items = made.query("items", json!({"limit": 500}));
    assert!(items.len() >= 60, "{}", items.len());
    let mut pictures = BTreeSet::new();
    for row in items {
        let card = made.query("item", json!({"id": row["id"]})).remove(0);
        for code in card["barcodes"].as_array().unwrap() {
            let code = code.as_str().unwrap();
            assert_eq!(code.len(), 13, "{code}");
            assert_eq!(barcode::read(code).unwrap(), code);
        }
        assert!(card["kind"] != "goods" || !card["barcodes"].as_array().unwrap().is_empty(), "{card}");
        assert!(card["description"].as_str().unwrap().contains(" · "), "{card}");
        assert!(pictures.insert(card["picture"].as_str().unwrap().to_owned()), "{card}");
    }
}

#[test]
fn its_records_hold_fields_of_its_own_in_its_language() {
    let made = usual();
    let said = |query: &str, field: &str| -> BTreeSet<String> {
        let rows = made.query(query, json!({"limit": 500}));
        rows.iter().filter_map(|row| row["fields"][field].as_str().map(str::to_owned)).collect()
    };
    let armenian = |text: &String| text.chars().any(|letter| ('\u{531}'..='\u{587}').contains(&letter));
    assert!(said("orders", "installation").len() > 30 && said("orders", "installation").iter().all(armenian));
    assert_eq!(said("orders", "window").len(), 3);
    assert_eq!(said("counterparties", "courier").len(), 3);
    assert!(said("items", "shelf").len() > 20);
    let by_shelf = made.query("items", json!({"sort": "fields.shelf", "limit": 3}));
    let shelves: Vec<&str> = by_shelf.iter().map(|row| row["fields"]["shelf"].as_str().unwrap()).collect();
    assert_eq!(shelves, ["A-02", "A-03", "A-04"]);
}

#[test]
fn everybody_signs_in_by_the_password_that_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("demo.patver");
    let made = demo::make(&path, &Wish { orders: 1, ..wish(1, Lang::EN) }, &Watch::default()).unwrap();
    assert!(made.people.len() >= 7);
    let mut store = open(&path);
    for person in &made.people {
        let signed = sign_in::sign_in(&mut store, person.login, &Secret::new(PASSWORD)).unwrap();
        assert_eq!((signed.name.as_str(), signed.must_change), (person.name, false));
    }
}

#[test]
fn every_paper_of_it_says_across_that_it_is_made_up() {
    let made = usual();
    let call = Call::of_user(1);
    let view = made.store.view(&call).unwrap();
    assert_eq!(made.query("company", json!({}))[0]["demo"], true);
    let invoice = made.query("invoices", json!({}))[0]["id"].clone();
    let payment = made.query("payments", json!({}))[0]["id"].clone();
    let order = made.query("orders", json!({}))[0]["id"].clone();
    let across = |form: &str, keys: Json| {
        let request = Request { form: form.to_owned(), keys, language: Some(Lang::HY), copy: false };
        marks(&forms::fill(&view, &request).unwrap().paper)
    };
    let demo = BTreeSet::from(["Ցուցադրական".to_owned()]);
    assert_eq!(across("receipt", json!({"payment": payment})), demo);
    assert_eq!(across("order", json!({"id": order})), demo);
    let voided = made.query("invoices", json!({"limit": 500})).into_iter().find(|row| row["voided"] == true);
    assert_eq!(across("invoice", json!({"id": invoice})), demo);
    if let Some(voided) = voided {
        let both = BTreeSet::from(["Չեղյալ է · Ցուցադրական".to_owned()]);
        assert_eq!(across("invoice", json!({"id": voided["id"]})), both);
    }
    let sheet = reports::find("sales").unwrap().make(&view, json!({})).unwrap();
    let printed = paper::printed(&view, &sheet, Lang::RU).unwrap();
    assert_eq!(marks(&printed.paper), BTreeSet::from(["Демо".to_owned()]));
}

/// What stands across the pages.
pub fn marks(paper: &Paper) -> BTreeSet<String> {
    let mark = |page: &Page| match page.items.first() {
        Some(Item::Mark(mark)) => mark.text.text.clone(),
        _ => String::new(),
    };
    paper.pages.iter().map(mark).collect()
}

#[test]
fn a_company_called_off_while_it_is_made_leaves_nothing_and_tells_how_far_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path: PathBuf = dir.path().join("demo.patver");
    let watch = Watch::default();
    watch.cancel();
    let refused = demo::make(&path, &wish(1, Lang::HY), &watch).err().unwrap();
    assert_eq!(refused.key(), "error.cancelled");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    let wish = Wish { orders: 12, ..wish(1, Lang::HY) };
    let watch = Watch::default();
    assert_eq!(demo::make(&path, &wish, &watch).unwrap().people[0].login, "ani");
    assert_eq!(watch.progress(), (12, 12));
    let again = demo::make(&path, &wish, &Watch::default()).err().unwrap();
    assert_eq!(again.key(), "error.file.exists");
}

#[test]
fn the_command_line_makes_it_and_prints_who_can_sign_in() {
    let shop = Shop::without_company();
    let file = shop.file.to_str().unwrap();
    let made = shop.patver(&["demo", file, "--orders", "20", "--seed", "3", "--today", TODAY]).done();
    let told = made.objects().remove(0);
    let boss = &told["users"][0];
    assert_eq!((&boss["login"], &boss["role"]), (&json!("ani"), &json!("owner")));
    let shop = Shop { user: "ani".to_owned(), password: boss["password"].as_str().unwrap().to_owned(), ..shop };
    assert_eq!(shop.query("orders", json!({"limit": 500})).iter().filter(|row| row["kind"] == "order").count(), 20);
    shop.call(&["check"]).done();
    let direct = Made::new(&Wish { orders: 20, seed: 3, ..wish(3, Lang::HY) });
    assert_eq!(logical_hash(shop.store().db(), &BUSINESS).unwrap(), direct.hash());
}

#[test]
fn nothing_happens_after_the_moment_it_is_made_and_the_journal_never_goes_back() {
    let zone = patver::base::date::Zone::parse(demo::ZONE).unwrap();
    let at_dawn = zone.at(Date::parse(TODAY).unwrap(), 7 * 3600 + 42 * 60);
    let made = Made::new(&Wish { orders: 40, made_at: Some(at_dawn), ..wish(1, Lang::HY) });
    let written = made.query("journal", json!({"limit": 500}));
    let moments: Vec<String> = written.iter().map(|row| row["at"].as_str().unwrap().to_owned()).collect();
    assert!(moments.windows(2).all(|pair| pair[0] >= pair[1]), "newest first: {moments:?}");
    assert!(moments[0].starts_with("2026-11-24T07:4"), "{}", moments[0]);
    assert!(moments.iter().any(|at| at.starts_with("2026-11-24T06")), "the last day has its orders");
    let late = zone.at(Date::parse(TODAY).unwrap(), 18 * 3600);
    let later = Made::new(&Wish { orders: 40, made_at: Some(late), ..wish(1, Lang::HY) });
    assert_eq!(later.hash(), Made::new(&Wish { orders: 40, ..wish(1, Lang::HY) }).hash());
}
