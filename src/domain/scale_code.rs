//! Scale codes: barcodes that a shop's own scales print, in which the item's number and its weight or amount stand.
//! Thirteen digits: a prefix, the item's number, the value, a check digit (GS1 leaves 02 and 20-29 to the company).

use serde::{Deserialize, Serialize};

use crate::base::barcode;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::domain::directory::{self, Saved};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{code_column, params, remove_command, result_row, statements, table};

/// The digits of a code before its check digit.
const BODY: i64 = 12;

/// What the value in a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// How much of the item, in its unit.
    Quantity,
    /// What it costs, in the item's currency.
    Amount,
}

impl Measure {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            Measure::Quantity => "quantity",
            Measure::Amount => "amount",
        }
    }

    /// The measure with this text, if there is one.
    pub fn parse(text: &str) -> Option<Measure> {
        [Measure::Quantity, Measure::Amount].into_iter().find(|measure| measure.code() == text)
    }
}

code_column!(Measure);

table! {
    /// How the codes of one prefix are read.
    pub struct ScaleCode in "scale_codes" code 25 {
        /// How people call it.
        name: String,
        /// What its codes begin with.
        prefix: String,
        /// How many digits behind the prefix are the item's number.
        item_digits: i64,
        /// What the digits behind it tell.
        measure: Measure,
        /// How many of those are decimals.
        decimals: i64,
        /// Whether codes are read by it.
        active: bool,
    }
}

statements! {
    /// Every scale code, the longer prefix before the shorter one that it begins with.
    ALL = "
        SELECT id, version, name, prefix, item_digits, measure, decimals, active
        FROM scale_codes
        ORDER BY prefix DESC, id";
    /// The scale code of a prefix.
    BY_PREFIX = "
        SELECT id, version, name, prefix, item_digits, measure, decimals, active
        FROM scale_codes
        WHERE prefix = ?1";
}

/// Scale codes as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveScaleCode>(), CommandEntry::of::<RemoveScaleCode>()],
    queries: &[QueryEntry::of::<ScaleCodes>()],
    tables: &[ScaleCode::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// What a scanned code says by one of the scale codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The item's number as it stands in the code, and without leading zeros.
    pub numbers: [String; 2],
    /// The code as it would be with a value of nothing: under this an item may be kept too.
    pub bare: String,
    /// What the value is.
    pub measure: Measure,
    /// The value without its point.
    pub value: i64,
    /// How many of its digits are decimals.
    pub decimals: u32,
}

/// Reads a scanned code by the longest prefix that is switched on; none where it is no scale code.
pub fn read(db: &Db, scanned: &str) -> Result<Option<Weighed>> {
    if !barcode::checks(scanned) || scanned.len() != 13 {
        return Ok(None);
    }
    let rules: Vec<ScaleCodeRow> = db.rows(&ALL, params![])?;
    let rule = rules.into_iter().find(|rule| rule.active && scanned.starts_with(&rule.prefix));
    Ok(rule.and_then(|rule| rule.weighed(scanned)))
}

impl ScaleCodeRow {
    fn weighed(&self, scanned: &str) -> Option<Weighed> {
        let behind = self.prefix.len().checked_add(usize::try_from(self.item_digits).ok()?)?;
        let number = scanned.get(self.prefix.len()..behind)?;
        let value = scanned.get(behind..12)?;
        let short = number.trim_start_matches('0');
        let zeros = "0".repeat(value.len());
        Some(Weighed {
            numbers: [number.to_owned(), short.to_owned()],
            bare: barcode::with_check_digit(&format!("{}{number}{zeros}", self.prefix)),
            measure: self.measure,
            value: value.parse().ok()?,
            decimals: u32::try_from(self.decimals).ok()?,
        })
    }
}

/// Adds a scale code or changes one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveScaleCode {
    /// The one to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<ScaleCode>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What its codes begin with: 02, or 20 to 29 and up to two digits more.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// How many digits behind the prefix are the item's number, 3 to 7; 5 when left out.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub item_digits: Option<i64>,
    /// What the digits behind it tell; the quantity when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// How many of those are decimals, at most 4; 3 when left out.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub decimals: Option<i64>,
    /// Whether codes are read by it.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveScaleCode {
    const NAME: &'static str = "save-scale-code";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = old.clone().unwrap_or_else(ScaleCode::blank);
        let new = ScaleCode {
            name: directory::name_or(self.name.as_ref(), &before.name)?,
            prefix: prefix(self.prefix.as_deref().unwrap_or(&before.prefix))?,
            item_digits: within(self.item_digits.unwrap_or(before.item_digits), (3, 7), "item_digits")?,
            measure: self.measure.unwrap_or(before.measure),
            decimals: within(self.decimals.unwrap_or(before.decimals), (0, 4), "decimals")?,
            active: self.active.unwrap_or(before.active),
            ..before
        };
        new.holds_a_value()?;
        let taken: Option<ScaleCode> = tx.row(&BY_PREFIX, params![new.prefix.clone()])?;
        if taken.is_some_and(|other| old.as_ref().is_none_or(|old| old.id != other.id)) {
            return Err(Error::rejected("error.scale_prefix_taken").arg("prefix", &new.prefix).at("prefix"));
        }
        directory::stored(tx, old.as_ref(), &new)
    }
}

/// What GS1 leaves to a company: 02, and 20 to 29, with up to two digits more.
fn prefix(typed: &str) -> Result<String> {
    let digits = crate::base::text::ascii_digits(typed.trim());
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()) && (2..=4).contains(&digits.len());
    if number && (digits.starts_with("02") || digits.starts_with('2')) {
        return Ok(digits);
    }
    Err(Error::rejected("error.scale_prefix").at("prefix"))
}

fn within(number: i64, (least, most): (i64, i64), field: &'static str) -> Result<i64> {
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(Error::rejected("error.scale_digits").arg("least", least).arg("most", most).at(field))
}

remove_command!(
    /// Removes a scale code.
    RemoveScaleCode, "remove-scale-code", ScaleCode, Need::Right(Right::DirectoryEdit), |_, _| Ok(())
);

/// Every scale code, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleCodes {
    /// Only those that are read by, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A scale code in a list.
    pub struct ScaleCodeRow {
        /// Its id.
        id: Id<ScaleCode>,
        /// Its version.
        version: i64,
        /// How people call it.
        name: String,
        /// What its codes begin with.
        prefix: String,
        /// How many digits behind the prefix are the item's number.
        item_digits: i64,
        /// What the digits behind it tell.
        measure: Measure,
        /// How many of those are decimals.
        decimals: i64,
        /// Whether codes are read by it.
        active: bool,
    }
}

impl Query for ScaleCodes {
    const NAME: &'static str = "scale-codes";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = ScaleCodeRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<ScaleCodeRow>> {
        let rows: Vec<ScaleCodeRow> = view.rows(&ALL, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl ScaleCode {
    fn blank() -> ScaleCode {
        let (name, prefix) = (String::new(), String::new());
        let (item_digits, measure, decimals) = (5, Measure::Quantity, 3);
        ScaleCode { id: Id::new(0), version: 0, name, prefix, item_digits, measure, decimals, active: true }
    }

    /// Rejected where prefix and number leave less than two digits, or fewer than there are decimals.
    fn holds_a_value(&self) -> Result<()> {
        let prefix = i64::try_from(self.prefix.len()).unwrap_or(BODY);
        let left = BODY.saturating_sub(prefix).saturating_sub(self.item_digits);
        if left < 2 || left < self.decimals {
            return Err(Error::rejected("error.scale_room").arg("left", left).at("item_digits"));
        }
        Ok(())
    }
}

/// Stores the one that most scales are set to: 21, five digits of the item, five of grams.
pub(crate) fn ship(tx: &mut Tx<'_>, lang: Lang) -> Result<()> {
    let name = tr(lang, "scale_codes.shipped", &[]);
    tx.insert(&ScaleCode { name, prefix: "21".to_owned(), ..ScaleCode::blank() })?;
    Ok(())
}
