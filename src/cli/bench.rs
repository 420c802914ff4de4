//! `patver bench`: how fast the program is on this machine, one JSON object a line.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::base::date::Zone;
use crate::bench::book::{self, Plan, ZONE};
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::engine::clock::{Clock as _, SystemClock};
use crate::engine::guard;
use crate::engine::ticket::Watch;
use crate::engine::value::damaged;
use crate::platform;

/// Measures in a folder of its own, which is removed afterwards; the measured file stays where `--keep` says.
pub(crate) fn bench(run: &mut Run, typed: &usage::Bench) -> Result<(), Stop> {
    if let Some(kept) = &typed.keep {
        guard::require_absent(kept)?;
    }
    let folder = folder(typed.keep.as_deref());
    platform::private_folder(&folder)?;
    let plan = Plan { orders: typed.orders, today: Zone::parse(ZONE)?.date_of(SystemClock.now()) };
    let measured = crate::bench::run(&folder, &plan, &Watch::default());
    let kept = match (&measured, &typed.keep) {
        (Ok(_), Some(kept)) => std::fs::rename(folder.join(crate::bench::FILE), kept),
        _ => Ok(()),
    };
    let removed = std::fs::remove_dir_all(&folder);
    if typed.keep.is_some() {
        run.out.json(&json!({"what": "sign-in", "login": book::LOGIN, "password": book::PASSWORD}))?;
    }
    for figure in measured? {
        run.out.json(&serde_json::to_value(&figure).map_err(damaged)?)?;
    }
    for moved in [kept, removed] {
        moved.map_err(|error| platform::io_error(&folder, &error))?;
    }
    run.out.flush()
}

/// A new name beside the file that is kept, else among the temporary ones.
fn folder(kept: Option<&Path>) -> PathBuf {
    let beside = kept.and_then(Path::parent).map_or_else(std::env::temp_dir, Path::to_owned);
    beside.join(format!("patver-bench-{}", std::process::id()))
}
