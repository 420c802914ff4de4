//! The work that gets interrupted: the real program reading lines from a pipe, and a ledger of what it answered.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::Shop;

/// The order of a number: one to four lines, whose price tells the number back.
pub fn order(number: usize) -> Value {
    let line = |place: usize| {
        let price = format!("{}.{:02}", 100 + number, place);
        json!({"text": format!("Տող {place}"), "quantity": (1 + place).to_string(), "price": price})
    };
    json!({"note": format!("order {number}"), "lines": (0..1 + number % 4).map(line).collect::<Vec<_>>()})
}

/// A small part payment of an order.
pub fn payment(order: i64) -> Value {
    json!({"order": order, "tenders": [{"method": "card", "amount": "0.50"}, {"method": "transfer", "amount": "0.25"}]})
}

/// A run of the program that is fed until it dies.
pub struct Feed {
    pub child: Child,
    answers: Receiver<Value>,
    threads: Vec<JoinHandle<()>>,
}

impl Feed {
    /// Starts the program and feeds it these lines through a pipe, under a command id.
    pub fn start(shop: &Shop, command: &str, id: Uuid, lines: Vec<Value>) -> Feed {
        Feed::of(shop.signed(&["run", command, "--jsonl", "-", "--command-id", &id.to_string()]), lines)
    }

    /// Starts any program that answers lines with lines.
    pub fn of(mut program: Command, lines: Vec<Value>) -> Feed {
        let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        // A program that is killed does not read all of it.
        let writing = std::thread::spawn(move || {
            let mut all = lines.iter();
            while all.next().is_some_and(|line| writeln!(stdin, "{line}").is_ok()) {}
        });
        let (sender, answers) = channel();
        let reading = std::thread::spawn(move || {
            // The last line may be cut off: then it was never acknowledged.
            for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
                if let Ok(answer) = serde_json::from_slice(&line) {
                    sender.send(answer).unwrap();
                }
            }
        });
        Feed { child, answers, threads: vec![writing, reading] }
    }

    /// Waits for the next answer; none when the program has ended.
    pub fn answer(&self) -> Option<Value> {
        self.answers.recv().ok()
    }

    /// The answers that come until the time is over.
    pub fn answers_within(&self, time: Duration) -> Vec<Value> {
        let end = Instant::now() + time;
        let next = |()| self.answers.recv_timeout(end.saturating_duration_since(Instant::now())).ok();
        std::iter::repeat(()).map_while(next).collect()
    }

    /// `kill -9`, then everything that was acknowledged before it and not taken with `answer`.
    pub fn kill(mut self) -> Vec<Value> {
        self.child.kill().unwrap();
        self.end().1
    }

    /// Waits for the end: exit code, the answers not yet taken, and what went to standard error.
    pub fn end(mut self) -> (i32, Vec<Value>, String) {
        let mut errors = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        std::io::Read::read_to_string(&mut stderr, &mut errors).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        for thread in self.threads {
            thread.join().unwrap();
        }
        (code, self.answers.try_iter().collect(), errors)
    }
}

/// The answers of a file of answers, without a last one that was cut off.
pub fn answers_in(path: &Path) -> Vec<Value> {
    let text = std::fs::read(path).unwrap_or_default();
    text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
}
