//! Reads the pages of a SQLite file by its published format, to find where the bytes of a table's rows stand.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;

use rusqlite::Connection;

/// What a run of bytes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A row's values, with the header that tells their types.
    Content,
    /// What the page keeps before a row: its length and its id.
    Frame,
}

/// A run of bytes of one row.
#[derive(Clone, Debug)]
pub struct Piece {
    pub table: String,
    /// The row's id, or the first column of its key.
    pub key: i64,
    pub part: Part,
    pub from: usize,
    pub length: usize,
}

struct File<'a> {
    bytes: &'a [u8],
    page: usize,
    usable: usize,
}

/// Where the rows of a table stand in a file that nobody has open, without the byte that says "the id is the key":
/// it holds nothing, and whatever of no width stands there reads the same.
pub fn pieces(path: &Path, bytes: &[u8], table: &str) -> Vec<Piece> {
    let connection = Connection::open(path).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    let root: i64 = connection.query_row(sql, [table], |row| row.get(0)).unwrap();
    let page = match usize::from(u16::from_be_bytes([bytes[16], bytes[17]])) {
        1 => 65_536,
        size => size,
    };
    let file = File { bytes, page, usable: page - usize::from(bytes[20]) };
    let mut found = Vec::new();
    file.tree(table, usize::try_from(root).unwrap(), &mut found);
    found
}

impl File<'_> {
    fn number(&self, at: usize, width: usize) -> usize {
        self.bytes[at..at + width].iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }

    /// A number of up to nine bytes, and how many.
    fn varint(&self, at: usize) -> (i64, usize) {
        let mut value = 0_i64;
        for place in 0..8 {
            let byte = self.bytes[at + place];
            value = value << 7 | i64::from(byte & 0x7f);
            if byte < 0x80 {
                return (value, place + 1);
            }
        }
        (value << 8 | i64::from(self.bytes[at + 8]), 9)
    }

    fn tree(&self, table: &str, page: usize, found: &mut Vec<Piece>) {
        let start = (page - 1) * self.page;
        let head = if page == 1 { start + 100 } else { start };
        let kind = self.bytes[head];
        let inner = matches!(kind, 0x02 | 0x05);
        let cells = self.number(head + 3, 2);
        let pointers = head + if inner { 12 } else { 8 };
        for cell in 0..cells {
            let at = start + self.number(pointers + 2 * cell, 2);
            if inner {
                self.tree(table, self.number(at, 4), found);
            }
            match kind {
                0x0d => self.row(table, at, found),
                0x02 => self.entry(table, at + 4, found),
                0x0a => self.entry(table, at, found),
                _ => {}
            }
        }
        if inner {
            self.tree(table, self.number(head + 8, 4), found);
        }
    }

    /// A row kept by its id.
    fn row(&self, table: &str, at: usize, found: &mut Vec<Piece>) {
        let (length, width) = self.varint(at);
        let (id, id_width) = self.varint(at + width);
        let from = at + width + id_width;
        let piece = |part, from, length| Piece { table: table.to_owned(), key: id, part, from, length };
        found.push(piece(Part::Frame, at, width + id_width));
        let most = self.usable - 35;
        let runs = self.runs(from, usize::try_from(length).unwrap(), most);
        // Behind the length of the header stands the type of the first column, which is the id where that is the key.
        let placeholder = from + self.varint(from).1;
        for (from, length) in runs {
            if table != "blobs" && (from..from + length).contains(&placeholder) {
                found.push(piece(Part::Content, from, placeholder - from));
                found.push(piece(Part::Content, placeholder + 1, from + length - placeholder - 1));
            } else {
                found.push(piece(Part::Content, from, length));
            }
        }
    }

    /// A row kept by its own columns: the first of them is its key here.
    fn entry(&self, table: &str, at: usize, found: &mut Vec<Piece>) {
        let (length, width) = self.varint(at);
        let from = at + width;
        let (header, _) = self.varint(from);
        let kind = self.bytes[from + 1];
        let key = match kind {
            8 => 0,
            9 => 1,
            width => i64::try_from(self.number(from + usize::try_from(header).unwrap(), usize::from(width))).unwrap(),
        };
        let piece = |part, from, length| Piece { table: table.to_owned(), key, part, from, length };
        found.push(piece(Part::Frame, at, width));
        let most = (self.usable - 12) * 64 / 255 - 23;
        let runs = self.runs(from, usize::try_from(length).unwrap(), most);
        found.extend(runs.into_iter().map(|(from, length)| piece(Part::Content, from, length)));
    }

    /// The runs of bytes a row's content takes: in its page, then from page to page.
    fn runs(&self, from: usize, length: usize, most: usize) -> Vec<(usize, usize)> {
        if length <= most {
            return vec![(from, length)];
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let ideal = least + (length - least) % (self.usable - 4);
        let here = if ideal <= most { ideal } else { least };
        let (mut runs, mut left) = (vec![(from, here)], length - here);
        let mut next = self.number(from + here, 4);
        while left > 0 {
            let start = (next - 1) * self.page;
            let length = left.min(self.usable - 4);
            runs.push((start + 4, length));
            left -= length;
            next = self.number(start, 4);
        }
        runs
    }
}
