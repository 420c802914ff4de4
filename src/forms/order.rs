//! The order form: what was agreed, by when, for how much; drawn from the order as it stands now.

use serde::Deserialize;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::domain::document::{self, DocumentContent};
use crate::domain::number::Number;
use crate::domain::order::states::Status;
use crate::domain::order::{Order, OrderKind, store};
use crate::engine::fields;
use crate::engine::query::View;
use crate::forms::sheet::Document;
use crate::forms::{Form, Request, figures, language, logo};
use crate::print::{Picture, Printed};

/// The form `order`: by `id` or `number`.
pub const FORM: Form =
    Form { name: "order", rights: &[Right::OrderViewOwn, Right::OrderViewAll], keys: fields::of::<Keys>, make: filled };

/// Which order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    #[serde(default)]
    id: Option<Id<Order>>,
    #[serde(default)]
    number: Option<Number>,
}

/// What the paper says beside the order's content.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The language of the words.
    pub lang: Lang,
    /// Whether it says that it is a copy.
    pub copy: bool,
    /// Where the order stands.
    pub state: Status,
    /// The issuer's logo.
    pub logo: Option<Picture>,
}

fn filled(view: &View<'_>, request: &Request) -> Result<Printed> {
    let keys: Keys = fields::read(request.keys.clone())?;
    let id = match (keys.id, keys.number) {
        (Some(id), _) => id,
        (None, Some(number)) => store::by_number(view, number)?,
        (None, None) => return Err(Error::rejected("error.form.which").at("id")),
    };
    let order = store::visible_order(view, view.actor(), id).map_err(|error| error.at("id"))?;
    let content = document::of_order(view, &order, order.number, order.date)?;
    let (lang, logo) = (language(request, &content.language), logo(view, &content.issuer)?);
    draw(&content, Beside { lang, copy: request.copy, state: order.state, logo })
}

/// The order form of a content. Rejected when its sums come to more than can be kept.
pub fn draw(content: &DocumentContent, beside: Beside) -> Result<Printed> {
    let lang = beside.lang;
    let word = |key: &str| tr(lang, key, &[]);
    let title = match content.kind {
        OrderKind::Order => "form.title.order",
        OrderKind::Return => "form.title.return",
    };
    let across = match beside.state {
        Status::Draft => Some(word("form.draft")),
        Status::Cancelled => Some(word("form.cancelled")),
        Status::Confirmed | Status::InWork | Status::Ready | Status::Closed => None,
    };
    let document = Document {
        content,
        lang,
        title: tr(lang, title, &[("number", &content.number.to_string())]),
        facts: vec![
            (word("form.due"), figures::due(lang, &content.due)),
            (word("form.responsible"), content.responsible.clone()),
        ],
        payable: across.is_none(),
        across,
        copy: beside.copy,
        note: content.note.clone(),
        signatures: vec![
            (word("form.sign.accepted"), content.responsible.clone()),
            (word("form.customer"), String::new()),
        ],
        logo: beside.logo,
    };
    document.print()
}
