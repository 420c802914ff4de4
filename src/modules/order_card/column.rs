//! The columns of an order's lines: what each shows, and how what is typed into it is read.

use egui::{Color32, Ui};

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::locale;
use crate::base::shipped;
use crate::domain::order::query::LineAnswer;
use crate::modules::order_card::card::CardLine;
use crate::ui::desk::Desk;
use crate::ui::field::amount::{self, Figures, Reading};
use crate::ui::fonts;
use crate::ui::list::money;
use crate::ui::tokens::{CELL_PADDING, Tokens};
use crate::ui::words::say;

/// The columns, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Code,
    Text,
    Unit,
    Quantity,
    Price,
    Discount,
    Sum,
}

/// Each column with the key of its title and its width; the one of no width takes what is left.
pub(crate) const COLUMNS: [(Column, &str, f32); 7] = [
    (Column::Code, "column.code", 110.0),
    (Column::Text, "column.item", 0.0),
    (Column::Unit, "column.unit", 76.0),
    (Column::Quantity, "column.quantity", 90.0),
    (Column::Price, "column.price", 110.0),
    (Column::Discount, "column.discount", 90.0),
    (Column::Sum, "column.sum", 120.0),
];

impl Column {
    pub(crate) fn is_right(self) -> bool {
        matches!(self, Column::Quantity | Column::Price | Column::Discount | Column::Sum)
    }

    pub(crate) fn is_open(self) -> bool {
        matches!(self, Column::Text | Column::Quantity | Column::Price | Column::Discount)
    }

    pub(crate) fn title(self) -> &'static str {
        COLUMNS.iter().find(|(column, ..)| *column == self).map_or("column.item", |(_, title, _)| title)
    }

    /// As the command names the field of a line.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Column::Code => "item",
            Column::Text => "text",
            Column::Unit => "unit",
            Column::Quantity => "quantity",
            Column::Price => "price",
            Column::Discount => "discount_percent",
            Column::Sum => "corrected",
        }
    }

    pub(crate) fn typed(self, line: &CardLine) -> String {
        match self {
            Column::Code => line.code.clone(),
            Column::Text => line.text.clone(),
            Column::Unit => line.unit.clone(),
            Column::Quantity => line.quantity.clone(),
            Column::Price => line.price.clone(),
            Column::Discount => line.discount.clone(),
            Column::Sum => String::new(),
        }
    }

    pub(crate) fn shown(self, line: &CardLine, answer: Option<&LineAnswer>, currency: &str, desk: &Desk) -> String {
        match self {
            Column::Code | Column::Text => self.typed(line),
            Column::Unit => shipped::named(desk.lang, "units", &line.unit),
            Column::Quantity => locale::number(desk.lang, &line.quantity),
            Column::Price => locale::number(desk.lang, &line.price),
            Column::Discount if !line.discount_amount.is_empty() => money(&line.discount_amount, currency, desk),
            Column::Discount if line.discount.is_empty() => "–".to_owned(),
            Column::Discount => locale::percent(desk.lang, &line.discount),
            Column::Sum => answer.map_or_else(|| "…".to_owned(), |answer| money(&answer.total, currency, desk)),
        }
    }

    /// What was typed as a plain text. Rejected where it cannot be read, or in more than one way.
    pub(crate) fn read(self, text: &str, currency: &str, desk: &Desk) -> Result<String> {
        let currency = Currency::parse(currency).unwrap_or(desk.house.currency);
        let figures = match self {
            Column::Quantity => Figures::quantity(6),
            Column::Price => Figures::price(currency),
            Column::Discount => Figures::percent(),
            _ => return Ok(text.trim().to_owned()),
        };
        match amount::read(desk.lang, text, &figures) {
            Reading::Nothing => Ok(String::new()),
            Reading::Exact(plain) | Reading::Rounded(plain) => Ok(plain),
            Reading::Unsure(_) => Err(Error::rejected("error.number_unsure").arg("text", text.trim())),
            Reading::Refused(error) => Err(error),
        }
    }
}

/// The column at this place.
pub(crate) fn column_at(place: usize) -> Column {
    COLUMNS.get(place).map_or(Column::Text, |(column, ..)| *column)
}

/// The next column that can be typed into, or the one before.
pub(crate) fn next_open(from: usize, back: bool) -> usize {
    let open = |place: &usize| COLUMNS.get(*place).is_some_and(|(column, ..)| column.is_open());
    let found = if back { (0..from).rev().find(open) } else { (from + 1..COLUMNS.len()).find(open) };
    found.unwrap_or(from)
}

/// The column that takes what is left is not narrower while others can give way, in points, and how far they can.
const FREE_LEAST: f32 = 160.0;
const NARROWEST: f32 = 0.64;

/// The width of each column in a room this wide: none is narrower than its heading.
pub(crate) fn widths(ui: &Ui, room: f32) -> [f32; COLUMNS.len()] {
    let font = fonts::bold(Tokens::of(ui).body());
    let wide = |title: &str| ui.painter().layout_no_wrap(say(ui, title), font.clone(), Color32::PLACEHOLDER).size().x;
    let declared: f32 = COLUMNS.iter().map(|(.., width)| width).sum();
    let needs = |title: &str| wide(title) + 2.0 * CELL_PADDING.x + 1.0;
    let free = COLUMNS.iter().filter(|(.., width)| *width == 0.0).map(|(_, title, _)| needs(title));
    let least = free.fold(FREE_LEAST, f32::max);
    let share = ((room - least) / declared).clamp(NARROWEST, 1.0);
    let headed = |(_, title, width): (Column, &str, f32), share: f32| {
        if width == 0.0 { 0.0 } else { (width * share).max(needs(title)).floor() }
    };
    let taken = |widths: &[f32]| widths.iter().sum::<f32>();
    let mut widths = COLUMNS.map(|column| headed(column, share));
    if room - taken(&widths) < least {
        // Some headings are wider than their share: the others give way for them.
        widths = COLUMNS.map(|column| headed(column, NARROWEST));
    }
    let free = (room - taken(&widths)).max(FREE_LEAST * NARROWEST);
    widths.map(|width| if width == 0.0 { free } else { width })
}
