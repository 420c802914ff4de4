//! How cells of a workbook look: the number formats of amounts, days and shares, plain and for totals.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::base::currency::Currency;
use crate::base::locale::{self, Lang};

/// One look of a cell: in a row, and in the totals.
struct Pair {
    row: Format,
    total: Format,
}

impl Pair {
    fn new(row: Format) -> Pair {
        let total = row.clone().set_bold().set_border_top(FormatBorder::Thin);
        Pair { row, total }
    }

    fn of(&self, total: bool) -> &Format {
        if total { &self.total } else { &self.row }
    }
}

/// Every look.
pub(super) struct Styles {
    lang: Lang,
    heads: (Format, Format),
    text: Pair,
    figure: Pair,
    date: Pair,
    count: Pair,
    number: Pair,
    share: Pair,
    money: HashMap<Currency, Pair>,
}

impl Styles {
    pub(super) fn new(lang: Lang) -> Styles {
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let head = head.set_background_color(Color::RGB(0x00E9_ECF1)).set_border_bottom(FormatBorder::Thin);
        let date = if lang == Lang::EN { "mmm d, yyyy" } else { "dd.mm.yyyy" };
        Styles {
            lang,
            heads: (head.clone(), head.set_align(FormatAlign::Right)),
            // The format "text": whoever edits a code keeps its zeros.
            text: Pair::new(Format::new().set_num_format("@")),
            figure: Pair::new(Format::new().set_num_format("@").set_align(FormatAlign::Right)),
            date: Pair::new(Format::new().set_num_format(date).set_align(FormatAlign::Left)),
            count: Pair::new(Format::new().set_num_format("#,##0")),
            number: Pair::new(Format::new()),
            share: Pair::new(Format::new().set_num_format("0.0%")),
            money: HashMap::new(),
        }
    }

    pub(super) fn head(&self, figures: bool) -> &Format {
        if figures { &self.heads.1 } else { &self.heads.0 }
    }

    pub(super) fn text(&self, total: bool) -> &Format {
        self.text.of(total)
    }

    /// Figures that stand as text.
    pub(super) fn figure(&self, total: bool) -> &Format {
        self.figure.of(total)
    }

    pub(super) fn date(&self, total: bool) -> &Format {
        self.date.of(total)
    }

    pub(super) fn count(&self, total: bool) -> &Format {
        self.count.of(total)
    }

    pub(super) fn number(&self, total: bool) -> &Format {
        self.number.of(total)
    }

    pub(super) fn share(&self, total: bool) -> &Format {
        self.share.of(total)
    }

    pub(super) fn money(&mut self, currency: Currency, total: bool) -> &Format {
        let lang = self.lang;
        let new = || Pair::new(Format::new().set_num_format(amount_format(lang, currency)));
        self.money.entry(currency).or_insert_with(new).of(total)
    }
}

/// Decimals as many as the currency has, its symbol where the language writes it.
fn amount_format(lang: Lang, currency: Currency) -> String {
    let places = usize::try_from(currency.decimals()).unwrap_or(0);
    let figures = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
    let symbol = locale::symbol(lang, currency.code());
    let written = locale::amount(lang, crate::base::money::Money::zero(currency));
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
        let format = |lang, code| amount_format(lang, Currency::parse(code).unwrap());
        assert_eq!(format(Lang::HY, "AMD"), "#,##0.00\\ [$֏]");
        assert_eq!(format(Lang::EN, "USD"), "[$$]#,##0.00");
        assert_eq!(format(Lang::EN, "AMD"), "[$AMD]\\ #,##0.00");
        assert_eq!(format(Lang::RU, "JPY"), "#,##0\\ [$¥]");
    }
}
