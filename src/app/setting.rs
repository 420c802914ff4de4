//! How the window looks and speaks: at the door as this workplace keeps it, behind it as each person does.

use std::collections::BTreeMap;

use egui::Context;
use serde::{Deserialize, Serialize};

use crate::base::error::Error;
use crate::base::locale::Lang;
use crate::platform::Workplace;
use crate::ui::tokens::{Density, SHIPPED, Theme, Tokens};

const NAME: &str = "window";

/// Under this name each person's look is kept in the company file.
pub(crate) const LOOK: &str = "look";

/// How the window looks and speaks.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// The language now: of who sits here or sat here last, else of the door.
    pub lang: Lang,
    /// The language before anybody signs in.
    pub door: Lang,
    /// How it looks: as who sits here wants it, at the door as who sat here last.
    pub look: Look,
    /// Who signed in here last.
    pub login: String,
    /// Whether the menu shows what stands behind the gear.
    pub gear: bool,
    /// How often each command of the palette was chosen.
    pub used: BTreeMap<String, u32>,
    /// What is kept of this workplace.
    pub workplace: Workplace,
    /// The themes that were written for this workplace.
    themes: Vec<Theme>,
    /// Why others of them are not taken; told once.
    pub refused: Vec<Error>,
}

/// The folder beside the settings in which themes stand that a person wrote.
const THEMES: &str = "themes";

/// The themes of this workplace, and why others are not taken.
fn own_themes(workplace: &Workplace) -> (Vec<Theme>, Vec<Error>) {
    let (mut themes, mut refused): (Vec<Theme>, Vec<Error>) = (Vec::new(), Vec::new());
    for (file, text) in workplace.put_beside(THEMES) {
        match Theme::own(&text) {
            Ok(theme) if themes.iter().all(|known| known.name != theme.name) => themes.push(theme),
            Ok(theme) => refused.push(Error::rejected("error.theme_name_taken").arg("theme", theme.name)),
            Err(error) => refused.push(error.arg("file", file)),
        }
    }
    (themes, refused)
}

const LEAST_ZOOM: u16 = 80;
const MOST_ZOOM: u16 = 200;

/// How the window looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Look {
    /// The name of the theme.
    pub theme: String,
    /// How tall rows are.
    pub density: Density,
    /// Whether the menu is wide, where a person said so; else it is as the window has room for it.
    pub wide_menu: Option<bool>,
    /// How much larger than usual, in hundredths.
    pub zoom: u16,
}

impl Default for Look {
    fn default() -> Look {
        Look { theme: "light".to_owned(), density: Density::Standard, wide_menu: None, zoom: 100 }
    }
}

/// A narrower window shows the menu as icons, in points.
const ROOMY: f32 = 1080.0;

fn has_room(ctx: &Context) -> bool {
    ctx.content_rect().width() >= ROOMY
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    lang: String,
    look: Look,
    login: String,
    used: BTreeMap<String, u32>,
}

impl Setting {
    /// What was kept; this language where nothing was.
    pub(crate) fn recall(workplace: Workplace, lang: Lang) -> Setting {
        let kept: Kept = workplace.kept(NAME).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let door = Lang::parse(&kept.lang).unwrap_or(lang);
        let (themes, refused) = own_themes(&workplace);
        Setting {
            lang: door,
            door,
            look: kept.look,
            login: kept.login,
            gear: false,
            used: kept.used,
            workplace,
            themes,
            refused,
        }
    }

    /// Keeps it for the next run.
    pub(crate) fn keep(&self) {
        let kept = Kept {
            lang: self.door.code().to_owned(),
            look: self.look.clone(),
            login: self.login.clone(),
            used: self.used.clone(),
        };
        if let Ok(text) = serde_json::to_string(&kept) {
            self.workplace.keep(NAME, &text);
        }
    }

    /// Gives the window this look.
    pub(crate) fn apply(&self, ctx: &Context) {
        let own = self.themes.iter().find(|theme| theme.name == self.look.theme).cloned();
        if let Some(theme) = own.or_else(|| Theme::shipped(&self.look.theme).ok()) {
            Tokens { theme, density: self.look.density }.apply(ctx);
        }
        ctx.set_zoom_factor(f32::from(self.look.zoom.clamp(LEAST_ZOOM, MOST_ZOOM)) / 100.0);
    }

    /// Makes everything so large, in hundredths, within what can be read and still has room.
    pub(crate) fn zoom_to(&mut self, ctx: &Context, zoom: u16) {
        self.look.zoom = zoom.clamp(LEAST_ZOOM, MOST_ZOOM);
        ctx.set_zoom_factor(f32::from(self.look.zoom) / 100.0);
        self.keep();
    }

    /// Whether the menu is wide in this window.
    pub(crate) fn is_menu_wide(&self, ctx: &Context) -> bool {
        self.look.wide_menu.unwrap_or_else(|| has_room(ctx))
    }

    /// Makes the menu wide or narrow. What the window would do by itself is not kept.
    pub(crate) fn turn_menu(&mut self, ctx: &Context) {
        let wide = !self.is_menu_wide(ctx);
        self.look.wide_menu = (wide != has_room(ctx)).then_some(wide);
        self.keep();
    }

    /// Gives the window the look of who signed in.
    pub(crate) fn wear(&mut self, ctx: &Context, look: Look) {
        if self.look != look {
            self.look = look;
            self.apply(ctx);
            self.keep();
        }
    }

    /// Counts that a command was chosen.
    pub(crate) fn count(&mut self, command: String) {
        let times = self.used.entry(command).or_default();
        *times = times.saturating_add(1);
        self.keep();
    }

    /// The name of the theme behind the one in use: those of the program, then those of this workplace, then the first.
    pub(crate) fn following(&self) -> &str {
        let shipped = SHIPPED.iter().map(|(name, _)| *name);
        let mut names = shipped.chain(self.themes.iter().map(|theme| theme.name.as_str()));
        names.find(|name| *name == self.look.theme);
        names.next().or(SHIPPED.first().map(|(name, _)| *name)).unwrap_or_default()
    }

    /// Changes to the next theme.
    pub(crate) fn next_theme(&mut self, ctx: &Context) {
        self.look.theme = self.following().to_owned();
        self.apply(ctx);
        self.keep();
    }
}
