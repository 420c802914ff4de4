//! Phone numbers in any format: what was typed stays, what it means is worked out beside it.
//! A number that no numbering plan knows is never refused.

use phonenumber::country::Id as Country;
use phonenumber::{Mode, PhoneNumber};
use serde::{Deserialize, Serialize};

use super::text;

/// No barcode is shorter, in digits.
const SHORTEST_CODE: usize = 6;

/// A phone number as typed, with its meaning where one is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phone {
    typed: String,
    e164: Option<String>,
    shown: String,
}

impl Phone {
    /// Reads a number the way a person in `country` (two letters, such as `AM`) would dial it.
    pub fn read(typed: &str, country: &str) -> Phone {
        let typed = text::clean_line(typed).unwrap_or_else(|_| text::digits(typed));
        match meaning(&typed, country) {
            None => Phone { shown: typed.clone(), typed, e164: None },
            Some(number) => Phone {
                typed,
                e164: Some(number.format().mode(Mode::E164).to_string()),
                shown: number.format().mode(Mode::International).to_string(),
            },
        }
    }

    /// What was typed, without stray spaces.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// `+37491123456` where the number is a valid one.
    pub fn e164(&self) -> Option<&str> {
        self.e164.as_deref()
    }

    /// How the number is shown: in groups with its country code where known, else as typed.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Digits by which the number is found and compared: with the country code where known, else those typed.
    pub fn digits(&self) -> String {
        text::digits(self.e164.as_deref().unwrap_or(&self.typed))
    }
}

/// The digits to look for when a person types part of a number: without the prefixes that are only dialled.
pub fn search_digits(typed: &str) -> String {
    let digits = text::digits(typed);
    let dialled = if digits.len() == 11 { digits.strip_prefix('8') } else { None };
    dialled.unwrap_or(&digits).trim_start_matches('0').to_owned()
}

/// Whether this is a scanned code behind how many of it, such as `3*4850001234562`: what a scanner types, and no phone.
pub fn is_scan(typed: &str) -> bool {
    let digits = |part: &str, least: usize| part.len() >= least && part.bytes().all(|byte| byte.is_ascii_digit());
    typed.trim().split_once('*').is_some_and(|(count, code)| digits(count, 1) && digits(code, SHORTEST_CODE))
}

/// Whether there is a country with these two capital letters.
pub fn is_country(code: &str) -> bool {
    code.parse::<Country>().is_ok()
}

fn meaning(typed: &str, country: &str) -> Option<PhoneNumber> {
    let digits = text::digits(typed);
    if !(5..=20).contains(&digits.len()) {
        return None;
    }
    let dialled = text::ascii_digits(typed);
    let believed = |number: &PhoneNumber| area_agrees(&dialled, number);
    parse(&dialled, country.parse::<Country>().ok())
        .filter(believed)
        .or_else(|| russian(&digits).filter(believed))
        .or_else(|| international(&dialled, &digits).filter(believed))
}

fn parse(dialled: &str, country: Option<Country>) -> Option<PhoneNumber> {
    phonenumber::parse(country, dialled).ok().filter(PhoneNumber::is_valid)
}

/// A number typed with its country code but without the plus, or behind the prefix 00.
fn international(dialled: &str, digits: &str) -> Option<PhoneNumber> {
    let bare = digits.trim_start_matches('0');
    if dialled.starts_with('+') || bare.len() < 10 { None } else { parse(&format!("+{bare}"), None) }
}

/// A Russian or Kazakh number behind the long-distance prefix 8, as it is written all over the former Union.
fn russian(digits: &str) -> Option<PhoneNumber> {
    let national = digits.strip_prefix('8').filter(|rest| rest.len() == 10)?;
    parse(&format!("+7{national}"), None)
}

/// Digits in brackets are an area or country code: another reading of them is a wrong guess.
fn area_agrees(dialled: &str, number: &PhoneNumber) -> bool {
    let Some(bracketed) = dialled.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside)
    else {
        return true;
    };
    let bracketed = text::digits(bracketed);
    let area = bracketed.trim_start_matches('0');
    let shown = number.format().mode(Mode::International).to_string();
    let mut groups = shown.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    area.is_empty() || groups.any(|group| group == area)
}
