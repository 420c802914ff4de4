//! Reading what a script gives: JSON from a file or from standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::base::error::Error;
use crate::cli::stop::Stop;
use crate::platform::io_error;

/// The longest text that is read as one object, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;

/// A file, or standard input where the name is `-`.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>, Stop> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| io_error(path, &error))?;
    Ok(Box::new(BufReader::new(file)))
}

/// The one object of a file; an empty one where no file is named. Rejected when it holds anything else.
pub(crate) fn object(path: Option<&Path>) -> Result<Json, Stop> {
    let Some(path) = path else {
        return Ok(Json::Object(Map::new()));
    };
    parse(&bytes(path)?)
}

/// The bytes of a file, at most as many as are allowed.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    open(path)?.take(LONGEST).read_to_end(&mut bytes).map_err(|error| io_error(path, &error))?;
    Ok(bytes)
}

/// The next line that is not empty, at most as long as is allowed. Nothing at the end.
pub(crate) fn line(reader: &mut dyn BufRead, path: &Path, line: &mut Vec<u8>) -> Result<bool, Stop> {
    line.clear();
    let read = reader.take(LONGEST).read_until(b'\n', line).map_err(|error| io_error(path, &error))?;
    Ok(read > 0)
}

/// Reads one object. Rejected, naming the place, when it is none.
pub(crate) fn parse(bytes: &[u8]) -> Result<Json, Stop> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match serde_json::from_slice(bytes) {
        Ok(json @ Json::Object(_)) => Ok(json),
        Ok(_) => Err(Error::rejected("cli.json_not_object").into()),
        Err(error) => {
            Err(Error::rejected("cli.json_unreadable").arg("line", error.line()).arg("column", error.column()).into())
        }
    }
}
