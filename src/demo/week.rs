//! What the people of the made-up company have before them on its last day: templates, tasks, words to each other.

use crate::base::date::{Date, Zone};
use crate::base::error::Result;
use crate::base::money::Percent;
use crate::demo::OVER_SECS;
use crate::demo::desk::Desk;
use crate::demo::shop::Shop;
use crate::demo::words::{self, lines, word};
use crate::domain::message::SendMessage;
use crate::domain::order::line::LineInput;
use crate::domain::order::template::{Content, SaveTemplate};
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

/// Keeps what is often ordered together as templates.
fn keep_templates(shop: &Shop, desk: &Desk<'_>) -> Result<()> {
    for cells in lines(words::TEMPLATES) {
        let percent = cells.number(1).filter(|percent| *percent > 0);
        let line = |(key, quantity): (&str, &str)| {
            Ok(LineInput {
                item: Some(shop.thing(key)?.id),
                quantity: quantity.parse()?,
                discount_percent: percent.map(|percent| Percent::from_ppm(percent * 10_000)),
                ..LineInput::default()
            })
        };
        let lines = cells.text(0).split(' ').filter_map(|pair| pair.split_once('=')).map(line);
        let content = Content { lines: lines.collect::<Result<_>>()?, ..Content::default() };
        let name = Some(cells.name(shop.lang).to_owned());
        let template = SaveTemplate { name, content: Some(content), ..SaveTemplate::default() };
        desk.run(shop.person("gor")?, &template)?;
    }
    Ok(())
}

/// Writes them down on the morning of that day.
pub(super) fn live(shop: &Shop, desk: &Desk<'_>, (today, zone): (Date, Zone)) -> Result<()> {
    desk.at(zone.at(today, OVER_SECS));
    keep_templates(shop, desk)?;
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
