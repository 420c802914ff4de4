//! Which of some rows another person changed since a moment, by the journal; only among rows that match.

use crate::base::error::Result;
use crate::engine::db::Db;
use crate::engine::dialect::Dialect;
use crate::engine::select::ask::Ask;
use crate::engine::select::compose::{Given, Text, Way};
use crate::engine::select::{List, MOST_ROWS};
use crate::engine::value::Value;

/// Who is not counted, and since when: a user, and UTC milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// Changes of this person are none.
    pub but: i64,
    /// Only changes after this moment.
    pub at: i64,
}

impl Ask {
    /// Those of these rows that match and that another person changed since; `code` is the table's number in the journal.
    pub fn changed(&self, db: &Db, (code, ids): (i64, &[i64]), since: Since) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        for some in ids.chunks(usize::try_from(MOST_ROWS).unwrap_or(1)) {
            let text = changed_at(db.dialect(), self.list, (&self.given, some), (code, since));
            let rows: Vec<(i64,)> = db.rows_of(&text.sql, &text.values)?;
            found.extend(rows.into_iter().map(|(id,)| id));
        }
        Ok(found)
    }
}

/// The ids of those of these rows that match and were changed; places that are left over ask for no row.
pub(super) fn changed_at(
    dialect: Dialect,
    list: &'static List,
    (given, ids): (&[Given], &[i64]),
    (code, since): (i64, Since),
) -> Text {
    let mut text = Text::new(dialect);
    let List { table, alias, .. } = list;
    text.add(&format!("SELECT {alias}.id FROM {table} {alias} WHERE {alias}.id IN (")).ids(ids).add(")");
    for (filter, values) in given {
        text.add(" AND ").condition(filter, values, Way::Walk);
    }
    text.add(" AND EXISTS (SELECT 1 FROM journal_rows r JOIN journal j ON j.seq = r.seq WHERE r.table_code = ");
    text.value(Value::Int(code)).add(&format!(" AND r.row_id = {alias}.id AND j.at > "));
    text.value(Value::Int(since.at)).add(" AND j.user_id <> ").value(Value::Int(since.but));
    text.add(&format!(") ORDER BY {alias}.id"));
    text
}
