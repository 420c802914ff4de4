//! The Windows half of `platform`. Safe Rust gives neither free space nor the number of a file's names there.

use std::ffi::OsStr;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::{Component, Path, Prefix};
use std::time::Duration;

use super::place::FileSystem;

/// Opens a document with the program the person chose for it.
pub const VIEWER: &str = "explorer";

/// A mapped drive letter shows its server once the path is made canonical.
pub fn file_system(path: &Path) -> io::Result<FileSystem> {
    if is_unc(path) || is_unc(&path.canonicalize()?) {
        return Ok(FileSystem::Network("SMB"));
    }
    Ok(FileSystem::Local)
}

fn is_unc(path: &Path) -> bool {
    match path.components().next() {
        Some(Component::Prefix(prefix)) => matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)),
        _ => false,
    }
}

pub fn keeps_modes(_path: &Path) -> io::Result<bool> {
    Ok(false)
}

/// OneDrive names its folder in the environment of every program.
pub fn synced_by(full: &Path) -> Option<&'static str> {
    let names = ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"];
    let folders = names.iter().filter_map(std::env::var_os).filter(|folder| folder != OsStr::new(""));
    folders.into_iter().any(|folder| full.starts_with(folder)).then_some("OneDrive")
}

pub fn free_space(_path: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}

pub fn names(_found: &Metadata) -> u64 {
    1
}

/// Locks belong to handles on Windows, so no file needs to be kept open for them.
pub fn identity(_found: &Metadata) -> Option<(u64, u64)> {
    None
}

pub fn open_without_following(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Gives a file a name that nothing has.
pub fn rename_to_new(part: &Path, target: &Path) -> io::Result<()> {
    match target.try_exists()? {
        true => Err(io::ErrorKind::AlreadyExists.into()),
        false => std::fs::rename(part, target),
    }
}

pub fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

pub fn create_private_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

pub fn make_private(_path: &Path) -> io::Result<()> {
    Ok(())
}

pub fn is_private(_found: &Metadata) -> bool {
    true
}

/// NTFS writes its own journal; a folder cannot be opened for syncing.
pub fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

pub fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

pub fn thread_time() -> Option<Duration> {
    None
}
