//! Which paper is looked at: of which document, in which form, and how it comes to be without being issued or printed.

use serde_json::json;

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::domain::invoice::issue::IssueInvoice;
use crate::domain::invoice::query::{InvoiceQuery, InvoicesQuery};
use crate::domain::order::store as orders;
use crate::domain::payment::store as payments;
use crate::engine::change::Changes;
use crate::engine::query::View;
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Ticket;
use crate::engine::worker::Lane;
use crate::forms::{self, Request};
use crate::modules::papers::Wanted;
use crate::print::Printed;
use crate::ui::desk::Desk;
use crate::ui::screen::Place;

/// The kinds of places of papers; the key is the id of the document.
pub(crate) const ORDER: &str = "order-preview";
/// Of an invoice.
pub(crate) const INVOICE: &str = "invoice-preview";
/// Of a payment.
pub(crate) const PAYMENT: &str = "payment-preview";

/// The invoice of an order: the one that stands, else as it would be if it were issued now.
pub(crate) fn invoice_of(order: i64, standing: Option<i64>) -> Place {
    standing.map_or_else(|| Place::of(ORDER, format!("{order}/invoice")), |standing| Place::of(INVOICE, standing))
}

/// A document that can be on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// An order: its own paper, or its invoice.
    Order(i64),
    /// An invoice.
    Invoice(i64),
    /// A payment: its receipt.
    Payment(i64),
}

impl Subject {
    /// Of a place: its kind and its key, and the form that is seen first.
    pub(super) fn read(kind: &str, key: &str) -> Option<(Subject, &'static str)> {
        let (id, form) = key.split_once('/').unwrap_or((key, ""));
        let id = id.parse().ok()?;
        let subject = match kind {
            ORDER => Subject::Order(id),
            INVOICE => Subject::Invoice(id),
            PAYMENT => Subject::Payment(id),
            _ => return None,
        };
        let known = subject.forms().iter().find(|(known, _)| *known == form).or(subject.forms().first());
        known.map(|(form, _)| (subject, *form))
    }

    /// The forms it has, each with the key of its name.
    pub(super) fn forms(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Subject::Order(_) => &[("order", "preview.order"), ("invoice", "preview.invoice")],
            Subject::Invoice(_) => &[("invoice", "preview.invoice")],
            Subject::Payment(_) => &[("receipt", "preview.receipt")],
        }
    }

    /// The pages as they would be printed now. An invoice that is not issued yet is only rehearsed.
    pub(super) fn ask(self, form: &'static str, desk: &Desk) -> Ticket<Looked> {
        let read = |job: fn(&View<'_>, i64) -> Result<Looked>, id: i64| {
            desk.handle.read(Lane::Interactive, &desk.call, move |view, _| job(view, id))
        };
        match self {
            Subject::Order(id) if form == "order" => read(order, id),
            Subject::Invoice(id) => read(invoice, id),
            Subject::Payment(id) => read(receipt, id),
            Subject::Order(id) => {
                let call = desk.call.clone();
                desk.handle.write(move |store, _| Ok((order_invoice(store, &call, id)?, Changes::default())))
            }
        }
    }
}

/// The pages, and what printing them makes.
#[derive(Clone, Debug)]
pub(super) struct Looked {
    /// The page model, from which the PDF is made too.
    pub printed: Printed,
    /// Characters that no typeface has.
    pub missing: Vec<char>,
    /// What printing makes.
    pub wanted: Wanted,
    /// How the file is called without its ending.
    pub name: String,
    number: String,
}

/// Keys of what papers are called.
const TITLES: [&str; 7] = [
    "form.title.invoice",
    "form.title.credit",
    "form.title.order",
    "form.title.return",
    "form.title.receipt",
    "form.title.refund",
    "form.title.reversal",
];

impl Looked {
    fn at(printed: Printed, wanted: Wanted, (form, number): (&str, String)) -> Looked {
        let missing = printed.paper.missing_glyphs();
        Looked { missing, printed, wanted, name: format!("{form}-{number}"), number }
    }

    /// What the paper is called by who looks at it; the paper itself may be in its customer's language.
    pub(super) fn title(&self, lang: Lang) -> String {
        let written = &self.printed.info.title;
        let number = [("number", self.number.as_str())];
        let is = |key: &&str| Lang::ALL.iter().any(|known| tr(*known, key, &number) == *written);
        TITLES.into_iter().find(is).map_or_else(|| written.clone(), |key| tr(lang, key, &number))
    }
}

/// The invoice of an order: the one that stands, else what it would be if it were issued now.
fn order_invoice(store: &mut Store, call: &Call, order: i64) -> Result<Looked> {
    let id = Id::new(order);
    let standing = InvoicesQuery { order: Some(id), voided: Some(false), ..InvoicesQuery::default() };
    let standing = store.query(call, &standing)?.into_iter().next().map(|listed| listed.row.id.get());
    let looked = match standing {
        Some(standing) => invoice(&store.view(call)?, standing)?,
        None => store.rehearse(call, |batch| {
            let issued = batch.run(&IssueInvoice { order: id, date: None })?;
            invoice(&batch.view()?, issued.id.get())
        })?,
    };
    Ok(Looked { wanted: Wanted::Invoice { order, standing }, ..looked })
}

fn request(form: &str, keys: serde_json::Value, copy: bool) -> Request {
    Request { form: form.to_owned(), keys, language: None, copy }
}

fn order(view: &View<'_>, id: i64) -> Result<Looked> {
    let number = orders::visible_order(view, view.actor(), Id::new(id))?.number.to_string();
    let printed = forms::fill(view, &request("order", json!({ "id": id }), false))?;
    let wanted = Wanted::Form("order", json!({ "id": id }), number.clone());
    Ok(Looked::at(printed, wanted, ("order", number)))
}

fn receipt(view: &View<'_>, id: i64) -> Result<Looked> {
    let number = payments::visible_payment(view, view.actor(), Id::new(id))?.number.to_string();
    let printed = forms::fill(view, &request("receipt", json!({ "payment": id }), false))?;
    let wanted = Wanted::Form("receipt", json!({ "payment": id }), number.clone());
    Ok(Looked::at(printed, wanted, ("receipt", number)))
}

fn invoice(view: &View<'_>, id: i64) -> Result<Looked> {
    let row = InvoiceQuery { id: Some(Id::new(id)), ..InvoiceQuery::default() }.find(view)?;
    let printed = forms::fill(view, &request("invoice", json!({ "id": id }), row.printed > 0))?;
    let wanted = Wanted::Invoice { order: row.order_id.get(), standing: Some(id) };
    Ok(Looked::at(printed, wanted, ("invoice", row.number.to_string())))
}
