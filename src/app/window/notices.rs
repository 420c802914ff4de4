//! What waits for who sits here: asked when something changed and twice a minute, told once, counted at the bell.

use std::collections::BTreeSet;
use std::time::Duration;

use egui::Context;
use serde::{Deserialize, Serialize};

use crate::base::right::Right;
use crate::domain::notice::{Notice, NoticeKind, Notices as Waiting};
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::list::{Kind, written};
use crate::ui::loader::Loader;
use crate::ui::screen::Place;
use crate::ui::toast::{Offered, Toast};

/// How often it is asked whether the time of something has come, in seconds.
const EVERY: f64 = 30.0;

/// More than so many at once are told in one message.
const APART: usize = 2;

/// Under this name it is kept what was told.
const TOLD: &str = "notices";

/// What is known to wait.
#[derive(Default)]
pub(super) struct Notices {
    waiting: Loader<Vec<Notice>>,
    /// Nothing is known of it before the first look.
    told: Option<Told>,
}

/// What a person was told of on a day: it is not told again at the next sign-in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Told {
    day: String,
    of: BTreeSet<(NoticeKind, i64)>,
}

impl Told {
    /// What was told today.
    fn recalled(desk: &Desk) -> Told {
        let kept: Option<Told> = desk.layouts.kept(TOLD);
        kept.filter(|told| told.day == desk.today().to_string()).unwrap_or_default()
    }
}

impl Notices {
    /// How many things wait.
    pub(super) fn count(&self) -> usize {
        self.waiting.value().map_or(0, Vec::len)
    }

    /// Looks whether something new waits; what is to be said of it.
    pub(super) fn look(&mut self, ctx: &Context, desk: &Desk) -> Vec<Toast> {
        if !desk.may(Right::TaskOwn) {
            return Vec::new();
        }
        let rounds = (ctx.input(|input| input.time) / EVERY).floor();
        ctx.request_repaint_after(Duration::from_secs_f64(EVERY));
        // Both only grow, so that another one of either asks anew.
        let revision = desk.revision(&["tasks", "messages"]).saturating_add(rounds as u64);
        if !self.waiting.renew(revision, || desk.handle.ask(Lane::Background, &desk.call, Waiting {})) {
            return Vec::new();
        }
        let all = self.waiting.value().map(Vec::as_slice).unwrap_or_default();
        let before = self.told.take().unwrap_or_else(|| Told::recalled(desk));
        let new: Vec<&Notice> = all.iter().filter(|one| !before.of.contains(&(one.kind, one.id))).collect();
        let toasts = match new.len() {
            0..=APART => new.iter().map(|one| told(one, desk)).collect(),
            count => {
                let title = desk.say_with("notices.waiting", &[("count", &count.to_string())]);
                vec![Toast::warning(title).offer(Offered::GoTo(Place::only("day")))]
            }
        };
        let of = all.iter().map(|one| (one.kind, one.id)).collect();
        let told = Told { day: desk.today().to_string(), of };
        desk.layouts.keep(TOLD, &told);
        self.told = Some(told);
        toasts
    }
}

/// What is said of one; its button leads to the order it is about, or to where it stands.
fn told(one: &Notice, desk: &Desk) -> Toast {
    let (toast, place) = match one.kind {
        NoticeKind::Task => {
            let due = written(Kind::Day, &serde_json::json!({ "at": one.at }), "at", desk);
            (Toast::warning(one.text.as_str()).line(due), "tasks")
        }
        NoticeKind::Message => {
            let title = desk.say_with("messages.one", &[("name", &one.from)]);
            (Toast::done(title).line(one.text.as_str()), "messages")
        }
    };
    let place = one.order.map_or(Place::only(place), |order| Place::of("order", order));
    toast.offer(Offered::GoTo(place))
}
