//! The company and its directories, through the gate and on a real store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use patver::base::date::Instant;
use patver::base::id::Id;
use patver::domain::BUSINESS;
use patver::domain::company::{self, Company, CreateCompany};
use patver::domain::tax_rate::TaxRate;
use patver::domain::unit::Unit;
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use serde_json::{Value, json};

fn empty() -> Store {
    Store::memory(&BUSINESS, Arc::new(SetClock::at(Instant::parse("2026-11-24T21:30:00Z").unwrap()))).unwrap()
}

fn setting_up(country: &str, language: &str) -> Value {
    json!({"name": "Արև", "country": country, "currency": "AMD", "language": language, "owner": "ani"})
}

fn shop() -> Store {
    let mut store = empty();
    store.run_json(&Call::of_system(), "create-company", setting_up("AM", "hy")).unwrap();
    store
}

fn the_company(store: &Store) -> Company {
    company::current(store.db()).unwrap()
}

#[test]
fn a_new_armenian_company_has_its_zone_currency_taxes_and_names() {
    let store = shop();
    let company = the_company(&store);
    assert_eq!((company.time_zone.as_str(), company.currency.code()), ("Asia/Yerevan", "AMD"));
    let usual: TaxRate = store.db().get(company.default_tax_rate_id.unwrap()).unwrap();
    assert_eq!(
        (usual.code.as_str(), usual.percent.to_string().as_str(), usual.name.as_str()),
        ("vat-20", "20", "ԱԱՀ 20 %")
    );
    assert_eq!(store.db().get::<Unit>(Id::new(1)).unwrap().name, "հատ");
    assert_eq!(store.view(&Call::of_user(1)).unwrap().today().to_string(), "2026-11-25");
}

#[test]
fn a_file_holds_one_company() {
    let mut store = shop();
    let again = store.run_json(&Call::of_system(), "create-company", setting_up("AM", "hy")).unwrap_err();
    assert_eq!(again.key(), "error.company_exists");
}

#[test]
fn only_the_program_itself_sets_up_a_company() {
    let mut store = shop();
    let refused = store.run_json(&Call::of_user(1), "create-company", setting_up("AM", "hy")).unwrap_err();
    assert_eq!(refused.key(), "error.only_setup");
}

#[test]
fn a_country_that_does_not_exist_is_refused_at_its_field() {
    let refused = empty().run_json(&Call::of_system(), "create-company", setting_up("XX", "en")).unwrap_err();
    assert_eq!((refused.key(), refused.field()), ("error.country_unknown", Some("country")));
}

#[test]
fn a_company_elsewhere_takes_the_zone_of_its_country_or_the_one_it_is_given() {
    let mut store = empty();
    let german = CreateCompany {
        name: "Sonne".into(),
        country: "DE".into(),
        currency: "EUR".parse().unwrap(),
        language: "en".parse().unwrap(),
        owner: "anna".into(),
        owner_name: None,
        time_zone: None,
    };
    store.run(&Call::of_system(), &german).unwrap();
    assert_eq!(the_company(&store).time_zone, "Europe/Berlin");
    let mut store = empty();
    store.run(&Call::of_system(), &CreateCompany { time_zone: Some("Asia/Tokyo".parse().unwrap()), ..german }).unwrap();
    assert_eq!(the_company(&store).time_zone, "Asia/Tokyo");
}
