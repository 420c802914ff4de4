//! A report as a file beside the papers, or on the print queue that was chosen for them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::engine::query::View;
use crate::engine::worker::Lane;
use crate::modules::papers;
use crate::platform::{self, Access};
use crate::reports::sheet::Sheet;
use crate::reports::{out, paper};
use crate::ui::desk::Desk;
use crate::ui::loader::Sending;
use crate::ui::toast::{Offered, Toast};

/// What becomes of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain figures.
    Csv,
    /// A workbook.
    Xlsx,
    /// A paper as a file.
    Pdf,
    /// A paper on the queue.
    Print,
}

/// Files on their way.
pub(super) struct Files(Sending<Made>);

impl Default for Files {
    fn default() -> Files {
        Files(Sending::none())
    }
}

/// A file that was made, and the queue that took it.
struct Made {
    path: PathBuf,
    queue: Option<String>,
    lacking: Option<String>,
}

impl Files {
    /// Makes a file of a report, in the window's language.
    pub(super) fn make(&mut self, desk: &Desk, sheet: Arc<Sheet>, format: Format) {
        let lang = desk.lang;
        let folder = papers::folder(&desk.workplace);
        let queue = if format == Format::Print { papers::queue(&desk.workplace) } else { None };
        let job = move |view: &View<'_>, _: &_| {
            let (path, lacking) = write(view, &sheet, (format, lang), &folder)?;
            if let Some(queue) = &queue {
                platform::Spooler::default().hand_over(&path, queue, &name(&sheet))?;
            }
            Ok(Made { path, queue, lacking })
        };
        self.0.put(desk.handle.read(Lane::Background, &desk.call, job));
    }

    /// Tells of the file that was made; the refusal, if there was one.
    pub(super) fn poll(&mut self, desk: &mut Desk) -> Option<Error> {
        match self.0.poll()? {
            Ok(made) => {
                let title = match &made.queue {
                    Some(queue) => desk.say_with("report.printed_on", &[("queue", queue)]),
                    None => desk.say("report.saved"),
                };
                let path = made.path.display().to_string();
                desk.toast(Toast::done(title).line(path).offer(Offered::Show(made.path)));
                papers::tell_lacking(made.lacking, desk);
                None
            }
            Err(error) => Some(error),
        }
    }
}

fn write(
    view: &View<'_>,
    sheet: &Sheet,
    (format, lang): (Format, Lang),
    folder: &Path,
) -> Result<(PathBuf, Option<String>)> {
    let mut lacking = None;
    let (ending, bytes) = match format {
        Format::Csv => ("csv", out::csv(sheet)?),
        Format::Xlsx => ("xlsx", out::xlsx(view, sheet, lang)?),
        Format::Pdf | Format::Print => {
            let printed = paper::printed(view, sheet, lang)?;
            lacking = printed.lacking(lang);
            ("pdf", printed.pdf()?)
        }
    };
    platform::private_folder(folder)?;
    let path = folder.join(format!("{}.{ending}", name(sheet)));
    platform::write_atomic(&path, &bytes, Access::Private)?;
    Ok((path, lacking))
}

/// The report and the days it tells of; the day it was made where it tells how things stand.
fn name(sheet: &Sheet) -> String {
    match sheet.period {
        Some(days) if days.from() == days.to() => format!("{}-{}", sheet.name, days.from()),
        Some(days) => format!("{}-{}-{}", sheet.name, days.from(), days.to()),
        None => format!("{}-{}", sheet.name, sheet.made_on),
    }
}
