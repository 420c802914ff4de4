//! Statuses: what people call the states of an order, with a colour and an icon. The states themselves are fixed.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::table;

table! {
    /// A named sub-state of an order.
    pub struct OrderStatus in "statuses" code 18 {
        /// Its short fixed name, such as `in-work`.
        code: String,
        /// How people call it.
        name: String,
        /// The state it belongs to.
        state: String,
        /// `#RRGGBB`.
        color: String,
        /// Name of an icon.
        icon: String,
        /// Its place in lists.
        position: i64,
        /// Whether it is offered.
        active: bool,
    }
}

/// One status for each state: code, colour, icon.
const SHIPPED: [(&str, &str, &str); 6] = [
    ("draft", "#8A8F98", "pencil"),
    ("confirmed", "#2F6FDE", "check"),
    ("in-work", "#D98A00", "tools"),
    ("ready", "#1E9E5A", "package"),
    ("closed", "#5B6470", "lock"),
    ("cancelled", "#C23B3B", "cross"),
];

/// Statuses as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[], tables: &[OrderStatus::TABLE], statements: &[], lists: &[] };

/// Stores one status for each state with its name in the company's language.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    for (position, (code, color, icon)) in (1_i64..).zip(SHIPPED) {
        tx.insert(&OrderStatus {
            id: Id::new(0),
            version: 0,
            code: code.to_owned(),
            name: tr(lang, &format!("status.{code}"), &[]),
            state: code.to_owned(),
            color: color.to_owned(),
            icon: icon.to_owned(),
            position,
            active: true,
        })?;
    }
    Ok(())
}
