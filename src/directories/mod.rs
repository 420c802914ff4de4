//! Menu section 2, the catalogues, described as data: columns, fields, commands. One screen draws them all.

pub mod categories;
pub mod currencies;
pub mod item_groups;
pub mod opening_balances;
pub mod own_fields;
pub mod payment_methods;
pub mod scale_codes;
pub mod statuses;
pub mod tax_rates;
pub mod units;

use serde_json::Value as Json;

use crate::base::right::Right;
use crate::ui::desk::Desk;
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages};

/// A catalogue as data. Wide: one field a part of its description.
pub struct Directory {
    /// The kind of its place.
    pub kind: &'static str,
    /// Key of its name.
    pub title: &'static str,
    /// Key of the title of a new row; empty where rows are made elsewhere.
    pub new: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Its rows.
    pub list: &'static ListSpec,
    /// The field by which messages call a row.
    pub called: &'static str,
    /// The fields of one row.
    pub sections: &'static [Section],
    /// The fields of one that is there already, where they differ.
    pub changing: &'static [Section],
    /// What a new row holds at first.
    pub fresh: fn(&Desk) -> Json,
    /// The command that saves a row.
    pub save: &'static str,
    /// The field by which that command finds the row.
    pub known_by: &'static str,
    /// What of a row is sent back with it.
    pub keep: &'static [&'static str],
    /// The command that removes one; empty where none is removed.
    pub remove: &'static str,
    /// Whether rows are switched off and on.
    pub switches: bool,
    /// The right to see it.
    pub view: Right,
    /// The right to change it.
    pub edit: Right,
    /// Key of what is said while it is empty.
    pub empty: &'static str,
}

/// Every catalogue, in the order of the menu.
pub static ALL: &[&Directory] = &[
    &categories::CATEGORIES,
    &item_groups::ITEM_GROUPS,
    &units::UNITS,
    &statuses::STATUSES,
    &payment_methods::PAYMENT_METHODS,
    &scale_codes::SCALE_CODES,
    &own_fields::OWN_FIELDS,
    &tax_rates::TAX_RATES,
    &currencies::CURRENCIES,
    &opening_balances::OPENING_BALANCES,
];

/// Whether a row is offered: its column and its field.
const ACTIVE_COLUMN: ListColumn = ListColumn::new("active", "browse.active", Kind::Flag, 110.0);
const ACTIVE: FieldSpec = FieldSpec::new("active", "browse.active", FieldKind::Flag);

/// What a row is called, and its code that the company may choose.
const NAME: FieldSpec = FieldSpec::new("name", "browse.name", FieldKind::Text).required();
const CODE: FieldSpec = FieldSpec::new("code", "browse.code", FieldKind::Text).hint("directory.code_hint");

/// All rows of one table, as its query gives them; what they are called has the room that is left.
const fn whole(
    query: &'static str,
    tables: &'static [&'static str],
    name: &'static str,
    columns: &'static [ListColumn],
) -> ListSpec {
    let (grow, sort, pages, state) = ("name", "", Pages::Whole, off);
    ListSpec {
        query,
        totals: None,
        sums: &[],
        groups: &[],
        tables,
        name,
        columns,
        fields: &[],
        own: "",
        grow,
        sort,
        pages,
        state,
    }
}

/// What is switched off is shown as put aside.
fn off(row: &Json) -> (Option<&'static str>, bool) {
    let active = row.get("active").and_then(Json::as_bool) != Some(false);
    if active { (None, false) } else { (Some("cancelled"), true) }
}

/// A row that is offered and holds nothing else.
fn offered(_: &Desk) -> Json {
    serde_json::json!({"active": true})
}
