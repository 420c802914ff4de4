//! A scanner that types and a person who types, told apart on a clock that the test moves.

use std::time::Duration;

use egui::{Event, Key, Modifiers, PointerButton, pos2};
use patver::base::barcode::with_check_digit;
use patver::ui::scan::measure::{Measure, Verdict};
use patver::ui::scan::repeat::{Device, Repeats};
use patver::ui::scan::{Beat, Detector, Ending, Typed, Wedge};
use proptest::prelude::*;

const ENTER: Wedge = Wedge { prefix: None, ending: Ending::Enter };

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn beat(now: u64) -> Beat {
    Beat { now: ms(now), slow: false }
}

fn key_of(letter: char) -> (Key, Modifiers) {
    let key = match letter {
        '~' => return (Key::Backtick, Modifiers::SHIFT),
        ']' => Key::CloseBracket,
        '-' => Key::Minus,
        ' ' => Key::Space,
        _ => Key::from_name(&letter.to_ascii_uppercase().to_string()).unwrap(),
    };
    let shift = if letter.is_ascii_uppercase() { Modifiers::SHIFT } else { Modifiers::NONE };
    (key, shift)
}

fn press(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
    Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers }
}

/// One key with its text and its release, on an Armenian layout: the text is not what the scanner meant.
fn letter(letter: char) -> Vec<Event> {
    let (key, modifiers) = key_of(letter);
    vec![press(key, modifiers, true), Event::Text("ա".to_owned()), press(key, modifiers, false)]
}

fn stroke(key: Key) -> Vec<Event> {
    vec![press(key, Modifiers::NONE, true), press(key, Modifiers::NONE, false)]
}

/// The keys of a code at this pace from a moment on, each with the moment it comes.
fn scanned(code: &str, from: u64, gap: u64) -> Vec<(u64, Vec<Event>)> {
    let keys = code.chars().map(letter).chain([stroke(Key::Enter)]);
    keys.enumerate().map(|(at, events)| (from + gap * at as u64, events)).collect()
}

/// A detector on a screen that draws whenever a key comes and when the detector wants to be woken.
struct Desk {
    detector: Detector,
    wedge: Wedge,
    scans: Vec<String>,
    passed: Vec<Event>,
}

impl Desk {
    fn new(wedge: Wedge) -> Desk {
        Desk { detector: Detector::default(), wedge, scans: Vec::new(), passed: Vec::new() }
    }

    fn feed(&mut self, events: Vec<Event>, beat: Beat) {
        for typed in self.detector.feed(Some(self.wedge), events, beat) {
            match typed {
                Typed::Scan(code) => self.scans.push(code),
                Typed::Event(event) => self.passed.push(event),
            }
        }
    }

    /// Everything at its moment, and a frame whenever the detector asked for one.
    fn play(&mut self, strokes: Vec<(u64, Vec<Event>)>) {
        for (at, events) in strokes {
            self.wake_until(ms(at));
            self.feed(events, beat(at));
        }
        self.wake_until(Duration::MAX);
    }

    fn wake_until(&mut self, until: Duration) {
        while let Some(wake) = self.detector.wake().filter(|wake| *wake < until) {
            self.feed(Vec::new(), Beat { now: wake + ms(1), slow: false });
        }
    }

    /// The letters that reached a field or a button: presses of keys and texts.
    fn leaked(&self) -> usize {
        let acts = |event: &&Event| matches!(event, Event::Text(_) | Event::Key { pressed: true, .. });
        self.passed.iter().filter(acts).count()
    }
}

/// A different code each time: EAN-13, Code 128 with letters, and EAN-8.
fn code(number: u64) -> String {
    match number % 3 {
        0 => with_check_digit(&format!("485{number:09}")),
        1 => format!("ab-{number:06}X"),
        _ => with_check_digit(&format!("2{:06}", number % 1_000_000)),
    }
}

#[test]
fn a_minute_of_scans_at_any_pace_of_a_scanner_gives_every_code_and_no_key() {
    for (gap, a_second) in [(2, 20), (5, 12), (10, 6), (30, 2)] {
        let mut desk = Desk::new(ENTER);
        let codes: Vec<String> = (0..60 * a_second).map(code).collect();
        let mut strokes = Vec::new();
        for (at, code) in codes.iter().enumerate() {
            strokes.extend(scanned(code, at as u64 * 1000 / a_second, gap));
        }
        desk.play(strokes);
        assert_eq!(desk.scans, codes, "{gap} ms between keys");
        assert_eq!(desk.leaked(), 0, "{gap} ms between keys");
    }
}

#[test]
fn a_person_of_twelve_keys_a_second_is_never_taken_for_a_scanner() {
    let mut chance = 88172645463325252_u64;
    let mut random = move |most: u64| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        chance % most
    };
    for wedge in [ENTER, Wedge { ending: Ending::Tab, ..ENTER }, Wedge { ending: Ending::Silence, ..ENTER }] {
        let mut desk = Desk::new(wedge);
        let (mut now, mut rolled, mut strokes) = (0, false, Vec::new());
        while now < 600_000 {
            // Two fingers may come down almost at once, and a key may wait; the mean is one in 83 ms.
            rolled = !rolled && random(8) == 0;
            now += if rolled { random(15) } else { 55 + random(80) };
            strokes.push(match random(12) {
                0 => (now, stroke(Key::Enter)),
                1 => (now, stroke(Key::Tab)),
                _ => (now, letter(char::from(b'0' + u8::try_from(random(10)).unwrap()))),
            });
        }
        let typed: Vec<Event> = strokes.iter().flat_map(|(_, events)| events.clone()).collect();
        desk.play(strokes);
        assert_eq!(desk.scans, Vec::<String>::new());
        assert!(desk.passed == typed, "what a person typed came out changed");
    }
}

#[test]
fn a_single_key_waits_no_longer_than_the_pace_of_a_scanner() {
    let mut desk = Desk::new(ENTER);
    desk.feed(letter('a'), beat(1000));
    assert_eq!(desk.detector.wake(), Some(ms(1035)));
    desk.feed(Vec::new(), beat(1036));
    assert_eq!(desk.passed, letter('a'));
}

#[test]
fn a_click_behind_held_keys_comes_after_them() {
    let mut desk = Desk::new(ENTER);
    let (pos, button, modifiers) = (pos2(3.0, 4.0), PointerButton::Primary, Modifiers::NONE);
    let click = Event::PointerButton { pos, button, pressed: true, modifiers };
    desk.feed([letter('a'), vec![Event::PointerMoved(pos), click.clone()]].concat(), beat(1));
    let mut expected = vec![Event::PointerMoved(pos)];
    expected.extend(letter('a'));
    expected.push(click);
    assert_eq!(desk.passed, expected);
}

#[test]
fn behind_a_slow_frame_only_a_check_digit_or_the_sign_makes_a_code() {
    let slow = |now| Beat { now: ms(now), slow: true };
    let all = |code: &str| code.chars().flat_map(letter).chain(stroke(Key::Enter)).collect::<Vec<_>>();
    let mut desk = Desk::new(ENTER);
    desk.feed(all("typed12"), slow(500));
    assert_eq!((desk.scans.len(), desk.passed.len()), (0, all("typed12").len()));
    desk.feed(all("4850001234562"), slow(900));
    assert_eq!(desk.scans, ["4850001234562"]);
    let mut desk = Desk::new(Wedge { prefix: Some('~'), ..ENTER });
    desk.feed(all("~typed12"), slow(500));
    assert_eq!(desk.scans, ["typed12"]);
    // A person who waits for a slow screen and goes on typing is not held back.
    let mut desk = Desk::new(ENTER);
    desk.feed([letter('4'), letter('8')].concat(), slow(500));
    desk.wake_until(Duration::MAX);
    assert_eq!(desk.passed, [letter('4'), letter('8')].concat());
}

#[test]
fn what_is_typed_right_before_a_scan_on_a_slow_screen_goes_where_it_was_meant() {
    let mut desk = Desk::new(ENTER);
    let word = [letter('k'), letter('o')].concat();
    let keys = "4850001234562".chars().flat_map(letter).chain(stroke(Key::Enter));
    desk.feed(word.iter().cloned().chain(keys).collect(), Beat { now: ms(500), slow: true });
    assert_eq!((desk.scans.as_slice(), &desk.passed[..6]), (&["4850001234562".to_owned()][..], word.as_slice()));
    assert_eq!(desk.leaked(), 4, "the two letters and their texts");
}

#[test]
fn a_scan_that_a_slow_frame_cuts_in_two_is_still_one_code() {
    let code = "4850001234562";
    for cut in 1..code.len() {
        let mut desk = Desk::new(ENTER);
        let (first, second) = code.split_at(cut);
        for (at, events) in scanned(first, 100, 5).into_iter().take(cut) {
            desk.feed(events, beat(at));
        }
        desk.feed(Vec::new(), Beat { now: ms(100 + 5 * cut as u64), slow: false });
        let rest = second.chars().flat_map(letter).chain(stroke(Key::Enter)).collect();
        desk.feed(rest, Beat { now: ms(400), slow: true });
        assert_eq!((desk.scans.as_slice(), desk.leaked()), (&[code.to_owned()][..], 0), "cut behind {cut}");
    }
}

#[test]
fn a_slow_scanner_is_heard_by_the_sign_it_types_first() {
    for gap in [40, 80, 100, 250] {
        let mut desk = Desk::new(Wedge { prefix: Some('~'), ..ENTER });
        desk.play(scanned("~AB-17", 0, gap));
        assert_eq!((desk.scans.as_slice(), desk.leaked()), (&["AB-17".to_owned()][..], 0), "{gap} ms");
    }
}

#[test]
fn a_scanner_without_an_ending_is_heard_behind_a_pause() {
    let mut desk = Desk::new(Wedge { ending: Ending::Silence, ..ENTER });
    let mut keys = scanned("AB-17", 0, 8);
    keys.pop();
    desk.play(keys);
    assert_eq!((desk.scans.as_slice(), desk.leaked()), (&["AB-17".to_owned()][..], 0));
}

#[test]
fn a_shortcut_in_the_middle_gives_the_keys_back_in_their_order() {
    let mut desk = Desk::new(ENTER);
    let save = press(Key::S, Modifiers::COMMAND, true);
    let mut expected = [letter('a'), letter('b')].concat();
    desk.feed(expected.clone(), beat(0));
    desk.feed(vec![save.clone()], beat(1));
    expected.push(save);
    assert_eq!(desk.passed, expected);
}

#[test]
fn three_codes_measure_how_a_scanner_types() {
    let measure = |code: &str, gap: u64, ending: Option<Key>| {
        let mut measure = Measure::default();
        for round in 0..3 {
            let mut keys = scanned(code, 5000 * round, gap);
            keys.pop();
            let end = keys.last().unwrap().0;
            keys.extend(ending.map(|key| (end + gap, stroke(key))));
            for (at, mut events) in keys {
                measure.feed(&mut events, ms(at));
            }
            measure.feed(&mut Vec::new(), ms(5000 * round + 4000));
        }
        measure.verdict()
    };
    assert_eq!(measure("4850001234562", 8, Some(Key::Enter)), Verdict::Ready(ENTER));
    let tab = Wedge { ending: Ending::Tab, ..ENTER };
    assert_eq!(measure("AB-17", 30, Some(Key::Tab)), Verdict::Ready(tab));
    assert_eq!(measure("AB-17", 8, None), Verdict::Ready(Wedge { ending: Ending::Silence, ..ENTER }));
    assert_eq!(measure("AB-17", 80, Some(Key::Enter)), Verdict::TooSlow(ms(80)));
    let signed = Wedge { prefix: Some('~'), ..ENTER };
    assert_eq!(measure("~AB-17", 80, Some(Key::Enter)), Verdict::Ready(signed));
    assert_eq!(Measure::default().verdict(), Verdict::Wanting(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is typed at whatever pace: what is no scan comes out whole and in its order, and nothing comes twice.
    #[test]
    fn nothing_typed_is_lost_changed_or_turned_around(
        strokes in prop::collection::vec((0_u64..200, 0_u8..14, prop::bool::weighted(0.1)), 0..80),
        prefix in prop::option::of(Just('~')),
        ending in prop::sample::select(vec![Ending::Enter, Ending::Tab, Ending::Silence]),
    ) {
        let mut desk = Desk::new(Wedge { prefix, ending });
        let (mut now, mut typed) = (0, Vec::new());
        for (gap, what, slow) in strokes {
            now += gap;
            let events = match what {
                10 => stroke(Key::Enter),
                11 => stroke(Key::Tab),
                12 => letter('~'),
                13 => stroke(Key::F8),
                digit => letter(char::from(b'0' + digit)),
            };
            typed.extend(events.clone());
            desk.wake_until(ms(now));
            desk.feed(events, Beat { now: ms(now), slow });
        }
        desk.wake_until(Duration::MAX);
        prop_assert!(desk.detector.wake().is_none());
        // What passed is what was typed without the keys of the scans: never more, never in another order.
        let mut rest = typed.iter();
        for event in &desk.passed {
            prop_assert!(rest.any(|typed| typed == event), "{event:?} came out of its order");
        }
        let gone = typed.len() - desk.passed.len();
        prop_assert_eq!(gone == 0, desk.scans.is_empty());
    }
}

#[test]
fn the_same_code_of_the_same_device_within_a_quarter_of_a_second_is_one_scan() {
    let mut repeats = Repeats::default();
    assert!(!repeats.is_again(Device::Keys, "485", ms(0)));
    assert!(repeats.is_again(Device::Keys, "485", ms(249)));
    assert!(!repeats.is_again(Device::Line, "485", ms(260)), "another scanner read the same goods");
    assert!(!repeats.is_again(Device::Keys, "486", ms(270)));
    assert!(!repeats.is_again(Device::Keys, "486", ms(520)));
}
