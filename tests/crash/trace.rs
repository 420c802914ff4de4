//! What a program did to its company file, as strace saw it: writes, syncs, and the answers it gave in between.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// One thing a program did.
#[derive(Debug)]
pub enum Event {
    /// A name got a descriptor; the file was made if it was not there.
    Open {
        path: PathBuf,
        fd: u32,
        creates: bool,
    },
    Write {
        fd: u32,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        fd: u32,
        size: usize,
    },
    Sync {
        fd: u32,
    },
    Close {
        fd: u32,
    },
    Unlink {
        path: PathBuf,
    },
    /// Answers that were handed out: from here on they are promises.
    Told {
        answers: Vec<Value>,
    },
}

const CALLS: &str = "openat,close,pwrite64,write,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,\
                     fallocate,rename,renameat,renameat2,unlink,unlinkat,dup,dup2,dup3,mmap";

/// A program under strace that records into `log`.
pub fn recorded(program: &Command, log: &Path) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "--seccomp-bpf", "-xx", "-s", "70000", "-e", &format!("trace={CALLS}"), "-o"]).arg(log);
    crate::crash::under(strace, program)
}

/// The events of a log that touch the company file or tell an answer, in their order.
pub fn events(log: &Path, company: &Path) -> Vec<Event> {
    let mut reader = Reader { company: company.to_owned(), followed: vec![], events: vec![] };
    for line in BufReader::new(std::fs::File::open(log).unwrap()).lines() {
        reader.read(&line.unwrap());
    }
    reader.events
}

struct Reader {
    company: PathBuf,
    /// Descriptors of the company file, its log and its folder.
    followed: Vec<u32>,
    events: Vec<Event>,
}

impl Reader {
    fn read(&mut self, line: &str) {
        let call = line.trim_start_matches(|sign: char| sign.is_ascii_digit()).trim_start();
        let Some((name, rest)) = call.split_once('(') else { return };
        let (arguments, result) = rest.rsplit_once(" = ").unwrap_or((rest, ""));
        let result: Option<u32> = result.split(' ').next().and_then(|number| number.parse().ok());
        let arguments: Vec<&str> = arguments.trim_end().trim_end_matches(')').split(", ").collect();
        let fd = arguments[0].parse::<u32>().ok();
        match (name, result, fd) {
            ("openat", Some(opened), _) => self.open(&arguments, opened),
            ("unlink", Some(_), _) => self.unlink(path(arguments[0])),
            ("write", Some(_), Some(1)) => self.told(&bytes(arguments[1])),
            (_, _, Some(fd)) if self.followed.contains(&fd) => self.followed_call(name, &arguments, (fd, result)),
            ("rename", ..) if !arguments.iter().any(|argument| self.is_company(&path(argument))) => {}
            ("rename" | "renameat" | "renameat2" | "unlinkat", ..) => panic!("not known to the replay: {line}"),
            _ => {}
        }
    }

    fn is_company(&self, path: &Path) -> bool {
        path == self.company || path == wal_of(&self.company)
    }

    fn open(&mut self, arguments: &[&str], fd: u32) {
        let path = path(arguments[1]);
        // The index beside the log is made anew after a crash.
        if path == self.company || path == wal_of(&self.company) || Some(path.as_path()) == self.company.parent() {
            self.followed.push(fd);
            self.events.push(Event::Open { path, fd, creates: arguments[2].contains("O_CREAT") });
        }
    }

    fn unlink(&mut self, path: PathBuf) {
        assert_ne!(path, self.company);
        if path == wal_of(&self.company) {
            self.events.push(Event::Unlink { path });
        }
    }

    fn told(&mut self, text: &[u8]) {
        let lines = text.split(|byte| *byte == b'\n');
        let answers: Vec<Value> = lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
        self.events.push(Event::Told { answers: answers.into_iter().filter(Value::is_object).collect() });
    }

    fn followed_call(&mut self, name: &str, arguments: &[&str], (fd, result): (u32, Option<u32>)) {
        let number = |place: usize| arguments[place].parse::<usize>().unwrap();
        self.events.push(match name {
            "close" => {
                self.followed.retain(|open| *open != fd);
                Event::Close { fd }
            }
            "pwrite64" => {
                let bytes = bytes(arguments[1]);
                assert_eq!((bytes.len(), result), (number(2), u32::try_from(number(2)).ok()));
                Event::Write { fd, at: number(3), bytes }
            }
            "ftruncate" => Event::Truncate { fd, size: number(1) },
            "fsync" | "fdatasync" => {
                assert_eq!(result, Some(0));
                Event::Sync { fd }
            }
            other => panic!("{other} on the company file is not known to the replay"),
        });
    }
}

/// The log beside a company file.
pub fn wal_of(company: &Path) -> PathBuf {
    let mut name = company.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Text that strace wrote as `"\x2f\x74…"`.
fn bytes(quoted: &str) -> Vec<u8> {
    let digits = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let digits = digits.unwrap_or_else(|| panic!("cut off by strace: {}", &quoted[..quoted.len().min(80)]));
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(&pair[2..]).unwrap(), 16).unwrap();
    digits.as_bytes().chunks(4).map(pair).collect()
}

fn path(quoted: &str) -> PathBuf {
    PathBuf::from(String::from_utf8(bytes(quoted)).unwrap())
}
