//! The file of refused rows: each as it came, with its line and the reason in the reader's language. A spreadsheet
//! opens it harmlessly; corrected, it can be imported like the first file.

use std::fs::File;
use std::path::Path;

use crate::base::error::{Error, Result};
use crate::base::locale::{Lang, tr};
use crate::engine::guard;
use crate::exchange::formula;
use crate::exchange::sheet::{Sheet, SheetRow};
use crate::platform;

/// The names of the two columns that are added, in a language.
pub fn added_columns(lang: Lang) -> [String; 2] {
    [tr(lang, "import.line", &[]), tr(lang, "import.reason", &[])]
}

/// The file of refused rows; nowhere, where none is wanted.
pub(super) struct Rejects {
    writer: Option<csv::Writer<File>>,
}

/// One refused row.
pub(super) struct Refused {
    /// Its place in the sheet.
    pub at: usize,
    /// Why, as the reader says it.
    pub reason: String,
}

impl Rejects {
    /// Begins the file anew, or goes on at its end. Rejected when it cannot be written.
    pub(super) fn open(path: Option<&Path>, resumed: bool, sheet: &Sheet, lang: Lang) -> Result<Rejects> {
        let Some(path) = path else {
            return Ok(Rejects { writer: None });
        };
        let goes_on = resumed && path.exists();
        let file = if path.exists() {
            let mut options = File::options();
            let opened = options.write(true).append(goes_on).truncate(!goes_on).open(path);
            platform::make_private(path)?;
            opened.map_err(|error| platform::io_error(path, &error))?
        } else {
            platform::create_private_file(path)?
        };
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
        if !goes_on {
            let heading: Vec<String> = sheet.columns.iter().cloned().chain(added_columns(lang)).collect();
            writer.write_record(&heading).map_err(failed)?;
        }
        let mut rejects = Rejects { writer: Some(writer) };
        rejects.flush()?;
        Ok(rejects)
    }

    /// Writes refused rows out.
    pub(super) fn write(&mut self, sheet: &Sheet, refused: &[Refused]) -> Result<()> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        for refusal in refused {
            if let Some(row) = sheet.rows.get(refusal.at) {
                writer.write_record(cells(sheet, row, &refusal.reason)).map_err(failed)?;
            }
        }
        self.flush()
    }

    fn flush(&mut self) -> Result<()> {
        match &mut self.writer {
            Some(writer) => writer.flush().map_err(|error| Error::failure("error.import.rejects_failed", error)),
            None => Ok(()),
        }
    }
}

/// Rejected when the refused rows would go over the very file they come from, or over a database.
pub(super) fn keep_apart(source: &Path, rejects: Option<&Path>) -> Result<()> {
    rejects.map_or(Ok(()), guard::require_replaceable).map_err(|error| error.at("rejects"))?;
    let place = |path: &Path| std::fs::canonicalize(path).ok();
    match rejects.and_then(place) {
        Some(rejects) if Some(&rejects) == place(source).as_ref() => {
            Err(Error::rejected("error.import.rejects_over_source").at("rejects"))
        }
        _ => Ok(()),
    }
}

/// The row's cells as wide as the heading, then its line and the reason; cells without a heading come last.
fn cells(sheet: &Sheet, row: &SheetRow, reason: &str) -> Vec<String> {
    let mut cells: Vec<String> = row
        .cells
        .iter()
        .map(|cell| if formula::is_number(cell) { cell.to_owned() } else { formula::harmless(cell) })
        .collect();
    let width = sheet.columns.len();
    let beyond = cells.split_off(width.min(cells.len()));
    cells.resize(width, String::new());
    cells.extend([row.line.to_string(), formula::harmless(reason)]);
    cells.extend(beyond);
    cells
}

fn failed(error: csv::Error) -> Error {
    Error::failure("error.import.rejects_failed", error)
}
