//! Which time zones there are, and which one a country usually goes by.

use serde::{Deserialize, Serialize};

use crate::base::date::Zone;
use crate::base::error::Result;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};

/// The zone of a country's capital or business centre, by country.
const ZONES: &[(&str, &str)] = &[
    ("AE", "Asia/Dubai"),
    ("AM", "Asia/Yerevan"),
    ("AT", "Europe/Vienna"),
    ("AZ", "Asia/Baku"),
    ("BE", "Europe/Brussels"),
    ("BG", "Europe/Sofia"),
    ("BY", "Europe/Minsk"),
    ("CH", "Europe/Zurich"),
    ("CN", "Asia/Shanghai"),
    ("CY", "Asia/Nicosia"),
    ("CZ", "Europe/Prague"),
    ("DE", "Europe/Berlin"),
    ("EE", "Europe/Tallinn"),
    ("EG", "Africa/Cairo"),
    ("ES", "Europe/Madrid"),
    ("FR", "Europe/Paris"),
    ("GB", "Europe/London"),
    ("GE", "Asia/Tbilisi"),
    ("GR", "Europe/Athens"),
    ("HU", "Europe/Budapest"),
    ("IL", "Asia/Jerusalem"),
    ("IN", "Asia/Kolkata"),
    ("IQ", "Asia/Baghdad"),
    ("IR", "Asia/Tehran"),
    ("IT", "Europe/Rome"),
    ("JP", "Asia/Tokyo"),
    ("KG", "Asia/Bishkek"),
    ("KZ", "Asia/Almaty"),
    ("LB", "Asia/Beirut"),
    ("LT", "Europe/Vilnius"),
    ("LV", "Europe/Riga"),
    ("MD", "Europe/Chisinau"),
    ("NL", "Europe/Amsterdam"),
    ("PL", "Europe/Warsaw"),
    ("RO", "Europe/Bucharest"),
    ("RU", "Europe/Moscow"),
    ("SY", "Asia/Damascus"),
    ("TJ", "Asia/Dushanbe"),
    ("TM", "Asia/Ashgabat"),
    ("TR", "Europe/Istanbul"),
    ("UA", "Europe/Kyiv"),
    ("US", "America/New_York"),
    ("UZ", "Asia/Tashkent"),
];

/// The usual zone of a country; UTC for countries that are not listed.
pub(crate) fn usual_zone(country: &str) -> Result<Zone> {
    let known = ZONES.iter().find(|(code, _)| *code == country);
    known.map_or(Ok(Zone::UTC), |(_, name)| Zone::parse(name))
}

/// Every time zone by its name; they are the same for everyone who signs in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeZones {}

/// A time zone as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ZoneRow {
    /// Its name in the time zone database.
    pub name: &'static str,
}

impl Query for TimeZones {
    const NAME: &'static str = "time-zones";
    const NEED: Need = Need::SignedIn;
    type Row = ZoneRow;

    fn run(&self, _view: &View<'_>) -> Result<Vec<ZoneRow>> {
        Ok(Zone::names().map(|name| ZoneRow { name }).collect())
    }
}
