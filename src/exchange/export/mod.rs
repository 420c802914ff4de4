//! Taking records out to a file: CSV for spreadsheets, harmless there, XLSX with real numbers and days, or JSON. Whole
//! or not at all, and only what the asker may see. What goes out as CSV comes in again without a mapping.

mod records;
mod trade;
mod xlsx;

use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::base::right::Right;
use crate::domain::field::{FieldOf, Holds, OwnField, Teller};
use crate::engine::guard;
use crate::engine::query::View;
use crate::exchange::formula;
use crate::platform::{self, Access, AtomicFile};

/// One column of an export.
pub struct Column {
    /// Its name; where an import knows it, the name of the field.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words and codes, also where they consist of digits.
    Text,
    /// The id of a record: digits that nobody adds up.
    Id,
    /// A plain decimal, which stays a number in a spreadsheet.
    Number,
    /// A day, or a day with a time.
    Date,
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

const fn id(name: &'static str) -> Column {
    Column { name, kind: Kind::Id }
}

const fn number(name: &'static str) -> Column {
    Column { name, kind: Kind::Number }
}

const fn date(name: &'static str) -> Column {
    Column { name, kind: Kind::Date }
}

/// One kind of records that can be taken out.
pub struct Export {
    /// Its name.
    pub kind: &'static str,
    /// What one must be allowed to do besides taking records out.
    pub right: Right,
    /// What such a right may be limited to: the records one answers for.
    pub own: Option<Right>,
    /// Its columns, without those of fields that the company added.
    pub columns: &'static [Column],
    /// On which records such fields are; the first column holds their id.
    fields: Option<FieldOf>,
    rows: Rows,
}

impl Export {
    /// The codes of the rights it needs.
    pub fn rights(&self) -> Vec<&'static str> {
        [Some(Right::Export), self.own, Some(self.right)].into_iter().flatten().map(Right::code).collect()
    }
}

/// Where the cells of a row go, one for each column.
type Take<'a> = &'a mut dyn FnMut(Vec<String>) -> Result<()>;
type Rows = fn(&View<'_>, Take<'_>) -> Result<()>;

/// Every kind that can be taken out.
pub const EXPORTS: &[Export] = &[
    Export {
        kind: "counterparties",
        right: Right::CounterpartyView,
        own: None,
        columns: records::COUNTERPARTY_COLUMNS,
        fields: Some(FieldOf::Counterparty),
        rows: records::counterparties,
    },
    Export {
        kind: "items",
        right: Right::ItemView,
        own: None,
        columns: records::ITEM_COLUMNS,
        fields: Some(FieldOf::Item),
        rows: records::items,
    },
    Export {
        kind: "orders",
        right: Right::OrderViewAll,
        own: Some(Right::OrderViewOwn),
        columns: trade::ORDER_COLUMNS,
        fields: Some(FieldOf::Order),
        rows: trade::orders,
    },
    Export {
        kind: "order-lines",
        right: Right::OrderViewAll,
        own: Some(Right::OrderViewOwn),
        columns: trade::LINE_COLUMNS,
        fields: None,
        rows: trade::order_lines,
    },
    Export {
        kind: "payments",
        right: Right::PaymentView,
        own: None,
        columns: trade::PAYMENT_COLUMNS,
        fields: None,
        rows: trade::payments,
    },
];

/// Takes the records of a kind out to a file whose ending is the format; gives their number. A workbook is headed in a
/// language. Rejected without the right to them, and for another ending.
pub fn export(view: &View<'_>, kind: &str, path: &Path, lang: Lang) -> Result<i64> {
    view.actor().require(Right::Export)?;
    let known = || EXPORTS.iter().map(|export| export.kind).collect::<Vec<_>>().join(", ");
    let found = EXPORTS.iter().find(|export| export.kind == kind);
    let found = found
        .ok_or_else(|| Error::rejected("error.choice_unknown").arg("text", kind).arg("known", known()).at("kind"))?;
    if !found.own.is_some_and(|own| view.actor().can(own)) {
        view.actor().require(found.right)?;
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    guard::require_replaceable(path).map_err(|error| error.at("out"))?;
    let file = || AtomicFile::create(path, Access::Private).map(BufWriter::new);
    let failed = |error: std::io::Error| platform::io_error(path, &error);
    match ending.as_str() {
        "csv" => {
            let mut writer = csv::Writer::from_writer(file()?);
            let rows = write_csv(view, found, &mut writer)?;
            let buffer = writer.into_inner().map_err(|error| failed(error.into_error()))?;
            buffer.into_inner().map_err(|error| failed(error.into_error()))?.commit()?;
            Ok(rows)
        }
        "json" => {
            let mut buffer = file()?;
            let rows = write_json(view, found, &mut buffer)?;
            buffer.into_inner().map_err(|error| failed(error.into_error()))?.commit()?;
            Ok(rows)
        }
        "xlsx" => {
            let mut buffer = file()?;
            let rows = xlsx::write(view, found, &mut buffer, lang)?;
            buffer.into_inner().map_err(|error| failed(error.into_error()))?.commit()?;
            Ok(rows)
        }
        _ => Err(Error::rejected("error.export.format").arg("ending", ending).at("out")),
    }
}

fn write_csv(view: &View<'_>, export: &Export, writer: &mut csv::Writer<impl Write>) -> Result<i64> {
    let failed = |error| Error::failure("error.export.failed", error);
    let going = Going::of(view, export)?;
    let mut count = 0_i64;
    writer.write_record(going.columns.iter().map(|column| &column.name)).map_err(failed)?;
    going.rows(view, &mut |cells| {
        let cells = going.columns.iter().map(|column| {
            let cell = cells.get(column.at).map(String::as_str).unwrap_or_default();
            match column.kind {
                Kind::Id | Kind::Number => cell.to_owned(),
                Kind::Text | Kind::Date => formula::harmless(cell),
            }
        });
        count = count.saturating_add(1);
        writer.write_record(cells).map_err(failed)
    })?;
    writer.flush().map_err(|error| Error::failure("error.export.failed", error))?;
    Ok(count)
}

fn write_json(view: &View<'_>, export: &Export, out: &mut impl Write) -> Result<i64> {
    let failed = |error| Error::failure("error.export.failed", error);
    let going = Going::of(view, export)?;
    let mut count = 0_i64;
    going.rows(view, &mut |cells| {
        let fields = going.columns.iter().map(|column| {
            let cell = cells.get(column.at).cloned().unwrap_or_default();
            (column.name.clone(), Json::String(cell))
        });
        let start = if count == 0 { "[\n" } else { ",\n" };
        count = count.saturating_add(1);
        write!(out, "{start}{}", Json::Object(fields.collect::<Map<_, _>>())).map_err(failed)
    })?;
    let end = if count == 0 { "[]\n" } else { "\n]\n" };
    out.write_all(end.as_bytes()).map_err(failed)?;
    Ok(count)
}

/// A column of a file: where its cells stand in a row, and how it is called.
struct Shown {
    at: usize,
    name: String,
    /// The name of a field that the company added.
    own: Option<String>,
    kind: Kind,
}

/// What goes out: the columns that the asker may see, with those of the fields that the company added.
struct Going<'a> {
    export: &'a Export,
    columns: Vec<Shown>,
    own: Option<Teller>,
}

impl Going<'_> {
    fn of<'a>(view: &View<'_>, export: &'a Export) -> Result<Going<'a>> {
        let costs = view.actor().can(Right::CostView);
        let seen = export.columns.iter().enumerate().filter(|(_, column)| costs || column.name != "cost");
        let known =
            |(at, column): (usize, &Column)| Shown { at, name: column.name.to_owned(), own: None, kind: column.kind };
        let own = export.fields.map(|record| Teller::of(view, record)).transpose()?;
        let fields = own.iter().flat_map(Teller::fields).zip(export.columns.len()..);
        let added = |(field, at): (&OwnField, usize)| Shown {
            at,
            name: format!("fields.{}", field.code),
            own: Some(field.name.clone()),
            kind: kind_of(field.holds),
        };
        let columns = seen.map(known).chain(fields.map(added)).collect();
        Ok(Going { export, columns, own })
    }

    /// Gives the cells of every row, those of the added fields last.
    fn rows(&self, view: &View<'_>, take: Take<'_>) -> Result<()> {
        (self.export.rows)(view, &mut |mut cells| {
            if let Some(teller) = &self.own {
                let id = cells.first().and_then(|id| id.parse().ok()).unwrap_or_default();
                let told = teller.tell(view, id)?;
                let cell = |field: &OwnField| match told.get(&field.code) {
                    Some(Json::String(text)) => text.clone(),
                    other => other.map(Json::to_string).unwrap_or_default(),
                };
                cells.extend(teller.fields().iter().map(cell));
            }
            take(cells)
        })
    }
}

fn kind_of(holds: Holds) -> Kind {
    match holds {
        Holds::Number | Holds::Money => Kind::Number,
        Holds::Date => Kind::Date,
        Holds::Text | Holds::Flag | Holds::Choice => Kind::Text,
    }
}
