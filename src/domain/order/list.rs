//! The list of orders: what it shows, and by which index each filter and sort is served.

use crate::domain::order::splits::SPLITS;
use crate::engine::select::{Choice, Filter, Lead, List, Sort, Test, Through, Totals};

crate::list! {

/// The list of orders.
pub static LIST: List = List {
    name: "orders",
    table: "orders",
    alias: "o",
    columns: "o.id, o.version, o.kind, o.number, o.date, o.due, o.counterparty_id, c.name, o.responsible_id, \
              o.state, o.status_id, o.priority, o.currency, o.total, o.paid, o.debt, o.closed_at, \
              o.net, o.tax, u.name, s.name, s.icon, s.color, COALESCE(k.name, '')",
    joins: "JOIN counterparties c ON c.id = o.counterparty_id JOIN users u ON u.id = o.responsible_id \
            LEFT JOIN statuses s ON s.id = o.status_id LEFT JOIN categories k ON k.id = c.category_id",
    filters: FILTERS,
    sorts: SORTS,
    totals: Some(Totals {
        group: "o.currency",
        sums: &["o.total", "o.paid", "o.debt"],
        index: "orders_date",
        splits: SPLITS,
    }),
};

const FILTERS: &[Filter] = &[
    // `?1` the fragment, `?2` the number, or -1 where the text is none.
    Filter {
        name: "text",
        test: Test::Where("o.number = ?2 OR o.counterparty_id IN {match counterparties_search ?1}"),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM orders q WHERE q.number = ?2 \
                  UNION ALL SELECT q.id FROM orders q WHERE q.counterparty_id IN {match counterparties_search ?1}",
            most: Lead::FEW,
        },
    },
    // Under three letters: `?1` up to `?2` is the beginning of a name, `?3` the number.
    Filter {
        name: "short_text",
        test: Test::Where(
            "o.number = ?3 OR o.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM orders q WHERE q.number = ?3 UNION ALL SELECT q.id FROM orders q \
                  WHERE q.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
            most: Lead::FEW,
        },
    },
    Filter { name: "status", test: Test::OneOf("o.state"), lead: Lead::by("orders_state", &["date"], Lead::FEW) },
    // `?1` the state, `?2` the status of the company's own within it, or 0.
    Filter {
        name: "status_within",
        test: Test::Where("o.state = ?1 AND COALESCE(o.status_id, 0) = ?2"),
        lead: Lead::by("orders_state", &["date"], Lead::FEW),
    },
    Filter { name: "substatus", test: Test::OneOf("o.status_id"), lead: Lead::by("orders_status", &[], Lead::FEW) },
    // Read from the wide index alone, so that many are still few.
    Filter {
        name: "period",
        test: Test::Where("o.date BETWEEN ?1 AND ?2"),
        lead: Lead::by("orders_date", &["date"], 200_000),
    },
    Filter { name: "due", test: Test::Where("o.due BETWEEN ?1 AND ?2"), lead: Lead::by("orders_due", &["due"], Lead::FEW) },
    Filter {
        name: "counterparty",
        test: Test::OneOf("o.counterparty_id"),
        lead: Lead::by("orders_counterparty", &["date"], Lead::FEW),
    },
    Filter {
        name: "responsible",
        test: Test::OneOf("o.responsible_id"),
        lead: Lead::by("orders_responsible", &["date"], Lead::FEW),
    },
    Filter { name: "payment", test: Test::Choice(PAYMENT), lead: Lead::by("orders_owing", &["debt"], Lead::FEW) },
    // `?1` today, `?2` now: a due day is past when it is over, a due moment when it has struck.
    Filter {
        name: "late",
        test: Test::Where("o.state IN ('confirmed', 'in-work', 'ready') AND o.due < ?2 AND o.due <> ?1"),
        lead: Lead::by("orders_open", &["due"], Lead::FEW),
    },
    Filter { name: "currency", test: Test::OneOf("o.currency"), lead: Lead::None },
    Filter { name: "kind", test: Test::OneOf("o.kind"), lead: Lead::None },
    Filter { name: "balance", test: Test::Choice(BALANCE), lead: Lead::by("orders_owing", &["debt"], Lead::FEW) },
    Filter { name: "costing", test: Test::Choice(COSTING), lead: Lead::None },
    Filter {
        name: "field",
        test: Test::Where(
            "EXISTS (SELECT 1 FROM own_values v WHERE v.order_id = o.id AND v.field_id = ?1 \
             AND v.value_key BETWEEN ?2 AND ?3)",
        ),
        lead: Lead::Ids {
            sql: "SELECT v.order_id FROM own_values v WHERE v.field_id = ?1 AND v.value_key BETWEEN ?2 AND ?3",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "without_field",
        test: Test::Where(
            "NOT EXISTS (SELECT 1 FROM own_values v WHERE v.order_id = o.id AND v.field_id = ?1)",
        ),
        lead: Lead::None,
    },
];

/// By the sign of the debt alone: who owes whom.
const BALANCE: &[Choice] = &[
    owed("owed", "o.debt <> 0 AND o.debt > 0"),
    owed("credit", "o.debt <> 0 AND o.debt < 0"),
];

/// A service may have no cost; of everything else it is unknown until it is entered.
const COSTING: &[Choice] = &[
    Choice {
        name: "unknown",
        sql: "EXISTS (SELECT 1 FROM order_lines l LEFT JOIN items i ON i.id = l.item_id WHERE l.order_id = o.id \
              AND l.cost IS NULL AND (COALESCE(i.kind, '') <> 'service' OR i.cost IS NOT NULL))",
        leads: false,
    },
    Choice {
        name: "known",
        sql: "NOT EXISTS (SELECT 1 FROM order_lines l LEFT JOIN items i ON i.id = l.item_id WHERE l.order_id = o.id \
              AND l.cost IS NULL AND (COALESCE(i.kind, '') <> 'service' OR i.cost IS NOT NULL))",
        leads: false,
    },
];

/// By the sign of the total, since what is owed for a return is owed to the customer.
const PAYMENT: &[Choice] = &[
    owed(
        "owing",
        "o.debt <> 0 AND ((o.debt > 0 AND o.total >= 0) OR (o.debt < 0 AND o.total < 0))",
    ),
    owed(
        "unpaid",
        "o.debt <> 0 AND ((o.debt > 0 AND o.total >= 0 AND o.paid <= 0) OR (o.debt < 0 AND o.total < 0 AND o.paid >= 0))",
    ),
    owed(
        "part-paid",
        "o.debt <> 0 AND ((o.debt > 0 AND o.total >= 0 AND o.paid > 0) OR (o.debt < 0 AND o.total < 0 AND o.paid < 0))",
    ),
    owed(
        "overpaid",
        "o.debt <> 0 AND ((o.debt < 0 AND o.total >= 0) OR (o.debt > 0 AND o.total < 0))",
    ),
    Choice {
        name: "paid",
        sql: "o.debt = 0 AND (o.paid <> 0 OR o.state NOT IN ('draft', 'cancelled'))",
        leads: false,
    },
    Choice {
        name: "none",
        sql: "o.debt = 0 AND o.paid = 0 AND o.state IN ('draft', 'cancelled')",
        leads: false,
    },
];

const SORTS: &[Sort] = &[
    Sort { name: "date", columns: &["o.date", "o.id"], index: "orders_date", through: None, ordered: true },
    Sort { name: "number", columns: &["o.number", "o.id"], index: "orders_number", through: None, ordered: true },
    Sort { name: "due", columns: &["o.due", "o.id"], index: "orders_due", through: None, ordered: true },
    Sort {
        name: "customer",
        columns: &["c.name_key", "c.id", "o.date", "o.id"],
        index: "orders_counterparty",
        through: Some(Through {
            table: "counterparties c",
            index: "counterparties_name",
            columns: 2,
            on: "o.counterparty_id = c.id",
        }),
        ordered: true,
    },
    Sort { name: "total", columns: &["o.total", "o.id"], index: "orders_total", through: None, ordered: true },
    Sort { name: "debt", columns: &["o.debt", "o.id"], index: "orders_debt", through: None, ordered: true },
    other("paid", &["o.paid", "o.id"]),
    // As the states follow each other, and within one as the company lists its own.
    other(
        "status",
        &[
            "CAST(CASE o.state WHEN 'draft' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'in-work' THEN 2 WHEN 'ready' THEN 3 \
             WHEN 'closed' THEN 4 ELSE 5 END AS BIGINT)",
            "COALESCE((SELECT y.position FROM statuses y WHERE y.id = o.status_id), -1)",
            "o.id",
        ],
    ),
    other("responsible", &["o.responsible_id", "o.id"]),
    other(
        "field",
        &["COALESCE((SELECT v.value_key FROM own_values v WHERE v.order_id = o.id AND v.field_id = ?1), ?2)", "o.id"],
    ),
];

}

/// Few orders owe anything, so that an index of those alone finds them.
const fn owed(name: &'static str, sql: &'static str) -> Choice {
    Choice { name, sql, leads: true }
}

/// What is rarely sorted by: all that matches is read from the wide index and sorted anew.
const fn other(name: &'static str, columns: &'static [&'static str]) -> Sort {
    Sort { name, columns, index: "orders_date", through: None, ordered: false }
}
