//! The list of invoices: what it shows, and by which index each filter and sort is served.

use crate::domain::split::{by_customer, by_day, by_month};
use crate::engine::select::{Filter, Lead, List, Sort, Split, Test, Through, Totals};

crate::list! {

/// The list of invoices.
pub static LIST: List = List {
    name: "invoices",
    table: "invoices",
    alias: "i",
    columns: "i.id, i.version, i.number, i.date, i.order_id, o.number, i.counterparty_id, c.name, i.currency, \
              i.net, i.tax, i.total, i.fiscal_number, i.printed, i.voided, i.reason",
    joins: "JOIN counterparties c ON c.id = i.counterparty_id JOIN orders o ON o.id = i.order_id",
    filters: FILTERS,
    sorts: SORTS,
    // What was voided counts, but adds nothing.
    totals: Some(Totals {
        group: "i.currency",
        sums: &[
            "CASE WHEN i.voided = 0 THEN i.net ELSE 0 END",
            "CASE WHEN i.voided = 0 THEN i.tax ELSE 0 END",
            "CASE WHEN i.voided = 0 THEN i.total ELSE 0 END",
        ],
        index: "invoices_date",
        splits: SPLITS,
    }),
};

/// By day, month and customer.
const SPLITS: &[Split] = &[
    by_day(&["i.date"]),
    by_month(&["substr(i.date, 1, 7)"]),
    by_customer(&["i.counterparty_id"]),
];

const FILTERS: &[Filter] = &[
    // `?1` the fragment, `?2` the number of the invoice or of its order, or -1 where the text is none.
    Filter {
        name: "text",
        test: Test::Where(
            "i.number = ?2 OR i.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?2) \
             OR i.counterparty_id IN {match counterparties_search ?1}",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM invoices q WHERE q.number = ?2 \
                  UNION ALL SELECT q.id FROM invoices q \
                  WHERE q.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?2) \
                  UNION ALL SELECT q.id FROM invoices q WHERE q.counterparty_id IN {match counterparties_search ?1}",
            most: Lead::FEW,
        },
    },
    // Under three letters: `?1` up to `?2` is the beginning of a name, `?3` the number.
    Filter {
        name: "short_text",
        test: Test::Where(
            "i.number = ?3 OR i.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?3) \
             OR i.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM invoices q WHERE q.number = ?3 \
                  UNION ALL SELECT q.id FROM invoices q \
                  WHERE q.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?3) \
                  UNION ALL SELECT q.id FROM invoices q \
                  WHERE q.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "period",
        test: Test::Where("i.date BETWEEN ?1 AND ?2"),
        lead: Lead::by("invoices_date", &["date"], 200_000),
    },
    Filter {
        name: "counterparty",
        test: Test::OneOf("i.counterparty_id"),
        lead: Lead::by("invoices_counterparty", &["date"], Lead::FEW),
    },
    // Whose order it is decides who may see it, so there is only one at a time.
    Filter { name: "order", test: Test::Where("i.order_id = ?1"), lead: Lead::by("invoices_order_all", &[], Lead::FEW) },
    Filter { name: "currency", test: Test::OneOf("i.currency"), lead: Lead::None },
    Filter { name: "voided", test: Test::OneOf("i.voided"), lead: Lead::None },
    // `?1` who answers for the order.
    Filter {
        name: "own",
        test: Test::Where("EXISTS (SELECT 1 FROM orders q WHERE q.id = i.order_id AND q.responsible_id = ?1)"),
        lead: Lead::None,
    },
];

const SORTS: &[Sort] = &[
    Sort { name: "date", columns: &["i.date", "i.id"], index: "invoices_date", through: None, ordered: true },
    Sort { name: "number", columns: &["i.number", "i.id"], index: "invoices_number", through: None, ordered: true },
    Sort {
        name: "customer",
        columns: &["c.name_key", "c.id", "i.date", "i.id"],
        index: "invoices_counterparty",
        through: Some(Through {
            table: "counterparties c",
            index: "counterparties_name",
            columns: 2,
            on: "i.counterparty_id = c.id",
        }),
        ordered: true,
    },
    Sort { name: "total", columns: &["i.total", "i.id"], index: "invoices_total", through: None, ordered: true },
];

}
