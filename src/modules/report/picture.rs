//! A report as a picture: bars or a line in colours that all eyes tell apart, with the figures written at them.

use std::ops::RangeInclusive;

use egui::accesskit::Role;
use egui::{Align2, Color32, Id, Rangef, Sense, Stroke, TextStyle, Ui, Vec2b, WidgetInfo, vec2};
use egui_plot::{
    AxisHints, Bar, BarChart, GridInput, GridMark, Line, Plot, PlotPoint, PlotPoints, PlotUi, Points, Text,
};

use crate::base::locale::{self, Lang};
use crate::reports::cell::Cell;
use crate::reports::chart::{ChartKind, Point, Series};
use crate::reports::sheet::Sheet;
use crate::ui::desk::Desk;
use crate::ui::field::{Choice, Field, choice};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;

/// Its height, in points; beside names as much as they need.
const HEIGHT: f32 = 170.0;
const ROW: f32 = 20.0;

/// Blue and vermilion of Okabe and Ito, and their sky blue for dark backgrounds.
const BLUE: Color32 = Color32::from_rgb(0x00, 0x72, 0xB2);
const SKY: Color32 = Color32::from_rgb(0x56, 0xB4, 0xE9);
const VERMILION: Color32 = Color32::from_rgb(0xD5, 0x5E, 0x00);

/// So many figures are written at their points; of more only the largest and the last.
const MOST_LABELS: usize = 14;
/// So wide is the axis of amounts, in points.
const AXIS: f32 = 70.0;
/// So many names stand under steps of time.
const MOST_NAMES: usize = 8;
/// The longest name beside a bar, in letters.
const LONGEST_NAME: usize = 30;

/// How the points stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A line through time.
    Line,
    /// Bars through time.
    Upright,
    /// Bars beside names.
    Lying,
}

/// What is drawn of a report.
pub(super) struct Picture {
    shape: Shape,
    series: Vec<Series>,
    /// The code of the currency that is drawn.
    chosen: String,
    title: String,
    id: Id,
}

impl Picture {
    /// The picture in the window's language; the company's own currency first.
    pub(super) fn new(sheet: &Sheet, desk: &Desk) -> Picture {
        let series = sheet.series(desk.lang);
        let timed =
            sheet.rows.first().and_then(|row| row.cells.first()).is_some_and(|cell| matches!(cell, Cell::Span(_)));
        let shape = match (sheet.chart.kind, timed) {
            (ChartKind::Line, _) => Shape::Line,
            (ChartKind::Bars, true) => Shape::Upright,
            (ChartKind::Bars, false) => Shape::Lying,
        };
        let home = desk.house.currency;
        let own = series.iter().find(|series| series.currency == Some(home)).or(series.first());
        let chosen = own.map(code).unwrap_or_default();
        let column = sheet.columns.iter().find(|column| column.name == sheet.chart.value);
        let title = column.map(|column| column.title(desk.lang)).unwrap_or_default();
        Picture { shape, series, chosen, title, id: Id::unique(("report-picture", sheet.name)) }
    }

    /// How high it is, in points.
    pub(super) fn height(&self) -> f32 {
        let count = self.series.iter().map(|series| series.points.len()).max().unwrap_or(0);
        if self.shape == Shape::Lying { count as f32 * ROW + 30.0 } else { HEIGHT }
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.points.is_empty())
    }

    /// Draws it; nothing where there is nothing to draw.
    pub(super) fn ui(&mut self, ui: &mut Ui) {
        if self.is_empty() {
            return;
        }
        ui.horizontal(|ui| {
            ui.add_space(space::S);
            ui.label(egui::RichText::new(&self.title).strong());
            if self.series.len() > 1 {
                let choices: Vec<Choice> =
                    self.series.iter().map(code).map(|code| Choice::new(code.clone(), code)).collect();
                let name = say(ui, "report.parameter.currency");
                let field = Field::new(self.id.with("currency"), &name).width(90.0).without_slot();
                choice(ui, &field, &choices, &mut self.chosen);
            }
        });
        let Some(series) = self.series.iter().find(|series| code(series) == self.chosen) else { return };
        let pen = Pen::new(ui, series);
        let spoken = spoken(&self.title, series);
        let shape = self.shape;
        let plot = plot(self.id, shape, &pen).height(self.height());
        let shown = plot.show(ui, |plot| pen.draw(plot, shape));
        shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &spoken));
    }
}

fn code(series: &Series) -> String {
    series.currency.map(|currency| currency.code().to_owned()).unwrap_or_default()
}

/// What a screen reader says: each name with its figure.
fn spoken(title: &str, series: &Series) -> String {
    let points = series.points.iter().take(MOST_LABELS).map(|point| format!("{} {}", point.label, point.spoken));
    format!("{title}: {}", points.collect::<Vec<_>>().join(", "))
}

/// What the points of one currency are drawn with.
struct Pen {
    lang: Lang,
    points: Vec<Point>,
    values: Vec<f64>,
    /// Whether the figures have room one beside the other.
    roomy: bool,
    color: Color32,
    below: Color32,
    text: Color32,
    outline: Color32,
    grid: Color32,
}

impl Pen {
    fn new(ui: &Ui, series: &Series) -> Pen {
        let c = Tokens::of(ui).colors().clone();
        let dark = ui.visuals().dark_mode;
        let units = series.currency.map_or(1, |currency| currency.minor_per_major()) as f64;
        let wide = |point: &Point| {
            let font = TextStyle::Body.resolve(ui.style());
            ui.painter().layout_no_wrap(format!(" {} ", point.spoken), font, c.text).size().x
        };
        let widest = series.points.iter().map(wide).fold(0.0, f32::max);
        Pen {
            roomy: widest * (series.points.len() as f32 + 1.0) <= ui.available_width() - AXIS,
            lang: crate::ui::words::lang(ui),
            values: series.points.iter().map(|point| point.figure as f64 / units).collect(),
            points: series.points.clone(),
            color: if dark { SKY } else { BLUE },
            below: VERMILION,
            text: c.text,
            outline: c.panel,
            grid: c.border,
        }
    }

    fn largest(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }

    fn least(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::min)
    }

    fn draw(&self, plot: &mut PlotUi<'_>, shape: Shape) {
        if shape == Shape::Line {
            let points: Vec<[f64; 2]> = self.values.iter().enumerate().map(|(at, value)| [at as f64, *value]).collect();
            plot.line(Line::new("", PlotPoints::from(points.clone())).color(self.color).width(2.0).allow_hover(false));
            if points.len() <= 62 {
                plot.points(Points::new("", PlotPoints::from(points)).color(self.color).radius(3.0));
            }
        } else {
            let bars = self.values.iter().enumerate().map(|(at, value)| self.bar(at, *value, shape));
            let chart = BarChart::new("", bars.collect()).width(0.7).allow_hover(false);
            plot.bar_chart(if shape == Shape::Lying { chart.horizontal() } else { chart.vertical() });
        }
        for at in self.labelled(shape) {
            self.label(plot, at, shape);
        }
    }

    fn bar(&self, at: usize, value: f64, shape: Shape) -> Bar {
        let place = if shape == Shape::Lying { -(at as f64) } else { at as f64 };
        let color = if value < 0.0 { self.below } else { self.color };
        Bar::new(place, value).fill(color).stroke(Stroke::new(1.0, self.outline))
    }

    /// The points at which their figure is written.
    fn labelled(&self, shape: Shape) -> Vec<usize> {
        let last = self.points.len().saturating_sub(1);
        if shape == Shape::Lying || (self.points.len() <= MOST_LABELS && self.roomy) {
            return (0..=last).collect();
        }
        let by = |one: &usize, other: &usize| {
            let value = |at: &usize| self.values.get(*at).copied().unwrap_or_default();
            value(one).total_cmp(&value(other))
        };
        let mut labelled: Vec<usize> = (0..=last).max_by(by).into_iter().collect();
        // Near the largest one the last would run into it.
        labelled.extend((labelled.first().is_none_or(|most| last.abs_diff(*most) > last / 6)).then_some(last));
        labelled
    }

    fn label(&self, plot: &mut PlotUi<'_>, at: usize, shape: Shape) {
        let (Some(point), Some(value)) = (self.points.get(at), self.values.get(at)) else { return };
        if point.figure == 0 && shape != Shape::Lying {
            return;
        }
        let (place, anchor) = match shape {
            Shape::Lying => (PlotPoint::new(value.max(0.0), -(at as f64)), Align2::LEFT_CENTER),
            Shape::Line | Shape::Upright => {
                let above = (self.largest() - self.least()) * if shape == Shape::Line { 0.06 } else { 0.0 };
                (PlotPoint::new(at as f64, value.max(0.0) + above), Align2::CENTER_BOTTOM)
            }
        };
        plot.text(Text::new("", place, format!(" {} ", point.spoken)).color(self.text).anchor(anchor));
    }

    /// The name of a place on the axis of names.
    fn name(&self, place: f64) -> String {
        let at = place.abs().round();
        if (place.abs() - at).abs() > 0.01 || at < 0.0 {
            return String::new();
        }
        let point = self.points.get(at as usize);
        let Some(point) = point else { return String::new() };
        if point.label.chars().count() <= LONGEST_NAME {
            return point.label.clone();
        }
        let start: String = point.label.chars().take(LONGEST_NAME.saturating_sub(1)).collect();
        format!("{start}…")
    }

    fn amount(&self, value: f64) -> String {
        locale::number(self.lang, &format!("{value:.0}"))
    }
}

/// The frame of the picture: names on one axis, amounts on the other, room for the written figures.
fn plot<'a>(id: Id, shape: Shape, pen: &'a Pen) -> Plot<'a> {
    let (count, room) = (pen.points.len(), pen.largest() - pen.least());
    let plot = Plot::new("report-picture").id(id).sense(Sense::hover()).show_background(false);
    let plot = plot.allow_drag(false).allow_zoom(false).allow_scroll(false).allow_boxed_zoom(false);
    let plot = plot.allow_axis_zoom_drag(false).allow_double_click_reset(false).show_crosshair(false);
    let plot = plot.grid_color(pen.grid).set_margin_fraction(vec2(0.01, 0.04)).label_formatter(|_| None);
    let names = move |mark: GridMark, _: &RangeInclusive<f64>| pen.name(mark.value);
    let amounts = move |mark: GridMark, _: &RangeInclusive<f64>| pen.amount(mark.value);
    if shape == Shape::Lying {
        let beside = AxisHints::new_y().formatter(names).min_thickness(150.0).label_spacing(Rangef::new(6.0, 12.0));
        return plot
            .include_x(pen.largest() + room * 0.22)
            .include_x(pen.least())
            .include_y(0.6)
            .include_y(0.4 - count as f64)
            .show_grid(Vec2b::new(true, false))
            .x_grid_spacer(|input| round_marks(&input))
            .y_grid_spacer(move |_| marks(count, 1).map(|mark| GridMark { value: -mark.value, ..mark }).collect())
            .custom_y_axes(vec![beside])
            .x_axis_formatter(amounts);
    }
    let stride = count.div_ceil(MOST_NAMES).max(1);
    // Half of a name has room beside the first and the last place.
    let beside = count as f64 * 0.06;
    plot.include_y(pen.largest() + room * 0.25)
        .include_y(0.0)
        .include_x(-0.6 - beside)
        .include_x(count as f64 - 0.4 + beside)
        .show_grid(Vec2b::new(false, true))
        .x_grid_spacer(move |_| marks(count, stride).collect())
        .y_grid_spacer(|input| round_marks(&input))
        .x_axis_formatter(names)
        .y_axis_min_width(AXIS)
        .y_axis_formatter(amounts)
}

/// A few marks at round amounts: ones, twos or fives of a power of ten.
fn round_marks(input: &GridInput) -> Vec<GridMark> {
    let (first, last) = input.bounds;
    let rough = ((last - first) / 4.0).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|many| many * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    let begin = (first / step).ceil();
    let many = ((last / step).floor() - begin).clamp(0.0, 20.0) as usize;
    (0..=many).map(|at| GridMark { value: (begin + at as f64) * step, step_size: step }).collect()
}

/// Marks at whole places, so many apart.
fn marks(count: usize, stride: usize) -> impl Iterator<Item = GridMark> {
    (0..count).step_by(stride).map(move |at| GridMark { value: at as f64, step_size: stride as f64 })
}
