//! Attachments: scans, contracts and photos that belong to a record. The content is kept once, by its hash.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::directory::{self, Removed};
use crate::domain::file::{self, FileHash};
use crate::domain::invoice::{Invoice, store as invoices};
use crate::domain::item::Item;
use crate::domain::order::{Order, store as orders};
use crate::domain::payment::{Payment, store as payments};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::rule::Ruled;
use crate::engine::store::Slice;
use crate::engine::table::Row;
use crate::engine::tx::{Actor, Tx};
use crate::{code_column, params, statements, table};

/// The longest name of a file, in letters.
const LONGEST_NAME: usize = 255;

/// The kind of record that a file is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// An order.
    Order,
    /// A counterparty.
    Counterparty,
    /// An item.
    Item,
    /// A payment.
    Payment,
    /// An invoice.
    Invoice,
}

impl Owner {
    /// Every kind.
    pub const ALL: [Owner; 5] = [Owner::Order, Owner::Counterparty, Owner::Item, Owner::Payment, Owner::Invoice];

    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            Owner::Order => "order",
            Owner::Counterparty => "counterparty",
            Owner::Item => "item",
            Owner::Payment => "payment",
            Owner::Invoice => "invoice",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<Owner> {
        Owner::ALL.into_iter().find(|owner| owner.code() == text)
    }
}

code_column!(Owner);

table! {
    /// A file attached to a record.
    pub struct Attachment in "attachments" code 52 {
        /// The kind of record.
        owner: Owner,
        /// The record's id.
        owner_id: i64,
        /// The file's name.
        name: String,
        /// What it is, by its content.
        media_type: String,
        /// Its size in bytes.
        size: i64,
        /// The hash its content is kept by.
        content_hash: Vec<u8>,
    }
}

statements! {
    /// The files of a record, oldest first.
    OF_OWNER = "
        SELECT id, version, owner, owner_id, name, media_type, size, content_hash
        FROM attachments
        WHERE owner = ?1 AND owner_id = ?2
        ORDER BY id";
}

/// Attachments as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<AttachFile>(), CommandEntry::of::<RemoveAttachment>()],
    queries: &[QueryEntry::of::<Attachments>()],
    tables: &[Attachment::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// Attaches a kept file to a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachFile {
    /// The kind of record.
    pub owner: Owner,
    /// The record's id.
    #[serde(deserialize_with = "lenient::int")]
    pub owner_id: i64,
    /// The file's name; folders before it are dropped.
    pub name: String,
    /// The hash that keeping the file gave.
    pub hash: FileHash,
}

/// What attaching answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// The attachment's id.
    pub id: Id<Attachment>,
    /// Its version.
    pub version: i64,
    /// What the file is, by its content.
    pub media_type: String,
}

impl Command for AttachFile {
    const NAME: &'static str = "attach-file";
    const NEED: Need = Need::Right(Right::AttachmentEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Attached;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Attached> {
        visible(tx, tx.actor(), self.owner, self.owner_id)?;
        let content = file::kept(tx, &self.hash, "hash")?;
        let media_type = file::media_type(&content).to_owned();
        let id = tx.insert(&Attachment {
            id: Id::new(0),
            version: 0,
            owner: self.owner,
            owner_id: self.owner_id,
            name: file_name(&self.name)?,
            media_type: media_type.clone(),
            size: i64::try_from(content.len()).unwrap_or(i64::MAX),
            content_hash: self.hash.bytes().to_vec(),
        })?;
        Ok(Attached { id, version: 1, media_type })
    }
}

/// The last part of a path, as it is kept.
fn file_name(typed: &str) -> Result<String> {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    directory::line(last, "name", LONGEST_NAME).and_then(|name| directory::filled(name, "name"))
}

/// Removes an attachment; its content stays kept for the history.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveAttachment {
    /// Which one.
    pub id: Id<Attachment>,
    /// Its version as it was seen.
    #[serde(deserialize_with = "lenient::int")]
    pub version: i64,
}

impl Command for RemoveAttachment {
    const NAME: &'static str = "remove-attachment";
    const NEED: Need = Need::Right(Right::AttachmentEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Removed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Removed> {
        let row = tx.seen(self.id, self.version)?;
        visible(tx, tx.actor(), row.owner, row.owner_id)?;
        directory::removed(tx, &row)
    }
}

/// The files of one record, oldest first.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachments {
    /// The kind of record.
    pub owner: Owner,
    /// The record's id.
    #[serde(deserialize_with = "lenient::int")]
    pub owner_id: i64,
}

/// An attachment as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachmentRow {
    /// Its id.
    pub id: Id<Attachment>,
    /// Its version.
    pub version: i64,
    /// The file's name.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// The hash its content is kept by.
    pub hash: FileHash,
}

impl Query for Attachments {
    const NAME: &'static str = "attachments";
    const NEED: Need = Need::SignedIn;
    type Row = AttachmentRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<AttachmentRow>> {
        visible(view, view.actor(), self.owner, self.owner_id)?;
        rows_of(view, self.owner, self.owner_id)
    }
}

impl AttachmentRow {
    fn of(row: Attachment) -> AttachmentRow {
        AttachmentRow {
            id: row.id,
            version: row.version,
            name: row.name,
            media_type: row.media_type,
            size: row.size,
            hash: FileHash::from_bytes(row.content_hash),
        }
    }
}

/// The content of an attachment. Rejected for who may not see the record it belongs to.
pub fn content(view: &View<'_>, id: Id<Attachment>) -> Result<Vec<u8>> {
    let row = view.get(id)?;
    visible(view, view.actor(), row.owner, row.owner_id)?;
    view.blob(&row.content_hash)
}

/// The files of a record, oldest first.
pub fn of_owner(db: &Db, owner: Owner, owner_id: i64) -> Result<Vec<Attachment>> {
    db.rows(&OF_OWNER, params![owner, owner_id])
}

/// The files of a record as they are told, for who may see the record.
pub(crate) fn rows_of(db: &Db, owner: Owner, owner_id: i64) -> Result<Vec<AttachmentRow>> {
    Ok(of_owner(db, owner, owner_id)?.into_iter().map(AttachmentRow::of).collect())
}

/// Rejected while files are attached to a record that is about to be removed.
pub(crate) fn none_attached(db: &Db, owner: Owner, owner_id: i64) -> Result<()> {
    if of_owner(db, owner, owner_id)?.is_empty() { Ok(()) } else { Err(Error::rejected("error.used_elsewhere")) }
}

impl Ruled for Attachment {
    /// What a file was attached to may be gone since.
    fn put_back(tx: &Tx<'_>, _before: Option<&Attachment>, now: Option<&Attachment>) -> Result<()> {
        let Some(Attachment { owner, owner_id, .. }) = now else {
            return Ok(());
        };
        let stands = match owner {
            Owner::Order => exists::<Order>(tx, *owner_id),
            Owner::Counterparty => exists::<Counterparty>(tx, *owner_id),
            Owner::Item => exists::<Item>(tx, *owner_id),
            Owner::Payment => exists::<Payment>(tx, *owner_id),
            Owner::Invoice => exists::<Invoice>(tx, *owner_id),
        };
        stands.map_err(|_| Error::rejected("error.undo_refers_to_nothing"))
    }
}

impl Ruled for Counterparty {
    fn put_back(tx: &Tx<'_>, before: Option<&Counterparty>, now: Option<&Counterparty>) -> Result<()> {
        before.filter(|_| now.is_none()).map_or(Ok(()), |gone| none_attached(tx, Owner::Counterparty, gone.id.get()))
    }
}

impl Ruled for Item {
    fn put_back(tx: &Tx<'_>, before: Option<&Item>, now: Option<&Item>) -> Result<()> {
        before.filter(|_| now.is_none()).map_or(Ok(()), |gone| none_attached(tx, Owner::Item, gone.id.get()))
    }
}

/// Rejected when there is no such record, or the actor may not see it.
fn visible(db: &Db, actor: &Actor, owner: Owner, id: i64) -> Result<()> {
    let seen = match owner {
        Owner::Order => orders::visible_order(db, actor, Id::new(id)).map(drop),
        Owner::Counterparty => actor.require(Right::CounterpartyView).and_then(|()| exists::<Counterparty>(db, id)),
        Owner::Item => actor.require(Right::ItemView).and_then(|()| exists::<Item>(db, id)),
        Owner::Payment => {
            actor.require(Right::PaymentView).and_then(|()| payments::visible_payment(db, actor, Id::new(id)).map(drop))
        }
        Owner::Invoice => {
            actor.require(Right::InvoiceView).and_then(|()| invoices::visible_invoice(db, actor, Id::new(id)).map(drop))
        }
    };
    seen.map_err(|error| error.at("owner_id"))
}

fn exists<R: Row>(db: &Db, id: i64) -> Result<()> {
    db.get::<R>(Id::new(id)).map(drop)
}
