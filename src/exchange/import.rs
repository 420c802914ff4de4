//! Bringing a file in: at most 500 rows a transaction, each record its own journal entry, whole or not at all. The
//! same file sent again goes on where it stopped, and changes nothing once it is in.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::{Lang, tr};
use crate::base::money::Money;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::import::batch::{NoteImport, OpenImport, RowCounts};
use crate::domain::import::record::{ImportRecord, Outcome};
use crate::domain::import::{self, ImportBatch, ImportKind};
use crate::engine::batch::Batch;
use crate::engine::db::Db;
use crate::engine::store::{Call, Store};
use crate::exchange::build::{Builder, Built, column_of};
use crate::exchange::mapping::Mapping;
use crate::exchange::plan::{Fault, Plan, Record, Source};
use crate::exchange::rejects::{Refused, Rejects};
use crate::exchange::sheet::Sheet;
use crate::exchange::{builtin, rejects};

/// The most rows of one transaction, so that another window never waits long.
const ROWS_AT_ONCE: usize = 500;

/// What to bring in.
pub struct Request<'a> {
    /// The kind, as `patver list imports` names it.
    pub kind: &'a str,
    /// The file.
    pub path: &'a Path,
    /// The mapping; without one the columns are named like our fields.
    pub mapping: Option<&'a Path>,
}

/// How to bring it in.
pub struct Options<'a> {
    /// The language of reasons.
    pub lang: Lang,
    /// Tell what would happen and change nothing.
    pub dry_run: bool,
    /// Where refused rows go.
    pub rejects: Option<&'a Path>,
    /// Sees each step; the import stops after it when told to, and stays open.
    pub watch: &'a mut dyn FnMut(&Summary) -> ControlFlow<()>,
}

/// What became of a file's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many rows became what.
    #[serde(flatten)]
    pub rows: RowCounts,
    /// The batch, to take it back whole; none when nothing was brought.
    pub batch: Option<i64>,
    /// Whether every row was dealt with; a stopped import goes on when the same file is sent again.
    pub done: bool,
    /// Rows that the mapping passes over.
    pub passed: i64,
    /// What the file's orders come to, by currency.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sums: BTreeMap<String, String>,
}

/// Brings a file in. Rejected as a whole where it cannot be read or does not fit its mapping.
pub fn import(store: &mut Store, call: &Call, request: &Request<'_>, options: Options<'_>) -> Result<Summary> {
    let view = store.view(call)?;
    view.actor().require(Right::Import)?;
    let zone = *view.zone();
    let kind = ImportKind::parse(request.kind).ok_or_else(|| unknown_kind(request.kind))?;
    rejects::keep_apart(request.path, options.rejects)?;
    let given = request.mapping.map(Mapping::read).transpose()?;
    if given.as_ref().is_some_and(|given| given.kind != kind) {
        return Err(Error::rejected("error.import.mapping_kind").arg("kind", kind.code()).at("kind"));
    }
    let (letters, delimiter) = given.as_ref().map_or((None, None), |given| (given.letters, given.delimiter));
    let sheet = Sheet::read(request.path, letters, delimiter)?;
    let mapping = match given {
        Some(given) => given,
        None => builtin::mapping(kind, &sheet)?,
    };
    mapping.fits(&sheet)?;
    let source = Source { sheet: &sheet, mapping: &mapping, zone };
    let plan = source.plan();
    let name = request.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut run = Run::new(store.db(), source, plan, name)?;
    if options.dry_run { run.rehearse(store, call, options) } else { run.go(store, call, options) }
}

fn unknown_kind(kind: &str) -> Error {
    let known: Vec<&str> = ImportKind::ALL.iter().map(|kind| kind.code()).collect();
    Error::rejected("error.choice_unknown").arg("text", kind).arg("known", known.join(", ")).at("kind")
}

/// One import on its way.
struct Run<'a> {
    source: Source<'a>,
    plan: Plan,
    file_name: String,
    file_hash: Vec<u8>,
    /// How far it is: what is noted in the file, and the next record.
    reached: Reached,
    resumed: bool,
}

#[derive(Clone, Default)]
struct Reached {
    batch: Option<Id<ImportBatch>>,
    next: usize,
    rows: RowCounts,
    sums: BTreeMap<Currency, Money>,
    refused: Vec<Refusal>,
}

/// A refused record: all of its rows, with the one at fault.
#[derive(Clone)]
struct Refusal {
    record: usize,
    fault: Fault,
}

impl<'a> Run<'a> {
    fn new(db: &Db, source: Source<'a>, plan: Plan, file_name: String) -> Result<Run<'a>> {
        let mut hasher = Sha256::new();
        hasher.update(&source.sheet.hash);
        hasher.update(format!("{:?}", source.mapping));
        let file_hash = hasher.finalize().to_vec();
        let mut reached = Reached::default();
        let open = import::open_batch(db, source.mapping.kind, &file_hash)?;
        let resumed = open.is_some();
        if let Some(open) = open {
            reached.batch = Some(open.id);
            reached.next = usize::try_from(open.next_row).unwrap_or(0);
            reached.rows = open.counts();
        }
        let mut run = Run { source, plan, file_name, file_hash, reached, resumed };
        run.sum_up_earlier(db)?;
        Ok(run)
    }

    /// What the orders come to that an earlier part of this import brought.
    fn sum_up_earlier(&mut self, db: &Db) -> Result<()> {
        let mapping = self.source.mapping;
        for record in self.plan.records.iter().take(self.reached.next) {
            if let Some(known) = import::known(db, mapping.kind, &mapping.source, &record.key)? {
                self.reached.add_sum(db, mapping.kind, known.row_id)?;
            }
        }
        Ok(())
    }

    fn rehearse(&mut self, store: &mut Store, call: &Call, options: Options<'_>) -> Result<Summary> {
        let mut rejects = Rejects::open(options.rejects, self.resumed, self.source.sheet, options.lang)?;
        let reached = store.rehearse(call, |batch| {
            let mut reached = self.reached.clone();
            self.enter(batch, &mut reached)?;
            while reached.next < self.plan.records.len() {
                self.bring_some(batch, &mut reached)?;
                if (options.watch)(&self.summary(&reached)).is_break() {
                    break;
                }
            }
            Ok(reached)
        })?;
        rejects.write(self.source.sheet, &self.refused_rows(&reached.refused, options.lang))?;
        Ok(Summary { batch: None, ..self.summary(&reached) })
    }

    fn go(&mut self, store: &mut Store, call: &Call, options: Options<'_>) -> Result<Summary> {
        let mut rejects = Rejects::open(options.rejects, self.resumed, self.source.sheet, options.lang)?;
        while self.reached.next < self.plan.records.len() {
            let mut reached = store.batch(call, 0, |batch| self.step(batch))?;
            rejects.write(self.source.sheet, &self.refused_rows(&reached.refused, options.lang))?;
            reached.refused.clear();
            self.reached = reached;
            if (options.watch)(&self.summary(&self.reached)).is_break() {
                break;
            }
        }
        Ok(self.summary(&self.reached))
    }

    /// One transaction's worth. While nothing of the file was new yet, nothing at all stays, not even the batch.
    fn step(&self, batch: &mut Batch<'_>) -> Result<Reached> {
        let mut reached = self.reached.clone();
        let stays = batch.together(|batch| {
            self.enter(batch, &mut reached)?;
            self.bring_some(batch, &mut reached)?;
            if self.reached.batch.is_none() && reached.rows.added == 0 && reached.rows.changed == 0 {
                return Err(Error::rejected("error.cancelled"));
            }
            if let Some(id) = reached.batch {
                let next = i64::try_from(reached.next).unwrap_or(i64::MAX);
                let done = reached.next >= self.plan.records.len();
                batch.run(&NoteImport { batch: id, next, done, rows: reached.rows })?;
            }
            Ok(())
        });
        match stays {
            Err(Error::Rejected(problem)) if problem.key == "error.cancelled" => reached.batch = None,
            other => other?,
        }
        Ok(reached)
    }

    fn enter(&self, batch: &mut Batch<'_>, reached: &mut Reached) -> Result<()> {
        let id = match reached.batch {
            Some(id) => id,
            None => batch.run(&OpenImport {
                kind: self.source.mapping.kind,
                file_name: self.file_name.clone(),
                file_hash: text::hex(&self.file_hash),
            })?,
        };
        batch.enter(id.get());
        reached.batch = Some(id);
        Ok(())
    }

    fn bring_some(&self, batch: &mut Batch<'_>, reached: &mut Reached) -> Result<()> {
        let mut rows = 0_usize;
        while let Some(record) = self.plan.records.get(reached.next) {
            rows = rows.saturating_add(record.rows.len());
            if rows > ROWS_AT_ONCE && rows != record.rows.len() {
                break;
            }
            let brought = self.bring(batch, record, reached)?;
            reached.count(record.rows.len(), brought.as_ref().ok().map(|(outcome, _)| *outcome));
            match brought {
                Ok((_, row)) => reached.add_sum(batch.db(), self.source.mapping.kind, row)?,
                Err(fault) => reached.refused.push(Refusal { record: reached.next, fault }),
            }
            reached.next = reached.next.saturating_add(1);
        }
        Ok(())
    }

    /// One record with those that come along, or its fault. Fails only where the machine does.
    fn bring(&self, batch: &mut Batch<'_>, record: &Record, reached: &Reached) -> Result<Built<(Outcome, i64)>> {
        let id = reached.batch.unwrap_or(Id::new(0));
        let mut fault = None;
        let brought = batch.together(|batch| {
            let result = self.bring_whole(batch, record, id);
            result.map_err(|at| {
                let error = at.error.clone();
                fault = Some(at);
                error
            })
        });
        match (brought, fault) {
            (Ok(brought), _) => Ok(Ok(brought)),
            (Err(Error::Failure(failure)), _) => Err(Error::Failure(failure)),
            (Err(_), Some(fault)) => Ok(Err(fault)),
            (Err(error), None) => Err(error),
        }
    }

    fn bring_whole(&self, batch: &mut Batch<'_>, record: &Record, id: Id<ImportBatch>) -> Built<(Outcome, i64)> {
        let along = Builder { source: &self.source, db: batch.db() }.along(record)?;
        for (row, rule, import) in along {
            batch.run(&ImportRecord { batch: id, ..import }).map_err(|error| {
                let column = column_of(&rule.fields, error.field().unwrap_or_default());
                Fault { row, column, error }
            })?;
        }
        let import = ImportRecord { batch: id, ..Builder { source: &self.source, db: batch.db() }.record(record)? };
        let failed = |error| Fault { row: 0, column: None, error };
        if let Some(row) = import.unchanged(batch.db()).map_err(failed)? {
            return Ok((Outcome::Unchanged, row));
        }
        match batch.run(&import) {
            Ok(brought) => Ok((brought.outcome, brought.id)),
            Err(error) => Err(Builder { source: &self.source, db: batch.db() }.blame(error)),
        }
    }

    fn refused_rows(&self, refusals: &[Refusal], lang: Lang) -> Vec<Refused> {
        let mut rows = Vec::new();
        for refusal in refusals {
            let Some(record) = self.plan.records.get(refusal.record) else { continue };
            let own = reason(&refusal.fault, lang);
            let faulty = record.rows.get(refusal.fault.row).or(record.rows.first());
            let line = faulty.and_then(|at| self.source.sheet.rows.get(*at)).map_or(0, |row| row.line);
            for at in &record.rows {
                let others = || tr(lang, "import.same_order", &[("line", &line.to_string()), ("reason", &own)]);
                let reason = if Some(at) == faulty { own.clone() } else { others() };
                rows.push(Refused { at: *at, reason });
            }
        }
        rows.sort_by_key(|row| row.at);
        rows
    }

    fn summary(&self, reached: &Reached) -> Summary {
        Summary {
            rows: reached.rows,
            batch: reached.batch.map(Id::get),
            done: reached.next >= self.plan.records.len(),
            passed: i64::try_from(self.plan.passed).unwrap_or(i64::MAX),
            sums: reached.sums.iter().map(|(currency, sum)| (currency.code().to_owned(), sum.to_string())).collect(),
        }
    }
}

/// Why a row is refused: its column, then the reason and what to do.
fn reason(fault: &Fault, lang: Lang) -> String {
    let message = fault.error.message(lang);
    match &fault.column {
        Some(column) => tr(lang, "import.at_column", &[("column", column), ("reason", &message)]),
        None => message,
    }
}

impl Reached {
    fn count(&mut self, rows: usize, outcome: Option<Outcome>) {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        let place = match outcome {
            Some(Outcome::Added) => &mut self.rows.added,
            Some(Outcome::Changed) => &mut self.rows.changed,
            Some(Outcome::Unchanged) => &mut self.rows.unchanged,
            None => &mut self.rows.rejected,
        };
        *place = place.saturating_add(rows);
        self.rows.read = self.rows.read.saturating_add(rows);
    }

    fn add_sum(&mut self, db: &Db, kind: ImportKind, row: i64) -> Result<()> {
        if !matches!(kind, ImportKind::Orders | ImportKind::OrderLines) {
            return Ok(());
        }
        if let Some(order) = import::order_of(db, row)? {
            let total = order.money(order.total);
            let sum = self.sums.get(&order.currency).copied().unwrap_or(Money::zero(order.currency));
            self.sums.insert(order.currency, sum.checked_add(total)?);
        }
        Ok(())
    }
}
