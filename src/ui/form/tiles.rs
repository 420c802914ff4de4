//! Fields for a colour or an icon: typed by name, or chosen from tiles that hang below.

use egui::{Align2, Color32, Id, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::base::locale;
use crate::base::text::fold;
use crate::ui::action::Keys;
use crate::ui::field::{Answer, Drop, Edit, Enter, Field, Note, Shape, column, drop, edit, slot};
use crate::ui::tokens::{Tokens, parse_color, size};
use crate::ui::words::{lang, say};
use crate::ui::{fonts, icon};

/// The side of a tile, in points.
const SIDE: f32 = 28.0;
/// Tiles in a row.
const ACROSS: usize = 12;

/// The icons that are offered, each with a name that a person reads.
const OFFERED: &[&str] = &[
    "circle",
    "circle-dashed",
    "circle-dot",
    "circle-check",
    "circle-x",
    "circle-alert",
    "triangle-alert",
    "check",
    "x",
    "loader",
    "hourglass",
    "clock",
    "calendar",
    "play",
    "pencil",
    "ruler",
    "hammer",
    "wrench",
    "package",
    "package-check",
    "box",
    "truck",
    "warehouse",
    "store",
    "shopping-cart",
    "wallet",
    "banknote",
    "receipt",
    "printer",
    "phone",
    "mail",
    "message-square",
    "user",
    "users",
    "briefcase",
    "star",
    "flag",
    "bookmark",
    "tag",
    "bell",
    "lock",
    "eye",
    "zap",
];

/// What is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tiles {
    /// The colours of the states and their tints.
    Colors,
    /// The icons.
    Icons,
}

#[derive(Clone, Copy)]
struct Marked(usize);

impl Tiles {
    /// The names that fit what is typed; all where nothing or a whole name is typed.
    fn names(self, ui: &Ui, typed: &str) -> Vec<String> {
        match self {
            Tiles::Colors => {
                let tokens = Tokens::of(ui);
                let pairs = tokens.theme.statuses.all();
                let bars = pairs.iter().map(|(_, pair)| pair.bar);
                bars.chain(pairs.iter().map(|(_, pair)| pair.tint)).map(written).collect()
            }
            Tiles::Icons => {
                let (whole, typed) = (self.is_known(typed), fold(typed));
                let fits = |name: &&&str| whole || fold(&self.spoken(ui, name)).contains(&typed);
                OFFERED.iter().filter(fits).map(|name| (*name).to_owned()).collect()
            }
        }
    }

    /// What a name is read as: icons have names in every language.
    fn spoken(self, ui: &Ui, name: &str) -> String {
        match self {
            Tiles::Colors => name.to_owned(),
            Tiles::Icons => locale::find(lang(ui), &format!("icon.{name}"), &[]).unwrap_or_else(|| name.to_owned()),
        }
    }

    /// The name that is read as this.
    fn meant(self, ui: &Ui, spoken: &str) -> String {
        let same = |name: &&&str| fold(&self.spoken(ui, name)) == fold(spoken);
        let known = OFFERED.iter().filter(|_| self == Tiles::Icons).find(same);
        known.map_or_else(|| spoken.to_owned(), |name| (*name).to_owned())
    }

    fn is_known(self, name: &str) -> bool {
        match self {
            Tiles::Colors => parse_color(name).is_ok() && name.len() == 7,
            Tiles::Icons => icon::named(name).is_some(),
        }
    }
}

fn written(color: Color32) -> String {
    let [red, green, blue, _] = color.to_array();
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// The field of a colour or an icon; the text is `#RRGGBB` or the icon's name.
pub(super) fn tiles(ui: &mut Ui, field: &Field<'_>, tiles: Tiles, text: &mut String) -> Answer {
    let (place, kept) = (Drop::of(field.id), field.id.with("tiles"));
    let has = !field.read_only && ui.memory(|memory| memory.has_focus(field.id));
    let mut open: Option<usize> = ui.data(|data| data.get_temp::<Marked>(kept)).map(|marked| marked.0).filter(|_| has);
    let before = text.clone();
    let names = tiles.names(ui, text.trim());
    if has {
        keys(ui, &names, &mut open, text);
    }
    column(ui, field, |ui| {
        let (mut answer, wrong) = place.hold(ui, open.is_some(), |ui| typed_ui(ui, field, (tiles, open, has), text));
        open = open.filter(|_| !answer.left);
        if !field.read_only {
            let name = say(ui, "field.open_list");
            let opener = drop::opener(ui, answer.response.rect, field.id.with("opener"), (icon::CHEVRON_DOWN, &name));
            if opener.clicked() {
                open = if open.is_some() { None } else { Some(0) };
                answer.response.request_focus();
            }
        }
        if let Some(marked) = open {
            let chosen = place.show(&answer.response, field.name, |ui| grid(ui, field.id, &names, (tiles, marked)));
            if let Some(name) = chosen.flatten() {
                *text = name;
                open = None;
            }
        }
        edit::keep(ui, kept, open.map(Marked));
        answer.changed = before != *text;
        let note = wrong.then(|| Note::Wrong(say(ui, "field.not_chosen")));
        slot(ui, field, note.as_ref());
        answer
    })
}

/// The line that is typed into; what happened in it, and whether it means nothing.
fn typed_ui(
    ui: &mut Ui,
    field: &Field<'_>,
    (tiles, open, has): (Tiles, Option<usize>, bool),
    text: &mut String,
) -> (Answer, bool) {
    let letter = icon::named(text.trim()).unwrap_or_default();
    let lead = if tiles == Tiles::Colors { 22.0 } else { 0.0 };
    let shape = Shape { spare: 22.0, lead, before: letter, open: open.is_some(), ..Shape::default() };
    let wrong = !text.trim().is_empty() && !tiles.is_known(text.trim()) && !has;
    let line = Field { enter: if open.is_some() { Enter::To(field.id) } else { field.enter }, ..*field };
    let shown = tiles.spoken(ui, text.trim());
    let mut read = shown.clone();
    let answer = Edit { field: &line, shape, wrong }.show(ui, &mut read);
    if read != shown {
        *text = tiles.meant(ui, read.trim());
    }
    swatch(ui, answer.response.rect, tiles, text);
    (answer, wrong)
}

fn keys(ui: &Ui, names: &[String], open: &mut Option<usize>, text: &mut String) {
    let pressed = |keys: Keys| ui.input_mut(|input| keys.pressed(input));
    let Some(marked) = *open else {
        if pressed(Keys::plain(Key::ArrowDown)) || pressed(Keys::alt(Key::ArrowDown)) || pressed(Keys::plain(Key::F4)) {
            *open = Some(names.iter().position(|name| name == text).unwrap_or(0));
        }
        return;
    };
    let last = names.len().saturating_sub(1);
    let mut at = marked.min(last);
    for (key, forward, steps) in [
        (Key::ArrowRight, true, 1),
        (Key::ArrowLeft, false, 1),
        (Key::ArrowDown, true, ACROSS),
        (Key::ArrowUp, false, ACROSS),
    ] {
        while pressed(Keys::plain(key)) {
            at = if forward { at.saturating_add(steps).min(last) } else { at.saturating_sub(steps) };
        }
    }
    *open = Some(at);
    if pressed(Keys::plain(Key::Enter)) {
        names.get(at).unwrap_or(text).clone().clone_into(text);
        *open = None;
    } else if pressed(Keys::plain(Key::Escape)) || pressed(Keys::plain(Key::F4)) || drop::tab(ui) {
        *open = None;
    }
}

/// The colour that is typed, as a spot in its field.
fn swatch(ui: &Ui, rect: Rect, tiles: Tiles, text: &str) {
    if tiles != Tiles::Colors {
        return;
    }
    let place = Rect::from_center_size(pos2(rect.left() + 17.0, rect.center().y), Vec2::splat(16.0));
    let c = Tokens::of(ui);
    let fill = parse_color(text.trim()).unwrap_or(Color32::TRANSPARENT);
    ui.painter().rect(place, 3.0, fill, Stroke::new(1.0, c.colors().border_strong), StrokeKind::Inside);
}

fn grid(ui: &mut Ui, id: Id, names: &[String], (tiles, marked): (Tiles, usize)) -> Option<String> {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let mut chosen = None;
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    for (row, names) in names.chunks(ACROSS).enumerate() {
        ui.horizontal(|ui| {
            for (column, name) in names.iter().enumerate() {
                let (_, rect) = ui.allocate_space(vec2(SIDE, SIDE));
                let response = ui.interact(rect, id.with(("tile", name)), Sense::CLICK);
                let is_marked = row.saturating_mul(ACROSS).saturating_add(column) == marked;
                if is_marked || response.hovered() {
                    ui.painter().rect_filled(rect, 4.0, if is_marked { c.sel } else { c.hover });
                }
                let place = rect.shrink(6.0);
                match tiles {
                    Tiles::Colors => {
                        let fill = parse_color(name).unwrap_or_default();
                        let edge = Stroke::new(1.0, c.border_strong);
                        ui.painter().rect(place, 3.0, fill, edge, StrokeKind::Inside);
                    }
                    Tiles::Icons => {
                        let letter = icon::named(name).unwrap_or_default();
                        let font = fonts::regular(size::SECTION);
                        ui.painter().text(rect.center(), Align2::CENTER_CENTER, letter, font, c.text);
                    }
                }
                let spoken = tiles.spoken(ui, name);
                response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_marked, &spoken));
                let response = if tiles == Tiles::Icons { response.on_hover_text(spoken) } else { response };
                if response.clicked() {
                    chosen = Some(name.clone());
                }
            }
        });
    }
    chosen
}
