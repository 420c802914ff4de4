//! Arguments for the commands of warehouses and waybills.

use serde_json::{Value as Json, json};

use super::World;

const OWN: &str = "SELECT id, version FROM locations WHERE kind IN ('warehouse', 'retail-point', 'place') ORDER BY id";
const OFFERED: &str = "SELECT code FROM locations WHERE active = 1 AND kind IN ('warehouse', 'retail-point', 'place')
    AND (parent_id IS NULL OR parent_id IN (SELECT id FROM locations WHERE active = 1)) ORDER BY id";
const GOODS: &str = "SELECT id, version FROM items WHERE kind <> 'service' ORDER BY id DESC LIMIT 20";

pub fn warehouse(world: &mut World) -> Option<Json> {
    let mut values = json!({"name": world.word(), "below_zero": world.chance.below(4) == 0});
    if world.chance.below(3) == 0 {
        let (id, version) = world.pick(OWN)?;
        values["id"] = json!(id);
        values["version"] = json!(version);
        values["active"] = json!(world.chance.below(4) > 0);
    } else if world.chance.below(3) == 0 {
        let outer = "SELECT code FROM locations WHERE active = 1 AND kind IN ('warehouse', 'retail-point') ORDER BY id";
        values["parent"] = json!(world.pick_text(outer)?);
    } else {
        values["kind"] = json!(["warehouse", "retail-point"][world.chance.below(2)]);
    }
    Some(values)
}

pub fn remove_warehouse(world: &mut World) -> Option<Json> {
    world.pick(OWN).map(|(id, version)| json!({"id": id, "version": version}))
}

fn place(world: &mut World) -> Option<String> {
    world.pick_text(OFFERED)
}

/// One to three lines of goods in whole units.
fn lines(world: &mut World) -> Option<Vec<Json>> {
    (0..1 + world.chance.below(3))
        .map(|_| {
            let (item, _) = world.pick(GOODS)?;
            Some(json!({"item": item, "quantity": (1 + world.chance.below(20)).to_string()}))
        })
        .collect()
}

/// Lines of what lies in a place; none where there is nothing.
fn held(world: &mut World) -> Option<(String, Vec<Json>)> {
    let sql = "SELECT b.id, b.location_id FROM balances b JOIN locations l ON l.id = b.location_id
        WHERE b.on_hand >= 1000000 AND l.active = 1 AND l.kind <> 'transit' ORDER BY b.id";
    let (_, location) = world.pick(sql)?;
    let rows = world.desk.query("stock", json!({"state": "held", "limit": 500}));
    let there: Vec<&Json> = rows.iter().filter(|row| row["location"] == location).collect();
    let (mut lines, mut place) = (Vec::new(), String::new());
    for row in there.iter().take(1 + world.chance.below(3)) {
        let whole: i64 = row["on_hand"].as_str()?.split('.').next()?.parse().ok()?;
        if whole > 0 {
            let most = usize::try_from(whole).unwrap();
            lines.push(json!({"item": row["item"], "quantity": (1 + world.chance.below(most)).to_string()}));
        }
        place = row["location_code"].as_str()?.to_owned();
    }
    (!lines.is_empty()).then_some((place, lines))
}

pub fn receive(world: &mut World) -> Option<Json> {
    Some(json!({"to": place(world)?, "lines": lines(world)?, "reference": world.word()}))
}

pub fn issue(world: &mut World) -> Option<Json> {
    let (from, lines) = held(world)?;
    Some(json!({"from": from, "lines": lines}))
}

pub fn write_off(world: &mut World) -> Option<Json> {
    let (from, lines) = held(world)?;
    Some(json!({"from": from, "lines": lines, "reason": "broken"}))
}

pub fn send(world: &mut World) -> Option<Json> {
    let ((from, lines), to) = (held(world)?, place(world)?);
    Some(json!({"from": from, "to": to, "lines": lines}))
}

/// All of a transfer, or a part of its first line.
pub fn accept(world: &mut World) -> Option<Json> {
    let (waybill, _) = world.pick("SELECT id, version FROM waybills WHERE under_way = 1 ORDER BY id")?;
    let mut values = json!({"waybill": waybill});
    if world.chance.coin() {
        values["lines"] = json!([{"line": 1, "quantity": (1 + world.chance.below(3)).to_string()}]);
        values["rest_is_lost"] = json!(world.chance.below(3) == 0);
        values["reason"] = json!("lacked");
    }
    Some(values)
}

pub fn void(world: &mut World) -> Option<Json> {
    let (waybill, _) = world.pick("SELECT id, version FROM waybills WHERE voided = 0 ORDER BY id DESC LIMIT 20")?;
    Some(json!({"waybill": waybill, "reason": "wrong"}))
}
