//! The fields that a record of each kind may fill, as its command names them.

use crate::domain::BUSINESS;
use crate::domain::import::ImportKind;
use crate::domain::order::import;

/// The argument of the commands that holds what records hold in fields of the company's own.
const OWN: &str = "fields";

/// The fields of a kind of records, without those that the company added.
pub fn of(kind: ImportKind) -> Vec<&'static str> {
    named(kind).into_iter().filter(|name| *name != OWN).collect()
}

/// Whether a name stands for a field that the company may have added to such records: `fields.color`.
pub fn is_own(kind: ImportKind, name: &str) -> bool {
    let code = name.strip_prefix(OWN).and_then(|rest| rest.strip_prefix('.'));
    code.is_some_and(|code| !code.is_empty() && !code.contains('.')) && named(kind).contains(&OWN)
}

fn named(kind: ImportKind) -> Vec<&'static str> {
    match kind {
        ImportKind::Orders => import::head_fields(),
        ImportKind::OrderLines => import::line_fields(),
        kind => {
            let command = kind.command().and_then(|name| BUSINESS.command(name).ok());
            let names = command.map(|command| (command.fields)()).unwrap_or_default();
            names.into_iter().filter(|name| *name != "id" && *name != "version").collect()
        }
    }
}
