//! The strip of open tabs.

use std::sync::Arc;

use egui::style::ScrollStyle;
use egui::{
    Align2, CornerRadius, Frame, Galley, Id, Margin, Panel, Rect, Response, Role, ScrollArea, Sense, StrokeKind,
};
use egui::{Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use crate::app::own;
use crate::ui::action::Keys;
use crate::ui::desk::Desk;
use crate::ui::focus::scrolled;
use crate::ui::screen::{Place, Screen};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};
use crate::ui::{badge, button, fonts, icon};

const HEIGHT: f32 = 34.0;
/// What stands around the letters of a tab, its cross too, and what stands between two tabs, in points.
const RIM: f32 = 22.0 + 3.0 * space::S;
const GAP: f32 = 2.0;

/// How wide the entry of the palette is where it has words.
const PALETTE: f32 = 230.0;
/// How tall it is.
const ENTRY: f32 = 27.0;
/// A narrower strip shows it as an icon, in points.
const ROOMY: f32 = 880.0;

/// What was pressed in the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// Nothing.
    Nothing,
    /// The tab of this number.
    Go(usize),
    /// The cross of the tab of this number.
    Close(usize),
    /// The entry of the palette.
    Palette,
    /// The entry of the list of tabs.
    List,
}

/// The tab that was in front when the strip was drawn last, how wide it was, and how wide the strip.
#[derive(Clone, Debug, PartialEq)]
struct Front(Place, f32, f32);

/// Draws the strip.
pub(crate) fn show(ui: &mut Ui, desk: &Desk, tabs: &[Box<dyn Screen>], active: usize) -> Pressed {
    let tokens = Tokens::of(ui);
    let mut pressed = Pressed::Nothing;
    let frame = Frame::new().fill(tokens.colors().sunken).inner_margin(Margin { left: 2, right: 2, top: 2, bottom: 0 });
    Panel::top("tabs").exact_size(HEIGHT).resizable(false).frame(frame).show(ui, |ui| {
        let whole = ui.max_rect();
        let wide = if whole.width() >= ROOMY { PALETTE } else { tokens.control_height() };
        let entry = Rect::from_min_size(whole.right_top() - vec2(wide + space::S, -1.0), vec2(wide, ENTRY));
        let mut strip = whole.with_max_x(entry.left() - space::S);
        if lacks(ui, desk, (tabs, active), strip.width()) > space::S {
            strip.max.x -= tokens.control_height() + space::XS;
            let rect = Rect::from_min_size(pos2(strip.max.x + space::XS, entry.top()), Vec2::splat(ENTRY));
            if list_ui(ui, rect).clicked() {
                pressed = Pressed::List;
            }
        }
        ui.scope_builder(UiBuilder::new().max_rect(strip), |ui| {
            ui.spacing_mut().scroll = ScrollStyle::thin();
            scrolled(ui, ScrollArea::horizontal(), |ui| {
                let among = ui.horizontal(|ui| tabs_ui(ui, desk, (tabs, active), strip.width())).inner;
                pressed = if among == Pressed::Nothing { pressed } else { among };
            });
        });
        if palette_ui(ui, entry).clicked() {
            pressed = Pressed::Palette;
        }
    });
    pressed
}

/// Draws the tabs; the one that came to the front is brought into sight.
fn tabs_ui(ui: &mut Ui, desk: &Desk, (tabs, active): (&[Box<dyn Screen>], usize), room: f32) -> Pressed {
    let mut pressed = Pressed::Nothing;
    ui.spacing_mut().item_spacing.x = GAP;
    let less = less(ui, desk, (tabs, active), room);
    for (at, tab) in tabs.iter().enumerate() {
        let left = ui.cursor().left();
        match tab_ui(ui, desk, (tab.as_ref(), less), at == active) {
            Pressed::Go(_) => pressed = Pressed::Go(at),
            Pressed::Close(_) => pressed = Pressed::Close(at),
            Pressed::Nothing | Pressed::Palette | Pressed::List => {}
        }
        let place = Rect::from_x_y_ranges(left..=ui.cursor().left(), ui.max_rect().y_range());
        if let Some(key) = badge::digit(at) {
            badge::put(ui.ctx(), place.intersect(ui.clip_rect()), Keys::ctrl(key));
        }
        let (kept, front) = (Id::unique("tab-in-front"), Front(tab.place(), place.width().round(), room));
        if at == active && ui.data(|data| data.get_temp::<Front>(kept)).as_ref() != Some(&front) {
            ui.scroll_to_rect(place, None);
            ui.data_mut(|data| data.insert_temp(kept, front));
        }
    }
    pressed
}

/// The way to the palette for the mouse: it says which key does the same.
fn palette_ui(ui: &Ui, rect: Rect) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let spoken = say(ui, "window.key_palette");
    let keys = own::keys(own::PALETTE).first().map(|keys| keys.label()).unwrap_or_default();
    let response = ui.interact(rect, Id::unique("palette-entry"), Sense::click());
    button::name(&response, &spoken, true);
    own::note(&response, own::PALETTE);
    let edge = if response.hovered() { c.accent } else { c.border_strong };
    ui.painter().rect(rect, 4.0, c.panel, (1.0, edge), StrokeKind::Inside);
    let font = fonts::regular(tokens.body());
    let words = format!("{}  {}", icon::SEARCH, say(ui, "window.palette_entry"));
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), c.text3).size().x;
    let (room, both) = (rect.width() - 2.0 * space::S, wide(&words) + space::M + wide(&keys));
    if rect.width() < PALETTE || wide(&words) > room {
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::SEARCH, font, c.text2);
    } else {
        let inside = rect.shrink2(vec2(space::S, 0.0));
        ui.painter().text(inside.left_center(), Align2::LEFT_CENTER, words, font.clone(), c.text3);
        if both <= room {
            ui.painter().text(inside.right_center(), Align2::RIGHT_CENTER, &keys, font, c.text3);
        }
    }
    response.on_hover_text(format!("{spoken}  {keys}"))
}

/// The way to the list of all tabs, where the strip has no room for them.
fn list_ui(ui: &Ui, rect: Rect) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let spoken = say(ui, "window.key_tab_list");
    let keys = own::keys(own::TAB_LIST).first().map(|keys| keys.label()).unwrap_or_default();
    let response = ui.interact(rect, Id::unique("tab-list-entry"), Sense::click());
    button::name(&response, &spoken, true);
    own::note(&response, own::TAB_LIST);
    let edge = if response.hovered() { c.accent } else { c.border_strong };
    ui.painter().rect(rect, 4.0, c.panel, (1.0, edge), StrokeKind::Inside);
    let font = fonts::regular(tokens.body());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::CHEVRON_DOWN, font, c.text2);
    response.on_hover_text(format!("{spoken}  {keys}"))
}

/// How much narrower each tab is drawn so that all have room; nothing where that is not enough, and they are scrolled.
fn less(ui: &Ui, desk: &Desk, (tabs, active): (&[Box<dyn Screen>], usize), room: f32) -> f32 {
    let lacks = lacks(ui, desk, (tabs, active), room);
    if lacks > space::S { 0.0 } else { lacks.max(0.0) }
}

/// How much each tab is too wide for all to have room.
fn lacks(ui: &Ui, desk: &Desk, (tabs, active): (&[Box<dyn Screen>], usize), room: f32) -> f32 {
    let widths = tabs.iter().enumerate().map(|(at, tab)| letters(ui, desk, tab.as_ref(), at == active).size().x + RIM);
    (widths.map(|width| width + GAP).sum::<f32>() - room) / tabs.len().max(1) as f32
}

/// The icon and the title of a tab.
fn letters(ui: &Ui, desk: &Desk, tab: &dyn Screen, active: bool) -> Arc<Galley> {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let words = format!("{}  {}", tab.icon(), tab.title(desk));
    let font = if active { fonts::bold(tokens.body()) } else { fonts::regular(tokens.body()) };
    ui.painter().layout_no_wrap(words, font, if active { c.text } else { c.text2 })
}

fn tab_ui(ui: &mut Ui, desk: &Desk, (tab, less): (&dyn Screen, f32), active: bool) -> Pressed {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let title = tab.title(desk);
    let color = if active { c.text } else { c.text2 };
    let letters = letters(ui, desk, tab, active);
    let size = vec2(letters.size().x + RIM - less, HEIGHT - 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, active, &title));
    paper(ui, rect, (active, response.hovered()));
    let at = pos2(rect.min.x + space::S, rect.center().y - letters.size().y / 2.0);
    ui.painter().galley(at, letters, color);
    let close_rect = Rect::from_center_size(pos2(rect.max.x - 14.0, rect.center().y), vec2(18.0, 18.0));
    let place = tab.place();
    let close = ui.interact(close_rect, Id::unique(("close-tab", place.kind, &place.key)), Sense::click());
    button::name(&close, &say_with(ui, "window.close_tab", &[("name", &title)]), true);
    let strength = if close.hovered() { c.danger } else { c.text3 };
    ui.painter().text(close_rect.center(), Align2::CENTER_CENTER, icon::X, fonts::regular(13.0), strength);
    if active {
        own::note(&close, own::CLOSE_TAB);
    }
    if close.clicked() || response.middle_clicked() {
        Pressed::Close(0)
    } else if response.clicked() {
        Pressed::Go(0)
    } else {
        Pressed::Nothing
    }
}

/// What a tab's words stand on: whether it is the active one, whether the mouse is over it.
fn paper(ui: &Ui, rect: Rect, light: (bool, bool)) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let fill = match light {
        (true, _) => c.bg,
        (false, true) => c.hover,
        (false, false) => c.sunken,
    };
    ui.painter().rect_filled(rect, CornerRadius { nw: 5, ne: 5, sw: 0, se: 0 }, fill);
    if light.0 {
        let line = Rect::from_min_max(rect.min, pos2(rect.max.x, rect.min.y + 2.0));
        ui.painter().rect_filled(line, 1.0, c.accent);
    }
}
