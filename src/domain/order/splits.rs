//! The ways in which the list of orders falls apart into groups.

use crate::domain::order::due::Due;
use crate::domain::split::{by_customer, by_day, by_month, by_user, number, text};
use crate::engine::select::Split;
use crate::engine::value::Column as _;

crate::list! {

/// By status, customer, who answers, how far it is paid, day, month and due day.
pub(super) const SPLITS: &[Split] = &[
    Split {
        name: "status",
        keys: &["o.state", "COALESCE(o.status_id, 0)"],
        told: &[
            ("status", "g.k0"),
            ("substatus_name", "COALESCE(s.name, '')"),
            ("substatus_icon", "COALESCE(s.icon, '')"),
            ("substatus_color", "COALESCE(s.color, '')"),
        ],
        joins: "LEFT JOIN statuses s ON s.id = g.k1",
        order: &[
            "CAST(CASE g.k0 WHEN 'draft' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'in-work' THEN 2 WHEN 'ready' THEN 3 \
             WHEN 'closed' THEN 4 ELSE 5 END AS BIGINT)",
            "COALESCE(s.position, -1)",
            "g.k1",
        ],
        filter: "status_within",
        values: |parts| if let [state, own] = parts { Some(vec![text(state), number(own)?]) } else { None },
    },
    by_customer(&["o.counterparty_id"]),
    by_user("responsible", &["o.responsible_id"], &[("responsible_name", "u.name")]),
    Split {
        name: "payment",
        // As the choices of the filter tell them apart.
        keys: &[
            "CASE WHEN o.debt = 0 AND o.paid = 0 AND o.state IN ('draft', 'cancelled') THEN 'none' \
             WHEN o.debt = 0 THEN 'paid' \
             WHEN (o.debt < 0 AND o.total >= 0) OR (o.debt > 0 AND o.total < 0) THEN 'overpaid' \
             WHEN (o.total >= 0 AND o.paid > 0) OR (o.total < 0 AND o.paid < 0) THEN 'part-paid' ELSE 'unpaid' END",
        ],
        told: &[("payment", "g.k0")],
        joins: "",
        order: &[
            "CAST(CASE g.k0 WHEN 'unpaid' THEN 0 WHEN 'part-paid' THEN 1 WHEN 'paid' THEN 2 WHEN 'overpaid' THEN 3 \
             ELSE 4 END AS BIGINT)",
        ],
        filter: "payment",
        values: |parts| {
            let known = ["unpaid", "part-paid", "paid", "overpaid", "none"];
            Some(vec![text(parts.first().filter(|part| known.contains(part))?)])
        },
    },
    by_day(&["o.date"]),
    by_month(&["substr(o.date, 1, 7)"]),
    Split {
        name: "due",
        keys: &["substr(o.due, 1, 10)"],
        told: &[("due", "CASE g.k0 WHEN '9999-12-31' THEN '' ELSE g.k0 END")],
        joins: "",
        order: &["g.k0"],
        filter: "due",
        values: |parts| {
            let due = Due::from_value(text(parts.first()?)).ok()?;
            Some(vec![due.to_value(), Due::after(due.date())])
        },
    },
];

}
