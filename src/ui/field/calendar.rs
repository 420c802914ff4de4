//! A month with its days, as it hangs below a date field.

use egui::{Align2, Id, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::base::date::Date;
use crate::base::locale::{self, Lang};
use crate::ui::tokens::{Tokens, size};
use crate::ui::words::say;
use crate::ui::{fonts, icon};

/// The side of a day, in points.
const SIDE: f32 = 32.0;

/// What is drawn.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    pub(super) id: Id,
    /// The day that Enter takes; its month is shown.
    pub(super) marked: Date,
    /// The day that stands in the field.
    pub(super) chosen: Option<Date>,
    pub(super) today: Date,
}

/// What was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Another month: this day is marked now.
    Turned(Date),
    /// This day.
    Chosen(Date),
}

/// The first day of the week, 1 for Monday to 7 for Sunday, as CLDR has it for the language.
fn first_weekday(lang: Lang) -> u32 {
    if lang == Lang::EN { 7 } else { 1 }
}

/// The days of six weeks around the month of a date, from the first weekday on.
pub(super) fn days(lang: Lang, month_of: Date) -> Vec<Date> {
    let Ok(first) = Date::new(month_of.year(), month_of.month(), 1) else {
        return Vec::new();
    };
    let before = first.weekday().saturating_add(7).saturating_sub(first_weekday(lang)).checked_rem(7).unwrap_or(0);
    (0..42).filter_map(|day| first.add_days(i64::from(day) - i64::from(before)).ok()).collect()
}

impl Calendar {
    /// Draws it.
    pub(super) fn show(&self, ui: &mut Ui, lang: Lang) -> Option<Event> {
        let mut event = self.heading(ui, lang);
        let names: Vec<String> = (0..7)
            .map(|at| (first_weekday(lang) + at - 1).checked_rem(7).unwrap_or(0) + 1)
            .map(|day| locale::tr(lang, &format!("field.weekday.d{day}"), &[]))
            .collect();
        let tokens = Tokens::of(ui);
        let (_, row) = ui.allocate_space(vec2(SIDE * 7.0, SIDE * 0.75));
        for (rect, name) in cells(row.left_top(), row.height()).zip(&names) {
            let (font, color) = (fonts::regular(size::HINT), tokens.colors().text3);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, name, font, color);
        }
        for week in days(lang, self.marked).chunks(7) {
            let (_, row) = ui.allocate_space(vec2(SIDE * 7.0, SIDE));
            for (rect, day) in cells(row.left_top(), SIDE).zip(week) {
                if self.day(ui, lang, rect, *day).clicked() {
                    event = Some(Event::Chosen(*day));
                }
            }
        }
        event
    }

    fn heading(&self, ui: &mut Ui, lang: Lang) -> Option<Event> {
        let tokens = Tokens::of(ui);
        let (_, row) = ui.allocate_space(vec2(SIDE * 7.0, SIDE));
        let month = locale::tr(lang, &format!("field.month.m{}", self.marked.month()), &[]);
        let words = format!("{month} {}", self.marked.year());
        let (font, color) = (fonts::bold(tokens.body()), tokens.colors().text);
        ui.painter().text(row.center(), Align2::CENTER_CENTER, words, font, color);
        let mut event = None;
        let ends = [
            (row.left_top(), -1, icon::CHEVRON_LEFT, "field.month_before"),
            (row.right_top() - vec2(SIDE, 0.0), 1, icon::CHEVRON_RIGHT, "field.month_after"),
        ];
        for (at, months, letter, key) in ends {
            let rect = Rect::from_min_size(at, Vec2::splat(SIDE));
            let response = ui.interact(rect, self.id.with(key), Sense::CLICK);
            let color = if response.hovered() { tokens.colors().accent } else { tokens.colors().text2 };
            let font = fonts::regular(size::SECTION);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, letter, font, color);
            let name = say(ui, key);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.clicked() {
                event = self.marked.add_months(months).ok().map(Event::Turned);
            }
        }
        event
    }

    fn day(&self, ui: &Ui, lang: Lang, rect: Rect, day: Date) -> Response {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let response = ui.interact(rect, self.id.with(day.to_string()), Sense::CLICK);
        let inner = rect.shrink(2.0);
        if day == self.marked {
            ui.painter().rect_filled(inner, 4.0, c.sel);
        } else if response.hovered() {
            ui.painter().rect_filled(inner, 4.0, c.hover);
        }
        if day == self.today {
            ui.painter().rect_stroke(inner, 4.0, egui::Stroke::new(1.0, c.accent), egui::StrokeKind::Inside);
        }
        let font = if Some(day) == self.chosen { fonts::bold(tokens.body()) } else { fonts::regular(tokens.body()) };
        let color = if day.month() == self.marked.month() { c.text } else { c.text3 };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, day.day().to_string(), font, color);
        let name = locale::date_long(lang, day);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, day == self.marked, &name));
        response
    }
}

fn cells(from: egui::Pos2, height: f32) -> impl Iterator<Item = Rect> {
    let lefts = std::iter::successors(Some(from.x), |left| Some(left + SIDE));
    lefts.take(7).map(move |left| Rect::from_min_size(pos2(left, from.y), vec2(SIDE, height)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_with_the_first_weekday_of_the_language_and_shows_every_day_of_it() {
        for (lang, month, first) in [
            (Lang::HY, "2026-11-24", "2026-10-26"),
            (Lang::RU, "2026-02-10", "2026-01-26"),
            (Lang::EN, "2026-11-24", "2026-11-01"),
            (Lang::EN, "2026-02-10", "2026-02-01"),
            (Lang::HY, "2026-06-01", "2026-06-01"),
            (Lang::EN, "2026-05-31", "2026-04-26"),
        ] {
            let shown = days(lang, Date::parse(month).unwrap());
            assert_eq!((shown.len(), shown[0]), (42, Date::parse(first).unwrap()), "{lang} {month}");
        }
    }
}
