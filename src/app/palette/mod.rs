//! The palette: one line in which anything is found and done, by its name in any letters, and each with its keys.

mod rank;
mod records;
mod views;

use std::collections::BTreeMap;

use egui::{
    Align2, Context, Frame, Id, Key, Margin, Modal, Modifiers, Response, RichText, Role, ScrollArea, Sense, TextEdit,
    Ui, WidgetInfo, pos2, vec2,
};

use serde_json::Value as Json;

use crate::app::{menu, own};
use crate::base::locale::{self, Lang};
use crate::ui::action::Action;
use crate::ui::desk::Desk;
use crate::ui::loader::Loader;
use crate::ui::screen::{Opener, Place, Screen};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{floating, fonts, icon};
use rank::Name;
use records::Records;

const WIDTH: f32 = 620.0;
const FROM_TOP: f32 = 64.0;
const ROWS_SEEN: f32 = 12.0;

/// So many commands that were chosen most come first.
const LIFTED: usize = 5;

/// How often each command was chosen.
pub(crate) type Used = BTreeMap<String, u32>;

/// What a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A screen.
    Place(Place),
    /// An action of the open screen.
    Act(&'static str),
    /// An action of the window.
    Own(&'static str),
    /// A list as a saved view shows it: the screen, the list's query, and the view's id.
    View {
        /// The screen.
        kind: &'static str,
        /// The list's query.
        list: &'static str,
        /// The view.
        id: i64,
    },
}

impl Goal {
    /// Under which name it is counted how often a command was chosen.
    pub(crate) fn name(&self) -> String {
        match self {
            Goal::Place(place) => place.kind.to_owned(),
            Goal::Act(action) | Goal::Own(action) => format!("{action}!"),
            Goal::View { list, id, .. } => format!("{list}/{id}"),
        }
    }
}

/// One line that can be chosen.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its icon.
    pub icon: &'static str,
    /// What it is.
    pub text: String,
    /// What tells it from others; the keys of a command.
    pub detail: String,
    /// Where it leads.
    pub goal: Goal,
}

/// How the palette was answered.
pub(crate) enum Answer {
    /// Not yet.
    Open,
    /// Nothing was chosen.
    Closed,
    /// This was chosen.
    Chosen(Goal),
}

/// A command with its names: in the window's language, and in English.
struct Command {
    line: Line,
    names: [Name; 2],
}

/// The palette while it is open.
pub(crate) struct Palette {
    typed: String,
    answered: Option<String>,
    commands: Vec<Command>,
    recent: Vec<Line>,
    records: Records,
    /// The saved views, which become commands when they are known.
    views: Loader<Vec<Json>>,
    used: Used,
    shown: Vec<Line>,
    marked: usize,
}

impl Palette {
    /// Opens it over a screen, if one is open. The places where one was last stand first, then what was chosen most.
    pub(crate) fn new(desk: &Desk, screen: Option<&dyn Screen>, (recent, used): (Vec<Line>, &Used)) -> Palette {
        let mut commands = Vec::new();
        for offer in screen.map(|screen| screen.actions(desk)).unwrap_or_default() {
            if offer.enabled {
                commands.push(of_action(desk, offer.action, Goal::Act(offer.action.id)));
            }
        }
        let sections = menu::sections(desk).into_iter().flat_map(|section| section.entries);
        commands.extend(sections.chain(menu::gear(desk)).map(|opener| of_screen(desk, &opener)));
        let own = own::ACTIONS.iter().filter(|action| action.id != own::PALETTE);
        commands.extend(own.map(|action| of_action(desk, action, Goal::Own(action.id))));
        lift(&mut commands, used);
        Palette {
            typed: String::new(),
            answered: None,
            commands,
            recent,
            records: Records::default(),
            views: Loader::default(),
            used: used.clone(),
            shown: Vec::new(),
            marked: 0,
        }
    }

    /// Draws it.
    pub(crate) fn show(&mut self, ctx: &Context, desk: &Desk) -> Answer {
        self.find(desk);
        let tokens = Tokens::of_ctx(ctx);
        let id = Id::unique("palette");
        let frame = Frame::popup(&ctx.global_style()).fill(tokens.colors().raised).inner_margin(Margin::same(8));
        let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, FROM_TOP));
        let keys = Pressed::take(ctx);
        self.mark(keys);
        let shown = Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - space::XL * 2.0));
            floating::whole(ui, |ui| {
                self.line_ui(ui);
                ui.add_space(space::S);
                let clicked = self.lines_ui(ui, keys.moved());
                ui.add_space(space::XS);
                prefixes_ui(ui);
                clicked
            })
        });
        let chosen = shown.inner.or(keys.enter.then_some(self.marked));
        match chosen.and_then(|at| self.shown.get(at)) {
            Some(line) => Answer::Chosen(line.goal.clone()),
            None if keys.escape || shown.should_close() => Answer::Closed,
            None => Answer::Open,
        }
    }

    fn mark(&mut self, keys: Pressed) {
        let last = self.shown.len().saturating_sub(1);
        if keys.down {
            self.marked = if self.marked >= last { 0 } else { self.marked + 1 };
        }
        if keys.up {
            self.marked = if self.marked == 0 { last } else { self.marked - 1 };
        }
    }

    /// Finds again where something else is typed or an answer came.
    fn find(&mut self, desk: &Desk) {
        let other = self.answered.as_deref() != Some(self.typed.as_str());
        if other {
            self.answered = Some(self.typed.clone());
            self.marked = 0;
            let (prefix, text) = records::split(&self.typed);
            self.records.ask(desk, prefix, text);
        }
        let known = self.views.renew(0, || views::ask(desk));
        if known {
            let rows = self.views.value().map(Vec::as_slice).unwrap_or_default();
            self.commands.extend(views::commands(rows, desk));
            lift(&mut self.commands, &self.used);
        }
        if self.records.poll() || known || other {
            self.shown = self.fitting(desk);
            self.marked = self.marked.min(self.shown.len().saturating_sub(1));
        }
    }

    /// What was found for what is typed: a number is an order first, a word a command first; a command that only
    /// resembles it comes last.
    fn fitting(&self, desk: &Desk) -> Vec<Line> {
        let (prefix, text) = records::split(&self.typed);
        let typed = Name::of(text);
        let (near, far) = if prefix.is_none_or(|prefix| prefix == records::COMMANDS) {
            self.commands_for(&typed)
        } else {
            Default::default()
        };
        let records = self.records.lines(desk);
        if self.typed.trim().is_empty() {
            self.recent.iter().cloned().chain(near).collect()
        } else if text.starts_with(|letter: char| letter.is_numeric()) {
            records.into_iter().chain(near).chain(far).collect()
        } else {
            near.into_iter().chain(records).chain(far).collect()
        }
    }

    /// The commands that are called like this, and those that only resemble it.
    fn commands_for(&self, typed: &Name) -> (Vec<Line>, Vec<Line>) {
        if typed.is_empty() {
            return (self.commands.iter().map(|command| command.line.clone()).collect(), Vec::new());
        }
        let ranked = self.commands.iter().filter_map(|command| {
            let rank = command.names.iter().filter_map(|name| name.fits(typed)).min()?;
            Some((rank, &command.line))
        });
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let far = ranked.partition_point(|(rank, _)| Name::is_near(typed, *rank));
        let lines = |ranked: &[(usize, &Line)]| ranked.iter().map(|(_, line)| (*line).clone()).collect();
        let (near, far) = ranked.split_at(far);
        (lines(near), lines(far))
    }

    fn line_ui(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        ui.horizontal(|ui| {
            ui.label(RichText::new(icon::SEARCH).color(tokens.colors().text2));
            let hint = say(ui, "window.palette_hint");
            let line = TextEdit::singleline(&mut self.typed).id(Id::unique("palette-line")).frame(Frame::NONE);
            let line = line
                .font(fonts::regular(size::SECTION))
                .hint_text(RichText::new(hint.as_str()).italics())
                .lock_focus(true);
            let line = line.margin(Margin::symmetric(6, 4)).align(Align2::LEFT_CENTER);
            let response = ui.add(line.desired_width(f32::INFINITY));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &hint));
            response.request_focus();
        });
        ui.separator();
    }

    /// The lines below; the one that was clicked.
    fn lines_ui(&mut self, ui: &mut Ui, moved: bool) -> Option<usize> {
        let tokens = Tokens::of(ui);
        if self.shown.is_empty() {
            let key = if self.records.is_asking() { "window.palette_asking" } else { "window.palette_nothing" };
            ui.label(RichText::new(say(ui, key)).color(tokens.colors().text2));
            return None;
        }
        let mut clicked = None;
        let height = tokens.row_height() * ROWS_SEEN;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, line) in self.shown.iter().enumerate() {
                let response = line_ui(ui, line, at == self.marked);
                if at == self.marked && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(at);
                }
            }
        });
        clicked
    }
}

/// The keys that are for the palette and not for its line.
#[derive(Clone, Copy)]
struct Pressed {
    up: bool,
    down: bool,
    enter: bool,
    escape: bool,
}

impl Pressed {
    fn take(ctx: &Context) -> Pressed {
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        Pressed {
            up: pressed(Key::ArrowUp),
            down: pressed(Key::ArrowDown),
            enter: pressed(Key::Enter),
            escape: pressed(Key::Escape),
        }
    }

    fn moved(self) -> bool {
        self.up || self.down
    }
}

fn prefixes_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let (bold, regular) = (fonts::bold(size::HINT), fonts::regular(size::HINT));
    ui.horizontal(|ui| {
        for (prefix, title) in records::prefixes() {
            ui.label(RichText::new(prefix).font(bold.clone()).color(tokens.colors().text2));
            ui.label(RichText::new(say(ui, title)).font(regular.clone()).color(tokens.colors().text3));
            ui.add_space(space::M);
        }
    });
}

fn line_ui(ui: &mut Ui, line: &Line, marked: bool) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let size = vec2(ui.available_width(), tokens.row_height());
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let spoken = format!("{} {}", line.text, line.detail);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, marked, spoken.trim()));
    if marked || response.hovered() {
        ui.painter().rect_filled(rect, 4.0, if marked { c.sel } else { c.hover });
    }
    let font = fonts::regular(tokens.body());
    let detail = ui.painter().layout_no_wrap(line.detail.clone(), font.clone(), c.text2);
    let right = rect.max.x - space::S - detail.size().x;
    let middle = |height: f32| rect.center().y - height / 2.0;
    ui.painter().galley(pos2(right, middle(detail.size().y)), detail, c.text2);
    let room = right - rect.min.x - space::XL - space::S;
    let mut words = egui::text::LayoutJob::simple_singleline(line.text.clone(), font.clone(), c.text);
    words.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let words = ui.painter().layout_job(words);
    ui.painter().text(pos2(rect.min.x + space::S, rect.center().y), Align2::LEFT_CENTER, line.icon, font, c.text2);
    ui.painter().galley(pos2(rect.min.x + space::XL, middle(words.size().y)), words, c.text);
    response
}

/// Puts the commands that were chosen most before all others.
fn lift(commands: &mut [Command], used: &Used) {
    let count = |command: &Command| used.get(&command.line.goal.name()).copied().unwrap_or(0);
    let mut counts: Vec<u32> = commands.iter().map(count).collect();
    counts.sort_unstable_by(|left, right| right.cmp(left));
    let least = counts.get(LIFTED - 1).copied().unwrap_or(0).max(1);
    commands.sort_by_key(|command| std::cmp::Reverse(Some(count(command)).filter(|count| *count >= least)));
}

fn names(desk: &Desk, key: &str) -> [Name; 2] {
    [desk.lang, Lang::EN].map(|lang| Name::of(&locale::tr(lang, key, &[])))
}

fn of_action(desk: &Desk, action: &Action, goal: Goal) -> Command {
    let keys = action.keys.first().map(|keys| keys.label()).unwrap_or_default();
    let line = Line { icon: action.icon, text: desk.say(action.text), detail: keys, goal };
    Command { line, names: names(desk, action.text) }
}

fn of_screen(desk: &Desk, opener: &Opener) -> Command {
    let goal = Goal::Place(Place::only(opener.kind));
    let line = Line { icon: opener.icon, text: desk.say(opener.title), detail: String::new(), goal };
    Command { line, names: names(desk, opener.title) }
}
