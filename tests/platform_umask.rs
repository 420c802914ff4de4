//! Private files and folders under every umask. Alone in its process, because a process has only one umask.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use patver::platform::{self, Access};
use rustix::fs::Mode;

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn files_are_0600_and_folders_0700_under_every_umask() {
    let dir = tempfile::tempdir().unwrap();
    let before = rustix::process::umask(Mode::empty());
    for umask in [0o000, 0o022, 0o077, 0o277] {
        rustix::process::umask(Mode::from_raw_mode(umask));
        let file = dir.path().join(format!("file-{umask:o}"));
        let folder = dir.path().join(format!("folder-{umask:o}"));
        let written = dir.path().join(format!("written-{umask:o}"));
        let results = (
            platform::create_private_file(&file).map(drop),
            platform::private_folder(&folder),
            platform::write_atomic(&written, b"secret", Access::Private),
        );
        rustix::process::umask(before);
        assert_eq!(results, (Ok(()), Ok(()), Ok(())), "{umask:o}");
        assert_eq!((mode(&file), mode(&folder), mode(&written)), (0o600, 0o700, 0o600), "{umask:o}");
    }
    let ordinary = dir.path().join("ordinary.csv");
    platform::write_atomic(&ordinary, b"a,b\n", Access::Ordinary).unwrap();
    assert_eq!(mode(&ordinary), 0o666 & !before.bits());
}
