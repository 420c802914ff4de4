//! A paper before it is printed: its pages as they are, turned, as wide as the window or whole, then printed or kept.

mod action;
mod draw;
mod subject;

use egui::{Frame, Id, Label, Margin, RichText, ScrollArea, Ui};

pub(crate) use action::PREVIEW;
pub(crate) use subject::{INVOICE, ORDER, PAYMENT, invoice_of};

use crate::modules::papers::{self, Made, Out, Wanted};
use crate::modules::preview::action::{BACK, CLOSE, ON, OPEN, PRINT, SAVE, WHOLE, WIDTH};
use crate::modules::preview::draw::{Textures, page_ui};
use crate::modules::preview::subject::{Looked, Subject};
use crate::platform::{Chooser, Question, open_in_viewer};
use crate::print::{Page, lacking};
use crate::ui::action::Offer;
use crate::ui::bar::{self, Look};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::error_retry_ui;
use crate::ui::loader::{Loader, Sending};
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, fonts, icon};

/// What a paper tells of: it is asked for anew when one of these was touched.
const TABLES: &[&str] = &["orders", "order_lines", "invoices", "payments", "allocations", "companies"];

/// A paper on a screen.
pub(crate) struct Preview {
    place: Place,
    subject: Option<Subject>,
    form: &'static str,
    looked: Loader<Looked>,
    page: usize,
    whole: bool,
    textures: Textures,
    making: Sending<Vec<Made>>,
    opens: bool,
    saves: bool,
    chooser: Chooser,
    queue: Queue,
}

/// Whether papers go to a print queue, as it was when this pass of the window was drawn.
struct Queue {
    chosen: bool,
    seen_at: u64,
}

impl Preview {
    /// The paper of a place.
    pub(crate) fn open(kind: &'static str, key: &str, desk: &Desk) -> Preview {
        let read = Subject::read(kind, key);
        Preview {
            place: Place::of(kind, key),
            subject: read.map(|(subject, _)| subject),
            form: read.map_or("", |(_, form)| form),
            looked: Loader::default(),
            page: 0,
            whole: false,
            textures: Textures::new(),
            making: Sending::none(),
            opens: false,
            saves: false,
            chooser: Chooser::default(),
            queue: Queue { chosen: papers::queue(&desk.workplace).is_some(), seen_at: 0 },
        }
    }

    fn follow(&mut self, ui: &Ui, desk: &Desk) {
        let Some(subject) = self.subject else { return };
        let form = self.form;
        let before = self.looked.is_loading();
        self.looked.keep(desk.revision(TABLES), || subject.ask(form, desk));
        if before && !self.looked.is_loading() {
            self.textures.clear();
        }
        if before != self.looked.is_loading() {
            // The tab was drawn before the paper had a title.
            ui.ctx().request_repaint();
        }
    }

    /// Another queue may have been chosen while this tab was out of sight.
    fn look_up_queue(&mut self, ui: &Ui, desk: &Desk) {
        let now = ui.ctx().cumulative_pass_nr();
        if now > self.queue.seen_at + 1 {
            self.queue.chosen = papers::queue(&desk.workplace).is_some();
        }
        self.queue.seen_at = now;
    }

    /// Whether the paper is of an invoice that printing or keeping it would issue.
    fn issues(&self) -> bool {
        let wanted = self.looked.value().map(|looked| &looked.wanted);
        matches!(wanted, Some(Wanted::Invoice { standing: None, .. }))
    }

    fn pages(&self) -> &[Page] {
        self.looked.value().map_or(&[], |looked| looked.printed.paper.pages.as_slice())
    }

    fn turn(&mut self, to: usize) {
        self.page = to.min(self.pages().len().saturating_sub(1));
    }

    fn make(&mut self, out: Out, opens: bool, desk: &Desk) {
        if let Some(looked) = self.looked.value()
            && !self.making.is_under_way()
        {
            self.making.put(papers::make_to(desk, vec![looked.wanted.clone()], out));
            self.opens = opens;
        }
    }

    fn choose_file(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(looked) = self.looked.value() else { return };
        let file = papers::folder(&desk.workplace).join(format!("{}.pdf", looked.name));
        let question = Question::save(file).kind("PDF", vec!["pdf"]);
        desk.choose(ui.ctx(), &mut self.chooser, question);
    }

    fn answers(&mut self, desk: &mut Desk) {
        if let Some(path) = self.chooser.poll() {
            self.make(Out::File(papers::with_ending(path, "pdf")), false, desk);
        }
        match self.making.poll() {
            Some(Ok(made)) if self.opens => {
                for paper in made {
                    if let Err(error) = open_in_viewer(&paper.path) {
                        desk.toast(Toast::unshown(&error, &paper.path, desk.lang));
                    }
                }
            }
            Some(Ok(made)) => papers::tell(made, desk),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }

    /// Title and forms at the left, what is done at the right; what was pressed.
    fn bar_ui(&mut self, ui: &mut Ui, desk: &Desk) -> Option<&'static str> {
        let quiet = |offer: &Offer| matches!(offer.action.id, "page-back" | "page-on" | "leave");
        let buttons = self.actions(desk).into_iter().filter(|offer| !quiet(offer)).map(|offer| (offer, Look::Words));
        let buttons: Vec<_> = buttons.collect();
        bar::titled_ui(ui, Id::unique((self.place.kind, &self.place.key)), &buttons, |ui| {
            self.forms_ui(ui, desk);
            ui.add_space(space::S);
            self.turning_ui(ui);
        })
    }

    /// The title where there is one form, else the forms to choose from.
    fn forms_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let forms = self.subject.map(Subject::forms).unwrap_or_default();
        if forms.len() < 2 {
            let title = RichText::new(format!("{}  {}", icon::EYE, self.title(desk))).font(fonts::bold(size::SECTION));
            ui.add(Label::new(title.color(Tokens::of(ui).colors().text)).truncate());
            return;
        }
        for (form, name) in forms {
            let words = say(ui, name);
            let tab = ui.selectable_label(self.form == *form, &words);
            button::name(&tab, &words, true);
            if tab.clicked() && self.form != *form {
                self.form = form;
                self.looked.clear();
                self.textures.clear();
                self.page = 0;
            }
        }
    }

    /// Where nothing is printed yet: why, and the way to choose a printer.
    fn no_queue_ui(&self, ui: &mut Ui, desk: &mut Desk) {
        ui.horizontal_wrapped(|ui| {
            let words = RichText::new(say(ui, "preview.no_queue")).font(fonts::regular(size::HINT));
            ui.label(words.color(Tokens::of(ui).colors().text3));
            let link = ui.link(RichText::new(say(ui, "preview.choose_printer")).font(fonts::regular(size::HINT)));
            if link.clicked() {
                desk.wish(Wish::Open(Place::only("printing")));
            }
        });
    }

    fn turning_ui(&mut self, ui: &mut Ui) {
        let count = self.pages().len();
        // A single page is not turned.
        if count < 2 {
            return;
        }
        let (back, on) = (say(ui, BACK.text), say(ui, ON.text));
        if ui.add_enabled_ui(self.page > 0, |ui| button::quiet(ui, BACK.icon, &back)).inner.clicked() {
            self.turn(self.page.saturating_sub(1));
        }
        let (number, of) = ((self.page + 1).to_string(), count.to_string());
        ui.label(say_with(ui, "preview.page", &[("number", &number), ("of", &of)]));
        if ui.add_enabled_ui(self.page + 1 < count, |ui| button::quiet(ui, ON.icon, &on)).inner.clicked() {
            self.turn(self.page + 1);
        }
    }

    fn page_ui(&mut self, ui: &mut Ui) {
        if self.subject.is_none() {
            return;
        }
        if let Some(error) = self.looked.error().cloned() {
            if error_retry_ui(ui, &error) {
                self.looked.forget();
            }
            return;
        }
        let number = self.page;
        let count = self.pages().len();
        let Some(looked) = self.looked.value() else { return };
        let Some(page) = looked.printed.paper.pages.get(number) else { return };
        let room = ui.available_size() - egui::vec2(space::XL * 2.0, space::L * 2.0);
        let wide = (room.x / page.width).min(2.4);
        let scale = if self.whole { wide.min(room.y / page.height) } else { wide }.max(0.2);
        let (shown, of) = ((number + 1).to_string(), count.to_string());
        let name = say_with(ui, "preview.page", &[("number", &shown), ("of", &of)]);
        let textures = &mut self.textures;
        ScrollArea::both().id_salt(("page", number)).auto_shrink(false).show(ui, |ui| {
            ui.add_space(space::L);
            ui.vertical_centered(|ui| page_ui(ui, (number, page), (scale, &name), textures));
            ui.add_space(space::L);
        });
    }
}

impl Screen for Preview {
    fn place(&self) -> Place {
        self.place.clone()
    }

    fn title(&self, desk: &Desk) -> String {
        let titled = self.looked.value().map(|looked| looked.title(desk.lang));
        titled.unwrap_or_else(|| desk.say("preview.title"))
    }

    fn icon(&self) -> &'static str {
        icon::EYE
    }

    fn actions(&self, _desk: &Desk) -> Vec<Offer> {
        let there = !self.pages().is_empty() && !self.making.is_under_way();
        let size = if self.whole { &WIDTH } else { &WHOLE };
        vec![
            PRINT.primary(there && self.queue.chosen),
            SAVE.offer(there),
            OPEN.offer(there),
            size.offer(there),
            BACK.offer(self.page > 0),
            ON.offer(self.page + 1 < self.pages().len()),
            CLOSE.offer(true),
        ]
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        match action {
            "print" => self.make(Out::Usual, false, desk),
            "open" => self.make(Out::Folder, true, desk),
            "save" => self.saves = true,
            "page-back" => self.turn(self.page.saturating_sub(1)),
            "page-on" => self.turn(self.page + 1),
            "zoom-width" => self.whole = false,
            "zoom-page" => self.whole = true,
            "leave" => desk.wish(Wish::Close),
            _ => {}
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.follow(ui, desk);
        self.look_up_queue(ui, desk);
        let panel = Tokens::of(ui).colors().panel;
        let mut pressed = None;
        Frame::new().fill(panel).inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
            pressed = self.bar_ui(ui, desk);
            if self.issues() {
                let words = RichText::new(say(ui, "preview.issues")).font(fonts::regular(size::HINT));
                ui.label(words.color(Tokens::of(ui).colors().text2));
            }
            if let Some(lacking) = self.looked.value().and_then(|looked| lacking(&looked.missing, desk.lang)) {
                let words =
                    RichText::new(format!("{}  {lacking}", icon::TRIANGLE_ALERT)).font(fonts::regular(size::HINT));
                ui.label(words.color(Tokens::of(ui).colors().warn));
            }
            if !self.queue.chosen {
                self.no_queue_ui(ui, desk);
            }
        });
        self.page_ui(ui);
        if let Some(action) = pressed {
            self.act(action, desk);
        }
        if std::mem::take(&mut self.saves) {
            self.choose_file(ui, desk);
        }
        self.answers(desk);
    }
}
