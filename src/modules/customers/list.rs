//! Customers as a list: its columns, its filters.

use serde_json::Value as Json;

use crate::base::right::Right;
use crate::modules::browse::{Catalogue, Edits, Filter, Opens, Values};
use crate::ui::grid::Look;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages};

/// Customers on a screen.
pub(crate) static CUSTOMERS: Catalogue = Catalogue {
    place: "customers",
    title: "customers.title",
    icon: icon::USERS,
    list: &LIST,
    called: "name",
    searches: "customers.searches",
    filters: &[
        Filter {
            argument: "active",
            name: "browse.active",
            values: Values::Fixed(ACTIVE),
            start: "true",
            width: 150.0,
        },
        Filter { argument: "kind", name: "customers.kind", values: Values::Fixed(KINDS), start: "", width: 200.0 },
        Filter {
            argument: "category",
            name: "customers.category",
            values: Values::Rows {
                query: "categories",
                table: "categories",
                field: "name",
                all: "customers.any_category",
            },
            start: "",
            width: 200.0,
        },
        Filter {
            argument: "fields",
            name: "own_fields.title",
            values: Values::Own("counterparty"),
            start: "",
            width: 0.0,
        },
    ],
    opens: Opens::Card("customer"),
    links: &[],
    edits: Some(Edits {
        need: Right::CounterpartyEdit,
        adds: true,
        save: "save-counterparty",
        known_by: "id",
        remove: "remove-counterparty",
        switches: true,
    }),
    voids: None,
    empty: "customers.empty",
};

/// What is offered, what is not, or both.
pub(crate) const ACTIVE: &[(&str, &str)] = &[("true", "activity.on"), ("false", "activity.off"), ("", "activity.all")];

const KINDS: &[(&str, &str)] =
    &[("", "customer_kind.all"), ("person", "customer_kind.person"), ("company", "customer_kind.company")];

static LIST: ListSpec = ListSpec {
    query: "counterparties",
    totals: Some("counterparties-totals"),
    sums: &[],
    groups: &[],
    tables: &["counterparties", "counterparty_phones", "categories"],
    name: "customers.title",
    columns: &[
        ListColumn::new("name", "browse.name", Kind::Shipped("counterparties", Look::Strong), 260.0).sorted("name"),
        ListColumn::new("code", "browse.code", Kind::Figure, 100.0).sorted("code").yields(3),
        ListColumn::new("kind", "customers.kind", Kind::Code("customer_kind."), 110.0).yields(2),
        ListColumn::new("phone", "customers.phone", Kind::Figure, 150.0),
        ListColumn::new("email", "customers.email", Kind::Text, 190.0).yields(4),
        ListColumn::new("tax_id", "customers.tax_id", Kind::Figure, 110.0).yields(1),
        ListColumn::new("category", "customers.category", Kind::Muted, 130.0).yields(5),
        ListColumn::new("active", "browse.active", Kind::Flag, 96.0).yields(6),
    ],
    fields: &[],
    own: "counterparty",
    grow: "name",
    sort: "name",
    pages: Pages::Skipped,
    state: off,
};

/// What is switched off is shown as put aside.
pub(crate) fn off(row: &Json) -> (Option<&'static str>, bool) {
    let active = row.get("active").and_then(Json::as_bool) != Some(false);
    if active { (None, false) } else { (Some("cancelled"), true) }
}
