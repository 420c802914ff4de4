//! Arguments for the commands of orders, payments, invoices and numbering.

use serde_json::{Value as Json, json};

use super::World;
use super::directories::own_values;

const TEMPLATES: &str = "SELECT id, version FROM order_templates ORDER BY id";
const ORDERS: &str = "SELECT id, version FROM orders ORDER BY id DESC LIMIT 40";
const OWING: &str = "SELECT id, debt FROM orders WHERE debt > 0 AND kind = 'order' ORDER BY id DESC LIMIT 40";
const INVOICES: &str = "SELECT id, version FROM invoices ORDER BY id DESC LIMIT 40";

/// Minor units as a decimal.
fn decimal(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// Minor units as a decimal that can be paid in coins, rounded up.
fn coins(minor: i64) -> String {
    decimal((minor + 999) / 1_000 * 1_000)
}

/// One to four lines of items and free text, some with a discount or an amount set by hand.
pub fn lines(world: &mut World) -> Vec<Json> {
    (0..1 + world.chance.below(4)).map(|_| line(world)).collect()
}

fn line(world: &mut World) -> Json {
    let mut line = json!({"quantity": (1 + world.chance.below(9)).to_string(), "price": world.amount(3_000)});
    match world.pick("SELECT id, version FROM items WHERE active = 1 ORDER BY id DESC LIMIT 40") {
        Some((id, _)) if world.chance.coin() => line["item"] = json!(id),
        _ => line["text"] = json!(world.word()),
    }
    match world.chance.below(5) {
        0 => line["discount_percent"] = json!(world.chance.below(101).to_string()),
        1 => line["discount_amount"] = json!("0.01"),
        2 => {
            line["corrected"] = json!(world.amount(2_000));
            line["correction_reason"] = json!("agreed");
        }
        _ => {}
    }
    line
}

fn with_fields(mut order: Json, fields: Json) -> Json {
    order["fields"] = fields;
    order
}

fn customer(world: &mut World) -> Option<i64> {
    let found = "SELECT id, version FROM counterparties WHERE active = 1 ORDER BY id DESC LIMIT 40";
    world.pick(found).map(|(id, _)| id)
}

pub fn place(world: &mut World) -> Option<Json> {
    let (customer, lines) = (customer(world)?, lines(world));
    let status = ["draft", "confirmed", "confirmed", "in-work"][world.chance.below(4)];
    let (priority, fields) = (world.chance.below(4), own_values(world, "order"));
    let order = json!({"counterparty": customer, "status": status, "lines": lines, "priority": priority});
    Some(with_fields(order, fields))
}

pub fn edit(world: &mut World) -> Option<Json> {
    let (order, version) = world.pick(ORDERS)?;
    let (note, fields) = (world.word(), own_values(world, "order"));
    let mut values = with_fields(json!({"order": order, "version": version, "note": note}), fields);
    if world.chance.coin() {
        values["lines"] = json!(lines(world));
    }
    if world.chance.below(3) == 0 {
        values["rounding"] = json!(["line", "document"][world.chance.below(2)]);
        values["counterparty"] = json!(customer(world)?);
    }
    Some(values)
}

/// A template of an order or of some lines, or in a third of the cases another name or content of one that is there.
pub fn template(world: &mut World) -> Option<Json> {
    let mut values = json!({"name": world.word()});
    if world.chance.coin() {
        values["order"] = json!(world.pick(ORDERS)?.0);
    } else {
        values["content"] = json!({"lines": lines(world), "note": world.word()});
    }
    if let Some((id, version)) = world.pick(TEMPLATES).filter(|_| world.chance.below(3) == 0) {
        values["id"] = json!(id);
        values["version"] = json!(version);
    }
    Some(values)
}

pub fn remove_template(world: &mut World) -> Option<Json> {
    let (id, version) = world.pick(TEMPLATES)?;
    Some(json!({"id": id, "version": version}))
}

pub fn copy(world: &mut World) -> Option<Json> {
    world.pick(ORDERS).map(|(order, _)| json!({"order": order}))
}

pub fn status(world: &mut World) -> Option<Json> {
    let (order, version) = world.pick(ORDERS)?;
    let status = world.pick_text("SELECT code FROM statuses WHERE active = 1 ORDER BY id")?;
    let status = if world.chance.coin() {
        status
    } else {
        ["confirmed", "in-work", "ready", "closed"][world.chance.below(4)].into()
    };
    Some(json!({"order": order, "version": version, "status": status}))
}

/// Some orders to one state, of which some may refuse; now and then they are called off.
pub fn several(world: &mut World) -> Option<Json> {
    let count = 1 + world.chance.below(4);
    let orders: Option<Vec<i64>> = (0..count).map(|_| world.pick(ORDERS).map(|(order, _)| order)).collect();
    let status = ["in-work", "ready", "closed", "cancelled"][world.chance.below(4)];
    Some(json!({"orders": orders?, "status": status, "reason": "together"}))
}

pub fn cancel(world: &mut World) -> Option<Json> {
    let (order, version) = world.pick(ORDERS)?;
    Some(json!({"order": order, "version": version, "reason": "not needed"}))
}

/// Everything that has not come back, or one of a line.
pub fn give_back(world: &mut World) -> Option<Json> {
    let (order, _) = world.pick(ORDERS)?;
    if world.chance.coin() {
        return Some(json!({"order": order}));
    }
    let (line, order) = world.pick("SELECT id, order_id FROM order_lines ORDER BY id DESC LIMIT 40")?;
    Some(json!({"order": order, "lines": [{"line": line, "quantity": "1"}]}))
}

/// In part, all of it, too much in cash, or an advance.
pub fn pay(world: &mut World) -> Option<Json> {
    if world.chance.below(4) == 0 {
        let customer = customer(world)?;
        return Some(ahead(world, customer));
    }
    let (order, debt) = world.pick(OWING)?;
    let tenders = match world.chance.below(4) {
        0 => json!([{"method": "card", "amount": decimal(1 + debt / 3)}]),
        1 => json!([{"method": "card", "amount": decimal(debt)}]),
        2 => json!([{"method": "cash", "amount": coins(debt + 50_000)}]),
        _ => json!([{"method": "card", "amount": decimal(1 + debt / 2)}, {"method": "cash", "amount": coins(debt)}]),
    };
    Some(json!({"order": order, "tenders": tenders, "keep_excess": world.chance.below(4) == 0}))
}

/// An advance of a customer.
fn ahead(world: &mut World, customer: i64) -> Json {
    json!({"counterparty": customer, "tenders": [{"method": "transfer", "amount": world.amount(9_000)}]})
}

pub fn refund(world: &mut World) -> Option<Json> {
    let (order, debt) = world.pick("SELECT id, debt FROM orders WHERE debt < 0 ORDER BY id DESC LIMIT 40")?;
    let amount = if world.chance.coin() { -debt } else { 1 + -debt / 2 };
    Some(json!({"order": order, "reason": "came back", "tenders": [{"method": "card", "amount": decimal(amount)}]}))
}

/// For a customer who has paid in advance: an order of its that owes. Where nobody has, a customer who owes pays now.
pub fn apply(world: &mut World) -> Option<Json> {
    let paid_before = "
        SELECT o.id, o.debt FROM orders o WHERE o.debt > 0 AND o.kind = 'order' AND EXISTS
          (SELECT 1 FROM payments p WHERE p.counterparty_id = o.counterparty_id AND p.currency = o.currency
           AND p.voided = 0 AND p.kind <> 'reversal' AND p.advance > 0
           AND p.amount > COALESCE((SELECT SUM(a.amount) FROM allocations a WHERE a.payment_id = p.id), 0))
        ORDER BY o.id DESC LIMIT 40";
    if world.pairs(paid_before).is_empty() {
        let (customer, _) = world.pick("SELECT counterparty_id, id FROM orders WHERE debt > 0 AND kind = 'order'")?;
        let advance = ahead(world, customer);
        world.run("take-payment", advance).ok();
    }
    let (order, _) = world.pick(paid_before)?;
    Some(json!({"order": order}))
}

pub fn void_payment(world: &mut World) -> Option<Json> {
    let (payment, _) = world.pick("SELECT id, version FROM payments WHERE voided = 0 ORDER BY id DESC LIMIT 40")?;
    Some(json!({"payment": payment, "reason": "wrong"}))
}

pub fn invoice(world: &mut World) -> Option<Json> {
    world.pick(ORDERS).map(|(order, _)| json!({"order": order}))
}

pub fn fiscal(world: &mut World) -> Option<Json> {
    let (invoice, _) = world.pick(INVOICES)?;
    Some(json!({"invoice": invoice, "fiscal_number": world.word()}))
}

pub fn printed(world: &mut World) -> Option<Json> {
    world.pick(INVOICES).map(|(invoice, _)| json!({"invoice": invoice}))
}

pub fn void_invoice(world: &mut World) -> Option<Json> {
    let (invoice, _) = world.pick("SELECT id, version FROM invoices WHERE voided = 0 ORDER BY id DESC LIMIT 40")?;
    Some(json!({"invoice": invoice, "reason": "wrong"}))
}

pub fn raise(world: &mut World) -> Option<Json> {
    let name = ["order", "payment", "invoice"][world.chance.below(3)];
    let rows = world.desk.query("series", json!({}));
    let next = rows.iter().find(|row| row["name"] == name)?["next"].as_i64()?;
    Some(json!({"name": name, "next": next + 1 + i64::try_from(world.chance.below(5)).unwrap()}))
}
