//! What becomes of a file's rows: how many go in, change or stay, and each that is refused with its reason.

use egui::{Id, RichText, Ui};

use crate::base::locale::{self, Lang};
use crate::exchange::{Refusal, Summary};
use crate::modules::gear::remark;
use crate::ui::desk::Desk;
use crate::ui::fonts;
use crate::ui::grid::{Align, Cell, Column, Grid, GridState, Look, Row, Rows, grid_ui};
use crate::ui::list::money;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;

const COLUMNS: &[Column] = &[
    column("line", "import.line", 80.0, Align::Right),
    column("column", "import.column", 200.0, Align::Left),
    Column { grow: true, ..column("reason", "import.reason", 400.0, Align::Left) },
    column("rows", "import.rows", 100.0, Align::Right),
];

const fn column(id: &'static str, title: &'static str, width: f32, align: Align) -> Column {
    Column {
        id,
        title,
        width,
        align,
        sort: None,
        grow: false,
        free: matches!(align, Align::Left),
        yields: 0,
        picture: false,
    }
}

/// What became, or would become, of the rows of a file.
pub(super) struct Outcome {
    /// The counts.
    pub summary: Summary,
    refusals: Vec<Refusal>,
    rows: Written,
    written_in: Option<Lang>,
    grid: GridState,
}

/// The refusals as the grid draws them.
struct Written(Vec<Row>);

impl Outcome {
    /// Of these rows.
    pub(super) fn new((summary, refusals): (Summary, Vec<Refusal>)) -> Outcome {
        Outcome { summary, refusals, rows: Written(Vec::new()), written_in: None, grid: GridState::default() }
    }

    /// Whether anything of the file is new.
    pub(super) fn is_news(&self) -> bool {
        self.summary.rows.added > 0 || self.summary.rows.changed > 0
    }

    /// Draws the counts.
    pub(super) fn counts_ui(&self, ui: &mut Ui, desk: &Desk) {
        let (rows, c) = (self.summary.rows, Tokens::of(ui).colors().clone());
        let counts = [
            ("import.read", rows.read, c.text),
            ("import.added", rows.added, c.ok),
            ("import.changed", rows.changed, c.info),
            ("import.unchanged", rows.unchanged, c.text2),
            ("import.passed", self.summary.passed, c.text2),
            ("import.rejected", rows.rejected, if rows.rejected > 0 { c.danger } else { c.text2 }),
        ];
        ui.horizontal_wrapped(|ui| {
            for (key, count, color) in counts {
                let number = locale::number(desk.lang, &count.to_string());
                ui.label(RichText::new(say(ui, key)).color(c.text2));
                ui.label(RichText::new(number).font(fonts::bold(size::SECTION)).color(color));
                ui.add_space(space::L);
            }
            for (currency, sum) in &self.summary.sums {
                ui.label(RichText::new(say(ui, "import.sum")).color(c.text2));
                ui.label(RichText::new(money(sum, currency, desk)).font(fonts::bold(size::SECTION)));
                ui.add_space(space::L);
            }
        });
    }

    /// Draws each refusal into the room that is left.
    pub(super) fn refusals_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        if self.refusals.is_empty() {
            remark(ui, &say(ui, "import.nothing_refused"));
            return;
        }
        if self.written_in.replace(desk.lang) != Some(desk.lang) {
            self.rows =
                Written((0..).zip(&self.refusals).map(|(key, refusal)| written(key, refusal, desk.lang)).collect());
        }
        let grid = Grid::new(Id::unique("import-refused"), COLUMNS).named("import.refused_rows");
        grid_ui(ui, &grid, &mut self.grid, &mut self.rows);
    }
}

fn written(key: i64, refusal: &Refusal, lang: Lang) -> Row {
    let column = refusal.column.clone().unwrap_or_default();
    let spoken = format!("{} {}", refusal.line, refusal.reason(lang));
    let cells = vec![
        Cell::text(refusal.line.to_string()).look(Look::Strong),
        Cell::text(column),
        Cell::text(refusal.error.message(lang)),
        Cell::text(refusal.rows.to_string()).look(Look::Muted),
    ];
    Row { key, cells, spoken, ..Row::default() }
}

impl Rows for Written {
    fn count(&self) -> Option<u64> {
        u64::try_from(self.0.len()).ok()
    }

    fn row(&self, at: u64) -> Option<&Row> {
        self.0.get(usize::try_from(at).ok()?)
    }

    fn want(&mut self, _from: u64, _to: u64) {}

    fn find(&self, key: i64) -> Option<u64> {
        u64::try_from(key).ok()
    }
}
