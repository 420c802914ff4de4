//! The search window of orders: shown first, passed with one Enter, opened again with F3.

use egui::{Id, RichText, Ui};
use serde_json::Value as Json;

use crate::engine::worker::Lane;
use crate::modules::orders::filter::{Filter, PAYMENTS, Period, STATES};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given};
use crate::ui::field::{Choice, DateInput, Enter, Field, choice, cursor_to_end, date_field, search_field};
use crate::ui::list::plain;
use crate::ui::loader::Loader;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};

/// How wide a day is, in points.
const DAY: f32 = 118.0;

/// The window.
pub(crate) struct Search {
    filter: Filter,
    from: DateInput,
    to: DateInput,
    counted: Option<Filter>,
    count: Loader<Vec<Json>>,
    /// Whether it is left out the next time the list is opened.
    pub hidden: bool,
    /// Letters were typed on the rows and go on here: the text cursor stands behind them.
    goes_on: bool,
}

/// How it was answered.
pub(crate) enum Found {
    /// Show these.
    Show(Filter),
    /// A new order instead.
    New,
    /// Leave everything as it is.
    Closed,
}

impl Search {
    /// The window with the filter in use.
    pub(crate) fn new(filter: &Filter, desk: &Desk, hidden: bool) -> Search {
        let (from, to) = filter.period.days(desk.today());
        Search {
            filter: filter.clone(),
            from: DateInput::new(from),
            to: DateInput::new(to),
            counted: None,
            count: Loader::default(),
            hidden,
            goes_on: false,
        }
    }

    /// The window that letters typed on the rows have opened.
    pub(crate) fn typed(letters: String, filter: &Filter, desk: &Desk, hidden: bool) -> Search {
        let mut search = Search::new(filter, desk, hidden);
        search.filter.text = letters;
        search.goes_on = true;
        search
    }

    /// Draws it; how it was answered, where it was.
    pub(crate) fn ui(&mut self, ui: &Ui, desk: &Desk) -> Option<Found> {
        let (title, show, fresh) = (say(ui, "search.title"), say(ui, "search.show"), say(ui, "action.new_order"));
        let insert = ui.input_mut(|input| crate::ui::action::Keys::plain(egui::Key::Insert).pressed(input));
        let may_add = desk.may(crate::base::right::Right::OrderPlace);
        let dialog = Dialog::new(Id::unique("orders-search"), &title)
            .width(640.0)
            .accept(&show, true)
            .other(&fresh, may_add)
            .focus(Id::unique("orders-search-text"));
        let shown = dialog.show(ui, |ui| self.inside(ui, desk));
        match shown.given {
            Some(Given::Accepted) => Some(Found::Show(self.filter.clone())),
            Some(Given::Other) => Some(Found::New),
            Some(_) => Some(Found::Closed),
            None => (insert && may_add).then_some(Found::New),
        }
    }

    fn inside(&mut self, ui: &mut Ui, desk: &Desk) {
        let (name, hint) = (say(ui, "search.quick"), say(ui, "search.quick_hint"));
        let id = Id::unique("orders-search-text");
        let field = Field::new(id, &name).hint(&hint).enter(Enter::Stay).without_slot();
        let answer = search_field(ui, &field, &mut self.filter.text);
        if self.goes_on {
            cursor_to_end(ui, id, &self.filter.text);
            // The field selects what it holds when the keyboard has come to it, one drawing later.
            self.goes_on = !answer.came;
            ui.ctx().request_repaint();
        }
        self.count_ui(ui, desk);
        ui.add_space(space::S);
        self.period_ui(ui, desk);
        ui.add_space(space::M);
        self.states_ui(ui, desk);
        ui.add_space(space::M);
        self.payment_ui(ui, desk);
        ui.add_space(space::M);
        ui.horizontal_wrapped(|ui| {
            ui.checkbox(&mut self.filter.late, say(ui, "search.late"));
            ui.checkbox(&mut self.filter.mine, say(ui, "search.mine"));
        });
        ui.checkbox(&mut self.hidden, say(ui, "search.hide"));
    }

    fn period_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        title_ui(ui, "search.period");
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            for (period, key) in Period::NAMED {
                if ui.selectable_label(self.filter.period == period, say(ui, key)).clicked() {
                    self.filter.period = period;
                    let (from, to) = period.days(desk.today());
                    self.from.set(from);
                    self.to.set(to);
                }
            }
            // The two days stand beside each other.
            if ui.available_size_before_wrap().x < 2.0 * DAY + space::S {
                ui.end_row();
            }
            let (from, to) = (say(ui, "search.from"), say(ui, "search.to"));
            let fields = [(&mut self.from, &from, "orders-from"), (&mut self.to, &to, "orders-to")];
            let mut changed = false;
            for (input, name, id) in fields {
                let field = Field::new(Id::unique(id), name).hint(name).width(DAY).without_slot();
                changed |= date_field(ui, &field, input, desk.today()).changed;
            }
            if changed {
                self.filter.period = Period::Span(self.from.date(), self.to.date());
            }
        });
    }

    fn states_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        title_ui(ui, "column.status");
        ui.horizontal_wrapped(|ui| {
            for state in STATES {
                let chosen = self.filter.states.contains(state);
                if ui.selectable_label(chosen, desk.say(&format!("status.{state}"))).clicked() {
                    if chosen {
                        self.filter.states.remove(state);
                    } else {
                        self.filter.states.insert(state.to_owned());
                    }
                }
            }
        });
    }

    /// The state of payment, and beside it the fields that the company added.
    fn payment_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        title_ui(ui, "search.payment_state");
        let mut choices = vec![Choice::new("", say(ui, "search.any"))];
        choices.extend(PAYMENTS.map(|state| Choice::new(state, say(ui, &format!("search.payment.{state}")))));
        let name = say(ui, "search.payment_state");
        let field = Field::new(Id::unique("orders-payment"), &name).width(220.0).without_slot();
        ui.horizontal_wrapped(|ui| {
            choice(ui, &field, &choices, &mut self.filter.payment);
            self.filter.own.ui(ui, (Id::unique("orders-own"), ""), "order", desk);
        });
    }

    fn count_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        if self.counted.as_ref() != Some(&self.filter) {
            self.counted = Some(self.filter.clone());
            self.count.forget();
        }
        let wanted = Json::Object(self.filter.arguments(desk));
        let ask = || desk.handle.ask_json(Lane::Background, &desk.call, "orders-totals", wanted);
        let rows = self.count.keep(desk.revision(&["orders"]), ask).map(Vec::as_slice);
        let text = rows.map_or_else(String::new, |rows| {
            let count: i64 = rows.iter().filter_map(|row| plain(row, "count").parse::<i64>().ok()).sum();
            say_with(ui, "search.count", &[("count", &count.to_string())])
        });
        ui.add_space(space::XS);
        ui.label(RichText::new(text).color(Tokens::of(ui).colors().text2));
    }
}

fn title_ui(ui: &mut Ui, key: &str) {
    ui.label(RichText::new(say(ui, key)).color(Tokens::of(ui).colors().text2));
}
