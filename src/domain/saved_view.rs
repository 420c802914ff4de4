//! Saved views: how a person looks at a list, kept under a name for oneself, for a role or for everyone. What a view
//! holds (filter, order, columns) is the window's business.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::directory::{self, Saved};
use crate::domain::role::{self, Role};
use crate::domain::user::User;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::rule::Ruled;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::{Actor, Tx};
use crate::engine::value::damaged;
use crate::{params, remove_command, result_row, statements, table};

/// The lists that are looked at by views, by their queries.
pub const LISTS: &[&str] = &["orders", "counterparties", "items", "payments", "invoices", "tasks"];

/// The longest name, in letters: it stands on a button.
const LONGEST_NAME: usize = 60;

/// The longest content, in bytes of its JSON.
const LONGEST: usize = 16 * 1024;

table! {
    /// A way to look at a list.
    pub struct SavedView in "views" code 72 {
        /// The list, by its query.
        list: String,
        /// How people call it.
        name: String,
        /// The name's sort key; no two views of one person and list share it.
        name_key: String,
        /// Whose it is.
        user_id: Id<User>,
        /// Whether others see it.
        shared: bool,
        /// Only whoever holds this role sees it; everyone where none is named.
        role_id: Option<Id<Role>>,
        /// What it holds, as JSON in the window's own form.
        content: String,
    }
}

statements! {
    /// The view of a person with a sort key.
    BY_KEY = "SELECT id, version, list, name, name_key, user_id, shared, role_id, content
              FROM views
              WHERE list = ?1 AND user_id = ?2 AND name_key = ?3";
    /// One's own views, and those that others share.
    SEEN = "SELECT v.id, v.version, v.list, v.name, v.content, v.shared, v.user_id, u.name, v.role_id, r.code, r.name
            FROM views v
            JOIN users u ON u.id = v.user_id
            LEFT JOIN roles r ON r.id = v.role_id
            WHERE v.user_id = ?1 OR v.shared = 1
            ORDER BY v.list, v.name_key, v.id";
    /// The role of a person.
    ROLE_OF = "SELECT role_id FROM users WHERE id = ?1";
    /// With whom a view can be shared.
    AUDIENCES = "SELECT code, name FROM roles ORDER BY id";
}

/// Saved views as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveView>(), CommandEntry::of::<RemoveView>()],
    queries: &[QueryEntry::of::<Views>(), QueryEntry::of::<ViewAudiences>()],
    tables: &[SavedView::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// Keeps a way to look at a list, or changes one. It is one's own until it is shared.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveView {
    /// The view to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<SavedView>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The list of a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Json>,
    /// Whether others see it.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// Code of the role that sees it; everyone when cleared.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub role: Option<Option<String>>,
}

impl Command for SaveView {
    const NAME: &'static str = "save-view";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        old.as_ref().map_or(Ok(()), |old: &SavedView| old.changeable(tx.actor()))?;
        let before = old.clone().unwrap_or_else(|| SavedView::blank(tx.actor()));
        let list = list(self.list.as_deref(), old.as_ref())?;
        let name = directory::line_or(self.name.as_ref(), &before.name, "name", LONGEST_NAME)?;
        let name = directory::filled(name, "name")?;
        let name_key = text::sort_key(&name);
        let taken: Option<SavedView> = tx.row(&BY_KEY, params![list, before.user_id, name_key])?;
        if taken.is_some_and(|taken| taken.id != before.id) {
            return Err(Error::rejected("error.view.name_taken").arg("name", name).at("name"));
        }
        let role_id = self.role(tx, before.role_id)?;
        let shared = self.shared.unwrap_or(before.shared);
        let content = self.content.as_ref().map_or_else(|| Ok(before.content.clone()), content)?;
        let role_id = role_id.filter(|_| shared);
        let new = SavedView { list, name, name_key, shared, role_id, content, ..before };
        new.changeable(tx.actor()).map_err(|error| error.at("shared"))?;
        directory::stored(tx, old.as_ref(), &new)
    }
}

impl SaveView {
    /// The role that sees it after the save. Rejected at `role` when there is none with this code.
    fn role(&self, tx: &Tx<'_>, before: Option<Id<Role>>) -> Result<Option<Id<Role>>> {
        match &self.role {
            None => Ok(before),
            Some(None) => Ok(None),
            Some(Some(code)) => role::by_code(tx, code).map(|role| Some(role.id)),
        }
    }
}

/// The list after a save. Rejected at `list` where there is none of this name, and where it would change.
fn list(given: Option<&str>, old: Option<&SavedView>) -> Result<String> {
    let before = old.map(|old| old.list.as_str());
    let list = given.or(before).unwrap_or_default();
    if LISTS.contains(&list) && before.is_none_or(|before| before == list) {
        return Ok(list.to_owned());
    }
    let error = Error::rejected("error.view.list").arg("text", list);
    Err(error.arg("known", before.map_or_else(|| LISTS.join(", "), str::to_owned)).at("list"))
}

/// The content as it is kept. Rejected at `content` when it is no object, or too long.
fn content(given: &Json) -> Result<String> {
    let content = given.to_string();
    if given.is_object() && content.len() <= LONGEST {
        Ok(content)
    } else {
        Err(Error::rejected("error.view.content").at("content"))
    }
}

remove_command!(
    /// Removes a view; the records that it showed stay.
    RemoveView, "remove-view", SavedView, Need::SignedIn, |tx, view| view.changeable(tx.actor())
);

impl SavedView {
    fn blank(actor: &Actor) -> SavedView {
        SavedView {
            id: Id::new(0),
            version: 0,
            list: String::new(),
            name: String::new(),
            name_key: String::new(),
            user_id: Id::new(actor.user),
            shared: false,
            role_id: None,
            content: "{}".to_owned(),
        }
    }

    /// Rejected for a shared one without the right to share; one that is another's own is not there.
    fn changeable(&self, actor: &Actor) -> Result<()> {
        if self.shared {
            actor.require(Right::ViewShare)
        } else if self.user_id.get() == actor.user {
            Ok(())
        } else {
            Err(Error::missing("views", self.id).at("id"))
        }
    }
}

impl Ruled for SavedView {
    /// What is shared comes and goes only by who may share.
    fn put_back(tx: &Tx<'_>, before: Option<&SavedView>, now: Option<&SavedView>) -> Result<()> {
        let shared = before.into_iter().chain(now).any(|view| view.shared);
        if shared { tx.actor().require(Right::ViewShare) } else { Ok(()) }
    }
}

/// One's own views, and those shared with the asker; with the right to share, everything that is shared.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// Only those of this list.
    #[serde(default)]
    pub list: Option<String>,
}

result_row! {
    /// A view as it stands in the file.
    pub struct Kept {
        /// Its id.
        id: Id<SavedView>,
        /// Its version.
        version: i64,
        /// The list, by its query.
        list: String,
        /// How people call it.
        name: String,
        /// What it holds.
        #[serde(skip)]
        content: String,
        /// Whether others see it.
        shared: bool,
        /// Whose it is.
        user: Id<User>,
        /// How that person is called.
        user_name: String,
        /// The role that sees it.
        #[serde(skip)]
        role_id: Option<Id<Role>>,
        /// Code of that role.
        role: Option<String>,
        /// How people call that role.
        role_name: Option<String>,
    }
}

/// A view as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ViewRow {
    /// As it stands in the file.
    #[serde(flatten)]
    pub kept: Kept,
    /// What it holds, in the window's own form.
    pub content: Json,
    /// Whether the asker may change it.
    pub changeable: bool,
}

impl Query for Views {
    const NAME: &'static str = "views";
    const NEED: Need = Need::SignedIn;
    type Row = ViewRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<ViewRow>> {
        let actor = view.actor();
        let role = role_of(view, actor)?;
        let shares = actor.can(Right::ViewShare);
        let kept: Vec<Kept> = view.rows(&SEEN, params![actor.user])?;
        let mine = |kept: &Kept| kept.user.get() == actor.user;
        let asked = kept.into_iter().filter(|kept| self.list.as_ref().is_none_or(|list| *list == kept.list));
        let seen = asked.filter(|kept| mine(kept) || shares || kept.role_id.is_none_or(|of| Some(of) == role));
        let told = |kept: Kept| {
            let content = serde_json::from_str(&kept.content).map_err(damaged)?;
            let changeable = if kept.shared { shares } else { mine(&kept) };
            Ok(ViewRow { kept, content, changeable })
        };
        seen.map(told).collect()
    }
}

fn role_of(db: &Db, actor: &Actor) -> Result<Option<Id<Role>>> {
    let found: Option<(Id<Role>,)> = db.row(&ROLE_OF, params![actor.user])?;
    Ok(found.map(|(role,)| role))
}

/// The roles with which a view can be shared.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewAudiences {}

result_row! {
    /// A role with which a view can be shared.
    pub struct AudienceRow {
        /// Its code.
        code: String,
        /// How people call it.
        name: String,
    }
}

impl Query for ViewAudiences {
    const NAME: &'static str = "view-audiences";
    const NEED: Need = Need::Right(Right::ViewShare);
    type Row = AudienceRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<AudienceRow>> {
        view.rows(&AUDIENCES, &[])
    }
}
