//! What reports can be asked: parameters as data, refusals at their field, asking from a screen, and the picture.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use crate::random_documents::{Random, seed};
use crate::report_shop::Shop;
use patver::base::locale::{Lang, find};
use patver::engine::store::Call;
use patver::engine::worker::{Handle, Hooks, Lane};
use patver::reports::chart::ChartKind;
use patver::reports::parameter::{Input, choice};
use patver::reports::{self, Report};
use serde_json::{Value as Json, json};

fn shop() -> Shop {
    Shop::new(&mut Random(seed()), 40)
}

fn sales() -> &'static Report {
    reports::find("sales").unwrap()
}

fn days() -> Json {
    json!({"from": "2025-01-01", "to": "2026-12-31"})
}

#[test]
fn parameters_are_the_fields_that_a_report_reads_and_have_names() {
    for report in reports::ALL {
        let described: BTreeSet<_> = report.parameters.iter().flat_map(|parameter| parameter.fields()).collect();
        assert_eq!(described, (report.fields)().into_iter().collect(), "{}", report.name);
        assert!(report.columns.iter().any(|column| column.name == report.opens), "{}", report.name);
        for lang in Lang::ALL {
            for parameter in report.parameters {
                assert!(!parameter.title(lang).starts_with("report."), "{}", parameter.name);
                let choices = if let Input::Choice(choices) = parameter.input { choices } else { &[] };
                assert!(choices.iter().all(|name| !choice(lang, name).starts_with("report.")), "{choices:?}");
            }
            for column in report.columns {
                assert!(find(lang, &format!("report.column.{}", column.name), &[]).is_some(), "{}", column.name);
            }
        }
    }
}

#[test]
fn a_parameter_that_does_not_fit_is_refused_at_its_field() {
    let shop = shop();
    let view = shop.desk.store.view(&shop.desk.owner).unwrap();
    let many: Vec<i64> = (1..=9).collect();
    for (wish, field) in [
        (json!({"from": "24.11.2026"}), "from"),
        (json!({"from": "2026-03-02", "to": "2026-03-01"}), "to"),
        (json!({"by": "moon"}), "by"),
        (json!({"counterparty": 999}), "counterparty"),
        (json!({"counterparty": ["x"]}), "counterparty"),
        (json!({"counterparty": many}), "counterparty"),
        (json!({"responsible": [77]}), "responsible"),
        (json!({"currency": "dram"}), "currency"),
    ] {
        let refused = sales().make(&view, wish.clone()).unwrap_err();
        assert_eq!(refused.field(), Some(field), "{wish}: {refused}");
    }
    let status = reports::find("orders-by-status").unwrap();
    assert_eq!(status.make(&view, json!({"status": ["lost"]})).unwrap_err().field(), Some("status"));
    assert_eq!(sales().make(&view, json!({"frob": 1})).unwrap_err().field(), Some("frob"));
}

#[test]
fn a_screen_asks_by_a_ticket_and_may_call_the_report_off() {
    let shop = shop();
    let handle = Handle::inline(shop.desk.store, Hooks::default());
    let asked = sales().ask(&handle, &Call::of_user(1), days());
    let (done, all) = asked.watch().progress();
    assert!(all > 10 && done < all, "{done} of {all}");
    assert!(!asked.wait().unwrap().rows.is_empty());
    let stopped = handle.read(Lane::Background, &Call::of_user(1), |view, watch| {
        watch.cancel();
        sales().make_watched(view, days(), watch)
    });
    assert_eq!(stopped.wait().unwrap_err().key(), "error.cancelled");
}

#[test]
fn the_picture_shows_what_the_totals_say() {
    let shop = shop().with_late_orders();
    let view = shop.desk.store.view(&shop.desk.owner).unwrap();
    for report in reports::ALL {
        let choices = report.parameters.iter().find_map(|parameter| match parameter.input {
            Input::Choice(choices) => Some(choices),
            _ => None,
        });
        for by in choices.unwrap_or(&[""]) {
            let mut wish = Shop::wide(report);
            if !by.is_empty() {
                wish["by"] = json!(by);
            }
            let sheet = report.make(&view, wish).unwrap();
            let place = sheet.place(sheet.chart.value).unwrap();
            let series = sheet.series(Lang::HY);
            assert!(!series.is_empty(), "{} {by}", report.name);
            for series in series {
                let drawn: i64 = series.points.iter().map(|point| point.figure).sum();
                let of_currency =
                    |row: &&reports::sheet::Row| series.currency.is_none() || row.currency() == series.currency;
                let totals = sheet.totals.iter().filter(of_currency).filter_map(|row| row.cells[place].figure());
                assert_eq!(drawn, totals.sum::<i64>(), "{} {by}", report.name);
                for point in series.points.iter().filter(|point| point.row.is_some()) {
                    let row = &sheet.rows[point.row.unwrap()];
                    assert_eq!(row.cells[place].figure(), Some(point.figure));
                }
                if sheet.chart.kind == ChartKind::Line {
                    assert!(series.points.len() > 10, "every day and week has its point");
                }
            }
        }
    }
}
