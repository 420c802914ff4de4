//! The columns of a file: its first rows as they stand there, and which field of ours each column becomes.

use std::path::PathBuf;

use egui::{Grid, Id, Label, RichText, ScrollArea, Ui, vec2};

use crate::base::locale::{Lang, tr};
use crate::domain::import::ImportKind;
use crate::exchange::mapping::Mapping;
use crate::exchange::sheet::Sheet;
use crate::exchange::{builtin, fields, shipped};
use crate::modules::gear::import::work::By;
use crate::modules::gear::remark;
use crate::platform::{Chooser, Question};
use crate::ui::desk::Desk;
use crate::ui::field::{Choice, Field, choice, text_field};
use crate::ui::form::FieldSpec;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, fonts, icon};

/// So many rows are shown.
const SHOWN: usize = 20;
const WIDTH: f32 = 170.0;
/// What is kept where a mapping comes from a file of its own.
const FILE: &str = "file";
/// Fields that no column of a file fills: a picture is no text, and what comes in begins with no template.
const NO_TEXT: [&str; 2] = ["picture", "template"];

/// The columns of a file and how they are read.
pub(super) struct Columns {
    kind: ImportKind,
    sheet: Sheet,
    /// The fields that the company added to such records.
    own: &'static [FieldSpec],
    /// Empty where a person matches the columns, else the name of a mapping.
    by: String,
    file: String,
    /// The field of each column, empty where it is left out.
    fields: Vec<String>,
    /// The place of the column that tells records apart, as text.
    key: String,
    chooser: Chooser,
}

impl Columns {
    /// Read by a mapping that is shipped and fits, else with the fields that the names of the columns suggest.
    pub(super) fn new(kind: ImportKind, sheet: Sheet, desk: &Desk) -> Columns {
        let own = desk.own(record_of(kind)).fields;
        let label = |field: &str| own.iter().find(|spec| spec.key == field).map(|spec| vec![spec.label.to_owned()]);
        let told = |field: &str| Lang::ALL.iter().map(|lang| tr(*lang, &name_of(field), &[])).collect();
        let names = |field: &str| label(field).unwrap_or_else(|| told(field));
        let more: Vec<&'static str> = own.iter().map(|spec| spec.key).collect();
        let (guessed, key) = builtin::guess(kind, &more, &sheet.columns, names);
        let fits = |text: &str| Mapping::parse(text).is_ok_and(|mapping| mapping.fits(&sheet).is_ok());
        let known = of(kind).find(|shipped| fits(shipped.text));
        Columns {
            kind,
            own,
            by: known.map_or("", |shipped| shipped.name).to_owned(),
            file: String::new(),
            fields: guessed.into_iter().map(|field| field.unwrap_or_default().to_owned()).collect(),
            key: key.map(|key| key.to_string()).unwrap_or_default(),
            chooser: Chooser::default(),
            sheet,
        }
    }

    /// How the columns become fields, as it is chosen now.
    pub(super) fn by(&self) -> By {
        if self.by == FILE {
            return By::File(PathBuf::from(self.file.trim()));
        }
        if let Some(shipped) = of(self.kind).find(|shipped| shipped.name == self.by) {
            return By::Shipped(shipped.name);
        }
        let mut known = fields::of(self.kind);
        known.extend(self.own.iter().map(|spec| spec.key));
        let chosen = |field: &String| known.iter().copied().find(|known| known == field);
        let matched = self.sheet.columns.iter().zip(&self.fields);
        let matched = matched.filter_map(|(column, field)| Some((column.clone(), chosen(field)?))).collect();
        let key = self.key.parse().ok().and_then(|at: usize| self.sheet.columns.get(at));
        By::Hand(matched, key.cloned().unwrap_or_default())
    }

    /// Draws them.
    pub(super) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.mapping_ui(ui, desk);
        ui.add_space(space::S);
        let rows = self.sheet.rows.len().to_string();
        let words = say_with(
            ui,
            "import.first_rows",
            &[("count", &self.sheet.rows.len().min(SHOWN).to_string()), ("rows", &rows)],
        );
        remark(ui, &words);
        ui.add_space(space::XS);
        ScrollArea::both().id_salt("import-rows").auto_shrink(false).show(ui, |ui| {
            let count = self.sheet.columns.len();
            Grid::new("import-rows")
                .num_columns(count)
                .striped(true)
                .min_row_height(0.0)
                .spacing([space::M, space::XS])
                .show(ui, |ui| {
                    self.heading_ui(ui);
                    if self.by.is_empty() {
                        self.fields_ui(ui, desk);
                    }
                    self.rows_ui(ui);
                });
        });
    }

    /// By which mapping, and what tells records apart.
    fn mapping_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        if let Some(path) = self.chooser.poll() {
            self.file = path.display().to_string();
        }
        let mut ways = vec![Choice::new("", say(ui, "import.by_hand"))];
        ways.extend(of(self.kind).map(|shipped| Choice::new(shipped.name, shipped.name)));
        ways.push(Choice::new(FILE, say(ui, "import.by_file")));
        ui.horizontal_wrapped(|ui| {
            let name = say(ui, "import.mapping");
            ui.label(&name);
            choice(
                ui,
                &Field::new(Id::unique("import-mapping"), &name).width(240.0).without_slot(),
                &ways,
                &mut self.by,
            );
            if self.by == FILE {
                self.file_ui(ui, desk);
            } else if self.by.is_empty() {
                let columns = self.sheet.columns.iter().enumerate().filter(|(_, column)| !column.is_empty());
                let columns: Vec<Choice> = columns.map(|(at, column)| Choice::new(at.to_string(), column)).collect();
                let name = say(ui, "import.key");
                ui.label(&name);
                let field = Field::new(Id::unique("import-key"), &name).width(200.0).without_slot();
                choice(ui, &field, &columns, &mut self.key);
            }
        });
    }

    fn file_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let name = say(ui, "import.mapping_file");
        let field = Field::new(Id::unique("import-mapping-file"), &name).width(320.0).without_slot();
        text_field(ui, &field, &mut self.file);
        let words = format!("{} {}", icon::FOLDER, say(ui, "window.choose"));
        if button::plain(ui, &words, true).clicked() {
            let question = Question::open().kind("JSON", vec!["json"]);
            desk.choose(ui.ctx(), &mut self.chooser, question);
        }
    }

    fn heading_ui(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        for column in &self.sheet.columns {
            let words = RichText::new(column).font(fonts::bold(tokens.body())).color(tokens.colors().text2);
            cell_ui(ui, words);
        }
        ui.end_row();
    }

    /// The field of each column. One that is chosen for another column is taken from the first.
    fn fields_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let mut choices = vec![Choice::new("", say(ui, "import.left_out"))];
        let known = fields::of(self.kind).into_iter().filter(|field| !NO_TEXT.contains(field));
        choices.extend(known.map(|field| Choice::new(field, desk.say(&name_of(field)))));
        choices.extend(self.own.iter().map(|spec| Choice::new(spec.key, spec.label)));
        let mut chosen = None;
        for (at, (field, column)) in self.fields.iter_mut().zip(&self.sheet.columns).enumerate() {
            let name = say_with(ui, "import.field_of", &[("column", column)]);
            let drawn = Field::new(Id::unique(("import-field", at)), &name).width(WIDTH).without_slot();
            if choice(ui, &drawn, &choices, field).changed {
                chosen = Some((at, field.clone()));
            }
        }
        ui.end_row();
        if let Some((chosen, field)) = chosen.filter(|(_, field)| !field.is_empty()) {
            let others = self.fields.iter_mut().enumerate().filter(|(at, other)| *at != chosen && **other == field);
            others.for_each(|(_, other)| other.clear());
        }
    }

    fn rows_ui(&self, ui: &mut Ui) {
        for row in self.sheet.rows.iter().take(SHOWN) {
            for at in 0..self.sheet.columns.len() {
                cell_ui(ui, RichText::new(row.cells.get(at).unwrap_or_default()));
            }
            ui.end_row();
        }
    }
}

/// One cell of the file, as wide as its column here.
fn cell_ui(ui: &mut Ui, words: RichText) {
    let height = Tokens::of(ui).row_height() - space::S;
    ui.allocate_ui(vec2(WIDTH, height), |ui| {
        ui.set_min_width(WIDTH);
        ui.add(Label::new(words).truncate());
    });
}

/// The kind of records whose own fields such a file may fill.
fn record_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Counterparties => "counterparty",
        ImportKind::Items => "item",
        ImportKind::Orders => "order",
        ImportKind::OrderLines | ImportKind::OpeningBalances => "",
    }
}

/// The mappings that are shipped for a kind.
fn of(kind: ImportKind) -> impl Iterator<Item = &'static shipped::Shipped> {
    shipped::SHIPPED.iter().filter(move |shipped| shipped.kind == kind)
}

/// The key of the name of a field: the one under which it is exported, where it is.
fn name_of(field: &str) -> String {
    match field {
        "counterparty" | "item" | "responsible" => format!("export.column.{field}_name"),
        "phone" => "customers.phone".to_owned(),
        "barcode" | "executor" | "original_line" => format!("import.field.{field}"),
        field => format!("export.column.{field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::locale;

    #[test]
    fn every_field_that_a_column_may_fill_has_a_name_in_every_language() {
        for kind in ImportKind::ALL {
            for field in fields::of(kind).into_iter().filter(|field| !NO_TEXT.contains(field)) {
                for lang in Lang::ALL {
                    assert!(locale::find(lang, &name_of(field), &[]).is_some(), "{field} in {}", lang.code());
                }
            }
        }
    }
}
