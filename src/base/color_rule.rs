//! Colour rules of a list as data: which rows or cells are coloured, by what stands in a field. Pure: what is compared is
//! given, what comes out is a colour by its name; how it looks is the theme's business.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::date::Date;
use super::{decimal, nested, text};

/// The most rules of one list.
pub const MOST_RULES: usize = 50;

/// Numbers are compared in millionths.
const SCALE: u32 = 6;

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColorRule {
    /// The field of the row that is looked at.
    pub field: String,
    /// How.
    pub is: Comparison,
    /// With what: a text, a number, a day, or a number of days.
    pub value: String,
    /// What is coloured.
    pub paints: Paints,
    /// The colour.
    pub color: Color,
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// It is the value.
    #[default]
    Is,
    /// It is anything but the value.
    IsNot,
    /// The value stands in it.
    Contains,
    /// It is a greater number, or a later day.
    More,
    /// It is a smaller number, or an earlier day.
    Less,
    /// It is a day that comes in less than so many days, or is past.
    DueWithin,
    /// It is a day that is more than so many days past.
    PastBy,
    /// Nothing stands in it.
    Empty,
    /// Something stands in it.
    Filled,
    /// Another person changed the row since who sits here looked at the list before.
    Changed,
}

impl Comparison {
    /// Every comparison with its fixed name.
    pub const ALL: &'static [(Comparison, &'static str)] = &[
        (Comparison::Is, "is"),
        (Comparison::IsNot, "is-not"),
        (Comparison::Contains, "contains"),
        (Comparison::More, "more"),
        (Comparison::Less, "less"),
        (Comparison::DueWithin, "due-within"),
        (Comparison::PastBy, "past-by"),
        (Comparison::Empty, "empty"),
        (Comparison::Filled, "filled"),
        (Comparison::Changed, "changed"),
    ];

    /// Whether it looks at a value.
    pub fn takes_value(self) -> bool {
        !matches!(self, Comparison::Empty | Comparison::Filled | Comparison::Changed)
    }
}

/// What a rule colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paints {
    /// The whole row.
    #[default]
    Row,
    /// The cell of the field.
    Cell,
}

/// A colour of the theme's palette, by which it keeps its contrast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Color {
    /// Nearly no colour.
    Grey,
    /// Blue.
    Blue,
    /// Yellow.
    #[default]
    Yellow,
    /// Violet.
    Violet,
    /// Teal.
    Teal,
    /// Green.
    Green,
    /// Red.
    Red,
    /// Dark grey.
    Dark,
}

impl Color {
    /// Every colour with its fixed name.
    pub const ALL: &'static [(Color, &'static str)] = &[
        (Color::Yellow, "yellow"),
        (Color::Red, "red"),
        (Color::Green, "green"),
        (Color::Teal, "teal"),
        (Color::Blue, "blue"),
        (Color::Violet, "violet"),
        (Color::Grey, "grey"),
        (Color::Dark, "dark"),
    ];
}

/// What is known of one row: its answer, and what its cells show.
pub struct Seen<'a> {
    /// The answer.
    pub told: &'a Json,
    /// What the cell of a field says; nothing where it has none.
    pub shown: &'a dyn Fn(&str) -> Option<&'a str>,
    /// Whether another person changed it since.
    pub changed: bool,
}

/// The colours of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Painted {
    /// Of the whole row.
    pub row: Option<Color>,
    /// Of cells, by their fields, each once.
    pub cells: Vec<(String, Color)>,
}

/// Rules as they are asked: grouped by field, so that each field of a row is read once.
#[derive(Clone, Debug, Default)]
pub struct ColorRules {
    fields: Vec<Field>,
    // Where a rule stands among all: the first that holds decides.
    changed: Vec<(usize, Paints, String, Color)>,
    // Texts as they are compared: the same few stand in many rows.
    folded: RefCell<BTreeMap<String, Rc<str>>>,
}

#[derive(Clone, Debug, Default)]
struct Field {
    name: String,
    needs: Needs,
    tests: Vec<(usize, Test, Paints, Color)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Needs {
    number: bool,
    day: bool,
    text: bool,
}

/// A comparison with its value read.
#[derive(Clone, Debug)]
enum Test {
    Number(Comparison, i64),
    Day(Comparison, String),
    Text(Comparison, String),
    Filled(bool),
}

/// A field of a row, read as far as its rules need it.
struct Read<'a> {
    number: Option<i64>,
    day: Option<&'a str>,
    told: Rc<str>,
    // Only where it is another text.
    shown: Option<Rc<str>>,
    filled: bool,
}

/// So many texts are kept as they are compared.
const MOST_FOLDED: usize = 4_096;

/// What a field of an answer holds, as text.
fn told<'t>(row: &'t Json, field: &str) -> Cow<'t, str> {
    match nested::at(row, field) {
        Some(Json::String(text)) => Cow::Borrowed(text),
        Some(Json::Null) | None => Cow::Borrowed(""),
        Some(other) => Cow::Owned(other.to_string()),
    }
}

/// A text as a number, in millionths; none where it is no number.
fn number(text: &str) -> Option<i64> {
    decimal::parse_scaled(text, SCALE).ok()
}

/// The day at the beginning of a text, which may go on with a time; days in this form stand in the order of texts.
fn day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let form = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    day.bytes().enumerate().all(form).then_some(day)
}

impl ColorRule {
    /// Whether the value fits the comparison.
    pub fn is_whole(&self) -> bool {
        self.test(Date::MIN).is_some() || self.is == Comparison::Changed
    }

    fn test(&self, today: Date) -> Option<Test> {
        let value = self.value.trim();
        let bare: String = value.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().replace(',', ".");
        let days = || bare.parse::<i64>().ok().filter(|days| (0..=36_500).contains(days));
        match self.is {
            Comparison::Is | Comparison::IsNot | Comparison::Contains if value.is_empty() => None,
            Comparison::Is | Comparison::IsNot => Some(match number(&bare) {
                Some(number) => Test::Number(self.is, number),
                None => Test::Text(self.is, text::fold(value)),
            }),
            Comparison::Contains => Some(Test::Text(self.is, text::fold(value))),
            Comparison::More | Comparison::Less => match (number(&bare), day(value)) {
                (Some(number), _) => Some(Test::Number(self.is, number)),
                (None, Some(day)) => Some(Test::Day(self.is, day.to_owned())),
                (None, None) => None,
            },
            Comparison::DueWithin => Some(Test::before(today.add_days(days()?).unwrap_or(Date::MAX))),
            Comparison::PastBy => Some(Test::before(today.add_days(-days()?).unwrap_or(Date::MIN))),
            Comparison::Empty => Some(Test::Filled(false)),
            Comparison::Filled => Some(Test::Filled(true)),
            Comparison::Changed => None,
        }
    }
}

impl Test {
    fn before(day: Date) -> Test {
        Test::Day(Comparison::Less, day.to_string())
    }

    fn holds(&self, read: &Read<'_>) -> bool {
        match self {
            Test::Number(is, value) => match (is, read.number) {
                (Comparison::IsNot, number) => number != Some(*value),
                (Comparison::More, Some(number)) => number > *value,
                (Comparison::Less, Some(number)) => number < *value,
                (_, number) => number == Some(*value),
            },
            Test::Day(is, value) => read.day.is_some_and(|day| match is {
                Comparison::More => day > value.as_str(),
                _ => day < value.as_str(),
            }),
            Test::Text(Comparison::Contains, value) => read.texts().any(|text| text.contains(value.as_str())),
            Test::Text(is, value) => read.texts().any(|text| text == value) == (*is == Comparison::Is),
            Test::Filled(wanted) => read.filled == *wanted,
        }
    }

    fn needs(&self, needs: &mut Needs) {
        match self {
            Test::Number(..) => needs.number = true,
            Test::Day(..) => needs.day = true,
            Test::Text(..) => needs.text = true,
            Test::Filled(_) => {}
        }
    }
}

impl Read<'_> {
    fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.told).chain(self.shown.as_deref())
    }
}

impl ColorRules {
    /// Reads a field of a row with what it says as text.
    fn read<'t>(&self, field: &Field, told: &'t str, row: &Seen<'_>) -> Read<'t> {
        let Needs { number: counted, day: dated, text } = field.needs;
        let shown = if text { (row.shown)(&field.name).filter(|shown| *shown != told) } else { None };
        Read {
            number: if counted { number(told) } else { None },
            day: if dated { day(told) } else { None },
            told: if text { self.folded(told) } else { Rc::default() },
            shown: shown.map(|shown| self.folded(shown)),
            filled: !told.is_empty(),
        }
    }

    fn folded(&self, typed: &str) -> Rc<str> {
        let mut known = self.folded.borrow_mut();
        if let Some(folded) = known.get(typed) {
            return Rc::clone(folded);
        }
        if known.len() >= MOST_FOLDED {
            known.clear();
        }
        let folded: Rc<str> = text::fold(typed).into();
        known.insert(typed.to_owned(), Rc::clone(&folded));
        folded
    }

    /// The rules, read once; days are counted from this one. Those whose value does not fit are passed over.
    pub fn of(rules: &[ColorRule], today: Date) -> ColorRules {
        let mut all = ColorRules::default();
        for (at, rule) in rules.iter().enumerate().take(MOST_RULES) {
            if rule.is == Comparison::Changed {
                all.changed.push((at, rule.paints, rule.field.clone(), rule.color));
            } else if let Some(test) = rule.test(today) {
                all.field(&rule.field, |field| {
                    test.needs(&mut field.needs);
                    field.tests.push((at, test, rule.paints, rule.color));
                });
            }
        }
        all
    }

    /// Changes the field of this name, which comes to be where it is not there yet.
    fn field(&mut self, name: &str, change: impl FnOnce(&mut Field)) {
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => change(field),
            None => {
                let mut field = Field { name: name.to_owned(), ..Field::default() };
                change(&mut field);
                self.fields.push(field);
            }
        }
    }

    /// Whether nothing is ever coloured.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.changed.is_empty()
    }

    /// Whether a rule asks who changed a row.
    pub fn asks_changes(&self) -> bool {
        !self.changed.is_empty()
    }

    /// The colours of a row: of the rules that hold, the first decides for the row, and the first for each cell.
    pub fn paint(&self, row: &Seen<'_>) -> Painted {
        let mut held: Vec<(usize, Paints, &str, Color)> = Vec::new();
        for field in &self.fields {
            let told = told(row.told, &field.name);
            let read = self.read(field, &told, row);
            for paints in [Paints::Row, Paints::Cell] {
                let mut tests = field.tests.iter().filter(|(.., of, _)| *of == paints);
                let first = tests.find(|(_, test, ..)| test.holds(&read));
                held.extend(first.map(|(at, _, _, color)| (*at, paints, field.name.as_str(), *color)));
            }
        }
        let changed = self.changed.iter().filter(|_| row.changed);
        held.extend(changed.map(|(at, paints, field, color)| (*at, *paints, field.as_str(), *color)));
        held.sort_by_key(|(at, ..)| *at);
        let mut painted = Painted::default();
        for (_, paints, field, color) in held {
            match paints {
                Paints::Row => painted.row = painted.row.or(Some(color)),
                Paints::Cell if painted.cells.iter().any(|(known, _)| known == field) => {}
                Paints::Cell => painted.cells.push((field.to_owned(), color)),
            }
        }
        painted
    }
}
