//! A disk that loses its power: what was synced stays; of the rest nothing, a beginning, some or all, torn at sectors.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Chance;
use super::trace::Event;

const SECTOR: usize = 512;

enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate { size: usize },
}

#[derive(Default)]
struct File {
    /// What a power cut cannot take.
    synced: Vec<u8>,
    /// What it can, in order.
    pending: Vec<Change>,
    /// Whether the name is there, and whether its folder was synced since.
    named: bool,
    name_synced: bool,
}

/// The files of a company on a disk that forgets.
#[derive(Default)]
pub struct Disk {
    files: BTreeMap<PathBuf, File>,
    open: BTreeMap<u32, PathBuf>,
}

impl Disk {
    /// A disk on which one file rests safely.
    pub fn with(path: &Path, content: Vec<u8>) -> Disk {
        let file = File { synced: content, named: true, name_synced: true, ..File::default() };
        Disk { files: BTreeMap::from([(path.to_owned(), file)]), ..Disk::default() }
    }

    /// Does what the program did.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Open { path, fd, creates } => {
                if *creates {
                    let file = self.files.entry(path.clone()).or_default();
                    if !file.named {
                        *file = File { named: true, ..File::default() };
                    }
                }
                self.open.insert(*fd, path.clone());
            }
            Event::Write { fd, at, bytes } => self.change(*fd, Change::Write { at: *at, bytes: bytes.clone() }),
            Event::Truncate { fd, size } => self.change(*fd, Change::Truncate { size: *size }),
            Event::Sync { fd } => self.sync(*fd),
            Event::Close { fd } => {
                self.open.remove(fd);
            }
            Event::Unlink { path } => {
                if let Some(file) = self.files.get_mut(path) {
                    file.named = false;
                }
            }
            Event::Told { .. } => {}
        }
    }

    fn change(&mut self, fd: u32, change: Change) {
        self.files.get_mut(&self.open[&fd]).unwrap().pending.push(change);
    }

    /// A file's content, or the names in a folder, are safe from here on.
    fn sync(&mut self, fd: u32) {
        let path = &self.open[&fd];
        if let Some(file) = self.files.get_mut(path) {
            for change in std::mem::take(&mut file.pending) {
                put(&mut file.synced, &change, |_| true);
            }
        } else {
            for file in self.files.values_mut() {
                file.name_synced = file.named;
            }
        }
    }

    /// Writes what a power cut at this moment leaves into a folder.
    pub fn cut(&self, chance: &mut Chance, folder: &Path) {
        for (path, file) in &self.files {
            let there = if file.named == file.name_synced { file.named } else { chance.coin() };
            if there {
                std::fs::write(folder.join(path.file_name().unwrap()), file.left(chance)).unwrap();
            }
        }
    }
}

impl File {
    fn left(&self, chance: &mut Chance) -> Vec<u8> {
        let mut content = self.synced.clone();
        let way = chance.below(4);
        let beginning = chance.below(self.pending.len() + 1);
        for (number, change) in self.pending.iter().enumerate() {
            let (kept, whole) = match way {
                0 => (false, false),
                1 => (number <= beginning, number < beginning),
                2 => (chance.coin(), chance.coin()),
                _ => (true, true),
            };
            if kept {
                put(&mut content, change, |_| whole || chance.coin());
            }
        }
        content
    }
}

/// Applies a change; of a write only the sectors that `reached` the disk.
fn put(content: &mut Vec<u8>, change: &Change, mut reached: impl FnMut(usize) -> bool) {
    let (at, bytes) = match change {
        Change::Truncate { size } => return content.resize(*size, 0),
        Change::Write { at, bytes } => (*at, bytes),
    };
    let mut done = 0;
    while done < bytes.len() {
        let start = at + done;
        let length = (SECTOR - start % SECTOR).min(bytes.len() - done);
        if reached(start / SECTOR) {
            content.resize(content.len().max(start + length), 0);
            content[start..start + length].copy_from_slice(&bytes[done..done + length]);
        }
        done += length;
    }
}
