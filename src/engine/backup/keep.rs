//! Keeping backups: when one is due, where it goes, which old ones go. The window and the command line ask here alike.

use std::path::{Path, PathBuf};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::backup::{self, Backup, Limits, Reason};
use crate::engine::journal;
use crate::engine::query::View;
use crate::engine::ticket::Watch;

/// So long after the last one a backup is due, in milliseconds.
const HOUR: i64 = 3_600_000;

/// So long a company may be without a copy outside the machine, in milliseconds.
const OUTSIDE: i64 = 7 * 24 * HOUR;

/// Where the backups of a company go, and how much of them stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// The folder.
    pub folder: PathBuf,
    /// A second one outside the machine, such as a stick.
    pub second: Option<PathBuf>,
    /// How much stays in each.
    pub limits: Limits,
}

/// When a backup is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Whatever is there already.
    Now(Reason),
    /// Where anything changed since the last one.
    Changed(Reason),
    /// Where anything changed and the last one is an hour old, or the program has just started.
    Due {
        /// Whether it has.
        starting: bool,
    },
    /// Not now; what is there may still go to the second folder.
    Never,
}

/// What was done.
#[derive(Debug)]
pub struct Kept {
    /// The backup that was made, if one was to be.
    pub made: Option<Backup>,
    /// What became of the newest backup in the second folder, if there is one.
    pub outside: Option<Result<Backup>>,
    /// How many old ones went.
    pub gone: usize,
}

/// Makes a backup when it is time, brings the newest one to the second folder, and lets old ones go. Rejected without
/// the right, or once it is called off; a second folder that is not there is told and hinders nothing.
pub fn keep(view: &View<'_>, company: &Path, (keeping, when): (&Keeping, When), watch: &Watch) -> Result<Kept> {
    let newest = backup::list_of(view, &keeping.folder)?.into_iter().next();
    let (seq, _) = journal::head(view)?;
    let last = newest.as_ref().map(|backup| (backup.manifest.made_at, backup.manifest.seq));
    let made = match reason(when, last, (view.now(), seq)) {
        Some(reason) => Some(backup::make_of(view, company, (&keeping.folder, reason), watch)?),
        None => None,
    };
    let outside = match (&keeping.second, made.as_ref().or(newest.as_ref())) {
        (Some(second), Some(newest)) => Some(backup::also(newest, second, watch)),
        _ => None,
    };
    watch.still_wanted()?;
    let mut gone = 0;
    if made.is_some() {
        gone = backup::prune_of(view, &keeping.folder, keeping.limits)?.len();
        if let (Some(second), Some(Ok(_))) = (&keeping.second, &outside) {
            backup::prune_of(view, second, keeping.limits)?;
        }
    }
    Ok(Kept { made, outside, gone })
}

/// Why a backup is to be made now, if one is: with the moment and the journal's end of the last one, and those of now.
fn reason(when: When, last: Option<(Instant, i64)>, (now, seq): (Instant, i64)) -> Option<Reason> {
    let changed = last.map_or(seq > 0, |(_, kept)| seq != kept);
    match when {
        When::Never => None,
        When::Now(reason) => Some(reason),
        When::Changed(reason) => changed.then_some(reason),
        When::Due { starting } => {
            let age = last.map_or(HOUR, |(made_at, _)| now.millis().saturating_sub(made_at.millis()));
            // A clock that was set back must not keep backups away.
            let old = starting || !(0..HOUR).contains(&age);
            (changed && old).then_some(Reason::Schedule)
        }
    }
}

/// Up to when the newest whole backup of the company in a folder has everything: now, where nothing changed since. None
/// where there is none, or no folder.
pub fn newest_whole(view: &View<'_>, folder: &Path) -> Result<Option<Instant>> {
    let (seq, _) = journal::head(view)?;
    let newest = backup::list_of(view, folder)?.into_iter().find(|backup| backup.mark.whole);
    Ok(newest.map(|backup| if backup.manifest.seq == seq { view.now() } else { backup.manifest.made_at }))
}

/// For how many days a company has had no whole copy outside the machine, since the last one or since it began; none
/// while that is no reason to worry.
pub fn days_without_outside(last: Option<Instant>, began: Instant, now: Instant) -> Option<i64> {
    let age = now.millis().saturating_sub(last.unwrap_or(began).millis());
    (age > OUTSIDE).then(|| age.div_euclid(24 * HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Instant {
        Instant::from_millis(1_795_501_800_000 + hours * HOUR)
    }

    #[test]
    fn a_backup_is_due_an_hour_after_the_last_one_or_at_the_start_and_only_where_something_changed() {
        let due = |starting, last, now| reason(When::Due { starting }, last, now).is_some();
        assert!(due(false, None, (at(0), 1)), "there is none yet");
        assert!(!due(true, None, (at(0), 0)), "there is nothing to keep");
        assert!(!due(true, Some((at(0), 7)), (at(90), 7)), "nothing changed");
        assert!(!due(false, Some((at(1), 7)), (at(1), 9)));
        assert!(due(true, Some((at(1), 7)), (at(1), 9)));
        assert!(due(false, Some((at(1), 7)), (at(2), 9)));
        assert!(due(false, Some((at(5), 7)), (at(2), 9)), "the clock was set back");
    }

    #[test]
    fn more_than_seven_days_without_a_copy_outside_are_counted() {
        assert_eq!(days_without_outside(Some(at(0)), at(-900), at(7 * 24)), None);
        assert_eq!(days_without_outside(Some(at(0)), at(-900), at(7 * 24 + 1)), Some(7));
        assert_eq!(days_without_outside(None, at(0), at(24 * 9)), Some(9));
        assert_eq!(days_without_outside(None, at(0), at(24)), None);
    }
}
