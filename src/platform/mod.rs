//! Everything that differs between operating systems: file systems, modes, durable writes, print queues, serial lines.
//! Knows `base` only; what a file means is not its business.

mod aside;
mod choose;
mod durable;
mod io_error;
mod kept;
mod place;
mod print_queue;
mod private;
mod serial;
mod shared_file;
mod spent;
#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;
mod zone;

pub use aside::Aside;
pub use choose::{Choose, Chooser, Question, Unasked, read_file};
pub use durable::{Access, AtomicFile, folder_of, publish_new, sync_file, sync_folder, write_atomic};
pub use io_error::io_error;
pub use kept::Workplace;
pub use place::{FileSystem, file_system, free_space, kind_of, plain_file, refuse_shared_place, synced_by};
pub use print_queue::{Handed, Spooler, open_in_viewer};
pub use private::{create_private_file, is_private, make_private, private_folder};
pub use serial::{SerialLine, serial_lines};
pub use shared_file::SharedFile;
pub use spent::{peak_memory, thread_time};
pub use zone::local_zone;

/// The environment variable a password may come from.
pub const PASSWORD_VARIABLE: &str = "PATVER_PASSWORD";
/// The environment variable a password may come from that is to replace another.
pub const NEW_PASSWORD_VARIABLE: &str = "PATVER_NEW_PASSWORD";
/// The environment variable a recovery code may come from.
pub const RECOVERY_VARIABLE: &str = "PATVER_RECOVERY_CODE";

/// A program to start: by its name, without a shell, and without what must stay secret in its surroundings.
fn program(name: &std::ffi::OsStr) -> std::process::Command {
    let mut command = std::process::Command::new(name);
    for variable in [PASSWORD_VARIABLE, NEW_PASSWORD_VARIABLE, RECOVERY_VARIABLE] {
        command.env_remove(variable);
    }
    command
}
