//! `kill -9` at any moment: what the program acknowledged is there afterwards, and what it did not is done once at most.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod crash;
mod support;

use std::time::Duration;

use crash::book::Book;
use crash::feed::{Feed, order, payment};
use crash::{Chance, scaled};
use serde_json::Value;
use support::Shop;
use uuid::Uuid;

/// More lines than any cycle lives to see.
const LINES: usize = 2_000;

/// What one cycle sent, and what it was answered before the kill.
struct Cycle {
    command: &'static str,
    id: Uuid,
    lines: Vec<Value>,
    answered: Vec<Value>,
}

impl Cycle {
    /// Orders, and in every third cycle payments for the orders of before.
    fn run(shop: &Shop, chance: &mut Chance, number: usize, orders: &[Value]) -> Cycle {
        let pays = number % 3 == 2 && !orders.is_empty();
        let (command, lines) = if pays {
            let some = |_| payment(orders[chance.below(orders.len())]["id"].as_i64().unwrap());
            ("take-payment", (0..LINES).map(some).collect())
        } else {
            ("place-order", (0..LINES).map(|line| order(number * LINES + line)).collect::<Vec<_>>())
        };
        let id = chance.id();
        let feed = Feed::start(shop, command, id, lines.clone());
        // In every fifth cycle the time runs from the start, so that opening and signing in are hit too.
        let first = if number % 5 == 4 { None } else { feed.answer() };
        let mut answered: Vec<_> = first.into_iter().collect();
        answered.extend(feed.answers_within(Duration::from_millis(5 + chance.next() % 116)));
        answered.extend(feed.kill());
        Cycle { command, id, lines, answered }
    }

    /// Sends what was acknowledged once more, and three lines whose outcome nobody knows.
    fn resend(&self, shop: &Shop) -> Vec<Value> {
        let again = self.lines[..(self.answered.len() + 3).min(LINES)].to_vec();
        let (code, answers, errors) = Feed::start(shop, self.command, self.id, again).end();
        assert_eq!((code, errors.as_str()), (0, ""));
        answers
    }
}

#[test]
fn whatever_was_acknowledged_outlives_a_kill_and_nothing_is_done_twice() {
    let (shop, mut chance) = (Shop::new(), Chance::seeded());
    let mut ledger: Vec<Value> = Vec::new();
    let mut orders: Vec<Value> = Vec::new();
    let cycles = scaled(100);
    for number in 0..cycles {
        let before = ledger.len();
        let cycle = Cycle::run(&shop, &mut chance, number, &orders);
        let book = Book::of(&shop.file);
        assert_eq!(book.lost(&ledger) + book.lost(&cycle.answered), 0, "cycle {number}");
        let done = book.orders.len() + book.payments.len() - before;
        let unknown = done - cycle.answered.len();
        assert!(unknown <= 1, "cycle {number}: {done} done, {} acknowledged", cycle.answered.len());

        let answers = cycle.resend(&shop);
        assert_eq!(answers[..cycle.answered.len()], cycle.answered[..], "cycle {number}: another answer under one id");
        let book = Book::of(&shop.file);
        assert_eq!(book.orders.len() + book.payments.len() - before, answers.len(), "cycle {number}: done twice");
        if cycle.command == "place-order" {
            orders.extend(answers.clone());
        }
        ledger.extend(answers);
    }
    let book = Book::of(&shop.file);
    assert_eq!(book.lost(&ledger), 0);
    println!("{cycles} cycles: {} orders and {} payments acknowledged, 0 lost", book.orders.len(), book.payments.len());
}
