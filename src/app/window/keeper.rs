//! Backups that are made by themselves, whoever sits here: at the start, and every hour in which something changed.

use egui::Context;

use crate::app::window::Window;
use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::backup::{self, Kept, When};
use crate::engine::query::View;
use crate::engine::store::Call;
use crate::settings::keeping;
use crate::ui::desk::Desk;
use crate::ui::loader::Sending;
use crate::ui::toast::Toast;

/// Seconds between two looks whether one is due.
const EVERY: f64 = 300.0;

/// What a look found.
struct Looked {
    kept: Kept,
    /// The company file's own id, in short.
    company: String,
    /// When the company began.
    began: Instant,
    /// When the newest whole copy outside the machine was made, as far as it can be seen now.
    outside: Option<Instant>,
}

/// Looks after the backups of the company that is open.
#[derive(Default)]
pub(super) struct Keeper {
    looking: Sending<Looked>,
    looked_at: Option<f64>,
    /// The second folder that was told to be missing.
    missed: bool,
    /// For how many days there has been no whole copy of the company outside the machine, where that is a worry.
    pub without_outside: Option<i64>,
}

impl Window {
    /// Looks whether a backup is due, and tells what went wrong.
    pub(super) fn keep_backups(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let due = self.keeper.looked_at.is_none_or(|at| now - at >= EVERY);
        if due
            && !self.keeper.looking.is_under_way()
            && self.desk.house.unreal.is_none()
            && self.desk.handle.path().is_some()
        {
            let starting = self.keeper.looked_at.is_none();
            self.keeper.looked_at = Some(now);
            self.keeper.look(&self.desk, starting);
            ctx.request_repaint_after_secs(EVERY as f32);
        }
        match self.keeper.looking.poll() {
            Some(Ok(looked)) => self.looked(looked),
            Some(Err(error)) => self.toasts.push(Toast::refused(&error, self.desk.lang)),
            None => {}
        }
    }

    fn looked(&mut self, looked: Looked) {
        let Looked { kept, company, began, outside } = looked;
        let key = format!("backup-outside-{company}");
        let remembered = self.desk.workplace.kept(&key).and_then(|text| text.parse().ok()).map(Instant::from_millis);
        let newest = outside.max(remembered);
        if let Some(newest) = newest {
            self.desk.workplace.keep(&key, &newest.millis().to_string());
        }
        self.keeper.without_outside = backup::days_without_outside(newest, began, self.desk.now());
        match kept.outside {
            // A stick that is away is told once, and then by the line below for as long as it matters.
            Some(Err(error)) if !self.keeper.missed => {
                self.keeper.missed = true;
                self.toasts.push(Toast::refused(&error, self.desk.lang));
            }
            Some(Ok(_)) => self.keeper.missed = false,
            Some(Err(_)) | None => {}
        }
    }
}

impl Keeper {
    fn look(&mut self, desk: &Desk, starting: bool) {
        let Some(company) = desk.handle.path().map(std::path::Path::to_owned) else { return };
        let (keeping, on) = (keeping::keeping(&desk.workplace, &company), keeping::scheduled(&desk.workplace));
        let job = move |view: &View<'_>, watch: &_| -> Result<Looked> {
            let when = if on { When::Due { starting } } else { When::Never };
            let kept = backup::keep(view, &company, (&keeping, when), watch)?;
            let (id, began) = backup::identity(view)?;
            let outside = match &keeping.second {
                Some(second) => backup::newest_whole(view, second)?,
                None => None,
            };
            Ok(Looked { kept, company: id, began, outside })
        };
        // The program itself does it: most people may not make backups, and all of them need one.
        self.looking.put(desk.handle.read_apart(&Call::of_system(), job));
    }
}
