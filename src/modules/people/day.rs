//! My day: what who sits here is to do and to hand over by today, and what they may do.

use egui::{Id, Panel, RichText, Ui};
use serde_json::{Map, Value as Json, json};

use crate::base::locale;
use crate::base::right::Right;
use crate::modules::browse::{Browse, Catalogue, Opens, TO_CUSTOMER, TO_ORDER};
use crate::modules::customers::ITS_ORDERS;
use crate::modules::people::tasks::{self, Finishing};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::{Dialog, Given};
use crate::ui::screen::{Place, Screen};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{button, fonts, icon};

static TODAY: Catalogue = Catalogue {
    place: "tasks",
    title: "tasks.title",
    icon: icon::LIST_CHECKS,
    list: &tasks::LIST,
    called: "name",
    searches: "",
    filters: &[],
    opens: Opens::Inside,
    links: &[TO_ORDER, TO_CUSTOMER],
    edits: None,
    voids: None,
    empty: "day.no_tasks",
};

static MINE: Catalogue = Catalogue { links: &[TO_CUSTOMER], empty: "day.no_orders", ..ITS_ORDERS };

/// The screen of the day.
pub(crate) struct MyDay {
    day: String,
    tasks: Option<Browse>,
    orders: Option<Browse>,
    finishing: Finishing,
    powers: bool,
}

impl MyDay {
    /// The day as the company's clock has it.
    pub(crate) fn new(desk: &Desk) -> MyDay {
        let mut day =
            MyDay { day: String::new(), tasks: None, orders: None, finishing: Finishing::default(), powers: false };
        day.begin(desk);
        day
    }

    /// Begins the day anew once the clock has turned it.
    fn begin(&mut self, desk: &Desk) {
        let today = desk.today().to_string();
        if self.day == today {
            return;
        }
        let me = desk.person.id.to_string();
        let only = |pairs: Vec<(&str, Json)>| pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let tasks: Map<String, Json> = only(vec![("user", json!(me)), ("until", json!(today)), ("done", json!(false))]);
        let orders: Map<String, Json> = only(vec![
            ("responsible", json!([me])),
            ("due_to", json!(today)),
            ("status", json!(["confirmed", "in-work", "ready"])),
        ]);
        let within = |spec, name, fixed| Browse::within(spec, Id::unique(("day", name)), fixed);
        self.tasks = desk.may(Right::TaskOwn).then(|| within(&TODAY, "tasks", tasks).offering(Finishing::OFFERS));
        self.tasks.iter_mut().for_each(Browse::focus);
        let sees = desk.may(Right::OrderViewOwn) || desk.may(Right::OrderViewAll);
        self.orders = sees.then(|| within(&MINE, "orders", orders));
        self.day = today;
    }

    fn head_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        ui.horizontal_wrapped(|ui| {
            let day = locale::date(desk.lang, desk.today());
            ui.label(RichText::new(day).font(fonts::bold(size::TITLE)));
            ui.label(RichText::new(format!("{} {}", icon::USER, desk.person.name)).color(c.text2));
            self.powers |= button::plain(ui, &say(ui, "day.powers"), true).clicked();
        });
    }

    /// What who sits here may do, in words.
    fn powers_ui(&mut self, ui: &Ui, desk: &Desk) {
        if !self.powers {
            return;
        }
        let (title, back) = (say(ui, "day.powers"), say(ui, "ui.close"));
        let shown = Dialog::new(Id::unique("powers"), &title).back(&back).show(ui, |ui| {
            for right in &desk.person.rights {
                ui.label(format!("{} {}", icon::CHECK, desk.say(&format!("right.{}", right.code()))));
            }
        });
        self.powers = shown.given != Some(Given::Closed);
    }

    fn tasks_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let Some(tasks) = &mut self.tasks else { return };
        ui.label(RichText::new(say(ui, "day.tasks")).font(fonts::bold(Tokens::of(ui).body())));
        tasks.ui(ui, desk);
        if tasks.wanted().is_some() {
            desk.wish(Wish::Open(Place::only("tasks")));
        }
        if let Some((_, row)) = tasks.asked() {
            self.finishing.begin(&row, desk);
        }
    }
}

impl Screen for MyDay {
    fn place(&self) -> Place {
        Place::only("day")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("day.title")
    }

    fn icon(&self) -> &'static str {
        icon::SUN
    }

    fn actions(&self, desk: &Desk) -> Vec<crate::ui::action::Offer> {
        self.tasks.as_ref().map(|tasks| tasks.actions(desk)).unwrap_or_default()
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        if let Some(tasks) = &mut self.tasks {
            tasks.act(action, desk);
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.begin(desk);
        let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(8, 6));
        Panel::top("day-head").frame(frame).show(ui, |ui| self.head_ui(ui, desk));
        if self.tasks.is_some() {
            let half = (ui.available_height() / 2.0 - space::M).floor();
            Panel::top("day-tasks").frame(frame).exact_size(half).show(ui, |ui| self.tasks_ui(ui, desk));
        }
        if let Some(orders) = &mut self.orders {
            frame.show(ui, |ui| {
                ui.label(RichText::new(say(ui, "day.orders")).font(fonts::bold(Tokens::of(ui).body())));
                orders.ui(ui, desk);
            });
        }
        self.powers_ui(ui, desk);
        self.finishing.ui(ui, desk);
    }

    fn modal(&self) -> bool {
        self.powers
            || self.finishing.is_asking()
            || [&self.tasks, &self.orders].into_iter().flatten().any(Browse::is_asking)
    }
}
