//! A CSV file of unknown make as rows of cells with their line numbers, within limits. Knows nothing of records.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::exchange::formula;
use crate::exchange::letters::{self, Letters};
use crate::platform;

/// The largest file, in megabytes.
const LARGEST_FILE_MB: u64 = 20;
/// The most rows of a file.
const MOST_ROWS: usize = 200_000;
/// The longest cell, in bytes.
const LONGEST_CELL: usize = 64 * 1024;
/// Follows the last row; a quotation mark that was never closed swallows it.
const END: &str = "\n\u{1}end\n";

/// The rows of a file.
#[derive(Debug)]
pub struct Sheet {
    /// The names of the columns, in order.
    pub columns: Vec<String>,
    /// Its rows, in order.
    pub rows: Vec<SheetRow>,
    /// SHA-256 of its bytes.
    pub hash: Vec<u8>,
    places: BTreeMap<String, usize>,
}

/// One row.
#[derive(Debug)]
pub struct SheetRow {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its cells, also where they are more or fewer than the columns.
    pub cells: StringRecord,
    unclosed: bool,
}

impl Sheet {
    /// Reads a file. Rejected when it is too large, is no text, has no heading or too many rows.
    pub fn read(path: &Path, letters: Option<Letters>, delimiter: Option<char>) -> Result<Sheet> {
        let failed = |error| platform::io_error(path, &error);
        let file = std::fs::File::open(path).map_err(failed)?;
        let most = LARGEST_FILE_MB.saturating_mul(1024 * 1024);
        let mut bytes = Vec::new();
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
            return Err(Error::rejected("error.import.file_too_large").arg("megabytes", LARGEST_FILE_MB));
        }
        Sheet::parse(&bytes, letters, delimiter)
    }

    /// Reads the bytes of a file.
    pub fn parse(bytes: &[u8], letters: Option<Letters>, delimiter: Option<char>) -> Result<Sheet> {
        let text = letters::decode(bytes, letters)?;
        let delimiter = match delimiter {
            Some(sign) => {
                u8::try_from(sign).ok().filter(u8::is_ascii).ok_or_else(|| Error::rejected("error.import.delimiter"))?
            }
            None => guess(&text),
        };
        let source = text.as_bytes().chain(END.as_bytes());
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(source);
        let heading = reader.headers().map_err(unreadable)?.clone();
        let columns: Vec<String> = heading.iter().map(|name| name.trim().to_owned()).collect();
        if columns.iter().all(String::is_empty) || is_end(&heading) || swallowed(&heading) {
            return Err(Error::rejected("error.import.no_heading"));
        }
        let rows = read_rows(&mut reader)?;
        let mut places = BTreeMap::new();
        for (place, column) in columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
            if places.insert(column.clone(), place).is_some() {
                return Err(Error::rejected("error.import.column_twice").arg("column", column));
            }
        }
        Ok(Sheet { columns, rows, hash: Sha256::digest(bytes).to_vec(), places })
    }

    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        self.places.contains_key(column)
    }

    /// What stands in a column of a row, without spaces around it; empty where the file has no such column.
    pub fn cell<'a>(&self, row: &'a SheetRow, column: &str) -> &'a str {
        let place = self.places.get(column);
        formula::restored(place.and_then(|place| row.cells.get(*place)).unwrap_or_default().trim())
    }

    /// Rejected for a row that is not whole: cells missing or too many, letters lost, a quotation mark left open.
    pub fn sound(&self, row: &SheetRow) -> Result<()> {
        if row.unclosed {
            return Err(Error::rejected("error.import.quote_open"));
        }
        if row.cells.len() != self.columns.len() {
            let error = Error::rejected("error.import.cell_count");
            return Err(error.arg("found", row.cells.len()).arg("expected", self.columns.len()));
        }
        for (cell, column) in row.cells.iter().zip(&self.columns) {
            if cell.len() > LONGEST_CELL {
                return Err(Error::rejected("error.import.cell_too_long").arg("column", column));
            }
            if cell.contains(char::REPLACEMENT_CHARACTER) {
                return Err(Error::rejected("error.import.letters_lost").arg("column", column));
            }
        }
        Ok(())
    }
}

fn read_rows<R: std::io::Read>(reader: &mut csv::Reader<R>) -> Result<Vec<SheetRow>> {
    let mut rows = Vec::new();
    for record in reader.records() {
        let cells = record.map_err(unreadable)?;
        if is_end(&cells) {
            break;
        }
        if rows.len() >= MOST_ROWS {
            return Err(Error::rejected("error.import.too_many_rows").arg_number("most", MOST_ROWS));
        }
        let line = cells.position().map_or(0, csv::Position::line);
        rows.push(SheetRow { line, unclosed: swallowed(&cells), cells });
    }
    if let Some(last) = rows.last_mut().filter(|row| row.unclosed) {
        let whole: Vec<&str> = last.cells.iter().map(|cell| cell.trim_end_matches(END)).collect();
        last.cells = StringRecord::from(whole);
    }
    Ok(rows)
}

fn is_end(cells: &StringRecord) -> bool {
    cells.len() == 1 && cells.get(0).is_some_and(|cell| cell == END.trim())
}

fn swallowed(cells: &StringRecord) -> bool {
    cells.iter().next_back().is_some_and(|cell| cell.ends_with(END))
}

fn unreadable(error: csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    Error::rejected("error.import.unreadable").arg("line", line)
}

/// The sign that stands most often in the heading outside quotation marks.
fn guess(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b'\t', 0_usize), (b';', 0), (b',', 0)];
    for byte in text.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if matches!(byte, b'\n' | b'\r') && !quoted {
            break;
        } else if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte && !quoted) {
            *count = count.saturating_add(1);
        }
    }
    counts.iter().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        Sheet::parse(text.as_bytes(), None, None).unwrap()
    }

    #[test]
    fn the_delimiter_is_found_in_the_heading() {
        for text in ["a,b\n1,\"2,5;\"\n", "a;b\r\n1;2,5\r\n", "a\tb\n1\t2\n", "\"x,y;\";b\n1;2\n"] {
            assert_eq!(sheet(text).columns.len(), 2, "{text}");
        }
        assert_eq!(sheet("name\nAni\n").columns, ["name"]);
    }

    #[test]
    fn a_quotation_mark_left_open_spoils_the_row_it_stands_in_and_no_earlier_one() {
        let sheet = sheet("a,b\n1,2\n3,\"open\n5,6\n");
        assert_eq!(sheet.rows.len(), 2);
        assert!(sheet.sound(&sheet.rows[0]).is_ok());
        assert_eq!(sheet.sound(&sheet.rows[1]).unwrap_err().key(), "error.import.quote_open");
        assert_eq!((sheet.rows[1].line, &sheet.rows[1].cells[1]), (3, "open\n5,6\n"));
    }

    #[test]
    fn rows_know_their_line_also_after_cells_of_several_lines() {
        let sheet = sheet("a,b\n\"1\n1\",2\n3,4\n");
        assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn files_without_a_heading_or_with_a_column_twice_are_refused() {
        for (text, key) in
            [("", "no_heading"), ("\n\n", "no_heading"), ("\"a,b\n", "no_heading"), ("a,a\n", "column_twice")]
        {
            let error = Sheet::parse(text.as_bytes(), None, None).unwrap_err();
            assert_eq!(error.key(), format!("error.import.{key}"), "{text}");
        }
    }
}
