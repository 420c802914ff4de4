//! Questions and refusals: to confirm, to give a reason, to choose between two values, to be told what failed.

use egui::{Button, Frame, Grid, Id, Label, Margin, RichText, Stroke, Ui};

use crate::base::error::{Error, Problem};
use crate::base::locale::Lang;
use crate::ui::dialog::{Dialog, Given};
use crate::ui::field::{Enter, Field, text_field};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{self, say};
use crate::ui::{fonts, icon};

/// What a conflict was settled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// What was typed here.
    Mine,
    /// What somebody else saved.
    Theirs,
    /// Nothing yet: the person goes back to look.
    Neither,
}

/// A reason being typed.
#[derive(Clone, Debug, Default)]
pub struct Reason {
    text: String,
    asked: bool,
}

/// What stands in a [`Grid`] of two values: the name of the value, the one typed here, the one of somebody else.
pub type Difference = (String, String, String);

/// Asks whether to do what needs a yes; the answer when it was given.
pub fn confirm(ui: &Ui, error: &Error) -> Option<bool> {
    let (title, yes, no) = (say(ui, "dialog.confirm"), say(ui, "dialog.go_on"), say(ui, "dialog.cancel"));
    let dialog = Dialog::new(Id::unique("confirm"), &title).accept(&yes, true).back(&no);
    let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| words_of(ui, error));
    shown.given.map(|given| given == Given::Accepted)
}

/// Tells of a breakdown; whether the dialog was closed.
pub fn failure(ui: &Ui, error: &Error) -> bool {
    let (title, close, copy) = (say(ui, "dialog.failure"), say(ui, "ui.close"), say(ui, "dialog.copy_details"));
    let dialog = Dialog::new(Id::unique("failure"), &title).accept(&close, true).other(&copy, true);
    let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| words_of(ui, error));
    if shown.given == Some(Given::Other) {
        ui.ctx().copy_text(details(error));
    }
    matches!(shown.given, Some(Given::Accepted | Given::Closed))
}

/// Asks which values to keep where somebody else saved others meanwhile.
pub fn conflict(ui: &Ui, error: &Error, differences: &[Difference]) -> Option<Kept> {
    let title = say(ui, "dialog.conflict");
    let (mine, theirs, back) = (say(ui, "dialog.keep_mine"), say(ui, "dialog.take_theirs"), say(ui, "dialog.cancel"));
    let dialog = Dialog::new(Id::unique("conflict"), &title).width(640.0).accept(&mine, true).other(&theirs, true);
    let shown = dialog.back(&back).show(ui, |ui| {
        words_of(ui, error);
        ui.add_space(space::S);
        let column = (ui.available_width() / 3.0 - space::L).floor();
        let grid = Grid::new("differences").num_columns(3).striped(true).spacing([space::L, space::XS]);
        grid.min_col_width(column).max_col_width(column).show(ui, |ui| {
            let bold = fonts::bold(Tokens::of(ui).body());
            for key in ["dialog.value", "dialog.mine", "dialog.theirs"] {
                let words = RichText::new(say(ui, key)).font(bold.clone());
                ui.label(words);
            }
            ui.end_row();
            for (name, mine, theirs) in differences {
                for words in [name, mine, theirs] {
                    ui.add(Label::new(words.as_str()).wrap());
                }
                ui.end_row();
            }
        });
    });
    shown.given.map(|given| match given {
        Given::Accepted => Kept::Mine,
        Given::Other => Kept::Theirs,
        Given::Destroyed | Given::Closed => Kept::Neither,
    })
}

/// Asks for a reason, which has to be given; the reason when it was, `None` inside when the person went back.
///
/// The texts are in the reader's language: the title says what is about to be done, `accept` does it.
pub fn reason(ui: &Ui, title: &str, accept: &str, kept: &mut Reason) -> Option<Option<String>> {
    let (id, back) = (Id::unique("reason"), say(ui, "dialog.cancel"));
    let field = id.with("text");
    let (name, missing) = (say(ui, "dialog.reason"), say(ui, "dialog.reason_missing"));
    let dialog = Dialog::new(id, title).accept(accept, true).back(&back).focus(field);
    let shown = dialog.show(ui, |ui| {
        ui.label(RichText::new(&name).color(Tokens::of(ui).colors().text2));
        let error = (kept.asked && kept.text.trim().is_empty()).then_some(missing.as_str());
        let field = Field::new(field, &name).required(true).error(error).enter(Enter::Stay);
        text_field(ui, &field, &mut kept.text);
    });
    let given = shown.given?;
    if given == Given::Accepted && kept.text.trim().is_empty() {
        kept.asked = true;
        ui.memory_mut(|memory| memory.request_focus(field));
        return None;
    }
    Some((given == Given::Accepted).then(|| kept.text.trim().to_owned()))
}

fn words_of(ui: &mut Ui, error: &Error) {
    let lang = words::lang(ui);
    let tokens = Tokens::of(ui);
    ui.add(Label::new(RichText::new(error.message(lang)).font(fonts::regular(tokens.body()))).wrap());
    if let Some(next) = error.next_step(lang) {
        ui.add_space(space::XS);
        ui.add(Label::new(RichText::new(next).color(tokens.colors().text2)).wrap());
    }
}

/// Says in place what went wrong and what to do next.
pub fn error_ui(ui: &mut Ui, error: &Error) {
    block(ui, error, false);
}

/// The same with a button to try again; whether it was pressed.
pub fn error_retry_ui(ui: &mut Ui, error: &Error) -> bool {
    block(ui, error, true)
}

fn block(ui: &mut Ui, error: &Error, retry: bool) -> bool {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let frame = Frame::new().fill(c.panel).stroke(Stroke::new(1.0, c.danger)).corner_radius(6);
    let shown = frame.inner_margin(Margin::same(12)).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(icon::CIRCLE_ALERT).color(c.danger));
            ui.vertical(|ui| words_of(ui, error));
        });
        let failed = matches!(error, Error::Failure(_));
        if !retry && !failed {
            return false;
        }
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            let again = retry && ui.button(say(ui, "dialog.try_again")).clicked();
            if failed && ui.add(Button::new(say(ui, "dialog.copy_details"))).clicked() {
                ui.ctx().copy_text(details(error));
            }
            again
        })
        .inner
    });
    shown.inner
}

/// The same as one line of text without a frame, where there is little room.
pub fn error_line_ui(ui: &mut Ui, error: &Error) {
    let lang = words::lang(ui);
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let text = format!("{} {}", icon::CIRCLE_ALERT, error.message(lang));
    ui.add(Label::new(RichText::new(text).color(c.danger)).wrap());
    if let Some(next) = error.next_step(lang) {
        ui.add(Label::new(RichText::new(next).color(c.text2)).wrap());
    }
}

/// What support needs to know about an error, in English and with what the system said.
pub fn details(error: &Error) -> String {
    let mut lines = vec![format!("{}: {}", error.kind(), error.key()), error.message(Lang::EN)];
    match error {
        Error::Failure(failure) => lines.push(failure.details.clone()),
        Error::Rejected(Problem { field: Some(field), .. })
        | Error::NeedsConfirmation(Problem { field: Some(field), .. })
        | Error::Conflict(Problem { field: Some(field), .. }) => lines.push(field.clone()),
        Error::Rejected(_) | Error::NeedsConfirmation(_) | Error::Conflict(_) => {}
    }
    lines.join("\n")
}
