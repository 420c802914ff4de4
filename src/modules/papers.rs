//! Papers from a screen: a form becomes a PDF in the folder of papers, and goes to a print queue where one is chosen.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::base::error::{Error, Result};
use crate::base::id::Id as RowId;
use crate::base::locale::Lang;
use crate::domain::invoice::Invoice;
use crate::domain::invoice::issue::{IssueInvoice, MarkInvoicePrinted};
use crate::domain::invoice::query::InvoiceQuery;
use crate::domain::order::several::{MOST, RefusedOrder};
use crate::domain::order::store;
use crate::engine::change::Changes;
use crate::engine::guard;
use crate::engine::query::View;
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Ticket;
use crate::engine::worker::Lane;
use crate::forms::{self, Request};
use crate::platform::{self, Access, Spooler, Workplace};
use crate::ui::desk::Desk;
use crate::ui::toast::{Offered, Toast};

/// What is kept of where papers go: a folder, and a queue.
const FOLDER: &str = "print-folder";
const QUEUE: &str = "print-queue";
const AFTER_PAYMENT: &str = "print-after-payment";

/// A paper that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Its file.
    pub path: PathBuf,
    /// The queue that took it; none where it is only a file.
    pub queue: Option<String>,
    /// Characters that stand on it as boxes, in words of the person's language.
    pub lacking: Option<String>,
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
    /// A copy of an invoice, however often it was printed.
    Copy(i64),
    /// Any form by its name, with what says which document is wanted and its number for the file's name.
    Form(&'static str, Json, String),
}

/// A paper as it is filled in and put down.
struct Paper {
    form: &'static str,
    keys: Json,
    name: String,
    copy: bool,
    /// The invoice whose printing is counted.
    counted: Option<RowId<Invoice>>,
}

/// Where papers go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Out {
    /// Into the folder of papers, and on to the queue that was chosen, if one was.
    Usual,
    /// Only into the folder of papers.
    Folder,
    /// Only into this file.
    File(PathBuf),
}

/// Which papers are printed after a payment, unless the person says otherwise there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AfterPayment {
    /// The invoice, issued first where there is none.
    pub invoice: bool,
    /// The receipt.
    pub receipt: bool,
}

/// The same for who buys at the counter without a name, and for everybody else, as it is kept of this workplace.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct PaymentPapers {
    /// For the walk-in.
    pub walk_in: AfterPayment,
    /// For a customer with a name.
    pub customer: AfterPayment,
}

impl AfterPayment {
    /// Whether anything is printed.
    pub(crate) fn any(self) -> bool {
        self.invoice || self.receipt
    }
}

impl PaymentPapers {
    /// A receipt for the walk-in and an invoice for everybody else, until it is chosen otherwise.
    const USUAL: PaymentPapers = PaymentPapers {
        walk_in: AfterPayment { invoice: false, receipt: true },
        customer: AfterPayment { invoice: true, receipt: false },
    };

    /// What is kept of a workplace.
    pub(crate) fn kept(workplace: &Workplace) -> PaymentPapers {
        let kept = workplace.kept(AFTER_PAYMENT);
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(PaymentPapers::USUAL)
    }

    /// Keeps it from now on.
    pub(crate) fn keep(&self, workplace: &Workplace) {
        workplace.keep(AFTER_PAYMENT, &serde_json::to_string(self).unwrap_or_default());
    }
}

/// Makes papers, one after another; each is durable before the answer is there.
pub(crate) fn make(desk: &Desk, wanted: Vec<Wanted>) -> Ticket<Vec<Made>> {
    make_to(desk, wanted, Out::Usual)
}

/// The same, going elsewhere.
pub(crate) fn make_to(desk: &Desk, wanted: Vec<Wanted>, out: Out) -> Ticket<Vec<Made>> {
    let (call, folder, lang) = (desk.call.clone(), folder(&desk.workplace), desk.lang);
    let queue = queue(&desk.workplace).filter(|_| out == Out::Usual);
    desk.handle.write(move |store, _| {
        let mut changes = Changes::default();
        let mut made = Vec::new();
        for paper in wanted {
            let Paper { form, keys, name, copy, counted } = settle(store, &call, paper, &mut changes)?;
            let request = Request { form: form.to_owned(), keys, language: None, copy };
            let printed = forms::fill(&store.view(&call)?, &request)?;
            let path = match &out {
                Out::File(path) => path.clone(),
                Out::Usual | Out::Folder => in_folder(&folder, &name)?,
            };
            guard::write_over(&path, &printed.pdf()?, Access::Ordinary)?;
            if let Some(queue) = &queue {
                Spooler::default().hand_over(&path, queue, &name)?;
            }
            made.push(Made { path, queue: queue.clone(), lacking: printed.lacking(lang) });
            if let (Some(invoice), Some(_)) = (counted, &queue) {
                changes.merge(store.run(&call, &MarkInvoicePrinted { invoice })?.changes);
            }
        }
        Ok((made, changes))
    })
}

/// The papers of many orders.
pub(crate) struct Several {
    /// How many were made.
    pub made: usize,
    /// Where they are.
    pub folder: PathBuf,
    /// Characters that stand on one of them as boxes.
    pub lacking: Option<String>,
    /// The orders without one.
    pub refused: Vec<RefusedOrder>,
}

/// Makes the papers of many orders; one that is refused keeps none of the others back.
pub(crate) fn make_several(desk: &Desk, orders: Vec<i64>) -> Ticket<Several> {
    let (folder, lang) = (folder(&desk.workplace), desk.lang);
    let queue = queue(&desk.workplace);
    desk.handle.read(Lane::Background, &desk.call, move |view, watch| {
        if orders.len() > MOST {
            return Err(Error::rejected("error.order.too_many_at_once").arg("most", MOST));
        }
        let mut done = Several { made: 0, folder: folder.clone(), lacking: None, refused: Vec::new() };
        for id in orders {
            watch.still_wanted()?;
            let order = RowId::new(id);
            let number = store::number_of(view, order)?;
            match order_paper(view, (id, &number), (&folder, queue.as_deref()), lang) {
                Ok(lacking) => {
                    done.made = done.made.saturating_add(1);
                    done.lacking = done.lacking.or(lacking);
                }
                Err(error) => done.refused.push(RefusedOrder::of(order, number, (&error, lang))),
            }
        }
        Ok(done)
    })
}

/// Makes the paper of an order and hands it to the queue; which characters it lacks.
fn order_paper(
    view: &View<'_>,
    (id, number): (i64, &str),
    (folder, queue): (&Path, Option<&str>),
    lang: Lang,
) -> Result<Option<String>> {
    let keys = json!({ "id": id });
    let printed = forms::fill(view, &Request { form: "order".to_owned(), keys, ..Request::default() })?;
    let name = format!("order-{number}");
    let path = in_folder(folder, &name)?;
    guard::write_over(&path, &printed.pdf()?, Access::Ordinary)?;
    if let Some(queue) = queue {
        Spooler::default().hand_over(&path, queue, &name)?;
    }
    Ok(printed.lacking(lang))
}

/// Which paper it is; an invoice that a printer had before is a copy from then on.
fn settle(store: &mut Store, call: &Call, wanted: Wanted, changes: &mut Changes) -> Result<Paper> {
    let (id, copy) = match wanted {
        Wanted::Form(form, keys, number) => {
            return Ok(Paper { form, keys, name: format!("{form}-{number}"), copy: false, counted: None });
        }
        Wanted::Copy(id) => (RowId::new(id), true),
        Wanted::Invoice { standing: Some(id), .. } => (RowId::new(id), false),
        Wanted::Invoice { order, standing: None } => {
            let done = store.run(call, &IssueInvoice { order: RowId::new(order), date: None })?;
            changes.merge(done.changes);
            (done.output.id, false)
        }
    };
    let invoice = InvoiceQuery { id: Some(id), ..InvoiceQuery::default() }.find(&store.view(call)?)?;
    let (copy, number) = (copy || invoice.printed > 0, invoice.number);
    let name = if copy { format!("invoice-{number}-copy") } else { format!("invoice-{number}") };
    Ok(Paper { form: "invoice", keys: json!({ "id": id }), name, copy, counted: Some(id) })
}

/// The path of a paper in the folder, which is there then.
fn in_folder(folder: &Path, name: &str) -> Result<PathBuf> {
    platform::private_folder(folder)?;
    Ok(folder.join(format!("{name}.pdf")))
}

/// The path with this ending, where the person left it out.
pub(crate) fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(ending) }
}

/// Says of each paper where it is.
pub(crate) fn tell(made: Vec<Made>, desk: &mut Desk) {
    for paper in made {
        let toast = match &paper.queue {
            Some(queue) => Toast::done(desk.say_with("card.printed", &[("queue", queue)])),
            None => Toast::done(desk.say("card.paper_made")),
        };
        let path = paper.path.display().to_string();
        desk.toast(toast.line(path).offer(Offered::Show(paper.path)));
        tell_lacking(paper.lacking, desk);
    }
}

/// Says of characters that stand on a paper as boxes, if there are any.
pub(crate) fn tell_lacking(lacking: Option<String>, desk: &mut Desk) {
    if let Some(lacking) = lacking {
        desk.toast(Toast::warning(desk.say("print.incomplete")).line(lacking));
    }
}

/// The folder of papers: the one that was chosen, else one beside the person's documents.
pub(crate) fn folder(workplace: &Workplace) -> PathBuf {
    workplace.kept(FOLDER).map_or_else(|| workplace.documents(), PathBuf::from)
}

/// The print queue that was chosen, if one was.
pub(crate) fn queue(workplace: &Workplace) -> Option<String> {
    workplace.kept(QUEUE).filter(|queue| !queue.is_empty())
}

/// Lets papers stay in another folder from now on; an empty path is the usual one.
pub(crate) fn choose_folder(workplace: &Workplace, folder: &str) {
    workplace.keep(FOLDER, folder);
}

/// Hands papers to another print queue from now on; an empty name to none.
pub(crate) fn choose_queue(workplace: &Workplace, queue: &str) {
    workplace.keep(QUEUE, queue);
}
