//! What stands between the company and one customer: opening balance, owed orders, payments not used yet.

use egui::{Grid, Id, RichText, Ui};
use serde_json::{Map, Value as Json, json};

use crate::base::currency::Currency;
use crate::base::money::Money;
use crate::engine::worker::Lane;
use crate::modules::browse::{Browse, Catalogue};
use crate::modules::card::Drawn;
use crate::modules::customers::card::ITS_ORDERS;
use crate::ui::desk::Desk;
use crate::ui::fonts;
use crate::ui::list::{money, plain};
use crate::ui::loader::Loader;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;

static OWING: Catalogue = Catalogue { empty: "balance.nothing_owed", ..ITS_ORDERS };

/// The tab of the balance.
#[derive(Default)]
pub(crate) struct Balance {
    orders: Loader<Vec<Json>>,
    opening: Loader<Vec<Json>>,
    unused: Loader<Vec<Json>>,
    owing: Option<Browse>,
}

/// What stands open in one currency, in minor units.
struct Line {
    currency: Currency,
    opening: Money,
    owed: Money,
    unused: Money,
}

/// One of the sums of a line.
type Sum = fn(&mut Line) -> &mut Money;

const TABLES: &[&str] = &["orders", "payments", "allocations", "opening_balances"];

impl Drawn for Balance {
    fn ui(&mut self, ui: &mut Ui, id: i64, desk: &mut Desk) {
        self.ask(id, desk);
        let lines = self.lines(desk);
        let bold = fonts::bold(Tokens::of(ui).body());
        Grid::new(("balance", id)).num_columns(5).spacing([space::XL, space::XS]).show(ui, |ui| {
            for key in ["window.currency", "balance.opening", "balance.owed", "balance.unused", "balance.balance"] {
                ui.label(RichText::new(say(ui, key)).font(bold.clone()).color(Tokens::of(ui).colors().text2));
            }
            ui.end_row();
            for line in &lines {
                line.ui(ui, desk);
            }
        });
        ui.add_space(space::S);
        ui.label(RichText::new(say(ui, "balance.owing")).font(bold));
        let owing = self.owing.get_or_insert_with(|| {
            let fixed = Map::from_iter([
                ("counterparty".to_owned(), json!(id.to_string())),
                ("payment".to_owned(), json!("owing")),
            ]);
            Browse::within(&OWING, Id::unique(("owing", id)), fixed)
        });
        owing.ui(ui, desk);
    }
}

impl Balance {
    fn ask(&mut self, id: i64, desk: &Desk) {
        let revision = desk.revision(TABLES);
        let ask = |query: &str, arguments: Json| desk.handle.ask_json(Lane::Interactive, &desk.call, query, arguments);
        self.orders.keep(revision, || ask("orders-totals", json!({"counterparty": id.to_string()})));
        self.opening.keep(revision, || ask("opening-balances", json!({ "counterparty": id })));
        let unused = json!({"counterparty": id.to_string(), "unused": true, "limit": 500});
        self.unused.keep(revision, || ask("payments", unused));
    }

    /// One line a currency, the company's own first.
    fn lines(&self, desk: &Desk) -> Vec<Line> {
        let mut lines = vec![Line::empty(desk.house.currency)];
        let parts: [(&Loader<Vec<Json>>, &str, Sum); 3] = [
            (&self.opening, "amount", |line| &mut line.opening),
            (&self.orders, "debt", |line| &mut line.owed),
            (&self.unused, "unused", |line| &mut line.unused),
        ];
        for (told, field, place) in parts {
            for row in told.value().into_iter().flatten() {
                let Ok(currency) = Currency::parse(&plain(row, "currency")) else { continue };
                let Ok(amount) = Money::parse(&plain(row, field), currency) else { continue };
                if !lines.iter().any(|line| line.currency == currency) {
                    lines.push(Line::empty(currency));
                }
                let line = lines.iter_mut().find(|line| line.currency == currency).map(place);
                if let Some(sum) = line
                    && let Ok(added) = sum.checked_add(amount)
                {
                    *sum = added;
                }
            }
        }
        lines
    }
}

impl Line {
    fn empty(currency: Currency) -> Line {
        let zero = Money::new(0, currency);
        Line { currency, opening: zero, owed: zero, unused: zero }
    }

    fn balance(&self) -> Money {
        let sum = self.opening.checked_add(self.owed).and_then(|sum| sum.checked_sub(self.unused));
        sum.unwrap_or(Money::new(0, self.currency))
    }

    fn ui(&self, ui: &mut Ui, desk: &Desk) {
        let tokens = Tokens::of(ui);
        let code = self.currency.code();
        let written = |amount: Money| money(&amount.to_string(), code, desk);
        ui.label(code);
        for amount in [self.opening, self.owed, self.unused] {
            ui.label(written(amount));
        }
        let balance = self.balance();
        let color = if balance.minor() > 0 { tokens.colors().danger } else { tokens.colors().text };
        ui.label(RichText::new(written(balance)).font(fonts::bold(tokens.body())).color(color));
        ui.end_row();
    }
}
