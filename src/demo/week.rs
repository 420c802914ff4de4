//! What the people of the made-up company have before them on its last day: tasks, and words to each other.

use crate::base::date::{Date, Zone};
use crate::base::error::Result;
use crate::demo::OVER_SECS;
use crate::demo::desk::Desk;
use crate::demo::shop::Shop;
use crate::demo::words::word;
use crate::domain::message::SendMessage;
use crate::domain::task::{Repeats, SaveTask};

/// Tasks: the key of their words, how many days from the last one, the time, how often, whose.
const TASKS: &[(&str, i64, &str, Repeats, &str)] = &[
    ("task-debts", -1, "10:00", Repeats::Weekly, "ani"),
    ("task-takings", 0, "19:00", Repeats::Daily, "ani"),
    ("task-timber", 0, "", Repeats::Never, "hayk"),
    ("task-measure", 1, "11:30", Repeats::Never, "lilit"),
    ("task-tax", 12, "", Repeats::Monthly, "nare"),
];

/// Messages: the key of their words, who writes, to whom.
const MESSAGES: &[(&str, &str, &str)] =
    &[("message-ready", "hayk", "lilit"), ("message-rebate", "lilit", "ani"), ("message-thanks", "ani", "hayk")];

/// Writes them down on the morning of that day.
pub(super) fn live(shop: &Shop, desk: &Desk<'_>, (today, zone): (Date, Zone)) -> Result<()> {
    desk.at(zone.at(today, OVER_SECS));
    let giver = shop.person("ani")?;
    for (key, days, time, repeats, whose) in TASKS {
        let task = SaveTask {
            name: Some(word(key, shop.lang)),
            day: Some(today.add_days(*days)?),
            time: Some((*time).to_owned()),
            repeats: Some(*repeats),
            user: Some(shop.person(whose)?),
            ..SaveTask::default()
        };
        desk.run(giver, &task)?;
    }
    for (key, from, to) in MESSAGES {
        let message = SendMessage { to: Some(shop.person(to)?), text: word(key, shop.lang), order: None };
        desk.run(shop.person(from)?, &message)?;
    }
    Ok(())
}
