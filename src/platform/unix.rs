//! The Unix half of `platform`.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::time::Duration;

use rustix::fs::OFlags;

use super::place::FileSystem;

/// Opens a document with the program the person chose for it.
pub const VIEWER: &str = "xdg-open";

/// FAT, exFAT and NTFS: what others may read there is decided when the disk is attached.
#[cfg(target_os = "linux")]
const WITHOUT_MODES: [u32; 4] = [0x0000_4D44, 0x2011_BAB0, 0x7366_746E, 0x5346_544E];

#[cfg(target_os = "linux")]
fn magic(path: &Path) -> io::Result<u32> {
    // The kernel's field is a signed word, but its magic numbers are 32 bits: the low half is the number.
    let word = i128::from(rustix::fs::statfs(path)?.f_type).rem_euclid(1 << 32);
    u32::try_from(word).map_err(io::Error::other)
}

#[cfg(target_os = "linux")]
pub fn file_system(path: &Path) -> io::Result<FileSystem> {
    Ok(super::place::kind_of(magic(path)?))
}

#[cfg(target_os = "linux")]
pub fn keeps_modes(path: &Path) -> io::Result<bool> {
    Ok(!WITHOUT_MODES.contains(&magic(path)?))
}

#[cfg(not(target_os = "linux"))]
pub fn file_system(_path: &Path) -> io::Result<FileSystem> {
    Ok(FileSystem::Local)
}

#[cfg(not(target_os = "linux"))]
pub fn keeps_modes(_path: &Path) -> io::Result<bool> {
    Ok(true)
}

pub fn synced_by(_full: &Path) -> Option<&'static str> {
    None
}

pub fn free_space(path: &Path) -> io::Result<Option<u64>> {
    let found = rustix::fs::statvfs(path)?;
    Ok(found.f_bavail.checked_mul(found.f_frsize))
}

pub fn names(found: &Metadata) -> u64 {
    found.nlink()
}

/// Device and inode: what a POSIX lock hangs on.
pub fn identity(found: &Metadata) -> Option<(u64, u64)> {
    Some((found.dev(), found.ino()))
}

pub fn open_without_following(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let bits = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    OpenOptions::new().read(true).custom_flags(bits).open(path)
}

pub fn create_private(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)?;
    if file.metadata()?.mode() & 0o600 != 0o600 {
        // A umask that takes the owner's own rights away.
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

pub fn create_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    if std::fs::metadata(path)?.mode() & 0o700 != 0o700 {
        std::fs::set_permissions(path, Permissions::from_mode(0o700))?;
    }
    Ok(())
}

pub fn make_private(path: &Path) -> io::Result<()> {
    let folder = std::fs::symlink_metadata(path)?.is_dir();
    std::fs::set_permissions(path, Permissions::from_mode(if folder { 0o700 } else { 0o600 }))
}

pub fn is_private(found: &Metadata) -> bool {
    found.mode() & 0o077 == 0
}

/// Gives a file a name that nothing has.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn rename_to_new(part: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, part, CWD, target, RenameFlags::NOREPLACE) {
        // Some file systems cannot do it in one step.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => rename_checked(part, target),
        done => Ok(done?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn rename_to_new(part: &Path, target: &Path) -> io::Result<()> {
    rename_checked(part, target)
}

fn rename_checked(part: &Path, target: &Path) -> io::Result<()> {
    match target.try_exists()? {
        true => Err(io::ErrorKind::AlreadyExists.into()),
        false => std::fs::rename(part, target),
    }
}

pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

pub fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

pub fn thread_time() -> Option<Duration> {
    Duration::try_from(rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime)).ok()
}
