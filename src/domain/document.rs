//! What an order's paper says, as plain data: the forms draw it, an invoice freezes it. No totals are computed here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::money::{Money, Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::base::text;
use crate::domain::company::{self, Company};
use crate::domain::counterparty::{self, Counterparty};
use crate::domain::field::{self, FieldOf, PaperField};
use crate::domain::number::Number;
use crate::domain::order::due::Due;
use crate::domain::order::{Order, OrderKind, OrderLine, store};
use crate::domain::unit::Unit;
use crate::domain::user::User;
use crate::engine::db::Db;
use crate::engine::tx::Tx;
use crate::engine::value::damaged;

/// The years in which documents are dated: what lies outside is a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

/// A date that a document may have. Rejected at the field outside those years.
pub(crate) fn dated(date: Date, field: &'static str) -> Result<Date> {
    if YEARS.contains(&date.year()) {
        return Ok(date);
    }
    let error = Error::rejected("error.document_year").arg_date("date", date);
    Err(error.arg("first", YEARS.start()).arg("last", YEARS.end()).at(field))
}

/// The date of a document; today when none is given. Rejected outside those years; asks before the future.
pub(crate) fn date(tx: &Tx<'_>, given: Option<Date>) -> Result<Date> {
    let date = dated(given.unwrap_or(tx.today()), "date")?;
    has_come(tx, date)?;
    Ok(date)
}

/// Asks before a document is dated into the future.
pub(crate) fn has_come(tx: &Tx<'_>, date: Date) -> Result<()> {
    if date <= tx.today() {
        return Ok(());
    }
    tx.confirm(Error::needs_confirmation("error.document_in_future").arg_date("date", date).at("date"))
}

/// A document of an order, with everything its paper needs. All amounts are minor units of `currency`.
/// Wide: it is the paper, part by part, and frozen in this form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentContent {
    /// Order or return.
    pub kind: OrderKind,
    /// The number on the paper: the invoice's or the order's.
    pub number: Number,
    /// The order's number.
    pub order_number: Number,
    /// The date on the paper.
    pub date: Date,
    /// When the order must be ready.
    pub due: Due,
    /// Who issues it.
    pub issuer: Party,
    /// Whom it is for.
    pub customer: Party,
    /// The code of the paper's language.
    pub language: String,
    /// The currency.
    pub currency: Currency,
    /// Whether prices hold the tax.
    pub prices_include_tax: bool,
    /// The lines.
    pub lines: Vec<DocumentLine>,
    /// The tax by rate, the highest first.
    pub taxes: Vec<DocumentTax>,
    /// Sums and what is paid.
    pub sums: DocumentSums,
    /// Who answers for the order.
    pub responsible: String,
    /// The order's note.
    pub note: String,
    /// Fields of the company's own that papers show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<PaperField>,
}

/// One side of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The name on the paper.
    pub name: String,
    /// Taxpayer number.
    pub tax_id: String,
    /// Number of a payer of value added tax.
    pub vat_number: String,
    /// Address.
    pub address: String,
    /// Phone as people read it.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Its bank.
    pub bank_name: String,
    /// Its account there.
    pub bank_account: String,
    /// Who signs as head.
    pub director: String,
    /// Who signs as chief accountant.
    pub accountant: String,
    /// Its logo, by the hash of the kept file, in hexadecimal.
    pub logo: Option<String>,
    /// Fields of the company's own that papers show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<PaperField>,
}

/// One line on the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// What.
    pub text: String,
    /// The unit's name.
    pub unit: String,
    /// How much.
    pub quantity: Quantity,
    /// The price of one.
    pub price: UnitPrice,
    /// What was taken off.
    pub discount: i64,
    /// The tax rate; none when the line lies outside the tax.
    pub tax_percent: Option<Percent>,
    /// Without tax.
    pub net: i64,
    /// Tax.
    pub tax: i64,
    /// With tax.
    pub total: i64,
    /// Why the amount was set by hand; empty when it was computed.
    pub correction_reason: String,
    /// Fields of the company's own that papers show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<PaperField>,
}

/// The tax of one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentTax {
    /// The rate.
    pub percent: Percent,
    /// Without tax.
    pub net: i64,
    /// Tax.
    pub tax: i64,
    /// With tax.
    pub total: i64,
}

/// The sums at the foot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSums {
    /// What was taken off all lines.
    pub discount: i64,
    /// Without tax.
    pub net: i64,
    /// Tax.
    pub tax: i64,
    /// With tax.
    pub total: i64,
    /// What has been paid.
    pub paid: i64,
    /// What is still owed.
    pub debt: i64,
}

impl DocumentContent {
    /// The text that an invoice freezes: the same content always gives the same bytes.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(damaged)
    }

    /// The content of a frozen text. Fails where it is damaged.
    pub fn from_json(text: &str) -> Result<DocumentContent> {
        serde_json::from_str(text).map_err(damaged)
    }

    /// The content as an answer tells it: amounts are decimals. Only they are whole numbers in lines, taxes and sums.
    pub fn told(&self) -> Result<Json> {
        let mut told = serde_json::to_value(self).map_err(damaged)?;
        for part in ["lines", "taxes", "sums"] {
            told.get_mut(part).into_iter().for_each(|amounts| self.tell_amounts(amounts));
        }
        Ok(told)
    }

    fn tell_amounts(&self, part: &mut Json) {
        match part {
            Json::Array(all) => all.iter_mut().for_each(|one| self.tell_amounts(one)),
            Json::Object(fields) => fields.values_mut().for_each(|one| self.tell_amounts(one)),
            Json::Number(minor) => *part = self.money(minor.as_i64().unwrap_or_default()).to_string().into(),
            Json::Null | Json::Bool(_) | Json::String(_) => {}
        }
    }

    /// Minor units as money of the document.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}

/// The paper of an order under this number and date, from what the file holds now.
pub fn of_order(db: &Db, order: &Order, number: Number, date: Date) -> Result<DocumentContent> {
    let company = company::current(db)?;
    let customer: Counterparty = db.get(order.counterparty_id)?;
    let responsible: Option<User> = db.find_row(order.responsible_id)?;
    let rows = store::lines_of(db, order.id)?;
    let language = if customer.language.is_empty() { company.language.clone() } else { customer.language.clone() };
    Ok(DocumentContent {
        kind: order.kind,
        number,
        order_number: order.number,
        date,
        due: order.due.clone(),
        customer: customer_party(db, &customer)?,
        issuer: issuer(company),
        language,
        currency: order.currency,
        prices_include_tax: order.prices_include_tax,
        lines: rows.iter().map(|row| line(db, row)).collect::<Result<_>>()?,
        taxes: taxes(&rows),
        sums: DocumentSums {
            discount: rows.iter().map(|row| row.discount).fold(0, i64::saturating_add),
            net: order.net,
            tax: order.tax,
            total: order.total,
            paid: order.paid,
            debt: order.debt,
        },
        responsible: responsible.map(|user| user.name).unwrap_or_default(),
        note: order.note.clone(),
        fields: field::printed(db, (FieldOf::Order, order.id.get()))?,
    })
}

/// The company as the side that issues a document.
pub fn issuer(company: Company) -> Party {
    let name = if company.legal_name.is_empty() { company.name } else { company.legal_name };
    Party {
        name,
        tax_id: company.tax_id,
        vat_number: company.vat_number,
        address: company.address,
        phone: company.phone,
        email: company.email,
        bank_name: company.bank_name,
        bank_account: company.bank_account,
        director: company.director,
        accountant: company.accountant,
        logo: company.logo_hash.map(|hash| text::hex(&hash)),
        fields: Vec::new(),
    }
}

fn customer_party(db: &Db, customer: &Counterparty) -> Result<Party> {
    let phones = counterparty::phones_of(db, customer.id)?;
    let name = if customer.legal_name.is_empty() { &customer.name } else { &customer.legal_name };
    Ok(Party {
        name: name.clone(),
        tax_id: customer.tax_id.clone(),
        address: customer.address.clone(),
        phone: phones.into_iter().next().map(|phone| phone.phone).unwrap_or_default(),
        email: customer.email.clone(),
        bank_name: customer.bank_name.clone(),
        bank_account: customer.bank_account.clone(),
        fields: field::printed(db, (FieldOf::Counterparty, customer.id.get()))?,
        ..Party::default()
    })
}

fn line(db: &Db, row: &OrderLine) -> Result<DocumentLine> {
    let unit: Option<Unit> = match row.unit_id {
        Some(id) => db.find_row(id)?,
        None => None,
    };
    Ok(DocumentLine {
        text: row.text.clone(),
        unit: unit.map(|unit| unit.name).unwrap_or_default(),
        quantity: row.quantity,
        price: row.price,
        discount: row.discount,
        tax_percent: row.tax_rate_id.map(|_| row.tax_percent),
        net: row.net,
        tax: row.tax,
        total: row.total,
        correction_reason: row.correction_reason.clone(),
        fields: row.item_id.map_or(Ok(Vec::new()), |item| field::printed(db, (FieldOf::Item, item.get())))?,
    })
}

/// The tax by rate, summed from the frozen lines.
fn taxes(rows: &[OrderLine]) -> Vec<DocumentTax> {
    let mut sums: BTreeMap<i64, DocumentTax> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.tax_rate_id.is_some()) {
        let percent = row.tax_percent;
        let sum = sums.entry(-percent.ppm()).or_insert(DocumentTax { percent, net: 0, tax: 0, total: 0 });
        sum.net = sum.net.saturating_add(row.net);
        sum.tax = sum.tax.saturating_add(row.tax);
        sum.total = sum.total.saturating_add(row.total);
    }
    sums.into_values().collect()
}
