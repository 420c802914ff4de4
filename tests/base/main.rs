//! Values: words, dates, phones, refusals, files of the system.

mod color_rules;
mod dates;
mod files;
mod languages;
mod phones;
mod refusals;
mod texts;
mod words;
