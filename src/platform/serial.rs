//! Scanners on a serial line: a thread reads it, and opens it again where it went away.

use std::io::{ErrorKind, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use serialport::SerialPort;

/// So much silence ends a code that no line end follows.
const SILENCE: Duration = Duration::from_millis(50);
/// So long after it went away a line is tried again.
const AGAIN: Duration = Duration::from_millis(500);
/// More bytes are no code.
const MOST: usize = 4096;

/// A serial line that is listened to until it is dropped.
#[derive(Debug)]
pub struct SerialLine {
    codes: Receiver<String>,
    connected: Arc<AtomicBool>,
    // Dropped with this, which ends the thread.
    _stop: Sender<()>,
}

impl SerialLine {
    /// Listens at so many signs a second; `heard` is called when there is something new.
    pub fn listen(name: &str, baud: u32, heard: impl Fn() + Send + 'static) -> SerialLine {
        let (send, codes) = channel();
        let (stop, stopped) = channel();
        let connected = Arc::new(AtomicBool::new(false));
        let reader = Reader { send, stopped, connected: connected.clone(), heard: Box::new(heard) };
        let name = name.to_owned();
        thread::spawn(move || reader.run(&name, baud));
        SerialLine { codes, connected, _stop: stop }
    }

    /// The next code, if one came.
    pub fn next(&self) -> Option<String> {
        self.codes.try_recv().ok()
    }

    /// Whether the line is there.
    pub fn is_connected(&self) -> bool {
        self.connected.load(Ordering::Relaxed)
    }
}

/// The serial lines of this computer, by name.
pub fn serial_lines() -> Vec<String> {
    let ports = serialport::available_ports().unwrap_or_default();
    ports.into_iter().map(|port| port.port_name).collect()
}

struct Reader {
    send: Sender<String>,
    stopped: Receiver<()>,
    connected: Arc<AtomicBool>,
    heard: Box<dyn Fn() + Send>,
}

impl Reader {
    fn run(&self, name: &str, baud: u32) {
        loop {
            if let Ok(port) = serialport::new(name, baud).timeout(SILENCE).open() {
                self.show(true);
                self.read(port);
                self.show(false);
            }
            if !matches!(self.stopped.recv_timeout(AGAIN), Err(RecvTimeoutError::Timeout)) {
                return;
            }
        }
    }

    fn show(&self, connected: bool) {
        self.connected.store(connected, Ordering::Relaxed);
        (self.heard)();
    }

    fn is_stopped(&self) -> bool {
        matches!(self.stopped.try_recv(), Err(TryRecvError::Disconnected))
    }

    /// Reads until the line goes away or nobody listens any more.
    fn read(&self, mut port: Box<dyn SerialPort>) {
        let (mut code, mut bytes) = (Vec::new(), [0; 256]);
        while !self.is_stopped() {
            match port.read(&mut bytes) {
                Ok(0) => return,
                Ok(count) => {
                    for byte in bytes.iter().take(count) {
                        match byte {
                            b'\r' | b'\n' => self.give(&mut code),
                            _ if code.len() < MOST => code.push(*byte),
                            _ => {}
                        }
                    }
                }
                Err(error) if error.kind() == ErrorKind::TimedOut => self.give(&mut code),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    fn give(&self, code: &mut Vec<u8>) {
        let text = String::from_utf8_lossy(code).trim().to_owned();
        code.clear();
        // Where nobody takes it any more, the thread ends with the next reading.
        if !text.is_empty() && self.send.send(text).is_ok() {
            (self.heard)();
        }
    }
}
