//! Workbooks: tables with real numbers and dates for a spreadsheet program, as XLSX. Rows go to the disk as they come,
//! so that size does not matter. Knows no business words; the same rows give the same bytes.

mod style;

use std::borrow::Cow;
use std::io::Write;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::base::money::Money;
use style::{Look, Styles};

/// Rows that one sheet of a workbook holds, its heads among them.
const MOST_ROWS: u32 = 1_048_576;

/// Digits that a spreadsheet program keeps of a number; a longer one stands as text rather than rounded.
const MOST_DIGITS: usize = 15;

/// The longest text of a cell, in letters as the format counts them.
const LONGEST_TEXT: usize = 32_767;

/// What a workbook says about itself.
#[derive(Clone, Debug)]
pub struct Info {
    /// What it shows.
    pub title: String,
    /// The name of its first sheet.
    pub name: String,
    /// Who made it.
    pub author: String,
    /// The day on which it was made.
    pub date: Date,
    /// In which language dates and amounts are written.
    pub lang: Lang,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its words.
    pub title: String,
    /// How wide it is, in letters.
    pub width: u16,
    /// Whether it stands over figures, on the right.
    pub figures: bool,
}

/// One value.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Words or a code; never a formula or a number.
    Text(&'a str),
    /// A day.
    Date(Date),
    /// A day with hour, minute and second.
    Moment(Date, [u8; 3]),
    /// A number of things.
    Count(i64),
    /// An amount.
    Money(Money),
    /// Another number, as a plain decimal such as `-12.50`; whatever is none stands as text.
    Number(&'a str),
    /// A share of the whole in parts per million, shown as percents.
    Share(i64),
}

/// A workbook under way.
pub struct Book {
    workbook: Workbook,
    info: Info,
    heads: Vec<Head>,
    styles: Styles,
    /// How many sheets are there.
    sheets: usize,
    /// The next row of the last sheet.
    row: u32,
}

impl Book {
    /// A workbook with the heads of its columns.
    pub fn new(info: Info, heads: Vec<Head>) -> Result<Book> {
        let mut workbook = Workbook::new();
        let made = moment(info.date).map_err(failed)?;
        let about = DocProperties::new().set_title(&info.title).set_author(&info.author);
        workbook.set_properties(&about.set_creation_datetime(&made));
        let styles = Styles::new(info.lang);
        let mut book = Book { workbook, info, heads, styles, sheets: 0, row: 0 };
        book.begin_sheet().map_err(failed)?;
        Ok(book)
    }

    /// Adds a row, on a further sheet where the last one is full. Rejected for a text that no cell can hold.
    pub fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        if self.row >= MOST_ROWS {
            self.begin_sheet().map_err(failed)?;
        }
        self.write(values, false)
    }

    /// Adds a row of totals, set apart by a rule and bold letters.
    pub fn total(&mut self, values: &[Value<'_>]) -> Result<()> {
        if self.row >= MOST_ROWS {
            self.begin_sheet().map_err(failed)?;
        }
        self.write(values, true)
    }

    /// Writes the whole workbook out.
    pub fn finish(mut self, out: impl Write + Send) -> Result<()> {
        self.workbook.save_to_writer(out).map_err(failed)
    }

    /// The whole workbook as bytes.
    pub fn into_bytes(mut self) -> Result<Vec<u8>> {
        self.workbook.save_to_buffer().map_err(failed)
    }

    /// A further sheet: its name, widths, heads that stay in sight, and how it is printed.
    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        let name = sheet_name(&self.info.name, self.sheets);
        let last = u16::try_from(self.heads.len()).unwrap_or(u16::MAX).saturating_sub(1);
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_header(format!("&L{}", self.info.title.replace('&', "&&"))).set_footer("&R&P / &N");
        for (column, head) in (0..=last).zip(&self.heads) {
            sheet.set_column_width(column, head.width)?;
            sheet.write_string_with_format(
                0,
                column,
                &head.title,
                self.styles.of(if head.figures { Look::FiguresHead } else { Look::Head }, false),
            )?;
        }
        self.sheets = self.sheets.saturating_add(1);
        self.row = 1;
        Ok(())
    }

    fn write(&mut self, values: &[Value<'_>], total: bool) -> Result<()> {
        for (column, value) in (0_u16..).zip(values) {
            if let Value::Text(text) | Value::Number(text) = value
                && text.encode_utf16().count() > LONGEST_TEXT
            {
                let head = self.heads.get(usize::from(column)).map(|head| head.title.clone());
                return Err(Error::rejected("error.workbook_text_long").arg("column", head.unwrap_or_default()));
            }
            self.cell(column, *value, total).map_err(failed)?;
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    fn cell(&mut self, column: u16, value: Value<'_>, total: bool) -> Result<(), XlsxError> {
        let Book { workbook, styles, sheets, row, .. } = self;
        let sheet = workbook.worksheet_from_index(sheets.saturating_sub(1))?;
        match drawn(value) {
            Drawn::Nothing if total => sheet.write_blank(*row, column, styles.of(Look::Text, total))?,
            Drawn::Nothing => sheet,
            Drawn::Text(words, look) => sheet.write_string_with_format(*row, column, words, styles.of(look, total))?,
            Drawn::Number(number, look) => sheet.write_with_format(*row, column, number, styles.of(look, total))?,
            Drawn::Moment(at, look) => sheet.write_datetime_with_format(*row, column, &at, styles.of(look, total))?,
        };
        Ok(())
    }
}

/// A value as the format knows it.
enum Drawn<'a> {
    Nothing,
    Text(Cow<'a, str>, Look),
    Number(Decimal, Look),
    Moment(ExcelDateTime, Look),
}

fn drawn(value: Value<'_>) -> Drawn<'_> {
    match value {
        Value::Empty => Drawn::Nothing,
        Value::Text(words) => Drawn::Text(words.into(), Look::Text),
        Value::Date(date) => at(moment(date), Look::Date, || date.to_string()),
        Value::Moment(date, [hour, minute, second]) => {
            let moment = moment(date).and_then(|day| day.and_hms_milli(u16::from(hour), minute, second, 0));
            at(moment, Look::Moment, || format!("{date} {hour:02}:{minute:02}:{second:02}"))
        }
        Value::Count(count) => number(count.to_string().into(), |_| Look::Number(0)),
        Value::Money(money) => number(money.to_string().into(), |_| Look::Money(money.currency())),
        Value::Number(plain) => number(plain.into(), |number| Look::Number(number.scale())),
        Value::Share(ppm) => match Decimal::try_from_i128_with_scale(i128::from(ppm), 6) {
            Ok(share) => Drawn::Number(share, Look::Share),
            Err(_) => Drawn::Nothing,
        },
    }
}

/// A number where it can be one to the last digit, else its figures as text.
fn number(plain: Cow<'_, str>, look: impl Fn(Decimal) -> Look) -> Drawn<'_> {
    match exact(&plain) {
        Some(number) => Drawn::Number(number, look(number)),
        None => Drawn::Text(plain, Look::Figures),
    }
}

fn at<'a>(moment: Result<ExcelDateTime, XlsxError>, look: Look, plain: impl Fn() -> String) -> Drawn<'a> {
    match moment {
        Ok(moment) => Drawn::Moment(moment, look),
        Err(_) => Drawn::Text(plain().into(), Look::Text),
    }
}

/// The number, where a spreadsheet program keeps every digit of it.
fn exact(plain: &str) -> Option<Decimal> {
    let digits = plain.trim_start_matches('-').bytes().filter(u8::is_ascii_digit);
    let significant = digits.skip_while(|digit| *digit == b'0').count();
    let spelled = plain.strip_prefix('-').unwrap_or(plain).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if spelled && significant <= MOST_DIGITS { plain.parse().ok() } else { None }
}

/// Midnight of a day. Fails where spreadsheet programs have no such day.
fn moment(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or(0);
    let (month, day) = (u8::try_from(date.month()).unwrap_or(0), u8::try_from(date.day()).unwrap_or(0));
    ExcelDateTime::from_ymd(year, month, day)
}

/// A name that the format allows: at most 31 letters, without the signs of references; further sheets are numbered.
fn sheet_name(title: &str, sheets: usize) -> String {
    let number = if sheets == 0 { String::new() } else { format!(" {}", sheets.saturating_add(1)) };
    let clean =
        title.chars().map(|letter| if "[]:*?/\\'".contains(letter) || letter.is_control() { ' ' } else { letter });
    let most = 31_usize.saturating_sub(number.len());
    let mut name = String::new();
    for letter in clean {
        if name.encode_utf16().count().saturating_add(letter.len_utf16()) > most {
            break;
        }
        name.push(letter);
    }
    let name = name.trim();
    format!("{}{number}", if name.is_empty() { "-" } else { name })
}

fn failed(error: XlsxError) -> Error {
    Error::failure("error.workbook_failed", error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_sheet_is_short_and_holds_no_sign_of_a_reference() {
        assert_eq!(sheet_name("Debts: a/b [c]?*", 0), "Debts  a b  c");
        assert_eq!(sheet_name("", 0), "-");
        assert_eq!(sheet_name(&"Ա".repeat(40), 1), format!("{} 2", "Ա".repeat(29)));
    }

    #[test]
    fn a_number_with_more_digits_than_a_spreadsheet_keeps_is_none() {
        assert_eq!(exact("-9999999999999.99").map(|number| number.to_string()).as_deref(), Some("-9999999999999.99"));
        assert_eq!(exact("0.000000000000001").map(|number| number.to_string()).as_deref(), Some("0.000000000000001"));
        for none in ["99999999999999.99", "1e5", "+1", "", "-", "1.2.3", "١"] {
            assert_eq!(exact(none), None, "{none}");
        }
    }
}
