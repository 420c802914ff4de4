//! `patver demo`: a made-up company with a year of orders, and who can sign in to it.

use serde_json::json;

use crate::base::date::Zone;
use crate::base::locale::Lang;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::demo::{self, PASSWORD, Wish};
use crate::engine::clock::{Clock as _, SystemClock};
use crate::engine::ticket::Watch;
use crate::platform::Workplace;

/// Makes the company in the language that was asked for, else in Armenian; prints its people with their password.
pub(crate) fn demo(run: &mut Run, typed: &usage::Demo) -> Result<(), Stop> {
    let now = SystemClock.now();
    let today = match typed.today {
        Some(today) => today,
        None => Zone::parse(demo::ZONE)?.date_of(now),
    };
    let language = run.common.lang.unwrap_or(Lang::HY);
    let wish = Wish { orders: typed.orders, seed: typed.seed, today, language, made_at: Some(now) };
    let made = demo::make(&typed.path, &wish, &Watch::default())?;
    let people = made
        .people
        .iter()
        .map(|person| json!({"login": person.login, "password": PASSWORD, "name": person.name, "role": person.role}));
    run.out.json(&json!({
        "file": typed.path.display().to_string(),
        "orders": typed.orders,
        "recovery_code": made.recovery_code.expose(),
        "users": people.collect::<Vec<_>>(),
    }))?;
    run.out.flush()?;
    Workplace::of_account().remember_file(&typed.path);
    Ok(())
}
