//! Columns of a list described as data, and how a field of an answer becomes the text of a cell.

use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::locale;
use crate::base::nested;
use crate::base::shipped;
use crate::ui::desk::Desk;
use crate::ui::grid::{Align, Cell, Column, Look, SPARE};
use crate::ui::icon;

/// What a field holds, and so how it is written.
#[derive(Clone, Copy)]
pub enum Kind {
    /// As it is.
    Text,
    /// As it is, and never cut: a number, a code, a phone.
    Figure,
    /// As it is, in bold.
    Strong,
    /// The name or the code of a record of this list, shipped perhaps: told in the window's language until it is renamed.
    Shipped(&'static str, Look),
    /// As it is, in the colour of hints.
    Muted,
    /// A date, `YYYY-MM-DD`, maybe with a time behind it.
    Day,
    /// A moment, shown in the company's time zone.
    Moment,
    /// An amount in the currency that stands in the row's field `currency`, else in the company's.
    Money,
    /// An amount in the company's currency.
    Amount,
    /// A quantity or another plain decimal.
    Number,
    /// A percentage.
    Percent,
    /// Yes or nothing.
    Flag,
    /// The hash of a picture.
    Picture,
    /// A code that has a text under this beginning of a key.
    Code(&'static str),
    /// Made from the whole row.
    Made(fn(&Json, &Desk) -> Cell),
}

/// The name of a customer, who may be the walk-in.
pub const CUSTOMER: Kind = Kind::Shipped("counterparties", Look::Plain);

/// One column.
#[derive(Clone, Copy)]
pub struct ListColumn {
    /// The field of the answer.
    pub field: &'static str,
    /// Key of its title.
    pub title: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its width, in points.
    pub width: f32,
    /// The name of the sort behind its header, if any.
    pub sort: Option<&'static str>,
    /// Where it stands; by what it holds where nothing is said.
    pub align: Option<Align>,
    /// Where room lacks for all columns those go first whose number is the greatest; 0 stays.
    pub yields: u8,
}

impl ListColumn {
    /// A column that is not sorted by.
    pub const fn new(field: &'static str, title: &'static str, kind: Kind, width: f32) -> ListColumn {
        ListColumn { field, title, kind, width, sort: None, align: None, yields: 0 }
    }

    /// The same, sorted by under this name.
    pub const fn sorted(self, sort: &'static str) -> ListColumn {
        ListColumn { sort: Some(sort), ..self }
    }

    /// The same, its texts at the right.
    pub const fn right(self) -> ListColumn {
        ListColumn { align: Some(Align::Right), ..self }
    }

    /// The same, going where room lacks: those with the greatest number first.
    pub const fn yields(self, yields: u8) -> ListColumn {
        ListColumn { yields, ..self }
    }

    /// The same, out of sight until a person wants it.
    pub const fn spare(self) -> ListColumn {
        self.yields(SPARE)
    }

    /// The column as the grid wants it.
    pub fn for_grid(&self, grow: bool) -> Column {
        let usual = match self.kind {
            Kind::Money | Kind::Amount | Kind::Number | Kind::Percent => Align::Right,
            Kind::Flag | Kind::Picture => Align::Center,
            _ => Align::Left,
        };
        let align = self.align.unwrap_or(usual);
        let free = grow || matches!(self.kind, Kind::Text | Kind::Muted);
        let (width, sort, yields) = (self.width, self.sort, self.yields);
        let picture = matches!(self.kind, Kind::Picture);
        Column { id: self.field, title: self.title, width, align, sort, grow, free, yields, picture }
    }

    /// The cell of a row.
    pub fn cell(&self, row: &Json, desk: &Desk) -> Cell {
        if let Kind::Made(make) = self.kind {
            return make(row, desk);
        }
        if let Kind::Picture = self.kind {
            return Cell::picture(plain(row, self.field));
        }
        let look = match self.kind {
            Kind::Strong => Look::Strong,
            Kind::Muted => Look::Muted,
            Kind::Shipped(_, look) => look,
            _ => Look::Plain,
        };
        Cell { look, ..Cell::text(written(self.kind, row, self.field, desk)) }
    }
}

/// A field of a row as plain text; empty where it is not there.
pub fn plain(row: &Json, field: &str) -> String {
    match nested::at(row, field) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// A field as it is written in the window's language.
pub fn written(kind: Kind, row: &Json, field: &str, desk: &Desk) -> String {
    let text = plain(row, field);
    if text.is_empty() {
        return text;
    }
    match kind {
        Kind::Text | Kind::Figure | Kind::Strong | Kind::Muted | Kind::Picture | Kind::Made(_) => text,
        Kind::Shipped(list, _) => shipped::named(desk.lang, list, &text),
        Kind::Day => day(&text, desk),
        Kind::Moment => moment(&text, desk),
        Kind::Money => money(&text, &plain(row, "currency"), desk),
        Kind::Amount => money(&text, "", desk),
        Kind::Number => locale::number(desk.lang, &text),
        Kind::Percent => locale::percent(desk.lang, &text),
        Kind::Flag => {
            if matches!(text.as_str(), "true" | "1") {
                icon::CHECK.to_owned()
            } else {
                String::new()
            }
        }
        Kind::Code(stem) => desk.say(&format!("{stem}{text}")),
    }
}

/// Whether a plain decimal is nothing.
pub fn is_zero(plain: &str) -> bool {
    plain.trim_matches(['0', '.', '-']).is_empty()
}

/// An amount with its currency's sign only where it is not the company's own; zero is a dash.
pub fn money(plain: &str, code: &str, desk: &Desk) -> String {
    if is_zero(plain) {
        return "–".to_owned();
    }
    let home = desk.house.currency;
    let currency = Currency::parse(code).unwrap_or(home);
    if currency == home {
        let zeros = format!(".{}", "0".repeat(usize::try_from(currency.decimals()).unwrap_or(0)));
        let short = if locale::writes_zero_minor(currency.code()) {
            plain
        } else {
            plain.strip_suffix(&zeros).unwrap_or(plain)
        };
        return locale::number(desk.lang, short);
    }
    locale::money(desk.lang, plain, currency.code(), currency.decimals())
}

fn day(text: &str, desk: &Desk) -> String {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let Ok(date) = date.parse::<Date>() else {
        return text.to_owned();
    };
    let date = locale::date(desk.lang, date);
    let time: String = time.chars().take(5).collect();
    if time.is_empty() { date } else { format!("{date} {time}") }
}

fn moment(text: &str, desk: &Desk) -> String {
    let zone = desk.house.zone;
    text.parse::<Instant>().map_or_else(
        |_| text.to_owned(),
        |at| format!("{} {}", locale::date(desk.lang, zone.date_of(at)), zone.time_of(at)),
    )
}
