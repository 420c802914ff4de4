//! Changing the company: requisites, logo, time zone, tax defaults. The home currency stays what it was at the start.

use serde::{Deserialize, Serialize};

use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::base::lenient;
use crate::base::locale::Lang;
use crate::base::right::Right;
use crate::domain::company::{self, Company, country};
use crate::domain::directory::{LONGEST_CODE, LONGEST_NAME, Saved};
use crate::domain::file::{self, FileHash};
use crate::domain::order::totals::Place;
use crate::domain::{directory, tax_rate};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::rule::Ruled;
use crate::engine::tx::Tx;

/// Changes the company. Wide: one field for each line of its requisites.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveCompany {
    /// Its version as it was seen.
    #[serde(deserialize_with = "lenient::int")]
    pub version: i64,
    /// How it is called.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in the state register.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// Taxpayer number.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<String>,
    /// Number of a payer of value added tax.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub vat_number: Option<String>,
    /// Legal address.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Phone for customers.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail for customers.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Its bank.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub bank_name: Option<String>,
    /// Its account there.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub bank_account: Option<String>,
    /// Who signs as head.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub director: Option<String>,
    /// Who signs as chief accountant.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub accountant: Option<String>,
    /// Two letters of ISO 3166.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The zone that decides the dates of documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
    /// The language of its documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Lang>,
    /// Whether prices of new orders include tax.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub prices_include_tax: Option<bool>,
    /// Where new orders are rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Place>,
    /// Code of the usual tax rate; an empty text for none.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<String>,
    /// Hash of a kept PNG or JPEG; an empty text for none.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub logo: Option<Option<FileHash>>,
}

impl Command for SaveCompany {
    const NAME: &'static str = "save-company";
    const NEED: Need = Need::Right(Right::SettingsEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = tx.seen(company::current(tx)?.id, self.version)?;
        let mut new = old.clone();
        self.put_requisites(&mut new)?;
        self.put_settings(tx, &mut new)?;
        directory::stored(tx, Some(&old), &new)
    }
}

impl SaveCompany {
    fn put_requisites(&self, new: &mut Company) -> Result<()> {
        new.name = directory::name_or(self.name.as_ref(), &new.name)?;
        let lines: [(&Option<String>, &mut String, &'static str, usize); 8] = [
            (&self.legal_name, &mut new.legal_name, "legal_name", LONGEST_NAME),
            (&self.tax_id, &mut new.tax_id, "tax_id", LONGEST_CODE),
            (&self.vat_number, &mut new.vat_number, "vat_number", LONGEST_CODE),
            (&self.phone, &mut new.phone, "phone", LONGEST_NAME),
            (&self.bank_name, &mut new.bank_name, "bank_name", LONGEST_NAME),
            (&self.bank_account, &mut new.bank_account, "bank_account", LONGEST_NAME),
            (&self.director, &mut new.director, "director", LONGEST_NAME),
            (&self.accountant, &mut new.accountant, "accountant", LONGEST_NAME),
        ];
        for (given, kept, field, most) in lines {
            *kept = directory::line_or(given.as_ref(), kept, field, most)?;
        }
        new.address = directory::lines_or(self.address.as_ref(), &new.address, "address", LONGEST_NAME)?;
        new.email = directory::email(self.email.as_deref().unwrap_or(&new.email))?;
        Ok(())
    }

    fn put_settings(&self, tx: &Tx<'_>, new: &mut Company) -> Result<()> {
        if let Some(typed) = &self.country {
            new.country = country(typed)?;
        }
        if let Some(zone) = self.time_zone {
            new.time_zone = zone.name().to_owned();
        }
        if let Some(language) = self.language {
            new.language = language.code().to_owned();
        }
        new.prices_include_tax = self.prices_include_tax.unwrap_or(new.prices_include_tax);
        if let Some(place) = self.rounding {
            new.rounding = place.code().to_owned();
        }
        match self.tax_rate.as_deref() {
            None => (),
            Some("") => new.default_tax_rate_id = None,
            Some(typed) => new.default_tax_rate_id = Some(tax_rate::offered(tx, typed)?.id),
        }
        if let Some(logo) = &self.logo {
            new.logo_hash = logo.as_ref().map(|hash| file::picture(tx, hash, "logo")).transpose()?;
        }
        Ok(())
    }
}

impl Ruled for Company {
    /// The usual tax rate may be gone or switched off since.
    fn put_back(tx: &Tx<'_>, _before: Option<&Company>, now: Option<&Company>) -> Result<()> {
        let Some(usual) = now.and_then(|now| now.default_tax_rate_id) else {
            return Ok(());
        };
        let rate = tx.find_row(usual)?.ok_or_else(|| Error::rejected("error.undo_refers_to_nothing"))?;
        directory::offered(rate, |rate| (rate.active, &rate.name)).map(drop)
    }
}
