//! Documents on which other programs showed two different sums, and a real shop's 830 orders, with the sums ours gives.
//! An invoice copies its order's amounts, and both carry the rounding place, so they cannot differ by it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use rust_decimal::Decimal;

use patver::base::currency::Currency;
use patver::base::money::{Money, Percent, UnitPrice};
use patver::base::quantity::Quantity;
use patver::domain::order::totals::{Discount, Document, Line, LineTax, Place, Totals, totals};

const NORTHWIND: &str = include_str!("../fixtures/northwind/order_details.csv");

fn line(quantity: &str, price: &str, discount_percent: &str, tax: Option<(i64, &str)>) -> Line {
    Line {
        quantity: quantity.parse().unwrap(),
        price: price.parse().unwrap(),
        discount: Discount::Percent(discount_percent.parse().unwrap()),
        tax: tax.map(|(key, percent)| LineTax { key, percent: percent.parse().unwrap() }),
        corrected: None,
    }
}

fn one_rate(prices: &[&str], percent: &str) -> Vec<Line> {
    prices.iter().map(|price| line("1", price, "0", Some((1, percent)))).collect()
}

fn computed(currency: &str, include_tax: bool, rounding: Place, lines: &[Line]) -> Totals {
    let currency = Currency::parse(currency).unwrap();
    totals(&Document { currency, prices_include_tax: include_tax, rounding, lines: lines.to_vec() }).unwrap()
}

/// Net, tax and gross at both places: line first, then document.
fn at_both(currency: &str, include_tax: bool, lines: &[Line]) -> [String; 2] {
    [Place::Line, Place::Document].map(|place| {
        let sums = computed(currency, include_tax, place, lines);
        format!("{} + {} = {}", sums.net, sums.tax, sums.gross)
    })
}

/// Odoo issue 37896 (pull request 28788): 16 pieces at 348.35 less 4 %, 22 % tax gave 6527.81 by one setting and
/// 6527.80 by the other, and the setting belonged to the company: an old document changed with it. Both are lawful
/// (tax on the rounded or on the exact amount); here the place stands in the document.
#[test]
fn one_line_with_a_discount_keeps_its_sum_as_the_place_stands_in_the_document() {
    let lines = [line("16", "348.35", "4", Some((1, "22")))];
    assert_eq!(at_both("EUR", false, &lines), ["5350.66 + 1177.15 = 6527.81", "5350.66 + 1177.14 = 6527.80"]);
}

/// Odoo issue 23125: with two negative lines the tax was 71.06 where the web shop had 71.05.
#[test]
fn negative_lines_are_summed_before_rounding_where_the_document_rounds() {
    let lines = one_rate(&["598.89", "329.84", "-59.89", "-32.98"], "8.5");
    assert_eq!(at_both("EUR", false, &lines), ["835.86 + 71.06 = 906.92", "835.86 + 71.05 = 906.91"]);
}

/// Odoo pull request 154861: order 169.89, its invoice 169.90, as the remainder of one line was moved to a negative
/// line that had none. 10 % of 154.45 is 15.445, half up 15.45 at both places.
#[test]
fn a_remainder_never_lands_on_a_line_that_has_none() {
    let lines = one_rate(&["54.45", "600", "-500"], "10");
    assert_eq!(at_both("EUR", false, &lines), ["154.45 + 15.45 = 169.90", "154.45 + 15.45 = 169.90"]);
    let taxes: Vec<String> =
        computed("EUR", false, Place::Document, &lines).lines.iter().map(|line| line.tax.to_string()).collect();
    assert_eq!(taxes, ["5.45", "60.00", "-50.00"]);
}

/// Odoo issue 102838: two rates of 21 % that differ only in name; the order taxed them together (63.00), the invoice
/// apart (63.01). Its prices stand in a picture; these two give the same pair. Rates are apart here, always.
#[test]
fn two_rates_of_one_percent_stay_two_rates() {
    let lines = [line("1", "150.02381", "0", Some((1, "21"))), line("1", "149.9762", "0", Some((2, "21")))];
    assert_eq!(at_both("EUR", false, &lines), ["300.00 + 63.00 = 363.00", "300.00 + 63.01 = 363.01"]);
    let together = one_rate(&["150.02381", "149.9762"], "21");
    assert_eq!(at_both("EUR", false, &together)[1], "300.00 + 63.00 = 363.00");
}

/// Odoo pull requests 104742 and 117616: the same fault with published prices, order 16.59, invoice 16.60.
#[test]
fn two_rates_of_one_percent_are_rounded_each() {
    let lines = [line("1", "50.4", "0", Some((1, "17"))), line("1", "47.208", "0", Some((2, "17")))];
    assert_eq!(at_both("EUR", false, &lines), ["97.61 + 16.60 = 114.21", "97.61 + 16.60 = 114.21"]);
}

/// Odoo pull request 100478: 12,345 yen and 10 % showed a tax of 1,234 and a total of 13,580.
#[test]
fn the_total_is_the_sum_of_the_parts_shown_in_a_currency_without_decimals() {
    let lines = one_rate(&["12345"], "10");
    assert_eq!(at_both("JPY", false, &lines), ["12345 + 1235 = 13580", "12345 + 1235 = 13580"]);
}

/// Odoo issue 191983: twice 13,582 yen with 10 % inside; 24,694 + 2,470 was shown, 24,695 + 2,469 is right.
#[test]
fn tax_inside_prices_is_taken_from_the_sum_where_the_document_rounds() {
    let lines = one_rate(&["13582", "13582"], "10");
    assert_eq!(at_both("JPY", true, &lines), ["24694 + 2470 = 27164", "24695 + 2469 = 27164"]);
}

/// Odoo issue 265433: two lines of 100.5 yen were shown as 101 each under a sum of 201.
#[test]
fn shown_lines_sum_to_the_shown_total() {
    let lines = one_rate(&["100.5", "100.5"], "0");
    assert_eq!(at_both("JPY", false, &lines), ["202 + 0 = 202", "201 + 0 = 201"]);
    let shown: Vec<i64> =
        computed("JPY", false, Place::Document, &lines).lines.iter().map(|line| line.net.minor()).collect();
    assert_eq!(shown, [101, 100]);
}

/// Odoo pull request 45700: 11.90 and 2.80 with 21 % inside, tax 2.56 or 2.55; the total must not move.
#[test]
fn tax_inside_prices_never_changes_the_total() {
    let lines = one_rate(&["11.90", "2.80"], "21");
    assert_eq!(at_both("EUR", true, &lines), ["12.14 + 2.56 = 14.70", "12.15 + 2.55 = 14.70"]);
}

/// Odoo issue 13687 (pull request 13746): six lines at 7 %, tax 477.48 on the order and 477.50 on the invoice.
#[test]
fn a_long_order_has_one_tax_by_its_place() {
    let goods = [("880", "5.79"), ("120", "4.36"), ("28", "2.88"), ("68", "11.09"), ("35", "5.20"), ("35", "5.32")];
    let lines = goods.map(|(quantity, price)| line(quantity, price, "0", Some((1, "7"))));
    assert_eq!(at_both("USD", false, &lines), ["6821.36 + 477.48 = 7298.84", "6821.36 + 477.50 = 7298.86"]);
}

fn northwind_orders() -> Vec<(String, Vec<Line>)> {
    let mut orders: Vec<(String, Vec<Line>)> = Vec::new();
    for row in NORTHWIND.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let part: Decimal = cells[4].parse().unwrap();
        let percent = Percent::from_decimal(part * Decimal::ONE_HUNDRED).unwrap().to_string();
        let sold = line(cells[3], cells[2], &percent, None);
        match orders.last_mut() {
            Some((order, lines)) if order == cells[0] => lines.push(sold),
            _ => orders.push((cells[0].to_owned(), vec![sold])),
        }
    }
    orders
}

fn northwind_sum(rounding: Place) -> String {
    let orders = northwind_orders();
    let sums = orders.iter().map(|(_, lines)| computed("USD", false, rounding, lines).gross);
    Money::sum(Currency::USD, sums).unwrap().to_string()
}

#[test]
fn the_orders_of_northwind_sum_to_the_known_figures() {
    let orders = northwind_orders();
    assert_eq!((orders.len(), orders.iter().map(|(_, lines)| lines.len()).sum::<usize>()), (830, 2_155));
    let exact: Decimal = orders.iter().flat_map(|(_, lines)| lines).map(exact_amount).sum();
    assert_eq!(exact.normalize().to_string(), "1265793.0395");
    assert_eq!(northwind_sum(Place::Line), "1265793.29");
    assert_eq!(northwind_sum(Place::Document), "1265793.22");
}

fn exact_amount(line: &Line) -> Decimal {
    let Discount::Percent(percent) = line.discount else { unreachable!() };
    let kept = Decimal::ONE - percent.to_decimal() / Decimal::ONE_HUNDRED;
    line.quantity.to_decimal() * line.price.to_decimal() * kept
}

fn many_lines(count: i64) -> Vec<Line> {
    let rates = ["20", "10", "0", "8.5"];
    (0..count)
        .map(|at| {
            let key = at % 4;
            let rate = rates[usize::try_from(key).unwrap()];
            let mut line = line("1", "1", "3.3333", Some((key, rate)));
            line.quantity = Quantity::from_micros(1 + at * 37_811);
            line.price = UnitPrice::from_micros(1 + at * 91_193);
            line
        })
        .collect()
}

#[test]
fn an_order_of_5000_lines_sums_to_its_total() {
    let lines = many_lines(5_000);
    for place in [Place::Line, Place::Document] {
        let sums = computed("AMD", true, place, &lines);
        assert_eq!(Money::sum(Currency::AMD, sums.lines.iter().map(|line| line.gross)).unwrap(), sums.gross);
    }
}

fn refusal(change: impl FnOnce(&mut Document)) -> (String, String) {
    let lines = one_rate(&["10", "20"], "20");
    let mut document =
        Document { currency: Currency::USD, prices_include_tax: false, rounding: Place::Document, lines };
    change(&mut document);
    let refusal = totals(&document).unwrap_err();
    (refusal.key().to_owned(), refusal.field().unwrap_or_default().to_owned())
}

fn refused(key: &str, field: &str) -> (String, String) {
    (key.to_owned(), field.to_owned())
}

#[test]
fn a_line_that_cannot_be_computed_is_named() {
    let huge = |document: &mut Document| {
        document.lines[1].quantity = Quantity::from_micros(i64::MAX);
        document.lines[1].price = UnitPrice::from_micros(i64::MAX);
    };
    assert_eq!(refusal(huge), refused("error.line_too_large", "lines[1]"));
    let large_tax = |document: &mut Document| {
        document.lines[1].quantity = Quantity::from_micros(i64::MAX / 10);
        document.lines[1].price = UnitPrice::from_micros(900_000_000);
        document.lines[1].tax = Some(LineTax { key: 1, percent: Percent::from_ppm(i64::MAX) });
        document.lines[0].tax = document.lines[1].tax;
    };
    assert_eq!(refusal(large_tax), refused("error.line_too_large", "lines[1]"));
    for place in [Place::Line, Place::Document] {
        let just_too_large = |document: &mut Document| {
            document.rounding = place;
            document.lines[1].quantity = Quantity::from_micros(i64::MAX);
            document.lines[1].price = UnitPrice::from_micros(10_000_000_000);
        };
        assert_eq!(refusal(just_too_large), refused("error.line_too_large", "lines[1]"));
    }
}

#[test]
fn sums_beyond_the_largest_amount_are_refused_and_the_largest_amount_is_not() {
    let most = Money::new(i64::MAX, Currency::USD);
    let set = |document: &mut Document| {
        document.lines[0].corrected = Some(most);
        document.lines[0].tax = None;
        document.lines[1].tax = None;
    };
    assert_eq!(refusal(set).0, "error.number_too_large");
    let mut alone = line("1", "1", "0", None);
    alone.corrected = Some(most);
    assert_eq!(computed("USD", false, Place::Document, &[alone]).gross, most);
}

#[test]
fn discounts_and_taxes_that_make_no_sense_are_refused_at_their_field() {
    let dollars = |text: &str| Discount::Amount(Money::parse(text, Currency::USD).unwrap());
    let set = |discount: Discount| move |document: &mut Document| document.lines[1].discount = discount;
    let at = "lines[1].discount_amount";
    assert_eq!(refusal(set(dollars("-0.01"))), refused("error.discount_negative", at));
    assert_eq!(refusal(set(dollars("20.01"))), refused("error.discount_above_line", at));
    let drams = Discount::Amount(Money::new(1, Currency::AMD));
    assert_eq!(refusal(set(drams)), refused("error.currency_mismatch", at));
    for ppm in [-1, 1_000_001] {
        let percent = Discount::Percent(Percent::from_ppm(ppm));
        assert_eq!(refusal(set(percent)), refused("error.discount_percent", "lines[1].discount_percent"));
    }
    let negative_tax = |document: &mut Document| {
        document.lines[0].tax = Some(LineTax { key: 1, percent: Percent::from_ppm(-1) });
    };
    assert_eq!(refusal(negative_tax), refused("error.tax_negative", "lines[0].tax_rate"));
}

#[test]
fn an_amount_taken_off_a_return_makes_the_refund_smaller() {
    let mut sold = line("2", "500.00", "0", Some((1, "20")));
    sold.discount = Discount::Amount(Money::parse("150.00", Currency::AMD).unwrap());
    let mut returned = sold;
    returned.quantity = "-2".parse().unwrap();
    assert_eq!(at_both("AMD", true, &[sold])[0], "708.33 + 141.67 = 850.00");
    assert_eq!(at_both("AMD", true, &[returned])[0], "-708.33 + -141.67 = -850.00");
}

#[test]
fn a_corrected_line_shows_price_discount_and_correction_apart() {
    let mut own = line("3", "333.33", "10", Some((1, "20")));
    own.corrected = Some(Money::parse("900.00", Currency::AMD).unwrap());
    for place in [Place::Line, Place::Document] {
        let sums = computed("AMD", true, place, &[own]);
        let [shown] = sums.lines[..] else { panic!("one line") };
        let figures = [shown.before_discount, shown.discount, shown.correction, shown.gross, shown.tax, shown.net];
        assert_eq!(figures.map(|money| money.to_string()), ["999.99", "100.00", "0.01", "900.00", "150.00", "750.00"]);
    }
}
