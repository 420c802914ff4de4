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
use crate::ui::paged::{Page, Paged};
use crate::ui::picker::{Offers, Picker, PickerEvent, PickerState, Suggestion, Suggestions};
use crate::ui::words::{lang, say};

/// What is typed for each parameter.
pub(super) struct Bar(Vec<Typed>);

enum Typed {
    Days(Days),
    /// One of a few; empty for all of them.
    One(String, Loader<Vec<Json>>),
    Customer(Sought),
}

/// The customer who is looked for.
#[derive(Default)]
struct Sought {
    state: PickerState,
    text: String,
    rows: Paged<Json>,
    found: Suggestions,
}

impl Bar {
    pub(super) fn new(report: &Report, today: Date) -> Bar {
        let typed = report.parameters.iter().map(|parameter| match parameter.input {
            Input::Days(usual) => Typed::Days(Days::new(usual, today)),
            Input::Counterparties => Typed::Customer(Sought::default()),
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
                Typed::Customer(sought) if !sought.state.is_settled() => return None,
                Typed::Customer(sought) => {
                    wish.extend(sought.state.id().map(|id| (parameter.name.to_owned(), json!([id]))));
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
                Typed::Customer(sought) => {
                    let (name, wrong) = (parameter.title(speaks), wrong(parameter.name));
                    let field = Field::new(id, &name).hint(&name).width(190.0).error(wrong.as_deref()).without_slot();
                    sought.ui(ui, &field, desk);
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

impl Sought {
    fn ui(&mut self, ui: &mut Ui, field: &Field<'_>, desk: &Desk) {
        if self.rows.poll() {
            self.offer(desk);
        }
        let picker = Picker { field, found: &self.found, offers: Offers::default() };
        let (_, events) = picker.show(ui, &mut self.state);
        for event in events {
            match event {
                PickerEvent::Asked(text) => {
                    self.text = text;
                    self.rows.forget();
                }
                PickerEvent::MoreAsked => self.rows.grow(),
                _ => continue,
            }
            let ask = |page: &Page| {
                let mut wanted = page.arguments();
                wanted.insert("text".to_owned(), json!(self.text));
                desk.handle.ask_json(Lane::Interactive, &desk.call, "counterparties", Json::Object(wanted))
            };
            self.rows.keep(0, ask);
            self.offer(desk);
        }
    }

    /// Hangs what was found below the field, unless it is still looked for.
    fn offer(&mut self, desk: &Desk) {
        if self.rows.is_loading() {
            return;
        }
        if let Some(error) = self.rows.error() {
            return self.found.fail(error.clone());
        }
        let offered = self.rows.rows().iter().map(|row| Suggestion {
            id: key(row),
            text: written(CUSTOMER, row, "name", desk),
            detail: plain(row, "phone"),
        });
        let offered = offered.collect();
        if self.rows.has_more() {
            self.found.put_first(&self.text, offered)
        } else {
            self.found.put(&self.text, offered)
        }
    }
}
