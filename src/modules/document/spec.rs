//! The card of a document as data: its facts, its sheets of rows, its papers, what is done with it.

use serde_json::Value as Json;

use crate::base::right::Right;
use crate::modules::browse::Catalogue;
use crate::modules::card::Part;
use crate::modules::papers::Wanted;
use crate::ui::action::Action;
use crate::ui::desk::Desk;
use crate::ui::form::Section;
use crate::ui::list::ListColumn;

/// A document as data. It is read, never edited.
pub(crate) struct DocumentSpec {
    /// The list it stands in: icon, tables, where it leads to, how it is taken back.
    pub list: &'static Catalogue,
    /// The kind of its place; the key is the id.
    pub place: &'static str,
    /// Key of its title, with the number.
    pub title: &'static str,
    /// The query of one by its id.
    pub query: &'static str,
    /// Key of the word for how it stands.
    pub state: fn(&Json) -> &'static str,
    /// What is said of it.
    pub facts: &'static [Fact],
    /// What it consists of.
    pub sheets: &'static [Sheet],
    /// What is printed of it; the first that can be printed is done most.
    pub papers: &'static [Paper],
    /// What is done with it by a dialog.
    pub deeds: &'static [Deed],
    /// What belongs to it.
    pub parts: &'static [Part],
}

/// Something that is said of a document; left out where there is nothing to say.
pub(crate) struct Fact {
    /// Key of its name.
    pub name: &'static str,
    /// Its words.
    pub text: fn(&Json, &Desk) -> String,
    /// Where it leads to.
    pub to: Option<To>,
    /// Whether it is what matters most.
    pub strong: bool,
}

impl Fact {
    /// Plain words.
    pub(crate) const fn new(name: &'static str, text: fn(&Json, &Desk) -> String) -> Fact {
        Fact { name, text, to: None, strong: false }
    }

    /// The same, leading to a place.
    pub(crate) const fn to(self, to: To) -> Fact {
        Fact { to: Some(to), ..self }
    }

    /// The same as what matters most.
    pub(crate) const fn strong(self) -> Fact {
        Fact { strong: true, ..self }
    }
}

/// Where words lead to.
#[derive(Clone, Copy)]
pub(crate) struct To {
    /// The kind of the place.
    pub kind: &'static str,
    /// Where the row or document has its key, as a JSON pointer.
    pub key: &'static str,
    /// Who may go there: whoever may do one of these.
    pub needs: &'static [Right],
}

/// Rows of a document.
pub(crate) struct Sheet {
    /// Key of its title.
    pub title: &'static str,
    /// The rows of a document; a sheet without rows is left out.
    pub rows: fn(&Json) -> Vec<Json>,
    /// Its columns; the first one leads to a place where the sheet does.
    pub columns: &'static [ListColumn],
    /// The field of the column that takes the room that is left; empty for none.
    pub grow: &'static str,
    /// Where its rows lead to.
    pub to: Option<To>,
}

/// Something that is printed of a document.
pub(crate) struct Paper {
    /// What prints it.
    pub action: &'static Action,
    /// The paper; none where there is none now.
    pub wanted: fn(&Json) -> Option<Wanted>,
}

/// Something that is done with a document by a dialog.
pub(crate) struct Deed {
    /// What opens the dialog.
    pub action: &'static Action,
    /// The fields of the dialog.
    pub sections: &'static [Section],
    /// What they hold at first; none where it cannot be done now.
    pub fresh: fn(&Json) -> Option<Json>,
    /// The command.
    pub command: &'static str,
    /// Its arguments, of the document and of what was typed.
    pub arguments: fn(&Json, &Json) -> Json,
    /// Key of the message when it is done, with the number of the document.
    pub done: &'static str,
}
