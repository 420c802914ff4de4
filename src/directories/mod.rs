//! Menu section 2, the catalogues, described as data.

use crate::ui::screen::Opener;

/// What stands in the menu.
pub static MENU: &[Opener] = &[];

/// What is opened from other screens.
pub static CARDS: &[Opener] = &[];
