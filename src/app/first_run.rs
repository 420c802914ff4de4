//! The first run: the language, then a demo, a new company, a backup to restore, or a file that is there already.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Key, Response, RichText, Ui};

use crate::app::Next;
use crate::app::card::{card, door_language_ui, entered, line, pair};
use crate::app::choose::{self, Chooser};
use crate::app::founding::{Made, demo_company, new_company, note_ui, under_way_ui};
use crate::app::rescue::{self, Chosen, Rescue};
use crate::app::setting::Setting;
use crate::base::currency::Currency;
use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::domain::company::CreateCompany;
use crate::domain::secret::Secret;
use crate::engine::backup::{self, Over};
use crate::engine::clock::Clock;
use crate::engine::ticket::Watch;
use crate::platform::{self, Aside, Workplace};
use crate::ui::action::Keys;
use crate::ui::dialog::error_line_ui;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, focus, fonts, home, icon};

/// What the person has chosen to begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Way {
    #[default]
    Choice,
    Demo,
    New,
    Restore,
    Open,
    Rescue,
}

/// The first screen.
pub(crate) struct FirstRun {
    way: Way,
    typed: Typed,
    chooser: Chooser,
    working: Aside<Result<Made>>,
    /// How far the work is, and what calls it off where that is possible.
    watch: Option<Watch>,
    made: Option<Made>,
    error: Option<Error>,
    rescue: Rescue,
}

/// What is typed; kept while the person goes back and forth.
#[derive(Default)]
struct Typed {
    company: String,
    country: String,
    currency: String,
    owner: String,
    owner_name: String,
    password: String,
    again: String,
    file: String,
    backup: String,
}

impl FirstRun {
    /// The first screen at this workplace.
    pub(crate) fn new(workplace: &Workplace) -> FirstRun {
        let typed = Typed { country: "AM".to_owned(), currency: "AMD".to_owned(), ..Typed::default() };
        FirstRun {
            way: Way::Choice,
            typed,
            chooser: Chooser::new(workplace),
            working: Aside::default(),
            watch: None,
            made: None,
            error: None,
            rescue: Rescue::default(),
        }
    }

    /// After a file was found damaged: what can be put into its place.
    pub(crate) fn rescuing(mut self, (file, workplace): (&Path, &Workplace), error: Error) -> FirstRun {
        (self.way, self.error) = (Way::Rescue, Some(error));
        self.typed.file = file.display().to_string();
        self.rescue = Rescue::of(file, workplace);
        self
    }

    /// After a file could not be opened.
    pub(crate) fn after(mut self, file: &Path, error: Error) -> FirstRun {
        (self.way, self.error) = (Way::Open, Some(error));
        self.typed.file = file.display().to_string();
        self
    }

    /// Puts a backup in the place of a company file; that file is opened when it is done.
    pub(crate) fn restoring(
        mut self,
        ctx: &Context,
        (backup, file): (PathBuf, PathBuf),
        (over, now): (Over, Instant),
    ) -> FirstRun {
        self.way = Way::Restore;
        self.typed.backup = backup.display().to_string();
        self.typed.file = file.display().to_string();
        self.begin(ctx, move || {
            backup::restore(&backup, &file, over, now)?;
            Ok(Made::plain(file))
        });
        self
    }

    /// Works on a thread of its own; the window is drawn again when it is done.
    fn begin(&mut self, ctx: &Context, work: impl FnOnce() -> Result<Made> + Send + 'static) {
        let wake = ctx.clone();
        if let Err(error) = self.working.begin("patver-setup", work, move || wake.request_repaint()) {
            self.error = Some(error);
        }
    }

    /// Draws it; the file to open when there is one.
    pub(crate) fn ui(&mut self, ui: &mut Ui, setting: &mut Setting, clock: &Arc<dyn Clock>) -> Option<Next> {
        match self.working.poll() {
            Some(Ok(made)) if made.note.is_empty() => return Some(Next::File(made.file)),
            Some(Ok(made)) => self.made = Some(made),
            Some(Err(error)) if error.is_cancelled() => {}
            Some(Err(error)) => self.error = Some(error),
            None => {}
        }
        if let Some(path) = self.chooser.poll() {
            match self.way {
                Way::Restore if self.typed.backup.is_empty() => self.typed.backup = path,
                _ => self.typed.file = path,
            }
        }
        let mut next = None;
        card(ui, |ui| {
            ui.vertical_centered(|ui| {
                let accent = Tokens::of(ui).colors().accent;
                ui.label(RichText::new("Patver").font(fonts::bold(size::AMOUNT)).color(accent));
            });
            ui.horizontal(|ui| {
                ui.label(icon::LANGUAGES);
                door_language_ui(ui, setting);
            });
            ui.add_space(space::M);
            next = self.inside(ui, setting, clock);
        });
        self.chooser.ui(ui);
        next
    }

    fn inside(&mut self, ui: &mut Ui, setting: &mut Setting, clock: &Arc<dyn Clock>) -> Option<Next> {
        let lang = setting.lang;
        if let Some(made) = &self.made {
            return note_ui(ui, made).then(|| made.opened(setting));
        }
        match self.way {
            Way::Choice => self.choice_ui(ui, setting),
            Way::Demo => self.file_ui(ui, "window.demo_hint"),
            Way::New => self.new_ui(ui),
            Way::Restore => self.restore_ui(ui),
            Way::Open => self.file_ui(ui, "window.open_hint"),
            Way::Rescue => self.rescue_ui(ui, clock),
        }
        if let Some(error) = &self.error {
            ui.add_space(space::S);
            error_line_ui(ui, error);
        }
        if matches!(self.way, Way::Choice | Way::Rescue) {
            return None;
        }
        self.foot_ui(ui, lang, clock)
    }

    /// The buttons that go on and back; Esc goes back as well.
    fn foot_ui(&mut self, ui: &mut Ui, lang: Lang, clock: &Arc<dyn Clock>) -> Option<Next> {
        let missing = self.missing_ui(ui);
        ui.add_space(space::M);
        let mut next = None;
        let back = !home::is_covered(ui.ctx()) && ui.input_mut(|input| Keys::plain(Key::Escape).pressed(input));
        if let Some(watch) = self.watch.as_ref().filter(|_| self.working.is_under_way()) {
            under_way_ui(ui, watch, back);
            return None;
        }
        self.watch = None;
        ui.horizontal(|ui| {
            let busy = self.working.is_under_way();
            let text = say(ui, if busy { "window.working" } else { "window.go_on" });
            let goes_on = button::primary(ui, &text, !busy && missing.is_none());
            focus::rest_on(&goes_on);
            let goes_on = missing.map_or(goes_on.clone(), |missing| goes_on.on_disabled_hover_text(missing));
            if goes_on.clicked() {
                next = self.go_on(ui.ctx(), lang, clock);
            }
            if button::plain(ui, &say(ui, "window.back"), !busy).clicked() || (back && !busy) {
                self.way = Way::Choice;
                self.error = None;
            }
            if busy {
                ui.spinner();
            }
        });
        next
    }

    fn rescue_ui(&mut self, ui: &mut Ui, clock: &Arc<dyn Clock>) {
        let busy = self.working.is_under_way();
        let Some(chosen) = self.rescue.ui(ui, !busy) else { return };
        self.error = None;
        self.way = match chosen {
            Chosen::Restore(backup) => {
                let (file, clock) = (PathBuf::from(self.typed.file.trim()), clock.clone());
                self.begin(ui.ctx(), move || {
                    rescue::restore(&backup, &file, &clock)?;
                    Ok(Made::plain(file))
                });
                Way::Rescue
            }
            Chosen::Another => Way::Restore,
            Chosen::Open => Way::Open,
            Chosen::Begin => Way::Choice,
        };
    }

    fn choice_ui(&mut self, ui: &mut Ui, setting: &Setting) {
        ui.label(RichText::new(say(ui, "window.welcome")).font(fonts::bold(size::SECTION)));
        ui.add_space(space::S);
        for (way, letter, text, hint) in [
            (Way::Demo, icon::PLAY, "window.demo_company", "window.demo_company_hint"),
            (Way::New, icon::PLUS, "window.new_company", "window.new_company_hint"),
            (Way::Restore, icon::ARCHIVE_RESTORE, "window.restore", "window.restore_hint"),
            (Way::Open, icon::FOLDER_OPEN, "window.open_file", "window.open_file_hint"),
        ] {
            let begins = button::wide(ui, &format!("{letter}  {}", say(ui, text)), true);
            focus::rest_on(&begins);
            if begins.clicked() {
                self.way = way;
                self.error = None;
                let name = match way {
                    Way::Demo => say(ui, "window.demo_file"),
                    Way::New | Way::Restore => say(ui, "window.company_file"),
                    Way::Choice | Way::Open | Way::Rescue => String::new(),
                };
                self.typed.file = choose::default_file(&setting.workplace, &name);
            }
            ui.label(RichText::new(say(ui, hint)).color(Tokens::of(ui).colors().text3));
            ui.add_space(space::S);
        }
    }

    fn file_ui(&mut self, ui: &mut Ui, hint: &str) {
        ui.label(say(ui, hint));
        ui.add_space(space::S);
        let saving = self.way != Way::Open;
        let file = self.path_ui(ui, saving);
        self.begin_at(Some(&file));
    }

    fn path_ui(&mut self, ui: &mut Ui, saving: bool) -> Response {
        let file = line(ui, ("first-file", "window.file"), &mut self.typed.file, false);
        if button::plain(ui, &format!("{} {}", icon::FOLDER, say(ui, "window.choose")), true).clicked() {
            let typed = self.typed.file.clone();
            self.choose(ui.ctx(), &typed, saving);
        }
        file
    }

    fn choose(&mut self, ctx: &Context, typed: &str, saving: bool) {
        if let Err(error) = self.chooser.ask(ctx, typed, saving) {
            self.error = Some(error);
        }
    }

    /// Enter leads from line to line.
    fn new_ui(&mut self, ui: &mut Ui) {
        let typed = &mut self.typed;
        let company = line(ui, ("first-company", "window.company_name"), &mut typed.company, false);
        let country = (("first-country", "window.country"), &mut typed.country);
        let books = pair(ui, [country, (("first-currency", "window.currency"), &mut typed.currency)], false);
        let owner = (("first-owner", "window.owner_login"), &mut typed.owner);
        let owner = pair(ui, [owner, (("first-owner-name", "window.owner_name"), &mut typed.owner_name)], false);
        let password = (("first-password", "window.password"), &mut typed.password);
        let secrets = pair(ui, [password, (("first-again", "window.password_again"), &mut typed.again)], true);
        let file = self.path_ui(ui, true);
        let lines: Vec<Response> =
            [company].into_iter().chain(books).chain(owner).chain(secrets).chain([file]).collect();
        for (left, next) in lines.iter().zip(lines.iter().skip(1)) {
            if entered(ui, left) {
                next.request_focus();
            }
        }
        self.begin_at(lines.first());
    }

    /// Gives the keyboard to the first line of a page that is not filled in yet.
    fn begin_at(&self, first: Option<&Response>) {
        if let Some(first) = first.filter(|_| self.missing().next().is_some()) {
            focus::rest_on(first);
        }
    }

    fn restore_ui(&mut self, ui: &mut Ui) {
        ui.label(say(ui, "window.restore_what"));
        let backup = line(ui, ("first-backup", "window.backup"), &mut self.typed.backup, false);
        if button::plain(ui, &format!("{} {}", icon::FOLDER, say(ui, "window.choose_backup")), true).clicked() {
            self.typed.backup.clear();
            self.choose(ui.ctx(), "", false);
        }
        ui.add_space(space::S);
        self.path_ui(ui, true);
        self.begin_at(Some(&backup));
    }

    /// Says which lines still have to be filled in, where some have.
    fn missing_ui(&self, ui: &mut Ui) -> Option<String> {
        let names: Vec<String> = self.missing().map(|name| say(ui, name)).collect();
        let missing = (!names.is_empty()).then(|| say_with(ui, "window.to_fill", &[("names", &names.join(", "))]))?;
        ui.add_space(space::S);
        ui.label(RichText::new(&missing).color(Tokens::of(ui).colors().text2));
        Some(missing)
    }

    /// The names of lines without which it does not go on.
    fn missing(&self) -> impl Iterator<Item = &'static str> {
        let typed = &self.typed;
        let file = ("window.file", &typed.file);
        let needed = match self.way {
            Way::Choice | Way::Rescue => Vec::new(),
            Way::Demo | Way::Open => vec![file],
            Way::Restore => vec![("window.backup", &typed.backup), file],
            Way::New => vec![
                ("window.company_name", &typed.company),
                ("window.owner_login", &typed.owner),
                ("window.password", &typed.password),
                ("window.password_again", &typed.again),
                file,
            ],
        };
        needed.into_iter().filter(|(_, text)| text.trim().is_empty()).map(|(name, _)| name)
    }

    fn go_on(&mut self, ctx: &Context, lang: Lang, clock: &Arc<dyn Clock>) -> Option<Next> {
        self.error = None;
        let file = PathBuf::from(self.typed.file.trim());
        let clock = clock.clone();
        match self.way {
            Way::Choice | Way::Rescue => {}
            Way::Open => return Some(Next::File(file)),
            Way::Demo => {
                let watch = self.watch.insert(Watch::default()).clone();
                self.begin(ctx, move || demo_company(file, lang, clock.as_ref(), &watch));
            }
            Way::New if self.typed.password != self.typed.again => {
                self.error = Some(Error::rejected("error.passwords_differ"));
            }
            Way::New => match self.typed.command(lang) {
                Ok(command) => {
                    let password = Secret::new(self.typed.password.clone());
                    self.begin(ctx, move || new_company(file, &command, password, clock));
                }
                Err(error) => self.error = Some(error),
            },
            Way::Restore => {
                let backup = PathBuf::from(self.typed.backup.trim());
                let over = Over { zone: platform::local_zone(), ..Over::default() };
                let damaged = self.rescue.is_of(&file);
                self.begin(ctx, move || {
                    match damaged {
                        true => rescue::restore(&backup, &file, &clock)?,
                        false => drop(backup::restore(&backup, &file, over, clock.now())?),
                    }
                    Ok(Made::plain(file))
                });
            }
        }
        None
    }
}

impl Typed {
    fn command(&self, lang: Lang) -> Result<CreateCompany> {
        let owner = self.owner.trim().to_owned();
        let name = self.owner_name.trim();
        Ok(CreateCompany {
            name: self.company.trim().to_owned(),
            country: self.country.trim().to_uppercase(),
            currency: Currency::parse(&self.currency.trim().to_uppercase())?,
            language: lang,
            owner_name: (!name.is_empty()).then(|| name.to_owned()),
            owner,
            time_zone: None,
            demo: false,
        })
    }
}
