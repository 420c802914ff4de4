//! Window or command line; nothing else.
use std::process::ExitCode;

fn main() -> ExitCode {
    patver::cli::main()
}
