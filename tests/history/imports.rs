//! Arguments for the commands that bring records in from outside, batch by batch.

use serde_json::{Value as Json, json};

use super::{World, documents};

pub fn open(world: &mut World) -> Option<Json> {
    let kind = ["counterparties", "items", "orders"][world.chance.below(3)];
    Some(json!({"kind": kind, "file_name": format!("{kind}.csv"), "file_hash": "0".repeat(64)}))
}

/// A record of an open batch, new or known by its key from before.
pub fn record(world: &mut World) -> Option<Json> {
    let (batch, _) =
        world.pick("SELECT id, version FROM import_batches WHERE state = 'open' ORDER BY id DESC LIMIT 4")?;
    let kind = world.pick_text("SELECT kind FROM import_batches WHERE state = 'open' ORDER BY id")?;
    let arguments = match kind.as_str() {
        "counterparties" => json!({"kind": "person", "name": world.word()}),
        "items" => json!({"kind": "goods", "name": world.word(), "unit": "pcs", "price": world.amount(900)}),
        _ => json!({"status": "confirmed", "note": world.word(), "lines": documents::lines(world)}),
    };
    let key = world.chance.below(60).to_string();
    Some(json!({"batch": batch, "kind": kind, "source": "other", "key": key, "arguments": arguments}))
}

pub fn note(world: &mut World) -> Option<Json> {
    let (batch, _) =
        world.pick("SELECT id, version FROM import_batches WHERE state = 'open' ORDER BY id DESC LIMIT 4")?;
    let rows = json!({"read": 9, "added": 5, "changed": 2, "unchanged": 1, "rejected": 1});
    Some(json!({"batch": batch, "next": 9, "done": world.chance.below(4) == 0, "rows": rows}))
}

/// A batch whose records nobody has changed since, if chance will have it.
pub fn undo(world: &mut World) -> Option<Json> {
    let (batch, _) =
        world.pick("SELECT id, version FROM import_batches WHERE state <> 'undone' ORDER BY id DESC LIMIT 4")?;
    Some(json!({"batch": batch}))
}
