//! How the window looks and speaks at this workplace; kept between runs.

use std::collections::BTreeMap;

use egui::Context;
use serde::{Deserialize, Serialize};

use crate::base::error::Error;
use crate::base::locale::Lang;
use crate::platform::Workplace;
use crate::ui::tokens::{Density, SHIPPED, Theme, Tokens};

const NAME: &str = "window";

/// How the window looks and speaks.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// The language now: of who sits here, else of the door.
    pub lang: Lang,
    /// The language before somebody signs in.
    pub door: Lang,
    /// The name of the theme.
    pub theme: String,
    /// How tall rows are.
    pub density: Density,
    /// Who signed in here last.
    pub login: String,
    /// Whether the menu is wide, where a person said so; else it is as the window has room for it.
    pub menu: Option<bool>,
    /// Whether the menu shows what stands behind the gear.
    pub gear: bool,
    /// How much larger than usual, in hundredths.
    pub zoom: u16,
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

/// A narrower window shows the menu as icons, in points.
const ROOMY: f32 = 1080.0;

fn has_room(ctx: &Context) -> bool {
    ctx.content_rect().width() >= ROOMY
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    lang: String,
    theme: String,
    density: String,
    login: String,
    wide_menu: Option<bool>,
    zoom: u16,
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
            theme: if kept.theme.is_empty() { "light".to_owned() } else { kept.theme },
            density: match kept.density.as_str() {
                "compact" => Density::Compact,
                "comfortable" => Density::Comfortable,
                _ => Density::Standard,
            },
            login: kept.login,
            menu: kept.wide_menu,
            gear: false,
            zoom: if kept.zoom == 0 { 100 } else { kept.zoom.clamp(LEAST_ZOOM, MOST_ZOOM) },
            used: kept.used,
            workplace,
            themes,
            refused,
        }
    }

    /// Keeps it for the next run.
    pub(crate) fn keep(&self) {
        let density = match self.density {
            Density::Compact => "compact",
            Density::Standard => "standard",
            Density::Comfortable => "comfortable",
        };
        let kept = Kept {
            lang: self.door.code().to_owned(),
            theme: self.theme.clone(),
            density: density.to_owned(),
            login: self.login.clone(),
            wide_menu: self.menu,
            zoom: self.zoom,
            used: self.used.clone(),
        };
        if let Ok(text) = serde_json::to_string(&kept) {
            self.workplace.keep(NAME, &text);
        }
    }

    /// Gives the window this look.
    pub(crate) fn apply(&self, ctx: &Context) {
        let own = self.themes.iter().find(|theme| theme.name == self.theme).cloned();
        if let Some(theme) = own.or_else(|| Theme::shipped(&self.theme).ok()) {
            Tokens { theme, density: self.density }.apply(ctx);
        }
        ctx.set_zoom_factor(f32::from(self.zoom) / 100.0);
    }

    /// Makes everything so large, in hundredths, within what can be read and still has room.
    pub(crate) fn zoom_to(&mut self, ctx: &Context, zoom: u16) {
        self.zoom = zoom.clamp(LEAST_ZOOM, MOST_ZOOM);
        ctx.set_zoom_factor(f32::from(self.zoom) / 100.0);
        self.keep();
    }

    /// Whether the menu is wide in this window.
    pub(crate) fn is_menu_wide(&self, ctx: &Context) -> bool {
        self.menu.unwrap_or_else(|| has_room(ctx))
    }

    /// Makes the menu wide or narrow. What the window would do by itself is not kept.
    pub(crate) fn turn_menu(&mut self, ctx: &Context) {
        let wide = !self.is_menu_wide(ctx);
        self.menu = (wide != has_room(ctx)).then_some(wide);
        self.keep();
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
        names.find(|name| *name == self.theme);
        names.next().or(SHIPPED.first().map(|(name, _)| *name)).unwrap_or_default()
    }

    /// Changes to the next theme.
    pub(crate) fn next_theme(&mut self, ctx: &Context) {
        self.theme = self.following().to_owned();
        self.apply(ctx);
        self.keep();
    }
}
