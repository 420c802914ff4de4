//! One screen over a company in memory, given keys as the window gives them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Ui;
use egui_kittest::Harness;
use patver::base::currency::Currency;
use patver::base::date::{Instant, Zone};
use patver::base::locale::Lang;
use patver::base::right::Right;
use patver::domain::BUSINESS;
use patver::engine::change::Changes;
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use patver::engine::undo::UndoCommand;
use patver::engine::worker::{Handle, Hooks, Lane};
use patver::modules;
use patver::platform::Workplace;
use patver::ui::desk::{Desk, House, Person, Revisions, Wish};
use patver::ui::screen::{Place, Screen};
use patver::ui::toast::{Offered, Toast};
use serde_json::{Value as Json, json};

use crate::hands;

/// 2026-03-02T10:00 in Yerevan.
const NOW: i64 = 1_772_431_200_000;

/// A screen and what it works with.
pub struct Stage {
    pub desk: Desk,
    pub screen: Box<dyn Screen>,
    /// What the screen wished for, without messages.
    pub opened: Vec<Place>,
    /// The messages.
    pub toasts: Vec<Toast>,
    /// The backups that are to be put back.
    pub restores: Vec<PathBuf>,
}

/// A company in memory and its owner's desk.
pub fn company(lang: Lang) -> Desk {
    let store = Store::memory(&BUSINESS, clock()).unwrap();
    over(store, lang)
}

/// The same, with the threads that the window has.
pub fn company_on_threads(file: &Path, lang: Lang) -> Desk {
    let store = Store::create(file, &BUSINESS, clock()).unwrap();
    seat(store, lang, |store, hooks| Handle::start(store, hooks).unwrap())
}

/// A company in a file of its own and its owner's desk.
pub fn company_at(file: &Path, lang: Lang) -> Desk {
    over(Store::create(file, &BUSINESS, clock()).unwrap(), lang)
}

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at(Instant::from_millis(NOW)))
}

fn over(store: Store, lang: Lang) -> Desk {
    seat(store, lang, Handle::inline)
}

fn seat(mut store: Store, lang: Lang, start: impl FnOnce(Store, Hooks) -> Handle) -> Desk {
    let clock = store.clock().clone();
    let company = json!({"name": "Arpi", "country": "AM", "currency": "AMD", "language": "en", "owner": "ani"});
    store.run_json(&Call::of_system(), "create-company", company).unwrap();
    let revisions = Revisions::default();
    let noted = revisions.clone();
    let hooks = Hooks { changed: Arc::new(move |changes: &Changes| noted.note(changes)), ..Hooks::default() };
    let rights: BTreeSet<Right> = Right::ALL.iter().copied().collect();
    let person = Person { id: 1, login: "ani".into(), name: "Ani".into(), rights };
    let house = House {
        name: "Arpi".into(),
        currency: Currency::parse("AMD").unwrap(),
        zone: Zone::parse("Asia/Yerevan").unwrap(),
        unreal: None,
    };
    let workplace = Workplace::at(&tempfile::tempdir().unwrap().keep());
    let mut desk = Desk::new(start(store, hooks), (person, house), clock, workplace);
    (desk.lang, desk.revisions) = (lang, revisions);
    desk
}

/// Runs a command as the owner, confirmed.
pub fn run(desk: &Desk, name: &str, arguments: Json) -> Json {
    let call = desk.call.clone().confirmed();
    desk.handle
        .send_json(&call, name, arguments.clone())
        .wait()
        .unwrap_or_else(|e| panic!("{name} {arguments}: {e}"))
        .output
}

/// Asks as the owner.
pub fn query(desk: &Desk, name: &str, arguments: Json) -> Vec<Json> {
    desk.handle.ask_json(Lane::Interactive, &desk.call, name, arguments).wait().unwrap()
}

/// The screen of a place.
pub fn open(desk: &Desk, place: &Place) -> Box<dyn Screen> {
    let every = [modules::MENU, modules::CARDS, modules::DIRECTORIES, modules::SETTINGS];
    let opener = every.into_iter().flatten().find(|opener| opener.kind == place.kind).unwrap();
    (opener.open)(&place.key, desk)
}

/// A screen on the stage.
pub fn show(desk: Desk, place: &Place) -> Harness<'static, Stage> {
    let (lang, screen) = (desk.lang, open(&desk, place));
    let stage = Stage { desk, screen, opened: Vec::new(), toasts: Vec::new(), restores: Vec::new() };
    let mut harness = hands::wide(1166.0, lang, stage, draw);
    harness.run();
    harness
}

fn draw(ui: &mut Ui, stage: &mut Stage) {
    if !stage.screen.modal() {
        let typing = ui.ctx().text_edit_focused();
        for offer in stage.screen.actions(&stage.desk) {
            for keys in offer.action.keys {
                let free = !(typing && keys.is_for_typing());
                if free && ui.input_mut(|input| keys.pressed(input)) && offer.enabled {
                    stage.screen.act(offer.action.id, &mut stage.desk);
                }
            }
        }
    }
    stage.screen.ui(ui, &mut stage.desk);
    for wish in stage.desk.take_wishes() {
        match wish {
            Wish::Open(place) | Wish::Become(place) | Wish::Do(place, _) => stage.opened.push(place),
            Wish::Close => stage.opened.push(Place::only("closed")),
            Wish::Toast(toast) => stage.toasts.push(toast),
            Wish::Undo(seq) => undo(&stage.desk, seq),
            Wish::Restore(file, _) | Wish::OpenFile(file) => stage.restores.push(file),
        }
    }
}

fn undo(desk: &Desk, seq: i64) {
    desk.handle.send(&desk.call, UndoCommand { seq }).wait().unwrap();
}

/// Presses the button of the newest message.
pub fn undo_newest(harness: &mut Harness<'static, Stage>) {
    let stage = harness.state_mut();
    let Some(Offered::Undo(seq)) = stage.toasts.last().unwrap().offered else { panic!("nothing to undo") };
    undo(&stage.desk, seq);
    harness.run();
}
