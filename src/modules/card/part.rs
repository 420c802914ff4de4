//! What belongs to a record beside its card: lists, files, history; one tab each.

use egui::{Id, Key, Ui};
use serde_json::{Map, json};

use crate::base::right::Right;
use crate::modules::browse::{Browse, Catalogue};
use crate::modules::files::Files;
use crate::modules::history::History;
use crate::ui::action::Keys;
use crate::ui::badge;
use crate::ui::desk::Desk;
use crate::ui::words::say;

/// One tab beside the card.
pub(crate) struct Part {
    /// Key of its title.
    pub title: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// It is there for whoever may do one of these; for everyone where it needs nothing.
    pub needs: &'static [Right],
    /// What it shows.
    pub kind: PartKind,
}

/// What a tab shows.
pub(crate) enum PartKind {
    /// Rows of a list that belong to the record: the argument that takes its id.
    List(&'static Catalogue, &'static str),
    /// The files of a record of this kind.
    Files(&'static str),
    /// What happened to it, as this query tells it.
    History {
        /// The query of one record.
        query: &'static str,
        /// The tables it shows.
        tables: &'static [&'static str],
    },
    /// Anything else.
    Drawn(fn() -> Box<dyn Drawn>),
}

/// A tab that draws itself.
pub(crate) trait Drawn {
    /// Draws what belongs to the record with this id.
    fn ui(&mut self, ui: &mut Ui, id: i64, desk: &mut Desk);
}

/// The tabs of a card; the first one is the card itself.
pub(crate) struct Parts {
    shown: usize,
    open: Vec<Open>,
}

/// A tab as it is open.
enum Open {
    Not,
    List(Box<Browse>),
    Files(Box<Files>),
    History(Box<History>),
    Drawn(Box<dyn Drawn>),
}

const KEYS: [Key; 8] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];

fn is_for(part: &Part, desk: &Desk) -> bool {
    part.needs.is_empty() || part.needs.iter().any(|right| desk.may(*right))
}

impl Parts {
    /// The tabs, the card in front.
    pub(crate) fn new(parts: &[Part]) -> Parts {
        Parts { shown: 0, open: parts.iter().map(|_| Open::Not).collect() }
    }

    /// Begins anew: another record, or the same one saved.
    pub(crate) fn forget(&mut self) {
        for open in &mut self.open {
            *open = Open::Not;
        }
    }

    /// Whether a dialog of a tab is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.open.iter().any(|open| match open {
            Open::List(browse) => browse.is_asking(),
            Open::Files(files) => files.is_asking(),
            Open::History(history) => history.is_asking(),
            Open::Not | Open::Drawn(_) => false,
        })
    }

    /// The part that is in front; none where the card itself is.
    pub(crate) fn shown(&self, parts: &'static [Part]) -> Option<&'static Part> {
        parts.get(self.shown.checked_sub(1)?)
    }

    /// Draws the tabs and hears their keys.
    pub(crate) fn tabs_ui(&mut self, ui: &mut Ui, parts: &'static [Part], desk: &Desk) {
        let mine = parts.iter().enumerate().filter(|(_, part)| is_for(part, desk));
        let tabs: Vec<(usize, &str, &str)> = std::iter::once((0, "record.card", crate::ui::icon::ID_CARD))
            .chain(mine.map(|(at, part)| (at.saturating_add(1), part.title, part.icon)))
            .collect();
        if tabs.len() < 2 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for ((place, title, icon), key) in tabs.into_iter().zip(KEYS) {
                let keys = Keys::alt(key);
                let text = format!("{icon} {}", say(ui, title));
                let tab = ui.selectable_label(self.shown == place, text).on_hover_text(keys.label());
                badge::put(ui.ctx(), tab.rect, keys);
                if tab.clicked() || ui.input_mut(|input| keys.pressed(input)) {
                    self.shown = place;
                }
            }
        });
    }

    /// Draws one of them.
    pub(crate) fn part_ui(&mut self, ui: &mut Ui, part: &'static Part, id: i64, desk: &mut Desk) {
        let Some(open) = self.shown.checked_sub(1).and_then(|at| self.open.get_mut(at)) else { return };
        if matches!(open, Open::Not) {
            *open = opened(part, id);
        }
        match open {
            Open::Not => {}
            Open::List(browse) => browse.ui(ui, desk),
            Open::Files(files) => files.ui(ui, desk),
            Open::History(history) => history.ui(ui, desk),
            Open::Drawn(drawn) => drawn.ui(ui, id, desk),
        }
    }
}

fn opened(part: &'static Part, id: i64) -> Open {
    match part.kind {
        PartKind::List(catalogue, argument) => {
            let fixed = Map::from_iter([(argument.to_owned(), json!(id.to_string()))]);
            Open::List(Box::new(Browse::within(catalogue, Id::unique(("part", part.title, id)), fixed)))
        }
        PartKind::Files(owner) => Open::Files(Box::new(Files::new(owner, id).focused())),
        PartKind::History { query, tables } => Open::History(Box::new(History::new(query, tables, id))),
        PartKind::Drawn(make) => Open::Drawn(make()),
    }
}
