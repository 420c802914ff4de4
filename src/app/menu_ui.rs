//! How the menu is drawn: three sections and the gear, wide with words or narrow with icons.

use egui::style::ScrollStyle;
use egui::{
    Align, AtomExt as _, CentralPanel, Frame, Id, Layout, Margin, Panel, Response, RichText, ScrollArea, Ui, Vec2, vec2,
};

use crate::app::menu::{self, Section};
use crate::app::own;
use crate::app::setting::Setting;
use crate::ui::desk::Desk;
use crate::ui::focus::scrolled;
use crate::ui::screen::{Opener, Place};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{self, say};
use crate::ui::{button, fonts, icon};

const WIDE: f32 = 200.0;
const NARROW: f32 = 44.0;
/// So much of the window's height what stands behind the gear takes at most.
const GEAR: f32 = 0.45;

/// What was pressed in the menu.
#[derive(Default)]
pub(crate) struct Left {
    /// A screen to open.
    pub opened: Option<Place>,
    /// The help sheet.
    pub help: bool,
}

/// How entries are drawn, and what was pressed among them.
struct Drawing {
    wide: bool,
    /// Whether lines stand close, since they have no room else.
    tight: bool,
    current: Option<Place>,
    left: Left,
}

/// Draws the menu.
pub(crate) fn show(ui: &mut Ui, desk: &Desk, setting: &mut Setting, current: Option<Place>) -> Left {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let wide = setting.is_menu_wide(ui.ctx());
    let mut drawing = Drawing { wide, tight: false, current, left: Left::default() };
    let frame = Frame::new().fill(c.sunken).inner_margin(Margin::symmetric(4, 6));
    let width = if wide { WIDE } else { NARROW };
    Panel::left("menu").exact_size(width).resizable(false).frame(frame).show(ui, |ui| {
        Panel::bottom("menu-foot").frame(Frame::new().fill(c.sunken)).show_separator_line(false).show(ui, |ui| {
            gear_ui(ui, desk, setting, &mut drawing);
            foot_ui(ui, setting, &mut drawing);
        });
        CentralPanel::default().frame(Frame::new()).show(ui, |ui| {
            ui.spacing_mut().scroll = ScrollStyle::thin();
            let (room, known) = (ui.available_height(), Id::unique(("menu-height", words::lang(ui).code(), wide)));
            let loose: Option<f32> = ui.data(|data| data.get_temp(known));
            drawing.tight = loose.is_some_and(|height| height > room);
            scrolled(ui, ScrollArea::vertical(), |ui| {
                if drawing.tight {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.spacing_mut().interact_size.y = tokens.row_height() - 2.0;
                }
                for section in menu::sections(desk) {
                    section_ui(ui, &section, &mut drawing);
                }
                let height = ui.min_rect().height();
                if !drawing.tight && loose != Some(height) {
                    ui.data_mut(|data| data.insert_temp(known, height));
                    ui.ctx().request_discard("menu");
                }
            });
        });
    });
    drawing.left
}

/// Help, and the menu wide or narrow: beside each other where there is room, else one below the other.
fn foot_ui(ui: &mut Ui, setting: &mut Setting, drawing: &mut Drawing) {
    let (letter, name) = if drawing.wide {
        (icon::CHEVRONS_LEFT, "window.hide_menu")
    } else {
        (icon::CHEVRONS_RIGHT, "window.show_menu")
    };
    let wide = drawing.wide;
    let inside = |ui: &mut Ui| {
        let help = button::quiet(ui, icon::CIRCLE_HELP, &say(ui, "window.help"));
        own::note(&help, own::HELP);
        drawing.left.help = help.clicked();
        if wide {
            ui.add_space(ui.available_width() - 34.0);
        }
        let turn = button::quiet(ui, letter, &say(ui, name));
        own::note(&turn, own::MENU);
        if turn.clicked() {
            setting.turn_menu(ui.ctx());
        }
    };
    if wide {
        ui.horizontal(inside)
    } else {
        ui.vertical(inside)
    };
}

/// The gear; what stands behind it above it, while it is open.
fn gear_ui(ui: &mut Ui, desk: &Desk, setting: &mut Setting, drawing: &mut Drawing) {
    let entries = menu::gear(desk);
    if setting.gear {
        ui.separator();
        // In a low window the sections keep room above it.
        let most = ui.ctx().content_rect().height() * GEAR;
        scrolled(ui, ScrollArea::vertical().id_salt("gear").max_height(most), |ui| {
            ui.spacing_mut().scroll = ScrollStyle::thin();
            for opener in &entries {
                entry_ui(ui, opener, drawing);
            }
        });
    }
    let text = say(ui, "settings.title");
    let arrow = if setting.gear { icon::CHEVRON_DOWN } else { icon::CHEVRON_UP };
    let words = format!("{text}  {arrow}");
    if line_ui(ui, [icon::SETTINGS, &words, &text], (drawing, false)).clicked() {
        setting.gear = !setting.gear;
    }
}

fn section_ui(ui: &mut Ui, section: &Section, drawing: &mut Drawing) {
    let tokens = Tokens::of(ui);
    ui.add_space(if drawing.tight { 0.0 } else { space::XS });
    if drawing.wide {
        let title = RichText::new(say(ui, section.title)).font(fonts::bold(tokens.body())).color(tokens.colors().text2);
        ui.horizontal(|ui| {
            ui.add_space(space::S);
            ui.label(title);
        });
    } else {
        ui.separator();
    }
    for opener in &section.entries {
        entry_ui(ui, opener, drawing);
    }
}

fn entry_ui(ui: &mut Ui, opener: &Opener, drawing: &mut Drawing) {
    let text = say(ui, opener.title);
    let chosen = drawing.current.as_ref().is_some_and(|place| place.kind == opener.kind);
    let line = line_ui(ui, [opener.icon, &text, &text], (drawing, chosen));
    if line.clicked() {
        drawing.left.opened = Some(Place::only(opener.kind));
    }
    let kept = Id::unique("menu-entry-in-sight");
    if chosen && ui.data(|data| data.get_temp::<&'static str>(kept)) != Some(opener.kind) {
        ui.data_mut(|data| data.insert_temp(kept, opener.kind));
        line.scroll_to_me(None);
    }
}

/// One line of the menu: its icon, its words and its name; how lines are drawn, and whether this one is chosen.
fn line_ui(ui: &mut Ui, [letter, words, text]: [&str; 3], (drawing, chosen): (&Drawing, bool)) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let fill = if chosen { c.sel } else { c.sunken };
    let color = if chosen { c.text } else { c.text2 };
    let letter = RichText::new(letter).color(color);
    // Words that need a second line begin it below the first.
    let entry = match drawing.wide {
        true => egui::Button::new((letter, RichText::new(words).color(color).atom_shrink(true))),
        false => egui::Button::new(letter),
    };
    let entry = entry.fill(fill).stroke((0.0, fill));
    let size = vec2(ui.available_width(), tokens.row_height() + if drawing.tight { -2.0 } else { 2.0 });
    let response = ui
        .allocate_ui_with_layout(size, Layout::top_down_justified(Align::Min), |ui| {
            // Two lines stand as far from the next entry as one does.
            let rim = ((size.y - ui.text_style_height(&egui::TextStyle::Body)) / 2.0).clamp(0.0, 2.0);
            ui.spacing_mut().button_padding = vec2(space::S, rim);
            ui.add(entry.min_size(Vec2::new(0.0, size.y)))
        })
        .inner;
    button::name(&response, text, true);
    if drawing.wide { response } else { response.on_hover_text(text) }
}

/// What stands in the middle while no tab is open.
pub(crate) fn welcome(ui: &mut Ui) {
    let color = Tokens::of(ui).colors().text3;
    ui.centered_and_justified(|ui| {
        ui.label(RichText::new(say(ui, "window.no_tab")).color(color));
    });
}
