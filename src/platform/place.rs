//! Where a path lies: on this computer's own disk or on another's, in a synchronised folder, behind a link.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{io_error, system};
use crate::base::error::{Error, Result};

/// Whether a file's locks and shared memory can be trusted where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSystem {
    /// A disk of this computer.
    Local,
    /// Another computer's disk, or a program that plays one; the text is its usual name.
    Network(&'static str),
}

/// File systems of Linux that are shared between computers, or played by a program, by their magic number.
const NETWORK_MAGIC: &[(u32, &str)] = &[
    (0x0000_6969, "NFS"),
    (0x0000_517B, "SMB"),
    (0xFE53_4D42, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P"),
    (0x00C3_6400, "Ceph"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x0000_564C, "NCP"),
    (0x0116_1970, "GFS2"),
    (0x7461_636F, "OCFS2"),
    (0x0BD0_0BD0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0xAAD7_AAEA, "PanFS"),
    (0x1983_0326, "BeeGFS"),
    (0x2003_0528, "OrangeFS"),
    (0xBACB_ACBC, "VMware shared folder"),
    (0x786F_4256, "VirtualBox shared folder"),
    (0x7C7C_6673, "Parallels shared folder"),
];

/// Files that synchronising programs leave at the top of the folders they copy.
const SYNC_MARKERS: &[(&str, &str)] = &[
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
];

/// The kind of a Linux file system by the magic number that `statfs` gives.
pub fn kind_of(magic: u32) -> FileSystem {
    NETWORK_MAGIC
        .iter()
        .find(|(known, _)| *known == magic)
        .map_or(FileSystem::Local, |(_, name)| FileSystem::Network(name))
}

/// The kind of file system `path` lies on, or would lie on; `Rejected` where the system does not let us look.
pub fn file_system(path: &Path) -> Result<FileSystem> {
    let there = nearest_existing(path)?;
    system::file_system(&there).map_err(|error| io_error(&there, &error))
}

/// Bytes a new file beside `path` may take; `None` where the system has no answer.
pub fn free_space(path: &Path) -> Result<Option<u64>> {
    let there = nearest_existing(path)?;
    system::free_space(&there).map_err(|error| io_error(&there, &error))
}

/// The program that copies the folder of `path` elsewhere while it is in use, if its mark is there.
pub fn synced_by(path: &Path) -> Option<&'static str> {
    let full = std::path::absolute(path).ok()?;
    let marked = full
        .ancestors()
        .skip(1)
        .find_map(|folder| SYNC_MARKERS.iter().find(|(marker, _)| folder.join(marker).exists()).map(|(_, name)| *name));
    marked.or_else(|| synced_by_name(&full)).or_else(|| system::synced_by(&full))
}

fn synced_by_name(full: &Path) -> Option<&'static str> {
    let names: Vec<_> = full.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let icloud = names.windows(2).any(|pair| pair == ["Library", "Mobile Documents"]);
    icloud.then_some("iCloud Drive")
}

/// `Rejected` when `path` lies where several computers may write at once: a network or a synchronised folder.
pub fn refuse_shared_place(path: &Path) -> Result<()> {
    if let FileSystem::Network(name) = file_system(path)? {
        return Err(Error::rejected("error.file.network").arg("path", path.display()).arg("kind", name));
    }
    match synced_by(path) {
        Some(name) => Err(Error::rejected("error.file.synced").arg("path", path.display()).arg("program", name)),
        None => Ok(()),
    }
}

/// The length in bytes of a plain file with one name, `None` when nothing is there;
/// `Rejected` for a link, a file of several names, a folder or a device.
pub fn plain_file(path: &Path) -> Result<Option<u64>> {
    let found = match std::fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error(path, &error)),
    };
    let refused = |key| Err(Error::rejected(key).arg("path", path.display()));
    if found.file_type().is_symlink() {
        return refused("error.file.symlink");
    }
    if !found.is_file() {
        return refused("error.file.not_a_file");
    }
    if system::names(&found) > 1 {
        return refused("error.file.hard_link");
    }
    Ok(Some(found.len()))
}

/// `path` itself, or the nearest folder above it that exists.
fn nearest_existing(path: &Path) -> Result<PathBuf> {
    let full = std::path::absolute(path).map_err(|error| io_error(path, &error))?;
    let there = full.ancestors().find(|part| part.exists()).unwrap_or(&full);
    Ok(there.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_network_file_system_is_told_from_a_local_disk() {
        for magic in [0x6969, 0xFE53_4D42, 0xFF53_4D42, 0x6573_5546, 0x0102_1997, 0x00C3_6400, 0x5346_414F] {
            assert!(matches!(kind_of(magic), FileSystem::Network(_)), "{magic:#x}");
        }
        for (name, magic) in [("ext4", 0xEF53), ("btrfs", 0x9123_683E), ("xfs", 0x5846_5342), ("tmpfs", 0x0102_1994)] {
            assert_eq!(kind_of(magic), FileSystem::Local, "{name}");
        }
        for (name, magic) in [("overlay", 0x794C_7630), ("zfs", 0x2FC1_2FC1), ("vfat", 0x4D44), ("ntfs3", 0x7366_746E)]
        {
            assert_eq!(kind_of(magic), FileSystem::Local, "{name}");
        }
    }

    #[test]
    fn an_icloud_folder_is_known_by_its_name() {
        let path = Path::new("/Users/ani/Library/Mobile Documents/com~apple~CloudDocs/shop.patver");
        assert_eq!(synced_by_name(path), Some("iCloud Drive"));
        assert_eq!(synced_by_name(Path::new("/home/ani/Library/shop.patver")), None);
    }
}
