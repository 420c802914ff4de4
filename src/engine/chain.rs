//! The chain of the journal: the hash of each entry covers the entry, the rows it made, and the hash before it. Read as
//! the driver has it, with nothing copied; it knows no meaning of what it covers.

use rusqlite::Row;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use crate::base::error::Result;
use crate::engine::business::Slice;
use crate::engine::db::{Db, driver};
use crate::statements;

statements! {
    /// Every entry with its hash, beside each row it made, in the order in which the chain covers them.
    LINKS = "SELECT j.seq, j.at, j.user_id, j.batch_id, j.command, j.arguments, j.command_id, j.result, j.hash,
               r.table_code, r.row_id, r.kind, r.diff, r.digest
             FROM journal j LEFT JOIN journal_rows r ON r.seq = j.seq
             ORDER BY j.seq, r.table_code, r.row_id";
    /// Every entry without its rows.
    ENTRIES = "SELECT command, arguments, result, hash FROM journal ORDER BY seq";
}

/// What the chain asks for.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// One link while it is being hashed. Every part is written with its length before it.
pub(crate) struct Link(Sha256);

impl Link {
    /// An entry after the hash before it: its number, moment, user and batch; its command, arguments, command id and
    /// result.
    pub(crate) fn of(previous: &[u8], numbers: [i64; 4], parts: [&[u8]; 4]) -> Link {
        let mut link = Link(Sha256::new());
        link.part(b"patver journal 1");
        link.part(previous);
        numbers.iter().for_each(|number| link.part(&number.to_le_bytes()));
        parts.iter().for_each(|part| link.part(part));
        link
    }

    /// A row that the entry made: its table, id and kind; its diff and digest.
    pub(crate) fn row(&mut self, numbers: [i64; 3], parts: [&[u8]; 2]) {
        numbers.iter().for_each(|number| self.part(&number.to_le_bytes()));
        parts.iter().for_each(|part| self.part(part));
    }

    /// The hash of all of it.
    pub(crate) fn hash(self) -> Vec<u8> {
        self.0.finalize().to_vec()
    }

    fn part(&mut self, bytes: &[u8]) {
        self.0.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        self.0.update(bytes);
    }
}

/// Follows the chain from its first entry; after a broken link it goes on from what stands there. Each entry is told by
/// its number, with whether it follows from the one before it. Fails where the journal cannot be read on.
pub(crate) fn follow(db: &Db, mut told: impl FnMut(i64, bool)) -> Result<()> {
    let mut open: Option<(i64, Link, Vec<u8>)> = None;
    let mut previous = Vec::new();
    db.each_row(LINKS.sql, &[], |row, _| {
        let seq = number(row, 0)?;
        if open.as_ref().is_none_or(|(at, ..)| *at != seq) {
            if let Some((at, link, hash)) = open.take() {
                told(at, link.hash() == hash);
                previous = hash;
            }
            let numbers = [seq, number(row, 1)?, number(row, 2)?, number(row, 3)?];
            let parts = [bytes(row, 4)?, bytes(row, 5)?, bytes(row, 6)?, bytes(row, 7)?];
            open = Some((seq, Link::of(&previous, numbers, parts), bytes(row, 8)?.to_vec()));
        }
        if let Some((_, link, _)) = &mut open
            && row.get_ref(9).map_err(driver)? != ValueRef::Null
        {
            link.row([number(row, 9)?, number(row, 10)?, number(row, 11)?], [bytes(row, 12)?, bytes(row, 13)?]);
        }
        Ok(())
    })?;
    if let Some((at, link, hash)) = open {
        told(at, link.hash() == hash);
    }
    Ok(())
}

/// Which table keeps the journal from being read on: that of the entries, else that of their rows.
pub(crate) fn unreadable_table(db: &Db) -> &'static str {
    let read = db.each_row(ENTRIES.sql, &[], |row, _| (0..4).try_for_each(|column| bytes(row, column).map(drop)));
    if read.is_ok() { "journal_rows" } else { "journal" }
}

/// A whole number; what is none breaks the link.
fn number(row: &Row<'_>, column: usize) -> Result<i64> {
    Ok(row.get_ref(column).map_err(driver)?.as_i64().unwrap_or(i64::MIN))
}

/// The bytes of a text or of a blob; anything else has none.
fn bytes<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8]> {
    Ok(row.get_ref(column).map_err(driver)?.as_bytes_or_null().unwrap_or_default().unwrap_or_default())
}
