//! The time zone of this computer.

use crate::base::date::Zone;

/// The zone that the clock on this computer's wall shows; UTC where the system does not say.
pub fn local_zone() -> Zone {
    iana_time_zone::get_timezone().ok().and_then(|name| Zone::parse(&name).ok()).unwrap_or_default()
}
