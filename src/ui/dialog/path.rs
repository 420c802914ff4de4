//! Paths typed by hand: asked in the window itself where the system has no dialog for choosing files.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::{Context, Id, Label, RichText, Ui};

use crate::base::error::Result;
use crate::platform::{Choose, Chooser, Question, Unasked, Workplace};
use crate::ui::dialog::{Dialog, Given};
use crate::ui::field::{Enter, Field, text_field};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};

/// The way of a window to paths.
pub struct Paths {
    dialogs: bool,
    unasked: Sender<Unasked>,
    waiting: Receiver<Unasked>,
    open: Option<Open>,
}

/// A question that is being answered.
struct Open {
    unasked: Unasked,
    typed: String,
    /// Whether a file of this name is there, and would be written over.
    taken: bool,
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
                Open { unasked, typed, taken: false }
            });
        }
        let Some(open) = &mut self.open else { return };
        let given = if open.taken { taken_ui(ui, &open.path()) } else { typed_ui(ui, open) };
        let path = open.path();
        match given {
            None => {}
            Some(Given::Accepted) if !open.taken && open.writes_over(&path) => open.taken = true,
            Some(Given::Accepted) => {
                if let Some(open) = self.open.take() {
                    open.unasked.answer(path);
                }
            }
            // Back to the name, which may be changed.
            Some(_) if open.taken => open.taken = false,
            Some(_) => self.open = None,
        }
        if given.is_some() {
            ui.ctx().request_repaint();
        }
    }
}

impl Open {
    fn path(&self) -> PathBuf {
        self.unasked.question.completed(&self.typed)
    }

    fn writes_over(&self, path: &Path) -> bool {
        self.unasked.question.what == Choose::Save && path.is_file()
    }
}

/// Asks before a file that is there is written over.
fn taken_ui(ui: &Ui, path: &Path) -> Option<Given> {
    let (title, over, back) = (say(ui, "dialog.taken"), say(ui, "dialog.write_over"), say(ui, "dialog.other_name"));
    let dialog = Dialog::new(Id::unique("taken-path"), &title).accept(&back, true).destroy(&over, true);
    let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| {
        let path = path.display().to_string();
        ui.add(Label::new(say_with(ui, "dialog.taken_text", &[("path", &path)])).wrap());
    });
    match shown.given? {
        Given::Destroyed => Some(Given::Accepted),
        _ => Some(Given::Closed),
    }
}

fn typed_ui(ui: &Ui, open: &mut Open) -> Option<Given> {
    let (what, typed) = (open.unasked.question.what, &mut open.typed);
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
