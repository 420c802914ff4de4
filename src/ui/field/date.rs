//! The field for dates: typed in many ways, stepped by keys, chosen from a calendar in the reader's language.

use egui::{Event, Key, Response, Ui};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::locale::{self, Lang};
use crate::ui::action::Keys;
use crate::ui::field::calendar::{self, Calendar};
use crate::ui::field::{Answer, Drop, Edit, Field, Note, Shape, column, day, drop, edit, slot};
use crate::ui::icon;
use crate::ui::words::{self, say};

/// The width a date needs, in points.
pub const WIDTH: f32 = 130.0;

/// A date being typed: as a person sees it, and what it means.
#[derive(Clone, Debug)]
pub struct DateInput {
    text: String,
    /// The date that was settled last; signs count from it.
    settled: Option<Date>,
    reading: Result<Option<Date>>,
    written: Option<Lang>,
    typed: bool,
    left: bool,
    /// The day that is marked in the calendar while it is open.
    marked: Option<Date>,
}

impl Default for DateInput {
    fn default() -> DateInput {
        DateInput::new(None)
    }
}

impl DateInput {
    /// A field that holds this date, or none.
    pub fn new(date: Option<Date>) -> DateInput {
        DateInput {
            text: String::new(),
            settled: date,
            reading: Ok(date),
            written: None,
            typed: false,
            left: false,
            marked: None,
        }
    }

    /// A field that holds a text which is no date.
    pub fn unread(text: &str) -> DateInput {
        let why = Error::rejected("error.day_unreadable").arg("text", text);
        DateInput { text: text.to_owned(), reading: Err(why), typed: true, left: true, ..DateInput::new(None) }
    }

    /// Puts this date into the field, or none.
    pub fn set(&mut self, date: Option<Date>) {
        *self = DateInput::new(date);
    }

    /// The date, where one stands here.
    pub fn date(&self) -> Option<Date> {
        self.reading.as_ref().ok().copied().flatten()
    }

    /// What the text means; Rejected where it is no date.
    pub fn reading(&self) -> &Result<Option<Date>> {
        &self.reading
    }

    /// Whether the text is a date or nothing.
    pub fn is_settled(&self) -> bool {
        self.reading.is_ok()
    }

    /// What stands in the field.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts a text into the field as if a person had typed it.
    pub fn type_text(&mut self, lang: Lang, text: &str, today: Date) {
        text.clone_into(&mut self.text);
        self.reading = day::read(lang, text, today, self.settled.unwrap_or(today));
        (self.written, self.typed, self.left) = (Some(lang), true, false);
    }

    /// Says what is wrong from now on, as if the field had been left.
    pub fn insist(&mut self) {
        self.left = true;
    }

    fn write(&mut self, lang: Lang) {
        if !self.typed && self.written != Some(lang) {
            self.text = self.settled.map(|date| day::show(lang, date)).unwrap_or_default();
            self.written = Some(lang);
        }
    }

    fn put(&mut self, lang: Lang, date: Date) {
        let marked = self.marked;
        self.set(Some(date));
        self.marked = marked;
        self.write(lang);
    }

    fn settle(&mut self, lang: Lang) {
        self.left = true;
        if let (true, Ok(date)) = (self.typed, self.reading.clone()) {
            match date {
                Some(date) => self.put(lang, date),
                None => self.set(None),
            }
            self.write(lang);
        }
    }

    fn note(&self, ui: &Ui) -> Option<Note> {
        let lang = words::lang(ui);
        match &self.reading {
            Err(error) if self.left => Some(Note::Wrong(error.message(lang))),
            Ok(Some(date)) if self.typed => {
                let shown = locale::date_long(lang, *date);
                Some(Note::Know(shown))
            }
            _ => None,
        }
    }
}

/// The field of a date. `today` is the date of a document made now.
///
/// Page up and down go by months; plus, minus, T and Y work while nothing is typed; the arrow down opens the calendar.
pub fn date_field(ui: &mut Ui, field: &Field<'_>, input: &mut DateInput, today: Date) -> Answer {
    let lang = words::lang(ui);
    input.write(lang);
    let before = input.reading.clone();
    let has = !field.read_only && ui.memory(|memory| memory.has_focus(field.id));
    let stepped = has && keys(ui, input, lang, today);
    let field = &field.width(field.width.min(WIDTH));
    column(ui, field, |ui| {
        let place = Drop::of(field.id);
        let open = input.marked.is_some();
        let shape = Shape { spare: 22.0, open, ..Shape::default() };
        let wrong = input.left && !input.is_settled();
        let mut answer = place.hold(ui, open, |ui| Edit { field, shape, wrong }.show(ui, &mut input.text));
        if stepped {
            edit::select_all(ui, field.id, &input.text);
        }
        if answer.changed {
            let typed = std::mem::take(&mut input.text);
            input.type_text(lang, &typed, today);
        }
        if answer.left || answer.entered {
            input.marked = None;
            input.settle(lang);
            ui.ctx().request_repaint();
        }
        if !field.read_only {
            Hanging { field, anchor: &answer.response, today }.show(ui, input);
        }
        slot(ui, field, input.note(ui).as_ref());
        answer.changed = input.reading != before;
        answer
    })
}

/// The calendar below, and what opens it.
struct Hanging<'a> {
    field: &'a Field<'a>,
    anchor: &'a Response,
    today: Date,
}

impl Hanging<'_> {
    fn show(&self, ui: &Ui, input: &mut DateInput) {
        let (lang, id, today) = (words::lang(ui), self.field.id, self.today);
        let name = say(ui, "field.calendar");
        let opener = drop::opener(ui, self.anchor.rect, id.with("opener"), (icon::CALENDAR, &name));
        if opener.clicked() {
            input.marked = if input.marked.is_some() { None } else { Some(input.date().unwrap_or(today)) };
            self.anchor.request_focus();
        }
        let Some(marked) = input.marked else { return };
        let calendar = Calendar { id: id.with("calendar"), marked, chosen: input.date(), today };
        let shown = Drop::of(id).show(self.anchor, &name, |ui| calendar.show(ui, lang));
        match shown.flatten() {
            Some(calendar::Event::Turned(day)) => input.marked = Some(day),
            Some(calendar::Event::Chosen(day)) => {
                input.marked = None;
                input.put(lang, day);
                edit::select_all(ui, id, &input.text);
            }
            None => {}
        }
    }
}

/// What keys do in the field that has the focus; whether the date was stepped.
fn keys(ui: &Ui, input: &mut DateInput, lang: Lang, today: Date) -> bool {
    let base = input.date().or(input.settled).unwrap_or(today);
    if let Some(marked) = input.marked {
        return calendar_keys(ui, input, lang, (marked, today));
    }
    let pressed = |keys: Keys| ui.input_mut(|events| keys.pressed(events));
    if pressed(Keys::plain(Key::ArrowDown)) || pressed(Keys::alt(Key::ArrowDown)) || pressed(Keys::plain(Key::F4)) {
        input.marked = Some(base);
        return false;
    }
    let mut day = None;
    if pressed(Keys::plain(Key::PageUp)) {
        day = base.add_months(-1).ok();
    }
    if pressed(Keys::plain(Key::PageDown)) {
        day = base.add_months(1).ok();
    }
    if !input.typed {
        day = day.or_else(|| letters(ui, base, today));
    }
    if let Some(day) = day {
        input.put(lang, day);
    }
    day.is_some()
}

/// The day that one of the letters `+`, `-`, `t`, `y` goes to; takes the letter away.
fn letters(ui: &Ui, base: Date, today: Date) -> Option<Date> {
    let mut day = None;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Text(text) = event else { return true };
            let from = day.unwrap_or(base);
            let went = match text.as_str() {
                "+" | "=" => from.add_days(1),
                "-" => from.add_days(-1),
                "t" | "T" => Ok(today),
                "y" | "Y" => today.add_days(-1),
                _ => return true,
            };
            day = went.ok().or(day);
            false
        });
    });
    day
}

fn calendar_keys(ui: &Ui, input: &mut DateInput, lang: Lang, (marked, today): (Date, Date)) -> bool {
    let pressed = |keys: Keys| ui.input_mut(|events| keys.pressed(events));
    for (key, days, months) in [
        (Key::ArrowLeft, -1, 0),
        (Key::ArrowRight, 1, 0),
        (Key::ArrowUp, -7, 0),
        (Key::ArrowDown, 7, 0),
        (Key::PageUp, 0, -1),
        (Key::PageDown, 0, 1),
    ] {
        if pressed(Keys::plain(key)) {
            let day = marked.add_days(days).and_then(|day| day.add_months(months));
            input.marked = Some(day.unwrap_or(marked));
            return false;
        }
    }
    if let Some(day) = letters(ui, marked, today) {
        input.marked = Some(day);
    } else if pressed(Keys::plain(Key::Enter)) {
        input.marked = None;
        input.put(lang, marked);
        return true;
    } else {
        let closing = [Keys::plain(Key::Escape), Keys::alt(Key::ArrowUp), Keys::plain(Key::F4)];
        if closing.into_iter().any(pressed) || drop::tab(ui) {
            input.marked = None;
        }
    }
    false
}
