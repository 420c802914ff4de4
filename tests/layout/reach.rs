//! Everything that can be done is done with the keyboard alone and with the mouse alone, and comes to the same.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Event, Id, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::app::App;
use patver::base::locale::{Lang, tr};
use patver::ui::action::{Action, Keys, Offer};
use patver::ui::screen::Place;

use crate::drawn::Word;
use crate::shop::{Shop, Window};
use crate::walk;

/// What may change nothing that is seen: all is as new as it can be, or it went to the clipboard.
const QUIET: [&str; 5] = ["refresh", "list-seen", "copy-cell", "columns-reset", "filter-by"];

/// What waits for a paper of several pages, a saved view that is worn, a column that groups or the like: tests/screens
/// do these.
const ELSEWHERE: [&str; 15] = [
    "group-by",
    "group-none",
    "groups-close",
    "groups-open",
    "next",
    "page-back",
    "page-on",
    "save-and-close",
    "save-close",
    "status",
    "take-back",
    "view-edit",
    "view-opening",
    "view-remove",
    "view-update",
];

/// How a person does an action: what fails where it cannot be done.
type Hand = fn(&mut Window, &Action) -> Result<(), String>;

/// The keys as they are pressed.
fn pressed(keys: Keys) -> (Modifiers, Key) {
    type With = fn(Key) -> Keys;
    let ways: [(Modifiers, With); 6] = [
        (Modifiers::NONE, Keys::plain),
        (Modifiers::COMMAND, Keys::ctrl),
        (Modifiers::SHIFT, Keys::shift),
        (Modifiers::ALT, Keys::alt),
        (Modifiers::COMMAND | Modifiers::SHIFT, Keys::ctrl_shift),
        (Modifiers::ALT | Modifiers::SHIFT, Keys::alt_shift),
    ];
    let same = |key: &Key| ways.iter().find(|(_, with)| with(*key) == keys).map(|(held, _)| (*held, *key));
    Key::ALL.iter().find_map(same).unwrap()
}

fn name(action: &Action) -> String {
    tr(Lang::EN, action.text, &[])
}

/// By its own keys; by its name in the palette where it has none.
fn by_keys(window: &mut Window, action: &Action) -> Result<(), String> {
    let (held, key) = action.keys.first().copied().map_or((Modifiers::COMMAND, Key::K), pressed);
    window.press_with(held, key);
    if action.keys.is_empty() {
        window.typed(&name(action));
        window.press(Key::Enter);
    }
    Ok(())
}

/// The words of an action's line in the palette that is open; beyond their clip nothing is seen of them.
fn line_of(window: &mut Window, action: &Action) -> Result<Word, String> {
    let keys = action.keys.first().map(|keys| keys.label()).unwrap_or_default();
    let spoken = format!("{} {keys}", name(action));
    let is_it = |label: Option<String>| label.is_some_and(|label| label.trim() == spoken.trim());
    let layers = window.drawn().layers;
    let mut lines = window.harness.query_all_by_role(Role::ListBoxOption);
    let line = lines.find(|line| is_it(line.accesskit_node().label())).map(|line| line.rect());
    let there = |word: &Word| line.is_some_and(|line| line.contains_rect(word.rect)) && word.text == name(action);
    let word = layers.into_iter().flat_map(|layer| layer.words).find(there);
    word.ok_or_else(|| "the palette does not list it".to_owned())
}

fn click_at(window: &mut Window, pos: Pos2) {
    window.harness.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        window.harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
    }
    window.settle();
}

fn wheel_at(window: &mut Window, pos: Pos2, by: f32) {
    window.harness.event(Event::PointerMoved(pos));
    let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Wheel);
    let delta = vec2(0.0, by);
    window.harness.event(Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE });
    // The list goes on for some frames.
    window.harness.run_steps(20);
}

/// By its line in the palette, which opens from the strip of tabs and goes on under the wheel.
fn by_mouse(window: &mut Window, action: &Action) -> Result<(), String> {
    window.click("window.key_palette");
    for _ in 0..60 {
        let Word { rect, clip, .. } = line_of(window, action)?;
        if clip.contains_rect(rect) {
            click_at(window, rect.center());
            return if line_of(window, action).is_ok() { Err("the palette stays".to_owned()) } else { Ok(()) };
        }
        wheel_at(window, clip.center(), if rect.top() > clip.top() { -100.0 } else { 60.0 });
    }
    Err("the wheel does not bring it".to_owned())
}

/// What is seen after an action: where, the words with their places, and what has the keyboard.
#[derive(PartialEq)]
struct Seen {
    tab: Option<Place>,
    words: Vec<(String, Rect)>,
    focused: Option<Id>,
}

/// The place as it is when one comes to it, with the first row under the cursor and a line typed into a new order.
fn come(window: &mut Window, place: &Place) {
    for _ in 0..3 {
        window.press(Key::Escape);
    }
    window.visit(place);
    window.click_first_row();
    if *place == Place::of("order", "new") {
        window.typed("Work by the hour");
        window.press(Key::Enter);
    }
}

fn seen(window: &mut Window) -> Seen {
    let words = window.drawn().layers.into_iter().flat_map(|layer| layer.words);
    let words = words.map(|word| (word.text, word.rect)).collect();
    let focused = window.harness.ctx.memory(|memory| memory.focused());
    Seen { tab: window.harness.state().place(), words, focused }
}

/// A person who does everything with one hand.
struct Person {
    window: Window,
    hand: (&'static str, Hand),
    /// The kind of the screen that each action came to; none where the seat was left.
    outcomes: BTreeMap<String, Option<&'static str>>,
    wrong: Vec<String>,
    /// What was offered, and whether it could be done somewhere.
    offered: BTreeMap<&'static str, bool>,
}

impl Person {
    fn new(shop: &Shop, hand: (&'static str, Hand)) -> Person {
        let mut window = shop.window(true);
        window.sign_in();
        Person { window, hand, outcomes: BTreeMap::new(), wrong: Vec::new(), offered: BTreeMap::new() }
    }

    /// Comes to a place and does what can be done there.
    fn visit(&mut self, place: &Place) {
        come(&mut self.window, place);
        for Offer { action, .. } in self.window.harness.state().offers() {
            come(&mut self.window, place);
            let now = self.window.harness.state().offers();
            self.offered.entry(action.id).or_default();
            if now.iter().any(|now| now.action.id == action.id && now.enabled) {
                self.act(&format!("{} {}", place.kind, place.key), action);
            }
        }
    }

    fn act(&mut self, at: &str, action: &'static Action) {
        let (state, (hand, act)) = (format!("{at}: {}", action.id), self.hand);
        let before = seen(&mut self.window);
        let done = act(&mut self.window, action);
        let after = seen(&mut self.window);
        let done = match done {
            Ok(()) if before == after && !QUIET.contains(&action.id) => Err("nothing happens".to_owned()),
            done => done,
        };
        self.wrong.extend(done.err().map(|why| format!("{state} by the {hand}: {why}")));
        self.outcomes.insert(state, after.tab.map(|tab| tab.kind));
        self.offered.insert(action.id, true);
    }
}

/// Everything that can be done on every screen, then what can be done on all of them.
fn do_everything(shop: &Shop, hand: (&'static str, Hand)) -> Person {
    let mut person = Person::new(&shop.twin(), hand);
    for place in walk::places(shop).iter().chain([&Place::of("order", shop.owed())]) {
        person.visit(place);
    }
    let mut own: Vec<&Action> = App::own_actions().iter().filter(|action| action.id != "palette").collect();
    own.sort_by_key(|action| action.id == "lock");
    for action in own {
        for kind in ["orders", "items"] {
            come(&mut person.window, &Place::only(kind));
        }
        person.act("everywhere", action);
    }
    person
}

#[test]
fn every_action_is_done_without_the_mouse_and_without_the_keyboard() {
    let shop = Shop::new(Lang::EN);
    let people = [("keyboard", by_keys as Hand), ("mouse", by_mouse)].map(|hand| do_everything(&shop, hand));
    let mut wrong: Vec<String> = people.iter().flat_map(|person| person.wrong.clone()).collect();
    let waiting = people[0].offered.iter().filter(|(id, done)| !**done && !ELSEWHERE.contains(id));
    wrong.extend(waiting.map(|(id, _)| format!("{id} can be done nowhere")));
    let [keys, mouse] = people.map(|person| person.outcomes);
    for (state, to) in &keys {
        if mouse.get(state) != Some(to) {
            wrong.push(format!("{state}: {to:?} by the keyboard, {:?} by the mouse", mouse.get(state)));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), keys.len(), wrong.join("\n"));
}
