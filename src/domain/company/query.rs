//! Asking for the company.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::unreal::Unreal;
use crate::domain::company::{Company, THE_COMPANY};
use crate::domain::file::FileHash;
use crate::domain::tax_rate::TaxRate;
use crate::engine::backup;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::params;

/// The company; everyone who signs in works for it and may know it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TheCompany {}

/// The company as it is told. Wide: a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompanyRow {
    /// Its id.
    pub id: Id<Company>,
    /// Its version.
    pub version: i64,
    /// How it is called.
    pub name: String,
    /// The name in the state register.
    pub legal_name: String,
    /// Taxpayer number.
    pub tax_id: String,
    /// Number of a payer of value added tax.
    pub vat_number: String,
    /// Legal address.
    pub address: String,
    /// Phone for customers.
    pub phone: String,
    /// E-mail for customers.
    pub email: String,
    /// Its bank.
    pub bank_name: String,
    /// Its account there.
    pub bank_account: String,
    /// Who signs as head.
    pub director: String,
    /// Who signs as chief accountant.
    pub accountant: String,
    /// Two letters of ISO 3166.
    pub country: String,
    /// The zone that decides the dates of documents.
    pub time_zone: String,
    /// The home currency.
    pub currency: Currency,
    /// Code of the language of its documents.
    pub language: String,
    /// Whether prices of new orders include tax.
    pub prices_include_tax: bool,
    /// Where new orders are rounded.
    pub rounding: String,
    /// Code of the usual tax rate, if any.
    pub tax_rate: Option<String>,
    /// Hash of its logo, if it has one.
    pub logo: Option<FileHash>,
    /// Whether it is made up.
    pub demo: bool,
    /// Whether it is a copy to practise on.
    pub training: bool,
}

impl CompanyRow {
    /// Why nothing in it counts, where that is so.
    pub fn unreal(&self) -> Option<Unreal> {
        if self.training { Some(Unreal::Training) } else { self.demo.then_some(Unreal::Demo) }
    }
}

impl Query for TheCompany {
    const NAME: &'static str = "company";
    const NEED: Need = Need::SignedIn;
    type Row = CompanyRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<CompanyRow>> {
        let rows: Vec<Company> = view.rows(&THE_COMPANY, params![])?;
        let training = backup::is_training(view)?;
        rows.into_iter()
            .map(|company| {
                let rate: Option<TaxRate> = company.default_tax_rate_id.map(|id| view.get(id)).transpose()?;
                Ok(CompanyRow { training, ..row(company, rate.map(|rate| rate.code)) })
            })
            .collect()
    }
}

fn row(company: Company, tax_rate: Option<String>) -> CompanyRow {
    CompanyRow {
        id: company.id,
        version: company.version,
        name: company.name,
        legal_name: company.legal_name,
        tax_id: company.tax_id,
        vat_number: company.vat_number,
        address: company.address,
        phone: company.phone,
        email: company.email,
        bank_name: company.bank_name,
        bank_account: company.bank_account,
        director: company.director,
        accountant: company.accountant,
        country: company.country,
        time_zone: company.time_zone,
        currency: company.currency,
        language: company.language,
        prices_include_tax: company.prices_include_tax,
        rounding: company.rounding,
        tax_rate,
        logo: company.logo_hash.map(FileHash::from_bytes),
        demo: company.demo,
        training: false,
    }
}
