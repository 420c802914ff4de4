//! How a form stands on the screen: labels left of their fields where there is room, else above; two columns at most.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, FontId, Id, Key, Layout, RichText, Ui, vec2};

use crate::ui::action::Keys;
use crate::ui::desk::Desk;
use crate::ui::dialog::error_ui;
use crate::ui::field::{Enter, Field, told};
use crate::ui::fonts;
use crate::ui::form::cell::Drawing;
use crate::ui::form::spec::{FieldKind, FieldSpec, Section};
use crate::ui::form::{Form, FormEvent, points_at};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;

/// From this width on labels stand left of their fields, in points.
const ROOMY: f32 = 900.0;
/// From this width on there are two columns, in points.
const TWO_COLUMNS: f32 = 560.0;
/// The width of the labels left of their fields, in points: usually, and in columns as wide as this.
const LABEL: f32 = 140.0;
const LONG_LABEL: (f32, f32) = (176.0, 550.0);

/// How wide things are in this frame.
#[derive(Clone, Copy)]
struct Measure {
    columns: usize,
    /// The width of one column.
    column: f32,
    /// The width of everything.
    whole: f32,
    /// The width of labels that stand left of their fields.
    left: Option<f32>,
}

impl Measure {
    fn of(width: f32) -> Measure {
        let columns: u8 = if width >= TWO_COLUMNS { 2 } else { 1 };
        let gaps = space::XL * f32::from(columns.saturating_sub(1));
        let column = ((width - gaps) / f32::from(columns)).floor();
        let label = if column >= LONG_LABEL.1 { LONG_LABEL.0 } else { LABEL };
        let left = (width >= ROOMY).then_some(label);
        Measure { columns: usize::from(columns), column, whole: width, left }
    }
}

/// Draws a form.
pub(super) fn show(form: &mut Form, ui: &mut Ui, desk: &mut Desk) -> Vec<FormEvent> {
    let mut events = Vec::new();
    form.follow_currencies();
    if let Some(error) = &form.above {
        error_ui(ui, error);
        ui.add_space(space::S);
    }
    let measure = Measure::of(ui.available_width());
    let seen = |spec: &FieldSpec| spec.need.is_none_or(|right| desk.may(right));
    let visible: Vec<&'static FieldSpec> =
        form.sections.iter().flat_map(|section| section.fields).filter(|spec| seen(spec)).collect();
    let way = way(form, &visible);
    for section in form.sections {
        let fields: Vec<&'static FieldSpec> =
            section.fields.iter().filter(|spec| visible.iter().any(|seen| seen.key == spec.key)).collect();
        if !fields.is_empty() {
            heading(ui, section);
            for row in rows(&fields, measure.columns) {
                Rows { form, desk, events: &mut events, measure, way: &way }.show(ui, &row);
            }
        }
    }
    submit(form, ui, &mut events);
    events
}

/// The ids of the controls in the order Enter goes through them, with the keys of their fields.
fn way(form: &Form, visible: &[&'static FieldSpec]) -> Vec<(&'static str, Id)> {
    let free = visible.iter().filter(|spec| !spec.read_only && !form.read_only);
    let cells = free.filter_map(|spec| form.cells.iter().find(|(known, _)| known.key == spec.key));
    cells.map(|(spec, cell)| (spec.key, cell.focus(form.id.with(spec.key)))).collect()
}

fn heading(ui: &mut Ui, section: &Section) {
    if section.title.is_empty() {
        return;
    }
    let color = Tokens::of(ui).colors().text;
    ui.label(RichText::new(say(ui, section.title)).font(fonts::bold(size::SECTION)).color(color));
    ui.add_space(space::XS);
}

/// The fields of each row.
fn rows(fields: &[&'static FieldSpec], columns: usize) -> Vec<Vec<&'static FieldSpec>> {
    let mut rows: Vec<Vec<&'static FieldSpec>> = Vec::new();
    for spec in fields {
        let wide = |spec: &FieldSpec| spec.kind.is_wide();
        match rows.last_mut() {
            Some(row) if row.len() < columns && !wide(spec) && !row.iter().any(|one| wide(one)) => row.push(spec),
            _ => rows.push(vec![spec]),
        }
    }
    rows
}

/// What a row is drawn with.
struct Rows<'a> {
    form: &'a mut Form,
    desk: &'a mut Desk,
    events: &'a mut Vec<FormEvent>,
    measure: Measure,
    way: &'a [(&'static str, Id)],
}

impl Rows<'_> {
    fn show(&mut self, ui: &mut Ui, row: &[&'static FieldSpec]) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            for spec in row {
                let width = if spec.kind.is_wide() { self.measure.whole } else { self.measure.column };
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing = vec2(space::S, 0.0);
                    if let Some(wide) = self.measure.left {
                        ui.horizontal_top(|ui| {
                            label(ui, spec, (wide, true));
                            self.field(ui, spec);
                        });
                    } else {
                        label(ui, spec, (width, false));
                        self.field(ui, spec);
                        ui.add_space(space::XS);
                    }
                });
            }
        });
    }

    fn field(&mut self, ui: &mut Ui, spec: &'static FieldSpec) {
        let (name, hint) = (say(ui, spec.label), spec.hint.map(|key| say(ui, key)).unwrap_or_default());
        let (error, entries) = self.errors(ui, spec);
        let form = &mut *self.form;
        let id = form.id.with(spec.key);
        let own = self.way.iter().position(|(key, _)| *key == spec.key);
        let next = own.and_then(|at| self.way.get(at.saturating_add(1)));
        // A single field has nothing to go on to: the dialog around it hears Enter.
        let last = if self.way.len() == 1 { Enter::Stay } else { Enter::Next };
        let field = Field::new(id, &name)
            .hint(&hint)
            .error(error.as_deref())
            .required(spec.required)
            .read_only(spec.read_only || form.read_only)
            .width(spec.kind.width().min(ui.available_width()))
            .enter(next.map_or(last, |(_, id)| Enter::To(*id)));
        if form.focus == Some(spec.key) {
            form.focus = None;
            let to = own.and_then(|at| self.way.get(at)).map_or(id, |(_, id)| *id);
            ui.memory_mut(|memory| memory.request_focus(to));
        }
        let picture = form.pictures.iter().find(|(key, _)| *key == spec.key).map(|(_, picture)| picture.clone());
        let Some((_, cell)) = form.cells.iter_mut().find(|(known, _)| known.key == spec.key) else { return };
        let with = Drawing { desk: self.desk, events: self.events, spec, entries, picture };
        let answer = cell.show(ui, &field, with);
        let empty = spec.required && cell.is_settled() && cell.value(spec.kind).is_none();
        if answer.changed {
            form.errors.retain(|(path, _)| !points_at(path, spec.key));
            self.events.push(FormEvent::Changed { key: spec.key });
        }
        if answer.left && empty {
            form.missed.insert(spec.key);
            ui.ctx().request_repaint();
        } else if !empty {
            form.missed.remove(spec.key);
        }
    }

    /// What is said below a field, and what of that belongs to single entries of it.
    fn errors(&self, ui: &Ui, spec: &FieldSpec) -> (Option<String>, Vec<(usize, String)>) {
        let mut whole = self.form.missed.contains(spec.key).then(|| say(ui, "field.missing"));
        let mut entries = Vec::new();
        for (path, error) in self.form.errors.iter().filter(|(path, _)| points_at(path, spec.key)) {
            let words = told(ui, error);
            let number = path.strip_prefix(spec.key).and_then(|rest| rest.strip_prefix('[')?.split(']').next());
            match number.and_then(|number| number.parse().ok()) {
                Some(at) if matches!(spec.kind, FieldKind::List(_)) => entries.push((at, words)),
                _ => whole = Some(words),
            }
        }
        (whole, entries)
    }
}

/// The label of a field in a place of this width; wraps, and stands in the middle of the field's first line.
fn label(ui: &mut Ui, spec: &FieldSpec, (width, left): (f32, bool)) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let font: FontId = fonts::regular(tokens.body());
    let mut job = LayoutJob::default();
    job.append(&say(ui, spec.label), 0.0, TextFormat::simple(font.clone(), c.text2));
    if spec.required {
        job.append(" \u{2022}", 0.0, TextFormat::simple(font, c.danger));
    }
    job.wrap.max_width = width;
    let galley = ui.painter().layout_job(job);
    let height =
        if left { (galley.size().y + space::XS).max(tokens.control_height()) } else { galley.size().y + space::XS };
    let (_, rect) = ui.allocate_space(vec2(width, height));
    let top = if left { (tokens.control_height() - galley.size().y).max(0.0) / 2.0 } else { 0.0 };
    ui.painter().galley(rect.min + vec2(0.0, top), galley, c.text2);
}

/// Ctrl+Enter saves from every field of the form.
fn submit(form: &mut Form, ui: &Ui, events: &mut Vec<FormEvent>) {
    let focused = ui.memory(|memory| memory.focused()).and_then(|focused| ui.ctx().read_response(focused));
    let here = focused
        .is_some_and(|control| control.layer_id == ui.layer_id() && ui.min_rect().contains(control.rect.center()));
    if here && ui.input_mut(|input| Keys::ctrl(Key::Enter).pressed(input)) && form.check() {
        events.push(FormEvent::Submitted);
    }
}
