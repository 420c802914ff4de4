//! What a report is asked, drawn from its parameters: one field for each, with what is wrong told at the field.

use egui::{Id, Ui};
use serde_json::{Map, Value as Json, json};

use crate::base::date::Date;
use crate::base::error::Error;
use crate::domain::order::states::Status;
use crate::engine::worker::Lane;
use crate::modules::report::days::Days;
use crate::reports::Report;
use crate::reports::parameter::{Input, Parameter, choice as choice_name};
use crate::ui::desk::Desk;
use crate::ui::field::{Choice, Field, choice};
use crate::ui::list::{CUSTOMER, key, plain, written};
use crate::ui::loader::Loader;
use crate::ui::picker::{Offers, Picker, PickerEvent, PickerState, Suggestion, Suggestions};
use crate::ui::words::{lang, say};

/// How many customers hang below the field.
const MOST: i64 = 20;

/// What is typed for each parameter.
pub(super) struct Bar(Vec<Typed>);

enum Typed {
    Days(Days),
    /// One of a few; empty for all of them.
    One(String, Loader<Vec<Json>>),
    Customer(PickerState, Suggestions),
}

impl Bar {
    pub(super) fn new(report: &Report, today: Date) -> Bar {
        let typed = report.parameters.iter().map(|parameter| match parameter.input {
            Input::Days(usual) => Typed::Days(Days::new(usual, today)),
            Input::Counterparties => Typed::Customer(PickerState::new(), Suggestions::default()),
            Input::Choice(choices) => {
                Typed::One(choices.first().copied().unwrap_or_default().to_owned(), Loader::default())
            }
            Input::Responsibles | Input::Currencies | Input::States => Typed::One(String::new(), Loader::default()),
        });
        Bar(typed.collect())
    }

    /// What is asked; nothing while a field cannot be read.
    pub(super) fn wish(&self, report: &Report) -> Option<Json> {
        let mut wish = Map::new();
        for (parameter, typed) in report.parameters.iter().zip(&self.0) {
            match typed {
                Typed::Days(days) => {
                    if !days.put(&mut wish) {
                        return None;
                    }
                }
                Typed::One(value, _) if value.is_empty() => {}
                Typed::One(value, _) => {
                    wish.insert(parameter.name.to_owned(), value.clone().into());
                }
                // Letters that chose nobody yet leave the report as it is.
                Typed::Customer(state, _) if !state.is_settled() => return None,
                Typed::Customer(state, _) => {
                    wish.extend(state.id().map(|id| (parameter.name.to_owned(), json!([id]))));
                }
            }
        }
        Some(Json::Object(wish))
    }

    /// Draws the fields.
    pub(super) fn ui(&mut self, ui: &mut Ui, report: &Report, desk: &Desk, error: Option<&Error>) {
        let speaks = lang(ui);
        let wrong = |field: &str| error.filter(|error| error.field() == Some(field)).map(|error| error.message(speaks));
        let id = Id::unique(("report-bar", report.name));
        for (parameter, typed) in report.parameters.iter().zip(&mut self.0) {
            let id = id.with(parameter.name);
            match typed {
                Typed::Days(days) => days.ui(ui, id, desk, &wrong),
                Typed::One(value, rows) => {
                    let (name, wrong) = (parameter.title(speaks), wrong(parameter.name));
                    let choices = choices(ui, *parameter, rows, desk);
                    let field = Field::new(id, &name).width(150.0).error(wrong.as_deref()).without_slot();
                    choice(ui, &field, &choices, value);
                }
                Typed::Customer(state, found) => {
                    let (name, wrong) = (parameter.title(speaks), wrong(parameter.name));
                    let field = Field::new(id, &name).hint(&name).width(190.0).error(wrong.as_deref()).without_slot();
                    customer_ui(ui, &field, (state, found), desk);
                }
            }
        }
    }
}

/// What may be chosen, behind a first one that leaves nothing out.
fn choices(ui: &Ui, parameter: Parameter, rows: &mut Loader<Vec<Json>>, desk: &Desk) -> Vec<Choice> {
    let speaks = lang(ui);
    let all = |key: &str| Choice::new("", say(ui, key));
    let nothing = || Json::Object(Map::new());
    match parameter.input {
        Input::Choice(choices) => choices.iter().map(|name| Choice::new(*name, choice_name(speaks, name))).collect(),
        Input::States => {
            let states =
                Status::ALL.map(|state| Choice::new(state.code(), say(ui, &format!("status.{}", state.code()))));
            [all("report.all_states")].into_iter().chain(states).collect()
        }
        Input::Currencies => {
            let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "currencies", nothing());
            let rows = rows.keep(desk.revision(&["currencies"]), ask).into_iter().flatten();
            let codes = rows.map(|row| plain(row, "code")).map(|code| Choice::new(code.clone(), code));
            [all("report.all_currencies")].into_iter().chain(codes).collect()
        }
        Input::Responsibles => {
            let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "responsibles", nothing());
            let rows = rows.keep(desk.revision(&["users"]), ask).into_iter().flatten();
            let people = rows.map(|row| Choice::new(key(row).to_string(), plain(row, "name")));
            [all("report.all_people")].into_iter().chain(people).collect()
        }
        Input::Days(_) | Input::Counterparties => Vec::new(),
    }
}

fn customer_ui(ui: &mut Ui, field: &Field<'_>, (state, found): (&mut PickerState, &mut Suggestions), desk: &Desk) {
    found.poll(|row| {
        Some(Suggestion { id: key(row), text: written(CUSTOMER, row, "name", desk), detail: plain(row, "phone") })
    });
    let picker = Picker { field, found, offers: Offers::default() };
    let (_, events) = picker.show(ui, state);
    for event in events {
        if let PickerEvent::Asked(text) = event {
            let wanted = json!({"text": text, "limit": MOST});
            found.ask(&text, || desk.handle.ask_json(Lane::Interactive, &desk.call, "counterparties", wanted));
        }
    }
}
