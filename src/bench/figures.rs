//! Durations gathered and told: percentiles, and the ratio to another run of the same work.

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::base::error::Result;

/// One line of the bench's answer. Times are whole microseconds.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// How often.
    pub n: usize,
    /// Half of the times were not above this.
    pub p50: u128,
    /// 95 of 100 were not above this.
    pub p95: u128,
    /// 99 of 100 were not above this.
    pub p99: u128,
    /// The longest.
    pub max: u128,
    /// The unit of the times.
    pub unit: &'static str,
    /// The whole time in milliseconds.
    pub total_ms: u128,
    /// The whole time in parts of the bare database's for the same rows, as a decimal; none where nothing compares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<String>,
    /// What is promised, in the same unit; none where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<u128>,
    /// Of which of the figures it is promised, such as `p95`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_of: Option<&'static str>,
}

impl Figure {
    /// The same with what is promised of one of its figures.
    #[must_use]
    pub fn within(self, target_of: &'static str, target: u128) -> Figure {
        Figure { target: Some(target), target_of: Some(target_of), ..self }
    }

    /// A number of bytes.
    pub fn bytes(what: &str, bytes: u64) -> Figure {
        let [p50, p95, p99, max] = [u128::from(bytes); 4];
        let (n, unit, total_ms, ratio) = (1, "bytes", 0, None);
        Figure { what: what.to_owned(), n, p50, p95, p99, max, unit, total_ms, ratio, target: None, target_of: None }
    }
}

/// Durations of one kind of work.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One alone.
    pub fn of(time: Duration) -> Times {
        Times(vec![time])
    }

    /// One more.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Does some work and notes how long it took.
    pub fn measure<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let start = Instant::now();
        let done = work()?;
        self.add(start.elapsed());
        Ok(done)
    }

    fn total(&self) -> Duration {
        self.0.iter().sum()
    }

    /// Told as one line; with the times of the same work done bare, if any.
    pub fn figure(&self, what: impl Into<String>, bare: Option<&Times>) -> Figure {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = |percent: usize| {
            let place = (sorted.len().saturating_mul(percent) / 100).min(sorted.len().saturating_sub(1));
            sorted.get(place).map_or(0, Duration::as_micros)
        };
        Figure {
            what: what.into(),
            n: sorted.len(),
            p50: at(50),
            p95: at(95),
            p99: at(99),
            max: at(100),
            unit: "us",
            total_ms: self.total().as_millis(),
            ratio: bare.and_then(|bare| ratio(self.total(), bare.total())),
            target: None,
            target_of: None,
        }
    }
}

/// One time in parts of another, with two decimals.
fn ratio(ours: Duration, bare: Duration) -> Option<String> {
    let hundredths = ours.as_nanos().checked_mul(100)?.checked_div(bare.as_nanos())?;
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_cut_to_two_decimals_and_is_none_without_a_bare_time() {
        assert_eq!(ratio(Duration::from_millis(159), Duration::from_millis(100)).as_deref(), Some("1.59"));
        assert_eq!(ratio(Duration::from_millis(1), Duration::ZERO), None);
    }
}
