//! How a document is drawn: its facts in two columns, its rows below each other, words that lead somewhere as links.

use egui::{Align, Color32, Frame, Grid, Label, Layout, RichText, ScrollArea, Ui, vec2};
use serde_json::Value as Json;

use crate::modules::document::spec::{Fact, Sheet, To};
use crate::ui::desk::Desk;
use crate::ui::focus::scrolled;
use crate::ui::fonts;
use crate::ui::grid::Look;
use crate::ui::list::{Kind, ListColumn};
use crate::ui::screen::Place;
use crate::ui::tokens::{CELL_PADDING, Tokens, size, space};
use crate::ui::words::say;

/// The width of the names of facts, in points.
const NAME: f32 = 150.0;
/// Where there is less room, facts stand below each other, and their names take no more than they need.
const ROOMY: f32 = 600.0;

/// The place that a row leads to; none where its key is missing or who sits here may not go there.
fn place(to: Option<To>, row: &Json, desk: &Desk) -> Option<Place> {
    let to = to.filter(|to| to.needs.iter().any(|right| desk.may(*right)))?;
    let key = row.pointer(to.key).filter(|key| !key.is_null())?;
    Some(Place::of(to.kind, key))
}

/// Draws the facts, two beside each other where there is room; where one of them leads to, when it was clicked.
pub(crate) fn facts_ui(ui: &mut Ui, facts: &[Fact], document: &Json, desk: &Desk) -> Option<Place> {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let mut opened = None;
    let told = facts.iter().map(|fact| (fact, (fact.text)(document, desk))).filter(|(_, text)| !text.is_empty());
    let told: Vec<_> = told.collect();
    // Long words wrap inside their half.
    let room = ui.available_width();
    let quarter = ((room - 3.0 * space::L) / 4.0).floor();
    let (beside, name) = if room < ROOMY { (1, NAME / 2.0) } else { (2, quarter.min(NAME)) };
    let most = if beside == 1 { room * 0.6 } else { (room / 2.0 - name - space::L * 1.5).max(name) };
    let grid = Grid::new("facts").num_columns(2 * beside).min_col_width(name).max_col_width(most);
    grid.spacing([space::L, space::S]).show(ui, |ui| {
        for pair in told.chunks(beside) {
            for (fact, text) in pair {
                ui.label(RichText::new(say(ui, fact.name)).color(c.text2));
                let font = if fact.strong { fonts::bold(size::SECTION) } else { fonts::regular(tokens.body()) };
                let words = RichText::new(text).font(font);
                match place(fact.to, document, desk) {
                    Some(place) if ui.link(words.clone()).clicked() => opened = Some(place),
                    Some(_) => {}
                    None => {
                        ui.label(words.color(c.text));
                    }
                }
            }
            ui.end_row();
        }
    });
    opened
}

/// Draws the rows of a sheet; where the one that was clicked leads to.
pub(crate) fn sheet_ui(ui: &mut Ui, sheet: &Sheet, document: &Json, desk: &Desk) -> Option<Place> {
    let rows = (sheet.rows)(document);
    if rows.is_empty() {
        return None;
    }
    ui.label(RichText::new(say(ui, sheet.title)).font(fonts::bold(size::SECTION)));
    ui.add_space(space::XS);
    let widths = widths(ui, sheet, &rows, desk);
    let area = ScrollArea::horizontal().id_salt(sheet.title).auto_shrink([false, true]);
    let opened = scrolled(ui, area, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        rows_ui(ui, &widths, (sheet, &rows), desk)
    });
    ui.add_space(space::L);
    opened
}

/// Draws the titles and the rows below them; where the one that was clicked leads to.
fn rows_ui(
    ui: &mut Ui,
    widths: &[(&'static ListColumn, f32)],
    (sheet, rows): (&Sheet, &[Json]),
    desk: &Desk,
) -> Option<Place> {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    Frame::new().fill(c.sunken).show(ui, |ui| {
        row_ui(ui, widths, |ui, column| {
            let title = RichText::new(say(ui, column.title)).font(fonts::bold(tokens.body())).color(c.text2);
            ui.add(Label::new(title).truncate());
        });
    });
    let mut opened = None;
    for row in rows {
        let mut first = true;
        let line = row_ui(ui, widths, |ui, column| {
            let place = place(sheet.to, row, desk).filter(|_| std::mem::take(&mut first));
            let link = cell_ui(ui, column, row, (place.is_some(), desk));
            opened = place.filter(|_| link).or(opened.take());
        });
        ui.painter().hline(line.x_range(), line.max.y, (1.0, c.border));
    }
    opened
}

/// Draws one cell; whether it is a link that was clicked.
fn cell_ui(ui: &mut Ui, column: &ListColumn, row: &Json, (link, desk): (bool, &Desk)) -> bool {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let cell = column.cell(row, desk);
    if link {
        return ui.link(cell.text).clicked();
    }
    let (font, color) = match cell.look {
        Look::Strong => (fonts::bold(tokens.body()), c.text),
        Look::Danger => (fonts::bold(tokens.body()), c.danger),
        Look::Muted => (fonts::regular(tokens.body()), c.text2),
        _ => (fonts::regular(tokens.body()), c.text),
    };
    ui.add(Label::new(RichText::new(cell.text).font(font).color(color)).truncate());
    false
}

/// One row of cells, each as wide as its column.
fn row_ui(
    ui: &mut Ui,
    widths: &[(&'static ListColumn, f32)],
    mut cell: impl FnMut(&mut Ui, &'static ListColumn),
) -> egui::Rect {
    let height = Tokens::of(ui).row_height();
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (column, width) in widths {
            let right = column.align == Some(crate::ui::grid::Align::Right)
                || matches!(column.kind, Kind::Money | Kind::Number | Kind::Percent);
            let layout =
                if right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
            ui.allocate_ui_with_layout(vec2(*width, height), layout, |ui| {
                ui.set_width(*width);
                ui.set_height(height);
                ui.add_space(CELL_PADDING.x);
                cell(ui, column);
            });
        }
    });
    row.response.rect
}

/// Each column with its width; the one that grows takes what is left. Where room lacks no column is wider than what
/// stands in it.
fn widths(ui: &Ui, sheet: &Sheet, rows: &[Json], desk: &Desk) -> Vec<(&'static ListColumn, f32)> {
    let room = ui.available_width();
    let titled = |column: &'static ListColumn| (column, column.width.max(needed(ui, column, &[], desk)));
    let mut widths: Vec<_> = sheet.columns.iter().map(titled).collect();
    let taken = |widths: &[(_, f32)]| widths.iter().map(|(_, width)| width).sum::<f32>();
    if taken(&widths) > room {
        let fitted = |(column, titled): &(&'static ListColumn, f32)| {
            let needed = needed(ui, column, rows, desk);
            (*column, if matches!(column.kind, Kind::Text) { needed.min(*titled) } else { needed })
        };
        widths = widths.iter().map(fitted).collect();
    }
    let free = (room - taken(&widths)).max(0.0);
    for (_, width) in widths.iter_mut().filter(|(column, _)| column.field == sheet.grow) {
        *width += free;
    }
    widths
}

/// The width of what stands in a column, with its heading.
fn needed(ui: &Ui, column: &ListColumn, rows: &[Json], desk: &Desk) -> f32 {
    let body = Tokens::of(ui).body();
    let wide = |text: String, font| ui.painter().layout_no_wrap(text, font, Color32::PLACEHOLDER).size().x;
    let heading = wide(say(ui, column.title), fonts::bold(body));
    let cells = rows.iter().map(|row| wide(column.cell(row, desk).text, fonts::bold(body)));
    cells.fold(heading, f32::max).ceil() + 2.0 * CELL_PADDING.x
}
