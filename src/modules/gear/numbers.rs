//! Numbering: which number the next document of each kind gets. It is only ever raised.

use egui::{Grid, Id, RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::locale;
use crate::base::right::Right;
use crate::engine::worker::Lane;
use crate::modules::gear::{lacking, page, remark, strong};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given, error_retry_ui};
use crate::ui::form::{FieldKind, FieldSpec, Form, FormEvent, Section};
use crate::ui::list::plain;
use crate::ui::loader::Loader;
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::tokens::{size, space};
use crate::ui::words::say;
use crate::ui::{button, fonts, icon};

static NEXT: &[Section] =
    &[Section { title: "", fields: &[FieldSpec::new("next", "numbering.next", FieldKind::Integer).required()] }];

/// The screen of series.
#[derive(Default)]
pub(super) struct Numbers {
    series: Loader<Vec<Json>>,
    raising: Option<(String, Form)>,
    sending: Dispatch,
}

impl Numbers {
    fn rows_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        if let Some(error) = self.series.error().cloned() {
            if error_retry_ui(ui, &error) {
                self.series.forget();
            }
            return;
        }
        let may = desk.may(Right::SettingsEdit);
        let rows = self.series.value().cloned().unwrap_or_default();
        Grid::new("series").num_columns(3).min_col_width(160.0).spacing([space::L, space::S]).show(ui, |ui| {
            for title in ["numbering.kind", "numbering.next"] {
                let words = say(ui, title);
                strong(ui, &words);
            }
            ui.end_row();
            for row in &rows {
                let name = plain(row, "name");
                let kind = desk.say(&format!("series.{name}"));
                ui.label(&kind);
                let next = locale::number(desk.lang, &plain(row, "next"));
                ui.label(RichText::new(next).font(fonts::bold(size::SECTION)));
                if may {
                    let text = say(ui, "numbering.raise");
                    let pressed = button::plain(ui, &text, !self.sending.is_busy());
                    button::name(&pressed, &format!("{kind}: {text}"), true);
                    if pressed.clicked() {
                        let mut form = Form::new(Id::unique(("series", &name)), NEXT, row, desk);
                        form.focus_first();
                        self.raising = Some((name, form));
                    }
                }
                ui.end_row();
            }
        });
    }

    fn raising_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some((name, form)) = &mut self.raising else { return };
        let title = desk.say(&format!("series.{name}"));
        let (raise, back) = (say(ui, "numbering.raise_now"), say(ui, "dialog.cancel"));
        let dialog = Dialog::new(Id::unique("raise"), &title).accept(&raise, !self.sending.is_busy()).back(&back);
        let shown = dialog.show(ui, |ui| {
            remark(ui, &say(ui, "numbering.only_raised"));
            ui.add_space(space::S);
            form.ui(ui, desk)
        });
        let submitted = shown.inner.contains(&FormEvent::Submitted) || shown.given == Some(Given::Accepted);
        if submitted && form.check() && !self.sending.is_busy() {
            let next = form.get("next").unwrap_or_default();
            self.sending.send(desk, "raise-series", json!({"name": name, "next": next}));
        } else if shown.given == Some(Given::Closed) {
            self.raising = None;
        }
    }

    fn answer(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(answer) = self.sending.ui(ui, desk) else { return };
        match answer {
            Ok(done) => {
                let next = locale::number(desk.lang, &plain(&done.output, "next"));
                desk.toast(Toast::done(desk.say_with("numbering.raised", &[("next", &next)])));
                self.raising = None;
                self.series.forget();
            }
            Err(error) => match &mut self.raising {
                Some((_, form)) => form.fail(&error),
                None => desk.refuse(&error),
            },
        }
    }
}

impl Screen for Numbers {
    fn place(&self) -> Place {
        Place::only("numbering")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("numbering.title")
    }

    fn icon(&self) -> &'static str {
        icon::LIST
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "series", json!({}));
        self.series.keep(desk.revision(&["orders", "invoices", "payments"]), ask);
        let title = say(ui, "numbering.title");
        let lacking = lacking(desk, [Right::SettingsEdit]);
        page(ui, (icon::LIST, &title), &lacking, |ui| {
            remark(ui, &say(ui, "numbering.about"));
            ui.add_space(space::M);
            self.rows_ui(ui, desk);
        });
        self.raising_ui(ui, desk);
        self.answer(ui, desk);
    }

    fn modal(&self) -> bool {
        self.raising.is_some() || self.sending.is_asking()
    }
}
