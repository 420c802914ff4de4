//! What a scanner reads from a document: its number as Code 128, and what it is about as a QR code.

use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::money::Money;
use crate::domain::number::Number;
use crate::print::{Block, barcode};

/// Longest issuer in a QR code, in characters, so that the code stays coarse enough for a telephone.
const LONGEST_ISSUER: usize = 60;

/// The number as Code 128, its last bar at its right edge. Rejected for other characters than figures, which no number has.
pub(super) fn number(number: Number) -> Result<Block> {
    Ok(barcode::flush_right(barcode::code128(&number.to_string(), barcode::MODULE, 30.0)?))
}

/// What the QR code says, five lines of plain text in UTF-8: the issuer's name (its first 60 characters), the number,
/// the date as `YYYY-MM-DD`, the total as a plain decimal, the currency by ISO 4217.
pub(super) fn about(issuer: &str, number: Number, date: Date, total: Money) -> String {
    let issuer: String = issuer.chars().take(LONGEST_ISSUER).collect();
    format!("{}\n{number}\n{date}\n{total}\n{}", issuer.trim(), total.currency().code())
}

/// The same as a QR code, its last dots at its right edge. Rejected only for a text longer than any that is made here.
pub(super) fn qr(text: &str) -> Result<Block> {
    Ok(barcode::flush_right(barcode::qr(text, 84.0)?))
}
