//! Numbers and dates as other programs write them, exactly or not at all.

use chrono::{NaiveDate, NaiveDateTime};

use crate::base::date::{Date, Instant, Zone};
use crate::base::decimal;
use crate::base::error::{Error, Result};

/// A plain decimal out of a number with this decimal sign; spaces and the other sign group thousands. Rejected for
/// anything else.
pub(super) fn number(text: &str, point: char) -> Result<String> {
    let grouping = if point == ',' { '.' } else { ',' };
    let (whole, fraction) = text.split_once(point).unwrap_or((text, ""));
    let plain: String = whole.chars().filter(|sign| !sign.is_whitespace() && *sign != grouping).collect();
    let plain = if text.contains(point) { format!("{plain}.{fraction}") } else { plain };
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let sound = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
    if sound(before) && sound(after) { Ok(plain) } else { Err(decimal::unreadable(text)) }
}

/// `17850` out of `17850.0`. Rejected where something other than zeros stands behind the point.
pub(super) fn whole(text: &str) -> Result<String> {
    match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => Ok(whole.to_owned()),
        None => Ok(text.to_owned()),
        Some(_) => Err(Error::rejected("error.import.not_whole").arg("text", text)),
    }
}

/// `15` out of `0.15`: the point moves two places. Rejected for anything but a plain decimal.
pub(super) fn percents(text: &str) -> Result<String> {
    const SHARE_DECIMALS: u32 = 8;
    let scaled = decimal::parse_scaled(text, SHARE_DECIMALS)?;
    Ok(decimal::format_scaled(scaled, SHARE_DECIMALS.saturating_sub(2), 0))
}

/// The date that a text says in one of these forms. Rejected where it says none.
pub(super) fn date(text: &str, forms: &[String]) -> Result<Date> {
    let day = forms.iter().find_map(|form| local(text, form)).map(|(day, _)| day);
    let day = day.ok_or_else(|| Error::rejected("error.date_unreadable").arg("text", text))?;
    Date::parse(&day.format("%Y-%m-%d").to_string())
}

/// The moment that a text says in one of these forms, by the clocks of a zone. Rejected where it says none.
pub(super) fn moment(text: &str, forms: &[String], zone: Zone) -> Result<Instant> {
    let found = forms.iter().find_map(|form| local(text, form));
    let (day, seconds) = found.ok_or_else(|| Error::rejected("error.date_unreadable").arg("text", text))?;
    let date = Date::parse(&day.format("%Y-%m-%d").to_string())?;
    Ok(zone.at(date, seconds))
}

fn local(text: &str, form: &str) -> Option<(NaiveDate, u32)> {
    use chrono::Timelike as _;
    if let Ok(moment) = NaiveDateTime::parse_from_str(text, form) {
        return Some((moment.date(), moment.time().num_seconds_from_midnight()));
    }
    NaiveDate::parse_from_str(text, form).ok().map(|day| (day, 0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn forms(forms: &[&str]) -> Vec<String> {
        forms.iter().map(|form| (*form).to_owned()).collect()
    }

    #[test]
    fn numbers_are_read_with_either_decimal_sign_and_never_guessed() {
        for (text, point, read) in [
            ("1 234,50", ',', "1234.50"),
            ("1.234,5", ',', "1234.5"),
            ("1\u{a0}234", ',', "1234"),
            ("1,234.50", '.', "1234.50"),
            ("-0,5", ',', "-0.5"),
        ] {
            assert_eq!(number(text, point).unwrap(), read);
        }
        for text in ["", "-", "1,2,3", "1e5", "12 դրամ", ",5", "1,"] {
            assert!(number(text, ',').is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_of_one_becomes_percents_without_losing_a_digit() {
        for (share, percent) in
            [("0", "0"), ("0.15", "15"), ("0.05", "5"), ("1", "100"), ("0.0725", "7.25"), ("-0.1", "-10")]
        {
            assert_eq!(percents(share).unwrap(), percent);
        }
        assert!(percents("0.123456789").is_err());
        assert_eq!(whole("17850.0").unwrap(), "17850");
        assert!(whole("17850.5").is_err());
    }

    #[test]
    fn dates_are_read_in_the_forms_that_the_mapping_names() {
        let known = forms(&["%Y-%m-%d %H:%M:%S%.f", "%d.%m.%Y"]);
        assert_eq!(date("1996-07-04 00:00:00.000", &known).unwrap().to_string(), "1996-07-04");
        assert_eq!(date("31.12.2026", &known).unwrap().to_string(), "2026-12-31");
        assert_eq!(date("31.02.2026", &known).unwrap_err().key(), "error.date_unreadable");
        let yerevan = Zone::parse("Asia/Yerevan").unwrap();
        let asked = moment("2010-12-01 08:26:00.5", &known, yerevan).unwrap();
        assert_eq!(asked.rfc3339(yerevan), "2010-12-01T08:26:00.000+04:00");
    }
}
