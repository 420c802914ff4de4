//! One counterparty as its card shows it: requisites, phones, files, history.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::phone::Phone;
use crate::base::right::Right;
use crate::domain::attachment::{self, AttachmentRow, Owner};
use crate::domain::company;
use crate::domain::counterparty::{Counterparty, CounterpartyKind, CounterpartyPhone, WITH_CODE_ID, phones_of};
use crate::domain::directory;
use crate::domain::field::{self, FieldOf, Teller, Told};
use crate::domain::history::Happening;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::params;

/// One counterparty, by its id or the company's code for it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneCounterparty {
    /// Its id.
    #[serde(default)]
    pub id: Option<Id<Counterparty>>,
    /// The company's own code for it.
    #[serde(default)]
    pub code: Option<String>,
}

/// A counterparty's card. Wide: one field for each line of the card.
#[derive(Clone, Debug, Serialize)]
pub struct CounterpartyCard {
    /// Its id.
    pub id: Id<Counterparty>,
    /// Its version, to send with a change.
    pub version: i64,
    /// What it is.
    pub kind: CounterpartyKind,
    /// How it is called.
    pub name: String,
    /// The name in the state register.
    pub legal_name: String,
    /// The company's own code for it.
    pub code: String,
    /// Taxpayer number.
    pub tax_id: String,
    /// Its phones in their order.
    pub phones: Vec<PhoneAnswer>,
    /// E-mail address.
    pub email: String,
    /// Legal address.
    pub address: String,
    /// Where goods go.
    pub delivery_address: String,
    /// Its bank.
    pub bank_name: String,
    /// Its account there.
    pub bank_account: String,
    /// Who speaks for it.
    pub contact: String,
    /// Code of the language of its documents; the company's when empty.
    pub language: String,
    /// Its category.
    pub category: String,
    /// Anything else.
    pub note: String,
    /// What it holds in the fields of the company's own, by their codes.
    pub fields: Told,
    /// Whether this is the built-in walk-in.
    pub walk_in: bool,
    /// Whether it is offered.
    pub active: bool,
    /// Its files, oldest first.
    pub attachments: Vec<AttachmentRow>,
    /// What happened to it, oldest first.
    pub history: Vec<Happening>,
}

/// A phone on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhoneAnswer {
    /// As it was typed.
    pub phone: String,
    /// In groups with its country code, where it is a known number.
    pub shown: String,
    /// Digits it is found and compared by.
    pub digits: String,
}

impl Query for OneCounterparty {
    const NAME: &'static str = "counterparty";
    const NEED: Need = Need::Right(Right::CounterpartyView);
    type Row = CounterpartyCard;

    fn run(&self, view: &View<'_>) -> Result<Vec<CounterpartyCard>> {
        let id = match (self.id, &self.code) {
            (Some(id), _) => id,
            (None, Some(code)) => by_code(view, code)?,
            (None, None) => return Err(Error::rejected("error.field_empty").at("id")),
        };
        let row: Counterparty = view.get(id).map_err(|error| error.at("id"))?;
        card(view, row).map(|card| vec![card])
    }
}

fn by_code(view: &View<'_>, code: &str) -> Result<Id<Counterparty>> {
    let found: Option<(Id<Counterparty>,)> = view.row(&WITH_CODE_ID, params![code.trim().to_owned()])?;
    found.map(|(id,)| id).ok_or_else(|| directory::missing::<Counterparty>(code).at("code"))
}

fn card(view: &View<'_>, row: Counterparty) -> Result<CounterpartyCard> {
    let country = company::current(view)?.country;
    let category = row.category_id.map(|id| view.get(id)).transpose()?;
    let phones = phones_of(view, row.id)?;
    Ok(CounterpartyCard {
        id: row.id,
        version: row.version,
        kind: row.kind,
        phones: phones.into_iter().map(|phone| phone_answer(phone, &country)).collect(),
        attachments: attachment::rows_of(view, Owner::Counterparty, row.id.get())?,
        history: field::history::of_record(view, (FieldOf::Counterparty, row.id.get()))?,
        fields: Teller::of(view, FieldOf::Counterparty)?.tell(view, row.id.get())?,
        name: row.name,
        legal_name: row.legal_name,
        code: row.code,
        tax_id: row.tax_id,
        email: row.email,
        address: row.address,
        delivery_address: row.delivery_address,
        bank_name: row.bank_name,
        bank_account: row.bank_account,
        contact: row.contact,
        language: row.language,
        category: category.map(|category| category.name).unwrap_or_default(),
        note: row.note,
        walk_in: row.walk_in,
        active: row.active,
    })
}

fn phone_answer(row: CounterpartyPhone, country: &str) -> PhoneAnswer {
    let shown = Phone::read(&row.phone, country).shown().to_owned();
    PhoneAnswer { phone: row.phone, shown, digits: row.digits }
}
