//! The menu: three sections, and the gear below; which screen stands behind each place.

use crate::modules;
use crate::ui::desk::Desk;
use crate::ui::screen::{Opener, Place, Screen};

/// One section of the menu.
pub(crate) struct Section {
    /// Key of its title.
    pub title: &'static str,
    /// What stands in it.
    pub entries: Vec<Opener>,
}

/// The sections as who sits here sees them; those without an entry are left out.
pub(crate) fn sections(desk: &Desk) -> Vec<Section> {
    let mine = |entries: &mut dyn Iterator<Item = Opener>| entries.filter(|entry| entry.is_for(desk)).collect();
    let all = [
        Section { title: "window.modules", entries: mine(&mut modules::MENU.iter().copied()) },
        Section { title: "window.directories", entries: mine(&mut modules::DIRECTORIES.iter().copied()) },
        Section { title: "window.reports", entries: mine(&mut modules::report::MENU.iter().copied()) },
    ];
    all.into_iter().filter(|section| !section.entries.is_empty()).collect()
}

/// What stands behind the gear.
pub(crate) fn gear(desk: &Desk) -> Vec<Opener> {
    modules::SETTINGS.iter().filter(|entry| entry.is_for(desk)).copied().collect()
}

/// Every screen there is, in the order of the menu, then what is opened from other screens.
pub(crate) fn every() -> impl Iterator<Item = &'static Opener> {
    let menu = [modules::MENU, modules::DIRECTORIES, modules::report::MENU, modules::SETTINGS];
    menu.into_iter().chain([modules::CARDS, modules::report::CARDS]).flatten()
}

/// The screen of a place; none where the place is unknown or not for who sits here.
pub(crate) fn open(place: &Place, desk: &Desk) -> Option<Box<dyn Screen>> {
    let opener = every().find(|opener| opener.kind == place.kind)?;
    opener.is_for(desk).then(|| (opener.open)(&place.key, desk))
}
