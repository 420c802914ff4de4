//! A report on a stage: a company in memory, the screen, what it wished for.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Ui;
use egui_kittest::Harness;
use patver::base::currency::Currency;
use patver::base::date::Zone;
use patver::base::locale::Lang;
use patver::base::right::Right;
use patver::engine::change::Changes;
use patver::engine::worker::{Handle, Hooks};
use patver::modules::report;
use patver::platform::Workplace;
use patver::ui::desk::{Desk, House, Person, Revisions, Wish};
use patver::ui::screen::{Place, Screen};
use patver::ui::toast::Toast;
use tempfile::TempDir;

use crate::hands;
use crate::random_documents::Random;
use crate::report_shop::Shop;

/// A screen and what it works with.
pub struct Stage {
    pub desk: Desk,
    pub screen: Box<dyn Screen>,
    pub opened: Vec<Place>,
    pub toasts: Vec<Toast>,
    pub folder: TempDir,
}

/// A company where everything happened, in which orders are dated up to its today; the same in every run.
pub fn desk(lang: Lang, folder: &TempDir) -> Desk {
    let shop = Shop::new(&mut Random(5), 80);
    let revisions = Revisions::default();
    let noted = revisions.clone();
    let hooks = Hooks { changed: Arc::new(move |changes: &Changes| noted.note(changes)), ..Hooks::default() };
    let rights: BTreeSet<Right> = Right::ALL.iter().copied().collect();
    let person = Person { id: 1, login: "ani".into(), name: "Ani".into(), rights };
    let (currency, zone) = (Currency::AMD, Zone::parse("Asia/Yerevan").unwrap());
    let house = House { name: "Arpi".into(), currency, zone, unreal: None };
    let handle = Handle::inline(shop.desk.store, hooks);
    let mut desk = Desk::new(handle, (person, house), shop.desk.clock, Workplace::at(folder.path()));
    (desk.lang, desk.revisions) = (lang, revisions);
    desk
}

/// The screen of a place in a window of this width.
pub fn show(lang: Lang, width: f32, place: &Place) -> Harness<'static, Stage> {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(lang, &folder);
    let screen = open(&desk, place);
    let stage = Stage { desk, screen, opened: Vec::new(), toasts: Vec::new(), folder };
    let mut harness = hands::wide(width, lang, stage, draw);
    harness.run();
    harness
}

fn open(desk: &Desk, place: &Place) -> Box<dyn Screen> {
    let mut every = report::MENU.iter().chain(report::CARDS);
    let opener = every.find(|opener| opener.kind == place.kind).unwrap();
    (opener.open)(&place.key, desk)
}

fn draw(ui: &mut Ui, stage: &mut Stage) {
    let typing = ui.ctx().text_edit_focused();
    for offer in stage.screen.actions(&stage.desk) {
        for keys in offer.action.keys {
            let free = !(typing && keys.is_for_typing());
            if free && ui.input_mut(|input| keys.pressed(input)) && offer.enabled {
                stage.screen.act(offer.action.id, &mut stage.desk);
            }
        }
    }
    stage.desk.paths.ui(ui);
    stage.screen.ui(ui, &mut stage.desk);
    for wish in stage.desk.take_wishes() {
        match wish {
            Wish::Open(place) => stage.opened.push(place),
            Wish::Toast(toast) => stage.toasts.push(toast),
            _ => {}
        }
    }
}

/// Goes to the screen that was wished for last.
pub fn follow(harness: &mut Harness<'static, Stage>) {
    let stage = harness.state_mut();
    let place = stage.opened.pop().unwrap();
    stage.screen = open(&stage.desk, &place);
    // What was asked in one frame is there in the next.
    for _ in 0..6 {
        harness.step();
    }
    harness.run();
}
