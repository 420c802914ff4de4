//! What the window itself does for a key or a line of the palette.

use egui::{Context, gui_zoom};

use crate::app::lock::Lock;
use crate::app::palette::{Answer, Goal, Line, Palette};
use crate::app::setting::Setting;
use crate::app::window::Window;
use crate::app::{own, tabs};

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
            own::FIRST_TAB => self.active = 0,
            own::CLOSE_TAB => self.tab(ctx, tabs::Pressed::Close(self.active), setting),
            own::MENU => setting.turn_menu(ctx),
            own::LOCK => self.lock = Some(Lock::new(&self.desk)),
            own::LARGER => gui_zoom::zoom_in(ctx),
            own::SMALLER => gui_zoom::zoom_out(ctx),
            own::THEME => setting.next_theme(ctx),
            own::RESET_LAYOUT => self.reset_layout(ctx, setting),
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
        let Some(palette) = &mut self.above.palette else { return };
        match palette.show(ctx, &self.desk) {
            Answer::Open => return,
            Answer::Closed => {}
            Answer::Chosen(goal) => {
                setting.count(goal.name());
                self.above.goal = Some(goal);
            }
        }
        self.above.palette = None;
        self.front.again();
        ctx.request_repaint();
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
            None => {}
        }
    }
}
