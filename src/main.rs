//! Window or command line; nothing else.
fn main() {}
