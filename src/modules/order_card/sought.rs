//! What was confirmed in the line entry: so many of what, and where a scanner's burst begins behind half typed words.

use std::collections::VecDeque;

use crate::base::error::Error;
use crate::base::quantity::Quantity;
use crate::ui::scan::PACE;

/// Behind so much silence another hand types, in seconds.
const SILENCE: f64 = 0.12;
/// Fewer characters are no code.
const LEAST: usize = 4;

/// So many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// How many.
    pub quantity: String,
    /// Of what.
    pub text: String,
}

impl Typed {
    /// Why the number before the sign is no quantity, where it is a number that does not fit.
    pub(super) fn refused(text: &str) -> Option<Error> {
        let (count, rest) = text.trim().split_once('*')?;
        let count = count.trim();
        let number = !count.is_empty() && count.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter));
        let fits = count.replace(',', ".").parse::<Quantity>();
        (number && !rest.trim().is_empty()).then(|| fits.err())?
    }

    /// `3*` before the rest says how many.
    pub(super) fn of(text: &str) -> Typed {
        let text = text.trim();
        if let Some((count, rest)) = text.split_once('*')
            && let Ok(count) = count.trim().replace(',', ".").parse::<Quantity>()
            && count.micros() > 0
        {
            return Typed { quantity: count.to_string(), text: rest.trim().to_owned() };
        }
        Typed { quantity: "1".to_owned(), text: text.to_owned() }
    }
}

/// What may be a code, and what then stays in the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    /// So many of this code.
    pub typed: Typed,
    /// What was half typed before it.
    pub rest: String,
}

/// What is looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sought {
    /// As it stood in the field.
    pub whole: String,
    /// What of it may be a code, the likeliest first.
    pub codes: VecDeque<Code>,
    /// So many of which code a scanner gave; none where it was typed.
    pub scanned: Option<Typed>,
}

impl Sought {
    /// What stood in the field when Enter came; where its end came as fast as a scanner types, that alone may be the
    /// code.
    pub(super) fn confirmed(whole: &str, burst: Option<usize>) -> Sought {
        let all = Code { typed: Typed::of(whole), rest: String::new() };
        let end = burst.and_then(|at| whole.split_at_checked(at));
        let end = end.map(|(rest, code)| Code { typed: Typed::of(code), rest: rest.to_owned() });
        Sought { whole: whole.to_owned(), codes: [Some(all), end].into_iter().flatten().collect(), scanned: None }
    }

    /// So many of a code that a scanner gave.
    pub(super) fn scanned(quantity: String, code: &str) -> Sought {
        let typed = Typed { quantity, text: code.to_owned() };
        let codes = VecDeque::from([Code { typed: typed.clone(), rest: String::new() }]);
        Sought { whole: code.to_owned(), codes, scanned: Some(typed) }
    }

    /// So many of which code it is that nobody knows, where it is one and not words: a scanner goes on behind it.
    pub(super) fn unknown(&self) -> Option<Typed> {
        let is_code = |typed: &Typed| {
            typed.text.chars().count() >= LEAST && typed.text.chars().all(|letter| letter.is_ascii_digit())
        };
        self.scanned.clone().or_else(|| Some(Typed::of(&self.whole)).filter(is_code))
    }
}

/// The letters that came last without a pause.
#[derive(Clone, Debug, Default)]
pub(super) struct Burst {
    text: String,
    from: usize,
    began: f64,
    last: f64,
}

impl Burst {
    /// The field holds this at this moment, in seconds.
    pub(super) fn follow(&mut self, text: &str, now: f64) {
        if self.text == text {
            return;
        }
        if !text.starts_with(self.text.as_str()) {
            // Something was changed in the middle or taken away: no scanner does that.
            (self.from, self.began) = (text.len(), now);
        } else if now - self.last > SILENCE {
            (self.from, self.began) = (self.text.len(), now);
        }
        self.last = now;
        text.clone_into(&mut self.text);
    }

    /// Where the burst of a scanner begins behind what was typed before, if there is one.
    pub(super) fn behind_words(&self) -> Option<usize> {
        let (words, burst) = self.text.split_at_checked(self.from)?;
        let count = burst.chars().count();
        let slowest = PACE.as_secs_f64() * count.saturating_sub(1) as f64;
        (!words.trim().is_empty() && count >= LEAST && self.last - self.began <= slowest).then_some(self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_star_before_the_code_say_how_many() {
        assert_eq!(Typed::of(" 3*4850001234562 "), Typed { quantity: "3".into(), text: "4850001234562".into() });
        assert_eq!(Typed::of("2,5 * sugar").quantity, "2.5");
        assert_eq!(Typed::of("sugar*3"), Typed { quantity: "1".into(), text: "sugar*3".into() });
        assert_eq!(Typed::of("0*7").quantity, "1");
    }

    /// Types each letter so many seconds after the one before it.
    fn typed(burst: &mut Burst, now: &mut f64, (letters, gap): (&str, f64)) {
        for letter in letters.chars() {
            *now += gap;
            let text = format!("{}{letter}", burst.text);
            burst.follow(&text, *now);
        }
    }

    #[test]
    fn a_burst_behind_typed_words_is_told_from_them_by_its_pace() {
        let (mut burst, mut now) = (Burst::default(), 0.0);
        typed(&mut burst, &mut now, ("ton", 0.2));
        now += 1.0;
        typed(&mut burst, &mut now, ("4850001234562", 0.016));
        assert_eq!(burst.behind_words(), Some(3));
        typed(&mut burst, &mut now, ("a", 1.0));
        assert_eq!(burst.behind_words(), None);
    }

    #[test]
    fn a_person_who_types_on_makes_no_burst() {
        for gap in [0.083, 0.11, 0.3] {
            let (mut burst, mut now) = (Burst::default(), 0.0);
            typed(&mut burst, &mut now, ("wooden table", gap));
            assert_eq!(burst.behind_words(), None, "{gap}");
        }
    }
}
