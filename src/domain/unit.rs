//! Units of measure: what an item is counted in, and with how many decimals.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::table;

table! {
    /// A unit of measure.
    pub struct Unit in "units" code 15 {
        /// Its short fixed name, such as `kg`.
        code: String,
        /// How it is written on paper and on the screen.
        name: String,
        /// How many decimals a quantity in it may have.
        decimals: i64,
        /// Whether it is offered.
        active: bool,
    }
}

/// Shipped units and their decimals.
const SHIPPED: [(&str, i64); 10] =
    [("pcs", 0), ("kg", 3), ("g", 0), ("l", 3), ("ml", 0), ("m", 3), ("m2", 3), ("m3", 3), ("h", 2), ("box", 0)];

/// Units as a slice.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[Unit::TABLE], statements: &[], lists: &[] };

/// Stores the shipped units with their names in the company's language.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    for (code, decimals) in SHIPPED {
        let name = tr(lang, &format!("unit.{code}"), &[]);
        tx.insert(&Unit { id: Id::new(0), version: 0, code: code.to_owned(), name, decimals, active: true })?;
    }
    Ok(())
}
