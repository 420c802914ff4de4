//! Counterparties: people and companies one deals with, and the built-in walk-in who has no card of his own.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::base::text;
use crate::domain::category::Category;
use crate::engine::command::CommandEntry;
use crate::engine::db::Db;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{code_column, params, statements, table};

mod card;
mod list;
mod phones;
mod save;

pub use card::{CounterpartyCard, OneCounterparty, PhoneAnswer};
pub use list::{Counterparties, CounterpartiesTotals, CounterpartyRow};
pub use save::{RemoveCounterparty, SaveCounterparty};

/// What a counterparty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CounterpartyKind {
    /// A human being.
    Person,
    /// An organisation or a sole trader.
    Company,
}

impl CounterpartyKind {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            CounterpartyKind::Person => "person",
            CounterpartyKind::Company => "company",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<CounterpartyKind> {
        [CounterpartyKind::Person, CounterpartyKind::Company].into_iter().find(|kind| kind.code() == text)
    }
}

code_column!(CounterpartyKind);

table! {
    /// A counterparty.
    pub struct Counterparty in "counterparties" code 21 search "counterparties_search" {
        /// What it is.
        kind: CounterpartyKind,
        /// How it is called.
        name: String,
        /// The name's sort key.
        name_key: String,
        /// The name in the state register.
        legal_name: String,
        /// The company's own code for it.
        code: String,
        /// Taxpayer number.
        tax_id: String,
        /// E-mail address.
        email: String,
        /// Legal address.
        address: String,
        /// Where goods go.
        delivery_address: String,
        /// Its bank.
        bank_name: String,
        /// Its account there.
        bank_account: String,
        /// Who speaks for it.
        contact: String,
        /// Code of the language of its documents; the company's when empty.
        language: String,
        /// Its category, if any.
        category_id: Option<Id<Category>>,
        /// Anything else.
        note: String,
        /// What it is found by: folded name, codes, e-mail, digits of its phones.
        search: String,
        /// Whether this is the built-in walk-in.
        walk_in: bool,
        /// Whether it is offered.
        active: bool,
    }
}

table! {
    /// A phone of a counterparty.
    pub struct CounterpartyPhone in "counterparty_phones" code 22 {
        /// Whose.
        counterparty_id: Id<Counterparty>,
        /// Its place on the card, from 1.
        position: i64,
        /// As it was typed.
        phone: String,
        /// Digits it is found and compared by.
        digits: String,
    }
}

statements! {
    /// The built-in walk-in.
    WALK_IN = "SELECT id FROM counterparties WHERE walk_in = 1";
    /// The phones of a counterparty in their order.
    PHONES = "
        SELECT id, version, counterparty_id, position, phone, digits
        FROM counterparty_phones
        WHERE counterparty_id = ?1
        ORDER BY position, id";
    /// Other active counterparties with a phone.
    WITH_PHONE = "
        SELECT c.name
        FROM counterparty_phones p
        JOIN counterparties c ON c.id = p.counterparty_id
        WHERE p.digits = ?1 AND c.id <> ?2 AND c.active = 1
        ORDER BY c.id";
    /// Other active counterparties with a taxpayer number.
    WITH_TAX_ID = "
        SELECT name
        FROM counterparties
        WHERE tax_id = ?1 AND tax_id <> '' AND id <> ?2 AND active = 1
        ORDER BY id";
    /// The counterparty with a code.
    WITH_CODE_ID = "SELECT id FROM counterparties WHERE code = ?1 AND code <> '' ORDER BY id";
    /// Other counterparties with a code.
    WITH_CODE = "SELECT name FROM counterparties WHERE code = ?1 AND code <> '' AND id <> ?2 ORDER BY id";
}

/// Counterparties as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveCounterparty>(), CommandEntry::of::<RemoveCounterparty>()],
    queries: &[
        QueryEntry::of::<Counterparties>(),
        QueryEntry::of::<CounterpartiesTotals>(),
        QueryEntry::of::<OneCounterparty>(),
    ],
    tables: &[Counterparty::TABLE, CounterpartyPhone::TABLE],
    statements: STATEMENTS,
    lists: &[&list::LIST],
};

/// The built-in walk-in's id. Rejected before there is a company.
pub fn walk_in(db: &Db) -> Result<Id<Counterparty>> {
    let found: Option<(Id<Counterparty>,)> = db.row(&WALK_IN, params![])?;
    found.map(|(id,)| id).ok_or_else(|| Error::rejected("error.no_company"))
}

/// The phones of a counterparty in their order.
pub fn phones_of(db: &Db, counterparty: Id<Counterparty>) -> Result<Vec<CounterpartyPhone>> {
    db.rows(&PHONES, params![counterparty])
}

impl Counterparty {
    fn blank(kind: CounterpartyKind) -> Counterparty {
        Counterparty {
            id: Id::new(0),
            version: 0,
            kind,
            name: String::new(),
            name_key: String::new(),
            legal_name: String::new(),
            code: String::new(),
            tax_id: String::new(),
            email: String::new(),
            address: String::new(),
            delivery_address: String::new(),
            bank_name: String::new(),
            bank_account: String::new(),
            contact: String::new(),
            language: String::new(),
            category_id: None,
            note: String::new(),
            search: String::new(),
            walk_in: false,
            active: true,
        }
    }
}

/// Stores the walk-in, named in the company's language.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    let name = tr(lang, "counterparty.walk_in", &[]);
    tx.insert(&Counterparty {
        name_key: text::sort_key(&name),
        search: text::fold(&name),
        name,
        walk_in: true,
        ..Counterparty::blank(CounterpartyKind::Person)
    })?;
    Ok(())
}
