//! Adding, changing and removing counterparties.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::Lang;
use crate::base::phone;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::attachment::{self, Owner};
use crate::domain::category;
use crate::domain::company;
use crate::domain::counterparty::phones::{self, Typed};
use crate::domain::counterparty::{
    Counterparty, CounterpartyKind, CounterpartyPhone, WITH_CODE, WITH_PHONE, WITH_TAX_ID, phones_of,
};
use crate::domain::directory::{self, LONGEST_CODE, LONGEST_NAME, Saved};
use crate::domain::field::{self, FieldOf, Given, Said};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::db::Db;
use crate::engine::tx::Tx;
use crate::{params, remove_command};

/// The longest note, in letters.
const LONGEST_NOTE: usize = 10_000;

/// Adds a counterparty or changes one. Wide: one field for each line of the card.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveCounterparty {
    /// The counterparty to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Counterparty>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// What it is; when left out a new one with a taxpayer number is a company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CounterpartyKind>,
    /// How it is called.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in the state register.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// The company's own code for it; no two share one.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Taxpayer number.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<String>,
    /// The first phone, in any format.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// All phones, in their order.
    #[serde(default, deserialize_with = "lenient::opt_texts", skip_serializing_if = "Option::is_none")]
    pub phones: Option<Vec<String>>,
    /// E-mail address.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Legal address.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Where goods go.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub delivery_address: Option<String>,
    /// Its bank.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub bank_name: Option<String>,
    /// Its account there.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub bank_account: Option<String>,
    /// Who speaks for it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Language of its documents; an empty text for the company's.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub language: Option<Option<Lang>>,
    /// Its category, by name; an empty text for none.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Anything else.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it holds in the fields of the company's own, by their codes; an empty text for nothing.
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub fields: Said,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveCounterparty {
    const NAME: &'static str = "save-counterparty";
    const NEED: Need = Need::Right(Right::CounterpartyEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        if old.as_ref().is_some_and(|old| old.walk_in) && self.touches_requisites() {
            return Err(Error::rejected("error.walk_in_fixed"));
        }
        let kept = old.as_ref().map_or_else(|| Ok(Vec::new()), |old| phones_of(tx, old.id))?;
        let given = phones::Given { first: self.phone.as_deref(), all: self.phones.as_deref() };
        let wanted = phones::wanted(&given, &kept, &company::current(tx)?.country)?;
        let mut new = old.clone().unwrap_or_else(|| Counterparty::blank(self.usual_kind()));
        self.put_lines(&mut new)?;
        self.put_rest(tx, &mut new)?;
        new.search = search_text(&new, &wanted);
        if !new.code.is_empty() {
            free_code(tx, &new)?;
        }
        ask_about_twins(tx, old.as_ref(), &new, &fresh(old.as_ref(), &new, &kept, &wanted))?;
        let fields = Given::read(tx, (FieldOf::Counterparty, old.as_ref().map(|old| old.id.get())), &self.fields)?;
        let saved = directory::stored_with(tx, (old.as_ref(), &new), fields.changes())?;
        fields.store(tx, saved.id)?;
        phones::store(tx, Id::new(saved.id), &kept, &wanted)?;
        Ok(saved)
    }
}

impl SaveCounterparty {
    /// Whether it says anything that the walk-in, who is nobody in particular, does not have.
    fn touches_requisites(&self) -> bool {
        let texts = [
            &self.legal_name,
            &self.code,
            &self.tax_id,
            &self.phone,
            &self.email,
            &self.address,
            &self.delivery_address,
            &self.bank_name,
            &self.bank_account,
            &self.contact,
        ];
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        texts.into_iter().any(filled)
            || self.phones.as_ref().is_some_and(|phones| !phones.is_empty())
            || self.kind.is_some_and(|kind| kind != CounterpartyKind::Person)
            || self.active == Some(false)
            || self.fields.values().any(|typed| !typed.0.is_empty())
    }

    fn usual_kind(&self) -> CounterpartyKind {
        let registered = [&self.tax_id, &self.legal_name].into_iter().flatten().any(|text| !text.trim().is_empty());
        if registered { CounterpartyKind::Company } else { CounterpartyKind::Person }
    }

    fn put_lines(&self, new: &mut Counterparty) -> Result<()> {
        new.name = directory::name_or(self.name.as_ref(), &new.name)?;
        new.name_key = text::sort_key(&new.name);
        new.code = directory::typed_code_or(self.code.as_ref(), &new.code)?;
        let lines: [(&Option<String>, &mut String, &'static str, usize); 4] = [
            (&self.legal_name, &mut new.legal_name, "legal_name", LONGEST_NAME),
            (&self.bank_name, &mut new.bank_name, "bank_name", LONGEST_NAME),
            (&self.bank_account, &mut new.bank_account, "bank_account", LONGEST_NAME),
            (&self.contact, &mut new.contact, "contact", LONGEST_NAME),
        ];
        for (given, kept, field, most) in lines {
            *kept = directory::line_or(given.as_ref(), kept, field, most)?;
        }
        let texts: [(&Option<String>, &mut String, &'static str, usize); 3] = [
            (&self.address, &mut new.address, "address", LONGEST_NAME),
            (&self.delivery_address, &mut new.delivery_address, "delivery_address", LONGEST_NAME),
            (&self.note, &mut new.note, "note", LONGEST_NOTE),
        ];
        for (given, kept, field, most) in texts {
            *kept = directory::lines_or(given.as_ref(), kept, field, most)?;
        }
        Ok(())
    }

    fn put_rest(&self, tx: &Tx<'_>, new: &mut Counterparty) -> Result<()> {
        new.kind = self.kind.unwrap_or(new.kind);
        new.active = self.active.unwrap_or(new.active);
        if let Some(typed) = &self.tax_id {
            new.tax_id = tax_id(typed)?;
        }
        if let Some(typed) = &self.email {
            new.email = directory::email(typed)?;
        }
        if let Some(language) = self.language {
            new.language = language.map(|language| language.code().to_owned()).unwrap_or_default();
        }
        match self.category.as_deref() {
            None => (),
            Some("") => new.category_id = None,
            Some(typed) => new.category_id = Some(category::find(tx, typed)?.id),
        }
        Ok(())
    }
}

/// A taxpayer number as it is kept and compared: without spaces, digits in ASCII, letters capital.
fn tax_id(typed: &str) -> Result<String> {
    let line = directory::line(typed, "tax_id", LONGEST_CODE)?;
    Ok(text::ascii_digits(&line).split(' ').collect::<String>().to_uppercase())
}

/// What a counterparty is found by, one thing a line, so that no fragment spans two of them.
fn search_text(row: &Counterparty, phones: &[Typed]) -> String {
    let texts = [&row.name, &row.legal_name, &row.code, &row.tax_id, &row.email, &row.contact];
    let folded = texts.into_iter().map(|text| text::fold(text));
    // A number is looked for as it was dialled here or as it is written abroad.
    let digits = phones.iter().flat_map(|typed| [typed.digits.clone(), phone::search_digits(&typed.phone)]);
    let parts: Vec<String> = folded.chain([text::digits(&row.code)]).chain(digits).collect();
    let mut found: Vec<String> = Vec::new();
    for part in parts {
        if !part.is_empty() && !found.iter().any(|other| other.contains(&part)) {
            found.push(part);
        }
    }
    found.join("\n")
}

fn free_code(db: &Db, new: &Counterparty) -> Result<()> {
    let taken: Option<(String,)> = db.row(&WITH_CODE, params![new.code, new.id])?;
    match taken {
        Some((name,)) => Err(Error::rejected("error.code_taken").arg("text", &new.code).arg("name", name).at("code")),
        None => Ok(()),
    }
}

/// The phones whose owner may turn out to be known already: all of one who appears, else only added ones.
fn fresh<'a>(
    old: Option<&Counterparty>,
    new: &Counterparty,
    kept: &[CounterpartyPhone],
    wanted: &'a [Typed],
) -> Vec<&'a Typed> {
    let appears = appears(old, new);
    let added = |typed: &&Typed| appears || kept.iter().all(|row| row.digits != typed.digits);
    wanted.iter().filter(|typed| typed.tells()).filter(added).collect()
}

fn appears(old: Option<&Counterparty>, new: &Counterparty) -> bool {
    old.is_none_or(|old| !old.active) && new.active
}

/// Asks before there are two cards for one: the same phone or the same taxpayer number as another's.
fn ask_about_twins(tx: &Tx<'_>, old: Option<&Counterparty>, new: &Counterparty, phones: &[&Typed]) -> Result<()> {
    let mut by_phone: Option<(&Typed, String)> = None;
    for typed in phones {
        let other: Option<(String,)> = tx.row(&WITH_PHONE, params![typed.digits, new.id])?;
        if let (None, Some((name,))) = (&by_phone, other) {
            by_phone = Some((typed, name));
        }
    }
    let changed = appears(old, new) || old.is_some_and(|old| old.tax_id != new.tax_id);
    let by_tax_id: Option<(String,)> = if changed { tx.row(&WITH_TAX_ID, params![new.tax_id, new.id])? } else { None };
    let question = match (by_phone, by_tax_id) {
        (None, None) => return Ok(()),
        (Some((typed, name)), None) => {
            Error::needs_confirmation("error.twin_phone").arg("phone", &typed.phone).arg("name", name).at("phone")
        }
        (None, Some((name,))) => {
            Error::needs_confirmation("error.twin_tax_id").arg("tax_id", &new.tax_id).arg("name", name).at("tax_id")
        }
        (Some((typed, name)), Some((other,))) => Error::needs_confirmation("error.twin_both")
            .arg("phone", &typed.phone)
            .arg("name", name)
            .arg("tax_id", &new.tax_id)
            .arg("other", other)
            .at("phone"),
    };
    tx.confirm(question)
}

remove_command!(
    /// Removes a counterparty that nothing refers to, with its phones.
    RemoveCounterparty, "remove-counterparty", Counterparty, Need::Right(Right::CounterpartyEdit), clear_for_removal
);

fn clear_for_removal(tx: &mut Tx<'_>, row: &Counterparty) -> Result<()> {
    if row.walk_in {
        return Err(Error::rejected("error.walk_in_stays"));
    }
    attachment::none_attached(tx, Owner::Counterparty, row.id.get())?;
    field::clear(tx, FieldOf::Counterparty, row.id.get())?;
    for phone in phones_of(tx, row.id)? {
        tx.delete(&phone)?;
    }
    Ok(())
}
