//! The rights table: every command, query, form, report and export × role × own or another's record, through the gate of a real company.
//! A new command is a line in `fixtures/rights.txt`; where its rights depend on the record, also a line in `wish`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::Desk;
use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::domain::file::keep_file;
use patver::engine::command::Need;
use patver::engine::store::{Call, Store};
use patver::exchange::export::{EXPORTS, export};
use patver::forms::{self, Request};
use patver::reports;
use serde_json::{Value as Json, json};

const ROLES: [&str; 6] = ["owner", "manager", "sales", "warehouse", "bookkeeper", "viewer"];

/// Refusals that come before a command has looked at the record: a wish that meets one proves nothing.
const NOT_UNDERSTOOD: [&str; 6] = [
    "error.field_missing",
    "error.field_unknown",
    "error.choice_unknown",
    "error.value_float",
    "error.value_form",
    "error.record_missing",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Command,
    Query,
    Form,
    Report,
    Export,
}

/// One line of the table: `command edit-order own yes yes yes no no no`.
#[derive(Debug)]
struct Line {
    kind: Kind,
    name: String,
    scope: String,
    allowed: Vec<bool>,
}

fn table() -> Vec<Line> {
    let text = include_str!("../fixtures/rights.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(read).collect()
}

fn read(line: &str) -> Line {
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words.len(), 3 + ROLES.len(), "{line}");
    let answer = |word: &&str| match *word {
        "yes" => true,
        "no" => false,
        other => panic!("{other} in {line}"),
    };
    let kind = match words[0] {
        "command" => Kind::Command,
        "query" => Kind::Query,
        "form" => Kind::Form,
        "report" => Kind::Report,
        "export" => Kind::Export,
        other => panic!("{other} in {line}"),
    };
    let allowed = words[3..].iter().map(answer).collect();
    Line { kind, name: words[1].into(), scope: words[2].into(), allowed }
}

/// What one person answers for.
#[derive(Debug, Default)]
struct Records {
    user: i64,
    /// The number of a journal entry of that person.
    entry: i64,
    /// A confirmed order without payment or invoice.
    open: i64,
    /// An order that is paid and invoiced.
    settled: i64,
    payment: i64,
    invoice: i64,
    /// A file attached to the open order.
    file: i64,
    /// A task that the person is to do.
    task: i64,
    view: i64,
}

/// A company with one person in each role, and another one whose records are nobody else's.
struct House {
    store: Store,
    people: BTreeMap<&'static str, Records>,
    item: i64,
    /// The hash of a kept file.
    hash: String,
}

impl House {
    fn new() -> House {
        let mut desk = Desk::new();
        let item = desk.run("save-item", json!({"kind": "goods", "name": "Թեյ", "price": "500", "cost": "300"}));
        let item = item["id"].as_i64().unwrap();
        let mut people: BTreeMap<&'static str, Records> = BTreeMap::new();
        for name in ["owner", "other", "manager", "sales", "warehouse", "bookkeeper", "viewer"] {
            let user = if name == "owner" { 1 } else { hire(&mut desk, name) };
            people.insert(name, records(&mut desk, user, item));
        }
        for (name, records) in &people {
            if !["owner", "other"].contains(name) {
                desk.run("save-user", json!({"id": records.user, "version": 1, "role": name}));
            }
        }
        let hash = paper(&mut desk);
        House { store: desk.store, people, item, hash }
    }
}

/// Everybody begins as a manager, so that everybody has an entry in the journal.
fn hire(desk: &mut Desk, login: &str) -> i64 {
    desk.run("save-user", json!({"login": login, "role": "manager"}))["id"].as_i64().unwrap()
}

/// Keeps a small file and gives its hash.
fn paper(desk: &mut Desk) -> String {
    keep_file(&mut desk.store, &desk.owner, b"%PDF-1.7 paper").unwrap().to_string()
}

fn records(desk: &mut Desk, user: i64, item: i64) -> Records {
    let id = |answer: Json| answer["id"].as_i64().unwrap();
    let customer = json!({"kind": "person", "name": format!("Գնորդ {user}")});
    let entry = desk.store.run_json(&Call::of_user(user), "save-counterparty", customer).unwrap().seq;
    let order = json!({"responsible": user, "lines": [{"item": item, "quantity": "2"}]});
    let open = id(desk.run("place-order", order.clone()));
    let settled = id(desk.run("place-order", order));
    // Another person takes the money, so that the payment is one's own through the order only.
    let cashier = Call::of_user(if user == 1 { 1 } else { 2 });
    let tenders = json!({"order": settled, "tenders": [{"method": "cash", "amount": "1000"}]});
    let payment = id(desk.store.run_json(&cashier, "take-payment", tenders).unwrap().output);
    let invoice = id(desk.run("issue-invoice", json!({"order": settled})));
    let hash = paper(desk);
    let mut attach = |owner: &str, id: i64| {
        let file = json!({"owner": owner, "owner_id": id, "name": "scan.pdf", "hash": hash});
        desk.run("attach-file", file)["id"].as_i64().unwrap()
    };
    attach("payment", payment);
    attach("invoice", invoice);
    let file = attach("order", open);
    let task = id(desk.run("save-task", json!({"name": "Զանգել", "user": user})));
    let shared = json!({"list": "orders", "name": format!("Բոլորի {user}"), "shared": true});
    let view = id(desk.run("save-view", shared));
    Records { user, entry, open, settled, payment, invoice, file, task, view }
}

/// What is sent for a line of the table; nothing where rights do not depend on a record: they are looked at first.
fn wish(name: &str, scope: &str, (house, records): (&House, &Records)) -> Json {
    let another = house.people["other"].user;
    match (name, scope) {
        (_, "any") => json!({}),
        ("undo", _) => json!({"seq": records.entry}),
        ("save-task", "give") => json!({"name": "Կապել", "user": another}),
        ("save-task", "rename") => json!({"id": records.task, "version": 1, "name": "Գրել"}),
        ("save-task", _) => json!({"id": records.task, "version": 1, "note": "Շտապ"}),
        ("save-view", _) => json!({"list": "orders", "name": "Պարտքեր", "shared": true}),
        ("remove-view", _) => json!({"id": records.view, "version": 1}),
        ("finish-task" | "remove-task", _) => json!({"id": records.task, "version": 1}),
        ("tasks", _) => json!({"limit": 500}),
        ("send-message", _) => json!({"to": another, "text": "Պատրաստ է", "order": records.open}),
        ("save-item", "cost") => json!({"kind": "goods", "name": "Սուրճ", "price": "900", "cost": "600"}),
        ("place-order", "price") => json!({"lines": [{"item": house.item, "quantity": "1", "price": "499"}]}),
        ("place-order", "discount") => {
            json!({"lines": [{"item": house.item, "quantity": "1", "discount_percent": "100"}]})
        }
        ("place-order", "little") => json!({"lines": [{"item": house.item, "quantity": "1", "discount_amount": "50"}]}),
        ("place-order", "back") => {
            json!({"kind": "return", "lines": [{"text": "Փոխհատուցում", "quantity": "1", "price": "500"}]})
        }
        ("place-order", "responsible") => {
            json!({"responsible": another, "lines": [{"item": house.item, "quantity": "1"}]})
        }
        ("edit-order", "responsible") => json!({"order": records.open, "version": 1, "responsible": another}),
        ("edit-order", _) => json!({"order": records.open, "version": 1, "note": "Շտապ"}),
        ("change-order-status", _) => json!({"order": records.open, "version": 1, "status": "in-work"}),
        ("change-orders-status", _) => json!({"orders": [records.open], "status": "in-work"}),
        ("cancel-order", _) => json!({"order": records.open, "version": 1, "reason": "Սխալ"}),
        ("save-template", _) => json!({"name": "Նոր հավաքածու", "order": records.open}),
        ("copy-order" | "issue-invoice", _) => json!({"order": records.open}),
        ("return-order", _) => json!({"order": records.settled}),
        ("take-payment", _) => json!({"order": records.open, "tenders": [{"method": "cash", "amount": "1000"}]}),
        ("apply-advance", _) => json!({"order": records.open}),
        ("refund-payment", _) => {
            json!({"order": records.settled, "reason": "Խոտան", "tenders": [{"method": "cash", "amount": "1"}]})
        }
        ("void-payment", _) => json!({"payment": records.payment, "reason": "Սխալ"}),
        ("set-fiscal-number", _) => json!({"invoice": records.invoice, "fiscal_number": "7"}),
        ("mark-invoice-printed", _) => json!({"invoice": records.invoice}),
        ("void-invoice", _) => json!({"invoice": records.invoice, "reason": "Սխալ"}),
        ("remove-attachment", _) => json!({"id": records.file, "version": 1}),
        ("attach-file", _) => {
            let (owner, id) = file_owner(scope, records);
            json!({"owner": owner, "owner_id": id, "name": "more.pdf", "hash": house.hash})
        }
        ("attachments", _) => {
            let (owner, id) = file_owner(scope, records);
            json!({"owner": owner, "owner_id": id})
        }
        ("items", _) => json!({}),
        ("find-item", _) => json!({"code": "A-1"}),
        ("item", _) => json!({"id": house.item}),
        ("order", _) => json!({"id": records.settled}),
        ("payment", _) => json!({"id": records.payment}),
        ("receipt", _) => json!({"payment": records.payment}),
        ("invoice", _) => json!({"id": records.invoice}),
        ("orders" | "orders-worth", "cost") => json!({"limit": 500, "costs": true}),
        ("orders" | "payments" | "invoices", _) => json!({"limit": 500}),
        ("orders-totals" | "orders-worth", _) => json!({"responsible": [records.user.to_string()]}),
        ("changed-since", _) => json!({"list": "orders", "ids": [records.settled], "since": 0}),
        ("selection-totals", _) => json!({"list": "orders", "only": [records.settled]}),
        ("list-groups", _) => {
            json!({"list": "orders", "by": "status", "filter": {"responsible": [records.user.to_string()]}})
        }
        ("invoices-totals" | "payments-totals", _) => json!({"order": records.settled}),
        _ => panic!("say in `wish` what to send for {name} {scope}"),
    }
}

/// The record that a file is attached to.
fn file_owner(scope: &str, records: &Records) -> (&'static str, i64) {
    match scope {
        "payment" => ("payment", records.payment),
        "invoice" => ("invoice", records.invoice),
        _ => ("order", records.open),
    }
}

/// The id that an answer shows when the record is visible.
fn sought(name: &str, records: &Records) -> i64 {
    match name {
        "orders" | "order" | "changed-since" => records.settled,
        "tasks" => records.task,
        "payments" | "payment" => records.payment,
        "invoices" | "invoice" => records.invoice,
        _ => panic!("say in `sought` which id {name} shows"),
    }
}

fn refused_for_rights(key: &str) -> bool {
    let refusals = [
        "error.no_right",
        "error.only_setup",
        "error.order.discount_limit",
        "error.order.return_without_order",
        "error.task.given",
    ];
    refusals.contains(&key)
}

/// Whether a role may do what a line says, found by doing it; whatever is done is taken back.
fn may(house: &mut House, line: &Line, role: &str) -> bool {
    let whose = if ["other", "payment", "invoice"].contains(&line.scope.as_str()) { "other" } else { role };
    let records = &house.people[whose];
    let arguments = wish(&line.name, &line.scope, (house, records));
    let call = Call::of_user(house.people[role].user);
    let shown = match line.kind {
        Kind::Command => return may_run(house, line, &call, arguments),
        Kind::Query => {
            let rows = house.store.query_json(&call, &line.name, arguments);
            rows.map(|rows| shows(&rows, line, records))
        }
        Kind::Form => {
            let form = Request { form: line.name.clone(), keys: arguments, ..Request::default() };
            forms::fill(&house.store.view(&call).unwrap(), &form).map(|_| true)
        }
        Kind::Report => {
            let report = reports::find(&line.name).unwrap();
            report.make(&house.store.view(&call).unwrap(), arguments).map(|_| true)
        }
        Kind::Export => {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("out.csv");
            export(&house.store.view(&call).unwrap(), &line.name, &file, Lang::EN).map(|_| true)
        }
    };
    shown.unwrap_or_else(|error| {
        let refused = refused_for_rights(error.key());
        assert!(refused || line.scope == "any", "`wish` does not fit {} {}: {error}", line.name, line.scope);
        !refused
    })
}

fn may_run(house: &mut House, line: &Line, call: &Call, arguments: Json) -> bool {
    let tried = house.store.rehearse(call, |batch| {
        let tried = batch.run_json(&line.name, arguments.clone());
        Ok(tried.err().map(|error| error.key()))
    });
    let rehearsed = tried.unwrap();
    let understood = line.scope == "any" || !rehearsed.is_some_and(|key| NOT_UNDERSTOOD.contains(&key));
    assert!(understood, "`wish` does not fit {} {}: {rehearsed:?}", line.name, line.scope);
    let allowed = !rehearsed.is_some_and(refused_for_rights);
    if !allowed {
        // A refusal changes nothing, so it can be met at the front door too.
        let direct = house.store.run_json(call, &line.name, arguments).unwrap_err();
        assert_eq!(Some(direct.key()), rehearsed, "{} {}", line.name, line.scope);
    }
    allowed
}

fn shows(rows: &[Json], line: &Line, records: &Records) -> bool {
    match line.scope.as_str() {
        "any" => true,
        "cost" => rows.iter().any(holds_cost),
        _ if ["attachments", "orders-totals", "list-groups"].contains(&line.name.as_str()) => !rows.is_empty(),
        _ if line.name.ends_with("-totals") || line.name == "orders-worth" => {
            rows.iter().any(|row| row["count"].as_i64() > Some(0))
        }
        _ => rows.iter().any(|row| row["id"].as_i64() == Some(sought(&line.name, records))),
    }
}

/// Whether an answer tells a cost or a profit anywhere inside.
fn holds_cost(value: &Json) -> bool {
    match value {
        Json::Object(fields) => fields.iter().any(|(name, value)| {
            (["cost", "profit"].contains(&name.as_str()) && !value.is_null()) || holds_cost(value)
        }),
        Json::Array(values) => values.iter().any(holds_cost),
        _ => false,
    }
}

#[test]
fn every_role_may_do_exactly_what_the_table_says() {
    let mut house = House::new();
    let mut wrong = Vec::new();
    let mut cells = 0;
    for line in table() {
        for (role, expected) in ROLES.iter().zip(&line.allowed) {
            cells += 1;
            if may(&mut house, &line, role) != *expected {
                let found = if *expected { "refused" } else { "allowed" };
                wrong.push(format!("{role} is {found}: {} {}", line.name, line.scope));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells differ:\n  {}", wrong.len(), wrong.join("\n  "));
}

#[test]
fn the_table_names_all_there_is_and_nothing_else() {
    let table = table();
    let written: BTreeSet<(Kind, &str)> = table.iter().map(|line| (line.kind, line.name.as_str())).collect();
    let commands = BUSINESS.commands().map(|entry| (Kind::Command, entry.name));
    let queries = BUSINESS.queries().map(|entry| (Kind::Query, entry.name));
    let printed = forms::ALL.iter().map(|form| (Kind::Form, form.name));
    let reported = reports::ALL.iter().map(|report| (Kind::Report, report.name));
    let taken_out = EXPORTS.iter().map(|export| (Kind::Export, export.kind));
    let there: BTreeSet<(Kind, &str)> =
        commands.chain(queries).chain(printed).chain(reported).chain(taken_out).collect();
    let unwritten: Vec<_> = there.difference(&written).collect();
    let unknown: Vec<_> = written.difference(&there).collect();
    assert!(unwritten.is_empty() && unknown.is_empty(), "without a line: {unwritten:?}, gone: {unknown:?}");
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = table.iter().filter(|line| !seen.insert((line.kind, &line.name, &line.scope))).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn what_depends_on_the_record_has_a_line_for_ones_own_and_one_for_anothers() {
    let table = table();
    let commands = BUSINESS.commands().map(|entry| (entry.name, entry.need, (entry.fields)()));
    let queries = BUSINESS.queries().map(|entry| (entry.name, entry.need, (entry.fields)()));
    for (name, need, fields) in commands.chain(queries) {
        let of_record = fields.iter().any(|field| ["order", "payment", "invoice", "owner_id"].contains(field));
        if of_record || matches!(need, Need::Own(..)) {
            for scope in ["own", "other"] {
                assert!(table.iter().any(|line| line.name == name && line.scope == scope), "{name} {scope}");
            }
        }
    }
}

#[test]
fn a_right_taken_away_is_gone_at_the_next_command() {
    let mut house = House::new();
    let (boss, sales) = (Call::of_user(1), house.people["sales"].user);
    let call = Call::of_user(sales);
    let order = json!({"lines": [{"item": house.item, "quantity": "1"}]});
    house.store.run_json(&call, "place-order", order.clone()).unwrap();
    let role = house.store.query_json(&boss, "roles", json!({})).unwrap();
    let role = role.iter().find(|role| role["code"] == "sales").unwrap();
    let fewer = json!({"id": role["id"], "version": role["version"], "rights": ["item-view"]});
    house.store.run_json(&boss, "save-role", fewer).unwrap();
    assert_eq!(house.store.run_json(&call, "place-order", order.clone()).unwrap_err().key(), "error.no_right");
    house.store.run_json(&boss, "save-user", json!({"id": sales, "version": 2, "active": false})).unwrap();
    assert_eq!(house.store.run_json(&call, "place-order", order).unwrap_err().key(), "error.user_inactive");
    assert_eq!(house.store.query_json(&call, "own-account", json!({})).unwrap_err().key(), "error.user_inactive");
}
