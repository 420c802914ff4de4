//! The documents behind a figure of a report: the lists it was added up from, with the figure above them.

use std::collections::BTreeMap;

use egui::{Frame, Id, Margin, RichText, Ui};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::base::error::Result;
use crate::base::locale::tr;
use crate::modules::orders::list::{ORDERS, state};
use crate::modules::report::action::OPEN;
use crate::reports::behind::Adds;
use crate::reports::column::Column;
use crate::reports::sheet::{Row, Sheet};
use crate::ui::action::Offer;
use crate::ui::desk::{Desk, Wish};
use crate::ui::field::{Choice, Field, choice};
use crate::ui::grid::{EmptyState, GridEvent};
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, Kind, ListColumn, ListSpec, ListView, Pages, no_state, plain};
use crate::ui::screen::{Place, Screen};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{self, Said, say};

/// The kind of its place.
pub(crate) const KIND: &str = "behind";

/// Orders with what they cost and earned.
static COSTED: ListSpec = ListSpec {
    sums: &["net", "cost", "profit", "total"],
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 84.0).sorted("number"),
        ListColumn::new("date", "column.date", Kind::Day, 92.0).sorted("date"),
        ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 220.0).sorted("customer"),
        ListColumn::new("net", "report.column.net", Kind::Money, 120.0).yields(2),
        ListColumn::new("cost", "report.column.cost", Kind::Money, 120.0).yields(3),
        ListColumn::new("profit", "report.column.profit", Kind::Money, 120.0).yields(1),
        ListColumn::new("total", "column.total", Kind::Money, 120.0).sorted("total"),
    ],
    ..TAXED_SPEC
};

/// Orders with what they are worth before tax.
static TAXED: ListSpec = TAXED_SPEC;

const TAXED_SPEC: ListSpec = ListSpec {
    query: "orders",
    totals: Some("orders-worth"),
    sums: &["net", "tax", "total"],
    groups: &[],
    tables: &["orders", "order_lines", "counterparties"],
    name: "window.orders",
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 84.0).sorted("number"),
        ListColumn::new("date", "column.date", Kind::Day, 92.0).sorted("date"),
        ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 220.0).sorted("customer"),
        ListColumn::new("net", "report.column.net", Kind::Money, 120.0).yields(2),
        ListColumn::new("tax", "report.column.tax", Kind::Money, 120.0).yields(3),
        ListColumn::new("total", "report.column.total", Kind::Money, 120.0).sorted("total"),
    ],
    fields: &[],
    own: "",
    grow: "counterparty_name",
    sort: "-date",
    pages: Pages::Skipped,
    state,
};

/// Payments with what orders have not used up.
static UNUSED: ListSpec = ListSpec {
    query: "payments",
    totals: Some("payments-totals"),
    sums: &["amount", "unused"],
    tables: &["payments", "allocations", "counterparties", "orders"],
    name: "payments.title",
    columns: &[
        ListColumn::new("number", "column.number", Kind::Strong, 84.0).sorted("number"),
        ListColumn::new("date", "column.date", Kind::Day, 104.0).sorted("date"),
        ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 220.0).sorted("customer"),
        ListColumn::new("amount", "payments.amount", Kind::Money, 120.0).sorted("amount"),
        ListColumn::new("unused", "payments.unused", Kind::Money, 120.0),
    ],
    state: no_state,
    ..TAXED_SPEC
};

static OPENINGS: ListSpec = ListSpec {
    query: "opening-balances",
    totals: Some("opening-balances-totals"),
    sums: &["amount"],
    groups: &[],
    tables: &["opening_balances", "counterparties"],
    name: "report.behind.openings",
    columns: &[
        ListColumn::new("date", "column.date", Kind::Day, 92.0),
        ListColumn::new("counterparty_name", "column.customer", CUSTOMER, 220.0),
        ListColumn::new("amount", "report.behind.amount", Kind::Money, 120.0),
    ],
    fields: &[],
    own: "",
    grow: "counterparty_name",
    sort: "",
    pages: Pages::Walked,
    state: no_state,
};

/// What is kept in the key of the place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Key {
    /// Whose figure it is.
    title: Said,
    /// The figure in words.
    figure: Said,
    lists: Vec<KeyList>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeyList {
    query: String,
    /// Key of what these documents are called.
    title: String,
    /// The field that is added up; empty where rows are counted.
    field: String,
    arguments: Map<String, Json>,
}

/// The place that shows what is behind a figure; none where nothing is.
pub(super) fn place(sheet: &Sheet, row: &Row, column: &Column) -> Result<Option<Place>> {
    let lists = sheet.behind(row, column)?.into_iter().map(|behind| KeyList {
        query: behind.query.to_owned(),
        title: behind.title().to_owned(),
        field: match behind.adds {
            Adds::Count => String::new(),
            Adds::Plus(field) | Adds::Minus(field) => field.to_owned(),
        },
        arguments: if let Json::Object(arguments) = behind.arguments { arguments } else { Map::new() },
    });
    let lists: Vec<KeyList> = lists.collect();
    if lists.is_empty() {
        return Ok(None);
    }
    let title = Said::each(|lang| {
        let first = row.cells.first().map(|cell| cell.spoken(lang)).filter(|first| !first.is_empty());
        first.unwrap_or_else(|| tr(lang, "report.total", &[]))
    });
    let figure = Said::each(|lang| {
        let cell = sheet.place(column.name).and_then(|at| row.cells.get(at)).filter(|_| column.kind.is_summed());
        cell.map(|cell| format!("{}  {}", column.title(lang), cell.spoken(lang))).unwrap_or_default()
    });
    let key = Key { title, figure, lists };
    let key = serde_json::to_string(&key);
    Ok(key.ok().map(|key| Place { kind: KIND, key }))
}

/// The lists behind a figure, on a screen.
pub(crate) struct Behind {
    text: String,
    key: Key,
    /// Which of the lists is shown.
    chosen: String,
    views: BTreeMap<String, ListView>,
}

impl Behind {
    /// The lists of a place; empty where the key is none of ours.
    pub(crate) fn open(text: &str) -> Behind {
        let key: Key = serde_json::from_str(text).unwrap_or_default();
        let mut views = BTreeMap::new();
        for (at, list) in key.lists.iter().enumerate() {
            let mut view = ListView::new(spec(list)).within("behind");
            view.set_filter(list.arguments.clone());
            if at == 0 {
                view.grid.focus();
            }
            views.insert(at.to_string(), view);
        }
        Behind { text: text.to_owned(), key, chosen: "0".to_owned(), views }
    }

    fn view(&self) -> Option<&ListView> {
        self.views.get(&self.chosen)
    }

    /// Where the row under the cursor leads to.
    fn document(&self) -> Option<Place> {
        let list = self.key.lists.get(self.chosen.parse::<usize>().ok()?)?;
        let (kind, field) = match list.query.as_str() {
            "orders" => ("order", "id"),
            "payments" => ("payment", "id"),
            _ => ("customer", "counterparty"),
        };
        let key = plain(self.view()?.current()?, field);
        (!key.is_empty()).then(|| Place::of(kind, key))
    }

    fn head_ui(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        Frame::new().fill(tokens.colors().bg).inner_margin(Margin::symmetric(8, 6)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(tokens.control_height());
                if self.key.lists.len() > 1 {
                    let choices: Vec<Choice> = self
                        .key
                        .lists
                        .iter()
                        .enumerate()
                        .map(|(at, list)| Choice::new(at.to_string(), say(ui, &list.title)))
                        .collect();
                    let name = say(ui, "report.behind.title");
                    let field = Field::new(Id::unique(("behind", &self.text)), &name).width(190.0).without_slot();
                    choice(ui, &field, &choices, &mut self.chosen);
                    ui.add_space(space::S);
                }
                let lang = words::lang(ui);
                ui.label(RichText::new(self.key.title.read(lang)).strong());
                ui.label(RichText::new(self.key.figure.read(lang)).color(tokens.colors().text2));
            });
        });
    }
}

fn spec(list: &KeyList) -> &'static ListSpec {
    match list.query.as_str() {
        "orders" if list.arguments.contains_key("costs") => &COSTED,
        "orders" if ["net", "tax"].contains(&list.field.as_str()) => &TAXED,
        "orders" => &ORDERS,
        "payments" => &UNUSED,
        _ => &OPENINGS,
    }
}

impl Screen for Behind {
    fn place(&self) -> Place {
        Place { kind: KIND, key: self.text.clone() }
    }

    fn title(&self, desk: &Desk) -> String {
        let title = self.key.title.read(desk.lang);
        if title.is_empty() { desk.say("report.behind.title") } else { title.to_owned() }
    }

    fn icon(&self) -> &'static str {
        icon::LIST
    }

    fn actions(&self, _: &Desk) -> Vec<Offer> {
        let columns = self.views.get(&self.chosen).map(ListView::column_offers);
        [OPEN.offer(self.document().is_some())].into_iter().chain(columns.unwrap_or_default()).collect()
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        if self.views.get_mut(&self.chosen).is_some_and(|view| view.grid.act(action)) {
            return;
        }
        if action == OPEN.id
            && let Some(place) = self.document()
        {
            desk.wish(Wish::Open(place));
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.head_ui(ui);
        let empty = EmptyState { icon: icon::LIST, text: say(ui, "report.behind.nothing"), button: String::new() };
        let id = Id::unique(("behind-grid", &self.text, &self.chosen));
        let Some(view) = self.views.get_mut(&self.chosen) else { return };
        let (events, _) = view.ui(ui, id, desk, &empty);
        if events.iter().any(|event| matches!(event, GridEvent::Opened(_))) {
            self.act(OPEN.id, desk);
        }
    }
}
