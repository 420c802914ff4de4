//! Handing a finished PDF to a print queue of the system. Queues are never added or searched for on a network,
//! and nothing of a document becomes part of a command: programs are started with a list of arguments.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{io_error, program, system};
use crate::base::error::{Error, Result};

/// The system's print queues, reached through two programs of CUPS.
pub struct Spooler {
    /// Hands a file over; `lp`.
    pub lp: PathBuf,
    /// Names the queues; `lpstat`.
    pub lpstat: PathBuf,
    /// How long a program may take before it is stopped.
    pub patience: Duration,
}

/// A document the spooler took. It says nothing about paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The queue that took it.
    pub queue: String,
    /// What the spooler calls the job, as it printed it.
    pub job: String,
}

impl Default for Spooler {
    fn default() -> Self {
        Spooler { lp: "lp".into(), lpstat: "lpstat".into(), patience: Duration::from_secs(20) }
    }
}

impl Spooler {
    /// Names of the queues this computer has, without those whose name could be read as anything else.
    pub fn queues(&self) -> Result<Vec<String>> {
        let output = self.finish(program(self.lpstat.as_os_str()).arg("-e"))?;
        Ok(output.lines().filter(|name| is_queue_name(name)).map(str::to_owned).collect())
    }

    /// Hands a PDF to a queue. `Rejected` for an unknown queue or a missing file, `Failure` when the spooler refuses.
    pub fn hand_over(&self, pdf: &Path, queue: &str, title: &str) -> Result<Handed> {
        if !self.queues()?.iter().any(|known| known == queue) {
            return Err(Error::rejected("error.printing.no_queue").arg("queue", printable(queue)));
        }
        let full = std::path::absolute(pdf).map_err(|error| io_error(pdf, &error))?;
        if !full.is_file() {
            return Err(io_error(pdf, &io::ErrorKind::NotFound.into()));
        }
        let mut command = program(self.lp.as_os_str());
        command.arg("-d").arg(queue).arg("-t").arg(printable(title)).arg("--").arg(&full);
        let job = self.finish(&mut command)?;
        Ok(Handed { queue: queue.to_owned(), job: job.trim().to_owned() })
    }

    /// Runs a program to its end and gives what it printed; stops it when patience ends.
    fn finish(&self, command: &mut Command) -> Result<String> {
        command.env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| Error::failure("error.printing.no_spooler", error))?;
        let until = Instant::now() + self.patience;
        let outcome = collect(&mut child, until);
        if outcome.is_none() {
            stop(&mut child);
        }
        let (printed, complaint) = outcome.ok_or_else(|| Error::failure("error.printing.too_slow", "timeout"))?;
        let status = child.wait().map_err(|error| Error::failure("error.printing.refused", error))?;
        if status.success() {
            return Ok(printed);
        }
        Err(Error::failure("error.printing.refused", complaint.trim()))
    }
}

/// Both outputs to their ends, or `None` when the time is over.
fn collect(child: &mut Child, until: Instant) -> Option<(String, String)> {
    let printed = read_aside(child.stdout.take());
    let complaint = read_aside(child.stderr.take());
    let take = |from: Receiver<String>| from.recv_timeout(until.saturating_duration_since(Instant::now())).ok();
    Some((take(printed)?, take(complaint)?))
}

fn read_aside(source: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut source) = source {
            // What was read before an error is still the best account of it.
            drop(source.read_to_end(&mut bytes));
        }
        // Nobody waits any more when the time was over.
        drop(sender.send(String::from_utf8_lossy(&bytes).into_owned()));
    });
    receiver
}

/// A program that does not answer is ended and collected; that it had ended by itself is no error.
fn stop(child: &mut Child) {
    drop(child.kill());
    drop(child.wait());
}

/// Opens a finished document with the program the person chose for it.
pub fn open_in_viewer(path: &Path) -> Result<()> {
    let full = std::path::absolute(path).map_err(|error| io_error(path, &error))?;
    let mut command = program(system::VIEWER.as_ref());
    command.arg(&full).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let failed = |error| Error::failure("error.printing.no_viewer", error).arg("path", full.display());
    let mut child = command.spawn().map_err(failed)?;
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Letters, digits and `_ . - @ +`, not starting with a dash or a dot, at most 127 of them.
fn is_queue_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_alphanumeric() || "_.-@+".contains(letter);
    !name.is_empty() && name.len() <= 127 && !name.starts_with(['-', '.']) && name.chars().all(allowed)
}

/// A title for the queue's list: one line, no control characters, at most 100 letters.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_cannot_be_read_as_options_or_paths_are_queues() {
        for name in ["Office", "HP_LaserJet-400", "կասսա", "front.desk@shop"] {
            assert!(is_queue_name(name), "{name}");
        }
        for name in ["", "-o", ".x", "a b", "a;b", "a/b", "$(id)", "a\nb", "#1", &"x".repeat(128)] {
            assert!(!is_queue_name(name), "{name}");
        }
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(printable("Invoice\n7\u{1b}[0m"), "Invoice7[0m");
    }
}
