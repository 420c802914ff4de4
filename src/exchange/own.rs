//! Rows of our own export on their way back: what they say stands here already, under the id that they carry.

use serde_json::Value as Json;

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::counterparty::Counterparty;
use crate::domain::import::record::ImportRecord;
use crate::domain::import::{ImportKind, known};
use crate::domain::item::Item;
use crate::domain::order::Order;
use crate::engine::db::Db;

/// Rejected, naming it, for a record that never came in from a file and yet stands here just so: it went out from here,
/// and would stand here twice.
pub(super) fn not_here(db: &Db, import: &ImportRecord) -> Result<()> {
    if known(db, import.kind, &import.source, &import.key)?.is_some() {
        return Ok(());
    }
    match here(db, import)? {
        Some(name) => Err(Error::rejected("error.import.here_already").arg("name", name)),
        None => Ok(()),
    }
}

fn here(db: &Db, import: &ImportRecord) -> Result<Option<String>> {
    let Ok(id) = import.key.parse::<Id<()>>() else {
        return Ok(None);
    };
    let said = |field: &str| import.arguments.get(field).and_then(Json::as_str).unwrap_or_default();
    let named = |name: &String| name == said("name");
    Ok(match import.kind {
        ImportKind::Counterparties => db.find_row::<Counterparty>(Id::new(id.get()))?.map(|row| row.name).filter(named),
        ImportKind::Items => db.find_row::<Item>(Id::new(id.get()))?.map(|row| row.name).filter(named),
        ImportKind::Orders => {
            let received = Instant::parse(said("received")).ok();
            let order = db.find_row::<Order>(Id::new(id.get()))?;
            order.filter(|order| received == Some(order.received_at)).map(|order| order.number.to_string())
        }
        ImportKind::OrderLines | ImportKind::OpeningBalances => None,
    })
}
