//! Workbooks: tables with real numbers and dates for a spreadsheet program, as XLSX. Rows go to the disk as they come,
//! so that size does not matter. Knows no business words; the same rows give the same bytes.

mod style;

use std::io::Write;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::base::money::Money;
use style::Styles;

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
        }
        for (column, head) in (0..=last).zip(&self.heads) {
            sheet.write_string_with_format(0, column, &head.title, self.styles.head(head.figures))?;
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
        let mut text =
            |text: &str, format: &Format| sheet.write_string_with_format(*row, column, text, format).map(|_| ());
        match value {
            Value::Empty if total => sheet.write_blank(*row, column, styles.text(total)).map(|_| ()),
            Value::Empty => Ok(()),
            Value::Text(words) => text(words, styles.text(total)),
            Value::Date(date) => match moment(date) {
                Ok(moment) => sheet.write_datetime_with_format(*row, column, &moment, styles.date(total)).map(|_| ()),
                Err(_) => text(&date.to_string(), styles.text(total)),
            },
            Value::Count(count) => match exact(&count.to_string()) {
                Some(number) => sheet.write_with_format(*row, column, number, styles.count(total)).map(|_| ()),
                None => text(&count.to_string(), styles.figure(total)),
            },
            Value::Money(money) => match exact(&money.to_string()) {
                Some(number) => {
                    sheet.write_with_format(*row, column, number, styles.money(money.currency(), total)).map(|_| ())
                }
                None => text(&money.to_string(), styles.figure(total)),
            },
            Value::Number(plain) => match exact(plain) {
                Some(number) => sheet.write_with_format(*row, column, number, styles.number(total)).map(|_| ()),
                None => text(plain, styles.figure(total)),
            },
            Value::Share(ppm) => match Decimal::try_from_i128_with_scale(i128::from(ppm), 6) {
                Ok(share) => sheet.write_with_format(*row, column, share, styles.share(total)).map(|_| ()),
                Err(_) => Ok(()),
            },
        }
    }
}

/// The number, where a spreadsheet program keeps every digit of it.
fn exact(plain: &str) -> Option<Decimal> {
    let digits = plain.trim_start_matches('-').bytes().filter(u8::is_ascii_digit);
    let significant = digits.skip_while(|digit| *digit == b'0').count();
    let spelled = plain.strip_prefix('-').unwrap_or(plain).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if spelled && significant <= MOST_DIGITS { plain.parse().ok() } else { None }
}

/// Midnight of a day. Fails before 1900, where spreadsheet programs have no days.
fn moment(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let (year, month) = (u16::try_from(date.year()).unwrap_or(0), u8::try_from(date.month()).unwrap_or(0));
    ExcelDateTime::from_ymd(year, month, u8::try_from(date.day()).unwrap_or(0))
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
