//! The rule of the clock: how many tries a login gets, and how long it waits between them. Pure; knows no file.

/// So many wrong tries cost no waiting; after them a PIN opens nothing.
pub(super) const FREE_TRIES: i64 = 3;
/// The longest wait between two tries.
const LONGEST_WAIT_MILLIS: i64 = 15 * 60 * 1000;
/// So many wrong tries are looked at in any hour, whatever happens in between.
const TRIES_AN_HOUR: usize = 20;
const HOUR_MILLIS: i64 = 60 * 60 * 1000;
/// Looking at one password takes less, on any machine: a try that is not decided by then was made by a program that
/// ended. Until then it counts against the next one even after a right password, so this is short.
const LONGEST_LOOK_MILLIS: i64 = 10 * 1000;

/// The tries of one login since its last right password, as they stand on disk.
///
/// The rule of the clock. Time here is the latest moment ever seen: the computer's clock, or `seen_at` where the
/// clock stands before it. So a clock set back never shortens a wait, and swinging it to and fro gains nothing.
/// A clock set forward ends at most the wait that is pending: failures never fade with time, only a right password
/// clears them, so the next wait is as long and begins in the future that was reached. Should a clock be found more
/// than an hour behind the latest moment seen, that moment was a mistake: what was left of the wait, and a full
/// hour of the hourly limit, then run from the clock as it is. So nobody is locked out for longer than the hour
/// and a quarter. Who may set the clock as they please may also copy the file; there only the cost of a hash helps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tries {
    pub(super) failures: i64,
    pub(super) seen_at: i64,
    pub(super) wait_until: i64,
    /// The tries within the hour that were not right, or are not decided yet, oldest first.
    recent: Vec<Try>,
}

/// One try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Try {
    /// When it was made.
    at: i64,
    /// Its password is still being looked at, by this program or another one.
    open: bool,
}

/// What is said to a try before its password is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Go on; the try is counted as wrong until the password turns out right.
    Go { now: i64 },
    /// Others are being looked at; should they turn out right, this one need not wait.
    Soon { millis: i64 },
    /// Not before so many milliseconds.
    Wait { millis: i64 },
}

impl Tries {
    /// Judges and counts a try.
    pub(super) fn ask(&mut self, clock: i64) -> Verdict {
        let now = self.look(clock);
        let oldest = self.recent.len().checked_sub(TRIES_AN_HOUR).and_then(|at| self.recent.get(at));
        let hourly = oldest.map_or(0, |oldest| oldest.at + HOUR_MILLIS);
        let millis = self.wait_until.max(hourly) - now;
        if millis > 0 {
            return if self.open() > 0 { Verdict::Soon { millis } } else { Verdict::Wait { millis } };
        }
        self.failures += 1;
        self.wait_until = now + wait_after(self.failures);
        self.recent.push(Try { at: now, open: true });
        Verdict::Go { now }
    }

    /// Takes back the try made at this moment, and what stood against the login before it; tries that are still
    /// being looked at go on to count. Gives how many wrong tries there were besides.
    pub(super) fn succeed(&mut self, made: i64, clock: i64) -> i64 {
        let now = self.look(clock);
        if let Some(at) = self.made_at(made) {
            self.recent.remove(at);
        }
        let open = self.open();
        let failed = (self.failures - 1 - open).max(0);
        self.failures = open;
        // Who was admitted beside it may be a program that was ended: the next try need not wait for that to show.
        self.wait_until = now;
        failed
    }

    /// Notes that the password of the try made at this moment was not right.
    pub(super) fn fail(&mut self, made: i64) {
        let decided = self.made_at(made).and_then(|at| self.recent.get_mut(at));
        if let Some(decided) = decided {
            decided.open = false;
        }
    }

    /// How many tries are being looked at.
    fn open(&self) -> i64 {
        i64::try_from(self.recent.iter().filter(|one| one.open).count()).unwrap_or(i64::MAX)
    }

    /// The place of an undecided try made at this moment. Two of one moment are as good as each other.
    fn made_at(&self, made: i64) -> Option<usize> {
        self.recent.iter().position(|one| *one == Try { at: made, open: true })
    }

    /// Brings the time seen up to date, and gives it.
    fn look(&mut self, clock: i64) -> i64 {
        let left = (self.wait_until - self.seen_at).clamp(0, LONGEST_WAIT_MILLIS);
        if clock < self.seen_at - HOUR_MILLIS {
            let hour_ago = self.seen_at - HOUR_MILLIS;
            self.recent.retain(|one| one.at > hour_ago);
            self.recent.iter_mut().for_each(|one| one.at = clock);
            self.seen_at = clock;
            self.wait_until = clock + left;
        }
        self.wait_until = self.wait_until.min(self.seen_at + left);
        self.seen_at = self.seen_at.max(clock);
        let hour_ago = self.seen_at - HOUR_MILLIS;
        self.recent.retain(|one| one.at > hour_ago);
        // A program that was ended while it looked decides nothing any more.
        let under_way = self.seen_at - LONGEST_LOOK_MILLIS;
        self.recent.iter_mut().for_each(|one| one.open &= one.at > under_way);
        self.seen_at
    }
}

/// How long to wait after so many wrong tries: nothing, then 1, 2, 4 … seconds up to a quarter of an hour.
fn wait_after(failures: i64) -> i64 {
    let doublings = failures - FREE_TRIES;
    if doublings < 0 {
        return 0;
    }
    let millis =
        u32::try_from(doublings).ok().filter(|doublings| *doublings < 20).map(|doublings| 1000_i64 << doublings);
    millis.unwrap_or(LONGEST_WAIT_MILLIS).min(LONGEST_WAIT_MILLIS)
}

impl Tries {
    /// The recent tries as a text: their moments, with a mark after those that are being looked at.
    pub(super) fn recent(&self) -> String {
        let written = self.recent.iter().map(|one| format!("{}{}", one.at, if one.open { OPEN } else { "" }));
        written.collect::<Vec<_>>().join(",")
    }

    /// What was kept; what is no moment among it is passed over.
    pub(super) fn kept((failures, seen_at, wait_until, recent): (i64, i64, i64, String)) -> Tries {
        let read = |text: &str| {
            let at = text.strip_suffix(OPEN);
            Some(Try { at: at.unwrap_or(text).parse().ok()?, open: at.is_some() })
        };
        Tries { failures, seen_at, wait_until, recent: recent.split(',').filter_map(read).collect() }
    }
}

/// Marks a try that is being looked at.
const OPEN: &str = "?";

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const START: i64 = 1_790_000_000_000;

    /// Tries as fast as the waits allow, all wrong; gives the moments at which one was looked at.
    fn attack(tries: &mut Tries, from: i64, until: i64) -> Vec<i64> {
        let (mut clock, mut looked) = (from, Vec::new());
        while clock < until {
            match tries.ask(clock) {
                Verdict::Go { now } => {
                    tries.fail(now);
                    looked.push(now);
                }
                Verdict::Wait { millis } | Verdict::Soon { millis } => clock += millis,
            }
        }
        looked
    }

    #[test]
    fn three_tries_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<_> = (1..=15).map(|failures| wait_after(failures) / 1000).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(wait_after(i64::MAX), LONGEST_WAIT_MILLIS);
    }

    #[test]
    fn a_patient_attacker_gets_fifteen_tries_in_the_first_hour_and_four_in_every_other() {
        let mut tries = Tries::default();
        assert_eq!(attack(&mut tries, START, START + HOUR_MILLIS).len(), 15);
        assert_eq!(attack(&mut tries, START + HOUR_MILLIS, START + 2 * HOUR_MILLIS).len(), 4);
    }

    #[test]
    fn right_passwords_in_between_free_the_next_tries_but_not_beyond_twenty_an_hour() {
        let mut tries = Tries::default();
        let mut looked = 0;
        for minute in 0..60 {
            looked += attack(&mut tries, START + minute * MINUTE, START + minute * MINUTE + 1).len();
            if let Verdict::Go { now } = tries.clone().ask(START + minute * MINUTE + 30_000) {
                tries.ask(START + minute * MINUTE + 30_000);
                tries.succeed(now, now);
            }
        }
        assert_eq!(looked, 20);
    }

    #[test]
    fn a_right_password_never_counts_against_the_hour() {
        let mut tries = Tries::default();
        for second in 0..3600 {
            let Verdict::Go { now } = tries.ask(START + second * 1000) else { panic!("kept out at {second}") };
            assert_eq!(tries.succeed(now, now), 0);
        }
    }

    #[test]
    fn a_clock_set_back_a_little_shortens_no_wait() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let pending = tries.wait_until;
        for back in [1, MINUTE, 30 * MINUTE, HOUR_MILLIS] {
            let Verdict::Wait { millis } = tries.ask(tries.seen_at - back) else { panic!("let in") };
            assert_eq!(tries.seen_at + millis, pending);
        }
    }

    #[test]
    fn a_clock_set_back_by_years_runs_what_was_left_of_the_wait_and_locks_nobody_out() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let left = tries.wait_until - tries.seen_at;
        assert!(left > 0);
        let long_ago = START - 3650 * 24 * HOUR_MILLIS;
        assert_eq!(tries.ask(long_ago), Verdict::Wait { millis: left });
        assert_eq!(tries.ask(long_ago + left), Verdict::Go { now: long_ago + left });
    }

    #[test]
    fn swinging_the_clock_to_and_fro_within_an_hour_gives_no_more_tries_than_standing_still_would() {
        let (mut tries, mut looked) = (Tries::default(), 0);
        for swing in 0..1000 {
            let clock = START + (swing * 17 % 60) * MINUTE;
            looked += i64::from(matches!(tries.ask(clock), Verdict::Go { .. }));
        }
        assert!(looked <= 20, "{looked}");
    }

    #[test]
    fn swinging_the_clock_over_more_than_an_hour_pays_every_wait_in_full() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let (mut forward, mut looked) = (0, 0);
        for swing in 0..200 {
            let clock = if swing % 2 == 0 { START } else { START + 2 * HOUR_MILLIS };
            forward += i64::from(swing % 2 == 1);
            looked += i64::from(matches!(tries.ask(clock), Verdict::Go { .. }));
        }
        assert!(looked <= forward + 1, "{looked} tries for {forward} jumps");
        let in_order: Vec<_> = tries.recent.iter().zip(tries.recent.iter().skip(1)).collect();
        assert!(in_order.iter().all(|(left, right)| left.at <= right.at) && tries.recent.len() <= TRIES_AN_HOUR);
    }

    #[test]
    fn a_clock_set_forward_ends_one_wait_and_the_next_is_as_long() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + HOUR_MILLIS);
        let future = START + 3650 * 24 * HOUR_MILLIS;
        assert_eq!(tries.ask(future), Verdict::Go { now: future });
        tries.fail(future);
        assert_eq!(tries.ask(future), Verdict::Wait { millis: LONGEST_WAIT_MILLIS });
        assert_eq!(tries.ask(future - MINUTE), Verdict::Wait { millis: LONGEST_WAIT_MILLIS });
    }

    #[test]
    fn nonsense_on_disk_locks_nobody_out() {
        let mut tries = Tries {
            failures: 5,
            seen_at: 0,
            wait_until: i64::MAX / 2,
            recent: vec![Try { at: i64::MAX / 2, open: true }; 3],
        };
        assert!(matches!(tries.ask(START), Verdict::Go { .. }));
    }

    #[test]
    fn right_passwords_at_one_moment_wait_for_each_other_and_count_for_nothing() {
        let mut tries = Tries::default();
        for _ in 0..3 {
            assert_eq!(tries.ask(START), Verdict::Go { now: START });
        }
        assert_eq!(tries.ask(START), Verdict::Soon { millis: 1_000 });
        assert_eq!(tries.succeed(START, START), 0, "the others are not wrong, only not decided");
        assert_eq!(tries.ask(START), Verdict::Go { now: START });
        for _ in 0..3 {
            assert_eq!(tries.succeed(START, START), 0);
        }
        assert_eq!(tries, Tries { seen_at: START, wait_until: START, ..Tries::default() });
    }

    #[test]
    fn wrong_passwords_at_one_moment_wait_as_long_as_one_after_the_other() {
        let mut tries = Tries::default();
        for _ in 0..3 {
            tries.ask(START);
        }
        for _ in 0..3 {
            assert_eq!(tries.ask(START), Verdict::Soon { millis: 1_000 });
            tries.fail(START);
        }
        assert_eq!(tries.ask(START), Verdict::Wait { millis: 1_000 });
        assert_eq!(Tries::kept((3, START, START + 1_000, tries.recent())), tries);
    }

    #[test]
    fn a_right_password_clears_what_was_wrong_but_not_what_is_being_looked_at() {
        let mut tries = Tries::default();
        tries.ask(START);
        tries.fail(START);
        tries.ask(START + 1);
        tries.ask(START + 2);
        assert_eq!(tries.succeed(START + 2, START + 3), 1);
        assert_eq!((tries.failures, tries.open()), (1, 1));
        tries.fail(START + 1);
        tries.ask(START + 4);
        assert_eq!(tries.succeed(START + 4, START + 4), 1);
        assert_eq!(tries.recent.len(), 2, "both wrong ones count for the hour");
    }

    /// How long a right password waits before it lets in.
    fn waits(tries: &mut Tries, clock: i64) -> i64 {
        match tries.ask(clock) {
            Verdict::Go { now } => {
                tries.succeed(now, now);
                0
            }
            Verdict::Wait { millis } | Verdict::Soon { millis } => millis + waits(tries, clock + millis),
        }
    }

    #[test]
    fn programs_that_are_ended_again_and_again_while_they_look_keep_a_right_password_waiting_for_seconds_only() {
        let mut tries = Tries::default();
        for ended in 1..TRIES_AN_HOUR {
            let clock = tries.seen_at.max(START) + 2_000;
            assert_eq!(tries.ask(clock), Verdict::Go { now: clock }, "try {ended}, whose program is ended here");
            assert!(waits(&mut tries, clock + 1_000) <= 8_000);
        }
    }

    #[test]
    fn a_program_that_ended_while_it_looked_keeps_nobody_waiting_for_its_word() {
        let mut tries = Tries::default();
        attack(&mut tries, START, START + 10 * MINUTE);
        if let Verdict::Wait { millis } = tries.ask(START + 10 * MINUTE) {
            tries.ask(START + 10 * MINUTE + millis);
        }
        assert_eq!(tries.open(), 1);
        assert!(matches!(tries.ask(tries.seen_at + LONGEST_LOOK_MILLIS), Verdict::Wait { .. }));
    }
}
