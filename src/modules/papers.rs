//! Papers from a screen: a form becomes a PDF in the folder of papers, and goes to a print queue where one is chosen.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::base::error::Result;
use crate::base::id::Id;
use crate::domain::invoice::issue::IssueInvoice;
use crate::engine::change::Changes;
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Ticket;
use crate::forms::{self, Request};
use crate::platform::{self, Access, Spooler, Workplace};
use crate::ui::desk::Desk;

/// What is kept of where papers go: a folder, and a queue.
const FOLDER: &str = "print-folder";
const QUEUE: &str = "print-queue";

/// A paper that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Its file.
    pub path: PathBuf,
    /// The queue that took it; none where it is only a file.
    pub queue: Option<String>,
}

/// A paper that is wanted.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    /// The standing invoice of an order; it is issued first where there is none.
    Invoice {
        /// The order.
        order: i64,
        /// The invoice that stands already.
        standing: Option<i64>,
    },
    /// Any form by its name, with what says which document is wanted and its number for the file's name.
    Form(&'static str, Json, String),
}

/// Makes papers, one after another; each is durable before the answer is there.
pub(crate) fn make(desk: &Desk, wanted: Vec<Wanted>) -> Ticket<Vec<Made>> {
    let (call, folder) = (desk.call.clone(), folder(&desk.workplace));
    let queue = queue(&desk.workplace);
    desk.handle.write(move |store, _| {
        let mut changes = Changes::default();
        let mut made = Vec::new();
        for paper in wanted {
            let (form, keys, number) = settle(store, &call, paper, &mut changes)?;
            let request = Request { form: form.to_owned(), keys, language: None, copy: false };
            let pdf = forms::make(&store.view(&call)?, &request)?;
            made.push(put(&folder, &format!("{form}-{number}"), &pdf, queue.as_deref())?);
        }
        Ok((made, changes))
    })
}

fn settle(
    store: &mut Store,
    call: &Call,
    wanted: Wanted,
    changes: &mut Changes,
) -> Result<(&'static str, Json, String)> {
    match wanted {
        Wanted::Form(form, keys, number) => Ok((form, keys, number)),
        Wanted::Invoice { standing: Some(id), .. } => Ok(("invoice", json!({"id": id}), id.to_string())),
        Wanted::Invoice { order, standing: None } => {
            let done = store.run(call, &IssueInvoice { order: Id::new(order), date: None })?;
            changes.merge(done.changes);
            Ok(("invoice", json!({"id": done.output.id}), done.output.number.to_string()))
        }
    }
}

fn put(folder: &Path, name: &str, pdf: &[u8], queue: Option<&str>) -> Result<Made> {
    platform::private_folder(folder)?;
    let path = folder.join(format!("{name}.pdf"));
    platform::write_atomic(&path, pdf, Access::Ordinary)?;
    if let Some(queue) = queue {
        Spooler::default().hand_over(&path, queue, name)?;
    }
    Ok(Made { path, queue: queue.map(str::to_owned) })
}

/// The folder of papers: the one that was chosen, else one beside the person's documents.
pub(crate) fn folder(workplace: &Workplace) -> PathBuf {
    workplace.kept(FOLDER).map_or_else(|| workplace.documents(), PathBuf::from)
}

/// The print queue that was chosen, if one was.
pub(crate) fn queue(workplace: &Workplace) -> Option<String> {
    workplace.kept(QUEUE).filter(|queue| !queue.is_empty())
}
