//! What a person keeps of the window from one day to the next, part by part: changed at once, written once it settled.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use egui::Ui;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::engine::store::{Call, Done};
use crate::engine::worker::Handle;
use crate::ui::loader::Sending;

/// So long nothing is changed before it is written, in seconds.
const SETTLED_SECS: f64 = 1.0;

/// The parts of one person's layout.
#[derive(Default)]
pub struct Layouts {
    parts: RefCell<BTreeMap<String, Json>>,
    changed: RefCell<BTreeSet<String>>,
    // Something changed since the last drawing.
    moved: Cell<bool>,
    since: f64,
    age: u64,
    sending: Sending<Done<Json>>,
}

impl Layouts {
    /// The layout as it was kept, each part with what it holds.
    pub fn of(parts: impl IntoIterator<Item = (String, Json)>) -> Layouts {
        Layouts { parts: RefCell::new(parts.into_iter().collect()), ..Layouts::default() }
    }

    /// Grows when everything was put back to how the program has it: whoever took up a part takes it up again.
    pub fn age(&self) -> u64 {
        self.age
    }

    /// What a part holds, if it was kept and still reads.
    pub fn kept<T: DeserializeOwned>(&self, part: &str) -> Option<T> {
        self.parts.borrow().get(part).and_then(|content| T::deserialize(content).ok())
    }

    /// A part is like this now; like the program has it where that is the default.
    pub fn keep<T: Serialize + Default + PartialEq>(&self, part: &str, now: &T) {
        let content = if *now == T::default() { Json::Null } else { serde_json::to_value(now).unwrap_or_default() };
        let mut parts = self.parts.borrow_mut();
        if parts.get(part).unwrap_or(&Json::Null) == &content {
            return;
        }
        if content.is_null() {
            parts.remove(part);
        } else {
            parts.insert(part.to_owned(), content);
        }
        self.changed.borrow_mut().insert(part.to_owned());
        self.moved.set(true);
    }

    /// Every part is as the program has it.
    pub fn reset(&mut self) {
        let parts = std::mem::take(self.parts.get_mut());
        self.changed.get_mut().extend(parts.into_keys());
        self.moved.set(true);
        self.age = self.age.wrapping_add(1);
    }

    /// Writes what changed once nothing changes any more; why the last writing was refused, once.
    pub fn settle(&mut self, ui: &Ui, handle: &Handle, call: &Call) -> Option<Error> {
        let now = ui.input(|input| input.time);
        if self.moved.take() {
            self.since = now;
        }
        if !self.changed.get_mut().is_empty() {
            let rest = self.since + SETTLED_SECS - now;
            if rest > 0.0 {
                ui.ctx().request_repaint_after_secs(rest as f32);
            } else if !self.sending.is_under_way() {
                self.write(handle, call);
            }
        }
        self.sending.poll().and_then(Result::err)
    }

    /// Writes what changed at once: the window is left.
    pub fn write(&mut self, handle: &Handle, call: &Call) {
        let changed = std::mem::take(self.changed.get_mut());
        if changed.is_empty() {
            return;
        }
        let parts = self.parts.get_mut();
        let part = |part: String| json!({"content": parts.get(&part), "part": part});
        let parts: Vec<Json> = changed.into_iter().map(part).collect();
        self.sending.put(handle.send_json(call, "keep-layout", json!({"parts": parts})));
    }
}
