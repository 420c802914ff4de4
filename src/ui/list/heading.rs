//! The rows that stand above a group, one for each of its currencies: its name, how many rows it has, its sums.

use serde_json::Value as Json;

use crate::base::date::Date;
use crate::base::locale;
use crate::ui::desk::Desk;
use crate::ui::grid::{Branch, Cell, GroupBy, Look, Row};
use crate::ui::list::{ListColumn, ListSpec, money, plain};

/// What stands above a group.
pub(super) struct Heading {
    /// How many rows it has in all currencies.
    pub count: u64,
    /// The rows above it, the company's own currency first.
    pub rows: Vec<Row>,
}

/// What stands above a group of which this is told, a line a currency.
pub(super) fn heading(told: &[&Json], (spec, way): (&ListSpec, &GroupBy), desk: &Desk) -> Heading {
    let counted = |line: &&Json| line.get("count").and_then(Json::as_u64).unwrap_or_default();
    let count: u64 = told.iter().map(counted).sum();
    let mut lines = told.to_vec();
    lines.sort_by_key(|line| plain(line, "currency") != desk.house.currency.code());
    let title = lines.first().map_or_else(Cell::default, |line| title(line, (spec, way), desk));
    let note = desk.say_with("ui.rows", &[("count", &count.to_string())]);
    let row = |(place, line): (usize, &&Json)| {
        let spoken = spoken(line, (spec, way), (&title.text, &note), desk);
        let branch = if place == 0 {
            Branch { title: title.clone(), note: note.clone(), open: false }
        } else {
            Branch::default()
        };
        let (status, _) = (spec.state)(line);
        Row { cells: sums(line, spec, desk), status, spoken, branch: Some(branch), ..Row::default() }
    };
    Heading { count, rows: lines.iter().enumerate().map(row).collect() }
}

fn sums(line: &Json, spec: &ListSpec, desk: &Desk) -> Vec<Cell> {
    let cell = |column: &ListColumn| match spec.sums.contains(&column.field) {
        true => Cell::text(sum(line, column.field, desk)).look(Look::Strong),
        false => Cell::default(),
    };
    spec.columns.iter().map(cell).collect()
}

fn sum(line: &Json, field: &str, desk: &Desk) -> String {
    money(&plain(line, field), &plain(line, "currency"), desk)
}

/// What the rows of the group have in common, as the list writes it.
fn title(line: &Json, (spec, way): (&ListSpec, &GroupBy), desk: &Desk) -> Cell {
    let written = plain(line, way.field);
    let month = Date::parse(&format!("{written}-01")).ok().filter(|_| way.field == "month");
    if let Some(month) = month {
        return Cell::text(locale::month(desk.lang, month));
    }
    let column = spec.columns.iter().chain(spec.fields).find(|column| column.field == way.field);
    let cell = column.map_or_else(Cell::default, |column| column.cell(line, desk));
    if cell.text.is_empty() { Cell::text(desk.say("ui.group_unset")) } else { cell }
}

/// “Status: Ready, 12 rows, Total 1 200, Paid 1 000, Debt 200”
fn spoken(line: &Json, (spec, way): (&ListSpec, &GroupBy), (title, note): (&str, &str), desk: &Desk) -> String {
    let fields = spec.columns.iter().chain(spec.fields);
    let named = fields.clone().find(|column| column.field == way.field);
    let by = named.or_else(|| fields.clone().find(|column| column.field == way.column));
    let by = by.map(|column| desk.say(column.title)).unwrap_or_default();
    let summed = spec.columns.iter().filter(|column| spec.sums.contains(&column.field));
    let sums = summed.map(|column| format!("{} {}", desk.say(column.title), sum(line, column.field, desk)));
    let told: Vec<String> = [note.to_owned()].into_iter().chain(sums).collect();
    desk.say_with("ui.group_spoken", &[("by", &by), ("group", title), ("told", &told.join(", "))])
}
