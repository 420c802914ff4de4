//! Where columns stand: what is left of the room, who gives way where it lacks, and which columns go then.

use super::rows::Column;
use super::state::GridState;
use super::view::COLUMN_LEAST;

/// So wide, in points, texts that may be cut still read well: most names stand whole.
pub(super) const READS_WELL: f32 = 160.0;

/// Texts that may be cut get so much room for themselves, in points; names before anything that is missed less.
const NAMES_MOST: f32 = 240.0;

/// The column that grows gets so much, in points, where others hold less than they have room for.
const GROWN_MOST: f32 = 560.0;

// A column where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub index: usize,
    pub id: &'static str,
    pub left: f32,
    pub width: f32,
}

// What the room holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Laid {
    // The columns in sight, from the left edge on.
    pub placed: Vec<Placed>,
    // The places of those that the room has none for, in the order of the screen.
    pub aside: Vec<usize>,
    // Whether headings take two lines.
    pub tall: bool,
}

// How wide a column would be, and how narrow it may get: with its heading in one line, and in two.
struct Wish {
    index: usize,
    id: &'static str,
    width: f32,
    least: (f32, f32),
    // What is more than this is room that nothing stands in.
    holds: f32,
    // Texts that may be cut are not cut further than this while another column could go or give way.
    reads: f32,
    free: bool,
    grows: bool,
    yields: u8,
}

impl Wish {
    // Narrower than this it does not get while another column could go: names are read before what is said beside them.
    fn floor(&self) -> f32 {
        match (self.free, self.grows) {
            (true, true) => self.reads,
            (true, false) => self.least.0,
            (false, _) => self.width.min(self.least.1),
        }
    }
}

// Takes what lacks from the columns, each by its share of what all can spare down to this; what lacks then.
fn give_way(wishes: &mut [Wish], lack: f32, floor: impl Fn(&Wish) -> f32) -> f32 {
    let spare = |wish: &Wish| (wish.width - floor(wish)).max(0.0);
    let all: f32 = wishes.iter().map(spare).sum();
    let taken = lack.clamp(0.0, all);
    if taken > 0.0 {
        for wish in wishes {
            wish.width -= spare(wish) * taken / all;
        }
    }
    lack - taken
}

// Takes away what the room has no place for: those first that are missed least, and with each its equals; their places.
fn set_aside(wishes: &mut Vec<Wish>, room: f32) -> Vec<usize> {
    let mut aside = Vec::new();
    while wishes.iter().map(Wish::floor).sum::<f32>() > room {
        let most = wishes.iter().map(|wish| wish.yields).max().unwrap_or_default();
        if most == 0 {
            break;
        }
        aside.extend(wishes.extract_if(.., |wish| wish.yields == most).map(|wish| wish.index));
    }
    aside
}

impl Placed {
    pub fn right(&self) -> f32 {
        self.left + self.width
    }
}

impl GridState {
    // Where the columns stand. What is left of the room goes to those that grow. Where room lacks, first columns go that
    // are missed least, then room that nothing stands in, then texts that may be cut give way as far as they read well, then headings take
    // two lines, then texts give way further.
    pub(super) fn laid(&self, columns: &[Column], room: f32) -> Laid {
        let order = self.order(columns);
        let shown = order.iter().filter_map(|index| Some((*index, columns.get(*index)?)));
        let shown = shown.filter(|(_, column)| self.is_shown(column));
        let mut wishes: Vec<Wish> = shown.map(|shown| self.wish(shown)).collect();
        let mut aside = set_aside(&mut wishes, room);
        aside.sort_by_key(|index| order.iter().position(|at| at == index));
        let taken: f32 = wishes.iter().map(|wish| wish.width).sum();
        let tall = narrow(&mut wishes, taken - room);
        let growing = wishes.iter().filter(|wish| wish.grows).count().max(1);
        let share = ((room - taken) / growing as f32).max(0.0);
        let mut left = 0.0;
        let placed = wishes.iter().map(|wish| {
            // What a division took too much of is less than this.
            let width = (wish.width + if wish.grows { share } else { 0.0 } + 0.01).floor();
            left += width;
            Placed { index: wish.index, id: wish.id, left: left - width, width }
        });
        Laid { placed: placed.collect(), aside, tall }
    }

    fn wish(&self, (index, column): (usize, &Column)) -> Wish {
        let own = self.width_of(column.id).map(|width| width.max(COLUMN_LEAST));
        let (one, two) = self.doing.needs.least(column);
        let (free, grows) = (column.free, column.grow && own.is_none());
        let cells = self.doing.needs.cells(column).filter(|_| free && own.is_none());
        let names = cells.unwrap_or_default().min(NAMES_MOST);
        let most = cells.unwrap_or_default().min(if grows { GROWN_MOST } else { NAMES_MOST });
        let width = own.unwrap_or(column.width.max(one).max(most));
        let least = if own.is_some() { (width, width) } else { (one, two) };
        let holds = cells.map_or(width, |cells| width.min(one.max(cells)));
        let reads = one.max(width.min(if grows { READS_WELL.max(names) } else { READS_WELL }));
        let yields = if self.is_kept(column.id) { 0 } else { column.yields };
        Wish { index, id: column.id, width, least, holds, reads, free, grows, yields }
    }
}

// Lets columns give way for what lacks; whether headings take two lines for it.
fn narrow(wishes: &mut [Wish], lack: f32) -> bool {
    let lack = give_way(wishes, lack, |wish| if wish.free { wish.holds } else { wish.least.0 });
    let lack = give_way(wishes, lack, |wish| wish.reads);
    let folded = give_way(wishes, lack, |wish| if wish.free { wish.width } else { wish.least.1 });
    let left = give_way(wishes, folded, |wish| if wish.free { wish.least.0 } else { wish.width });
    give_way(wishes, left, |wish| wish.least.1);
    folded < lack
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use crate::ui::grid::Align;

    fn columns(yields: [u8; 3]) -> Vec<Column> {
        let column = |id, grow, yields| Column {
            id,
            title: "",
            width: 100.0,
            align: Align::Left,
            sort: Some(id),
            grow,
            free: grow,
            yields,
            picture: false,
        };
        vec![column("number", false, yields[0]), column("customer", true, yields[1]), column("total", false, yields[2])]
    }

    fn shown(state: &GridState, yields: [u8; 3], room: f32) -> (Vec<&'static str>, Vec<usize>) {
        let laid = state.laid(&columns(yields), room);
        (laid.placed.iter().map(|placed| placed.id).collect(), laid.aside)
    }

    #[test]
    fn where_room_lacks_the_columns_of_names_give_way_down_to_what_must_be_read() {
        let state = GridState::default();
        let widths = |room: f32| {
            let laid = state.laid(&columns([0; 3]), room);
            (laid.placed.iter().map(|placed| placed.width).collect::<Vec<_>>(), laid.tall)
        };
        assert_eq!(widths(280.0), (vec![100.0, 80.0, 100.0], false));
        assert_eq!(widths(100.0), (vec![100.0, COLUMN_LEAST, 100.0], false), "the rest is scrolled");
    }

    #[test]
    fn where_room_lacks_those_columns_go_first_that_are_missed_least() {
        let state = GridState::default();
        assert_eq!(shown(&state, [1, 0, 2], 300.0), (vec!["number", "customer", "total"], vec![]));
        assert_eq!(shown(&state, [1, 0, 2], 299.0), (vec!["number", "customer"], vec![2]));
        assert_eq!(shown(&state, [1, 0, 2], 150.0), (vec!["customer"], vec![0, 2]));
        assert_eq!(shown(&state, [0, 0, 0], 150.0), (vec!["number", "customer", "total"], vec![]));
    }

    #[test]
    fn a_column_that_a_person_keeps_stays_and_others_go_instead() {
        let mut state = GridState::default();
        state.keep(&columns([1, 0, 2]), "total");
        assert_eq!(shown(&state, [1, 0, 2], 299.0), (vec!["customer", "total"], vec![0]));
        state.set_hidden(&columns([1, 0, 2]), "total", true);
        assert_eq!(shown(&state, [1, 0, 2], 299.0), (vec!["number", "customer"], vec![]));
    }
}
