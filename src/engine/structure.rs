//! Whether the pages of a file, and what it says of its own tables, are whole: each damaged table, index and search index
//! by its name. Reads only.

use std::collections::BTreeSet;

use crate::base::error::{Error, Result};
use crate::engine::business::Business;
use crate::engine::db::{Db, driver};
use crate::engine::guard::SCHEMA_VERSION;
use crate::engine::schema;
use crate::engine::value::DAMAGED;

/// Tables that people know by a name, besides those of the business.
const NAMED: [&str; 4] = ["journal", "journal_rows", "blobs", "series"];

/// A tree of the file: its first page, its kind, its name, the table it belongs to.
type Tree = (i64, String, String, String);

/// What is damaged of the file's structure; none can be told of the rest where the file no longer says what it holds.
/// Fails where the file cannot be asked at all.
pub(crate) fn findings(db: &Db, business: &Business, found: &mut Vec<Error>) -> Result<bool> {
    let trees = match trees(db) {
        Ok(trees) => trees,
        Err(error) => {
            found.push(unreadable(error)?);
            return Ok(false);
        }
    };
    if db.setting("user_version")? == SCHEMA_VERSION.to_string() {
        let differing = schema::differing(db)?;
        found.extend(differing.iter().map(|name| Error::failure("error.check.schema", name).arg("object", name)));
    }
    match db.rows_of::<(String,)>("PRAGMA integrity_check(1000)", &[]) {
        Ok(lines) => found.extend(lines.iter().filter_map(|(line,)| told(business, line, &trees))),
        Err(Error::Failure(failure)) => {
            let parts = part_by_part(db, business, &trees);
            let nowhere = || vec![Error::failure("error.check.pages", &failure.details)];
            found.extend(if parts.is_empty() { nowhere() } else { parts });
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// The finding behind a refusal to read what the file says it holds. Fails with any other error.
pub fn unreadable(error: Error) -> Result<Error> {
    let Error::Failure(failure) = &error else { return Err(error) };
    if failure.key != DAMAGED {
        return Err(error);
    }
    let object = failure.details.split_once("schema (").and_then(|(_, rest)| rest.split_once(')'));
    Ok(match object.filter(|(name, _)| *name != "?") {
        Some((name, _)) => Error::failure("error.check.schema", &failure.details).arg("object", name),
        None => Error::failure("error.check.contents", &failure.details),
    })
}

fn trees(db: &Db) -> Result<Vec<Tree>> {
    let sql = "SELECT rootpage, type, name, tbl_name FROM sqlite_schema";
    let mut prepared = db.connection.prepare(sql).map_err(driver)?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let trees = prepared.query_map([], row).map_err(driver)?;
    trees.collect::<rusqlite::Result<Vec<Tree>>>().map_err(driver)
}

/// What a line of the driver says, at the tree that it names by its page or by its name; none of one without a fault.
fn told(business: &Business, lines: &str, trees: &[Tree]) -> Option<Error> {
    let line = lines.lines().find(|line| *line != "ok")?;
    let root = line.split_once("Tree ").and_then(|(_, rest)| rest.split(' ').next()?.parse::<i64>().ok());
    let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let by_root = trees.iter().find(|(page, ..)| Some(*page) == root && *page > 0);
    // The last name is the narrowest: a row that is missing from an index stands in a table.
    let by_name = || words.by_ref().filter_map(|word| trees.iter().find(|(.., name, _)| name == word)).last();
    Some(match by_root.or_else(by_name) {
        Some(tree) => named(business, tree, line),
        None => Error::failure("error.check.pages", line),
    })
}

/// Each table asked by itself, where the whole file gives no answer.
fn part_by_part(db: &Db, business: &Business, trees: &[Tree]) -> Vec<Error> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for tree in trees.iter().filter(|(root, kind, ..)| *root > 0 && kind == "table") {
        let quoted = tree.2.replace('\'', "''");
        match db.rows_of::<(String,)>(&format!("PRAGMA integrity_check('{quoted}')"), &[]) {
            Ok(lines) => found.extend(lines.iter().filter_map(|(line,)| told(business, line, trees))),
            Err(error) => {
                let broken = trees.iter().filter(|(root, .., table)| *root > 0 && *table == tree.2);
                let broken: Vec<_> = broken.filter(|tree| breaks(db, tree)).collect();
                let broken = if broken.is_empty() { vec![tree] } else { broken };
                found.extend(broken.into_iter().map(|tree| named(business, tree, &error.to_string())));
            }
        }
    }
    found.retain(|error| seen.insert(format!("{error}")));
    found
}

/// Whether going through a tree meets damage.
fn breaks(db: &Db, (_, kind, name, table): &Tree) -> bool {
    let by = if kind == "index" { format!("INDEXED BY \"{name}\"") } else { "NOT INDEXED".to_owned() };
    let gone = db.rows_of::<(Option<i64>,)>(&format!("SELECT SUM(1) FROM \"{table}\" {by}"), &[]);
    // An index over a part of its table serves no such question.
    gone.is_err_and(|error| error.key() == DAMAGED)
}

/// Damage of a tree, by what people call it, or else by its own name.
fn named(business: &Business, (_, kind, name, table): &Tree, details: &str) -> Error {
    let inside = |search: &str| name == search || name.strip_prefix(search).is_some_and(|rest| rest.starts_with('_'));
    let searched = business.tables().find(|table| table.search.is_some_and(inside));
    let of_table = |error: Error, table: &str| {
        let known = NAMED.contains(&table) || business.tables().any(|known| known.name == table);
        if known { error.named("table", format!("table.{table}")) } else { error.arg("table", table) }
    };
    match searched {
        Some(table) => of_table(Error::failure("error.check.search", details), table.name),
        None if kind == "index" && !name.starts_with("sqlite_") => {
            of_table(Error::failure("error.check.index", details).arg("index", name), table)
        }
        None => of_table(Error::failure("error.check.structure", details), table),
    }
}
