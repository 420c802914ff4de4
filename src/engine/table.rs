//! Tables as data: one `table!` gives the row's type, its reading and its writing. Knows no particular table.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::engine::value::{Column, Counts, Value, damaged};

/// What the engine knows of a table.
#[derive(Debug)]
pub struct Table {
    /// Its name in the file.
    pub name: &'static str,
    /// Its number in the journal; never used twice.
    pub code: i64,
    /// Columns in order; the first two are `id` and `version`.
    pub columns: &'static [ColumnInfo],
    /// The table that finds rows by fragments of the column `search`, if there is one.
    pub search: Option<&'static str>,
    /// Values never go to the journal, only digests.
    pub secret: bool,
}

/// What the engine knows of a column.
#[derive(Debug)]
pub struct ColumnInfo {
    /// Its name.
    pub name: &'static str,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// What its number counts.
    pub counts: Counts,
}

impl ColumnInfo {
    /// A column that holds this type.
    pub const fn of<T: Column>(name: &'static str) -> ColumnInfo {
        ColumnInfo { name, nullable: T::NULLABLE, counts: T::COUNTS }
    }
}

impl Table {
    /// What the engine knows of a column, if the table has it.
    pub fn column(&self, name: &str) -> Option<&ColumnInfo> {
        self.columns.iter().find(|info| info.name == name)
    }

    /// The place of a column, if the table has it.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|info| info.name == column)
    }
}

/// A row of a journaled table.
pub trait Row: FromRow + Clone + 'static {
    /// The table.
    const TABLE: &'static Table;
    /// The row's id; 0 before it is stored.
    fn id(&self) -> Id<Self>;
    /// How often the row was stored.
    fn version(&self) -> i64;
    /// All values in the order of the columns.
    fn values(&self) -> Vec<Value>;
}

/// Anything that can be read from the columns of a result, in order.
pub trait FromRow: Sized {
    /// Takes the columns it needs. Fails where a column holds what the program never writes.
    fn from_row(columns: &mut Columns) -> Result<Self>;
}

/// The values of one result row, taken from left to right.
pub struct Columns {
    values: std::vec::IntoIter<Value>,
}

impl Columns {
    pub(crate) fn new(values: Vec<Value>) -> Columns {
        Columns { values: values.into_iter() }
    }

    /// The next column. Fails where there is none, or it is of another kind.
    pub fn take<T: Column>(&mut self) -> Result<T> {
        match self.values.next() {
            Some(value) => T::from_value(value),
            None => Err(damaged("a result has fewer columns than expected")),
        }
    }
}

macro_rules! tuple_rows {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: Column),*> FromRow for ($($name,)*) {
            fn from_row(columns: &mut Columns) -> Result<Self> {
                Ok(($(columns.take::<$name>()?,)*))
            }
        }
    )*};
}

tuple_rows! { A; A B; A B C; A B C D; A B C D E; A B C D E F; A B C D E F G; A B C D E F G H; }

/// A raw row, for code that knows tables only as data.
impl FromRow for Vec<Value> {
    fn from_row(columns: &mut Columns) -> Result<Self> {
        Ok(columns.values.by_ref().collect())
    }
}

/// Declares the row of a journaled table: `table! { /// doc
/// pub struct Unit in "units" code 12 { code: String, … } }`. `id` and `version` come by themselves.
#[macro_export]
macro_rules! table {
    (@search) => { None };
    (@search $search:literal) => { Some($search) };
    (@secret) => { false };
    (@secret secret) => { true };
    ($(#[$doc:meta])* pub struct $name:ident in $table:literal code $code:literal search $search:literal {
        $($fields:tt)*
    }) => {
        $crate::table!(@row $(#[$doc])* $name, $table, $code, [$search], [], $($fields)*);
    };
    ($(#[$doc:meta])* pub struct $name:ident in $table:literal code $code:literal $($secret:ident)? {
        $($fields:tt)*
    }) => {
        $crate::table!(@row $(#[$doc])* $name, $table, $code, [], [$($secret)?], $($fields)*);
    };
    (@row $(#[$doc:meta])* $name:ident, $table:literal, $code:literal, [$($search:literal)?], [$($secret:ident)?],
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            /// The row's id; 0 before it is stored.
            pub id: $crate::base::id::Id<$name>,
            /// How often the row was stored.
            pub version: i64,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::engine::table::Row for $name {
            const TABLE: &'static $crate::engine::table::Table = &$crate::engine::table::Table {
                name: $table,
                code: $code,
                columns: &[
                    $crate::engine::table::ColumnInfo::of::<i64>("id"),
                    $crate::engine::table::ColumnInfo::of::<i64>("version"),
                    $($crate::engine::table::ColumnInfo::of::<$type>(stringify!($field)),)*
                ],
                search: $crate::table!(@search $($search)?),
                secret: $crate::table!(@secret $($secret)?),
            };
            fn id(&self) -> $crate::base::id::Id<Self> {
                self.id
            }
            fn version(&self) -> i64 {
                self.version
            }
            fn values(&self) -> Vec<$crate::engine::value::Value> {
                vec![
                    $crate::engine::value::Column::to_value(&self.id),
                    $crate::engine::value::Column::to_value(&self.version),
                    $($crate::engine::value::Column::to_value(&self.$field),)*
                ]
            }
        }

        impl $crate::engine::table::FromRow for $name {
            fn from_row(columns: &mut $crate::engine::table::Columns) -> $crate::base::error::Result<Self> {
                Ok($name { id: columns.take()?, version: columns.take()?, $($field: columns.take()?,)* })
            }
        }
    };
}

/// Declares a plain result row of a query: serializable, read in the order of its fields.
#[macro_export]
macro_rules! result_row {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        impl $crate::engine::table::FromRow for $name {
            fn from_row(columns: &mut $crate::engine::table::Columns) -> $crate::base::error::Result<Self> {
                Ok($name { $($field: columns.take()?,)* })
            }
        }
    };
}
