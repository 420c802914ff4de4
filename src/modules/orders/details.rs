//! What is known of the order under the cursor: lines, income, expenses, files, history.

use egui::{Align, Id, Layout, RichText, ScrollArea, Ui, UiBuilder, vec2};
use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::domain::order::query::OrderAnswer;
use crate::modules::document::{Sheet, To, sheet_ui};
use crate::modules::files::Files;
use crate::modules::history::History;
use crate::modules::order_card;
use crate::ui::action::Keys;
use crate::ui::desk::{Desk, Wish};
use crate::ui::focus::scrolled;
use crate::ui::grid::Cell;
use crate::ui::list::{Kind, ListColumn, money, plain};
use crate::ui::loader::Loader;
use crate::ui::screen::Place;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{badge, button, fonts, icon};

const TABS: [(&str, &str); 5] = [
    ("details.lines", icon::LIST),
    ("details.income", icon::HAND_COINS),
    ("details.expenses", icon::WALLET),
    ("details.files", icon::PAPERCLIP),
    ("details.history", icon::HISTORY),
];

/// The places of the files and of the history among the tabs.
const FILES: usize = 3;
const HISTORY: usize = 4;

/// What is shown of an order stands in these.
const TABLES: &[&str] = &["orders", "order_lines", "payments", "allocations", "invoices"];

/// How tall they are, in points, and how much of a small window they take at most.
const OPEN: f32 = 190.0;
const CLOSED: f32 = 22.0;
const TABS_HIGH: f32 = 20.0;
const MOST: f32 = 0.36;
/// In lower room, in points, an order is not shown both below and beside its list.
const ROOMY: f32 = 560.0;

/// Under this name it is kept whether the details are hidden.
const HIDDEN: &str = "orders-details-hidden";

/// The details.
#[derive(Default)]
pub(crate) struct Details {
    /// Whether they are shown; as it was left here, until somebody says otherwise.
    open: Option<bool>,
    /// Whether the order is looked at beside the list as well.
    beside: bool,
    tab: usize,
    of: Option<i64>,
    order: Loader<Vec<OrderAnswer>>,
    files: Option<Files>,
    history: Option<History>,
}

impl Details {
    /// Whether a dialog of its own is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.files.as_ref().is_some_and(Files::is_asking) || self.history.as_ref().is_some_and(History::is_asking)
    }

    /// Hears the keys of its tabs.
    pub(crate) fn keys(&mut self, ui: &Ui) {
        for (at, keys) in (0..TABS.len()).filter_map(|at| Some((at, Keys::alt(badge::digit(at)?)))) {
            if ui.input_mut(|input| keys.pressed(input)) {
                self.open = Some(true);
                self.tab = at;
            }
        }
    }

    fn is_open(&mut self, desk: &Desk) -> bool {
        *self.open.get_or_insert_with(|| desk.workplace.kept(HIDDEN).is_none_or(|kept| kept.is_empty()))
    }

    /// Leaves the room to the list where the order has come beside it; nothing keeps a person from showing them again.
    pub(crate) fn make_room(&mut self, beside: bool, room: f32) {
        if beside != self.beside && room < ROOMY {
            self.open = beside.then_some(false);
        }
        self.beside = beside;
    }

    /// How tall they are below a list where both have so much room, in points.
    pub(crate) fn height(&mut self, room: f32, desk: &Desk) -> f32 {
        if self.is_open(desk) { OPEN.min(room * MOST) } else { CLOSED }
    }

    /// Draws them below the list, into the room that is left.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk, order: Option<i64>) {
        if self.of != order {
            self.of = order;
            self.order.forget();
            self.files = None;
            self.history = None;
        }
        let (tokens, room, open) = (Tokens::of(ui), ui.max_rect(), self.is_open(desk));
        ui.painter().rect_filled(room, 0.0, tokens.colors().panel);
        ui.painter().hline(room.x_range(), room.top(), (1.0, tokens.colors().border));
        let inside = UiBuilder::new().max_rect(room.shrink2(vec2(space::S, 1.0)));
        ui.scope_builder(inside, |ui| {
            ui.shrink_clip_rect(room);
            self.tabs_ui(ui, desk, open);
            if open && self.tab == FILES {
                self.files_ui(ui, desk);
            } else if open && self.tab == HISTORY {
                self.history_ui(ui, desk);
            } else if open {
                let area = ScrollArea::vertical().auto_shrink(false);
                if let Some(place) = scrolled(ui, area, |ui| self.inside(ui, desk)) {
                    desk.wish(Wish::Open(place));
                }
            }
        });
    }

    fn tabs_ui(&mut self, ui: &mut Ui, desk: &Desk, open: bool) {
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = TABS_HIGH;
            ui.spacing_mut().button_padding.y = 0.0;
            for (at, (key, letter)) in TABS.into_iter().enumerate() {
                let text = say(ui, key);
                let response = ui.selectable_label(open && self.tab == at, format!("{letter} {text}"));
                let keys = badge::digit(at).map(Keys::alt);
                keys.into_iter().for_each(|keys| badge::put(ui.ctx(), response.rect, keys));
                if response.on_hover_text(keys.map(Keys::label).unwrap_or_default()).clicked() {
                    self.open = Some(true);
                    self.tab = at;
                }
            }
            let (letter, name) =
                if open { (icon::CHEVRON_DOWN, "details.hide") } else { (icon::CHEVRON_UP, "details.show") };
            if button::quiet(ui, letter, &say(ui, name)).clicked() {
                self.open = Some(!open);
                desk.workplace.keep(HIDDEN, if open { "yes" } else { "" });
            }
        });
    }

    fn files_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        if let Some(id) = self.of {
            self.files.get_or_insert_with(|| Files::new("order", id)).ui(ui, desk);
        }
    }

    fn history_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        if let Some(id) = self.of {
            self.history.get_or_insert_with(|| History::new("order", TABLES, id)).ui(ui, desk);
        }
    }

    /// Draws the open tab; where what was clicked leads to.
    fn inside(&mut self, ui: &mut Ui, desk: &Desk) -> Option<Place> {
        let id = self.of?;
        let revision = desk.revision(TABLES);
        self.order.keep(revision, || order_card::ask(desk, id));
        let order = self.order.value().and_then(|rows| rows.first())?;
        match self.tab {
            0 => lines_ui(ui, desk, order),
            1 => return income_ui(ui, desk, order),
            _ => expenses_ui(ui, desk, order),
        }
        None
    }
}

/// A small table; from a column on stand figures, at the right.
fn table(ui: &mut Ui, (name, figures): (&str, usize), titles: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let tokens = Tokens::of(ui);
    let cell = |ui: &mut Ui, at: usize, words: RichText| {
        if at < figures {
            ui.label(words);
        } else {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(words));
        }
    };
    egui::Grid::new(Id::unique(("details", name)))
        .num_columns(titles.len().saturating_add(1))
        .spacing([space::XL, 2.0])
        .show(ui, |ui| {
            for (at, title) in titles.iter().enumerate() {
                let words = RichText::new(say(ui, title)).font(fonts::bold(tokens.body())).color(tokens.colors().text2);
                cell(ui, at, words);
            }
            // The last column does not take the room that is left.
            ui.label("");
            ui.end_row();
            for row in rows {
                for (at, text) in row.into_iter().enumerate() {
                    cell(ui, at, RichText::new(text));
                }
                ui.end_row();
            }
        });
}

fn lines_ui(ui: &mut Ui, desk: &Desk, order: &OrderAnswer) {
    let code = order.sums.currency.code();
    let titles = ["column.code", "column.item", "column.quantity", "column.price", "column.discount", "column.sum"];
    let rows = order.lines.iter().map(|line| {
        vec![
            line.code.clone(),
            line.text.clone(),
            crate::base::locale::number(desk.lang, &line.quantity.to_string()),
            money(&line.price.to_string(), code, desk),
            money(&line.discount, code, desk),
            money(&line.total, code, desk),
        ]
    });
    table(ui, ("lines", 2), &titles, rows);
}

/// Payments and invoices of the order; where the one that was clicked leads to.
fn income_ui(ui: &mut Ui, desk: &Desk, order: &OrderAnswer) -> Option<Place> {
    if order.payments.is_empty() && order.invoices.is_empty() {
        ui.label(say(ui, "details.no_payments"));
        return None;
    }
    let papers = json!({"payments": order.payments, "invoices": order.invoices});
    let payment = ui.scope(|ui| sheet_ui(ui, &PAYMENTS, &papers, desk)).inner;
    ui.scope(|ui| sheet_ui(ui, &INVOICES, &papers, desk)).inner.or(payment)
}

static PAYMENTS: Sheet = Sheet {
    title: "payments.title",
    rows: |order| order.get("payments").and_then(Json::as_array).cloned().unwrap_or_default(),
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 100.0),
        ListColumn::new("date", "column.date", Kind::Day, 120.0),
        ListColumn::new("kind", "column.kind", Kind::Code("payment_kind."), 130.0),
        ListColumn::new("amount", "column.sum", Kind::Money, 130.0),
        ListColumn::new("reason", "column.note", Kind::Made(remark), 300.0),
    ],
    grow: "",
    to: Some(To { kind: "payment", key: "/id", needs: &[Right::PaymentView] }),
};

static INVOICES: Sheet = Sheet {
    title: "invoices.title",
    rows: |order| order.get("invoices").and_then(Json::as_array).cloned().unwrap_or_default(),
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 100.0),
        ListColumn::new("date", "column.date", Kind::Day, 250.0),
        ListColumn::new("total", "column.total", Kind::Money, 130.0),
        ListColumn::new("reason", "column.note", Kind::Made(remark), 300.0),
    ],
    grow: "",
    to: Some(To { kind: "invoice", key: "/id", needs: &[Right::InvoiceView] }),
};

/// That it was taken back, or why it is there.
fn remark(row: &Json, desk: &Desk) -> Cell {
    let voided = plain(row, "voided") == "true";
    Cell::text(if voided { desk.say("details.voided") } else { plain(row, "reason") })
}

fn expenses_ui(ui: &mut Ui, desk: &Desk, order: &OrderAnswer) {
    let code = order.sums.currency.code();
    if !desk.may(Right::CostView) {
        ui.label(say(ui, "details.no_right_to_cost"));
        return;
    }
    let unknown = say(ui, "details.cost_unknown");
    let amount = |sum: &Option<String>| sum.as_ref().map_or_else(|| unknown.clone(), |sum| money(sum, code, desk));
    let rows = [
        vec![say(ui, "card.net"), money(&order.sums.net, code, desk)],
        vec![say(ui, "details.cost"), amount(&order.sums.cost)],
        vec![say(ui, "details.profit"), amount(&order.sums.profit)],
    ];
    table(ui, ("expenses", 1), &["details.what", "column.sum"], rows.into_iter());
}
