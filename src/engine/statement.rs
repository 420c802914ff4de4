//! SQL as named constants: every text stands in a `statements!` block, so a test can prepare each on both engines.

/// One SQL text; parameters are `?1`, `?2`, …
#[derive(Debug)]
pub struct Statement {
    /// Module and name, for messages of tests.
    pub name: &'static str,
    /// The text, as both engines understand it.
    pub sql: &'static str,
}

/// Declares statements, each with its doc line, and `STATEMENTS`, the list of them all.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: $crate::engine::statement::Statement = $crate::engine::statement::Statement {
                name: concat!(module_path!(), "::", stringify!($name)),
                sql: $sql,
            };
        )*
        /// Every statement of this module, for the test that prepares them.
        pub const STATEMENTS: &[&$crate::engine::statement::Statement] = &[$(&$name),*];
    };
}
