//! Records as a workbook: numbers and days are real ones, ids and codes stay text, heads are in the reader's language.

use std::io::Write;

use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::locale::{Lang, tr};
use crate::domain::company;
use crate::engine::query::View;
use crate::exchange::export::{Export, Going, Kind, Shown};
use crate::workbook::{Book, Head, Info, Value};

/// Writes the records that the asker may see; gives their number.
pub(super) fn write(view: &View<'_>, export: &Export, out: &mut (impl Write + Send), lang: Lang) -> Result<i64> {
    let title = tr(lang, &format!("export.kind.{}", export.kind), &[]);
    let author = company::current(view)?.name;
    let info = Info { name: title.clone(), title, author, date: view.today(), lang };
    let going = Going::of(view, export)?;
    let mut book = Book::new(info, going.columns.iter().map(|column| head(column, lang)).collect())?;
    let mut count = 0_i64;
    going.rows(view, &mut |cells| {
        let values = going.columns.iter().map(|column| {
            let cell = cells.get(column.at).map(String::as_str).unwrap_or_default();
            value(column.kind, cell)
        });
        count = count.saturating_add(1);
        book.row(&values.collect::<Vec<_>>())
    })?;
    book.finish(out)?;
    Ok(count)
}

fn head(column: &Shown, lang: Lang) -> Head {
    let told = || tr(lang, &format!("export.column.{}", column.name), &[]);
    let title = column.own.clone().unwrap_or_else(told);
    let width = match column.kind {
        Kind::Text if column.name.ends_with("name") => 28,
        Kind::Text | Kind::Date => 16,
        Kind::Id => 10,
        Kind::Number => 15,
    };
    Head { title, width, figures: column.kind == Kind::Number }
}

fn value(kind: Kind, cell: &str) -> Value<'_> {
    match kind {
        _ if cell.is_empty() => Value::Empty,
        Kind::Text | Kind::Id => Value::Text(cell),
        Kind::Number => Value::Number(cell),
        Kind::Date => day(cell).unwrap_or(Value::Text(cell)),
    }
}

/// A day, or the moment that a clock on the wall shows; what else stands there is text.
fn day(cell: &str) -> Option<Value<'_>> {
    let date = Date::parse(cell.get(..10)?).ok()?;
    let Some(time) = cell.get(10..).filter(|time| !time.is_empty()) else {
        return Some(Value::Date(date));
    };
    let part = |from: usize, to: usize| time.get(from..to).map_or(Some(0), |digits| digits.parse::<u8>().ok());
    Some(Value::Moment(date, [part(1, 3)?, part(4, 6)?, part(7, 9)?]))
}
