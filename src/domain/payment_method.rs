//! Payment methods: how money comes in. Each is of a fixed kind that decides change and cash rounding.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::domain::directory::{self, Directory, Saved};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{code_column, params, remove_command, result_row, statements, table};

/// What a payment method is at heart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

statements! {
    /// The payment method with a code.
    BY_CODE = "SELECT id, version, code, name, kind, active FROM payment_methods WHERE code = ?1";
    /// Every payment method.
    ALL = "SELECT id, version, code, name, kind, active FROM payment_methods ORDER BY id";
}

/// Payment methods as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SavePaymentMethod>(), CommandEntry::of::<RemovePaymentMethod>()],
    queries: &[QueryEntry::of::<PaymentMethods>()],
    tables: &[PaymentMethod::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

const DIRECTORY: Directory = Directory { by_key: &BY_CODE, key: str::to_owned };

/// The payment method a person names by its code. Rejected at `method` when there is none.
pub fn find(db: &Db, typed: &str) -> Result<PaymentMethod> {
    directory::find(db, &DIRECTORY, typed, "method")
}

/// The same, for something new. Rejected at `method` also when it is switched off.
pub fn offered(db: &Db, typed: &str) -> Result<PaymentMethod> {
    directory::offered(find(db, typed)?, |method| (method.active, &method.name)).map_err(|error| error.at("method"))
}

/// Adds a payment method or changes one; its kind is fixed once it is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavePaymentMethod {
    /// The payment method to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<PaymentMethod>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Its short fixed name; made of the name when left out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How it is written on paper and on the screen.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What a new one is at heart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<MethodKind>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SavePaymentMethod {
    const NAME: &'static str = "save-payment-method";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = match (&old, self.kind) {
            (Some(old), None) => old.clone(),
            (Some(old), Some(kind)) if kind == old.kind => old.clone(),
            (Some(_), Some(_)) => return Err(Error::rejected("error.method_kind_fixed").at("kind")),
            (None, Some(kind)) => PaymentMethod::blank(kind),
            (None, None) => return Err(Error::rejected("error.field_empty").at("kind")),
        };
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let new = PaymentMethod {
            code: directory::code_or(self.code.as_ref(), &before.code, &name)?,
            name,
            active: self.active.unwrap_or(before.active),
            ..before
        };
        directory::stored(tx, old.as_ref(), &new)
    }
}

remove_command!(
    /// Removes a payment method that nobody ever paid by.
    RemovePaymentMethod, "remove-payment-method", PaymentMethod, Need::Right(Right::DirectoryEdit), |_, _| Ok(())
);

/// Every payment method, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentMethods {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A payment method in a list.
    pub struct PaymentMethodRow {
        /// Its id.
        id: Id<PaymentMethod>,
        /// Its version.
        version: i64,
        /// Its short fixed name.
        code: String,
        /// How it is written.
        name: String,
        /// What it is at heart.
        kind: MethodKind,
        /// Whether it is offered.
        active: bool,
    }
}

impl Query for PaymentMethods {
    const NAME: &'static str = "payment-methods";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = PaymentMethodRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<PaymentMethodRow>> {
        let rows: Vec<PaymentMethodRow> = view.rows(&ALL, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl PaymentMethod {
    fn blank(kind: MethodKind) -> PaymentMethod {
        PaymentMethod { id: Id::new(0), version: 0, code: String::new(), name: String::new(), kind, active: true }
    }
}

/// Stores one method of each kind with its name in the company's language.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    for kind in MethodKind::ALL {
        let (code, name) = (kind.code().to_owned(), tr(lang, &format!("payment_method.{}", kind.code()), &[]));
        tx.insert(&PaymentMethod { code, name, ..PaymentMethod::blank(kind) })?;
    }
    Ok(())
}
