//! Cells that a spreadsheet would run instead of show: made harmless on the way out, restored on the way in.

/// Whether a spreadsheet may take a cell for a formula or lose its beginning.
fn begins_badly(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
}

/// The text as it may stand in a spreadsheet's cell: an apostrophe goes before what would run there, and before such
/// an apostrophe, so that `restored` gives the very text back.
pub fn harmless(text: &str) -> String {
    if begins_badly(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// The text that `harmless` was given.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if begins_badly(text.trim_start_matches('\'')) => text,
        _ => cell,
    }
}

/// Whether a cell is nothing but a number, which no spreadsheet runs.
pub fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let figures = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    figures(whole) && figures(fraction)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for bad in ["=1+1", "+374", "-x", "@a", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "－1", "＠a"] {
            assert_eq!(harmless(bad), format!("'{bad}"));
        }
        assert_eq!(harmless("Ani's = best"), "Ani's = best");
        assert!(is_number("-12.00") && !is_number("-12.") && !is_number("-1-1") && !is_number("+1"));
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_back_letter_by_letter(text in "['=+@x-]{0,6}.{0,6}") {
            let cell = harmless(&text);
            prop_assert!(!begins_badly(&cell));
            prop_assert_eq!(restored(&cell), text);
        }
    }
}
