//! How far long work is, on a line of a terminal; nothing where errors go to a file. Ctrl+C calls the work off.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use crate::base::error::{Error, Result};
use crate::base::locale::{Lang, tr};
use crate::engine::ticket::Watch;

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(200);

/// A line that is written over and over.
pub(crate) struct Line {
    shown: bool,
    visible: bool,
}

impl Line {
    pub(crate) fn new() -> Line {
        Line { shown: false, visible: std::io::stderr().is_terminal() }
    }

    /// Writes these words in the place of the earlier ones.
    pub(crate) fn show(&mut self, words: impl FnOnce() -> String) {
        if self.visible {
            // Who cannot be shown how far it is still gets the result.
            drop(write!(std::io::stderr(), "\r{}\u{1b}[K", words()));
            self.shown = true;
        }
    }

    /// Leaves the line as if nothing had stood there.
    pub(crate) fn clear(&self) {
        if self.shown {
            drop(write!(std::io::stderr(), "\r\u{1b}[K"));
        }
    }
}

/// Does some work while the line says how many hundredths of it are done, with the text under this key.
pub(crate) fn shown<T>(lang: Lang, key: &str, watch: &Watch, work: impl FnOnce() -> T) -> T {
    let mut line = Line::new();
    if !line.visible {
        return work();
    }
    let show = |done: u64, total: u64| {
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0).min(100);
        line.show(|| tr(lang, key, &[("percent", &percent.to_string())]));
    };
    let done = watch.shown(EVERY, show, work);
    line.clear();
    done
}

/// From now on Ctrl+C calls the work off; pressed again, it ends the program at once. Fails where the system refuses.
pub(crate) fn stops_by_key(watch: &Watch) -> Result<()> {
    use signal_hook::consts::SIGINT;
    use signal_hook::flag;
    /// What a shell expects of a program that Ctrl+C has ended.
    const ENDED_BY_KEY: i32 = 130;
    let refused = |error: std::io::Error| Error::failure("error.rule_broken", error);
    flag::register_conditional_shutdown(SIGINT, ENDED_BY_KEY, watch.switch()).map_err(refused)?;
    flag::register(SIGINT, watch.switch()).map_err(refused)?;
    Ok(())
}
