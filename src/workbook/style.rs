//! How cells of a workbook look: the number formats of amounts, days and shares, plain and for totals.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::base::currency::Currency;
use crate::base::locale::{self, Lang};
use crate::base::money::Money;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    Head,
    FiguresHead,
    Text,
    /// Figures that stand as text.
    Figures,
    Date,
    Moment,
    Share,
    /// With so many decimals.
    Number(u32),
    Money(Currency),
}

/// Every look that is needed, in rows and in totals.
pub(super) struct Styles {
    lang: Lang,
    made: HashMap<(Look, bool), Format>,
}

impl Styles {
    pub(super) fn new(lang: Lang) -> Styles {
        Styles { lang, made: HashMap::new() }
    }

    pub(super) fn of(&mut self, look: Look, total: bool) -> &Format {
        let lang = self.lang;
        self.made.entry((look, total)).or_insert_with(|| {
            let format = format(lang, look);
            if total { format.set_bold().set_border_top(FormatBorder::Thin) } else { format }
        })
    }
}

fn format(lang: Lang, look: Look) -> Format {
    let date = if lang == Lang::EN { "mmm d, yyyy" } else { "dd.mm.yyyy" };
    let head = || {
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        head.set_background_color(Color::RGB(0x00E9_ECF1)).set_border_bottom(FormatBorder::Thin)
    };
    match look {
        Look::Head => head(),
        Look::FiguresHead => head().set_align(FormatAlign::Right),
        // The format "text": whoever edits a code keeps its zeros.
        Look::Text => Format::new().set_num_format("@"),
        Look::Figures => Format::new().set_num_format("@").set_align(FormatAlign::Right),
        Look::Date => Format::new().set_num_format(date).set_align(FormatAlign::Left),
        Look::Moment => Format::new().set_num_format(format!("{date} hh:mm")).set_align(FormatAlign::Left),
        Look::Share => Format::new().set_num_format("0.0%"),
        Look::Number(decimals) => Format::new().set_num_format(figures(decimals)),
        Look::Money(currency) => Format::new().set_num_format(amount(lang, currency)),
    }
}

/// Thousands apart, and so many decimals.
fn figures(decimals: u32) -> String {
    let places = usize::try_from(decimals).unwrap_or(0);
    if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) }
}

/// Decimals as many as the currency has, its symbol where the language writes it.
fn amount(lang: Lang, currency: Currency) -> String {
    let (figures, symbol) = (figures(currency.decimals()), locale::symbol(lang, currency.code()));
    let written = locale::amount(lang, Money::zero(currency));
    let gap = if written.contains('\u{a0}') { "\\ " } else { "" };
    if written.starts_with(symbol) {
        format!("[${symbol}]{gap}{figures}")
    } else {
        format!("{figures}{gap}[${symbol}]")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_the_decimals_and_the_symbol_of_its_currency() {
        let format = |lang, code| amount(lang, Currency::parse(code).unwrap());
        assert_eq!(format(Lang::HY, "AMD"), "#,##0.00\\ [$֏]");
        assert_eq!(format(Lang::EN, "USD"), "[$$]#,##0.00");
        assert_eq!(format(Lang::EN, "AMD"), "[$AMD]\\ #,##0.00");
        assert_eq!(format(Lang::RU, "JPY"), "#,##0\\ [$¥]");
    }
}
