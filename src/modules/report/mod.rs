//! A report on a screen, whichever it is: what it is asked, its picture, its rows with totals, its files. The documents
//! behind each figure open from it.

mod action;
mod bar;
pub(crate) mod behind;
mod days;
mod file;
mod picture;
mod table;

use std::sync::Arc;

use egui::{Frame, Id, Margin, RichText, ScrollArea, Ui};
use serde_json::Value as Json;

use crate::base::error::Error;
use crate::base::locale;
use crate::base::right::Right;
use crate::engine::ticket::Ticket;
use crate::modules::report::action::{CHART, CSV, OPEN, PDF, PRINT, REFRESH, STOP, XLSX};
use crate::modules::report::bar::Bar;
use crate::modules::report::file::{Files, Format};
use crate::modules::report::picture::Picture;
use crate::modules::report::table::Table;
use crate::reports::sheet::Sheet;
use crate::reports::{self, Report};
use crate::ui::action::Offer;
use crate::ui::bar::{Look, buttons_ui};
use crate::ui::button;
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::error_ui;
use crate::ui::focus::scrolled;
use crate::ui::icon;
use crate::ui::screen::{Opener, Place, Screen};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};

/// So long a question is still being typed, in seconds.
const TYPING: f64 = 0.35;
/// From so many seconds on it is said how far the report is.
const PATIENCE: f64 = 0.3;

/// The tables that reports read.
const TABLES: &[&str] = &["orders", "order_lines", "payments", "allocations", "opening_balances", "counterparties"];

macro_rules! entries {
    ($($name:ident with $icon:ident),* $(,)?) => {
        &[$(Opener {
            kind: reports::$name::REPORT.name,
            title: reports::$name::REPORT.title,
            icon: icon::$icon,
            needs: &[Right::ReportView],
            open: |_, desk| Box::new(ReportScreen::new(&reports::$name::REPORT, icon::$icon, desk)),
        }),*]
    };
}

/// What stands in the menu.
pub static MENU: &[Opener] = entries![sales with CHART_LINE, debts with HAND_COINS, orders_by_status with LIST_CHECKS];

/// What is opened from reports.
pub static CARDS: &[Opener] = &[Opener {
    kind: behind::KIND,
    title: "report.behind.title",
    icon: icon::LIST,
    needs: &[Right::ReportView],
    open: |key, _| Box::new(behind::Behind::open(key)),
}];

/// A report that is under way.
struct Under {
    ticket: Ticket<Sheet>,
    since: f64,
}

/// A report that was made, as it is shown.
struct Shown {
    sheet: Arc<Sheet>,
    table: Table,
    picture: Picture,
}

/// Where the picture stands: above the rows where there is room for both, else in their place when it is asked for.
struct View {
    above: bool,
    instead: bool,
    /// Whether there was room for both when it was drawn last.
    roomy: bool,
}

impl View {
    fn turn(&mut self) {
        let shown = if self.roomy { &mut self.above } else { &mut self.instead };
        *shown = !*shown;
    }

    fn has_picture(&self) -> bool {
        if self.roomy { self.above } else { self.instead }
    }

    fn has_rows(&self) -> bool {
        self.roomy || !self.instead
    }
}

/// One report on a screen.
pub struct ReportScreen {
    report: &'static Report,
    icon: &'static str,
    bar: Bar,
    /// What was asked last, and how often its tables had been touched by then.
    asked: Option<(Json, u64)>,
    /// What is being typed, and since when.
    typed: Option<(Json, f64)>,
    under: Option<Under>,
    error: Option<Error>,
    shown: Option<Shown>,
    view: View,
    /// Whether the keyboard goes to the rows as soon as there are any.
    fresh: bool,
    files: Files,
}

impl ReportScreen {
    /// The report with what is usual for it, made at once.
    pub fn new(report: &'static Report, icon: &'static str, desk: &Desk) -> ReportScreen {
        ReportScreen {
            report,
            icon,
            bar: Bar::new(report, desk.today()),
            asked: None,
            typed: None,
            under: None,
            error: None,
            shown: None,
            view: View { above: true, instead: false, roomy: true },
            fresh: true,
            files: Files::default(),
        }
    }

    /// Whether the report is there and nothing newer is under way.
    pub fn is_settled(&self) -> bool {
        self.under.is_none() && self.typed.is_none() && (self.shown.is_some() || self.error.is_some())
    }

    /// The report that is shown.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.shown.as_ref().map(|shown| shown.sheet.as_ref())
    }

    fn ask(&mut self, wish: Json, now: f64, desk: &Desk) {
        self.stop();
        self.error = None;
        self.asked = Some((wish.clone(), desk.revision(TABLES)));
        self.under = Some(Under { ticket: self.report.ask(&desk.handle, &desk.call, wish), since: now });
    }

    fn stop(&mut self) {
        if let Some(under) = self.under.take() {
            under.ticket.cancel();
        }
    }

    fn poll(&mut self, desk: &Desk) {
        let Some(answer) = self.under.as_mut().and_then(|under| under.ticket.poll()) else {
            return;
        };
        self.under = None;
        match answer {
            Ok(sheet) => self.show(Arc::new(sheet), desk),
            Err(error) => self.error = Some(error),
        }
    }

    fn show(&mut self, sheet: Arc<Sheet>, desk: &Desk) {
        let mut table = Table::new(sheet.clone(), desk.lang);
        if std::mem::take(&mut self.fresh) {
            table.grid.focus();
        }
        let picture = Picture::new(&sheet, desk);
        self.shown = Some(Shown { sheet, table, picture });
    }

    /// Asks again when something else is wanted, once it is no longer being typed.
    fn follow(&mut self, ui: &Ui, desk: &Desk) {
        let Some(wish) = self.bar.wish(self.report) else {
            self.typed = None;
            return;
        };
        let now = ui.input(|input| input.time);
        match &self.asked {
            None => self.ask(wish, now, desk),
            Some((asked, _)) if *asked == wish => self.typed = None,
            Some(_) => match &self.typed {
                Some((typed, since)) if *typed == wish => {
                    if now - since >= TYPING {
                        self.typed = None;
                        self.ask(wish, now, desk);
                    } else {
                        ui.ctx().request_repaint_after_secs((TYPING - (now - since)) as f32);
                    }
                }
                _ => {
                    self.typed = Some((wish, now));
                    ui.ctx().request_repaint_after_secs(TYPING as f32);
                }
            },
        }
    }

    fn bar_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let margin = Margin { left: 8, right: 8, top: 6, bottom: 0 };
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| self.bar.ui(ui, self.report, desk, self.error.as_ref()));
        });
    }

    /// What it tells of which days, or how far it is; at the right what can be done with it.
    fn head_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let offers = self.actions(desk);
        let mut pressed = None;
        Frame::new().inner_margin(Margin::symmetric(8, 2)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(Tokens::of(ui).control_height());
                pressed = self.state_ui(ui, desk);
                let told = |offer: &Offer| [OPEN.id, STOP.id].contains(&offer.action.id);
                let buttons = offers.iter().filter(|offer| !told(offer)).map(|offer| (*offer, Look::Words));
                let buttons: Vec<_> = buttons.collect();
                pressed = buttons_ui(ui, Id::unique(("report-head", self.report.name)), &buttons).or(pressed);
            });
        });
        if let Some(action) = pressed {
            self.act(action, desk);
        }
    }

    /// Days or progress; what was pressed there.
    fn state_ui(&self, ui: &mut Ui, desk: &Desk) -> Option<&'static str> {
        let c = Tokens::of(ui).colors().clone();
        if let Some(under) = &self.under {
            ui.ctx().request_repaint_after_secs(0.1);
            let waits = ui.input(|input| input.time) - under.since > PATIENCE;
            return (waits && progress_ui(ui, under)).then_some(STOP.id);
        }
        let shown = self.shown.as_ref()?;
        let asks_days = (self.report.fields)().contains(&"from");
        let days = match shown.sheet.days(desk.lang) {
            Some(days) => days,
            None if asks_days => say(ui, "report.all_days"),
            None => say_with(ui, "report.as_of", &[("date", &locale::date(desk.lang, shown.sheet.made_on))]),
        };
        ui.label(RichText::new(days).color(c.text2));
        let changed = self.asked.as_ref().is_some_and(|(_, revision)| *revision != desk.revision(TABLES));
        if changed {
            ui.label(RichText::new(format!("{} {}", icon::REFRESH_CW, say(ui, "report.stale"))).color(c.warn));
        }
        None
    }

    fn body_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let Some(shown) = &mut self.shown else { return };
        if shown.table.lang() != desk.lang {
            shown.table.speak(desk.lang);
            shown.picture = Picture::new(&shown.sheet, desk);
        }
        self.view.roomy = shown.picture.is_empty() || ui.available_height() > shown.picture.height() * 2.0;
        if !self.view.has_rows() {
            return scrolled(ui, ScrollArea::vertical(), |ui| shown.picture.ui(ui));
        }
        if self.view.has_picture() {
            shown.picture.ui(ui);
        }
        let opened = shown.table.ui(ui, Id::unique(("report", self.report.name)));
        if opened {
            self.open(desk);
        }
    }

    /// Opens the documents behind the figure under the cursor.
    fn open(&mut self, desk: &mut Desk) {
        let Some(shown) = &self.shown else { return };
        let Some((row, column)) = shown.table.current() else { return };
        match behind::place(&shown.sheet, row, column) {
            Ok(Some(place)) => desk.wish(Wish::Open(place)),
            Ok(None) => {}
            Err(error) => self.error = Some(error),
        }
    }
}

/// Draws how far a report is; whether it is to be stopped.
fn progress_ui(ui: &mut Ui, under: &Under) -> bool {
    let (done, all) = under.ticket.watch().progress();
    let words = say_with(ui, "report.under_way", &[("done", &done.to_string()), ("all", &all.to_string())]);
    crate::ui::progress::progress_ui(ui, (done, all), &words);
    ui.add_space(space::S);
    let text = say(ui, STOP.text);
    button::plain(ui, &button::hint(&STOP, &text), true).clicked()
}

impl Screen for ReportScreen {
    fn place(&self) -> Place {
        Place::only(self.report.name)
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say(self.report.title)
    }

    fn icon(&self) -> &'static str {
        self.icon
    }

    fn actions(&self, _: &Desk) -> Vec<Offer> {
        let there = self.shown.is_some() && self.under.is_none();
        let mut offers = vec![PRINT.offer(there), PDF.offer(there), XLSX.offer(there), CSV.offer(there)];
        let shown = self.shown.as_ref();
        let drawable = shown.is_some_and(|shown| !shown.picture.is_empty());
        offers.extend([CHART.offer(there && drawable), REFRESH.offer(true)]);
        let figure = self.view.has_rows() && shown.is_some_and(|shown| shown.table.current().is_some());
        offers.push(OPEN.offer(there && figure));
        if self.under.is_some() {
            offers.push(STOP.offer(true));
        }
        offers
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        let format = [(&CSV, Format::Csv), (&XLSX, Format::Xlsx), (&PDF, Format::Pdf), (&PRINT, Format::Print)];
        let format = format.into_iter().find(|(known, _)| known.id == action).map(|(_, format)| format);
        if let (Some(format), Some(shown)) = (format, &self.shown) {
            self.files.make(desk, shown.sheet.clone(), format);
        } else if action == CHART.id {
            self.view.turn();
            if let Some(shown) = self.shown.as_mut().filter(|_| self.view.has_rows()) {
                shown.table.grid.focus();
            }
        } else if action == REFRESH.id {
            self.asked = None;
        } else if action == STOP.id {
            self.stop();
        } else if action == OPEN.id {
            self.open(desk);
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.poll(desk);
        if let Some(error) = self.files.follow(ui, desk) {
            self.error = Some(error);
        }
        self.bar_ui(ui, desk);
        self.follow(ui, desk);
        self.head_ui(ui, desk);
        ui.add_space(space::XS);
        if let Some(error) = &self.error {
            Frame::new().inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| error_ui(ui, error));
        }
        self.body_ui(ui, desk);
    }
}
