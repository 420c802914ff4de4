//! What becomes of tenders: change, cash rounding, advance, part payment, refund, and who shares a sum.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use patver::base::currency::Currency;
use patver::base::error::Result;
use patver::base::money::Money;
use patver::domain::payment::settle::{Settlement, Tender, allocate, as_coins_make, settle};
use patver::domain::payment_method::MethodKind;

use MethodKind::{Card, Cash, Transfer};

/// One dram, the smallest coin.
const DRAM: i64 = 100;

fn dram(text: &str) -> Money {
    Money::parse(text, Currency::AMD).unwrap()
}

fn settled(due: &str, tenders: &[(MethodKind, &str)], step: i64, keep_excess: bool) -> Result<Settlement> {
    let tenders: Vec<Tender> =
        tenders.iter().map(|(kind, amount)| Tender { kind: *kind, amount: dram(amount) }).collect();
    settle(dram(due), &tenders, step, keep_excess)
}

/// Applied, rounding, change, advance.
fn figures(settlement: Result<Settlement>) -> [String; 4] {
    let Settlement { applied, rounding, change, advance } = settlement.unwrap();
    [applied, rounding, change, advance].map(|part| part.to_string())
}

fn refusal(settlement: Result<Settlement>) -> &'static str {
    settlement.unwrap_err().key()
}

#[test]
fn the_exact_sum_pays_all_by_every_method() {
    for kind in [Cash, Card, Transfer] {
        assert_eq!(
            figures(settled("11930.00", &[(kind, "11930.00")], DRAM, false)),
            ["11930.00", "0.00", "0.00", "0.00"]
        );
        assert_eq!(figures(settled("0.37", &[(kind, "0.37")], 1, false)), ["0.37", "0.00", "0.00", "0.00"]);
    }
}

#[test]
fn change_is_given_out_of_cash_only() {
    let mixed = [(Card, "5000.00"), (Cash, "10000.00")];
    assert_eq!(figures(settled("11930.00", &mixed, DRAM, false)), ["11930.00", "0.00", "3070.00", "0.00"]);
    let only_change = [(Transfer, "11930.00"), (Cash, "500.00")];
    assert_eq!(figures(settled("11930.00", &only_change, DRAM, false)), ["11930.00", "0.00", "500.00", "0.00"]);
    let card = settled("11930.00", &[(Card, "12000.00")], DRAM, false).unwrap_err();
    assert_eq!(card.key(), "error.payment.over_due");
    assert_eq!(card.to_string(), "Only AMD\u{a0}11,930 is due, and change is given out of cash only");
    let both = [(Cash, "1000.00"), (Card, "11930.01")];
    assert_eq!(refusal(settled("11930.00", &both, DRAM, false)), "error.payment.over_due");
}

#[test]
fn cash_is_rounded_half_up_to_the_step_when_it_pays_the_rest() {
    for (due, cash, step, expected) in [
        ("11930.40", "11930.00", DRAM, ["11930.40", "0.40", "0.00", "0.00"]),
        ("11930.50", "11931.00", DRAM, ["11930.50", "-0.50", "0.00", "0.00"]),
        ("11930.60", "12000.00", DRAM, ["11930.60", "-0.40", "69.00", "0.00"]),
        ("11934.00", "11930.00", 10 * DRAM, ["11934.00", "4.00", "0.00", "0.00"]),
        ("11935.00", "20000.00", 10 * DRAM, ["11935.00", "-5.00", "8060.00", "0.00"]),
        ("11934.99", "12000.00", 10 * DRAM, ["11934.99", "4.99", "70.00", "0.00"]),
        ("0.30", "1.00", DRAM, ["0.30", "0.30", "1.00", "0.00"]),
        ("11930.37", "12000.00", 1, ["11930.37", "0.00", "69.63", "0.00"]),
    ] {
        assert_eq!(figures(settled(due, &[(Cash, cash)], step, false)), expected, "{due} {cash}");
    }
}

#[test]
fn cash_is_rounded_on_what_other_tenders_leave() {
    let tenders = [(Card, "1930.30"), (Cash, "10000.00")];
    assert_eq!(figures(settled("11930.40", &tenders, DRAM, false)), ["11930.40", "0.10", "0.00", "0.00"]);
    assert_eq!(
        figures(settled("11930.40", &[(Card, "11930.40")], DRAM, false)),
        ["11930.40", "0.00", "0.00", "0.00"],
        "no rounding without cash"
    );
}

#[test]
fn cash_that_no_coins_add_up_to_is_refused_at_its_tender() {
    for (due, cash, keep_excess) in
        [("10.50", "10.70", false), ("11930.40", "11929.99", false), ("5.00", "0.01", false), ("5.00", "9.50", true)]
    {
        let refused = settled(due, &[(Card, "1.00"), (Cash, cash)], DRAM, keep_excess).unwrap_err();
        assert_eq!((refused.key(), refused.field()), ("error.payment.no_such_coins", Some("tenders[1].amount")));
    }
}

#[test]
fn exactly_what_is_left_is_handed_over_in_the_coins_that_are_in_use_both_ways() {
    let made = |due: &str, tenders: &[(MethodKind, &str)]| {
        let tenders: Vec<Tender> =
            tenders.iter().map(|(kind, amount)| Tender { kind: *kind, amount: dram(amount) }).collect();
        let made = as_coins_make(dram(due), &tenders, DRAM).unwrap();
        made.iter().map(|tender| tender.amount.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(made("10.40", &[(Cash, "10.40")]), ["10.00"]);
    assert_eq!(made("10.50", &[(Card, "1.00"), (Cash, "9.50")]), ["1.00", "10.00"]);
    assert_eq!(made("-10.40", &[(Cash, "-10.40")]), ["-10.00"]);
    assert_eq!(made("-10.50", &[(Cash, "-10.50")]), ["-11.00"]);
    assert_eq!(made("10.40", &[(Cash, "10.70")]), ["10.70"], "what is not exactly the rest is left for its refusal");
    assert_eq!(made("0.40", &[(Cash, "0.40")]), ["0.40"], "no coin is so small");
}

#[test]
fn a_part_is_applied_as_it_is() {
    let tenders = [(Cash, "1000.00"), (Card, "0.50")];
    assert_eq!(figures(settled("11930.40", &tenders, DRAM, false)), ["1000.50", "0.00", "0.00", "0.00"]);
    assert_eq!(figures(settled("11930.40", &[(Cash, "11929.00")], DRAM, true)), ["11929.00", "0.00", "0.00", "0.00"]);
}

#[test]
fn payment_larger_than_the_debt_leaves_an_advance_when_it_is_to_be_kept() {
    assert_eq!(figures(settled("100.40", &[(Card, "150.00")], DRAM, true)), ["100.40", "0.00", "0.00", "49.60"]);
    assert_eq!(figures(settled("100.40", &[(Cash, "150.00")], DRAM, true)), ["100.40", "0.00", "0.00", "49.60"]);
    let mixed = [(Cash, "150.00"), (Card, "200.00")];
    assert_eq!(figures(settled("100.40", &mixed, DRAM, true)), ["100.40", "0.00", "0.00", "249.60"]);
    assert_eq!(figures(settled("0.00", &[(Cash, "150.00")], DRAM, true)), ["0.00", "0.00", "0.00", "150.00"]);
    assert_eq!(
        figures(settled("100.60", &[(Cash, "101.00")], DRAM, true)),
        ["100.60", "-0.40", "0.00", "0.00"],
        "the coins asked for are no advance"
    );
}

#[test]
fn money_is_given_back_up_to_what_is_owed_and_rounded_the_same_way() {
    assert_eq!(figures(settled("-500.00", &[(Card, "-500.00")], DRAM, false)), ["-500.00", "0.00", "0.00", "0.00"]);
    assert_eq!(figures(settled("-500.00", &[(Cash, "-200.00")], DRAM, false)), ["-200.00", "0.00", "0.00", "0.00"]);
    assert_eq!(figures(settled("-500.50", &[(Cash, "-501.00")], DRAM, false)), ["-500.50", "0.50", "0.00", "0.00"]);
    for too_much in [(Card, "-500.01"), (Cash, "-501.00"), (Transfer, "-1000.00")] {
        for keep_excess in [false, true] {
            let refused = settled("-500.00", &[too_much], DRAM, keep_excess);
            assert_eq!(refusal(refused), "error.payment.refund_over_due", "{too_much:?}");
        }
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    assert_eq!(refusal(settled("100.00", &[], DRAM, false)), "error.payment.nothing_to_settle");
    assert_eq!(refusal(settled("0.00", &[(Cash, "1.00")], DRAM, false)), "error.payment.nothing_to_settle");
    for (due, wrong) in [("100.00", "0.00"), ("100.00", "-1.00"), ("-100.00", "1.00"), ("0.00", "-1.00")] {
        let refused =
            settled(due, &[(Card, if due == "-100.00" { "-1.00" } else { "1.00" }), (Cash, wrong)], DRAM, true);
        let refused = refused.unwrap_err();
        assert_eq!((refused.key(), refused.field()), ("error.payment.tender_sign", Some("tenders[1].amount")));
    }
    let foreign = Tender { kind: Cash, amount: Money::new(100, Currency::USD) };
    assert_eq!(settle(dram("1.00"), &[foreign], DRAM, false).unwrap_err().key(), "error.currency_mismatch");
    assert_eq!(refusal(settled("1.00", &[(Cash, "1.00")], 0, false)), "error.step_not_positive");
}

fn shares(amount: &str, open: &[(u8, &str)]) -> Vec<(u8, String)> {
    let open: Vec<(u8, Money)> = open.iter().map(|(key, due)| (*key, dram(due))).collect();
    allocate(dram(amount), &open).unwrap().into_iter().map(|share| (share.key, share.amount.to_string())).collect()
}

#[test]
fn a_sum_goes_to_the_oldest_first_and_to_the_last_unit() {
    let open = [(1, "100.00"), (2, "0.00"), (3, "-50.00"), (4, "70.01"), (5, "10.00")];
    let part = |key: u8, amount: &str| (key, amount.to_owned());
    assert_eq!(shares("99.99", &open), [part(1, "99.99")]);
    assert_eq!(shares("150.00", &open), [part(1, "100.00"), part(4, "50.00")]);
    assert_eq!(shares("1000.00", &open), [part(1, "100.00"), part(4, "70.01"), part(5, "10.00")]);
    assert_eq!(shares("-60.00", &open), [part(3, "-50.00")]);
    assert_eq!(shares("0.00", &open), []);
    let foreign = allocate(dram("1.00"), &[(1, Money::new(1, Currency::USD))]);
    assert_eq!(foreign.unwrap_err().key(), "error.currency_mismatch");
}

fn kinds() -> impl Strategy<Value = MethodKind> {
    prop_oneof![Just(Cash), Just(Card), Just(Transfer)]
}

proptest! {
    #[test]
    fn nothing_handed_over_is_lost(
        due in 1_i64..1_000_000,
        handed in prop::collection::vec((kinds(), 1_i64..700_000), 1..5),
        step in prop::sample::select(vec![1_i64, 5, 10, 100, 1000]),
        keep_excess: bool,
        back: bool,
    ) {
        let sign = if back { -1 } else { 1 };
        let money = |minor: i64| Money::new(sign * minor, Currency::AMD);
        let tenders: Vec<Tender> =
            handed.iter().map(|(kind, minor)| Tender { kind: *kind, amount: money(*minor) }).collect();
        let received: i64 = handed.iter().map(|(_, minor)| sign * minor).sum();
        if let Ok(settled) = settle(money(due), &tenders, step, keep_excess) {
            let [applied, rounding, change, advance] =
                [settled.applied, settled.rounding, settled.change, settled.advance].map(Money::minor);
            prop_assert_eq!(received - change + rounding, applied + advance);
            prop_assert!(applied * sign > 0 && applied * sign <= due);
            prop_assert!(rounding.abs() * 2 <= step);
            prop_assert!(rounding == 0 || applied * sign == due);
            let cash: i64 = handed.iter().filter(|(kind, _)| *kind == Cash).map(|(_, minor)| minor).sum();
            prop_assert!((0..=cash).contains(&change) && advance >= 0);
            prop_assert!(advance == 0 || (keep_excess && change == 0));
            prop_assert!(!back || (change == 0 && advance == 0));
        } else {
            let other: i64 = handed.iter().filter(|(kind, _)| *kind != Cash).map(|(_, minor)| minor).sum();
            let odd = handed.iter().any(|(kind, minor)| *kind == Cash && minor % step != 0);
            let too_much = (other > due && !keep_excess) || back;
            prop_assert!(odd || too_much, "only odd cash, what is not cash, or what is given back, can be too much");
        }
    }

    #[test]
    fn shares_never_exceed_what_is_open_and_sum_to_what_could_be_shared(
        amount in 0_i64..1_000_000,
        open in prop::collection::vec(0_i64..300_000, 0..8),
    ) {
        let dues: Vec<(usize, Money)> =
            open.iter().enumerate().map(|(key, due)| (key, Money::new(*due, Currency::AMD))).collect();
        let shared = allocate(Money::new(amount, Currency::AMD), &dues).unwrap();
        let sum: i64 = shared.iter().map(|share| share.amount.minor()).sum();
        prop_assert_eq!(sum, amount.min(open.iter().sum()));
        prop_assert!(shared.iter().all(|share| share.amount.minor() > 0 && share.amount.minor() <= open[share.key]));
    }
}
