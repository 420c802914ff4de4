//! The dialog for the rules by which rows and cells of a list are coloured.

use std::collections::BTreeSet;

use egui::{Id, Rect, RichText, Sense, Ui, vec2};

use crate::base::color_rule::{Color, ColorRule, Comparison, MOST_RULES, Paints};
use crate::modules::views::preview::preview_ui;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given};
use crate::ui::field::{Choice, Enter, Field, choice, day, text_field};
use crate::ui::list::{Kind, ListColumn, ListSpec, ListView, pair, plain};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, icon};

/// So many different values of a field are offered; where there are more, they are typed.
const OFFERED: usize = 30;

/// The dialog.
pub(super) struct Colors {
    rules: Vec<Line>,
    // Ids stay with their rules when these are moved.
    next: u64,
    focus: Option<Id>,
}

/// A rule as it is changed.
struct Line {
    id: u64,
    field: String,
    is: String,
    value: String,
    paints: String,
    color: String,
}

/// What is done with a rule.
enum Done {
    Up(usize),
    Gone(usize),
}

const PAINTS: &[(Paints, &str)] = &[(Paints::Row, "row"), (Paints::Cell, "cell")];

impl Colors {
    /// The rules of a list; one to begin with where it has none.
    pub(super) fn of(list: &ListView) -> Colors {
        let mut colors = Colors { rules: Vec::new(), next: 0, focus: None };
        for rule in list.arrangement().colors {
            colors.add(&rule);
        }
        if colors.rules.is_empty() {
            let field = list.spec().columns.first().map(|column| column.field.to_owned()).unwrap_or_default();
            colors.add(&ColorRule { field, ..ColorRule::default() });
        }
        colors
    }

    fn add(&mut self, rule: &ColorRule) {
        self.rules.push(Line {
            id: self.next,
            field: rule.field.clone(),
            is: name_of(Comparison::ALL, rule.is),
            value: rule.value.clone(),
            paints: name_of(PAINTS, rule.paints),
            color: name_of(Color::ALL, rule.color),
        });
        self.next = self.next.wrapping_add(1);
    }

    /// Draws it; once it is answered, the rules, if they are to be kept.
    pub(super) fn ui(&mut self, ui: &Ui, list: &ListView, desk: &Desk) -> Option<Option<Vec<ColorRule>>> {
        let id = Id::unique(("list-colors", list.spec().query));
        let title = say(ui, "colors.title");
        let (save, back, add) = (say(ui, "record.save"), say(ui, "dialog.cancel"), say(ui, "colors.add"));
        let whole = self.rules.iter().all(|line| line.rule(list.spec(), desk).is_whole());
        let more = self.rules.len() < MOST_RULES;
        let dialog = Dialog::new(id, &title).width(720.0).accept(&save, whole).other(&add, more).back(&back);
        let first = self.focus.take().or(self.rules.first().map(|line| line.at(id, "field")));
        let dialog = first.map_or(dialog, |first| dialog.focus(first));
        let shown = dialog.show(ui, |ui| self.inside(ui, id, list, desk));
        match shown.given? {
            Given::Accepted => Some(Some(self.rules(list.spec(), desk))),
            Given::Other => {
                let last = self.rules.last().map(|line| line.field.clone()).unwrap_or_default();
                self.add(&ColorRule { field: last, ..ColorRule::default() });
                let added = self.rules.last().map(|line| line.at(id, "field"));
                if let Some(added) = added {
                    ui.memory_mut(|memory| memory.request_focus(added));
                }
                None
            }
            Given::Destroyed | Given::Closed => Some(None),
        }
    }

    fn rules(&self, spec: &ListSpec, desk: &Desk) -> Vec<ColorRule> {
        self.rules.iter().map(|line| line.rule(spec, desk)).collect()
    }

    fn inside(&mut self, ui: &mut Ui, id: Id, list: &ListView, desk: &Desk) {
        let remark = |ui: &mut Ui, key| {
            let words = RichText::new(say(ui, key)).color(Tokens::of(ui).colors().text2);
            ui.label(words);
        };
        remark(ui, "colors.about");
        let mut done = None;
        for (at, line) in self.rules.iter_mut().enumerate() {
            ui.add_space(space::S);
            done = ui.push_id(line.id, |ui| line.ui(ui, (id, at), list, desk)).inner.or(done);
        }
        match done {
            Some(Done::Up(at)) if at > 0 => self.rules.swap(at, at.saturating_sub(1)),
            Some(Done::Gone(at)) if at < self.rules.len() => drop(self.rules.remove(at)),
            Some(_) | None => {}
        }
        ui.add_space(space::M);
        remark(ui, "colors.preview");
        preview_ui(ui, list, &self.rules(list.spec(), desk), desk);
    }
}

impl Line {
    fn at(&self, dialog: Id, part: &str) -> Id {
        dialog.with((self.id, part))
    }

    /// The rule that it says.
    fn rule(&self, spec: &ListSpec, desk: &Desk) -> ColorRule {
        let is = named(Comparison::ALL, &self.is);
        let typed = self.value.trim();
        let days = matches!(column(spec, &self.field).map(|column| column.kind), Some(Kind::Day));
        let dated = days && matches!(is, Comparison::More | Comparison::Less);
        let date = || day::read(desk.lang, typed, desk.today(), desk.today()).ok().flatten();
        let value = if dated { date().map_or(typed.to_owned(), |date| date.to_string()) } else { typed.to_owned() };
        let value = if is.takes_value() { value } else { String::new() };
        let (paints, color) = (named(PAINTS, &self.paints), named(Color::ALL, &self.color));
        ColorRule { field: self.field.clone(), is, value, paints, color }
    }

    fn ui(&mut self, ui: &mut Ui, (id, at): (Id, usize), list: &ListView, desk: &Desk) -> Option<Done> {
        let mut done = None;
        ui.horizontal_wrapped(|ui| {
            self.swatch(ui);
            let fields = list.spec().columns.iter().chain(list.spec().fields);
            let fields: Vec<Choice> = fields.map(|column| Choice::new(column.field, say(ui, column.title))).collect();
            choose(ui, (self.at(id, "field"), "colors.field", 140.0), &fields, &mut self.field);
            let ways = choices(Comparison::ALL, |name| say(ui, &format!("colors.is.{name}")));
            choose(ui, (self.at(id, "is"), "colors.how", 130.0), &ways, &mut self.is);
            self.value_ui(ui, id, list, desk);
            let parts = choices(PAINTS, |name| say(ui, &format!("colors.paints.{name}")));
            choose(ui, (self.at(id, "paints"), "colors.what", 90.0), &parts, &mut self.paints);
            let colors = choices(Color::ALL, |name| say(ui, &format!("colors.color.{name}")));
            choose(ui, (self.at(id, "color"), "colors.paint", 90.0), &colors, &mut self.color);
            let number = at.saturating_add(1).to_string();
            if at > 0 && button::quiet(ui, icon::ARROW_UP, &say_with(ui, "colors.up", &[("number", &number)])).clicked()
            {
                done = Some(Done::Up(at));
            }
            if button::quiet(ui, icon::TRASH_2, &say_with(ui, "colors.remove", &[("number", &number)])).clicked() {
                done = Some(Done::Gone(at));
            }
        });
        done
    }

    /// How the colour looks in the theme of the window.
    fn swatch(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let look = tokens.theme.statuses.named(pair(named(Color::ALL, &self.color)));
        let side = tokens.control_height() - space::XS;
        let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        ui.painter().rect_filled(rect, 4.0, look.tint);
        ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(space::XS, side)), 0.0, look.bar);
    }

    fn value_ui(&mut self, ui: &mut Ui, id: Id, list: &ListView, desk: &Desk) {
        let is = named(Comparison::ALL, &self.is);
        if !is.takes_value() {
            return;
        }
        let (at, name) = (self.at(id, "value"), say(ui, "colors.value"));
        let seen = match is {
            Comparison::Is | Comparison::IsNot => seen(list, &self.field, desk),
            _ => BTreeSet::new(),
        };
        if seen.is_empty() || seen.len() > OFFERED {
            let days = matches!(is, Comparison::DueWithin | Comparison::PastBy);
            let hint = if days { say(ui, "colors.days") } else { String::new() };
            let field = Field::new(at, &name).hint(&hint).width(120.0).enter(Enter::Next).without_slot();
            text_field(ui, &field, &mut self.value);
            return;
        }
        let own = Some(&self.value).filter(|value| !value.is_empty() && !seen.contains(*value));
        let choices: Vec<Choice> = own.into_iter().chain(&seen).map(|value| Choice::new(value, value)).collect();
        let field = Field::new(at, &name).width(120.0).without_slot();
        choice(ui, &field, &choices, &mut self.value);
    }
}

/// The fixed name of a value.
fn name_of<T: PartialEq>(all: &[(T, &str)], value: T) -> String {
    all.iter().find(|(known, _)| *known == value).map(|(_, name)| (*name).to_owned()).unwrap_or_default()
}

/// The value of a fixed name.
fn named<T: Copy + Default>(all: &[(T, &str)], name: &str) -> T {
    all.iter().find(|(_, known)| *known == name).map(|(value, _)| *value).unwrap_or_default()
}

fn choices<T>(all: &[(T, &str)], word: impl Fn(&str) -> String) -> Vec<Choice> {
    all.iter().map(|(_, name)| Choice::new(*name, word(name))).collect()
}

fn choose(ui: &mut Ui, (id, name, width): (Id, &str, f32), choices: &[Choice], value: &mut String) {
    let name = say(ui, name);
    choice(ui, &Field::new(id, &name).width(width).without_slot(), choices, value);
}

fn column<'s>(spec: &'s ListSpec, field: &str) -> Option<&'s ListColumn> {
    spec.columns.iter().chain(spec.fields).find(|column| column.field == field)
}

/// What stands in a field of the loaded rows, as it is shown; nothing for amounts and days, which are typed.
fn seen(list: &ListView, field: &str, desk: &Desk) -> BTreeSet<String> {
    let Some(column) = column(list.spec(), field) else { return BTreeSet::new() };
    let number =
        |row: &serde_json::Value| plain(row, field).bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    if matches!(column.kind, Kind::Day | Kind::Moment | Kind::Flag) || list.loaded().all(|(_, told)| number(told)) {
        return BTreeSet::new();
    }
    list.loaded().map(|(_, told)| column.cell(told, desk).text).filter(|text| !text.is_empty()).take(500).collect()
}
