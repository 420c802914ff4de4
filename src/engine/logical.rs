//! What a company knows, as one hash: every journaled row without how often it was stored. Two files that tell the same
//! story have the same hash. Journal, counters, drafts and secrets stay out.

use sha2::{Digest as _, Sha256};

use crate::base::error::Result;
use crate::engine::business::Business;
use crate::engine::db::Db;
use crate::engine::journal;
use crate::engine::tx::select_sql;
use crate::engine::value::Value;

/// SHA-256 over all rows of all tables that are no secrets, in the order of tables and ids.
pub fn logical_hash(db: &Db, business: &Business) -> Result<Vec<u8>> {
    let mut tables: Vec<_> = business.tables().filter(|table| !table.secret).collect();
    tables.sort_by_key(|table| table.code);
    let mut hasher = Sha256::new();
    for table in tables {
        db.each(&select_sql(table, false), &[], |mut values: Vec<Value>| {
            if let Some(version) = values.get_mut(1) {
                *version = Value::Int(0);
            }
            hasher.update(journal::digest(table, &values));
            Ok(())
        })?;
    }
    Ok(hasher.finalize().to_vec())
}
