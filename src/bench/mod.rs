//! How fast the program is on this machine, beside the bare database in the same run. Shown by `patver bench`.

pub mod book;
mod figures;
mod reads;
mod shop;
mod words;
mod writes;

use std::path::Path;
use std::sync::Arc;

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::bench::book::Plan;
use crate::bench::figures::Times;
use crate::domain::BUSINESS;
use crate::engine::clock::SetClock;
use crate::engine::store::Store;
use crate::engine::ticket::Watch;
pub use figures::Figure;

/// The name of the measured company file in its folder.
pub const FILE: &str = "bench.patver";

/// So many orders are enough to compare durable writes.
const MOST_WRITES: u64 = 10_000;

/// Measures writes on a small file and reads on one of the planned size, which is made in `folder` and stays there.
pub fn run(folder: &Path, plan: &Plan, watch: &Watch) -> Result<Vec<Figure>> {
    let mut figures = writes::measure(folder, plan.orders.min(MOST_WRITES))?;
    let file = folder.join(FILE);
    let mut making = Times::default();
    making.measure(|| make(&file, plan, watch))?;
    figures.push(making.figure("make-file", None));
    figures.extend(reads::measure(&file, plan)?);
    Ok(figures)
}

/// Makes the file that is measured.
pub fn make(file: &Path, plan: &Plan, watch: &Watch) -> Result<()> {
    let clock = Arc::new(SetClock::at(Instant::from_millis(0)));
    let mut store = Store::create(file, &BUSINESS, clock.clone())?;
    book::found(&mut store, &clock, plan)?;
    book::fill(&mut store, &clock, plan, watch)?;
    store.close()
}

/// Measures reads on a file that was made before.
pub fn reads(file: &Path, plan: &Plan) -> Result<Vec<Figure>> {
    reads::measure(file, plan)
}
