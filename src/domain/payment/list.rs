//! The list of payments: what it shows, and by which index each filter and sort is served.

use crate::domain::split::{by_customer, by_day, by_month, by_user, number, text};
use crate::engine::select::{Choice, Filter, Grouping, Lead, List, Sort, Split, Test, Through, Totals};

crate::list! {

/// The list of payments.
pub static LIST: List = List {
    name: "payments",
    table: "payments",
    alias: "pm",
    columns: "pm.id, pm.kind, pm.number, pm.date, pm.counterparty_id, c.name, pm.order_id, o.number, pm.currency, \
              pm.amount, pm.received, pm.change, pm.rounding, pm.voided, pm.reason, \
              CASE WHEN pm.voided = 0 AND pm.kind <> 'reversal' THEN pm.amount - CAST(COALESCE((SELECT SUM(a.amount) \
              FROM allocations a WHERE a.payment_id = pm.id), 0) AS BIGINT) ELSE 0 END, \
              COALESCE(m.name, ''), (SELECT COUNT(*) FROM payment_tenders s \
              WHERE s.payment_id = pm.id AND s.kind = 'tender' AND s.method_id <> t.method_id AND NOT EXISTS \
              (SELECT 1 FROM payment_tenders e WHERE e.payment_id = pm.id AND e.kind = 'tender' \
              AND e.method_id = s.method_id AND e.position < s.position)), u.name",
    joins: "JOIN counterparties c ON c.id = pm.counterparty_id \
            JOIN users u ON u.id = pm.user_id \
            LEFT JOIN orders o ON o.id = pm.order_id \
            LEFT JOIN payment_tenders t ON t.payment_id = pm.id AND t.position = 1 \
            LEFT JOIN payment_methods m ON m.id = t.method_id",
    filters: FILTERS,
    sorts: SORTS,
    totals: Some(Totals { group: "pm.currency", sums: &["pm.amount"], index: "payments_date", splits: SPLITS }),
};

/// What orders have not used up, by kind.
pub static UNUSED_BY_KIND: Grouping = Grouping {
    name: "unused by kind",
    list: &LIST,
    keys: &["pm.kind", "pm.currency"],
    sums: &["CASE WHEN pm.voided = 0 AND pm.kind <> 'reversal' THEN pm.amount - CAST(COALESCE((SELECT SUM(a.amount) \
             FROM allocations a WHERE a.payment_id = pm.id), 0) AS BIGINT) ELSE 0 END"],
    index: "payments_date",
};

/// By day, month, kind, customer and who took the payment.
const SPLITS: &[Split] = &[
    by_day(&["pm.date"]),
    by_month(&["substr(pm.date, 1, 7)"]),
    // What was taken back stands apart, as the list shows it.
    Split {
        name: "kind",
        keys: &["pm.kind", "pm.voided"],
        told: &[("kind", "g.k0"), ("voided", "CASE g.k1 WHEN 1 THEN 'true' ELSE 'false' END")],
        joins: "",
        order: &["g.k1", "g.k0"],
        filter: "kind_within",
        values: |parts| if let [kind, voided] = parts { Some(vec![text(kind), number(voided)?]) } else { None },
    },
    by_customer(&["pm.counterparty_id"]),
    by_user("user", &["pm.user_id"], &[("user_name", "u.name")]),
];

const FILTERS: &[Filter] = &[
    // `?1` the fragment, `?2` the number of the payment or of its order, or -1 where the text is none.
    Filter {
        name: "text",
        test: Test::Where(
            "pm.number = ?2 OR pm.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?2) \
             OR pm.counterparty_id IN {match counterparties_search ?1}",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM payments q WHERE q.number = ?2 \
                  UNION ALL SELECT q.id FROM payments q \
                  WHERE q.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?2) \
                  UNION ALL SELECT q.id FROM payments q WHERE q.counterparty_id IN {match counterparties_search ?1}",
            most: Lead::FEW,
        },
    },
    // Under three letters: `?1` up to `?2` is the beginning of a name, `?3` the number.
    Filter {
        name: "short_text",
        test: Test::Where(
            "pm.number = ?3 OR pm.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?3) \
             OR pm.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM payments q WHERE q.number = ?3 \
                  UNION ALL SELECT q.id FROM payments q \
                  WHERE q.order_id IN (SELECT n.id FROM orders n WHERE n.number = ?3) \
                  UNION ALL SELECT q.id FROM payments q \
                  WHERE q.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "counterparty",
        test: Test::OneOf("pm.counterparty_id"),
        lead: Lead::by("payments_counterparty", &["date"], Lead::FEW),
    },
    // Whose order it is decides who may see it, so there is only one at a time.
    Filter {
        name: "order",
        test: Test::Where("pm.order_id = ?1"),
        lead: Lead::by("payments_order", &[], Lead::FEW),
    },
    Filter {
        name: "period",
        test: Test::Where("pm.date BETWEEN ?1 AND ?2"),
        lead: Lead::by("payments_date", &["date"], 200_000),
    },
    Filter { name: "currency", test: Test::OneOf("pm.currency"), lead: Lead::None },
    Filter { name: "kind", test: Test::OneOf("pm.kind"), lead: Lead::None },
    // `?1` the kind, `?2` whether it was taken back.
    Filter { name: "kind_within", test: Test::Where("pm.kind = ?1 AND pm.voided = ?2"), lead: Lead::None },
    Filter { name: "user", test: Test::OneOf("pm.user_id"), lead: Lead::None },
    Filter { name: "voided", test: Test::OneOf("pm.voided"), lead: Lead::None },
    Filter { name: "stands", test: Test::Choice(STANDS), lead: Lead::None },
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

/// Whether a payment still counts, or was taken back, or takes another one back.
const STANDS: &[Choice] = &[
    Choice { name: "true", sql: "(pm.voided = 0 AND pm.kind <> 'reversal')", leads: false },
    Choice { name: "false", sql: "(pm.voided = 1 OR pm.kind = 'reversal')", leads: false },
];

/// Standing payments that orders have not used up.
const UNUSED: &[Choice] = &[Choice {
    name: "unused",
    sql: "pm.voided = 0 AND pm.kind <> 'reversal' \
          AND pm.amount <> COALESCE((SELECT SUM(a.amount) FROM allocations a WHERE a.payment_id = pm.id), 0)",
    leads: false,
}];

const SORTS: &[Sort] = &[
    Sort { name: "date", columns: &["pm.date", "pm.id"], index: "payments_date", through: None, ordered: true },
    Sort { name: "number", columns: &["pm.number", "pm.id"], index: "payments_number", through: None, ordered: true },
    Sort { name: "amount", columns: &["pm.amount", "pm.id"], index: "payments_amount", through: None, ordered: true },
    Sort {
        name: "customer",
        columns: &["c.name_key", "c.id", "pm.date", "pm.id"],
        index: "payments_counterparty",
        through: Some(Through {
            table: "counterparties c",
            index: "counterparties_name",
            columns: 2,
            on: "pm.counterparty_id = c.id",
        }),
        ordered: true,
    },
];

}
