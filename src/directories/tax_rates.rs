//! Tax rates.

use crate::base::right::Right;
use crate::directories::{ACTIVE, ACTIVE_COLUMN, CODE, Directory, NAME, offered, whole};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::grid::Look;
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec};

/// Tax rates.
pub static TAX_RATES: Directory = Directory {
    kind: "tax-rates",
    title: "tax_rates.title",
    new: "tax_rates.new",
    icon: icon::PERCENT,
    list: &LIST,
    called: "name",
    sections: SECTIONS,
    changing: SECTIONS,
    fresh: offered,
    save: "save-tax-rate",
    known_by: "id",
    keep: &["id", "version"],
    remove: "remove-tax-rate",
    switches: true,
    view: Right::DirectoryView,
    edit: Right::SettingsEdit,
    empty: "tax_rates.empty",
};

static LIST: ListSpec = whole("tax-rates", &["tax_rates"], "tax_rates.title", COLUMNS);

const COLUMNS: &[ListColumn] = &[
    ListColumn::new("name", "browse.name", Kind::Shipped("tax-rates", Look::Strong), 260.0),
    ListColumn::new("code", "browse.code", Kind::Figure, 160.0),
    ListColumn::new("percent", "tax_rates.percent", Kind::Percent, 150.0),
    ACTIVE_COLUMN,
];

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[NAME, FieldSpec::new("percent", "tax_rates.percent", FieldKind::Percent).required(), CODE, ACTIVE],
}];
