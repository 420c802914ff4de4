//! The lines of an order as a grid of cells: arrows, F2 or typing edits, Enter goes down, Tab goes right, Del removes.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, StrokeKind};
use egui::{TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::base::error::Error;
use crate::domain::order::query::LineAnswer;
use crate::modules::order_card::card::CardLine;
use crate::modules::order_card::column::{COLUMNS, Column, column_at, next_open, widths};
use crate::modules::order_card::line_menu;
use crate::modules::order_card::line_paint::{header_ui, paint, wrong_ui};
use crate::ui::desk::Desk;
use crate::ui::menu::{Menu, menu_ui};
use crate::ui::tokens::{CELL_PADDING, Tokens};
use crate::ui::words::say;

/// What the lines are drawn from.
pub(crate) struct Shown<'a> {
    /// The lines as they are typed.
    pub lines: &'a [std::sync::Arc<CardLine>],
    /// The lines as they would be saved, where that is known.
    pub answers: &'a [LineAnswer],
    /// The currency's code.
    pub currency: &'a str,
    /// The line and field that was refused last, with the words why.
    pub refused: Option<(usize, &'a str, &'a str)>,
    /// Whether lines may be changed.
    pub open: bool,
}

/// What a person did to the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LineEvent {
    /// A cell holds another text now.
    Changed(usize, Column, String),
    /// A line is to go.
    Removed(usize),
    /// The keyboard leaves upward or by Esc: back to the entry.
    Left,
    /// A line is to stand there once more.
    Copied(usize),
    /// The item of a line is to be opened.
    ItemAsked(usize),
    /// What is typed in a cell cannot be taken, so that nothing else can be done now.
    Refused,
}

/// What the grid of lines remembers.
#[derive(Default)]
pub(crate) struct Lines {
    /// The line the keys act on.
    pub cursor: usize,
    column: usize,
    edit: Option<Edit>,
    focus: bool,
    menu: Option<Menu>,
    /// Whether what is typed in a cell is to be taken now.
    settling: bool,
}

struct Edit {
    text: String,
    fresh: bool,
    all: bool,
    wrong: Option<Error>,
}

impl Lines {
    /// The keyboard goes here at the next drawing, to this line.
    pub(crate) fn focus(&mut self, at: usize) {
        self.cursor = at;
        self.column = 3;
        self.focus = true;
    }

    /// Whether the menu of a line is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.menu.is_some()
    }

    /// Gives up what is being typed in a cell; whether there was anything.
    pub(crate) fn give_up(&mut self) -> bool {
        let typed = self.edit.take().is_some();
        self.focus |= typed;
        typed
    }

    /// Whether a cell is being typed into.
    pub(crate) fn is_typed(&self) -> bool {
        self.edit.is_some()
    }

    /// Takes what is typed in a cell at the next drawing; whether there is anything to take.
    pub(crate) fn settle_typed(&mut self) -> bool {
        self.settling = self.edit.is_some();
        self.settling
    }

    /// Whether what is typed in a cell is about to be taken.
    pub(crate) fn is_settling(&self) -> bool {
        self.settling
    }

    /// Draws the lines.
    pub(crate) fn ui(&mut self, ui: &mut Ui, id: Id, desk: &Desk, shown: &Shown<'_>) -> Vec<LineEvent> {
        let widths = widths(ui, ui.available_width() - ui.spacing().scroll.allocated_width());
        header_ui(ui, &widths);
        self.cursor = self.cursor.min(shown.lines.len().saturating_sub(1));
        let room = ui.available_rect_before_wrap();
        let whole = ui.interact(room, id, Sense::focusable_noninteractive());
        let count = shown.lines.len().to_string();
        whole.widget_info(|| {
            WidgetInfo::labeled(Role::Grid, true, desk.say_with("card.lines_spoken", &[("count", &count)]))
        });
        if std::mem::take(&mut self.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let focused = ui.memory(|memory| memory.has_focus(id));
        let mut drawing = Drawing { id, focused, desk, shown, widths, menu: false, events: Vec::new() };
        if focused && self.edit.is_none() {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            self.keys(ui, &mut drawing);
        }
        let height = Tokens::of(ui).row_height();
        let area = ScrollArea::vertical().id_salt("order-lines").auto_shrink(false);
        area.show_rows(ui, height, shown.lines.len(), |ui, seen| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for at in seen {
                self.row_ui(ui, &mut drawing, at);
            }
        });
        if std::mem::take(&mut self.settling) {
            self.settle(ui, &mut drawing, self.cursor, Ended::Asked);
        }
        self.menu_ui(ui, &mut drawing);
        drawing.events
    }

    fn menu_ui(&mut self, ui: &mut Ui, drawing: &mut Drawing<'_>) {
        let offers = line_menu::offers(drawing.shown, self.cursor, drawing.desk);
        match menu_ui(ui, &mut self.menu, &offers) {
            Some(id) if id == line_menu::EDIT.id => self.begin(drawing.shown, None),
            Some(id) => drawing.events.extend(line_menu::event(id, self.cursor)),
            None => {}
        }
    }

    fn keys(&mut self, ui: &Ui, drawing: &mut Drawing<'_>) {
        let last = drawing.shown.lines.len().saturating_sub(1);
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowUp) {
            if self.cursor == 0 {
                drawing.events.push(LineEvent::Left);
            }
            self.cursor = self.cursor.saturating_sub(1);
        }
        if pressed(Key::Escape) {
            drawing.events.push(LineEvent::Left);
        }
        for (key, line, column) in [
            (Key::ArrowDown, (self.cursor + 1).min(last), self.column),
            (Key::ArrowRight, self.cursor, (self.column + 1).min(COLUMNS.len() - 1)),
            (Key::ArrowLeft, self.cursor, self.column.saturating_sub(1)),
            (Key::Home, 0, self.column),
            (Key::End, last, self.column),
        ] {
            if pressed(key) {
                (self.cursor, self.column) = (line, column);
            }
        }
        if drawing.shown.lines.is_empty() || !drawing.shown.open {
            return;
        }
        drawing.menu = ui.input_mut(|input| line_menu::KEYS.iter().any(|keys| keys.pressed(input)));
        if ui.input_mut(|input| line_menu::COPY_KEYS.pressed(input)) {
            drawing.events.push(LineEvent::Copied(self.cursor));
        } else if pressed(Key::Delete) {
            drawing.events.push(LineEvent::Removed(self.cursor));
        } else if let Some(typed) = typed(ui) {
            self.begin(drawing.shown, Some(typed));
        } else if pressed(Key::F2) || pressed(Key::Enter) {
            self.begin(drawing.shown, None);
        }
    }

    /// Opens the cell under the cursor, or the quantity where that one is only shown.
    fn begin(&mut self, shown: &Shown<'_>, typed: Option<String>) {
        if !COLUMNS.get(self.column).is_some_and(|(column, ..)| column.is_open()) {
            self.column = 3;
        }
        let Some((line, (column, ..))) = shown.lines.get(self.cursor).zip(COLUMNS.get(self.column)) else {
            return;
        };
        let all = typed.is_none();
        let text = typed.unwrap_or_else(|| column.typed(line));
        self.edit = Some(Edit { text, fresh: true, all, wrong: None });
    }

    fn row_ui(&mut self, ui: &mut Ui, drawing: &mut Drawing<'_>, at: usize) {
        let shown = drawing.shown;
        let Some(line) = shown.lines.get(at) else {
            return;
        };
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let size = vec2(ui.available_width(), tokens.row_height());
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = ui.interact(rect, drawing.id.with(("line", at)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, at == self.cursor, &line.text));
        let here = at == self.cursor && (drawing.focused || self.edit.is_some());
        let fill = if here { c.sel } else { c.panel };
        ui.painter().rect_filled(rect, 0.0, if response.hovered() && !here { c.hover } else { fill });
        ui.painter().hline(rect.x_range(), rect.max.y, (1.0, c.border));
        for place in 0..COLUMNS.len() {
            let cell = drawing.cell(rect, place);
            if here && place == self.column && self.edit.is_some() {
                self.edit_ui(ui, drawing, cell, at);
            } else {
                drawing.cell_ui(ui, (at, place), cell, here && place == self.column);
            }
        }
        if drawing.menu && at == self.cursor {
            self.menu = Some(Menu::at(rect.left_bottom()).back_to(drawing.id));
        }
        self.mouse(ui, drawing, &response, at);
        if let Some((_, _, why)) = shown.refused.filter(|(refused, ..)| *refused == at) {
            response.on_hover_text(why);
        }
    }

    fn mouse(&mut self, ui: &Ui, drawing: &mut Drawing<'_>, response: &Response, at: usize) {
        let Some(pos) = response.interact_pointer_pos() else {
            return;
        };
        if response.secondary_clicked() {
            self.cursor = at;
            self.menu = Some(Menu::at(pos).back_to(drawing.id));
        }
        if !(response.clicked() || response.double_clicked()) {
            return;
        }
        let under = (0..COLUMNS.len()).find(|place| drawing.cell(response.rect, *place).x_range().contains(pos.x));
        let again = self.cursor == at && under == Some(self.column);
        self.cursor = at;
        self.column = under.unwrap_or(self.column);
        ui.memory_mut(|memory| memory.request_focus(drawing.id));
        // A second click on the same cell opens it, as a double click does.
        if drawing.shown.open && (response.double_clicked() || again) {
            self.begin(drawing.shown, None);
        }
    }

    fn edit_ui(&mut self, ui: &mut Ui, drawing: &mut Drawing<'_>, cell: Rect, at: usize) {
        let column = column_at(self.column);
        let Some(edit) = &mut self.edit else {
            return;
        };
        let tokens = Tokens::of(ui);
        let cell_id = drawing.id.with("cell");
        let keys = [Key::Enter, Key::Tab, Key::Escape, Key::ArrowUp, Key::ArrowDown];
        let back = ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Tab));
        let pressed = keys.into_iter().find(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, *key)));
        let align = if column.is_right() { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        let color = if edit.wrong.is_some() { tokens.colors().danger } else { tokens.colors().text };
        let field = TextEdit::singleline(&mut edit.text).id(cell_id).align(align).text_color(color);
        let name = say(ui, column.title());
        if let Some(error) = &edit.wrong {
            wrong_ui(ui, cell_id, cell, error);
        }
        let response = ui.put(cell.shrink(1.0), field.margin(vec2(CELL_PADDING.x - 1.0, 2.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &name));
        if response.changed() {
            edit.wrong = None;
        }
        if std::mem::take(&mut edit.fresh) {
            response.request_focus();
            select(ui, cell_id, &edit.text, edit.all);
        }
        let ended = match pressed {
            Some(Key::Escape) => {
                self.edit = None;
                ui.memory_mut(|memory| memory.request_focus(drawing.id));
                return;
            }
            Some(key) => Some(Ended::By(key)),
            None if back => Some(Ended::Back),
            None => response.lost_focus().then_some(Ended::Left),
        };
        if let Some(ended) = ended {
            self.settle(ui, drawing, at, ended);
        }
    }

    /// The text becomes the cell's, if it can be read; the cursor goes on as the key says.
    fn settle(&mut self, ui: &Ui, drawing: &mut Drawing<'_>, at: usize, ended: Ended) {
        let column = column_at(self.column);
        let Some(edit) = &mut self.edit else {
            return;
        };
        let text = match column.read(&edit.text, drawing.shown.currency, drawing.desk) {
            Ok(text) => text,
            Err(error) => {
                edit.wrong = Some(error);
                ui.memory_mut(|memory| memory.request_focus(drawing.id.with("cell")));
                drawing.events.extend((ended == Ended::Asked).then_some(LineEvent::Refused));
                return;
            }
        };
        drawing.events.push(LineEvent::Changed(at, column, text));
        self.edit = None;
        if ended == Ended::Left {
            return;
        }
        ui.memory_mut(|memory| memory.request_focus(drawing.id));
        match ended {
            Ended::Asked => {}
            Ended::By(Key::Tab) => self.column = next_open(self.column, false),
            Ended::By(Key::ArrowUp) => self.cursor = at.saturating_sub(1),
            Ended::Back => self.column = next_open(self.column, true),
            _ if at + 1 == drawing.shown.lines.len() => drawing.events.push(LineEvent::Left),
            _ => self.cursor = at + 1,
        }
    }
}

/// What ended the typing in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    By(Key),
    Back,
    Left,
    /// Something else is to be done, for which it has to be settled.
    Asked,
}

/// One drawing of the lines.
struct Drawing<'a> {
    id: Id,
    focused: bool,
    desk: &'a Desk,
    shown: &'a Shown<'a>,
    widths: [f32; COLUMNS.len()],
    /// Whether a key asked for the menu of the line under the cursor.
    menu: bool,
    events: Vec<LineEvent>,
}

impl Drawing<'_> {
    fn cell(&self, row: Rect, place: usize) -> Rect {
        let left: f32 = self.widths.iter().take(place).sum();
        let width = self.widths.get(place).copied().unwrap_or_default();
        Rect::from_min_size(pos2(row.min.x + left, row.min.y), vec2(width, row.height()))
    }

    fn cell_ui(&self, ui: &Ui, (at, place): (usize, usize), cell: Rect, cursor: bool) {
        let Some(line) = self.shown.lines.get(at) else {
            return;
        };
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let column = column_at(place);
        let refused = self.shown.refused.filter(|(refused, ..)| *refused == at);
        let wrong = refused.is_some_and(|(_, field, _)| column.field() == field);
        let text = column.shown(line, self.shown.answers.get(at), self.shown.currency, self.desk);
        paint(ui, cell, &text, (column.is_right(), if wrong { c.danger } else { c.text }));
        if wrong {
            ui.painter().rect_stroke(cell.shrink(1.0), 3.0, (1.0, c.danger), StrokeKind::Inside);
        }
        if cursor {
            ui.painter().rect_stroke(cell.shrink(1.0), 3.0, (2.0, c.focus), StrokeKind::Inside);
        }
    }
}

/// Puts the text cursor behind the text, or selects it all.
fn select(ui: &Ui, id: Id, text: &str, all: bool) {
    let end = CCursor::new(text.chars().count());
    let start = if all { CCursor::new(0) } else { end };
    if let Some(mut state) = TextEdit::load_state(ui.ctx(), id) {
        state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        state.store(ui.ctx(), id);
    }
}

/// Letters or digits that were typed: the beginning of a cell's new text; an Enter behind them is left to the cell.
fn typed(ui: &Ui) -> Option<String> {
    let mut typed = String::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            egui::Event::Text(text) if text != " " || !typed.is_empty() => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
    });
    (!typed.is_empty()).then_some(typed)
}
