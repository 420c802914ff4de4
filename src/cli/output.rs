//! Standard output: one JSON object a line, or lines of text. A reader that goes away is no fault.

use std::io::{self, StdoutLock, Write as _};

use serde_json::Value as Json;

use crate::cli::stop::Stop;

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
