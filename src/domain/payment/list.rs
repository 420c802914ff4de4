//! The list of payments: what it shows, and by which index each filter and sort is served.

use crate::engine::select::{Choice, Filter, Lead, List, Sort, Test, Through};

/// So many rows are found by an index and sorted faster than the list is walked.
const FEW: i64 = 10_000;

crate::list! {

/// The list of payments.
pub static LIST: List = List {
    name: "payments",
    table: "payments",
    alias: "pm",
    columns: "pm.id, pm.kind, pm.number, pm.date, pm.counterparty_id, c.name, pm.order_id, pm.currency, pm.amount, pm.received, \
              pm.change, pm.rounding, pm.voided, pm.reason, \
              CASE WHEN pm.voided = 0 AND pm.kind <> 'reversal' THEN pm.amount - CAST(COALESCE((SELECT SUM(a.amount) \
              FROM allocations a WHERE a.payment_id = pm.id), 0) AS BIGINT) ELSE 0 END",
    joins: "JOIN counterparties c ON c.id = pm.counterparty_id",
    filters: FILTERS,
    sorts: SORTS,
    totals: None,
};

const FILTERS: &[Filter] = &[
    Filter {
        name: "counterparty",
        test: Test::OneOf("pm.counterparty_id"),
        lead: Lead::Index { name: "payments_counterparty", ordered: &["date"], most: FEW },
    },
    // Whose order it is decides who may see it, so there is only one at a time.
    Filter {
        name: "order",
        test: Test::Where("pm.order_id = ?1"),
        lead: Lead::Index { name: "payments_order", ordered: &[], most: FEW },
    },
    Filter {
        name: "period",
        test: Test::Where("pm.date BETWEEN ?1 AND ?2"),
        lead: Lead::Index { name: "payments_date", ordered: &["date"], most: 200_000 },
    },
    Filter { name: "currency", test: Test::OneOf("pm.currency"), lead: Lead::None },
    Filter { name: "unused", test: Test::Choice(UNUSED), lead: Lead::None },
    // `?1` who took the payment, or answers for its order.
    Filter {
        name: "own",
        test: Test::Where(
            "pm.user_id = ?1 OR EXISTS (SELECT 1 FROM orders q WHERE q.id = pm.order_id AND q.responsible_id = ?1)",
        ),
        lead: Lead::None,
    },
];

/// Standing payments that orders have not used up.
const UNUSED: &[Choice] = &[Choice {
    name: "unused",
    sql: "pm.voided = 0 AND pm.kind <> 'reversal' \
          AND pm.amount <> COALESCE((SELECT SUM(a.amount) FROM allocations a WHERE a.payment_id = pm.id), 0)",
    leads: false,
}];

const SORTS: &[Sort] = &[
    Sort { name: "date", columns: &["pm.date", "pm.id"], index: "payments_date", through: None },
    Sort {
        name: "customer",
        columns: &["c.name_key", "c.id", "pm.date", "pm.id"],
        index: "payments_counterparty",
        through: Some(Through {
            table: "counterparties c",
            index: "counterparties_name",
            on: "pm.counterparty_id = c.id",
        }),
    },
];

}
