//! The card of an item: its fields, and what belongs to it.

use egui::Ui;
use serde_json::json;

use crate::base::right::Right;
use crate::modules::card::{CardSpec, More, Part, PartKind};
use crate::modules::items::barcodes::{self, Scanned};
use crate::modules::picture::Picture;
use crate::modules::saving::Creates;
use crate::ui::action::{Action, Offer};
use crate::ui::desk::Desk;
use crate::ui::form::{FieldKind, FieldSpec, Form, Reference, Section};
use crate::ui::icon;

/// The card of an item.
pub(crate) static ITEM: CardSpec = CardSpec {
    place: "item",
    single: false,
    icon: icon::PACKAGE,
    new: "items.new",
    query: "item",
    tables: &["items", "item_barcodes", "item_groups", "units", "tax_rates"],
    sections: SECTIONS,
    fresh: |desk| json!({"kind": "goods", "unit": "pcs", "currency": desk.house.currency.code(), "active": true}),
    save: "save-item",
    edit: Right::ItemEdit,
    creates: &[Creates { key: "group", command: "save-item-group" }],
    parts: &[
        Part { title: "files.title", icon: icon::PAPERCLIP, needs: &[], kind: PartKind::Files("item") },
        Part {
            title: "history.title",
            icon: icon::HISTORY,
            needs: &[],
            kind: PartKind::History { query: "item", tables: &["items"] },
        },
    ],
    more: || Box::new(ItemMore { picture: Picture::new("picture"), scanned: Scanned::default() }),
};

const KINDS: &[(&str, &str)] =
    &[("goods", "item_kind.goods"), ("service", "item_kind.service"), ("made-to-order", "item_kind.made-to-order")];

static UNIT: Reference = Reference::whole("units", "code", "name");
static CURRENCY: Reference = Reference::whole("currencies", "code", "code");
static TAX_RATE: Reference = Reference::whole("tax-rates", "code", "name");
static GROUP: Reference = Reference::whole("item-groups", "name", "name").detail("parent").create();

static SECTIONS: &[Section] = &[
    Section {
        title: "",
        fields: &[
            FieldSpec::new("name", "browse.name", FieldKind::Text).required(),
            FieldSpec::new("kind", "items.kind", FieldKind::Choice(KINDS)).required(),
            FieldSpec::new("code", "browse.code", FieldKind::Text),
            FieldSpec::new("unit", "items.unit", FieldKind::Reference(&UNIT)).required(),
            FieldSpec::new("price", "items.price", FieldKind::Price(Some("currency"))),
            FieldSpec::new("currency", "window.currency", FieldKind::Reference(&CURRENCY)).required(),
            FieldSpec::new("cost", "items.cost", FieldKind::Price(Some("currency"))).need(Right::CostView),
            FieldSpec::new("tax_rate", "items.tax_rate", FieldKind::Reference(&TAX_RATE)).hint("items.usual_tax_rate"),
            FieldSpec::new("group", "items.group", FieldKind::Reference(&GROUP)),
            FieldSpec::new("active", "browse.active", FieldKind::Flag),
            FieldSpec::new("barcodes", "items.barcodes", FieldKind::List(&FieldKind::Text)),
        ],
    },
    Section {
        title: "items.more",
        fields: &[
            FieldSpec::new("picture", "items.picture", FieldKind::Picture),
            FieldSpec::new("description", "items.description", FieldKind::LongText),
        ],
    },
];

static GENERATE: Action = Action {
    id: "generate-barcode",
    text: "items.generate",
    icon: icon::BARCODE,
    keys: &[],
    need: Some(Right::ItemEdit),
};

/// Picture and barcodes.
struct ItemMore {
    picture: Picture,
    scanned: Scanned,
}

impl More for ItemMore {
    fn offers(&self, _form: &Form, desk: &Desk) -> Vec<Offer> {
        if desk.may(Right::ItemEdit) { vec![GENERATE.offer(true)] } else { Vec::new() }
    }

    fn act(&mut self, action: &'static str, form: &mut Form, desk: &Desk) {
        if action == GENERATE.id {
            barcodes::generate(form, desk);
        }
    }

    fn scan(&mut self, code: &str, form: &mut Form, desk: &mut Desk) -> bool {
        self.scanned.take(code, form, desk);
        true
    }

    fn picture_asked(&mut self, ui: &Ui, desk: &mut Desk) {
        self.picture.ask(ui, desk);
    }

    fn ui(&mut self, ui: &mut Ui, form: &mut Form, desk: &mut Desk) {
        self.scanned.follow(form, desk);
        barcodes::ui(ui, form);
        if desk.may(Right::ItemEdit) {
            self.picture.take(ui, form, desk);
        }
        self.picture.show(ui, form, desk);
    }
}
