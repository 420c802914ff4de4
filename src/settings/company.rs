//! The fields of the company: requisites, bank and signatures, and how new documents are reckoned.

use crate::ui::form::{FieldKind, FieldSpec, Reference, Section};

/// The languages the program speaks: code and key.
pub const LANGUAGES: &[(&str, &str)] = &[("hy", "language.hy"), ("ru", "language.ru"), ("en", "language.en")];

const PLACES: &[(&str, &str)] = &[("line", "company.rounding_line"), ("document", "company.rounding_document")];

static ZONE: Reference = Reference::whole("time-zones", "name", "name");
static TAX_RATE: Reference = Reference::whole("tax-rates", "code", "name");

/// The fields of the company.
pub static SECTIONS: &[Section] = &[
    Section {
        title: "company.requisites",
        fields: &[
            FieldSpec::new("name", "browse.name", FieldKind::Text).required(),
            FieldSpec::new("legal_name", "company.legal_name", FieldKind::Text),
            FieldSpec::new("tax_id", "company.tax_id", FieldKind::Text),
            FieldSpec::new("vat_number", "company.vat_number", FieldKind::Text),
            FieldSpec::new("phone", "company.phone", FieldKind::Text),
            FieldSpec::new("email", "company.email", FieldKind::Text),
            FieldSpec::new("address", "company.address", FieldKind::LongText),
            FieldSpec::new("bank_name", "company.bank_name", FieldKind::Text),
            FieldSpec::new("bank_account", "company.bank_account", FieldKind::Text),
            FieldSpec::new("director", "company.director", FieldKind::Text),
            FieldSpec::new("accountant", "company.accountant", FieldKind::Text),
        ],
    },
    Section {
        title: "company.reckoning",
        fields: &[
            FieldSpec::new("country", "window.country", FieldKind::Text).required().hint("company.country_hint"),
            FieldSpec::new("time_zone", "company.time_zone", FieldKind::Reference(&ZONE)).required(),
            FieldSpec::new("currency", "company.currency", FieldKind::Text).read_only(),
            FieldSpec::new("language", "company.language", FieldKind::Choice(LANGUAGES)).required(),
            FieldSpec::new("tax_rate", "company.tax_rate", FieldKind::Reference(&TAX_RATE)),
            FieldSpec::new("rounding", "company.rounding", FieldKind::Choice(PLACES)).required(),
            FieldSpec::new("prices_include_tax", "company.prices_include_tax", FieldKind::Flag),
        ],
    },
    Section { title: "company.logo", fields: &[FieldSpec::new("logo", "company.logo", FieldKind::Picture)] },
];
