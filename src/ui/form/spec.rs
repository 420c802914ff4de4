//! Forms as data: which fields, in which sections, of which kinds.

use crate::base::right::Right;

/// A group of fields under a heading.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Key of its heading; empty for none.
    pub title: &'static str,
    /// Its fields, in the order they are read.
    pub fields: &'static [FieldSpec],
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// Its key in the object; also the name by which errors point at it.
    pub key: &'static str,
    /// Key of its label.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it has to be filled in.
    pub required: bool,
    /// Key of what it shows while it is empty.
    pub hint: Option<&'static str>,
    /// Who may not do this does not see it.
    pub need: Option<Right>,
    /// Whether it is only shown.
    pub read_only: bool,
}

impl FieldSpec {
    /// A field that may be left empty.
    pub const fn new(key: &'static str, label: &'static str, kind: FieldKind) -> FieldSpec {
        FieldSpec { key, label, kind, required: false, hint: None, need: None, read_only: false }
    }

    /// The same, to be filled in.
    pub const fn required(self) -> FieldSpec {
        FieldSpec { required: true, ..self }
    }

    /// The same with a key of what it shows while it is empty.
    pub const fn hint(self, hint: &'static str) -> FieldSpec {
        FieldSpec { hint: Some(hint), ..self }
    }

    /// The same for those who may do this.
    pub const fn need(self, right: Right) -> FieldSpec {
        FieldSpec { need: Some(right), ..self }
    }

    /// The same, only shown.
    pub const fn read_only(self) -> FieldSpec {
        FieldSpec { read_only: true, ..self }
    }
}

/// What a field holds, and how it stands in the object.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// Hidden text.
    Password,
    /// An amount in the currency of the books, as decimal text.
    Amount,
    /// The same, below zero as well.
    Balance,
    /// The price of one unit, as decimal text; in the currency that stands in the field with this key, else in that of
    /// the books.
    Price(Option<&'static str>),
    /// How much of something, as decimal text.
    Quantity,
    /// Percents, as decimal text.
    Percent,
    /// Another exact decimal, below zero as well.
    Decimal,
    /// A whole number.
    Integer,
    /// A date, as `YYYY-MM-DD`.
    Date,
    /// Yes or no.
    Flag,
    /// One of a few: what is kept, and the key of what is read.
    Choice(&'static [(&'static str, &'static str)]),
    /// A record of another list.
    Reference(&'static Reference),
    /// A colour as `#RRGGBB`.
    Color,
    /// The name of an icon.
    Icon,
    /// Several of a kind that is one line, such as phones.
    List(&'static FieldKind),
    /// The hash of a kept picture; choosing one is left to the caller.
    Picture,
}

/// How a reference finds its records.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The query that lists them.
    pub query: &'static str,
    /// Further arguments of the query.
    pub only: &'static [(&'static str, &'static str)],
    /// How the query is asked.
    pub search: Search,
    /// The column that is kept: `id`, or a code or name by which the command takes it.
    pub key: &'static str,
    /// The column that is read.
    pub label: &'static str,
    /// The column that tells records of one name apart.
    pub detail: Option<&'static str>,
    /// Where the object has the label of what it refers to, if it has.
    pub shown: Option<&'static str>,
    /// The kind of the place where its card stands.
    pub card: Option<&'static str>,
    /// Whether a new record can be asked for.
    pub create: bool,
}

/// How a query is asked for what fits a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// With the arguments `text` and `limit`.
    ByText,
    /// For all its rows, which are few; they are looked through here.
    Whole,
}

impl Reference {
    /// A short list that is known by a column and read by another.
    pub const fn whole(query: &'static str, key: &'static str, label: &'static str) -> Reference {
        Reference {
            query,
            only: &[],
            search: Search::Whole,
            key,
            label,
            detail: None,
            shown: None,
            card: None,
            create: false,
        }
    }

    /// A long list that is searched by text, kept by id and read by a column.
    pub const fn by_text(query: &'static str, label: &'static str) -> Reference {
        Reference { search: Search::ByText, ..Reference::whole(query, "id", label) }
    }

    /// The same with a column that tells records of one name apart.
    pub const fn detail(self, column: &'static str) -> Reference {
        Reference { detail: Some(column), ..self }
    }

    /// The same with further arguments of the query.
    pub const fn only(self, only: &'static [(&'static str, &'static str)]) -> Reference {
        Reference { only, ..self }
    }

    /// The same with the key under which the object has the label.
    pub const fn shown(self, key: &'static str) -> Reference {
        Reference { shown: Some(key), ..self }
    }

    /// The same with the kind of the place where its card stands.
    pub const fn card(self, kind: &'static str) -> Reference {
        Reference { card: Some(kind), ..self }
    }

    /// The same; new records can be asked for.
    pub const fn create(self) -> Reference {
        Reference { create: true, ..self }
    }
}

impl FieldKind {
    /// Whether it takes the whole width.
    pub(crate) fn is_wide(self) -> bool {
        matches!(self, FieldKind::LongText | FieldKind::List(_))
    }

    /// How wide it is, in points.
    pub(crate) fn width(self) -> f32 {
        match self {
            FieldKind::Amount | FieldKind::Balance | FieldKind::Price(_) => 140.0,
            FieldKind::Quantity | FieldKind::Decimal | FieldKind::Percent | FieldKind::Integer => 110.0,
            FieldKind::Date | FieldKind::Color => 130.0,
            FieldKind::Icon => 180.0,
            FieldKind::Choice(_) | FieldKind::Password => 240.0,
            FieldKind::LongText => 720.0,
            FieldKind::Text | FieldKind::Reference(_) | FieldKind::List(_) => 360.0,
            FieldKind::Flag | FieldKind::Picture => f32::INFINITY,
        }
    }
}
