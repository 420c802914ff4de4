//! Items as a list: its columns, its filters.

use serde_json::Value as Json;

use crate::base::right::Right;
use crate::modules::browse::{Catalogue, Edits, Filter, Opens, Values};
use crate::modules::customers::{ACTIVE, off};
use crate::ui::desk::Desk;
use crate::ui::grid::{Cell, Look};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages, money, plain};

/// Items on a screen.
pub(crate) static ITEMS: Catalogue = Catalogue {
    place: "items",
    title: "items.title",
    icon: icon::PACKAGE,
    list: &LIST,
    called: "name",
    searches: "items.searches",
    filters: &[
        Filter {
            argument: "active",
            name: "browse.active",
            values: Values::Fixed(ACTIVE),
            start: "true",
            width: 150.0,
        },
        Filter { argument: "kind", name: "items.kind", values: Values::Fixed(KINDS), start: "", width: 200.0 },
        Filter {
            argument: "group",
            name: "items.group",
            values: Values::Rows { query: "item-groups", table: "item_groups", field: "name", all: "items.any_group" },
            start: "",
            width: 200.0,
        },
        Filter { argument: "fields", name: "own_fields.title", values: Values::Own("item"), start: "", width: 0.0 },
    ],
    opens: Opens::Card("item"),
    links: &[],
    edits: Some(Edits {
        need: Right::ItemEdit,
        adds: true,
        save: "save-item",
        known_by: "id",
        remove: "remove-item",
        switches: true,
    }),
    voids: None,
    empty: "items.empty",
};

const KINDS: &[(&str, &str)] = &[
    ("", "item_kind.all"),
    ("goods", "item_kind.goods"),
    ("service", "item_kind.service"),
    ("made-to-order", "item_kind.made-to-order"),
];

static LIST: ListSpec = ListSpec {
    query: "items",
    totals: Some("items-totals"),
    sums: &[],
    groups: &[],
    tables: &["items", "item_barcodes", "item_groups", "units", "tax_rates"],
    name: "items.title",
    columns: &[
        ListColumn::new("code", "browse.code", Kind::Figure, 100.0).sorted("code"),
        ListColumn::new("picture", "items.picture", Kind::Picture, 56.0).yields(4),
        ListColumn::new("name", "browse.name", Kind::Strong, 260.0).sorted("name"),
        ListColumn::new("kind", "items.kind", Kind::Code("item_kind."), 130.0).yields(3),
        ListColumn::new("unit", "items.unit", Kind::Shipped("units", Look::Plain), 80.0).yields(1),
        ListColumn::new("price", "items.price", Kind::Made(price), 120.0).right(),
        ListColumn::new("cost", "items.cost", Kind::Made(cost), 120.0).right().yields(2),
        ListColumn::new("barcode", "items.barcode", Kind::Figure, 140.0).yields(5),
        ListColumn::new("group", "items.group", Kind::Muted, 140.0).yields(6),
        ListColumn::new("active", "browse.active", Kind::Flag, 96.0).yields(7),
    ],
    fields: &[],
    own: "item",
    grow: "name",
    sort: "name",
    pages: Pages::Skipped,
    state: off,
};

fn price(row: &Json, desk: &Desk) -> Cell {
    per_one(row, "price", desk)
}

fn cost(row: &Json, desk: &Desk) -> Cell {
    per_one(row, "cost", desk)
}

/// Nothing where it is not known; a dash would be a price of zero.
fn per_one(row: &Json, field: &str, desk: &Desk) -> Cell {
    let plain_price = plain(row, field);
    if plain_price.is_empty() {
        return Cell::default();
    }
    Cell::text(money(&plain_price, &plain(row, "currency"), desk))
}
