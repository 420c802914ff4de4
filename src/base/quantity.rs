//! Quantity: how much of an item, exact to a millionth of its unit. Knows neither items nor units.

use super::decimal::scaled_decimal;
use super::error::{Error, Result};

/// How much of something in its unit of measure, in millionths; negative for what comes back.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

scaled_decimal!(Quantity, 6, from_micros, micros, "millionths of the unit");

impl Quantity {
    /// One whole unit.
    pub const ONE: Quantity = Quantity(1_000_000);

    /// The same quantity; `Rejected` when it has more decimals than the unit is counted in (pieces: 0, kilograms: 3).
    pub fn in_decimals(self, decimals: u32) -> Result<Quantity> {
        let kept = Quantity::DECIMALS.saturating_sub(decimals);
        let step = 10_i64.checked_pow(kept).unwrap_or(1);
        if self.0.checked_rem(step) == Some(0) {
            return Ok(self);
        }
        let key = if decimals == 0 { "error.quantity_not_whole" } else { "error.quantity_too_precise" };
        Err(Error::rejected(key).arg("quantity", self).arg("decimals", decimals))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn quantity_is_text_in_json_and_reads_text_or_whole_numbers_but_no_floats() {
        let quantity: Quantity = "2.500".parse().unwrap();
        assert_eq!(serde_json::to_string(&quantity).unwrap(), "\"2.5\"");
        assert_eq!(serde_json::from_str::<Quantity>("\"2.5\"").unwrap(), quantity);
        assert_eq!(serde_json::from_str::<Quantity>("3").unwrap().micros(), 3_000_000);
        assert_eq!(serde_json::from_str::<Quantity>("-3").unwrap().micros(), -3_000_000);
        for bad in ["2.5", "1e2", "null", "true", "\"2,5\"", "\"\"", "\"0.0000001\"", "9223372036854775807"] {
            assert!(serde_json::from_str::<Quantity>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn half_a_piece_is_refused_where_only_whole_pieces_are_counted() {
        let half: Quantity = "0.5".parse().unwrap();
        assert_eq!(half.in_decimals(0).unwrap_err().key(), "error.quantity_not_whole");
        assert_eq!(half.in_decimals(1).unwrap(), half);
        let fine: Quantity = "0.0005".parse().unwrap();
        assert_eq!(fine.in_decimals(3).unwrap_err().key(), "error.quantity_too_precise");
        assert_eq!(fine.in_decimals(6).unwrap(), fine);
        assert_eq!(fine.in_decimals(9).unwrap(), fine);
    }

    #[test]
    fn quantities_are_added_exactly_or_refused() {
        let most = Quantity::from_micros(i64::MAX);
        assert_eq!(Quantity::ONE.checked_sub(Quantity::from_micros(1)).unwrap().to_string(), "0.999999");
        assert_eq!(most.checked_add(Quantity::ONE).unwrap_err().key(), "error.number_too_large");
        assert_eq!(Quantity::from_micros(i64::MIN).checked_neg().unwrap_err().key(), "error.number_too_large");
    }
}
