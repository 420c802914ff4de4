//! Tax rates.

use crate::base::right::Right;
use crate::directories::{Directory, off, offered};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::icon;
use crate::ui::list::{Kind, ListColumn, ListSpec, Pages};

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

static LIST: ListSpec = ListSpec {
    query: "tax-rates",
    totals: None,
    sums: &[],
    tables: &["tax_rates"],
    name: "tax_rates.title",
    columns: &[
        ListColumn::new("name", "browse.name", Kind::Strong, 260.0),
        ListColumn::new("code", "browse.code", Kind::Text, 160.0),
        ListColumn::new("percent", "tax_rates.percent", Kind::Percent, 150.0),
        ListColumn::new("active", "browse.active", Kind::Flag, 110.0),
    ],
    grow: "name",
    sort: "",
    pages: Pages::Whole,
    state: off,
};

static SECTIONS: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("name", "browse.name", FieldKind::Text).required(),
        FieldSpec::new("percent", "tax_rates.percent", FieldKind::Percent).required(),
        FieldSpec::new("code", "browse.code", FieldKind::Text).hint("directory.code_hint"),
        FieldSpec::new("active", "browse.active", FieldKind::Flag),
    ],
}];
