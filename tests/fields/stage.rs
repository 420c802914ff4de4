//! A window without a display: what is drawn is found by role and name. Other tests of screens stand on it too.
#![allow(dead_code)]

use egui::accesskit::Role;
use egui::{Key, Modifiers, Ui, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use patver::base::locale::Lang;
use patver::ui::tokens::{Density, Theme, Tokens};
use patver::ui::{fonts, home, words};

/// Ctrl as keyboards send it.
pub const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };

/// A window of 1000 × 700 points that draws so.
pub fn stage<S: 'static>(lang: Lang, state: S, draw: impl FnMut(&mut Ui, &mut S) + 'static) -> Harness<'static, S> {
    wide(1000.0, lang, state, draw)
}

/// The same in another width.
pub fn wide<S: 'static>(
    width: f32,
    lang: Lang,
    state: S,
    mut draw: impl FnMut(&mut Ui, &mut S) + 'static,
) -> Harness<'static, S> {
    let harness = Harness::builder().with_size(vec2(width, 700.0)).with_step_dt(1.0 / 60.0).with_max_steps(40);
    let mut harness = harness.with_context_setup(move |ctx| {
        fonts::install(ctx);
        Tokens { theme: Theme::shipped("light").unwrap(), density: Density::Standard }.apply(ctx);
        words::speak(ctx, lang);
        home::keep(ctx);
    });
    harness = harness.with_theme(egui::Theme::Light);
    let mut harness = harness.build_ui_state(move |ui, state| draw(ui, state), state);
    harness.run();
    harness
}

/// The keys of a person.
pub trait Hands {
    /// Presses a key and lets the window come to rest.
    fn press(&mut self, key: Key);
    /// The same with modifiers.
    fn press_with(&mut self, modifiers: Modifiers, key: Key);
    /// Types letters, as a keyboard sends them.
    fn typed(&mut self, text: &str);
    /// The control of this role and name.
    fn control(&self, role: Role, name: &str) -> Node<'_>;
    /// The typed line of this name.
    fn line(&self, name: &str) -> Node<'_> {
        self.control(Role::TextInput, name)
    }
    /// What stands in the line of this name.
    fn text(&self, name: &str) -> String;
    /// The name of what has the focus.
    fn focused(&self) -> String;
    /// Clicks a control of this role and name.
    fn click(&mut self, role: Role, name: &str);
    /// Clicks the last control whose name has these words.
    fn click_last(&mut self, words: &str);
    /// Whether these words are seen.
    fn sees(&self, words: &str) -> bool;
}

impl<S> Hands for Harness<'_, S> {
    fn press(&mut self, key: Key) {
        self.key_press(key);
        self.run();
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.key_press_modifiers(modifiers, key);
        self.run();
    }

    fn typed(&mut self, text: &str) {
        for letter in text.chars() {
            self.event(egui::Event::Text(letter.to_string()));
        }
        self.run();
    }

    fn control(&self, role: Role, name: &str) -> Node<'_> {
        let mut found: Vec<Node<'_>> = self.root().children_recursive().collect();
        found.retain(|node| node.accesskit_node().role() == role && accessible_name(node).as_deref() == Some(name));
        assert_eq!(found.len(), 1, "{role:?} {name:?} in {:?}", self.root());
        found.pop().unwrap()
    }

    fn text(&self, name: &str) -> String {
        self.line(name).value().unwrap_or_default()
    }

    fn focused(&self) -> String {
        let focused = self.root().children_recursive().find(|node| node.is_focused());
        focused.and_then(|node| accessible_name(&node)).unwrap_or_default()
    }

    fn click(&mut self, role: Role, name: &str) {
        self.control(role, name).click();
        self.run();
    }

    fn click_last(&mut self, words: &str) {
        self.query_all_by_label_contains(words).last().unwrap().click();
        self.run();
    }

    fn sees(&self, words: &str) -> bool {
        let mut all = self.root().children_recursive();
        all.any(|node| {
            let shown = if node.accesskit_node().role() == Role::Label { node.value() } else { accessible_name(&node) };
            shown.as_deref() == Some(words)
        })
    }
}

fn accessible_name(node: &Node<'_>) -> Option<String> {
    node.accesskit_node().label()
}
