//! The write-ahead log beside a file: after a crash the newest header and the last pages may stand only there.
//! Read as SQLite reads it: frames count up to the last commit whose salts and running checksum hold.

use std::collections::HashSet;
use std::io;

use super::header;
use crate::platform::SharedFile;

const HEADER: usize = 32;
const FRAME: usize = 24;

/// What the committed part of a log holds.
#[derive(Debug, Default)]
pub struct Wal {
    /// Pages of the database after the last commit.
    pub pages: u32,
    /// The beginning of the newest first page, when the log has one.
    pub first_page: Option<[u8; header::LENGTH]>,
    held: HashSet<u32>,
}

impl Wal {
    /// Whether the newest state of this page is in the log.
    pub fn holds(&self, page: u32) -> bool {
        self.held.contains(&page)
    }

    /// The committed part of a log; `None` when it has none.
    pub fn read(file: &SharedFile) -> io::Result<Option<Wal>> {
        let mut start = [0; HEADER];
        if file.read_at(&mut start, 0)? < HEADER {
            return Ok(None);
        }
        let Some(mut chain) = Chain::start(&start) else { return Ok(None) };
        let (mut committed, mut pending) = (Wal::default(), Wal::default());
        let mut frame = vec![0; FRAME + chain.page_size];
        let mut offset = 32;
        while file.read_at(&mut frame, offset)? == frame.len() && chain.accept(&frame) {
            pending.take(&frame);
            if pending.pages > 0 {
                committed.absorb(&mut pending);
            }
            offset += u64::try_from(frame.len()).map_err(io::Error::other)?;
        }
        Ok((committed.pages > 0).then_some(committed))
    }

    /// One frame: page number, pages after the commit (0 inside a transaction), then the page.
    fn take(&mut self, frame: &[u8]) {
        let page = word(frame, 0);
        self.pages = word(frame, 4);
        self.held.insert(page);
        if page == 1 {
            self.first_page = frame.get(FRAME..).and_then(|rest| rest.first_chunk()).copied();
        }
    }

    fn absorb(&mut self, later: &mut Wal) {
        let later = std::mem::take(later);
        self.pages = later.pages;
        self.first_page = later.first_page.or(self.first_page);
        self.held.extend(later.held);
    }
}

/// The running checksum that ties each frame to all before it.
struct Chain {
    page_size: usize,
    big_endian: bool,
    salts: (u32, u32),
    sums: (u32, u32),
}

impl Chain {
    fn start(header: &[u8; HEADER]) -> Option<Chain> {
        let magic = word(header, 0);
        let page_size = usize::try_from(word(header, 8)).ok()?;
        if magic & !1 != 0x377F_0682 || word(header, 4) != 3_007_000 {
            return None;
        }
        if !(512..=65_536).contains(&page_size) || !page_size.is_power_of_two() {
            return None;
        }
        let salts = (word(header, 16), word(header, 20));
        let mut chain = Chain { page_size, big_endian: magic & 1 == 1, salts, sums: (0, 0) };
        chain.add(header.get(..24)?);
        (chain.sums == (word(header, 24), word(header, 28))).then_some(chain)
    }

    /// Whether the frame follows; a frame of an earlier round of the log, or a torn one, does not.
    fn accept(&mut self, frame: &[u8]) -> bool {
        self.add(frame.get(..8).unwrap_or_default());
        self.add(frame.get(FRAME..).unwrap_or_default());
        let salts = (word(frame, 8), word(frame, 12));
        word(frame, 0) > 0 && salts == self.salts && self.sums == (word(frame, 16), word(frame, 20))
    }

    fn add(&mut self, bytes: &[u8]) {
        let (mut first, mut second) = self.sums;
        for pair in bytes.as_chunks::<8>().0 {
            let [a, b, c, d, e, f, g, h] = *pair;
            let (even, odd) = match self.big_endian {
                true => (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])),
                false => (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])),
            };
            first = first.wrapping_add(even).wrapping_add(second);
            second = second.wrapping_add(odd).wrapping_add(first);
        }
        self.sums = (first, second);
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_be_bytes(*four))
}
