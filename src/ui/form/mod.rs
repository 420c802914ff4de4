//! Forms described by data over an object: cards of directories, customers, items, settings.
//! It knows no names of the business; queries, keys and labels come with the description.

mod cell;
mod find;
mod layout;
mod lines;
mod picture;
mod reference;
mod spec;
mod tiles;

pub use spec::{FieldKind, FieldSpec, Reference, Search, Section};

use std::collections::BTreeSet;

use egui::{Id, TextureHandle, Ui};
use serde_json::{Map, Value as Json, json};

use crate::base::currency::Currency;
use crate::base::error::Error;
use crate::base::nested;
use crate::ui::desk::Desk;
use cell::{Cell, currency_in};

/// What happened in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormEvent {
    /// The field with this key holds something else.
    Changed {
        /// The key of the field.
        key: &'static str,
    },
    /// The form is complete and is to be saved: Ctrl+Enter.
    Submitted,
    /// A new record is wanted for the reference with this key; [`Form::choose`] takes it.
    CreateAsked {
        /// The key of the field.
        key: &'static str,
        /// How it is to be called.
        text: String,
    },
    /// Another picture is wanted for the field with this key; [`Form::set`] takes its hash.
    PictureAsked {
        /// The key of the field.
        key: &'static str,
    },
}

/// A form being filled in.
pub struct Form {
    id: Id,
    sections: &'static [Section],
    object: Json,
    books: Currency,
    cells: Vec<(&'static FieldSpec, Cell)>,
    /// What the file said is wrong, by the path it pointed at.
    errors: Vec<(String, Error)>,
    /// What it said about the form as a whole.
    above: Option<Error>,
    /// Fields of which it is said that they are empty.
    missed: BTreeSet<&'static str>,
    /// The field that gets the focus in the next frame.
    focus: Option<&'static str>,
    keep: &'static [&'static str],
    read_only: bool,
    pictures: Vec<(&'static str, TextureHandle)>,
}

impl Form {
    /// A form over an object: a new record where the object has no `id`. The id is made of what it belongs to.
    pub fn new(id: Id, sections: &'static [Section], object: &Json, desk: &Desk) -> Form {
        let books = desk.house.currency;
        let fields = sections.iter().flat_map(|section| section.fields);
        let cells = fields.map(|spec| (spec, Cell::new(spec.kind, part(object, spec.key), (object, books))));
        Form {
            id,
            sections,
            object: object.clone(),
            books,
            cells: cells.collect(),
            errors: Vec::new(),
            above: None,
            missed: BTreeSet::new(),
            focus: None,
            keep: &[],
            read_only: false,
            pictures: Vec::new(),
        }
    }

    /// The same; these keys of the object go into [`Form::value`] as they are, such as `id` and `version`.
    pub fn keep(mut self, keys: &'static [&'static str]) -> Form {
        self.keep = keys;
        self
    }

    /// The same, only shown or not.
    pub fn read_only(mut self, read_only: bool) -> Form {
        self.read_only = read_only;
        self
    }

    /// What a command takes: of a new record every field that is filled in, of an old one what was changed; an empty
    /// text, or an empty list, takes a value away.
    pub fn value(&self) -> Json {
        let is_new = self.object.get("id").is_none_or(Json::is_null);
        let mut value = Map::new();
        for key in self.keep {
            value.extend(self.object.get(*key).map(|kept| ((*key).to_owned(), kept.clone())));
        }
        for (spec, cell) in self.cells.iter().filter(|(spec, _)| !spec.read_only) {
            let (now, before) = (cell.value(spec.kind), self.before(spec));
            let empty = if matches!(spec.kind, FieldKind::List(_)) { json!([]) } else { json!("") };
            let said = match now {
                Some(now) if is_new || before.as_ref() != Some(&now) => now,
                None if before.is_some() => empty,
                _ => continue,
            };
            nested::put(&mut value, spec.key, said);
        }
        Json::Object(value)
    }

    /// Whether anything was changed, also where it is not settled yet.
    pub fn changed(&self) -> bool {
        self.cells.iter().any(|(spec, cell)| !cell.is_settled() || cell.value(spec.kind) != self.before(spec))
    }

    /// What the field with this key holds; nothing where it is empty or not settled.
    pub fn get(&self, key: &str) -> Option<Json> {
        let (spec, cell) = self.cells.iter().find(|(spec, _)| spec.key == key)?;
        cell.value(spec.kind)
    }

    /// Whether what stands in the field with this key can be taken as it is.
    pub fn is_settled(&self, key: &str) -> bool {
        self.cells.iter().any(|(spec, cell)| spec.key == key && cell.is_settled())
    }

    /// What a person reads under this key: the value of a field, or the name of the record a reference stands at.
    pub fn read(&self, key: &str) -> String {
        let named = |(_, cell): &(_, Cell)| match cell {
            Cell::Referring(reference) => reference.named_in(key),
            _ => None,
        };
        match self.get(key) {
            Some(Json::String(text)) => text,
            Some(other) => other.to_string(),
            None => self.cells.iter().find_map(named).unwrap_or_default(),
        }
    }

    /// Puts a value into the field with this key.
    pub fn set(&mut self, key: &str, value: &Json) {
        let (object, books) = (self.object.clone(), self.books);
        for (spec, cell) in self.cells.iter_mut().filter(|(spec, _)| spec.key == key) {
            *cell = Cell::new(spec.kind, value, (&object, books));
        }
    }

    /// Lets the reference with this key refer to a record, such as one that was just made: what is kept, and its name.
    pub fn choose(&mut self, key: &str, kept: &Json, name: &str) {
        for (_, cell) in self.cells.iter_mut().filter(|(spec, _)| spec.key == key) {
            if let Cell::Referring(reference) = cell {
                reference.set(kept, name);
            }
        }
    }

    /// Shows the picture of the field with this key.
    pub fn show_picture(&mut self, key: &'static str, picture: TextureHandle) {
        self.pictures.retain(|(known, _)| *known != key);
        self.pictures.push((key, picture));
    }

    /// Puts what the file refused to the field it names, and the focus there; above the form where it names none.
    pub fn fail(&mut self, error: &Error) {
        self.errors.clear();
        self.above = None;
        let path = error.field().unwrap_or_default();
        match self.cells.iter().find(|(spec, _)| points_at(path, spec.key)) {
            Some((spec, _)) => {
                self.focus = Some(spec.key);
                self.errors.push((path.to_owned(), error.clone()));
            }
            None => self.above = Some(error.clone()),
        }
    }

    /// Whether every field is settled and what has to be filled in is; otherwise says what is missing and leads there.
    pub fn check(&mut self) -> bool {
        let mut first = None;
        for (spec, cell) in self.cells.iter_mut().filter(|(spec, _)| !spec.read_only) {
            let empty = spec.required && cell.value(spec.kind).is_none();
            if empty && cell.is_settled() {
                self.missed.insert(spec.key);
            }
            if empty || !cell.is_settled() {
                cell.insist();
                first = first.or(Some(spec.key));
            }
        }
        self.focus = first.or(self.focus);
        first.is_none()
    }

    /// Leads the focus to the first field that can be filled in.
    pub fn focus_first(&mut self) {
        let free = |(spec, _): &&(&'static FieldSpec, Cell)| !spec.read_only && !self.read_only;
        self.focus = self.cells.iter().find(free).map(|(spec, _)| spec.key);
    }

    /// Leads the focus to the field with this key.
    pub fn focus(&mut self, key: &'static str) {
        self.focus = Some(key);
    }

    /// Draws it; what happened.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) -> Vec<FormEvent> {
        layout::show(self, ui, desk)
    }

    fn before(&self, spec: &FieldSpec) -> Option<Json> {
        Cell::new(spec.kind, part(&self.object, spec.key), (&self.object, self.books)).value(spec.kind)
    }

    /// Prices follow the currency that is chosen beside them.
    fn follow_currencies(&mut self) {
        for at in 0..self.cells.len() {
            let key = match self.cells.get(at) {
                Some((FieldSpec { kind: FieldKind::Price(Some(key)), .. }, _)) => *key,
                _ => continue,
            };
            let currency = currency_in(&json!({ key: self.get(key) }), Some(key), self.books);
            if let Some((_, cell)) = self.cells.get_mut(at) {
                cell.follow_currency(currency);
            }
        }
    }
}

fn part<'a>(object: &'a Json, key: &str) -> &'a Json {
    nested::at(object, key).unwrap_or(&Json::Null)
}

/// Whether a path such as `phones[1]` begins at this key.
fn points_at(path: &str, key: &str) -> bool {
    path.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
}
