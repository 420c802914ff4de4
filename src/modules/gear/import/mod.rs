//! Importing a file in four steps: which file, which columns, what would become of each row, and what became of it.

mod action;
mod columns;
mod outcome;
mod source;
mod steps;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Frame, Id, Margin, Panel, Ui};
use serde_json::json;

use crate::base::error::Error;
use crate::base::right::Right;
use crate::engine::backup::Kept;
use crate::engine::ticket::Watch;
use crate::exchange::sheet::Sheet;
use crate::exchange::{Import, Refusal, Summary};
use crate::modules::gear::import::action::{ANOTHER, BACK, BRING, NEXT, SAVE, STOP, TAKE_BACK};
use crate::modules::gear::import::columns::Columns;
use crate::modules::gear::import::outcome::Outcome;
use crate::modules::gear::import::source::Source;
use crate::modules::gear::import::steps::{steps_ui, under_way_ui};
use crate::modules::gear::import::work::{Bringing, Wanted};
use crate::modules::gear::{lacking, remark, whole_page};
use crate::ui::action::Offer;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dispatch, error_ui};
use crate::ui::field::{Field, text_field};
use crate::ui::loader::Sending;
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::{Offered, Toast};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{button, icon};

/// Where an import is.
enum Step {
    /// Which file it is and what it holds.
    File,
    /// Which column becomes what.
    Columns(Columns),
    /// What would become of its rows.
    Check(Columns, Box<Outcome>),
    /// What became of them.
    Done(Box<Brought>),
}

/// An import that ended or was stopped.
struct Brought {
    columns: Columns,
    outcome: Outcome,
    import: Arc<Import>,
    source: PathBuf,
    /// Where refused rows go.
    rejects: String,
    taken_back: bool,
}

/// What is under way; one at a time.
struct UnderWay {
    reading: Sending<Sheet>,
    checking: Sending<(Summary, Vec<Refusal>)>,
    /// The backup before it.
    keeping: Sending<Kept>,
    bringing: Sending<Bringing>,
    saving: Sending<PathBuf>,
    taking_back: Dispatch,
}

impl Drop for UnderWay {
    /// What nobody looks at any more stops; an import goes on when its file is sent again.
    fn drop(&mut self) {
        let under = [self.checking.watch(), self.keeping.watch(), self.bringing.watch()];
        under.into_iter().flatten().for_each(Watch::cancel);
    }
}

/// The screen of imports.
pub(super) struct ImportScreen {
    source: Source,
    step: Step,
    under: UnderWay,
    error: Option<Error>,
}

impl ImportScreen {
    /// With no file chosen yet.
    pub(super) fn new(_desk: &Desk) -> ImportScreen {
        let under = UnderWay {
            reading: Sending::none(),
            checking: Sending::none(),
            keeping: Sending::none(),
            bringing: Sending::none(),
            saving: Sending::none(),
            taking_back: Dispatch::default(),
        };
        ImportScreen { source: Source::new(), step: Step::File, under, error: None }
    }

    fn wanted(&self, columns: &Columns) -> Wanted {
        Wanted { kind: self.source.kind(), path: self.source.path(), by: columns.by() }
    }

    fn next(&mut self, desk: &Desk) {
        self.error = None;
        match &self.step {
            Step::File => self.under.reading.put(work::read(desk, self.source.path())),
            Step::Columns(columns) => {
                let wanted = self.wanted(columns);
                self.under.checking.put(work::rehearse(desk, wanted));
            }
            Step::Check(..) | Step::Done(_) => {}
        }
    }

    /// Brings the file in, behind a backup where backups are made by themselves.
    fn begin(&mut self, desk: &Desk) {
        self.error = None;
        match work::keep(desk) {
            Some(keeping) => self.under.keeping.put(keeping),
            None => self.bring(desk),
        }
    }

    fn bring(&mut self, desk: &Desk) {
        let columns = match &self.step {
            Step::Check(columns, _) => columns,
            Step::Done(brought) => &brought.columns,
            Step::File | Step::Columns(_) => return,
        };
        let wanted = self.wanted(columns);
        self.under.bringing.put(work::bring(desk, wanted));
    }

    fn back(&mut self) {
        self.error = None;
        self.step = match std::mem::replace(&mut self.step, Step::File) {
            Step::Check(columns, _) => Step::Columns(columns),
            Step::File | Step::Columns(_) | Step::Done(_) => Step::File,
        };
    }

    fn answers(&mut self, ui: &Ui, desk: &mut Desk) {
        if let Some(answer) = self.under.reading.poll() {
            match answer {
                Ok(sheet) => self.step = Step::Columns(Columns::new(self.source.kind(), sheet, desk)),
                Err(error) => self.error = Some(error),
            }
        }
        if let Some(answer) = self.under.checking.poll() {
            match (answer, std::mem::replace(&mut self.step, Step::File)) {
                (Ok(told), Step::Columns(columns)) => self.step = Step::Check(columns, Box::new(Outcome::new(told))),
                (Ok(_), step) => self.step = step,
                (Err(error), step) => {
                    self.step = step;
                    self.error = Some(error).filter(|error| !error.is_cancelled());
                }
            }
        }
        self.kept(desk);
        self.brought(desk);
        match self.under.saving.poll() {
            Some(Ok(path)) => {
                let line = path.display().to_string();
                desk.toast(Toast::done(desk.say("import.refused_saved")).line(line).offer(Offered::Show(path)));
            }
            Some(Err(error)) => self.error = Some(error),
            None => {}
        }
        match self.under.taking_back.ui(ui, desk) {
            Some(Ok(done)) => {
                let count = done.output.get("records").map(ToString::to_string).unwrap_or_default();
                let toast = Toast::done(desk.say_with("import.taken_back", &[("count", &count)]));
                desk.toast(toast.offer(Offered::Undo(done.seq)));
                if let Step::Done(brought) = &mut self.step {
                    brought.taken_back = true;
                }
            }
            Some(Err(error)) => self.error = Some(error),
            None => {}
        }
    }

    /// The backup before the import: with it the import begins, without it nothing is brought in.
    fn kept(&mut self, desk: &Desk) {
        match self.under.keeping.poll() {
            Some(Ok(_)) => self.bring(desk),
            Some(Err(error)) => self.error = Some(error).filter(|error| !error.is_cancelled()),
            None => {}
        }
    }

    /// The import that ended or was stopped.
    fn brought(&mut self, desk: &mut Desk) {
        let Some(answer) = self.under.bringing.poll() else { return };
        let import = match answer {
            Ok(bringing) => bringing.import,
            Err(error) => {
                self.error = Some(error);
                return;
            }
        };
        let (Some(import), step) = (import, std::mem::replace(&mut self.step, Step::File)) else { return };
        let columns = match step {
            Step::Check(columns, _) => columns,
            Step::Done(brought) => brought.columns,
            Step::File | Step::Columns(_) => return,
        };
        let summary = import.summary();
        if summary.done {
            desk.toast(Toast::done(desk.say("import.done")));
        }
        let outcome = Outcome::new((summary, import.refusals()));
        let (source, import) = (self.source.path(), Arc::new(import));
        let rejects = self.source.rejects().display().to_string();
        self.step = Step::Done(Box::new(Brought { columns, outcome, import, source, rejects, taken_back: false }));
    }

    /// What is under way and can be stopped.
    fn watch(&self) -> Option<&Watch> {
        self.under.checking.watch().or(self.under.keeping.watch()).or(self.under.bringing.watch())
    }

    fn is_busy(&self) -> bool {
        let UnderWay { reading, saving, taking_back, .. } = &self.under;
        self.watch().is_some() || reading.is_under_way() || saving.is_under_way() || taking_back.is_busy()
    }

    fn body_ui(&mut self, ui: &mut Ui, desk: &mut Desk) -> Option<&'static str> {
        let now = match self.step {
            Step::File => 0,
            Step::Columns(_) => 1,
            Step::Check(..) => 2,
            Step::Done(_) => 3,
        };
        steps_ui(ui, now);
        if let Some(error) = &self.error {
            error_ui(ui, error);
            ui.add_space(space::S);
        }
        if let Some(watch) = self.watch() {
            let says = match (self.under.bringing.is_under_way(), self.under.keeping.is_under_way()) {
                (true, _) => "import.bringing",
                (false, true) => "import.keeping",
                (false, false) => "import.checking",
            };
            return under_way_ui(ui, watch, says).then_some(STOP.id);
        }
        match &mut self.step {
            Step::File => return self.source.ui(ui, desk),
            Step::Columns(columns) => columns.ui(ui, desk),
            Step::Check(_, outcome) => {
                let says = if outcome.is_news() { "import.would" } else { "import.nothing_new" };
                remark(ui, &say(ui, says));
                outcome.counts_ui(ui, desk);
                ui.add_space(space::S);
                outcome.refusals_ui(ui, desk);
            }
            Step::Done(brought) => brought.ui(ui, desk),
        }
        None
    }
}

impl Brought {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let says = match (self.taken_back, self.outcome.summary.done) {
            (true, _) => "import.is_taken_back",
            (false, true) => "import.is_done",
            (false, false) => "import.is_stopped",
        };
        remark(ui, &say(ui, says));
        self.outcome.counts_ui(ui, desk);
        ui.add_space(space::S);
        if self.outcome.summary.rows.rejected > 0 {
            ui.horizontal_wrapped(|ui| {
                let name = say(ui, "import.rejects_file");
                ui.label(&name);
                let field = Field::new(Id::unique("import-rejects"), &name).width(460.0).without_slot();
                text_field(ui, &field, &mut self.rejects);
            });
            ui.add_space(space::S);
        }
        self.outcome.refusals_ui(ui, desk);
    }
}

impl Screen for ImportScreen {
    fn place(&self) -> Place {
        Place::only("import")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("import.title")
    }

    fn icon(&self) -> &'static str {
        icon::DOWNLOAD
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        if self.watch().is_some() {
            return vec![STOP.offer(true)];
        }
        let free = !self.is_busy() && desk.may(Right::Import);
        match &self.step {
            Step::File => vec![
                NEXT.primary(free && self.source.is_named()),
                TAKE_BACK.offer(free && self.source.batch().is_some()),
            ],
            Step::Columns(_) => vec![NEXT.primary(free), BACK.offer(free)],
            Step::Check(_, outcome) => vec![BRING.primary(free && outcome.is_news()), BACK.offer(free)],
            Step::Done(brought) => {
                let summary = &brought.outcome.summary;
                let (stays, more) = (!brought.taken_back, !summary.done && !brought.taken_back);
                let mut offers = vec![ANOTHER.primary(free)];
                if more {
                    offers.push(BRING.offer(free));
                }
                if summary.rows.rejected > 0 {
                    offers.push(SAVE.offer(free));
                }
                offers.push(TAKE_BACK.offer(free && stays && summary.batch.is_some()));
                offers
            }
        }
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        match action {
            "next" => self.next(desk),
            "bring" => self.begin(desk),
            "back" => self.back(),
            "another" => {
                self.source.forget();
                self.step = Step::File;
                self.error = None;
            }
            "stop" => self.watch().into_iter().for_each(Watch::cancel),
            "save-refused" => {
                if let Step::Done(brought) = &self.step {
                    let path = PathBuf::from(brought.rejects.trim());
                    self.under.saving.put(work::save_refused(
                        desk,
                        brought.import.clone(),
                        brought.source.clone(),
                        path,
                    ));
                }
            }
            "take-back" => {
                let batch = match &self.step {
                    Step::Done(brought) => brought.outcome.summary.batch,
                    _ => self.source.batch(),
                };
                self.error = None;
                self.under.taking_back.send(desk, "undo-batch", json!({ "batch": batch }));
            }
            _ => {}
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let panel = Tokens::of(ui).colors().panel;
        let offers = self.actions(desk);
        let mut pressed = None;
        let around = Frame::new().fill(panel).inner_margin(Margin::symmetric(16, 8));
        Panel::bottom("import-actions").frame(around).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                for offer in offers.iter().filter(|offer| offer.action.id != STOP.id) {
                    pressed = button::action(ui, offer).clicked().then_some(offer.action.id).or(pressed);
                }
            });
        });
        let title = say(ui, "import.title");
        let lacking = lacking(desk, [Right::Import]);
        let shown = whole_page(ui, (icon::DOWNLOAD, &title), &lacking, |ui| self.body_ui(ui, desk));
        let offered = |action: &&str| offers.iter().any(|offer| offer.enabled && offer.action.id == *action);
        if let Some(action) = shown.or(pressed).filter(offered) {
            self.act(action, desk);
        }
        self.answers(ui, desk);
    }

    fn modal(&self) -> bool {
        self.under.taking_back.is_asking()
    }
}
