//! Behind the gear: company, users, roles, numbering, printing, scanner, import, backups. Each screen says which right
//! it needs.

mod backup;
mod company;
mod import;
mod journal;
mod numbers;
mod printing;
mod role;
mod roles;
mod scanner;
mod training;
mod users;

use egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use crate::base::right::Right;
use crate::modules::card::Card;
use crate::settings;
use crate::ui::action::Offer;
use crate::ui::desk::Desk;
use crate::ui::focus::scrolled;
use crate::ui::screen::{Opener, Place, Screen};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::{fonts, icon, words};

/// What stands behind the gear.
pub(super) static MENU: &[Opener] = &[
    Opener {
        kind: "company",
        title: "company.title",
        icon: icon::BUILDING_2,
        needs: &[],
        open: |_, desk| Box::new(Guarded::new(Card::open(&company::COMPANY, "", desk), Right::SettingsEdit)),
    },
    Opener {
        kind: "users",
        title: "users.title",
        icon: icon::USERS,
        needs: &[Right::UserManage],
        open: |_, _| Box::new(Guarded::new(users::Users::new(&settings::users::USERS), Right::UserManage)),
    },
    Opener {
        kind: "roles",
        title: "roles.title",
        icon: icon::SHIELD_CHECK,
        needs: &[Right::UserManage],
        open: |_, _| Box::new(Guarded::new(roles::Roles::new(), Right::RoleManage)),
    },
    Opener {
        kind: "numbering",
        title: "numbering.title",
        icon: icon::LIST,
        needs: &[Right::DirectoryView],
        open: |_, _| Box::new(numbers::Numbers::default()),
    },
    Opener {
        kind: "printing",
        title: "printing_setup.title",
        icon: icon::PRINTER,
        needs: &[],
        open: |_, desk| Box::new(printing::Printing::new(desk)),
    },
    Opener {
        kind: "scanner",
        title: "scanner.title",
        icon: icon::SCAN_BARCODE,
        needs: &[],
        open: |_, desk| Box::new(scanner::ScannerSetup::new(desk)),
    },
    Opener {
        kind: "journal",
        title: "journal.title",
        icon: icon::HISTORY,
        needs: &[Right::JournalView],
        open: |_, _| Box::new(journal::Journal::new()),
    },
    Opener {
        kind: "import",
        title: "import.title",
        icon: icon::DOWNLOAD,
        needs: &[Right::Import],
        open: |_, desk| Box::new(import::ImportScreen::new(desk)),
    },
    Opener {
        kind: "backups",
        title: "backups.title",
        icon: icon::HARD_DRIVE,
        needs: &[Right::BackupMake, Right::BackupRestore],
        open: |_, desk| Box::new(backup::Backups::new(desk)),
    },
    Opener {
        kind: "training",
        title: "training.title",
        icon: icon::COPY,
        needs: &[],
        open: |_, _| Box::new(training::Training::default()),
    },
];

/// A screen with the right above it that changing anything there needs.
struct Guarded<S> {
    inner: S,
    right: Right,
}

impl<S: Screen> Guarded<S> {
    fn new(inner: S, right: Right) -> Guarded<S> {
        Guarded { inner, right }
    }
}

impl<S: Screen> Screen for Guarded<S> {
    fn place(&self) -> Place {
        self.inner.place()
    }

    fn title(&self, desk: &Desk) -> String {
        self.inner.title(desk)
    }

    fn icon(&self) -> &'static str {
        self.inner.icon()
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.inner.actions(desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        self.inner.act(action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        if !desk.may(self.right) {
            let margin = Margin { left: 12, right: 12, top: 2, bottom: 0 };
            Frame::new().fill(Tokens::of(ui).colors().panel).inner_margin(margin).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                lacking_ui(ui, self.right);
            });
        }
        self.inner.ui(ui, desk);
    }

    fn modal(&self) -> bool {
        self.inner.modal()
    }

    fn unsaved(&self) -> bool {
        self.inner.unsaved()
    }
}

/// Those of the rights that who sits here has not.
fn lacking<const N: usize>(desk: &Desk, rights: [Right; N]) -> Vec<Right> {
    rights.into_iter().filter(|right| !desk.may(*right)).collect()
}

/// Names a right that something here needs and who sits here has not, and says what to do.
fn lacking_ui(ui: &mut Ui, right: Right) {
    let (color, lang) = (Tokens::of(ui).colors().danger, words::lang(ui));
    let error = right.lacking("error.no_right");
    let next = error.next_step(lang).unwrap_or_default();
    let text = format!("{}  {}. {next}", icon::LOCK, error.message(lang));
    ui.add(egui::Label::new(RichText::new(text).font(fonts::regular(size::HINT)).color(color)).wrap());
}

/// A screen of its own kind: title, the rights that are lacking for it, and what stands below and may be longer than the window.
fn page<R>(ui: &mut Ui, title: (&str, &str), lacking: &[Right], body: impl FnOnce(&mut Ui) -> R) -> R {
    whole_page(ui, title, lacking, |ui| scrolled(ui, ScrollArea::vertical().auto_shrink(false), body))
}

/// The same where what stands below fills the window.
fn whole_page<R>(ui: &mut Ui, (letter, title): (&str, &str), lacking: &[Right], body: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    let frame = Frame::new().fill(tokens.colors().panel).inner_margin(Margin::symmetric(16, 12));
    let shown = frame.show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        // In a low window the tab says the title.
        if ui.available_height() >= TITLED {
            let words = RichText::new(format!("{letter}  {title}")).font(fonts::bold(size::SECTION));
            ui.label(words.color(tokens.colors().text));
            for right in lacking {
                lacking_ui(ui, *right);
            }
            ui.separator();
            ui.add_space(space::S);
        }
        if ui.available_height() >= LEAST {
            return body(ui);
        }
        // In a low window what would be too low to use is scrolled.
        scrolled(ui, ScrollArea::vertical(), |ui| {
            let size = vec2(ui.available_width(), LEAST);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), body).inner
        })
    });
    shown.inner
}

/// A lower page has no title, and a lower body is scrolled, in points.
const TITLED: f32 = 280.0;
const LEAST: f32 = 170.0;

/// A small heading inside a page.
fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(fonts::bold(size::SECTION)).color(Tokens::of(ui).colors().text));
    ui.add_space(space::XS);
}

/// The title of a column.
fn strong(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui);
    ui.label(RichText::new(text).font(fonts::bold(tokens.body())).color(tokens.colors().text2));
}

/// What is to be known, in the colour of hints.
fn remark(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text).color(Tokens::of(ui).colors().text3)).wrap());
}
