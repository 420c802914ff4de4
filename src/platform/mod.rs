//! Everything that differs between operating systems: file systems, modes, durable writes, print queues.
//! Knows `base` only; what a file means is not its business.

mod durable;
mod io_error;
mod place;
mod print_queue;
mod private;
mod shared_file;
#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;

pub use durable::{Access, AtomicFile, publish, sync_folder, write_atomic};
pub use io_error::io_error;
pub use place::{FileSystem, file_system, free_space, kind_of, plain_file, refuse_shared_place, synced_by};
pub use print_queue::{Handed, Spooler, open_in_viewer};
pub use private::{create_private_file, is_private, make_private, private_folder};
pub use shared_file::SharedFile;

/// The environment variable a password may come from; programs that this one starts never get it.
pub const PASSWORD_VARIABLE: &str = "PATVER_PASSWORD";
