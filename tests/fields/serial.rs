//! A scanner on a serial line, through a pair of pseudo-terminals: codes come whole, and the line comes back.
#![cfg(unix)]

use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use patver::platform::Workplace;
use patver::ui::scan::{Line, Scanner, Setup};
use serialport::{SerialPort as _, TTYPort};
use tempfile::TempDir;

/// Longer nothing is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A scanner that is set up at a workplace, and the news of its line.
struct Desk {
    scanner: Scanner,
    wake: std::sync::mpsc::Sender<()>,
    news: Receiver<()>,
}

impl Desk {
    fn at(folder: &Path, baud: u32) -> Desk {
        let workplace = Workplace::at(folder);
        let mut scanner = Scanner::kept(&workplace);
        let name = folder.join("line").display().to_string();
        scanner.set_up(Setup { wedge: None, line: Some(Line { name, baud }), ..Setup::default() }, &workplace);
        let (wake, news) = channel();
        Desk { scanner, wake, news }
    }

    fn poll(&mut self) -> Option<String> {
        let wake = self.wake.clone();
        self.scanner.next(move || wake.send(()).unwrap_or_default())
    }

    fn next(&mut self) -> String {
        loop {
            if let Some(code) = self.poll() {
                return code;
            }
            self.news.recv_timeout(PATIENCE).unwrap();
        }
    }

    fn until_connected(&mut self, connected: bool) {
        loop {
            assert_eq!(self.poll(), None);
            if self.scanner.is_connected() == Some(connected) {
                return;
            }
            self.news.recv_timeout(PATIENCE).unwrap();
        }
    }
}

/// Plugs a scanner in: its end of the line, while the other end has the name that is set up.
fn plug(folder: &Path) -> TTYPort {
    let (scanner, desk) = TTYPort::pair().unwrap();
    let link = folder.join("line");
    drop(std::fs::remove_file(&link));
    symlink(desk.name().unwrap(), link).unwrap();
    scanner
}

#[test]
fn every_code_comes_whole_and_in_order_at_either_speed_and_after_the_line_was_gone() {
    for baud in [9_600, 115_200] {
        let folder = TempDir::new().unwrap();
        let mut port = plug(folder.path());
        let mut desk = Desk::at(folder.path(), baud);
        desk.until_connected(true);
        for round in 0..2 {
            let codes: Vec<String> = (0..200).map(|number| format!("485{round}{number:09}")).collect();
            for code in &codes {
                // Scanners are told to end a code with one or both.
                let end = if code.ends_with('7') { "\n" } else { "\r\n" };
                port.write_all(format!("{code}{end}").as_bytes()).unwrap();
            }
            let heard: Vec<String> = codes.iter().map(|_| desk.next()).collect();
            assert_eq!(heard, codes, "{baud}");
            drop(port);
            desk.until_connected(false);
            port = plug(folder.path());
            desk.until_connected(true);
        }
        port.write_all(b"no line end").unwrap();
        assert_eq!(desk.next(), "no line end", "a pause ends a code as well");
    }
}

#[test]
fn a_scanner_is_set_up_once_for_a_workplace() {
    let folder = TempDir::new().unwrap();
    let desk = Desk::at(folder.path(), 19_200);
    assert_eq!(Scanner::kept(&Workplace::at(folder.path())).setup(), desk.scanner.setup());
    assert_eq!(desk.scanner.is_connected(), Some(false));
}
