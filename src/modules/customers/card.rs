//! The card of a customer: its fields, and what belongs to it.

use serde_json::json;

use crate::base::right::Right;
use crate::modules::browse::{Catalogue, Opens};
use crate::modules::card::{CardSpec, Part, PartKind, Plain};
use crate::modules::customers::balance::Balance;
use crate::modules::invoices::INVOICES;
use crate::modules::orders::list::ORDERS;
use crate::modules::payments::PAYMENTS;
use crate::modules::saving::Creates;
use crate::ui::form::{FieldKind, FieldSpec, Reference, Section};
use crate::ui::icon;

/// The card of a customer.
pub(crate) static CUSTOMER: CardSpec = CardSpec {
    place: "customer",
    single: false,
    icon: icon::USER,
    new: "customers.new",
    query: "counterparty",
    tables: &["counterparties", "counterparty_phones", "categories"],
    sections: SECTIONS,
    fresh: |_| json!({"kind": "person", "active": true}),
    save: "save-counterparty",
    edit: Right::CounterpartyEdit,
    creates: &[Creates { key: "category", command: "save-category" }],
    parts: &[
        Part {
            title: "window.orders",
            icon: icon::SHOPPING_CART,
            needs: &[Right::OrderViewOwn, Right::OrderViewAll],
            kind: PartKind::List(&ITS_ORDERS, "counterparty"),
        },
        Part {
            title: "payments.title",
            icon: icon::WALLET,
            needs: &[Right::PaymentView],
            kind: PartKind::List(&PAYMENTS, "counterparty"),
        },
        Part {
            title: "invoices.title",
            icon: icon::FILE_TEXT,
            needs: &[Right::InvoiceView],
            kind: PartKind::List(&INVOICES, "counterparty"),
        },
        Part {
            title: "balance.title",
            icon: icon::SCALE,
            needs: &[Right::PaymentView],
            kind: PartKind::Drawn(|| Box::new(Balance::default())),
        },
        Part { title: "files.title", icon: icon::PAPERCLIP, needs: &[], kind: PartKind::Files("counterparty") },
        Part {
            title: "history.title",
            icon: icon::HISTORY,
            needs: &[],
            kind: PartKind::History { query: "counterparty", tables: &["counterparties"] },
        },
    ],
    more: || Box::new(Plain),
};

/// The orders of a customer.
pub(crate) const ITS_ORDERS: Catalogue = Catalogue {
    place: "orders",
    title: "window.orders",
    icon: icon::SHOPPING_CART,
    list: &ORDERS,
    called: "number",
    searches: "",
    filters: &[],
    opens: Opens::Card("order"),
    links: &[],
    edits: None,
    voids: None,
    empty: "window.no_orders",
};

const KINDS: &[(&str, &str)] = &[("person", "customer_kind.person"), ("company", "customer_kind.company")];

/// The languages of documents, by their own names.
pub(crate) const LANGUAGES: &[(&str, &str)] = &[("hy", "language.hy"), ("ru", "language.ru"), ("en", "language.en")];

static CATEGORY: Reference = Reference::whole("categories", "name", "name").create();

static SECTIONS: &[Section] = &[
    Section {
        title: "",
        fields: &[
            FieldSpec::new("name", "browse.name", FieldKind::Text).required(),
            FieldSpec::new("kind", "customers.kind", FieldKind::Choice(KINDS)).required(),
            FieldSpec::new("phones", "customers.phones", FieldKind::List(&FieldKind::Text)),
            FieldSpec::new("email", "customers.email", FieldKind::Text),
            FieldSpec::new("category", "customers.category", FieldKind::Reference(&CATEGORY)),
            FieldSpec::new("code", "browse.code", FieldKind::Text),
            FieldSpec::new("active", "browse.active", FieldKind::Flag),
        ],
    },
    Section {
        title: "customers.requisites",
        fields: &[
            FieldSpec::new("legal_name", "customers.legal_name", FieldKind::Text),
            FieldSpec::new("tax_id", "customers.tax_id", FieldKind::Text),
            FieldSpec::new("bank_name", "customers.bank_name", FieldKind::Text),
            FieldSpec::new("bank_account", "customers.bank_account", FieldKind::Text),
            FieldSpec::new("contact", "customers.contact", FieldKind::Text),
            FieldSpec::new("language", "customers.language", FieldKind::Choice(LANGUAGES)),
            FieldSpec::new("address", "customers.address", FieldKind::LongText),
            FieldSpec::new("delivery_address", "customers.delivery_address", FieldKind::LongText),
            FieldSpec::new("note", "customers.note", FieldKind::LongText),
        ],
    },
];
