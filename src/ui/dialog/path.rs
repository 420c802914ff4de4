//! Paths typed by hand: asked in the window itself where the system has no dialog for choosing files.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::{Context, Id, Label, RichText, Ui};

use crate::base::error::Result;
use crate::platform::{Choose, Chooser, Question, Unasked, Workplace};
use crate::ui::dialog::{Dialog, Given};
use crate::ui::field::{Enter, Field, text_field};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;

/// The way of a window to paths.
pub struct Paths {
    dialogs: bool,
    unasked: Sender<Unasked>,
    waiting: Receiver<Unasked>,
    open: Option<(Unasked, String)>,
}

impl Paths {
    /// The way at this workplace.
    pub fn new(workplace: &Workplace) -> Paths {
        let (unasked, waiting) = channel();
        Paths { dialogs: workplace.has_dialogs(), unasked, waiting, open: None }
    }

    /// Asks for a path with the system's dialog where it has one; the window is drawn again when it is answered.
    /// Failed where no thread starts.
    pub fn ask(&self, ctx: &Context, chooser: &mut Chooser, question: Question) -> Result<()> {
        let wake = ctx.clone();
        if self.dialogs {
            return chooser.ask(question, self.unasked.clone(), move || wake.request_repaint());
        }
        chooser.ask_by_hand(question, &self.unasked);
        wake.request_repaint();
        Ok(())
    }

    /// Whether a path is being typed.
    pub fn is_asking(&self) -> bool {
        self.open.is_some()
    }

    /// Draws the question that waits, if any.
    pub fn ui(&mut self, ui: &Ui) {
        if self.open.is_none() {
            self.open = self.waiting.try_recv().ok().map(|unasked| {
                let typed = unasked.question.at.display().to_string();
                (unasked, typed)
            });
        }
        let Some((unasked, typed)) = &mut self.open else { return };
        let given = typed_ui(ui, unasked.question.what, typed);
        if given.is_some()
            && let Some((unasked, typed)) = self.open.take()
            && given == Some(Given::Accepted)
        {
            unasked.answer(PathBuf::from(typed.trim()));
            ui.ctx().request_repaint();
        }
    }
}

fn typed_ui(ui: &Ui, what: Choose, typed: &mut String) -> Option<Given> {
    let id = Id::unique("typed-path");
    let title = say(
        ui,
        match what {
            Choose::Open => "dialog.choose_file",
            Choose::Save => "dialog.choose_name",
            Choose::Folder => "dialog.choose_folder",
        },
    );
    let (accept, back, name) = (say(ui, "dialog.take_path"), say(ui, "dialog.cancel"), say(ui, "dialog.path"));
    let field = id.with("path");
    let dialog =
        Dialog::new(id, &title).width(640.0).accept(&accept, !typed.trim().is_empty()).back(&back).focus(field);
    let shown = dialog.show(ui, |ui| {
        ui.add(Label::new(say(ui, "dialog.no_chooser")).wrap());
        ui.add_space(space::S);
        ui.label(RichText::new(&name).color(Tokens::of(ui).colors().text2));
        text_field(ui, &Field::new(field, &name).enter(Enter::Stay), typed);
    });
    shown.given
}
