//! From the bytes of a file to its text, whatever letters it was saved in. Knows nothing of rows and columns.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};
use serde::Deserialize;

use crate::base::error::{Error, Result};

/// The letters of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Letters {
    /// UTF-8, with or without its mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// Cyrillic of older Windows programs.
    #[serde(rename = "windows-1251")]
    Windows1251,
    /// Western letters of older programs.
    #[serde(rename = "latin-1")]
    Latin1,
    /// What spreadsheets call Unicode text.
    #[serde(rename = "utf-16")]
    Utf16,
}

impl Letters {
    fn encoding(self) -> &'static Encoding {
        match self {
            Letters::Utf8 => UTF_8,
            Letters::Windows1251 => WINDOWS_1251,
            Letters::Latin1 => WINDOWS_1252,
            Letters::Utf16 => UTF_16LE,
        }
    }
}

/// The text of a file; what cannot be read stands as U+FFFD. Rejected for files that are no text at all.
pub(super) fn decode(bytes: &[u8], letters: Option<Letters>) -> Result<String> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Error::rejected("error.import.workbook"));
    }
    let (encoding, marked) = match (Encoding::for_bom(bytes), letters) {
        (Some((encoding, length)), _) => (encoding, bytes.get(length..).unwrap_or_default()),
        (None, Some(letters)) => (letters.encoding(), bytes),
        (None, None) => (guess(bytes), bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(marked);
    Ok(text.into_owned())
}

/// UTF-8 where the bytes are such; else Cyrillic where letters beyond ASCII stand side by side, as in its words.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(wide) = without_mark(bytes) {
        return wide;
    }
    let far = |byte: Option<&u8>| byte.is_some_and(|byte| *byte >= 0xC0);
    let (mut alone, mut beside) = (0_usize, 0_usize);
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0xC0) {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        if far(before) || far(bytes.get(at.saturating_add(1))) {
            beside = beside.saturating_add(1);
        } else {
            alone = alone.saturating_add(1);
        }
    }
    if mostly_utf8(bytes) {
        UTF_8
    } else if beside > alone {
        WINDOWS_1251
    } else {
        WINDOWS_1252
    }
}

/// A damaged byte in a text of UTF-8 must not turn the whole of it into other letters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let sound = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|letter| !letter.is_ascii()).count();
    let damaged = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    sound > damaged
}

/// UTF-16 that was saved without its mark: every other byte of plain Latin text is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = || bytes.chunks_exact(2).take(64);
    let (mut low, mut high) = (0_usize, 0_usize);
    for pair in pairs() {
        low = low.saturating_add(usize::from(pair.first() == Some(&0)));
        high = high.saturating_add(usize::from(pair.last() == Some(&0)));
    }
    let half = pairs().count() / 2;
    if half == 0 {
        None
    } else if high > half {
        Some(UTF_16LE)
    } else if low > half {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn saved(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn a_file_is_read_in_the_letters_it_was_saved_in() {
        let russian = "код,название\n1,Конверт большой\n";
        let german = "code,name\n1,Müller & Söhne\n";
        let armenian = "կոդ,անվանում\n1,Ծրար\n";
        assert_eq!(decode(&saved(WINDOWS_1251, russian), None).unwrap(), russian);
        assert_eq!(decode(&saved(WINDOWS_1252, german), None).unwrap(), german);
        assert_eq!(decode(armenian.as_bytes(), None).unwrap(), armenian);
        assert_eq!(decode(&[b"\xEF\xBB\xBF", armenian.as_bytes()].concat(), None).unwrap(), armenian);
        let wide: Vec<u8> = armenian.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&[b"\xFF\xFE", wide.as_slice()].concat(), None).unwrap(), armenian);
        let plain: Vec<u8> = german.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&plain, None).unwrap(), german);
    }

    #[test]
    fn one_damaged_byte_does_not_change_the_letters_around_it() {
        let damaged = ["Ծրար\n".as_bytes(), b"\xFF\n", "Թուղթ\n".as_bytes()].concat();
        assert_eq!(decode(&damaged, None).unwrap(), "Ծրար\n\u{FFFD}\nԹուղթ\n");
    }

    #[test]
    fn a_workbook_is_refused_in_words_and_not_read_as_text() {
        assert_eq!(decode(b"PK\x03\x04rest", None).unwrap_err().key(), "error.import.workbook");
    }
}
