//! Standard output: one JSON object a line, or lines of text. A reader that goes away is no fault.

use std::io::{self, StdoutLock, Write as _};
use std::path::Path;

use serde_json::Value as Json;

use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::engine::guard;
use crate::platform::Access;

/// Where results go.
pub(crate) struct Output {
    stdout: io::BufWriter<StdoutLock<'static>>,
}

impl Output {
    pub(crate) fn new() -> Output {
        Output { stdout: io::BufWriter::new(io::stdout().lock()) }
    }

    /// One object on one line.
    pub(crate) fn json(&mut self, json: &Json) -> Result<(), Stop> {
        self.line(&json.to_string())
    }

    /// One line of text.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Stop> {
        let written = self.stdout.write_all(text.as_bytes()).and_then(|()| self.stdout.write_all(b"\n"));
        written.map_err(|error| Stop::output(&error))
    }

    /// Bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.stdout.write_all(bytes).map_err(|error| Stop::output(&error))
    }

    /// Hands on what is still held back.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        self.stdout.flush().map_err(|error| Stop::output(&error))
    }
}

/// What else is to be known of a result that was given; on standard error, so that no script takes it for one.
pub(crate) fn warn(words: Option<String>) {
    if let Some(words) = words {
        eprintln!("{words}");
    }
}

/// Writes whole or not at all to a file; to standard output where none is named, or it is `-`.
pub(crate) fn write(run: &mut Run, out: Option<&Path>, bytes: &[u8]) -> Result<(), Stop> {
    match out {
        Some(path) if path != Path::new("-") => {
            Ok(guard::write_over(path, bytes, Access::Ordinary).map_err(|error| error.at("out"))?)
        }
        _ => {
            run.out.bytes(bytes)?;
            run.out.flush()
        }
    }
}
