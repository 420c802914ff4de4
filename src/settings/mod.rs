//! Behind the gear: company, users and roles, numbering, printing, backup.

use crate::ui::screen::Opener;

/// What stands behind the gear.
pub static MENU: &[Opener] = &[];
