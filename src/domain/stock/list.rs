//! The lists of stock and of waybills: what they show, and by which index each filter and sort is served.

use crate::engine::select::{Choice, Filter, Lead, List, Sort, Test, Through};

crate::list! {

/// What lies where, one row an item and location.
pub static STOCK: List = List {
    name: "stock",
    table: "balances",
    alias: "b",
    columns: "b.id, b.item_id, i.code, i.name, u.code, b.location_id, l.code, l.name, COALESCE(w.name, ''), b.on_hand",
    joins: "JOIN items i ON i.id = b.item_id \
            JOIN units u ON u.id = i.unit_id \
            JOIN locations l ON l.id = b.location_id \
            LEFT JOIN locations w ON w.id = l.parent_id",
    filters: STOCK_FILTERS,
    sorts: STOCK_SORTS,
    totals: None,
};

const STOCK_FILTERS: &[Filter] = &[
    Filter {
        name: "text",
        test: Test::Where("b.item_id IN {match items_search ?1}"),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM balances q WHERE q.item_id IN {match items_search ?1}",
            most: Lead::FEW,
        },
    },
    // A short word beside longer ones.
    Filter {
        name: "part",
        test: Test::Where("EXISTS (SELECT 1 FROM items n WHERE n.id = b.item_id AND n.search LIKE ?1 ESCAPE '\\')"),
        lead: Lead::None,
    },
    // Under three letters: `?1` up to `?2` is the beginning of a name, `?3` a code.
    Filter {
        name: "short_text",
        test: Test::Where(
            "b.item_id IN (SELECT n.id FROM items n WHERE n.name_key BETWEEN ?1 AND ?2) \
             OR b.item_id IN (SELECT n.id FROM items n WHERE n.code = ?3 AND n.code <> '')",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM balances q \
                  WHERE q.item_id IN (SELECT n.id FROM items n WHERE n.name_key BETWEEN ?1 AND ?2) \
                  UNION ALL SELECT q.id FROM balances q \
                  WHERE q.item_id IN (SELECT n.id FROM items n WHERE n.code = ?3 AND n.code <> '')",
            most: Lead::FEW,
        },
    },
    Filter { name: "item", test: Test::OneOf("b.item_id"), lead: Lead::by("balances_item", &[], Lead::FEW) },
    // A warehouse with all its places.
    Filter {
        name: "warehouse",
        test: Test::Where("b.location_id IN (SELECT n.id FROM locations n WHERE n.id = ?1 OR n.parent_id = ?1)"),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM balances q \
                  WHERE q.location_id IN (SELECT n.id FROM locations n WHERE n.id = ?1 OR n.parent_id = ?1)",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "group",
        test: Test::Where("b.item_id IN (SELECT n.id FROM items n WHERE n.group_id = ?1)"),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM balances q WHERE q.item_id IN (SELECT n.id FROM items n WHERE n.group_id = ?1)",
            most: Lead::FEW,
        },
    },
    Filter { name: "state", test: Test::Choice(STATES), lead: Lead::None },
];

/// What is there, what lacks, and what is neither.
const STATES: &[Choice] = &[
    Choice { name: "held", sql: "b.on_hand <> 0", leads: false },
    Choice { name: "below-zero", sql: "b.on_hand < 0", leads: false },
    Choice { name: "none", sql: "b.on_hand = 0", leads: false },
];

const STOCK_SORTS: &[Sort] = &[
    Sort {
        name: "name",
        columns: &["i.name_key", "i.id", "b.location_id", "b.id"],
        index: "balances_item",
        through: Some(Through { table: "items i", index: "items_name", columns: 2, on: "b.item_id = i.id" }),
        ordered: true,
    },
    Sort { name: "on_hand", columns: &["b.on_hand", "b.id"], index: "balances_on_hand", through: None, ordered: true },
];

/// The list of waybills.
pub static WAYBILLS: List = List {
    name: "waybills",
    table: "waybills",
    alias: "wb",
    columns: "wb.id, wb.kind, wb.number, wb.date, wb.from_id, f.name, wb.to_id, t.name, wb.counterparty_id, \
              COALESCE(c.name, ''), wb.reference, wb.under_way, wb.voided, wb.reason, u.name",
    joins: "JOIN locations f ON f.id = wb.from_id \
            JOIN locations t ON t.id = wb.to_id \
            JOIN users u ON u.id = wb.user_id \
            LEFT JOIN counterparties c ON c.id = wb.counterparty_id",
    filters: WAYBILL_FILTERS,
    sorts: WAYBILL_SORTS,
    totals: None,
};

const WAYBILL_FILTERS: &[Filter] = &[
    // `?1` the fragment, `?2` the number of the waybill, or -1 where the text is none.
    Filter {
        name: "text",
        test: Test::Where("wb.number = ?2 OR wb.counterparty_id IN {match counterparties_search ?1}"),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM waybills q WHERE q.number = ?2 \
                  UNION ALL SELECT q.id FROM waybills q WHERE q.counterparty_id IN {match counterparties_search ?1}",
            most: Lead::FEW,
        },
    },
    // Under three letters: `?1` up to `?2` is the beginning of a name, `?3` the number.
    Filter {
        name: "short_text",
        test: Test::Where(
            "wb.number = ?3 \
             OR wb.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM waybills q WHERE q.number = ?3 \
                  UNION ALL SELECT q.id FROM waybills q \
                  WHERE q.counterparty_id IN (SELECT n.id FROM counterparties n WHERE n.name_key BETWEEN ?1 AND ?2)",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "counterparty",
        test: Test::OneOf("wb.counterparty_id"),
        lead: Lead::by("waybills_counterparty", &["date"], Lead::FEW),
    },
    Filter {
        name: "period",
        test: Test::Where("wb.date BETWEEN ?1 AND ?2"),
        lead: Lead::by("waybills_date", &["date"], 200_000),
    },
    // A warehouse with all its places.
    Filter {
        name: "warehouse",
        test: Test::Where(
            "wb.from_id IN (SELECT n.id FROM locations n WHERE n.id = ?1 OR n.parent_id = ?1) \
             OR wb.to_id IN (SELECT n.id FROM locations n WHERE n.id = ?1 OR n.parent_id = ?1)",
        ),
        lead: Lead::None,
    },
    Filter { name: "kind", test: Test::OneOf("wb.kind"), lead: Lead::None },
    Filter { name: "under_way", test: Test::OneOf("wb.under_way"), lead: Lead::None },
    Filter { name: "stands", test: Test::Choice(STANDS), lead: Lead::None },
];

/// Whether a waybill still counts, or was taken back, or takes another one back.
const STANDS: &[Choice] = &[
    Choice { name: "true", sql: "(wb.voided = 0 AND wb.kind <> 'reversal')", leads: false },
    Choice { name: "false", sql: "(wb.voided = 1 OR wb.kind = 'reversal')", leads: false },
];

const WAYBILL_SORTS: &[Sort] = &[
    Sort { name: "date", columns: &["wb.date", "wb.id"], index: "waybills_date", through: None, ordered: true },
    Sort { name: "number", columns: &["wb.number", "wb.id"], index: "waybills_number", through: None, ordered: true },
];

}
