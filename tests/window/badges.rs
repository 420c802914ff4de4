//! Keys shown on the controls of the window while Alt is held.

use egui::epaint::Shape;
use egui::{Event, Key, Modifiers};
use patver::ui::screen::Place;

use crate::desk::{Shop, Window};

/// Every text that is painted now.
fn painted(window: &Window<'_>) -> Vec<String> {
    fn into(shape: &Shape, found: &mut Vec<String>) {
        match shape {
            Shape::Text(text) => found.push(text.galley.text().to_owned()),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| into(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    window.harness.output().shapes.iter().for_each(|clipped| into(&clipped.shape, &mut found));
    found
}

/// As the system tells it: Alt is a modifier, and a key that is pressed and let go.
fn hold(window: &mut Window<'_>, modifiers: Modifiers) {
    window.harness.event(Event::ModifiersChanged(modifiers));
    let (key, pressed) = (Key::AltLeft, modifiers.alt);
    window.harness.event(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
    window.harness.run_steps(40);
}

#[test]
fn alt_held_shows_the_keys_of_what_is_seen_and_let_go_hides_them() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    let keys = ["Ctrl+N", "F3", "Ctrl+W", "F1", "Ctrl+B", "Ctrl+L", "Ctrl+1", "Alt+1", "Alt+5"];
    let shown = |window: &Window<'_>| {
        let painted = painted(window);
        keys.iter().filter(|key| painted.iter().any(|text| text == *key)).copied().collect::<Vec<_>>()
    };
    assert!(shown(&window).is_empty());
    hold(&mut window, Modifiers::ALT);
    assert_eq!(shown(&window), keys);
    hold(&mut window, Modifiers::NONE);
    assert!(shown(&window).is_empty());
    hold(&mut window, Modifiers::ALT | Modifiers::SHIFT);
    assert!(shown(&window).is_empty(), "other keys are held, too");
}

#[test]
fn every_button_of_a_screen_shows_the_key_that_its_action_has() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    for kind in ["items", "customers", "sales", "orders"] {
        window.harness.state_mut().visit(&Place::only(kind));
        window.settle();
        let offers = window.harness.state().offers();
        let named = |text: &str| patver::base::locale::tr(patver::base::locale::Lang::EN, text, &[]);
        let seen = offers.iter().filter(|offer| offer.enabled && window.has_button(&named(offer.action.text)));
        let wanted: Vec<String> = seen.filter_map(|offer| Some(offer.action.keys.first()?.label())).collect();
        hold(&mut window, Modifiers::ALT);
        let painted = painted(&window);
        let missing: Vec<_> = wanted.iter().filter(|key| !painted.contains(key)).collect();
        assert!(missing.is_empty() && !wanted.is_empty(), "{kind}: {missing:?} of {wanted:?}");
        hold(&mut window, Modifiers::NONE);
    }
}

#[test]
fn a_letter_typed_with_alt_shows_no_keys() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.harness.event(Event::ModifiersChanged(Modifiers::ALT));
    window.harness.run_steps(1);
    window.harness.event(Event::Text("ß".to_owned()));
    window.harness.run_steps(40);
    assert!(!painted(&window).contains(&"Ctrl+L".to_owned()));
}
