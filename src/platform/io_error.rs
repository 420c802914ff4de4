//! What an operating system's error means for a person: one place, so that no caller guesses.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::base::error::Error;
use crate::platform::folder_of;

/// The error of making a new file at `path`: a folder that takes none is named itself, since the file may be one of the
/// program's own, whose name tells a person nothing.
pub fn creation_error(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        // Some folders of the system deny that there could be such a file.
        ErrorKind::NotFound if whole_folder_of(path).exists() => folder_closed(path),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => folder_closed(path),
        _ => io_error(path, error),
    }
}

fn folder_closed(path: &Path) -> Error {
    Error::rejected("error.file.folder_closed").arg("folder", whole_folder_of(path).display())
}

/// The folder a file is in, from the root on.
fn whole_folder_of(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    folder_of(&whole).to_owned()
}

/// The error of a file operation at `path`: what a person can mend is `Rejected`, a full or failing disk is `Failure`.
pub fn io_error(path: &Path, error: &io::Error) -> Error {
    let named = |problem: Error| problem.arg("path", path.display());
    match error.kind() {
        ErrorKind::NotFound if !whole_folder_of(path).exists() => {
            Error::rejected("error.file.no_folder").arg("folder", whole_folder_of(path).display())
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => named(Error::rejected("error.file.not_found")),
        ErrorKind::PermissionDenied => named(Error::rejected("error.file.no_permission")),
        ErrorKind::AlreadyExists => named(Error::rejected("error.file.exists")),
        ErrorKind::IsADirectory => named(Error::rejected("error.file.not_a_file")),
        ErrorKind::ReadOnlyFilesystem => named(Error::rejected("error.file.read_only_disk")),
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => named(Error::rejected("error.file.bad_name")),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            named(Error::failure("error.file.no_space", error))
        }
        _ => named(Error::failure("error.file.disk", error)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn where_no_file_can_be_made_the_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let key = |path: PathBuf, kind: ErrorKind| creation_error(&path, &kind.into()).key();
        // As the folders of the system answer that take no files.
        assert_eq!(key(folder.path().join("x.pdf"), ErrorKind::NotFound), "error.file.folder_closed");
        assert_eq!(key(folder.path().join("x.pdf"), ErrorKind::PermissionDenied), "error.file.folder_closed");
        assert_eq!(key(folder.path().join("no/x.pdf"), ErrorKind::NotFound), "error.file.no_folder");
    }
}
