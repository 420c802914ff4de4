//! The invoice: drawn from what was frozen when it was issued, by the version of the form it was issued with.
//! Damaged content is refused, never printed and never computed anew.

use sha2::{Digest as _, Sha256};

use crate::base::error::{Error, Result};
use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::domain::document::DocumentContent;
use crate::domain::invoice::query::InvoiceQuery;
use crate::domain::invoice::{FORM_VERSION, Invoice};
use crate::domain::order::OrderKind;
use crate::engine::fields;
use crate::engine::query::View;
use crate::forms::sheet::Document;
use crate::forms::{Form, Request, language, logo};
use crate::print::{Picture, Printed};

/// The form `invoice`: by `id`, `number`, or the standing one of an `order`.
pub const FORM: Form =
    Form { name: "invoice", rights: &[Right::InvoiceView], keys: fields::of::<InvoiceQuery>, make: filled };

/// What the paper says beside what is frozen.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The language of the words.
    pub lang: Lang,
    /// Whether it says that it is a copy.
    pub copy: bool,
    /// Why the invoice was voided; none while it stands.
    pub voided: Option<String>,
    /// The number a fiscal device gave; empty when there is none.
    pub fiscal_number: String,
    /// The issuer's logo.
    pub logo: Option<Picture>,
}

fn filled(view: &View<'_>, request: &Request) -> Result<Printed> {
    let query: InvoiceQuery = fields::read(request.keys.clone())?;
    let invoice = query.find(view)?;
    let content = frozen(&invoice)?;
    let beside = Beside {
        lang: language(request, &content.language),
        copy: request.copy,
        voided: invoice.voided.then(|| invoice.reason.clone()),
        fiscal_number: invoice.fiscal_number.clone(),
        logo: logo(view, &content.issuer)?,
    };
    draw(&content, beside)
}

/// What was frozen. Fails where it is not what was issued; rejected when a newer program issued it.
fn frozen(invoice: &Invoice) -> Result<DocumentContent> {
    let damaged = |why: &str| Err(Error::failure("error.form.damaged", why).arg("number", invoice.number));
    if Sha256::digest(invoice.content.as_bytes()).as_slice() != invoice.content_hash {
        return damaged("content_hash");
    }
    if !(1..=FORM_VERSION).contains(&invoice.form_version) {
        return Err(Error::rejected("error.form.newer").arg("number", invoice.number));
    }
    let content = DocumentContent::from_json(&invoice.content)?;
    let sums = [content.sums.net, content.sums.tax, content.sums.total];
    if content.number != invoice.number || sums != [invoice.net, invoice.tax, invoice.total] {
        return damaged("content_sums");
    }
    Ok(content)
}

/// The invoice of a frozen content. Rejected when its sums come to more than can be kept.
pub fn draw(content: &DocumentContent, beside: Beside) -> Result<Printed> {
    let lang = beside.lang;
    let word = |key: &str| tr(lang, key, &[]);
    let title = match content.kind {
        OrderKind::Order => "form.title.invoice",
        OrderKind::Return => "form.title.credit",
    };
    let reason = beside.voided.clone().unwrap_or_default();
    let issuer = &content.issuer;
    let director = (word("form.sign.director"), issuer.director.clone());
    // A sole trader has no accountant of his own.
    let accountant = (word("form.sign.accountant"), issuer.accountant.clone());
    let accountant = Some(accountant).filter(|(_, name)| !name.is_empty());
    let received = (word("form.sign.received"), String::new());
    let document = Document {
        content,
        lang,
        title: tr(lang, title, &[("number", &content.number.to_string())]),
        facts: vec![
            (word("form.order"), content.order_number.to_string()),
            (word("form.fiscal_number"), beside.fiscal_number),
            (word("form.void_reason"), reason),
        ],
        payable: beside.voided.is_none(),
        across: beside.voided.map(|_| word("form.void")),
        copy: beside.copy,
        note: String::new(),
        signatures: [director].into_iter().chain(accountant).chain([received]).collect(),
        logo: beside.logo,
    };
    document.print()
}
