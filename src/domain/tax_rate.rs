//! Tax rates: how many percents of a sale go to the state.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::base::money::Percent;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::table;

table! {
    /// A tax rate.
    pub struct TaxRate in "tax_rates" code 16 {
        /// Its short fixed name, such as `vat-20`.
        code: String,
        /// How it is written on paper and on the screen.
        name: String,
        /// Of the amount without tax.
        percent: Percent,
        /// Whether it is offered.
        active: bool,
    }
}

/// The rate of those who pay no value added tax: turnover tax, micro-business, sales that are exempt.
const WITHOUT: (&str, i64) = ("no-vat", 0);

/// Rates shipped for a country, the usual one first. Source for Armenia: Tax Code of the Republic of Armenia,
/// articles 63 (20 %) and 65 (0 %), exemptions in article 64.
fn shipped(country: &str) -> &'static [(&'static str, i64)] {
    match country {
        "AM" => &[("vat-20", 200_000), ("vat-0", 0), WITHOUT],
        _ => &[WITHOUT],
    }
}

/// Tax rates as a slice.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[TaxRate::TABLE], statements: &[], lists: &[] };

/// Stores the rates of a country, named in the company's language, and gives the usual one's id.
pub(crate) fn ship(tx: &mut Tx<'_>, country: &str, lang: Lang) -> Result<Option<Id<TaxRate>>> {
    let mut usual = None;
    for (code, ppm) in shipped(country) {
        let name = tr(lang, &format!("tax_rate.{code}"), &[]);
        let percent = Percent::from_ppm(*ppm);
        let id =
            tx.insert(&TaxRate { id: Id::new(0), version: 0, code: (*code).to_owned(), name, percent, active: true })?;
        usual = usual.or(Some(id));
    }
    Ok(usual)
}
