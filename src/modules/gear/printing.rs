//! Printing on this computer: the queue that gets papers, the folder where their files stay, the invoice after payment.

use egui::{Id, Ui};

use crate::engine::worker::Lane;
use crate::modules::gear::{heading, page, remark};
use crate::modules::papers::{self, PaymentPapers};
use crate::platform::{self, Chooser, Question, Spooler};
use crate::ui::desk::Desk;
use crate::ui::dialog::error_retry_ui;
use crate::ui::field::{Choice, Field, choice, flag, text_field};
use crate::ui::loader::Loader;
use crate::ui::screen::{Place, Screen};
use crate::ui::tokens::space;
use crate::ui::words::say;
use crate::ui::{button, icon};

/// The widest a field gets here.
const WIDTH: f32 = 460.0;

/// The screen of printing.
pub(super) struct Printing {
    queues: Loader<Vec<String>>,
    queue: String,
    folder: String,
    after_payment: PaymentPapers,
    chooser: Chooser,
}

impl Printing {
    /// What is kept of this workplace.
    pub(super) fn new(desk: &Desk) -> Printing {
        let place = &desk.workplace;
        Printing {
            queues: Loader::default(),
            queue: papers::queue(place).unwrap_or_default(),
            folder: papers::folder(place).display().to_string(),
            after_payment: PaymentPapers::kept(place),
            chooser: Chooser::default(),
        }
    }

    fn queue_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        heading(ui, &say(ui, "printing_setup.printer"));
        let ask = || desk.handle.read(Lane::Background, &desk.call, |_, _| Spooler::default().queues());
        self.queues.keep(0, ask);
        let mut choices = vec![Choice::new("", say(ui, "printing_setup.only_file"))];
        let known = self.queues.value().cloned().unwrap_or_default();
        if !self.queue.is_empty() && !known.contains(&self.queue) {
            choices.push(Choice::new(&self.queue, &self.queue));
        }
        choices.extend(known.iter().map(|name| Choice::new(name, name)));
        let name = say(ui, "printing_setup.queue");
        let field = Field::new(Id::unique("print-queue"), &name).width(WIDTH).without_slot();
        ui.horizontal_wrapped(|ui| {
            if choice(ui, &field, &choices, &mut self.queue).changed {
                papers::choose_queue(&desk.workplace, &self.queue);
            }
            let busy = self.queues.is_loading();
            if button::plain(ui, &say(ui, "printing_setup.look_again"), !busy).clicked() {
                self.queues.forget();
            }
        });
        ui.add_space(space::XS);
        let error = self.queues.error().cloned();
        match error {
            Some(error) => {
                if error_retry_ui(ui, &error) {
                    self.queues.forget();
                }
            }
            None if self.queues.is_loading() => remark(ui, &say(ui, "printing_setup.looking")),
            None if known.is_empty() => remark(ui, &say(ui, "printing_setup.no_queue")),
            None => remark(ui, &say(ui, "printing_setup.queue_about")),
        }
    }

    fn folder_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        heading(ui, &say(ui, "printing_setup.folder"));
        if let Some(path) = self.chooser.poll() {
            self.folder = path.display().to_string();
            papers::choose_folder(&desk.workplace, &self.folder);
        }
        let name = say(ui, "printing_setup.folder");
        let field = Field::new(Id::unique("print-folder"), &name).width(WIDTH).without_slot();
        ui.horizontal_wrapped(|ui| {
            if text_field(ui, &field, &mut self.folder).left {
                papers::choose_folder(&desk.workplace, self.folder.trim());
                self.folder = papers::folder(&desk.workplace).display().to_string();
            }
            let words = format!("{} {}", icon::FOLDER, say(ui, "window.choose"));
            if button::plain(ui, &words, true).clicked() {
                let question = Question::folder(&self.folder);
                desk.choose(ui.ctx(), &mut self.chooser, question);
            }
            let words = format!("{} {}", icon::FOLDER_OPEN, say(ui, "printing_setup.show_folder"));
            if button::plain(ui, &words, true).clicked() {
                let folder = papers::folder(&desk.workplace);
                if let Err(error) = platform::private_folder(&folder).and_then(|()| platform::open_in_viewer(&folder)) {
                    desk.refuse(&error);
                }
            }
        });
        ui.add_space(space::XS);
        remark(ui, &say(ui, "printing_setup.folder_about"));
    }

    fn payment_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        heading(ui, &say(ui, "printing_setup.payment"));
        let PaymentPapers { walk_in, customer } = &mut self.after_payment;
        let mut changed = false;
        for (whose, name, papers) in
            [("customer", "printing_setup.for_customer", customer), ("walk-in", "printing_setup.for_walk_in", walk_in)]
        {
            let whose_papers = say(ui, name);
            ui.label(&whose_papers);
            ui.horizontal_wrapped(|ui| {
                for (paper, on) in
                    [("card.print_invoice", &mut papers.invoice), ("card.print_receipt", &mut papers.receipt)]
                {
                    let beside = say(ui, paper);
                    let name = format!("{whose_papers}: {beside}");
                    let field = Field::new(Id::unique("after-payment").with((whose, paper)), &name).without_slot();
                    changed |= flag(ui, &field, on, &beside).changed;
                }
            });
        }
        if changed {
            self.after_payment.keep(&desk.workplace);
        }
        remark(ui, &say(ui, "printing_setup.after_payment_about"));
    }
}

impl Screen for Printing {
    fn place(&self) -> Place {
        Place::only("printing")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("printing_setup.title")
    }

    fn icon(&self) -> &'static str {
        icon::PRINTER
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let title = say(ui, "printing_setup.title");
        page(ui, (icon::PRINTER, &title), &[], |ui| {
            remark(ui, &say(ui, "printing_setup.about"));
            ui.add_space(space::L);
            self.queue_ui(ui, desk);
            ui.add_space(space::XL);
            self.folder_ui(ui, desk);
            ui.add_space(space::XL);
            self.payment_ui(ui, desk);
        });
    }
}
