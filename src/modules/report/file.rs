//! A report as a file where the person says, or on the print queue that was chosen for them.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::engine::guard;
use crate::engine::query::View;
use crate::engine::worker::Lane;
use crate::modules::papers::{self, Made};
use crate::platform::{self, Access, Chooser, Question};
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

impl Format {
    /// How names of its files end.
    fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Pdf | Format::Print => "pdf",
        }
    }
}

/// Files on their way, and the question where one is to go.
#[derive(Default)]
pub(super) struct Files {
    chooser: Chooser,
    wanted: Option<(Arc<Sheet>, Format)>,
    asked: bool,
    making: Sending<Made>,
}

impl Files {
    /// Makes a file of a report, in the window's language: for the print queue at once, else where the person says.
    pub(super) fn make(&mut self, desk: &Desk, sheet: Arc<Sheet>, format: Format) {
        if format == Format::Print {
            let path = papers::folder(&desk.workplace).join(format!("{}.pdf", name(&sheet, desk.lang)));
            self.begin(desk, (sheet, format), path);
        } else {
            (self.wanted, self.asked) = (Some((sheet, format)), false);
        }
    }

    /// Asks where the file goes, and takes the answer; the refusal of a file, if there was one.
    pub(super) fn follow(&mut self, ui: &Ui, desk: &mut Desk) -> Option<Error> {
        if let Some((sheet, format)) = self.wanted.as_ref().filter(|_| !self.asked) {
            let ending = format.ending();
            let file = format!("{}.{ending}", name(sheet, desk.lang));
            let question = Question::save(papers::folder(&desk.workplace).join(file));
            desk.choose(ui.ctx(), &mut self.chooser, question.kind(ending.to_uppercase(), vec![ending]));
            self.asked = true;
        }
        if let Some(path) = self.chooser.poll()
            && let Some((sheet, format)) = self.wanted.take()
        {
            self.begin(desk, (sheet, format), papers::with_ending(path, format.ending()));
        }
        self.told(desk)
    }

    fn begin(&mut self, desk: &Desk, (sheet, format): (Arc<Sheet>, Format), path: PathBuf) {
        let (lang, folder) = (desk.lang, papers::folder(&desk.workplace));
        let queue = if format == Format::Print { papers::queue(&desk.workplace) } else { None };
        let job = move |view: &View<'_>, _: &_| {
            let (bytes, lacking) = bytes(view, &sheet, (format, lang))?;
            if path.parent() == Some(&folder) {
                platform::private_folder(&folder)?;
            }
            guard::write_over(&path, &bytes, Access::Private)?;
            if let Some(queue) = &queue {
                platform::Spooler::default().hand_over(&path, queue, &name(&sheet, lang))?;
            }
            Ok(Made { path, queue, lacking })
        };
        self.making.put(desk.handle.read(Lane::Background, &desk.call, job));
    }

    /// Tells of the file that was made; the refusal, if there was one.
    fn told(&mut self, desk: &mut Desk) -> Option<Error> {
        match self.making.poll()? {
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

/// The file's bytes, and which characters stand in it as boxes.
fn bytes(view: &View<'_>, sheet: &Sheet, (format, lang): (Format, Lang)) -> Result<(Vec<u8>, Option<String>)> {
    match format {
        Format::Csv => Ok((out::csv(sheet)?, None)),
        Format::Xlsx => Ok((out::xlsx(view, sheet, lang)?, None)),
        Format::Pdf | Format::Print => {
            let printed = paper::printed(view, sheet, lang)?;
            Ok((printed.pdf()?, printed.lacking(lang)))
        }
    }
}

/// The report as people call it and the days it tells of; the day it was made where it tells how things stand.
fn name(sheet: &Sheet, lang: Lang) -> String {
    let title = sheet.title(lang);
    match sheet.period {
        Some(days) if days.from() == days.to() => format!("{title} {}", days.from()),
        Some(days) => format!("{title} {} \u{2013} {}", days.from(), days.to()),
        None => format!("{title} {}", sheet.made_on),
    }
}
