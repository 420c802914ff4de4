//! Figures as a document shows them: in its language, all amounts of its table with the same decimals.

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::decimal::format_scaled;
use crate::base::locale::{self, Lang, tr};
use crate::base::money::{Money, Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::domain::document::DocumentContent;
use crate::domain::field::{Holds, PaperField};
use crate::domain::order::due::Due;
use crate::forms::sheet::Labelled;

/// Stands where there is nothing to show.
pub(super) const NONE: &str = "—";

/// How a document writes its figures.
#[derive(Clone, Copy)]
pub(super) struct Figures {
    pub lang: Lang,
    currency: Currency,
    decimals: u32,
}

impl Figures {
    /// Zero minor units are left out where the currency has none in use and every amount and price is whole.
    pub fn of(content: &DocumentContent, lang: Lang) -> Figures {
        let currency = content.currency;
        let amounts = content.lines.iter().flat_map(|line| [line.discount, line.net, line.tax, line.total]);
        let whole = |parts: i64, of: i64| parts.checked_rem(of) == Some(0);
        let all_whole = amounts.into_iter().all(|minor| whole(minor, currency.minor_per_major()))
            && content.lines.iter().all(|line| whole(line.price.micros(), 1_000_000));
        let bare = all_whole && !locale::writes_zero_minor(currency.code());
        Figures { lang, currency, decimals: if bare { 0 } else { currency.decimals() } }
    }

    /// Figures of single amounts.
    pub fn of_currency(currency: Currency, lang: Lang) -> Figures {
        Figures { lang, currency, decimals: currency.decimals() }
    }

    /// Minor units in a column whose currency is told elsewhere.
    pub fn plain(&self, minor: i64) -> String {
        let amount = format_scaled(minor, self.currency.decimals(), self.decimals);
        locale::number(self.lang, &amount)
    }

    /// As [`Figures::plain`], with a dash for zero.
    pub fn plain_or_none(&self, minor: i64) -> String {
        if minor == 0 { NONE.to_owned() } else { self.plain(minor) }
    }

    /// Minor units with their currency.
    pub fn money(&self, minor: i64) -> String {
        locale::amount(self.lang, Money::new(minor, self.currency))
    }

    /// The price of one, with the decimals it needs and at least the currency's.
    pub fn price(&self, price: UnitPrice) -> String {
        locale::number(self.lang, &format_scaled(price.micros(), UnitPrice::DECIMALS, self.decimals))
    }

    /// How much.
    pub fn quantity(&self, quantity: Quantity) -> String {
        locale::number(self.lang, &quantity.to_string())
    }

    /// A rate; a dash for what lies outside the tax.
    pub fn percent(&self, percent: Option<Percent>) -> String {
        percent.map_or_else(|| NONE.to_owned(), |percent| locale::percent(self.lang, &percent.to_string()))
    }
}

/// What stands on paper of the fields of the company's own: each with its name.
pub(super) fn own(lang: Lang, fields: &[PaperField]) -> Vec<Labelled> {
    let value = |field: &PaperField| match field.holds {
        Holds::Number | Holds::Money => locale::number(lang, &field.value),
        Holds::Date => Date::parse(&field.value).map_or_else(|_| field.value.clone(), |day| date(lang, day)),
        Holds::Flag => tr(lang, "field.yes", &[]),
        Holds::Text | Holds::Choice => field.value.clone(),
    };
    fields.iter().map(|field| (field.name.clone(), value(field))).collect()
}

/// A date in words.
pub(super) fn date(lang: Lang, date: Date) -> String {
    locale::date_long(lang, date)
}

/// When it must be ready: the date, and the time where there is one; empty without a due date.
pub(super) fn due(lang: Lang, due: &Due) -> String {
    let Some(day) = due.date() else { return String::new() };
    let text = due.to_string();
    let time = text.split_once('T').map_or("", |(_, time)| time);
    format!("{} {time}", date(lang, day)).trim_end().to_owned()
}
