//! Context menus: drawn from offers at a point, walked through by keys, with the keyboard given back afterwards.

use egui::accesskit::{Role, Toggled};
use egui::{
    Area, Context, Event, EventFilter, FocusDirection, FontId, Frame, Id, Key, Order, Pos2, Rect, Response, ScrollArea,
};
use egui::{Sense, Stroke, StrokeKind, Ui, UiBuilder, UiKind, Vec2, WidgetInfo, pos2, vec2};

use crate::ui::action::Offer;
use crate::ui::tokens::{Tokens, space};
use crate::ui::{fonts, icon, words};

/// A menu that is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Menu {
    at: Pos2,
    cursor: usize,
    back: Option<Id>,
    drawn: bool,
    held: bool,
}

/// One line of a menu.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The letter of its icon; may be empty.
    pub icon: &'static str,
    /// What it says.
    pub text: String,
    /// The keys that do the same, as people write them; may be empty.
    pub keys: String,
    /// Whether it cannot be chosen now.
    pub disabled: bool,
    /// For what is switched: whether it is on.
    pub on: Option<bool>,
    /// Whether a line separates it from what stands above.
    pub apart: bool,
}

// How wide the parts are, in points.
const ICON: f32 = 26.0;
const GAP: f32 = 28.0;
const LEAST: f32 = 160.0;

impl Menu {
    /// A menu that opens at this point.
    pub const fn at(at: Pos2) -> Menu {
        Menu { at, cursor: 0, back: None, drawn: false, held: false }
    }

    /// The same, but the keyboard goes there afterwards and not to where it came from.
    pub const fn back_to(self, id: Id) -> Menu {
        Menu { back: Some(id), ..self }
    }
}

impl Entry {
    /// A line that can be chosen.
    pub fn new(icon: &'static str, text: impl Into<String>) -> Entry {
        Entry { icon, text: text.into(), ..Entry::default() }
    }

    /// The same, but not now.
    pub fn disabled(self, disabled: bool) -> Entry {
        Entry { disabled, ..self }
    }

    /// The same behind a line.
    pub fn apart(self) -> Entry {
        Entry { apart: true, ..self }
    }

    /// A line that switches something.
    pub fn switch(text: impl Into<String>, on: bool) -> Entry {
        Entry { on: Some(on), ..Entry::new(if on { icon::CHECK } else { "" }, text) }
    }

    /// A line that does an action.
    pub fn of(ui: &Ui, offer: &Offer) -> Entry {
        let keys = offer.action.keys.first().map(|keys| keys.label()).unwrap_or_default();
        let text = words::say(ui, offer.action.text);
        Entry { keys, disabled: !offer.enabled, ..Entry::new(offer.action.icon, text) }
    }
}

fn open_mark() -> Id {
    Id::unique("menu-open-in-pass")
}

/// Whether a menu is open: then keys are meant for it.
pub fn is_open(ctx: &Context) -> bool {
    let drawn = ctx.data(|data| data.get_temp::<u64>(open_mark()));
    drawn.is_some_and(|pass| pass.saturating_add(1) >= ctx.cumulative_pass_nr())
}

/// Draws the menu of these offers if it is open; the name of the action that was chosen.
pub fn menu_ui(ui: &mut Ui, menu: &mut Option<Menu>, offers: &[Offer]) -> Option<&'static str> {
    menu.as_ref()?;
    let entries: Vec<_> = offers.iter().map(|offer| Entry::of(ui, offer)).collect();
    let chosen = entries_ui(ui, menu, &entries)?;
    offers.get(chosen).map(|offer| offer.action.id)
}

/// Draws the menu of these lines if it is open; the place of the one that was chosen.
pub fn entries_ui(ui: &mut Ui, menu: &mut Option<Menu>, entries: &[Entry]) -> Option<usize> {
    let open = menu.as_mut()?;
    let id = ui.scope_id().with("menu");
    let ctx = ui.ctx().clone();
    let fresh = !std::mem::replace(&mut open.drawn, true);
    if fresh {
        open.cursor = next(entries, None, 1).unwrap_or(0);
        open.back = open.back.or(ctx.memory(|memory| memory.focused()));
    }
    let lost = open.held && !ctx.memory(|memory| memory.has_focus(id));
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(open_mark(), pass));
    let pressed = ui.input_mut(|input| take_keys(&mut input.events, entries, &mut open.cursor));
    let (rect, clicked) = draw(ui, id, open, entries);
    let elsewhere = ui.input(|input| {
        input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|pos| !rect.contains(pos))
    });
    // What opened it may have been a click on the menu that stood here before.
    let (clicked, elsewhere) = (clicked.filter(|_| !fresh), elsewhere && !fresh);
    let chosen = clicked.or(if pressed == Some(End::Chosen) { Some(open.cursor) } else { None });
    let chosen = chosen.filter(|at| entries.get(*at).is_some_and(|entry| !entry.disabled));
    if chosen.is_some() || pressed == Some(End::Left) {
        let back = open.back;
        *menu = None;
        ctx.memory_mut(|memory| match back {
            Some(back) => memory.request_focus(back),
            None => memory.surrender_focus(id),
        });
        ctx.request_repaint();
    } else if elsewhere || lost {
        *menu = None;
    }
    chosen
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Chosen,
    Left,
}

// All keys are the menu's while it is open.
fn take_keys(events: &mut Vec<Event>, entries: &[Entry], cursor: &mut usize) -> Option<End> {
    let mut end = None;
    events.retain(|event| {
        match event {
            Event::Key { key, pressed: true, modifiers, .. } if modifiers.is_none() => match key {
                Key::ArrowDown => *cursor = next(entries, Some(*cursor), 1).unwrap_or(*cursor),
                Key::ArrowUp => *cursor = next(entries, Some(*cursor), -1).unwrap_or(*cursor),
                Key::Home => *cursor = next(entries, None, 1).unwrap_or(*cursor),
                Key::End => *cursor = next(entries, None, -1).unwrap_or(*cursor),
                Key::Enter | Key::Space => end = Some(End::Chosen),
                Key::Escape | Key::Tab | Key::ArrowLeft | Key::Menu => end = Some(End::Left),
                _ => {}
            },
            Event::Text(letters) => *cursor = beginning(entries, *cursor, letters).unwrap_or(*cursor),
            Event::Key { .. } => {}
            _ => return true,
        }
        false
    });
    end
}

// The next line that can be chosen, going round.
fn next(entries: &[Entry], from: Option<usize>, by: isize) -> Option<usize> {
    let count = entries.len();
    let mut at = match from {
        Some(from) => from,
        None if by > 0 => count.checked_sub(1)?,
        None => 0,
    };
    for _ in 0..count {
        at = match at.checked_add_signed(by) {
            Some(inside) if inside < count => inside,
            Some(_) => 0,
            None => count.checked_sub(1)?,
        };
        if entries.get(at).is_some_and(|entry| !entry.disabled) {
            return Some(at);
        }
    }
    None
}

fn beginning(entries: &[Entry], cursor: usize, letters: &str) -> Option<usize> {
    let letters = letters.to_lowercase();
    let fits = |entry: &Entry| !entry.disabled && entry.text.to_lowercase().starts_with(&letters);
    let places = (cursor.saturating_add(1)..entries.len()).chain(0..=cursor);
    places.into_iter().find(|at| !letters.is_empty() && entries.get(*at).is_some_and(fits))
}

fn draw(ui: &Ui, id: Id, open: &mut Menu, entries: &[Entry]) -> (Rect, Option<usize>) {
    let area = Area::new(id.with("area")).kind(UiKind::Menu).order(Order::Foreground);
    let shown = area
        .fixed_pos(open.at)
        .constrain(true)
        .show(ui.ctx(), |ui| Frame::menu(ui.style()).show(ui, |ui| fitted_ui(ui, id, open, entries)).inner);
    // Whatever is pressed takes the keyboard from the rest; here nothing but the menu may have it.
    if ui.input(|input| input.pointer.any_pressed() || input.pointer.any_click()) && shown.response.contains_pointer() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    (shown.response.rect, shown.inner)
}

// In a window that is too low for all of them the lines are scrolled.
fn fitted_ui(ui: &mut Ui, id: Id, open: &mut Menu, entries: &[Entry]) -> Option<usize> {
    let (room, height) = (ui.ctx().content_rect().height() - space::XL, Tokens::of(ui).row_height() + 2.0);
    if tall(entries, height) <= room {
        return lines_ui(ui, id, open, entries);
    }
    ScrollArea::vertical().max_height(room).show(ui, |ui| lines_ui(ui, id, open, entries)).inner
}

fn lines_ui(ui: &mut Ui, id: Id, open: &mut Menu, entries: &[Entry]) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let font = fonts::regular(tokens.body());
    let height = tokens.row_height() + 2.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width(ui, entries, &font), tall(entries, height)), Sense::hover());
    let whole = ui.interact(rect, id, Sense::focusable_noninteractive());
    if !open.held && !ui.is_sizing_pass() {
        open.held = true;
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    keep_keys(ui, id);
    let inside = UiBuilder::new().scope_id(id.with("inside")).max_rect(rect).accessibility_parent(id);
    let mut ui = ui.new_child(inside);
    let moved = ui.input(|input| input.pointer.delta() != Vec2::ZERO);
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<usize>(id), open.cursor));
    let (mut top, mut clicked) = (rect.top(), None);
    for (at, entry) in entries.iter().enumerate() {
        if entry.apart {
            let line = Stroke::new(1.0, tokens.colors().border);
            ui.painter().hline(rect.x_range(), top + space::XS, line);
            top += space::S;
        }
        let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), height));
        top += height;
        let sense = if entry.disabled { Sense::hover() } else { Sense::CLICK };
        let line = ui.interact(place, id.with(at), sense);
        if line.hovered() && moved && !entry.disabled {
            open.cursor = at;
        }
        if line.clicked() {
            clicked = Some(at);
        }
        if at == open.cursor && before != at && !moved {
            line.scroll_to_me(None);
        }
        entry_ui(&mut ui, &line, entry, open.cursor == at);
    }
    name(&ui, &whole, id.with(open.cursor));
    clicked
}

fn tall(entries: &[Entry], height: f32) -> f32 {
    entries.iter().map(|entry| height + if entry.apart { space::S } else { 0.0 }).sum()
}

fn width(ui: &Ui, entries: &[Entry], font: &FontId) -> f32 {
    let color = Tokens::of(ui).colors().text;
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), color).size().x;
    let line = |entry: &Entry| {
        let keys = if entry.keys.is_empty() { 0.0 } else { GAP + wide(&entry.keys) };
        ICON + wide(&entry.text) + keys + 2.0 * space::S
    };
    entries.iter().map(line).fold(LEAST, f32::max).ceil()
}

fn keep_keys(ui: &Ui, id: Id) {
    let all = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| {
        if memory.has_focus(id) {
            memory.set_focus_lock_filter(id, all);
            // In the frame after it got the keyboard the filter does not hold yet.
            memory.move_focus(FocusDirection::None);
        }
    });
}

fn entry_ui(ui: &mut Ui, line: &Response, entry: &Entry, lit: bool) {
    let tokens = Tokens::of(ui);
    let colors = tokens.colors();
    if lit && !entry.disabled {
        ui.painter().rect(line.rect, 4.0, colors.sel, Stroke::NONE, StrokeKind::Inside);
    }
    let font = fonts::regular(tokens.body());
    let color = if entry.disabled { colors.disabled } else { colors.text };
    let write = |text: &str, color| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), color);
    let middle = |galley: &egui::Galley| line.rect.center().y - galley.size().y / 2.0;
    let mark = write(entry.icon, if entry.disabled { colors.disabled } else { colors.text2 });
    ui.painter().galley(pos2(line.rect.left() + space::S, middle(&mark)), mark, color);
    let text = write(&entry.text, color);
    ui.painter().galley(pos2(line.rect.left() + space::S + ICON, middle(&text)), text, color);
    let keys = write(&entry.keys, if entry.disabled { colors.disabled } else { colors.text3 });
    let left = line.rect.right() - space::S - keys.size().x;
    ui.painter().galley(pos2(left, middle(&keys)), keys, color);
    let role = if entry.on.is_some() { Role::MenuItemCheckBox } else { Role::MenuItem };
    line.widget_info(|| WidgetInfo::labeled(role, !entry.disabled, &entry.text));
    ui.ctx().accesskit_node_builder(line.id, |node| {
        if !entry.keys.is_empty() {
            node.set_keyboard_shortcut(entry.keys.as_str());
        }
        if let Some(on) = entry.on {
            node.set_toggled(if on { Toggled::True } else { Toggled::False });
        }
    });
}

fn name(ui: &Ui, whole: &Response, lit: Id) {
    let name = words::say(ui, "ui.menu");
    whole.widget_info(|| WidgetInfo::labeled(Role::Menu, true, &name));
    ui.ctx().accesskit_node_builder(whole.id, |node| node.set_active_descendant(lit.accesskit_id()));
}
