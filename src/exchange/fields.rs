//! The fields that a record of each kind may fill, as its command names them.

use crate::domain::BUSINESS;
use crate::domain::import::ImportKind;
use crate::domain::order::import;

/// The fields of a kind of records.
pub fn of(kind: ImportKind) -> Vec<&'static str> {
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
