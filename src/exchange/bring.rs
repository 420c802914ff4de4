//! A file on its way in: one transaction after another, each record whole or not at all, and what became of the rows.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::currency::Currency;
use crate::base::date::Zone;
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
use crate::engine::change::Changes;
use crate::engine::db::Db;
use crate::engine::query::View;
use crate::engine::store::{Call, Store};
use crate::exchange::build::{Builder, Built, column_of};
use crate::exchange::import::{Refusal, Summary};
use crate::exchange::mapping::Mapping;
use crate::exchange::plan::{Fault, Plan, Record, Source};
use crate::exchange::rejects::{Refused, Rejects};
use crate::exchange::sheet::Sheet;
use crate::exchange::{builtin, own, rejects};

/// The most rows of one transaction, so that another window never waits long.
const ROWS_AT_ONCE: usize = 500;

/// An import on its way: what is still to come, and what became of the rows so far.
pub struct Import {
    sheet: Sheet,
    mapping: Mapping,
    zone: Zone,
    plan: Plan,
    file_name: String,
    file_hash: Vec<u8>,
    /// How far it is: what is noted in the file, and the next record.
    reached: Reached,
    resumed: bool,
    refused: Vec<RefusedRecord>,
}

#[derive(Clone, Default)]
struct Reached {
    batch: Option<Id<ImportBatch>>,
    next: usize,
    rows: RowCounts,
    sums: BTreeMap<Currency, Money>,
    refused: Vec<RefusedRecord>,
}

/// A refused record: all of its rows, with the one at fault.
#[derive(Clone)]
struct RefusedRecord {
    record: usize,
    fault: Fault,
}

impl Import {
    /// A file, begun or gone on with where an earlier import of it stopped; without a mapping its columns are named like
    /// our fields. Rejected as a whole where it cannot be read or does not fit its mapping.
    pub fn open(view: &View<'_>, kind: ImportKind, path: &Path, mapping: Option<Mapping>) -> Result<Import> {
        view.actor().require(Right::Import)?;
        if mapping.as_ref().is_some_and(|mapping| mapping.kind != kind) {
            return Err(Error::rejected("error.import.mapping_kind").arg("kind", kind.code()).at("kind"));
        }
        let (letters, delimiter) = mapping.as_ref().map_or((None, None), |given| (given.letters, given.delimiter));
        let sheet = Sheet::read(path, letters, delimiter)?;
        let mapping = match mapping {
            Some(mapping) => mapping,
            None => builtin::mapping(kind, &sheet)?,
        };
        mapping.fits(&sheet)?;
        let zone = *view.zone();
        let plan = Source { sheet: &sheet, mapping: &mapping, zone }.plan();
        let mut hasher = Sha256::new();
        hasher.update(&sheet.hash);
        hasher.update(format!("{mapping:?}"));
        let file_hash = hasher.finalize().to_vec();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (mut reached, refused) = (Reached::default(), Vec::new());
        let open = import::open_batch(view, kind, &file_hash)?;
        let resumed = open.is_some();
        if let Some(open) = open {
            reached.batch = Some(open.id);
            reached.next = usize::try_from(open.next_row).unwrap_or(0);
            reached.rows = open.counts();
        }
        let mut import = Import { sheet, mapping, zone, plan, file_name, file_hash, reached, resumed, refused };
        import.sum_up_earlier(view)?;
        Ok(import)
    }

    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        self.sheet.rows.len()
    }

    /// Whether every row was dealt with.
    pub fn is_done(&self) -> bool {
        self.reached.next >= self.plan.records.len()
    }

    /// What became of the rows so far.
    pub fn summary(&self) -> Summary {
        self.summary_of(&self.reached)
    }

    /// The records that were refused so far, each with the row at fault.
    pub fn refusals(&self) -> Vec<Refusal> {
        self.refused.iter().map(|refused| self.refusal(refused)).collect()
    }

    /// Brings one transaction's worth in; answers what it touched.
    pub fn step(&mut self, store: &mut Store, call: &Call) -> Result<Changes> {
        let (mut reached, changes) = store.batch(call, 0, |batch| {
            let reached = self.bring_step(batch)?;
            Ok((reached, batch.changes().clone()))
        })?;
        self.refused.append(&mut reached.refused);
        self.reached = reached;
        Ok(changes)
    }

    /// What would become of the rows that are still to come, and which records would be refused; nothing of it stays.
    pub fn rehearse(
        &self,
        store: &mut Store,
        call: &Call,
        watch: &mut dyn FnMut(&Summary) -> ControlFlow<()>,
    ) -> Result<(Summary, Vec<Refusal>)> {
        Ok(self.told(&self.rehearsed(store, call, watch)?))
    }

    /// Writes every row that was refused so far into a file of its own. Rejected when it cannot be written.
    pub fn save_rejects(&self, source: &Path, path: &Path, lang: Lang) -> Result<()> {
        rejects::keep_apart(source, Some(path))?;
        let mut rejects = Rejects::open(Some(path), false, &self.sheet, lang)?;
        rejects.write(&self.sheet, &self.refused_rows(&self.refused, lang))
    }

    /// The same step by step: the file is begun, or gone on with where the import is.
    pub(super) fn begin_rejects(&self, path: Option<&Path>, lang: Lang) -> Result<Rejects> {
        Rejects::open(path, self.resumed, &self.sheet, lang)
    }

    /// Writes what was refused since so many records were.
    pub(super) fn write_rejects(&self, rejects: &mut Rejects, since: usize, lang: Lang) -> Result<usize> {
        let new = self.refused.get(since..).unwrap_or_default();
        rejects.write(&self.sheet, &self.refused_rows(new, lang))?;
        Ok(self.refused.len())
    }

    /// [`Import::rehearse`], with every row that would be refused written out.
    pub(super) fn rehearse_into(
        &self,
        store: &mut Store,
        call: &Call,
        (rejects, lang): (&mut Rejects, Lang),
        watch: &mut dyn FnMut(&Summary) -> ControlFlow<()>,
    ) -> Result<(Summary, Vec<Refusal>)> {
        let reached = self.rehearsed(store, call, watch)?;
        rejects.write(&self.sheet, &self.refused_rows(&reached.refused, lang))?;
        Ok(self.told(&reached))
    }

    /// What a rehearsal tells.
    fn told(&self, reached: &Reached) -> (Summary, Vec<Refusal>) {
        let refusals = reached.refused.iter().map(|refused| self.refusal(refused)).collect();
        (Summary { batch: None, ..self.summary_of(reached) }, refusals)
    }

    fn source(&self) -> Source<'_> {
        Source { sheet: &self.sheet, mapping: &self.mapping, zone: self.zone }
    }

    /// What the orders come to that an earlier part of this import brought.
    fn sum_up_earlier(&mut self, db: &Db) -> Result<()> {
        let mapping = &self.mapping;
        for record in self.plan.records.iter().take(self.reached.next) {
            if let Some(known) = import::known(db, mapping.kind, &mapping.source, &record.key)? {
                self.reached.add_sum(db, mapping.kind, known.row_id)?;
            }
        }
        Ok(())
    }

    fn rehearsed(
        &self,
        store: &mut Store,
        call: &Call,
        watch: &mut dyn FnMut(&Summary) -> ControlFlow<()>,
    ) -> Result<Reached> {
        store.rehearse(call, |batch| {
            let mut reached = self.reached.clone();
            self.enter(batch, &mut reached)?;
            while reached.next < self.plan.records.len() {
                self.bring_some(batch, &mut reached)?;
                if watch(&self.summary_of(&reached)).is_break() {
                    break;
                }
            }
            Ok(reached)
        })
    }

    /// One transaction's worth. While nothing of the file was new yet, nothing at all stays, not even the batch.
    fn bring_step(&self, batch: &mut Batch<'_>) -> Result<Reached> {
        let mut reached = self.reached.clone();
        let mut nothing_new = false;
        let stays = batch.together(|batch| {
            self.enter(batch, &mut reached)?;
            self.bring_some(batch, &mut reached)?;
            if self.reached.batch.is_none() && reached.rows.added == 0 && reached.rows.changed == 0 {
                nothing_new = true;
                return Err(Error::rejected("error.cancelled"));
            }
            if let Some(id) = reached.batch {
                let next = i64::try_from(reached.next).unwrap_or(i64::MAX);
                let done = reached.next >= self.plan.records.len();
                batch.run(&NoteImport { batch: id, next, done, rows: reached.rows })?;
            }
            Ok(())
        });
        if nothing_new {
            reached.batch = None;
        } else {
            stays?;
        }
        Ok(reached)
    }

    fn enter(&self, batch: &mut Batch<'_>, reached: &mut Reached) -> Result<()> {
        let id = match reached.batch {
            Some(id) => id,
            None => batch.run(&OpenImport {
                kind: self.mapping.kind,
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
                Ok((_, row)) => reached.add_sum(batch.db(), self.mapping.kind, row)?,
                Err(fault) => reached.refused.push(RefusedRecord { record: reached.next, fault }),
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
            // The file's own faults never say so: somebody called the work off in the middle of this record.
            (Err(error), _) if error.is_cancelled() => Err(error),
            (Err(_), Some(fault)) => Ok(Err(fault)),
            (Err(error), None) => Err(error),
        }
    }

    fn bring_whole(&self, batch: &mut Batch<'_>, record: &Record, id: Id<ImportBatch>) -> Built<(Outcome, i64)> {
        let source = &self.source();
        let along = Builder { source, db: batch.db() }.along(record)?;
        for (row, rule, import) in along {
            batch.run(&ImportRecord { batch: id, ..import }).map_err(|error| {
                let column = column_of(&rule.fields, error.field().unwrap_or_default());
                Fault { row, column, error }
            })?;
        }
        let import = ImportRecord { batch: id, ..Builder { source, db: batch.db() }.record(record)? };
        let failed = |error| Fault { row: 0, column: None, error };
        if let Some(row) = import.unchanged(batch.db()).map_err(failed)? {
            return Ok((Outcome::Unchanged, row));
        }
        if self.mapping.source == builtin::SOURCE {
            own::not_here(batch.db(), &import).map_err(failed)?;
        }
        match batch.run(&import) {
            Ok(brought) => Ok((brought.outcome, brought.id)),
            Err(error) => Err(Builder { source, db: batch.db() }.blame(error)),
        }
    }

    fn refusal(&self, refused: &RefusedRecord) -> Refusal {
        let rows = self.plan.records.get(refused.record).map_or(&[][..], |record| record.rows.as_slice());
        let faulty = rows.get(refused.fault.row).or(rows.first());
        Refusal {
            line: faulty.and_then(|at| self.sheet.rows.get(*at)).map_or(0, |row| row.line),
            column: refused.fault.column.clone(),
            error: refused.fault.error.clone(),
            rows: rows.len(),
        }
    }

    fn refused_rows(&self, refused: &[RefusedRecord], lang: Lang) -> Vec<Refused> {
        let mut rows = Vec::new();
        for one in refused {
            let Some(record) = self.plan.records.get(one.record) else { continue };
            let refusal = self.refusal(one);
            let (own, line) = (refusal.reason(lang), refusal.line);
            let faulty = record.rows.get(one.fault.row).or(record.rows.first());
            for at in &record.rows {
                let others = || tr(lang, "import.same_order", &[("line", &line.to_string()), ("reason", &own)]);
                let reason = if Some(at) == faulty { own.clone() } else { others() };
                rows.push(Refused { at: *at, reason });
            }
        }
        rows.sort_by_key(|row| row.at);
        rows
    }

    fn summary_of(&self, reached: &Reached) -> Summary {
        Summary {
            rows: reached.rows,
            batch: reached.batch.map(Id::get),
            done: reached.next >= self.plan.records.len(),
            passed: i64::try_from(self.plan.passed).unwrap_or(i64::MAX),
            sums: reached.sums.iter().map(|(currency, sum)| (currency.code().to_owned(), sum.to_string())).collect(),
        }
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
