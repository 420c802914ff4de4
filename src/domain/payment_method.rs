//! Payment methods: how money comes in. Each is of a fixed kind that decides change and cash rounding.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{code_column, table};

/// What a payment method is at heart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKind {
    /// Notes and coins: change is given, the cash step holds.
    Cash,
    /// A bank card at the counter.
    Card,
    /// Money sent to the bank account.
    Transfer,
}

impl MethodKind {
    /// Every kind.
    pub const ALL: [MethodKind; 3] = [MethodKind::Cash, MethodKind::Card, MethodKind::Transfer];

    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            MethodKind::Cash => "cash",
            MethodKind::Card => "card",
            MethodKind::Transfer => "transfer",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<MethodKind> {
        MethodKind::ALL.into_iter().find(|kind| kind.code() == text)
    }
}

code_column!(MethodKind);

table! {
    /// A payment method.
    pub struct PaymentMethod in "payment_methods" code 17 {
        /// Its short fixed name, such as `cash`.
        code: String,
        /// How it is written on paper and on the screen.
        name: String,
        /// What it is at heart.
        kind: MethodKind,
        /// Whether it is offered.
        active: bool,
    }
}

/// Payment methods as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[], tables: &[PaymentMethod::TABLE], statements: &[], lists: &[] };

/// Stores one method of each kind with its name in the company's language.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    for kind in MethodKind::ALL {
        let (code, name) = (kind.code().to_owned(), tr(lang, &format!("payment_method.{}", kind.code()), &[]));
        tx.insert(&PaymentMethod { id: Id::new(0), version: 0, code, name, kind, active: true })?;
    }
    Ok(())
}
