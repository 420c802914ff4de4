//! What the window itself does for a key or a line of the palette.

use egui::{Context, Key, Popup, Ui, gui_zoom};

use crate::app::palette::{Answer, Goal, Line, Palette};
use crate::app::setting::Setting;
use crate::app::tab_list::TabList;
use crate::app::tabs::Pressed;
use crate::app::window::Window;
use crate::app::window::own_pin::OwnPin;
use crate::app::{own, tabs};
use crate::ui::action::Keys;
use crate::ui::screen::Place;
use crate::ui::{badge, home, menu};

/// So many places where one was last are offered.
const RECENT: usize = 6;

impl Window {
    /// Does one of the window's own actions. Larger and smaller have keys that `egui` answers itself.
    pub(super) fn own(&mut self, ctx: &Context, action: &'static str, setting: &mut Setting) {
        match action {
            own::PALETTE => {
                let screen = self.tabs.get(self.active).map(AsRef::as_ref);
                self.above.palette = Some(Palette::new(&self.desk, screen, (self.recent_lines(), &setting.used)));
            }
            own::NEXT_TAB if !self.tabs.is_empty() => self.active = (self.active + 1) % self.tabs.len(),
            own::PREVIOUS_TAB => self.active = self.active.checked_sub(1).unwrap_or(self.tabs.len().saturating_sub(1)),
            own::FIRST_TAB => self.active = 0,
            own::CLOSE_TAB => self.tab(ctx, tabs::Pressed::Close(self.active), setting),
            own::TAB_LIST if !self.tabs.is_empty() => self.above.tabs = Some(TabList::default()),
            own::MENU => setting.turn_menu(ctx),
            own::LOCK => self.lock(),
            own::PIN => self.above.pin = Some(OwnPin::default()),
            own::LARGER => gui_zoom::zoom_in(ctx),
            own::SMALLER => gui_zoom::zoom_out(ctx),
            own::THEME => setting.next_theme(ctx),
            own::RESET_LAYOUT => self.above.reset = true,
            own::HELP => self.above.help = true,
            _ => {}
        }
    }

    /// The places where one was before this one, the last first; what is open is called as it is called now.
    fn recent_lines(&self) -> Vec<Line> {
        let here = self.place().map(Goal::Place);
        let named = |line: &Line| {
            let tab = self.tabs.iter().find(|tab| line.goal == Goal::Place(tab.place()));
            Line { text: tab.map_or_else(|| line.text.clone(), |tab| tab.title(&self.desk)), ..line.clone() }
        };
        self.above.recent.iter().filter(|line| Some(&line.goal) != here.as_ref()).map(named).collect()
    }

    /// Remembers where one is.
    pub(super) fn remember(&mut self) {
        let Some(tab) = self.tabs.get(self.active) else { return };
        let goal = Goal::Place(tab.place());
        if self.above.recent.first().is_none_or(|line| line.goal != goal) {
            let line = Line { icon: tab.icon(), text: tab.title(&self.desk), detail: String::new(), goal };
            self.above.recent.retain(|known| known.goal != line.goal);
            self.above.recent.insert(0, line);
            self.above.recent.truncate(RECENT + 1);
        }
    }

    /// Draws the palette and goes where it leads.
    pub(super) fn palette_ui(&mut self, ctx: &Context, setting: &mut Setting) {
        let Some(palette) = self.above.palette.as_mut().filter(|_| !self.above.help) else { return };
        match palette.show(ctx, &self.desk) {
            Answer::Open => return,
            Answer::Closed => {}
            Answer::Chosen(goal) => {
                setting.count(goal.name());
                self.above.goal = Some(goal);
            }
        }
        self.above.palette = None;
        ctx.request_repaint();
    }

    /// Draws the list of open tabs. Closing one leaves it open, unless that tab has a question first.
    pub(super) fn tab_list_ui(&mut self, ui: &Ui, setting: &mut Setting) {
        let Some(list) = self.above.tabs.as_mut().filter(|_| !self.above.help) else { return };
        let Some(pressed) = list.show(ui, &self.desk, &self.tabs) else { return };
        let asks = |at: usize| self.tabs.get(at).is_some_and(|tab| tab.unsaved());
        if !matches!(pressed, Pressed::Close(at) if !asks(at) && self.tabs.len() > 1) {
            self.above.tabs = None;
        }
        self.tab(ui.ctx(), pressed, setting);
        ui.ctx().request_repaint();
    }

    /// Goes where the palette leads, once it is gone: what opens there gets the keyboard.
    pub(super) fn go(&mut self, ctx: &Context, setting: &mut Setting) {
        if self.above.goal.is_some() && ctx.memory(|memory| memory.top_modal_layer()).is_some() {
            ctx.request_repaint();
            return;
        }
        match self.above.goal.take() {
            Some(Goal::Place(place)) => self.open(&place),
            Some(Goal::Act(action)) => {
                if let Some(screen) = self.tabs.get_mut(self.active) {
                    screen.act(action, &mut self.desk);
                }
            }
            Some(Goal::Own(action)) => self.own(ctx, action, setting),
            Some(Goal::View { kind, list, id }) => {
                self.desk.view = Some((list, id));
                self.open(&Place::only(kind));
            }
            None => {}
        }
    }

    /// Gives pressed keys to whoever they are meant for.
    pub(super) fn keys(&mut self, ctx: &Context, setting: &mut Setting) {
        let modal = menu::is_open(ctx)
            || self.above.help
            || self.above.palette.is_some()
            || self.desk.paths.is_asking()
            || self.tabs.get(self.active).is_some_and(|tab| tab.modal())
            || home::is_covered(ctx);
        let pressed = |keys: Keys| ctx.input_mut(|input| keys.pressed(input));
        if modal {
            self.keys_over_a_dialog(ctx, setting);
            return;
        }
        // What stands behind the gear lies above the screen.
        if setting.gear && !Popup::is_any_open(ctx) && pressed(Keys::plain(Key::Escape)) {
            setting.gear = false;
        }
        for action in own::ACTIONS.iter().filter(|action| ![own::LARGER, own::SMALLER].contains(&action.id)) {
            if action.keys.iter().any(|keys| pressed(*keys)) {
                self.own(ctx, action.id, setting);
            }
        }
        // The first one has an action of its own.
        for (at, key) in (1..self.tabs.len()).filter_map(|at| Some((at, badge::digit(at)?))) {
            if pressed(Keys::ctrl(key)) {
                self.active = at;
            }
        }
        self.actions(ctx);
    }

    /// Nothing keeps a person from leaving the seat or from asking for the keys; the sheet takes its own.
    fn keys_over_a_dialog(&mut self, ctx: &Context, setting: &mut Setting) {
        let pressed = |id: &str| own::keys(id).iter().any(|keys| ctx.input_mut(|input| keys.pressed(input)));
        if pressed(own::LOCK) {
            self.own(ctx, own::LOCK, setting);
        }
        if !self.above.help && pressed(own::HELP) {
            self.own(ctx, own::HELP, setting);
        }
        // It closes tabs and nothing else: a dialog stays, and its fields keep their words.
        if self.above.tabs.is_none() {
            pressed(own::CLOSE_TAB);
        }
    }

    /// Gives pressed keys to the action of the open screen that has them.
    fn actions(&mut self, ctx: &Context) {
        let Some(screen) = self.tabs.get_mut(self.active) else {
            return;
        };
        let typing = ctx.text_edit_focused();
        for offer in screen.actions(&self.desk) {
            for keys in offer.action.keys {
                if typing && keys.is_for_typing() {
                    continue;
                }
                if ctx.input_mut(|input| keys.pressed(input)) && offer.enabled {
                    screen.act(offer.action.id, &mut self.desk);
                }
            }
        }
    }
}
