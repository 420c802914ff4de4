//! Statuses: what people call the states of an order, with a colour and an icon. The states themselves are fixed.

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
use crate::engine::rule::Ruled;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, remove_command, result_row, statements, table};

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

statements! {
    /// The status with a code.
    BY_CODE = "
        SELECT id, version, code, name, state, color, icon, position, active
        FROM statuses
        WHERE code = ?1";
    /// Every status in the order people gave them.
    ALL = "
        SELECT id, version, code, name, state, color, icon, position, active
        FROM statuses
        ORDER BY position, id";
}

/// Statuses as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveStatus>(), CommandEntry::of::<RemoveStatus>()],
    queries: &[QueryEntry::of::<Statuses>()],
    tables: &[OrderStatus::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

const DIRECTORY: Directory = Directory { by_key: &BY_CODE, key: str::to_owned };

/// The status a person names by its code. Rejected at `status` when there is none.
pub fn find(db: &Db, typed: &str) -> Result<OrderStatus> {
    directory::find(db, &DIRECTORY, typed, "status")
}

/// The same, for something new. Rejected at `status` also when it is switched off.
pub fn offered(db: &Db, typed: &str) -> Result<OrderStatus> {
    directory::offered(find(db, typed)?, |status| (status.active, &status.name)).map_err(|error| error.at("status"))
}

/// Adds a status or changes one; the state it belongs to is fixed once it is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveStatus {
    /// The status to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<OrderStatus>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Its short fixed name; made of the name when left out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The state a new one belongs to.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// `#RRGGBB`.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Name of an icon.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Its place in lists; last when left out.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveStatus {
    const NAME: &'static str = "save-status";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = match &old {
            Some(old) => old.clone(),
            None => OrderStatus { position: last_position(tx)?.saturating_add(1), ..OrderStatus::blank() },
        };
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let new = OrderStatus {
            code: own_code(directory::code_or(self.code.as_ref(), &before.code, &name)?, &before.code)?,
            name,
            state: state(self.state.as_deref(), old.as_ref())?,
            color: color(self.color.as_deref().unwrap_or(&before.color))?,
            icon: icon(self.icon.as_deref().unwrap_or(&before.icon))?,
            position: self.position.unwrap_or(before.position),
            active: self.active.unwrap_or(before.active),
            ..before
        };
        if !new.active {
            not_the_last(tx, &new).map_err(|error| error.at("active"))?;
        }
        directory::stored(tx, old.as_ref(), &new)
    }
}

fn last_position(db: &Db) -> Result<i64> {
    let all: Vec<OrderStatus> = db.rows(&ALL, params![])?;
    Ok(all.iter().map(|status| status.position).max().unwrap_or(0))
}

/// The code after a save. Rejected where it would be the word of a state: whoever asks for that means all its statuses.
fn own_code(code: String, before: &str) -> Result<String> {
    if code != before && is_state(&code) {
        return Err(Error::rejected("error.status_code_of_state").arg("code", code).at("code"));
    }
    Ok(code)
}

fn is_state(word: &str) -> bool {
    SHIPPED.iter().any(|(code, ..)| *code == word)
}

/// The state after a save. Rejected when a new status has none, there is no such state, or it would change.
fn state(given: Option<&str>, old: Option<&OrderStatus>) -> Result<String> {
    match (given, old) {
        (None, Some(old)) => Ok(old.state.clone()),
        (Some(given), Some(old)) if given != old.state => Err(Error::rejected("error.status_state_fixed").at("state")),
        (Some(given), _) if is_state(given) => Ok(given.to_owned()),
        (Some(given), _) => Err(Error::rejected("error.state_unknown").arg("text", given).at("state")),
        (None, None) => Err(Error::rejected("error.field_empty").at("state")),
    }
}

fn color(typed: &str) -> Result<String> {
    let digits = typed.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(typed.to_uppercase());
    }
    Err(Error::rejected("error.color_unreadable").arg("text", typed).at("color"))
}

fn icon(typed: &str) -> Result<String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !typed.is_empty() && typed.len() <= 40 && typed.bytes().all(plain) {
        return Ok(typed.to_owned());
    }
    Err(Error::rejected("error.icon_unreadable").arg("text", typed).at("icon"))
}

remove_command!(
    /// Removes a status that no order has.
    RemoveStatus, "remove-status", OrderStatus, Need::Right(Right::DirectoryEdit), |tx, status| not_the_last(tx, status)
);

/// Rejected where a state would be left without a status that is offered: orders in it would have no name.
fn not_the_last(db: &Db, status: &OrderStatus) -> Result<()> {
    let all: Vec<OrderStatus> = db.rows(&ALL, params![])?;
    if all.iter().any(|other| other.id != status.id && other.active && other.state == status.state) {
        return Ok(());
    }
    let state = format!("status.{}", status.state);
    Err(Error::rejected("error.status_last").arg("name", &status.name).named("state", state))
}

impl Ruled for OrderStatus {
    /// The others of its state may be gone or switched off since.
    fn put_back(tx: &Tx<'_>, before: Option<&OrderStatus>, now: Option<&OrderStatus>) -> Result<()> {
        match now.or(before) {
            Some(status) if now.is_none_or(|now| !now.active) => not_the_last(tx, status),
            _ => Ok(()),
        }
    }
}

/// Every status, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A status in a list.
    pub struct StatusRow {
        /// Its id.
        id: Id<OrderStatus>,
        /// Its version.
        version: i64,
        /// Its short fixed name.
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

impl Query for Statuses {
    const NAME: &'static str = "statuses";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = StatusRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<StatusRow>> {
        let rows: Vec<StatusRow> = view.rows(&ALL, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl OrderStatus {
    fn blank() -> OrderStatus {
        OrderStatus {
            id: Id::new(0),
            version: 0,
            code: String::new(),
            name: String::new(),
            state: String::new(),
            color: "#8A8F98".to_owned(),
            icon: "circle".to_owned(),
            position: 0,
            active: true,
        }
    }
}

/// One status for each state: code, colour, icon; the icons are those by which the themes tell states apart.
const SHIPPED: [(&str, &str, &str); 6] = [
    ("draft", "#8A8F98", "circle-dashed"),
    ("confirmed", "#2F6FDE", "circle"),
    ("in-work", "#D98A00", "loader"),
    ("ready", "#1E9E5A", "package-check"),
    ("closed", "#5B6470", "check"),
    ("cancelled", "#C23B3B", "x"),
];

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
