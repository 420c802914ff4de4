//! Opening balances: what each counterparty owed, or was owed, on the day the company came to this program.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::{Amount, Money};
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::directory::{self, Saved};
use crate::domain::{company, currency, document};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::select::page_size;
use crate::engine::store::Slice;
use crate::engine::table::{Columns, FromRow, Row as _};
use crate::engine::tx::Tx;
use crate::{params, remove_command, statements, table};

table! {
    /// What a counterparty owed in one currency when the accounts were opened.
    pub struct OpeningBalance in "opening_balances" code 51 {
        /// Who.
        counterparty_id: Id<Counterparty>,
        /// In which currency.
        currency: Currency,
        /// On which day.
        date: Date,
        /// In minor units; below zero where the company owes.
        amount: i64,
    }
}

statements! {
    /// The opening balance of a counterparty in a currency.
    BY_KEY = "
        SELECT id, version, counterparty_id, currency, date, amount
        FROM opening_balances
        WHERE counterparty_id = ?1 AND currency = ?2";
    /// The opening balances of a counterparty.
    OF_COUNTERPARTY = "
        SELECT id, version, counterparty_id, currency, date, amount
        FROM opening_balances
        WHERE counterparty_id = ?1
        ORDER BY currency";
    /// So many opening balances after one, in one currency if it is named.
    AFTER = "
        SELECT id, version, counterparty_id, currency, date, amount
        FROM opening_balances
        WHERE id > ?1 AND (?3 = '' OR currency = ?3)
        ORDER BY id
        LIMIT ?2";
    /// Count and sum of opening balances in each currency, of one counterparty and in one currency if they are named.
    TOTALS = "
        SELECT currency, COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT)
        FROM opening_balances
        WHERE (?1 = 0 OR counterparty_id = ?1) AND (?2 = '' OR currency = ?2)
        GROUP BY currency
        ORDER BY currency";
}

/// Opening balances as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveOpeningBalance>(), CommandEntry::of::<RemoveOpeningBalance>()],
    queries: &[QueryEntry::of::<OpeningBalances>(), QueryEntry::of::<OpeningBalancesTotals>()],
    tables: &[OpeningBalance::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// Enters what a counterparty owed at the start, or corrects it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveOpeningBalance {
    /// The balance to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<OpeningBalance>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Who; fixed once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Id<Counterparty>>,
    /// In which currency; the home currency when left out, fixed once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// On which day; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How much; below zero where the company owes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

impl Command for SaveOpeningBalance {
    const NAME: &'static str = "save-opening-balance";
    const NEED: Need = Need::Right(Right::OpeningBalanceEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let mut new = match &old {
            Some(old) => self.unmoved(old)?,
            None => self.fresh(tx)?,
        };
        if let Some(date) = self.date {
            new.date = document::dated(date, "date")?;
        }
        if new.date > tx.today() {
            return Err(Error::rejected("error.opening_in_future").at("date"));
        }
        match self.amount {
            Some(amount) => {
                let amount = amount.in_currency(new.currency).and_then(Money::of_a_document);
                new.amount = amount.map_err(|error| error.at("amount"))?.minor();
            }
            None if old.is_none() => return Err(Error::rejected("error.field_empty").at("amount")),
            None => (),
        }
        directory::stored(tx, old.as_ref(), &new)
    }
}

impl SaveOpeningBalance {
    /// The balance that is there. Rejected when it would become another's or another currency's.
    fn unmoved(&self, old: &OpeningBalance) -> Result<OpeningBalance> {
        if self.counterparty.is_some_and(|id| id != old.counterparty_id) {
            return Err(Error::rejected("error.opening_fixed").at("counterparty"));
        }
        if self.currency.is_some_and(|code| code != old.currency) {
            return Err(Error::rejected("error.opening_fixed").at("currency"));
        }
        Ok(old.clone())
    }

    /// A new balance of nothing. Rejected for the walk-in, and where there is one already.
    fn fresh(&self, tx: &Tx<'_>) -> Result<OpeningBalance> {
        let counterparty = self.counterparty.ok_or_else(|| Error::rejected("error.field_empty").at("counterparty"))?;
        let row: Counterparty = tx.get(counterparty).map_err(|error| error.at("counterparty"))?;
        if row.walk_in {
            return Err(Error::rejected("error.opening_of_walk_in").at("counterparty"));
        }
        let code = match self.currency {
            Some(code) => currency::in_use(tx, code)?.code,
            None => company::current(tx)?.currency,
        };
        let before: Option<OpeningBalance> = tx.row(&BY_KEY, params![counterparty, code])?;
        if before.is_some() {
            return Err(Error::rejected("error.opening_exists").arg("name", row.name).arg("currency", code));
        }
        let (id, date) = (Id::new(0), tx.today());
        Ok(OpeningBalance { id, version: 0, counterparty_id: counterparty, currency: code, date, amount: 0 })
    }
}

remove_command!(
    /// Removes an opening balance that was entered by mistake.
    RemoveOpeningBalance,
    "remove-opening-balance",
    OpeningBalance,
    Need::Right(Right::OpeningBalanceEdit),
    |_, _| Ok(())
);

/// The opening balances of a counterparty.
pub fn of_counterparty(db: &Db, counterparty: Id<Counterparty>) -> Result<Vec<OpeningBalance>> {
    db.rows(&OF_COUNTERPARTY, params![counterparty])
}

/// Opening balances in the order they were entered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningBalances {
    /// Only this counterparty's.
    #[serde(default)]
    pub counterparty: Option<Id<Counterparty>>,
    /// Only in this currency.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Only those after the balance with this id.
    #[serde(default)]
    pub after: Option<Id<OpeningBalance>>,
    /// How many; 500 when left out and at most.
    #[serde(default, deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
}

/// An opening balance as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpeningBalanceRow {
    /// Its id.
    pub id: Id<OpeningBalance>,
    /// Its version.
    pub version: i64,
    /// Who.
    pub counterparty: Id<Counterparty>,
    /// The counterparty's name.
    pub counterparty_name: String,
    /// In which currency.
    pub currency: Currency,
    /// On which day.
    pub date: Date,
    /// How much; below zero where the company owes.
    pub amount: Money,
}

impl Query for OpeningBalances {
    const NAME: &'static str = "opening-balances";
    const NEED: Need = Need::Right(Right::PaymentView);
    type Row = OpeningBalanceRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<OpeningBalanceRow>> {
        let after = self.after.unwrap_or(Id::new(0));
        let limit = page_size(self.limit, 500)?;
        let rows = match self.counterparty {
            Some(counterparty) => {
                let mut rows = of_counterparty(view, counterparty)?;
                rows.retain(|row| row.id > after && self.currency.is_none_or(|wanted| row.currency == wanted));
                rows
            }
            None => {
                let currency = self.currency.map(|currency| currency.code().to_owned()).unwrap_or_default();
                view.rows(&AFTER, params![after, limit, currency])?
            }
        };
        rows.into_iter().map(|row| told(view, row)).collect()
    }
}

/// Count and sum of everything that matches, one row a currency. Takes the filters of `opening-balances`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct OpeningBalancesTotals(pub OpeningBalances);

/// Count and sum in one currency; what the company owes stands below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpeningTotals {
    /// The currency.
    pub currency: Currency,
    /// How many balances.
    pub count: i64,
    /// What was owed.
    pub amount: Money,
}

impl FromRow for OpeningTotals {
    fn from_row(columns: &mut Columns) -> Result<OpeningTotals> {
        let (currency, count) = (columns.take()?, columns.take()?);
        Ok(OpeningTotals { currency, count, amount: Money::new(columns.take()?, currency) })
    }
}

impl Query for OpeningBalancesTotals {
    const NAME: &'static str = "opening-balances-totals";
    const NEED: Need = OpeningBalances::NEED;
    type Row = OpeningTotals;

    fn run(&self, view: &View<'_>) -> Result<Vec<OpeningTotals>> {
        let counterparty = self.0.counterparty.unwrap_or(Id::new(0));
        let currency = self.0.currency.map(|currency| currency.code().to_owned()).unwrap_or_default();
        view.rows(&TOTALS, params![counterparty, currency])
    }
}

fn told(db: &Db, row: OpeningBalance) -> Result<OpeningBalanceRow> {
    Ok(OpeningBalanceRow {
        id: row.id,
        version: row.version,
        counterparty: row.counterparty_id,
        counterparty_name: db.get(row.counterparty_id)?.name,
        currency: row.currency,
        date: row.date,
        amount: Money::new(row.amount, row.currency),
    })
}
