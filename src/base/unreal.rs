//! Companies in which nothing counts: the demo and the company to practise on. Every screen and paper of them says so.

/// Why nothing that is done in a company counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreal {
    /// It is made up.
    Demo,
    /// It is a copy to practise on.
    Training,
}
