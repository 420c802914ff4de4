//! Arguments for the commands of the company and its directories.

use serde_json::{Value as Json, json};

use super::World;

/// A new row, or in a third of the cases a row that is there, with other values.
fn saved(world: &mut World, rows: &'static str, mut values: Json) -> Option<Json> {
    if world.chance.below(3) == 0
        && let Some((id, version)) = world.pick(rows)
    {
        values["id"] = json!(id);
        values["version"] = json!(version);
        values["active"] = json!(world.chance.below(4) > 0);
    }
    Some(values)
}

fn removed(world: &mut World, rows: &'static str) -> Option<Json> {
    world.pick(rows).map(|(id, version)| json!({"id": id, "version": version}))
}

pub fn company(world: &mut World) -> Option<Json> {
    let (_, version) = world.pick("SELECT id, version FROM companies")?;
    let (name, include) = (world.word(), world.chance.coin());
    let rounding = ["line", "document"][world.chance.below(2)];
    Some(json!({"version": version, "legal_name": name, "prices_include_tax": include, "rounding": rounding}))
}

pub fn currency(world: &mut World) -> Option<Json> {
    let code = ["AMD", "USD", "EUR", "GEL"][world.chance.below(4)];
    let there = world.pairs("SELECT id, version FROM currencies ORDER BY id");
    let known = world.desk.query("currencies", json!({}));
    let row = known.iter().find(|row| row["code"] == code);
    let step = if code == "AMD" { ["1", "10"][world.chance.below(2)] } else { "0.01" };
    let mut values = json!({"code": code, "cash_step": step});
    if let Some(row) = row {
        assert!(!there.is_empty());
        values["version"] = row["version"].clone();
    }
    Some(values)
}

pub fn unit(world: &mut World) -> Option<Json> {
    let (name, decimals) = (world.word(), world.chance.below(7));
    saved(
        world,
        "SELECT id, version FROM units WHERE code <> 'pcs' ORDER BY id",
        json!({"name": name, "decimals": decimals}),
    )
}

pub fn remove_unit(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM units WHERE code <> 'pcs' ORDER BY id")
}

pub fn scale_code(world: &mut World) -> Option<Json> {
    let (name, prefix) = (world.word(), 20 + world.chance.below(10));
    let measure = if world.chance.below(2) == 0 { "quantity" } else { "amount" };
    let fields = json!({"name": name, "prefix": prefix.to_string(), "measure": measure});
    saved(world, "SELECT id, version FROM scale_codes ORDER BY id", fields)
}

pub fn remove_scale_code(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM scale_codes ORDER BY id")
}

/// The kinds of values, each with some that fit.
const HOLDS: [(&str, [&str; 2]); 6] = [
    ("text", ["կապույտ", "Blue"]),
    ("number", ["12.5", "-3"]),
    ("money", ["1500", "0.5"]),
    ("date", ["2026-03-01", "2025-12-31"]),
    ("flag", ["yes", "no"]),
    ("choice", ["Փոքր", "մեծ"]),
];

pub fn field(world: &mut World) -> Option<Json> {
    let (name, record) = (world.word(), ["order", "counterparty", "item"][world.chance.below(3)]);
    let holds = HOLDS[world.chance.below(HOLDS.len())].0;
    let printed = world.chance.coin();
    let values =
        json!({"name": name, "record": record, "holds": holds, "choices": ["Փոքր", "Մեծ"], "printed": printed});
    saved(world, "SELECT id, version FROM own_fields ORDER BY id", values)
}

pub fn remove_field(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM own_fields ORDER BY id")
}

/// A value for one of the fields of such records, or nothing for it; none while there is no such field.
pub fn own_values(world: &mut World, record: &str) -> Json {
    let fields = world.desk.query("fields", json!({"record": record, "active": true}));
    if fields.is_empty() {
        return json!({});
    }
    let field = &fields[world.chance.below(fields.len())];
    let (_, values) = HOLDS.iter().find(|(holds, _)| field["holds"] == *holds).unwrap();
    let value = ["", values[0], values[1]][world.chance.below(3)];
    json!({field["code"].as_str().unwrap(): value})
}

pub fn tax_rate(world: &mut World) -> Option<Json> {
    let (name, percent) = (world.word(), world.chance.below(40).to_string());
    saved(world, "SELECT id, version FROM tax_rates ORDER BY id", json!({"name": name, "percent": percent}))
}

pub fn remove_tax_rate(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM tax_rates ORDER BY id")
}

pub fn payment_method(world: &mut World) -> Option<Json> {
    let (name, kind) = (world.word(), ["card", "transfer"][world.chance.below(2)]);
    let mut values = json!({"name": name, "kind": kind});
    if world.chance.coin() {
        values = saved(world, "SELECT id, version FROM payment_methods WHERE id > 3 ORDER BY id", values)?;
    }
    Some(values)
}

pub fn remove_payment_method(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM payment_methods WHERE id > 3 ORDER BY id")
}

pub fn status(world: &mut World) -> Option<Json> {
    let (name, position) = (world.word(), world.chance.below(90));
    let state = ["draft", "confirmed", "in-work", "ready"][world.chance.below(4)];
    let values = json!({"name": name, "state": state, "position": position});
    saved(world, "SELECT id, version FROM statuses WHERE id > 6 ORDER BY id", values)
}

pub fn remove_status(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM statuses ORDER BY id")
}

pub fn category(world: &mut World) -> Option<Json> {
    let name = world.word();
    saved(world, "SELECT id, version FROM categories ORDER BY id", json!({"name": name}))
}

pub fn remove_category(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM categories ORDER BY id")
}

pub fn item_group(world: &mut World) -> Option<Json> {
    let name = world.word();
    let mut values = json!({"name": name});
    if world.chance.coin()
        && let Some(parent) = world.pick_text("SELECT name FROM item_groups WHERE active = 1 ORDER BY id")
    {
        values["parent"] = json!(parent);
    }
    saved(world, "SELECT id, version FROM item_groups ORDER BY id", values)
}

pub fn remove_item_group(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM item_groups ORDER BY id")
}

pub fn counterparty(world: &mut World) -> Option<Json> {
    let (name, number) = (world.word(), world.chance.below(900_000));
    let phones: Vec<_> = (0..world.chance.below(3)).map(|at| format!("09{}{number:06}", 1 + at)).collect();
    let kind = ["person", "company"][world.chance.below(2)];
    let mut values = json!({"kind": kind, "name": name, "phones": phones, "note": format!("note {number}")});
    if world.chance.coin()
        && let Some(category) = world.pick_text("SELECT name FROM categories WHERE active = 1 ORDER BY id")
    {
        values["category"] = json!(category);
    }
    values["fields"] = own_values(world, "counterparty");
    saved(world, "SELECT id, version FROM counterparties WHERE walk_in = 0 ORDER BY id DESC LIMIT 40", values)
}

pub fn remove_counterparty(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM counterparties WHERE walk_in = 0 ORDER BY id DESC LIMIT 4")
}

pub fn item(world: &mut World) -> Option<Json> {
    let (name, price, cost) = (world.word(), world.amount(5_000), world.amount(900));
    let kind = ["goods", "service", "made-to-order"][world.chance.below(3)];
    let code = world.chance.below(1_000_000);
    let mut values =
        json!({"kind": kind, "name": name, "code": format!("C{code}"), "price": price, "cost": cost, "unit": "pcs"});
    values["barcodes"] = json!((0..world.chance.below(3)).map(|at| format!("B{code}-{at}")).collect::<Vec<_>>());
    values["fields"] = own_values(world, "item");
    saved(world, "SELECT id, version FROM items ORDER BY id DESC LIMIT 40", values)
}

pub fn remove_item(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM items ORDER BY id DESC LIMIT 4")
}

pub fn opening_balance(world: &mut World) -> Option<Json> {
    let amount = world.amount(9_000);
    if world.chance.coin() {
        let (id, version) = world.pick("SELECT id, version FROM opening_balances ORDER BY id")?;
        return Some(json!({"id": id, "version": version, "amount": amount}));
    }
    let (id, _) = world.pick("SELECT id, version FROM counterparties WHERE walk_in = 0 ORDER BY id DESC LIMIT 40")?;
    Some(json!({"counterparty": id, "amount": amount}))
}

pub fn remove_opening_balance(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM opening_balances ORDER BY id")
}

pub fn attachment(world: &mut World) -> Option<Json> {
    let (id, _) = world.pick("SELECT id, version FROM orders ORDER BY id DESC LIMIT 40")?;
    let (name, at) = (world.word(), world.chance.below(world.files.len()));
    Some(json!({"owner": "order", "owner_id": id, "name": format!("{name}.txt"), "hash": world.files[at]}))
}

pub fn remove_attachment(world: &mut World) -> Option<Json> {
    removed(world, "SELECT id, version FROM attachments ORDER BY id")
}
