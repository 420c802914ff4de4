//! The field for amounts, quantities and percents.

use egui::{Id, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::base::locale::Lang;
use crate::ui::field::amount::{self, Figures, Reading};
use crate::ui::field::{Answer, Edit, Field, Note, SLOT, Shape, column, hint, slot, told};
use crate::ui::fonts;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{self, say};

/// A number being typed: as a person sees it, and what it means.
#[derive(Clone, Debug)]
pub struct AmountInput {
    figures: Figures,
    text: String,
    reading: Reading,
    /// The language the text was written in from the number; nothing while a person types.
    written: Option<Lang>,
    /// Whether the text is a person's and not yet written anew.
    typed: bool,
    /// Whether the field was left since: only then is it said what is wrong.
    left: bool,
}

impl AmountInput {
    /// An empty field for numbers of this kind.
    pub fn new(figures: Figures) -> AmountInput {
        AmountInput {
            figures,
            text: String::new(),
            reading: Reading::Nothing,
            written: None,
            typed: false,
            left: false,
        }
    }

    /// A field that holds this plain decimal; nothing where it is empty or no number of this kind.
    pub fn with(figures: Figures, plain: &str) -> AmountInput {
        let mut input = AmountInput::new(figures);
        input.set(plain);
        input
    }

    /// Puts this plain decimal into the field; nothing where it is empty or no number of this kind.
    pub fn set(&mut self, plain: &str) {
        self.reading = self.figures.plain(plain).map_or(Reading::Nothing, Reading::Exact);
        self.text.clear();
        (self.written, self.typed, self.left) = (None, false, false);
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.set("");
    }

    /// What kind of number it is.
    pub fn figures(&self) -> Figures {
        self.figures
    }

    /// Takes numbers of another kind from now on, such as another currency's; keeps the number where it still is one.
    pub fn change_figures(&mut self, figures: Figures) {
        if self.figures != figures {
            let plain = self.plain().unwrap_or_default().to_owned();
            self.figures = figures;
            self.set(&plain);
        }
    }

    /// The number as a plain decimal, where one stands here that is settled.
    pub fn plain(&self) -> Option<&str> {
        self.reading.plain()
    }

    /// What the text means.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Whether the text is a number or nothing: neither asked about nor refused.
    pub fn is_settled(&self) -> bool {
        self.plain().is_some() || self.reading == Reading::Nothing
    }

    /// What stands in the field.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts a text into the field as if a person had typed it: for a draft that is taken up again.
    pub fn type_text(&mut self, lang: Lang, text: &str) {
        text.clone_into(&mut self.text);
        self.reading = amount::read(lang, text, &self.figures);
        (self.written, self.typed, self.left) = (Some(lang), true, false);
    }

    /// Says what is wrong from now on, as if the field had been left.
    pub fn insist(&mut self) {
        self.left = true;
    }

    fn write(&mut self, lang: Lang) {
        if self.typed || self.written == Some(lang) {
            return;
        }
        self.text = self.plain().map(|plain| amount::show(lang, plain, &self.figures)).unwrap_or_default();
        self.written = Some(lang);
    }

    fn settle(&mut self, lang: Lang) {
        self.left = true;
        if self.is_settled() && self.typed {
            self.typed = false;
            self.written = None;
            self.write(lang);
        }
    }

    fn choose(&mut self, lang: Lang, plain: &str) {
        self.set(plain);
        self.write(lang);
    }

    fn note(&self, ui: &Ui) -> Option<Note> {
        let lang = words::lang(ui);
        match &self.reading {
            Reading::Refused(error) if self.left => Some(Note::Wrong(told(ui, error))),
            Reading::Rounded(_) if !self.typed => Some(Note::Know(say(ui, "field.rounded"))),
            Reading::Exact(plain) | Reading::Rounded(plain) if self.typed && amount::is_sum(&self.text) => {
                let shown = amount::show(lang, plain, &self.figures);
                Some(Note::Know(format!("= {shown}")))
            }
            _ => None,
        }
    }
}

/// The field of a number. The text is read as it is typed; when the field is left, the number is written out, so that
/// what is seen is what is kept. Where it could mean two numbers, both stand below to be chosen from.
pub fn amount_field(ui: &mut Ui, field: &Field<'_>, input: &mut AmountInput) -> Answer {
    let lang = words::lang(ui);
    input.write(lang);
    let before = input.reading.clone();
    column(ui, field, |ui| {
        let unit = amount::unit(lang, &input.figures);
        let shape = Shape { right: true, behind: &unit, ..Shape::default() };
        let wrong = input.left && !input.is_settled();
        let mut answer = Edit { field, shape, wrong }.show(ui, &mut input.text);
        if answer.changed {
            input.reading = amount::read(lang, &input.text, &input.figures);
            (input.typed, input.left) = (true, false);
        }
        if answer.left || answer.entered {
            input.settle(lang);
            ui.ctx().request_repaint();
        }
        below(ui, field, input, &answer);
        answer.changed = input.reading != before;
        answer
    })
}

fn below(ui: &mut Ui, field: &Field<'_>, input: &mut AmountInput, answer: &Answer) {
    let Reading::Unsure(options) = input.reading.clone() else {
        let note = input.note(ui);
        return slot(ui, field, note.as_ref());
    };
    let lang = words::lang(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = SLOT;
        hint(ui, &say(ui, "field.which_number"), input.left);
        for (at, plain) in options.iter().enumerate() {
            let shown = amount::show(lang, plain, &input.figures);
            let response = option(ui, field.id.with(("option", plain)), &shown);
            if at == 0 && answer.entered {
                response.request_focus();
            }
            if response.clicked() {
                input.choose(lang, plain);
                ui.memory_mut(|memory| memory.request_focus(field.id));
            }
        }
    });
}

fn option(ui: &mut Ui, id: Id, words: &str) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let galley = ui.painter().layout_no_wrap(words.to_owned(), fonts::bold(size::HINT), c.accent);
    let (_, rect) = ui.allocate_space(vec2(galley.size().x + space::S, SLOT));
    let response = ui.interact(rect, id, Sense::click());
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, c.hover);
    }
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, c.accent);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    response
}
