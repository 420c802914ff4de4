//! The dialog for one role: its name, and what whoever holds it may do, area by area.

use std::collections::BTreeSet;

use egui::{Id, RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::right::Right;
use crate::modules::saving::{Saved, Saving, Target, told_done};
use crate::settings::rights::{AREAS, Area};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given, error_line_ui};
use crate::ui::field::{Field, flag};
use crate::ui::form::{FieldKind, FieldSpec, Form, FormEvent, Section};
use crate::ui::list::plain;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{button, fonts};

/// Up to which discounts need no right to change prices.
const DISCOUNT_LIMIT: FieldSpec = FieldSpec::new("discount_limit", "roles.discount_limit", FieldKind::Percent);

static NEW: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("name", "browse.name", FieldKind::Text).required(),
        FieldSpec::new("code", "browse.code", FieldKind::Text).required().hint("roles.code_hint"),
        DISCOUNT_LIMIT,
    ],
}];

static CHANGING: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("name", "browse.name", FieldKind::Text).required(),
        FieldSpec::new("code", "browse.code", FieldKind::Text).read_only(),
        DISCOUNT_LIMIT,
    ],
}];

// What two versions of a role differ in.
static ALL: &[Section] = &[Section {
    title: "",
    fields: &[
        FieldSpec::new("name", "browse.name", FieldKind::Text),
        FieldSpec::new("rights", "roles.rights", FieldKind::List(&FieldKind::Text)),
        DISCOUNT_LIMIT,
    ],
}];

static TARGET: Target =
    Target { query: "roles", by_id: false, known_by: "id", save: "save-role", sections: ALL, creates: &[] };

/// The dialog.
pub(super) struct Editor {
    form: Form,
    called: Option<String>,
    had: BTreeSet<Right>,
    rights: BTreeSet<Right>,
    /// Why nothing can be changed here.
    barred: Option<Error>,
    saving: Saving,
}

impl Editor {
    /// For a role that is there, or a new one; `own` is the code of the role of who sits here.
    pub(super) fn new(row: Option<&Json>, own: &str, desk: &Desk) -> Editor {
        let barred = barred(row, own, desk);
        let (sections, object) = row.map_or_else(|| (NEW, json!({})), |row| (CHANGING, row.clone()));
        let form = Form::new(Id::unique("role"), sections, &object, desk).keep(&["id", "version"]);
        let mut form = form.read_only(barred.is_some());
        form.focus_first();
        let rights = object.get("rights").and_then(Json::as_array).cloned().unwrap_or_default();
        let had: BTreeSet<Right> = rights.iter().filter_map(|right| Right::parse(right.as_str()?)).collect();
        let called = row.map(|row| plain(row, "name"));
        Editor { form, called, rights: had.clone(), had, barred, saving: Saving::default() }
    }

    fn give(&mut self, right: Right, on: bool) {
        if on {
            self.rights.insert(right);
        } else {
            self.rights.remove(&right);
        }
    }

    fn value(&self) -> Json {
        let mut value = self.form.value();
        if let Json::Object(fields) = &mut value
            && (self.called.is_none() || self.rights != self.had)
        {
            fields.insert("rights".to_owned(), json!(self.rights));
        }
        value
    }

    /// Draws it; whether it is done.
    pub(super) fn ui(&mut self, ui: &Ui, desk: &mut Desk) -> bool {
        let title = self.called.clone().unwrap_or_else(|| say(ui, "roles.new"));
        let (save, back) = (say(ui, "record.save"), say(ui, "dialog.cancel"));
        let mut dialog = Dialog::new(Id::unique("role-dialog"), &title).width(720.0).back(&back);
        if self.barred.is_none() {
            dialog = dialog.accept(&save, !self.saving.is_busy());
        }
        let shown = dialog.show(ui, |ui| {
            if let Some(error) = &self.barred {
                error_line_ui(ui, error);
                ui.add_space(space::S);
            }
            let events = self.form.ui(ui, desk);
            for area in AREAS {
                self.area_ui(ui, area, desk);
            }
            events.contains(&FormEvent::Submitted)
        });
        if (shown.given == Some(Given::Accepted) || shown.inner) && self.barred.is_none() && self.form.check() {
            self.saving.send(&TARGET, self.value(), false, desk);
        }
        match self.saving.ui(ui, (&TARGET, &mut self.form), desk) {
            Some(Saved::Done { seq, .. }) => {
                let text = desk.say_with("record.saved", &[("name", &self.form.read("name"))]);
                desk.toast(told_done(text, (TARGET.save, seq)));
                true
            }
            Some(Saved::TakeTheirs) => true,
            Some(Saved::Refused) | None => shown.given == Some(Given::Closed),
        }
    }

    /// The rights of one area in two columns, with a way to give or take all of them.
    fn area_ui(&mut self, ui: &mut Ui, area: &Area, desk: &Desk) {
        let tokens = Tokens::of(ui);
        let free = self.barred.is_none();
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(say(ui, area.title)).font(fonts::bold(tokens.body())));
            let all = area.rights.iter().all(|right| self.rights.contains(right) || !desk.may(*right));
            let words = say(ui, if all { "roles.none" } else { "roles.all" });
            let link = free.then(|| ui.link(&words));
            if let Some(link) = link {
                let spoken = format!("{words}: {}", say(ui, area.title));
                button::name(&link, &spoken, true);
                if link.clicked() {
                    let within = area.rights.iter().filter(|right| desk.may(**right));
                    within.for_each(|right| self.give(*right, !all));
                }
            }
        });
        ui.columns(2, |columns| {
            let half = area.rights.len().div_ceil(2);
            for (ui, rights) in columns.iter_mut().zip(area.rights.chunks(half.max(1))) {
                ui.spacing_mut().item_spacing.y = 0.0;
                for right in rights {
                    // Nobody gives what they may not do themselves.
                    self.right_ui(ui, *right, free && desk.may(*right));
                }
            }
        });
    }

    fn right_ui(&mut self, ui: &mut Ui, right: Right, free: bool) {
        let name = say(ui, &format!("right.{}", right.code()));
        let mut on = self.rights.contains(&right);
        let id = Id::unique(("role-right", right.code()));
        let field = Field::new(id, &name).without_slot();
        ui.add_enabled_ui(free, |ui| {
            if flag(ui, &field, &mut on, &name).changed && free {
                self.give(right, on);
            }
        });
    }
}

/// Why a role cannot be changed by who sits here, as the core would say.
fn barred(row: Option<&Json>, own: &str, desk: &Desk) -> Option<Error> {
    if !desk.may(Right::RoleManage) {
        return Some(Right::RoleManage.lacking("error.no_right"));
    }
    let code = row.map(|row| plain(row, "code"))?;
    if code == own {
        Some(Error::rejected("error.own_role"))
    } else if code == crate::domain::role::OWNER {
        Some(Error::rejected("error.owner_role"))
    } else {
        None
    }
}
