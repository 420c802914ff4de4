//! The first 100 bytes of a SQLite file, read by us: its format is public and fixed.

/// Bytes in the header.
pub const LENGTH: usize = 100;

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What a header says about a file that is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Bytes in a page.
    pub page_size: u32,
    /// Pages in the file.
    pub pages: u32,
    /// The schema version.
    pub schema: u32,
}

/// Whose file the header belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Ours, and it makes sense.
    Ours(Header),
    /// A backup of ours.
    Backup,
    /// A database with another mark.
    Foreign,
    /// Ours, or nearly: it contradicts itself.
    Damaged,
    /// No database.
    NotADatabase,
}

/// Judges the header of a file; `mark` is a company file's application id, `backup` a backup's.
pub fn judge(bytes: &[u8; LENGTH], mark: u32, backup: u32) -> Verdict {
    let application = u32_at(bytes, 68);
    if !bytes.starts_with(MAGIC) {
        let alike = MAGIC.iter().zip(bytes).filter(|(a, b)| a == b).count();
        return if alike >= 12 || application == mark { Verdict::Damaged } else { Verdict::NotADatabase };
    }
    if application == backup {
        return Verdict::Backup;
    }
    if application != mark {
        // A few flipped bits in the mark are damage; another program's mark differs by many.
        return if (application ^ mark).count_ones() <= 3 { Verdict::Damaged } else { Verdict::Foreign };
    }
    match read(bytes) {
        Some(header) => Verdict::Ours(header),
        None => Verdict::Damaged,
    }
}

/// The header's figures, `None` when one of them is impossible in a file that this program wrote.
fn read(bytes: &[u8; LENGTH]) -> Option<Header> {
    let page_size = match u16_at(bytes, 16) {
        1 => 65_536,
        size => u32::from(size),
    };
    let header = Header { page_size, pages: u32_at(bytes, 28), schema: u32_at(bytes, 60) };
    let page_fits = (512..=65_536).contains(&page_size) && page_size.is_power_of_two();
    let fractions = bytes.get(21..24) == Some(&[64, 32, 32]);
    let formats = matches!(bytes.get(18..20), Some([1, 1] | [2, 2])) && (1..=4).contains(&u32_at(bytes, 44));
    let utf8 = u32_at(bytes, 56) == 1;
    let reserved = bytes.get(72..92).is_some_and(|rest| rest.iter().all(|byte| *byte == 0));
    let size_valid = u32_at(bytes, 24) == u32_at(bytes, 92);
    let counts = header.pages > 0 && u32_at(bytes, 32) <= header.pages && u32_at(bytes, 36) < header.pages;
    let sound = page_fits && fractions && formats && utf8 && reserved && size_valid && counts && header.schema > 0;
    sound.then_some(header)
}

/// A big-endian number; the offsets above all lie inside the header.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_be_bytes(*four))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |two| u16::from_be_bytes(*two))
}
