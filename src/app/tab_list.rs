//! The list of open tabs: found by a few letters, gone to by Enter or a click, closed by the cross or the key of tabs.

use egui::{Align2, Id, Rect, Response, Sense, Ui, pos2, vec2};

use crate::app::own;
use crate::app::tabs::Pressed;
use crate::base::text::fold;
use crate::ui::action::Keys;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given};
use crate::ui::field::{Enter, Field, Row, drop, text_field};
use crate::ui::screen::Screen;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};
use crate::ui::{badge, button, fonts, icon};

/// The list while it is open.
#[derive(Default)]
pub(crate) struct TabList {
    typed: String,
    marked: usize,
}

/// One open tab: its place in the strip and what it is called.
struct Open(usize, String);

impl TabList {
    /// Draws it over the desk; what was pressed: nothing where it was only left.
    pub(crate) fn show(&mut self, ui: &Ui, desk: &Desk, tabs: &[Box<dyn Screen>]) -> Option<Pressed> {
        let id = Id::unique("tab-list");
        let open = self.fitting(desk, tabs);
        self.marked = drop::step(ui, self.marked, open.len());
        let closes = own::keys(own::CLOSE_TAB).iter().any(|keys| ui.input_mut(|input| keys.pressed(input)));
        let marked = open.get(self.marked).map(|Open(at, _)| *at);
        let title = say(ui, "window.key_tab_list");
        let shown = Dialog::new(id, &title).focus(id.with("find")).show(ui, |ui| {
            let hint = say(ui, "window.tab_list_hint");
            let field = Field::new(id.with("find"), &hint).hint(&hint).enter(Enter::Stay).without_slot();
            let answer = text_field(ui, &field, &mut self.typed);
            if answer.changed {
                self.marked = 0;
            }
            ui.add_space(space::S);
            let clicked = self.rows_ui(ui, id, &open, tabs);
            clicked.or(marked.filter(|_| answer.entered).map(Pressed::Go))
        });
        let left = (shown.given == Some(Given::Closed)).then_some(Pressed::Nothing);
        shown.inner.or(marked.filter(|_| closes).map(Pressed::Close)).or(left)
    }

    /// The tabs that are called like what is typed, in the order of the strip.
    fn fitting(&self, desk: &Desk, tabs: &[Box<dyn Screen>]) -> Vec<Open> {
        let sought = fold(&self.typed);
        let titled = tabs.iter().enumerate().map(|(at, tab)| Open(at, tab.title(desk)));
        titled.filter(|Open(_, title)| fold(title).contains(&sought)).collect()
    }

    fn rows_ui(&self, ui: &mut Ui, id: Id, open: &[Open], tabs: &[Box<dyn Screen>]) -> Option<Pressed> {
        if open.is_empty() {
            ui.label(say(ui, "window.palette_nothing"));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut crossed = None;
        let walked = drop::list(ui, id.with(&self.typed), (Some(self.marked), open), |ui, row, Open(at, title)| {
            let tab = tabs.get(*at);
            let id = id.with(tab.map(|tab| (tab.place().kind, tab.place().key)));
            let keys = badge::digit(*at).map(|key| Keys::ctrl(key).label()).unwrap_or_default();
            let text = format!("{}  {title}", tab.map_or("", |tab| tab.icon()));
            let (text, detail) = (text.as_str(), format!("{keys}        "));
            let response = Row { id, text, detail: &detail, marked: row == self.marked }.show(ui);
            if cross_ui(ui, response.rect, (id, title)).clicked() {
                crossed = Some(Pressed::Close(*at));
            }
            response
        });
        let clicked = walked.clicked.and_then(|row| open.get(row)).map(|Open(at, _)| Pressed::Go(*at));
        crossed.or(clicked)
    }
}

/// The cross at the right end of a row.
fn cross_ui(ui: &Ui, row: Rect, (id, title): (Id, &str)) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let rect = Rect::from_center_size(pos2(row.right() - row.height() / 2.0, row.center().y), vec2(18.0, 18.0));
    let response = ui.interact(rect, id.with("close"), Sense::CLICK);
    button::name(&response, &say_with(ui, "window.close_tab", &[("name", title)]), true);
    let color = if response.hovered() { c.danger } else { c.text3 };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::X, fonts::regular(13.0), color);
    response
}
