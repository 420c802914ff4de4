//! Files kept inside the company file: known by the hash of their content, told apart by their first bytes.

use std::fmt;
use std::str::FromStr;

use image::{ImageFormat, ImageReader};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::base::text;
use crate::engine::db::Db;
use crate::engine::store::{Call, Store};

/// The longest side of a logo or a picture, in pixels.
const LONGEST_SIDE: u32 = 10_000;

/// SHA-256 of a kept file; written as 64 small hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHash(Vec<u8>);

impl FileHash {
    /// The hash as a column holds it.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The hash that a column held.
    pub fn from_bytes(bytes: Vec<u8>) -> FileHash {
        FileHash(bytes)
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::hex(&self.0))
    }
}

impl FromStr for FileHash {
    type Err = Error;

    /// Rejected when the text is not 64 hexadecimal digits.
    fn from_str(text: &str) -> Result<FileHash> {
        let bytes = text::unhex(text).filter(|bytes| bytes.len() == 32);
        bytes.map(FileHash).ok_or_else(|| Error::rejected("error.file_hash_unreadable"))
    }
}

impl Serialize for FileHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FileHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FileHash, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(Error::into_serde)
    }
}

/// Keeps a file before a command refers to it by its hash. Rejected over 20 MB, when it is empty, and for those who may
/// attach nothing and change neither items nor settings.
pub fn keep_file(store: &mut Store, call: &Call, content: &[u8]) -> Result<FileHash> {
    store.keep(call, |tx| {
        let rights = [Right::AttachmentEdit, Right::ItemEdit, Right::SettingsEdit];
        if !rights.iter().any(|right| tx.actor().can(*right)) {
            tx.actor().require(Right::AttachmentEdit)?;
        }
        if content.is_empty() {
            return Err(Error::rejected("error.file_empty"));
        }
        tx.keep_blob(content).map(FileHash)
    })
}

/// The content of a kept file. Rejected at the field when there is none with this hash.
pub(crate) fn kept(db: &Db, hash: &FileHash, field: &'static str) -> Result<Vec<u8>> {
    db.blob(hash.bytes()).map_err(|error| match error {
        Error::Rejected(_) => Error::rejected("error.file_not_kept").at(field),
        other => other,
    })
}

/// A kept picture as a column holds it. Rejected at the field when there is none, or it is neither PNG nor JPEG.
pub(crate) fn picture(db: &Db, hash: &FileHash, field: &'static str) -> Result<Vec<u8>> {
    let content = kept(db, hash, field)?;
    if is_picture(&content) {
        Ok(hash.bytes().to_vec())
    } else {
        Err(Error::rejected("error.picture_unreadable").at(field))
    }
}

/// Whether the whole file decodes as a PNG or JPEG of a sane size.
fn is_picture(content: &[u8]) -> bool {
    let Ok(mut reader) = ImageReader::new(std::io::Cursor::new(content)).with_guessed_format() else {
        return false;
    };
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    reader.limits(limits);
    matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) && reader.decode().is_ok()
}

/// First bytes of files, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"),
    (b"\x1F\x8B", "application/gzip"),
    (b"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
    (b"Rar!\x1A\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"{\\rtf", "application/rtf"),
];

/// Folders inside a ZIP that tell which office program wrote it.
const OFFICE: &[(&[u8], &str)] = &[
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
];

/// What a file is, by its content and never by its name.
pub fn media_type(content: &[u8]) -> &'static str {
    if let Some((_, kind)) = SIGNATURES.iter().find(|(start, _)| content.starts_with(start)) {
        return kind;
    }
    if content.starts_with(b"PK\x03\x04") {
        let office = OFFICE.iter().find(|(folder, _)| content.windows(folder.len()).any(|part| part == *folder));
        return office.map_or("application/zip", |(_, kind)| kind);
    }
    match (content.get(..4), content.get(4..8), content.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => "image/webp",
        (Some(b"RIFF"), _, Some(b"WAVE")) => "audio/wav",
        (_, Some(b"ftyp"), Some(b"heic" | b"heix" | b"mif1")) => "image/heic",
        (_, Some(b"ftyp"), _) => "video/mp4",
        _ if is_text(content) => "text/plain",
        _ => "application/octet-stream",
    }
}

fn is_text(content: &[u8]) -> bool {
    std::str::from_utf8(content)
        .is_ok_and(|text| !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}')))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        for (content, kind) in [
            (&b"%PDF-1.7\n"[..], "application/pdf"),
            (b"\x89PNG\r\n\x1a\n....", "image/png"),
            (b"\xFF\xD8\xFF\xE0..", "image/jpeg"),
            (b"RIFF....WEBPVP8 ", "image/webp"),
            (b"PK\x03\x04......xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (b"PK\x03\x04......a.txt", "application/zip"),
            ("Պայմանագիր\n".as_bytes(), "text/plain"),
            (b"\x00\x01\x02", "application/octet-stream"),
            (b"\xFF\xFE", "application/octet-stream"),
        ] {
            assert_eq!(media_type(content), kind);
        }
    }

    #[test]
    fn a_hash_is_64_hexadecimal_digits_and_reads_back() {
        let text = "00ff".repeat(16);
        let hash: FileHash = text.parse().unwrap();
        assert_eq!((hash.to_string(), hash.bytes().len()), (text, 32));
        for bad in ["", "00", &"0g".repeat(32), &"0".repeat(63), &"é".repeat(64)] {
            assert_eq!(bad.parse::<FileHash>().unwrap_err().key(), "error.file_hash_unreadable", "{bad}");
        }
    }
}
