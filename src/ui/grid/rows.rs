//! What a grid is given: columns, rows formatted on arrival, and a source that loads what is seen.

use egui::Color32;

/// Where a column's texts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words and numbers of documents.
    #[default]
    Left,
    /// Amounts and quantities.
    Right,
    /// Marks.
    Center,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its fixed name.
    pub id: &'static str,
    /// Key of its title.
    pub title: &'static str,
    /// Its width before a person changes it, in points.
    pub width: f32,
    /// Where its texts stand.
    pub align: Align,
    /// The name of the sort behind its header, if any.
    pub sort: Option<&'static str>,
    /// Whether it takes a share of the room that is left.
    pub grow: bool,
    /// Whether its texts may be cut where room lacks: names and notes, never figures, dates or states.
    pub free: bool,
    /// Where room lacks for all columns those go first whose number is the greatest; 0 stays, [`SPARE`] waits aside.
    pub yields: u8,
    /// Whether pictures stand in it, which are nothing to copy as text.
    pub picture: bool,
}

/// Of a column that is out of sight until a person wants it.
pub const SPARE: u8 = u8::MAX;

/// How a cell's text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Running text.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Of less weight.
    Muted,
    /// A problem, such as a debt.
    Danger,
    /// Leads somewhere.
    Accent,
}

/// One cell, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub look: Look,
    /// What it says where there is no room for the text; empty where nothing shorter says enough.
    pub short: String,
    /// The letter of an icon before the text.
    pub icon: Option<&'static str>,
    /// Whether it is the status cell: the full tint of the row's status, its icon and its word.
    pub tint: bool,
    /// The colour of a status of the company's own, at the edge of the status cell.
    pub own: Option<Color32>,
    /// The pair of colours that a rule of its person gives it.
    pub paint: Option<&'static str>,
    /// The hash of the picture it shows.
    pub picture: Option<String>,
}

impl Cell {
    /// A plain cell.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A picture by its hash; nothing where that is empty.
    pub fn picture(hash: String) -> Cell {
        Cell { picture: Some(hash).filter(|hash| !hash.is_empty()), ..Cell::default() }
    }

    /// The status cell with its word.
    pub fn status(word: impl Into<String>) -> Cell {
        Cell { tint: true, ..Cell::text(word) }
    }

    /// The same with another look.
    pub fn look(self, look: Look) -> Cell {
        Cell { look, ..self }
    }

    /// The same with an icon before its text.
    pub fn icon(self, icon: &'static str) -> Cell {
        Cell { icon: Some(icon), ..self }
    }
}

/// One row, formatted when it arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// By which it is found again.
    pub key: i64,
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// The name of a pair of colours for states.
    pub status: Option<&'static str>,
    /// Whether its first cell is struck through: called off.
    pub struck: bool,
    /// What a screen reader says of it.
    pub spoken: String,
    /// The pair of colours that a rule of its person gives it, over those of its state.
    pub paint: Option<&'static str>,
    /// Whether another person changed it since it was looked at: a dot before its first cell.
    pub fresh: bool,
    /// Of the row that stands above the rows of a group: what it says besides its sums, which are its cells.
    pub branch: Option<Branch>,
}

/// What the row above a group says over the columns that are empty there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// What the group is called; empty in its further lines.
    pub title: Cell,
    /// What is said behind that, with less weight.
    pub note: String,
    /// Whether the rows of the group are shown.
    pub open: bool,
}

/// Where rows come from.
pub trait Rows {
    /// How many there are; none while that is not known yet.
    fn count(&self) -> Option<u64>;

    /// The row at this place, counted from 0, if it is loaded.
    fn row(&self, at: u64) -> Option<&Row>;

    /// Told once a frame which rows are seen, the last one not included; what lacks is to be loaded.
    fn want(&mut self, from: u64, to: u64);

    /// The place of the row with this key, if known without asking.
    fn find(&self, key: i64) -> Option<u64>;

    /// The keys from one place to another, the last one not included: asked each frame until they are there.
    fn keys(&mut self, from: u64, to: u64) -> Option<Vec<i64>> {
        (from..to).map(|at| self.row(at).map(|row| row.key)).collect()
    }

    /// The place of the row of the group that the row at this place belongs to, where rows stand in groups.
    fn branch_above(&self, _at: u64) -> Option<u64> {
        None
    }

    /// Whether an answer is awaited. Old rows stay until the new ones are there.
    fn is_loading(&self) -> bool {
        false
    }
}

/// Where a cell of the totals row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FooterPlace {
    /// At the left edge.
    Left,
    /// At the right edge.
    Right,
    /// Under the column of this name, standing as its texts do.
    Under(&'static str),
}

/// One cell of the totals row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterCell {
    /// Where it stands.
    pub place: FooterPlace,
    /// What it says.
    pub text: String,
    /// How it looks.
    pub look: Look,
    /// In which line of the totals, from 0.
    pub line: u8,
}

impl FooterCell {
    /// At the left edge: what the totals are of.
    pub fn left(text: impl Into<String>) -> FooterCell {
        FooterCell::at(FooterPlace::Left, text)
    }

    /// At the right edge.
    pub fn right(text: impl Into<String>) -> FooterCell {
        FooterCell::at(FooterPlace::Right, text)
    }

    /// Under a column.
    pub fn under(column: &'static str, text: impl Into<String>) -> FooterCell {
        FooterCell::at(FooterPlace::Under(column), text)
    }

    fn at(place: FooterPlace, text: impl Into<String>) -> FooterCell {
        FooterCell { place, text: text.into(), look: Look::Strong, line: 0 }
    }

    /// The same with another look.
    pub fn look(self, look: Look) -> FooterCell {
        FooterCell { look, ..self }
    }

    /// The same in another line, from 0.
    pub fn line(self, line: u8) -> FooterCell {
        FooterCell { line, ..self }
    }
}
