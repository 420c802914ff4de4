//! Exact decimals kept as scaled integers: how they are read, written and rounded. The one rounding rule stands here.
//! Knows no money and no unit of measure; those are built on it.

use rust_decimal::Decimal;

use super::error::{Error, Result};

/// The quotient rounded to the nearest integer, halves away from zero, so that a negative is the exact mirror of its
/// positive; nothing when the denominator is zero or the quotient does not fit.
pub fn round_half_up(numerator: i128, denominator: i128) -> Option<i128> {
    let quotient = numerator.checked_div(denominator)?;
    let rest = numerator.checked_rem(denominator)?.unsigned_abs();
    let half_or_more = rest != 0 && rest >= denominator.unsigned_abs().checked_sub(rest)?;
    if !half_or_more {
        return Some(quotient);
    }
    let away = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    quotient.checked_add(away)
}

/// Ten to a power; nothing beyond what an i128 holds.
pub fn ten_to(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

/// Reads a plain decimal (`-12.50`, no exponent, no plus, no grouping) as an integer of `10^-scale` parts.
///
/// `Rejected` when it is not a number, has more decimals than the scale holds, or is too large.
pub fn parse_scaled(text: &str, scale: u32) -> Result<i64> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((_, "")) => return Err(unreadable(text)),
        Some(parts) => parts,
        None => (unsigned, ""),
    };
    let figures = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !figures(whole) || !figures(fraction) {
        return Err(unreadable(text));
    }
    let fraction = fraction.trim_end_matches('0');
    let places = usize::try_from(scale).unwrap_or(usize::MAX);
    let Some(missing) = places.checked_sub(fraction.len()) else {
        return Err(too_precise(text, scale));
    };
    let digits = whole.bytes().chain(fraction.bytes()).chain(std::iter::repeat_n(b'0', missing));
    collect_digits(digits, negative).ok_or_else(|| too_large(text))
}

/// Negative numbers are gathered below zero, so that the smallest i64 can be read too.
fn collect_digits(digits: impl Iterator<Item = u8>, negative: bool) -> Option<i64> {
    let mut value = 0_i64;
    for digit in digits {
        let digit = i64::from(digit.checked_sub(b'0')?);
        value = value.checked_mul(10)?;
        value = if negative { value.checked_sub(digit)? } else { value.checked_add(digit)? };
    }
    Some(value)
}

/// Writes `10^-scale` parts as a plain decimal with at least so many decimals; further ones only where they are not zero.
pub fn format_scaled(value: i64, scale: u32, least_decimals: u32) -> String {
    let places = usize::try_from(scale).unwrap_or(0);
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = places.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    let least = usize::try_from(least_decimals).unwrap_or(0).min(places);
    let needed = fraction.trim_end_matches('0').len().max(least);
    let fraction = fraction.get(..needed).unwrap_or(fraction);
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The decimal as an integer of `10^-scale` parts; `Rejected` when that would lose a digit or does not fit.
pub fn scaled_from_decimal(decimal: Decimal, scale: u32) -> Result<i64> {
    parse_scaled(&decimal.to_string(), scale)
}

/// An integer of `10^-scale` parts as a decimal without trailing zeros.
pub fn decimal_from_scaled(value: i64, scale: u32) -> Decimal {
    Decimal::new(value, scale).normalize()
}

/// The refusal of something that is not a number.
pub fn unreadable(text: &str) -> Error {
    Error::rejected("error.number_unreadable").arg("text", text)
}

/// The refusal of a number with more decimals than can be kept.
pub fn too_precise(text: &str, decimals: u32) -> Error {
    Error::rejected("error.number_too_precise").arg("text", text).arg("decimals", decimals)
}

/// The refusal of a number that does not fit.
pub fn too_large(text: &str) -> Error {
    Error::rejected("error.number_too_large").arg("text", text)
}

/// Reads text or whole numbers from any format, never floats.
pub(crate) struct ScaledVisitor {
    pub(crate) scale: u32,
}

impl serde::de::Visitor<'_> for ScaledVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a decimal as text, or a whole number")
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<i64, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<i64, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
        parse_scaled(text, self.scale).map_err(Error::into_serde)
    }
}

/// Gives a newtype over i64 its decimal face: reading, writing, comparing with zero, checked arithmetic, serde.
macro_rules! scaled_decimal {
    ($name:ident, $scale:literal, $from:ident, $get:ident, $parts:literal) => {
        impl $name {
            /// Zero.
            pub const ZERO: $name = $name(0);
            /// How many decimals are kept.
            pub const DECIMALS: u32 = $scale;

            #[doc = concat!("From ", $parts, ".")]
            pub const fn $from(parts: i64) -> $name {
                $name(parts)
            }

            #[doc = concat!("In ", $parts, ".")]
            pub const fn $get(self) -> i64 {
                self.0
            }

            /// The same value; `Rejected` when it has more decimals than are kept or is too large.
            pub fn from_decimal(decimal: rust_decimal::Decimal) -> $crate::base::error::Result<$name> {
                $crate::base::decimal::scaled_from_decimal(decimal, $scale).map($name)
            }

            /// The same value as a decimal without trailing zeros.
            pub fn to_decimal(self) -> rust_decimal::Decimal {
                $crate::base::decimal::decimal_from_scaled(self.0, $scale)
            }

            /// Whether it is exactly zero.
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// Whether it is below zero.
            pub const fn is_negative(self) -> bool {
                self.0 < 0
            }

            /// The sum; `Rejected` when it is too large.
            pub fn checked_add(self, other: $name) -> $crate::base::error::Result<$name> {
                self.0.checked_add(other.0).map($name).ok_or_else(|| self.overflow())
            }

            /// The difference; `Rejected` when it is too large.
            pub fn checked_sub(self, other: $name) -> $crate::base::error::Result<$name> {
                self.0.checked_sub(other.0).map($name).ok_or_else(|| self.overflow())
            }

            /// The opposite; `Rejected` when it is too large.
            pub fn checked_neg(self) -> $crate::base::error::Result<$name> {
                self.0.checked_neg().map($name).ok_or_else(|| self.overflow())
            }

            fn overflow(self) -> $crate::base::error::Error {
                $crate::base::decimal::too_large(&self.to_string())
            }
        }

        /// A plain decimal without trailing zeros.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&$crate::base::decimal::format_scaled(self.0, $scale, 0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        /// A plain decimal; `Rejected` when it is not a number, has too many decimals, or is too large.
        impl std::str::FromStr for $name {
            type Err = $crate::base::error::Error;

            fn from_str(text: &str) -> $crate::base::error::Result<$name> {
                $crate::base::decimal::parse_scaled(text, $scale).map($name)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                deserializer.deserialize_any($crate::base::decimal::ScaledVisitor { scale: $scale }).map($name)
            }
        }
    };
}
pub(crate) use scaled_decimal;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_on_both_sides() {
        for (n, d, expected) in [
            (5, 10, 1),
            (-5, 10, -1),
            (5, -10, -1),
            (-5, -10, 1),
            (4, 10, 0),
            (-4, 10, 0),
            (15, 10, 2),
            (149, 100, 1),
            (7, 7, 1),
            (1, 3, 0),
            (2, 3, 1),
            (0, 5, 0),
        ] {
            assert_eq!(round_half_up(n, d), Some(expected), "{n}/{d}");
        }
    }

    #[test]
    fn rounding_works_at_the_edge_of_the_integers_and_refuses_beyond() {
        assert_eq!(round_half_up(i128::MAX, 1), Some(i128::MAX));
        assert_eq!(round_half_up(i128::MIN, 1), Some(i128::MIN));
        assert_eq!(round_half_up(i128::MIN, -1), None);
        assert_eq!(round_half_up(1, 0), None);
        assert_eq!(round_half_up(i128::MAX, i128::MIN), Some(-1));
        assert_eq!(round_half_up(1, i128::MIN), Some(0));
    }

    #[test]
    fn plain_decimals_are_read_exactly_or_not_at_all() {
        for (text, expected) in [
            ("0", 0),
            ("-0", 0),
            ("12.5", 12_500_000),
            ("-12.500000", -12_500_000),
            ("0.000001", 1),
            ("1.0000000000", 1_000_000),
            ("0009", 9_000_000),
            ("9223372036854.775807", i64::MAX),
            ("-9223372036854.775808", i64::MIN),
        ] {
            assert_eq!(parse_scaled(text, 6).unwrap(), expected, "{text}");
        }
        for text in ["", "-", ".", ".5", "5.", "+1", " 1", "1 ", "1e3", "1,5", "--1", "٣", "0x1", "1.2.3", "NaN"] {
            assert_eq!(parse_scaled(text, 6).unwrap_err().key(), "error.number_unreadable", "{text}");
        }
        assert_eq!(parse_scaled("0.0000001", 6).unwrap_err().key(), "error.number_too_precise");
        assert_eq!(parse_scaled("9223372036854.775808", 6).unwrap_err().key(), "error.number_too_large");
        assert_eq!(parse_scaled(&"9".repeat(100_000), 6).unwrap_err().key(), "error.number_too_large");
    }

    #[test]
    fn what_is_written_is_read_back_as_the_same_number() {
        for value in [0, 1, -1, 10, -10, 999_999, 1_000_000, 123_456_789, i64::MAX, i64::MIN] {
            for scale in [0, 2, 3, 4, 6] {
                for least in [0, 2, 6] {
                    let text = format_scaled(value, scale, least);
                    assert_eq!(parse_scaled(&text, scale).unwrap(), value, "{text}");
                }
                let decimal = decimal_from_scaled(value, scale);
                assert_eq!(scaled_from_decimal(decimal, scale).unwrap(), value, "{decimal}");
            }
        }
    }
}
