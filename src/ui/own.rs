//! Fields that a company adds by itself, as the data that forms and lists are described by.
//! Descriptions live as long as the program: a company has some dozens of fields, and each is described once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value as Json, json};

use crate::engine::store::Call;
use crate::engine::worker::{Handle, Lane};
use crate::ui::form::{FieldKind, FieldSpec, Section};
use crate::ui::list::{Kind, ListColumn, ListSpec, plain};
use crate::ui::loader::Loader;

/// What stands before the code of such a field wherever fields are named.
pub const BEFORE: &str = "fields.";

/// The fields of one kind of records.
#[derive(Default)]
pub struct Own {
    /// As fields of a form; their labels are their names.
    pub fields: &'static [FieldSpec],
    /// As columns of a list, which a person shows when they are wanted.
    pub columns: &'static [ListColumn],
    /// A form of these fields alone; without sections where there are none.
    pub alone: &'static [Section],
    sections: Mutex<Vec<(&'static [Section], &'static [Section])>>,
    lists: Mutex<Vec<(&'static ListSpec, &'static ListSpec)>>,
}

/// The fields of the company that is open.
#[derive(Default)]
pub struct OwnFields(RefCell<Asked>);

#[derive(Default)]
struct Asked {
    rows: Loader<Vec<Json>>,
    known: BTreeMap<String, &'static Own>,
}

impl OwnFields {
    /// The fields of a kind of records, as far as they are known at this revision of their table.
    pub(super) fn of(&self, record: &str, revision: u64, (handle, call): (&Handle, &Call)) -> &'static Own {
        let mut asked = self.0.borrow_mut();
        let ask = || handle.ask_json(Lane::Interactive, call, "fields", json!({"active": true}));
        if asked.rows.renew(revision, ask) {
            asked.known.clear();
        }
        if let Some(known) = asked.known.get(record) {
            return known;
        }
        let rows = asked.rows.value().map_or(&[][..], Vec::as_slice);
        let own = described(rows.iter().filter(|row| plain(row, "record") == record));
        asked.known.insert(record.to_owned(), own);
        own
    }
}

/// The description of these fields; the same one for the same fields.
fn described<'a>(rows: impl Iterator<Item = &'a Json>) -> &'static Own {
    static KNOWN: Mutex<BTreeMap<String, &'static Own>> = Mutex::new(BTreeMap::new());
    let rows: Vec<&Json> = rows.collect();
    let text = json!(rows).to_string();
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(text).or_insert_with(|| {
        let fields: &'static [FieldSpec] = rows.iter().map(|row| field(row)).collect::<Vec<_>>().leak();
        let columns: &'static [ListColumn] = rows.iter().map(|row| column(row)).collect::<Vec<_>>().leak();
        let alone: &'static [Section] =
            if fields.is_empty() { &[] } else { vec![Section { title: "", fields }].leak() };
        Box::leak(Box::new(Own { fields, columns, alone, ..Own::default() }))
    })
}

fn kept(text: String) -> &'static str {
    text.leak()
}

fn path(row: &Json) -> &'static str {
    kept(format!("{BEFORE}{}", plain(row, "code")))
}

fn field(row: &Json) -> FieldSpec {
    let kind = match plain(row, "holds").as_str() {
        "number" => FieldKind::Decimal,
        "money" => FieldKind::Amount,
        "date" => FieldKind::Date,
        "flag" => FieldKind::Flag,
        "choice" => FieldKind::Choice(choices(row)),
        _ => FieldKind::Text,
    };
    let spec = FieldSpec::new(path(row), kept(plain(row, "name")), kind);
    if row.get("required").and_then(Json::as_bool) == Some(true) { spec.required() } else { spec }
}

/// What may be chosen, read as it is kept.
fn choices(row: &Json) -> &'static [(&'static str, &'static str)] {
    let options = row.get("choices").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let options = options.iter().filter_map(Json::as_str).map(|option| kept(option.to_owned()));
    options.map(|option| (option, option)).collect::<Vec<_>>().leak()
}

fn column(row: &Json) -> ListColumn {
    let (kind, width) = match plain(row, "holds").as_str() {
        "number" => (Kind::Number, 110.0),
        "money" => (Kind::Amount, 120.0),
        "date" => (Kind::Day, 110.0),
        "flag" => (Kind::Flag, 96.0),
        _ => (Kind::Text, 150.0),
    };
    let path = path(row);
    ListColumn::new(path, kept(plain(row, "name")), kind, width).sorted(path).spare()
}

impl Own {
    /// The sections of a form with these fields behind the first one.
    pub fn sections(&self, base: &'static [Section]) -> &'static [Section] {
        if self.fields.is_empty() {
            return base;
        }
        once(&self.sections, base, |base| {
            let own = Section { title: "own_fields.title", fields: self.fields };
            let (first, rest) = base.split_at(base.len().min(1));
            first.iter().copied().chain([own]).chain(rest.iter().copied()).collect::<Vec<_>>().leak()
        })
    }

    /// The list with these columns behind its own.
    pub fn list(&self, base: &'static ListSpec) -> &'static ListSpec {
        if self.columns.is_empty() {
            return base;
        }
        once(&self.lists, base, |base| {
            let columns = base.columns.iter().chain(self.columns).copied().collect::<Vec<_>>().leak();
            Box::leak(Box::new(ListSpec { columns, ..*base }))
        })
    }
}

/// What was made of something that lives as long as the program, made once.
fn once<T: ?Sized>(
    made: &Mutex<Vec<(&'static T, &'static T)>>,
    of: &'static T,
    make: impl FnOnce(&'static T) -> &'static T,
) -> &'static T {
    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, known)) = made.iter().find(|(known, _)| std::ptr::eq(*known, of)) {
        return known;
    }
    let new = make(of);
    made.push((of, new));
    new
}
