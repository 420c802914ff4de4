//! The receipt of a payment on 80 mm paper, drawn from the payment and its order as they stand now.
//! It says that it is no fiscal receipt, and leaves room for the number of the one that is.

use serde::Deserialize;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::base::right::Right;
use crate::domain::company;
use crate::domain::counterparty::Counterparty;
use crate::domain::document::{self, DocumentContent, Party};
use crate::domain::order::{Order, store as orders};
use crate::domain::payment::row::TenderKind;
use crate::domain::payment::{Payment, PaymentKind, store};
use crate::domain::user::User;
use crate::engine::fields;
use crate::engine::query::View;
use crate::forms::{Form, Request, language, logo, slip};
use crate::print::{Picture, Printed};

/// The form `receipt`: by the id of a `payment`, or the last standing one of an `order`.
pub const FORM: Form = Form { name: "receipt", rights: &[Right::PaymentView], keys: fields::of::<Keys>, make: filled };

/// Which payment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    #[serde(default)]
    payment: Option<Id<Payment>>,
    #[serde(default)]
    order: Option<Id<Order>>,
}

/// Everything a receipt says.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The payment.
    pub payment: Payment,
    /// The time of day it was taken, as `HH:MM`; empty when it was taken on another day than its own.
    pub time: String,
    /// Who took it.
    pub cashier: String,
    /// How it was made: the method's name, and minor units.
    pub tenders: Vec<(String, i64)>,
    /// The order it was taken for; none for an advance.
    pub order: Option<DocumentContent>,
    /// Who issues the receipt.
    pub issuer: Party,
    /// Who paid; empty for a walk-in.
    pub customer: String,
    /// The language of the words.
    pub lang: Lang,
    /// Whether it says that it is a copy.
    pub copy: bool,
    /// The issuer's logo.
    pub logo: Option<Picture>,
}

fn filled(view: &View<'_>, request: &Request) -> Result<Printed> {
    let payment = wanted(view, &fields::read(request.keys.clone())?)?;
    let company = company::current(view)?;
    let customer: Counterparty = view.get(payment.counterparty_id)?;
    let cashier: Option<User> = view.find_row(payment.user_id)?;
    let order = payment.order_id.map(|id| content(view, id)).transpose()?;
    let zone = *view.zone();
    let same_day = zone.date_of(payment.taken_at) == payment.date;
    let written = if customer.language.is_empty() { &company.language } else { &customer.language };
    let lang = language(request, written);
    let issuer = document::issuer(company);
    draw(&Receipt {
        time: if same_day { zone.time_of(payment.taken_at) } else { String::new() },
        cashier: cashier.map(|user| user.name).unwrap_or_default(),
        tenders: tenders(view, &payment)?,
        logo: logo(view, &issuer)?,
        order,
        issuer,
        customer: if customer.walk_in { String::new() } else { customer.name },
        lang,
        copy: request.copy,
        payment,
    })
}

fn wanted(view: &View<'_>, keys: &Keys) -> Result<Payment> {
    if let Some(id) = keys.payment {
        return store::visible_payment(view, view.actor(), id).map_err(|error| error.at("payment"));
    }
    let Some(id) = keys.order else {
        return Err(Error::rejected("error.form.which_payment").at("payment"));
    };
    let order = orders::visible_order(view, view.actor(), id)?;
    let all = store::payments_of(view, id)?.into_iter();
    let standing = all.filter(|payment| !payment.voided && payment.kind != PaymentKind::Reversal);
    standing
        .max_by_key(|payment| payment.id)
        .ok_or_else(|| Error::rejected("error.form.no_payment").arg("order", order.number).at("order"))
}

fn content(view: &View<'_>, id: Id<Order>) -> Result<DocumentContent> {
    let order: Order = view.get(id)?;
    document::of_order(view, &order, order.number, order.date)
}

fn tenders(view: &View<'_>, payment: &Payment) -> Result<Vec<(String, i64)>> {
    let rows = store::tenders_of(view, payment.id)?.into_iter().filter(|row| row.kind == TenderKind::Tender);
    rows.map(|row| Ok((view.get(row.method_id)?.name, row.amount))).collect()
}

/// The receipt filled in.
pub fn draw(receipt: &Receipt) -> Result<Printed> {
    slip::print(receipt)
}
