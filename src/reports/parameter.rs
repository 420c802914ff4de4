//! What a report can be asked, as data: a screen draws a field for each, the command line takes the same names.

use crate::base::locale::{Lang, tr};

/// One thing a report can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// As scripts know it; people read the text `report.parameter.<name>`.
    pub name: &'static str,
    /// What is typed there.
    pub input: Input,
}

/// What is typed into a parameter. Where several values are taken, up to eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The first and the last day, in the fields `from` and `to`.
    Days(Usual),
    /// Ids of counterparties.
    Counterparties,
    /// Ids of users.
    Responsibles,
    /// Codes of currencies.
    Currencies,
    /// States of orders.
    States,
    /// One of these; the first when left out. People read the texts `report.choice.<choice>`.
    Choice(&'static [&'static str]),
}

/// The days that are meant where none are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    /// From the first of the month to today.
    Month,
    /// All there are.
    All,
}

/// A parameter of a report.
pub const fn parameter(name: &'static str, input: Input) -> Parameter {
    Parameter { name, input }
}

impl Parameter {
    /// The fields in which its values are sent.
    pub fn fields(&self) -> Vec<&'static str> {
        if let Input::Days(_) = self.input { vec!["from", "to"] } else { vec![self.name] }
    }

    /// What people call it.
    pub fn title(&self, lang: Lang) -> String {
        tr(lang, &format!("report.parameter.{}", self.name), &[])
    }
}

/// What people call one of the choices of a parameter.
pub fn choice(lang: Lang, choice: &str) -> String {
    tr(lang, &format!("report.choice.{choice}"), &[])
}
