//! Arguments for the commands of tasks and messages.

use serde_json::{Value as Json, json};

use super::World;

/// A new task, or in a third of the cases one that is there; some about an order or a customer.
pub fn task(world: &mut World) -> Option<Json> {
    let repeats = ["never", "daily", "weekdays", "weekly", "monthly", "yearly"][world.chance.below(6)];
    let (day, time) = (1 + world.chance.below(28), ["", "9:30", "14:00"][world.chance.below(3)]);
    let mut values =
        json!({"name": world.word(), "day": format!("2026-03-{day:02}"), "time": time, "repeats": repeats});
    if let Some((order, _)) = world.pick("SELECT id, version FROM orders ORDER BY id") {
        values["order"] = if world.chance.coin() { json!(order) } else { Json::Null };
    }
    if let Some((customer, _)) = world.pick("SELECT id, version FROM counterparties ORDER BY id") {
        values["counterparty"] = if world.chance.coin() { json!(customer) } else { Json::Null };
    }
    if world.chance.below(3) == 0
        && let Some((id, version)) = world.pick("SELECT id, version FROM tasks ORDER BY id")
    {
        values["id"] = json!(id);
        values["version"] = json!(version);
    }
    Some(values)
}

pub fn finish(world: &mut World) -> Option<Json> {
    let (id, version) = world.pick("SELECT id, version FROM tasks WHERE done = 0 ORDER BY id")?;
    Some(json!({"id": id, "version": version}))
}

pub fn remove_task(world: &mut World) -> Option<Json> {
    let (id, version) = world.pick("SELECT id, version FROM tasks ORDER BY id")?;
    Some(json!({"id": id, "version": version}))
}

/// To oneself: nobody else works in this company.
pub fn message(world: &mut World) -> Option<Json> {
    Some(json!({"to": 1, "text": world.word()}))
}

pub fn read(world: &mut World) -> Option<Json> {
    let (id, _) = world.pick("SELECT id, version FROM messages WHERE read = 0 ORDER BY id")?;
    Some(json!({ "id": id }))
}

/// A new view of a list, or in a third of the cases one that is there.
pub fn view(world: &mut World) -> Option<Json> {
    let list = ["orders", "items", "tasks"][world.chance.below(3)];
    let text = world.word();
    let mut values = json!({"name": world.word(), "content": {"filter": {"text": text}}});
    match world.chance.below(3) {
        0 => values["shared"] = json!(false),
        1 => values["shared"] = json!(true),
        _ => {
            values["shared"] = json!(true);
            values["role"] = json!("sales");
        }
    }
    match world.pick("SELECT id, version FROM views ORDER BY id").filter(|_| world.chance.below(3) == 0) {
        Some((id, version)) => {
            values["id"] = json!(id);
            values["version"] = json!(version);
        }
        None => values["list"] = json!(list),
    }
    Some(values)
}

pub fn remove_view(world: &mut World) -> Option<Json> {
    let (id, version) = world.pick("SELECT id, version FROM views ORDER BY id")?;
    Some(json!({"id": id, "version": version}))
}
