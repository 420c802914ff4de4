//! A real PostgreSQL, as `tests/run` starts one: every text prepares there too, and every kind of row goes in and comes
//! back the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod desk;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use desk::{Desk, NOW};
use patver::base::date::Instant;
use patver::domain::BUSINESS;
use patver::domain::order::groups::GROUPINGS;
use patver::domain::payment::list::UNUSED_BY_KIND;
use patver::engine::clock::SetClock;
use patver::engine::dialect::Dialect;
use patver::engine::schema::SCHEMA;
use patver::engine::store::Store;
use patver::engine::tx;
use patver::reports;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls};
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;

/// A schema of its own in the server whose socket folder `PATVER_TEST_PG` names; gone with the connection's test.
struct Server {
    client: Client,
    schema: String,
}

impl Server {
    fn new() -> Server {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::var("PATVER_TEST_PG").expect(
            "PATVER_TEST_PG names no socket folder; tests/run starts PostgreSQL (Debian package postgresql-15)",
        );
        let mut client = Client::connect(&format!("host={folder} user=postgres dbname=postgres"), NoTls).unwrap();
        let schema = format!("patver_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        client.batch_execute(&format!("CREATE SCHEMA {schema}; SET search_path TO {schema}")).unwrap();
        client.batch_execute(&Dialect::Postgres.schema(SCHEMA)).unwrap();
        Server { client, schema }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.client.batch_execute(&format!("DROP SCHEMA {} CASCADE", self.schema)));
    }
}

/// Every text of the program with its name, as PostgreSQL takes it.
fn texts() -> Vec<(String, String)> {
    let slices = BUSINESS.slices.iter().flat_map(|slice| slice.statements.iter());
    let reports = reports::ALL.iter().flat_map(|report| report.statements.iter());
    let statements = slices.chain(reports).map(|it| (it.name.to_owned(), it.sql.to_owned()));
    let tables =
        BUSINESS.tables().flat_map(|table| tx::texts(table).into_iter().map(|sql| (table.name.to_owned(), sql)));
    let lists = BUSINESS.slices.iter().flat_map(|slice| slice.lists.iter());
    let lists = lists.flat_map(|list| list.texts(Dialect::Postgres));
    let grouped = GROUPINGS.into_iter().chain([&UNUSED_BY_KIND]).flat_map(|grouping| grouping.texts(Dialect::Postgres));
    let lists = lists.chain(grouped).map(|text| (text.what, text.sql));
    let all = statements.chain(tables).chain(lists);
    all.map(|(name, sql)| (name, Dialect::Postgres.parameters(&sql))).collect()
}

#[test]
fn every_text_prepares() {
    let mut server = Server::new();
    let texts = texts();
    let mut wrong = Vec::new();
    for (name, sql) in &texts {
        if let Err(error) = server.client.prepare(sql) {
            let said = error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
            wrong.push(format!("{name}: {said}\n  {sql}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), texts.len(), wrong.join("\n"));
    assert!(texts.len() > 300, "{}", texts.len());
}

/// Sums and counts must come as whole numbers: a decimal from the server would not be read.
#[test]
fn every_column_of_an_answer_is_a_whole_number_a_text_or_bytes() {
    let mut server = Server::new();
    let mut wrong = Vec::new();
    for (name, sql) in texts() {
        let Ok(statement) = server.client.prepare(&sql) else { continue };
        for column in statement.columns() {
            if ![Type::INT8, Type::TEXT, Type::BYTEA].contains(column.type_()) && name != "one" {
                wrong.push(format!("{name}: {} is {}", column.name(), column.type_()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Columns of each table in order, with type and whether NULL is allowed.
type Shape = BTreeMap<String, Vec<(String, String, bool)>>;

fn shape_here() -> Shape {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let mut prepared = connection
        .prepare(
            "SELECT t.name, c.name, c.type, c.\"notnull\" OR c.pk > 0
             FROM pragma_table_list t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid",
        )
        .unwrap();
    let mut shape = Shape::new();
    let mut rows = prepared.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let kind: String = row.get(2).unwrap();
        let kind = match kind.as_str() {
            "INTEGER" => "bigint",
            "TEXT" => "text",
            "BLOB" => "bytea",
            other => panic!("{other}"),
        };
        let column = (row.get(1).unwrap(), kind.to_owned(), row.get(3).unwrap());
        shape.entry(row.get(0).unwrap()).or_default().push(column);
    }
    shape
}

#[test]
fn tables_and_columns_are_the_same_on_both() {
    let mut server = Server::new();
    let mut shape = Shape::new();
    let sql = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO'
               FROM information_schema.columns WHERE table_schema = $1 ORDER BY table_name, ordinal_position";
    for row in server.client.query(sql, &[&server.schema]).unwrap() {
        let table: String = row.get(0);
        if !table.ends_with("_search") {
            shape.entry(table).or_default().push((row.get(1), row.get(2), row.get(3)));
        }
    }
    assert_eq!(shape, shape_here());
}

#[test]
fn indexes_are_the_same_on_both() {
    let mut server = Server::new();
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let mut prepared = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
        .unwrap();
    let here: Vec<String> = prepared.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
    let sql = "SELECT indexname::text FROM pg_indexes WHERE schemaname = $1 ORDER BY indexname COLLATE \"C\"";
    let there: Vec<String> =
        server.client.query(sql, &[&server.schema]).unwrap().iter().map(|row| row.get(0)).collect();
    let lost: Vec<_> = here.iter().filter(|name| !there.contains(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// A company in which every table holds something.
fn company(folder: &std::path::Path) -> Connection {
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let file = folder.join("full.patver");
    let mut desk = Desk::over(Store::create(&file, &BUSINESS, clock.clone()).unwrap(), clock);
    let card = json!({"kind": "company", "name": "Արեգակ ՍՊԸ", "phone": "091 123456", "category": "Մեծածախ"});
    drop(desk.store.run_json(&desk.owner, "save-category", json!({"name": "Մեծածախ"})));
    let customer = desk.run_confirmed("save-counterparty", card)["id"].clone();
    desk.run("save-item-group", json!({"name": "Թուղթ"}));
    let item = json!({"kind": "goods", "code": "P-1", "name": "Ծրար", "unit": "pcs", "price": "500",
        "barcodes": ["4006381333931"]});
    desk.run("save-item", item);
    desk.run("save-field", json!({"record": "order", "name": "Մեքենա", "code": "vehicle"}));
    let fields = json!({"vehicle": "34 ԱԲ 123"});
    let order =
        json!({"counterparty": customer, "fields": fields, "lines": [{"barcode": "4006381333931", "quantity": "2"}]});
    let order = desk.run("place-order", order)["id"].clone();
    desk.run("save-template", json!({"name": "Ծրարներ", "order": order}));
    desk.run("take-payment", json!({"order": order, "tenders": [{"method": "cash", "amount": "1500"}]}));
    desk.run("issue-invoice", json!({"order": order}));
    desk.run("save-opening-balance", json!({"counterparty": customer, "amount": "100", "date": "2026-01-01"}));
    desk.run("receive-goods", json!({"lines": [{"barcode": "4006381333931", "quantity": "10"}]}));
    drop(desk);
    let connection = Connection::open(&file).unwrap();
    connection.execute_batch(OTHERS).unwrap();
    connection
}

/// Rows of tables that no command above fills.
const OTHERS: &str = "
    INSERT INTO drafts VALUES (1, 'order', 'new', '{}', 5);
    INSERT INTO layouts VALUES (1, 'tabs', '{}');
    INSERT OR IGNORE INTO sign_ins VALUES ('ani', 1, 2, 3, '');
    INSERT INTO blobs VALUES (zeroblob(32), 3, x'000102');
    INSERT OR IGNORE INTO credentials VALUES (900, 1, 1, 'reset', 'phc', 7);
    INSERT INTO attachments VALUES (900, 1, 'order', 1, 'a.png', 'image/png', 3, zeroblob(32));
    INSERT INTO import_batches VALUES (900, 1, 'items', 'a.csv', x'00', 'done', 2, 1, 1, 0, 0, 0);
    INSERT INTO import_keys VALUES (900, 1, 'items', 's', 'k', 1, x'00', 900);
    INSERT INTO tasks VALUES (900, 1, 'call', '', '2026-03-02T14:00', 'daily', '2026-03-02', 1, 1, 1, NULL, 0);
    INSERT INTO messages VALUES (900, 1, 1, 1, 'ready', 7, 1, 0);
    INSERT INTO views VALUES (900, 1, 'orders', 'mine', 'mine', 1, 1, 1, '{}');
";

#[test]
fn a_row_of_every_table_goes_in_and_comes_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let here = company(folder.path());
    let mut server = Server::new();
    // In the order of the file: what is referred to stands before what refers to it.
    let order: Vec<&str> = SCHEMA.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")).collect();
    for table in order.iter().map(|line| line.split(' ').next().unwrap()) {
        let rows = rows_of(&here, table);
        assert!(!rows.is_empty(), "{table} is empty");
        let marks: Vec<_> = (1..=rows[0].len()).map(|number| format!("${number}")).collect();
        let insert = format!("INSERT INTO {table} VALUES ({})", marks.join(", "));
        for row in &rows {
            let boxed: Vec<Box<dyn ToSql + Sync>> = row.iter().map(parameter).collect();
            let given: Vec<&(dyn ToSql + Sync)> = boxed.iter().map(AsRef::as_ref).collect();
            server.client.execute(&insert, &given).unwrap_or_else(|error| panic!("{table} {row:?}: {error:?}"));
        }
        let mut back = back(&mut server.client, table);
        let mut rows = rows;
        let by_text = |row: &Vec<Value>| format!("{row:?}");
        rows.sort_by_key(by_text);
        back.sort_by_key(by_text);
        assert_eq!(back, rows, "{table}");
    }
}

fn rows_of(connection: &Connection, table: &str) -> Vec<Vec<Value>> {
    let mut prepared = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let width = prepared.column_count();
    let rows = prepared.query_map([], |row| (0..width).map(|place| row.get(place)).collect::<rusqlite::Result<_>>());
    rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

fn parameter(value: &Value) -> Box<dyn ToSql + Sync> {
    match value {
        // A NULL fits a column of any type once it says which.
        Value::Null => Box::new(Nothing),
        Value::Integer(number) => Box::new(*number),
        Value::Text(text) => Box::new(text.clone()),
        Value::Blob(bytes) => Box::new(bytes.clone()),
        Value::Real(_) => panic!("a real number"),
    }
}

/// NULL of whatever type is wanted.
#[derive(Debug)]
struct Nothing;

impl ToSql for Nothing {
    fn to_sql(
        &self,
        _: &Type,
        _: &mut postgres::types::private::BytesMut,
    ) -> Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Ok(postgres::types::IsNull::Yes)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

fn back(client: &mut Client, table: &str) -> Vec<Vec<Value>> {
    let rows = client.query(&format!("SELECT * FROM {table}"), &[]).unwrap();
    let one = |row: &postgres::Row| -> Vec<Value> {
        let value = |place: usize| match *row.columns()[place].type_() {
            Type::INT8 => row.get::<_, Option<i64>>(place).map(Value::Integer),
            Type::TEXT => row.get::<_, Option<String>>(place).map(Value::Text),
            _ => row.get::<_, Option<Vec<u8>>>(place).map(Value::Blob),
        };
        (0..row.len()).map(|place| value(place).unwrap_or(Value::Null)).collect()
    };
    rows.iter().map(one).collect()
}
