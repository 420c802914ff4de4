//! Values: words, dates, phones, refusals, files of the system.

mod dates;
mod files;
mod languages;
mod phones;
mod refusals;
mod texts;
mod words;
