//! The barcodes on an item's card; no two items share one.

use crate::base::barcode;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::item::{Item, ItemBarcode, WITH_CODE, with_barcode};
use crate::engine::db::Db;
use crate::engine::tx::Tx;
use crate::params;

/// The barcodes after a save, each once. Rejected at its place when one is wrong, another item's, or another item's code.
pub(crate) fn wanted(db: &Db, given: Option<&[String]>, owner: Id<Item>, kept: &[ItemBarcode]) -> Result<Vec<String>> {
    let Some(given) = given else {
        return Ok(kept.iter().map(|row| row.barcode.clone()).collect());
    };
    let mut wanted: Vec<String> = Vec::new();
    for (place, typed) in given.iter().enumerate() {
        let code = barcode::read(typed).map_err(|error| error.at(format!("barcodes[{place}]")))?;
        if let Some((other, name)) = with_barcode(db, &code)?.filter(|(other, _)| *other != owner) {
            let taken = Error::rejected("error.barcode_taken").arg("text", &code).arg("name", name).arg("id", other);
            return Err(taken.at(format!("barcodes[{place}]")));
        }
        let coded: Option<(Id<Item>, String)> = db.row(&WITH_CODE, params![code.clone()])?;
        if let Some((_, name)) = coded.filter(|(other, _)| *other != owner) {
            let taken = Error::rejected("error.code_taken").arg("text", &code).arg("name", name);
            return Err(taken.at(format!("barcodes[{place}]")));
        }
        let spellings = barcode::spellings(&code);
        if !wanted.iter().any(|other| spellings.contains(other)) {
            wanted.push(code);
        }
    }
    Ok(wanted)
}

/// Makes the rows what is wanted; a barcode that stays keeps its row.
pub(crate) fn store(tx: &mut Tx<'_>, owner: Id<Item>, kept: &[ItemBarcode], wanted: &[String]) -> Result<()> {
    for row in kept.iter().filter(|row| !wanted.contains(&row.barcode)) {
        tx.delete(row)?;
    }
    for (position, barcode) in (1_i64..).zip(wanted) {
        match kept.iter().find(|row| row.barcode == *barcode) {
            Some(old) => {
                tx.update(old, &ItemBarcode { position, ..old.clone() })?;
            }
            None => {
                let barcode = barcode.clone();
                tx.insert(&ItemBarcode { id: Id::new(0), version: 0, item_id: owner, position, barcode })?;
            }
        }
    }
    Ok(())
}
