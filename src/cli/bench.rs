//! `patver bench`: how fast the program is on this machine, one JSON object a line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use crate::app::{Start, rehearsal};
use crate::base::date::Zone;
use crate::bench::book::{self, Plan, ZONE};
use crate::bench::{self, Figure, Found};
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::engine::clock::{Clock as _, SetClock, SystemClock};
use crate::engine::guard;
use crate::engine::ticket::Watch;
use crate::engine::value::damaged;
use crate::platform::{self, Workplace};

/// Measures in a folder of its own, which is removed afterwards; the measured file stays where `--keep` says.
/// With `--file`, a file that was kept is measured again.
pub(crate) fn bench(run: &mut Run, typed: &usage::Bench) -> Result<(), Stop> {
    if let Some(kept) = &typed.keep {
        guard::require_absent(kept)?;
    }
    let folder = folder(typed.keep.as_deref().or(run.common.file.as_deref()));
    platform::private_folder(&folder)?;
    let measured = measure(run, typed, &folder);
    let removed = std::fs::remove_dir_all(&folder);
    measured?;
    removed.map_err(|error| platform::io_error(&folder, &error))?;
    run.out.flush()
}

fn measure(run: &mut Run, typed: &usage::Bench, folder: &Path) -> Result<(), Stop> {
    if let Some(file) = run.common.file.clone() {
        return looked_at(run, &file, folder);
    }
    let plan = Plan { orders: typed.orders, today: Zone::parse(ZONE)?.date_of(SystemClock.now()) };
    let file = typed.keep.clone().unwrap_or_else(|| folder.join("bench.patver"));
    let made = bench::make(&file, &plan, &Watch::default())?;
    tell(run, vec![made])?;
    let writes = bench::writes(folder, plan.orders)?;
    tell(run, writes)?;
    looked_at(run, &file, folder)
}

/// The window first: what it takes of memory is seen only while nothing else has taken more.
fn looked_at(run: &mut Run, file: &Path, folder: &Path) -> Result<(), Stop> {
    run.out.json(&json!({"what": "sign-in", "login": book::LOGIN, "password": book::PASSWORD}))?;
    let found = Found::of(file)?;
    let window = rehearsal::measure(start(run, file, (folder, &found)), &person(&found))?;
    tell(run, window)?;
    let window = full(run, &folder.join("full.patver"), &found)?;
    tell(run, window)?;
    tell(run, vec![bench::colors()?])?;
    let reads = bench::reads(file, &found)?;
    tell(run, reads)
}

/// The window over full screens.
fn full(run: &Run, file: &Path, found: &Found) -> Result<Vec<Figure>, Stop> {
    let order = bench::make_full(file, found)?;
    let found = Found::of(file)?;
    let folder = file.with_extension("window");
    platform::private_folder(&folder)?;
    Ok(rehearsal::measure_full(start(run, file, (&folder, &found)), &person(&found), order.get())?)
}

fn start(run: &Run, file: &Path, (folder, found): (&Path, &Found)) -> Start {
    Start {
        file: Some(file.to_owned()),
        lang: run.lang,
        clock: Arc::new(SetClock::at(found.now)),
        workplace: Workplace::at(folder),
        inline: false,
    }
}

fn person(found: &Found) -> rehearsal::Person<'_> {
    rehearsal::Person { login: book::LOGIN, password: book::PASSWORD, newest: &found.newest }
}

fn tell(run: &mut Run, figures: Vec<Figure>) -> Result<(), Stop> {
    for figure in figures {
        run.out.json(&serde_json::to_value(&figure).map_err(damaged)?)?;
    }
    run.out.flush()
}

/// A new name beside the file that is measured, else among the temporary ones.
fn folder(file: Option<&Path>) -> PathBuf {
    let beside = file.and_then(Path::parent).map_or_else(std::env::temp_dir, Path::to_owned);
    beside.join(format!("patver-bench-{}", std::process::id()))
}
