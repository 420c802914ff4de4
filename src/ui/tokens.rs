//! Colours and sizes by name, read from the theme files; everything on the screen takes them from here.

use std::sync::Arc;

use egui::style::{ScrollAnimation, ScrollStyle, WidgetVisuals};
use egui::{Color32, Context, CornerRadius, Id, Margin, Shadow, Stroke, Style, TextStyle, Ui, Vec2, Visuals, vec2};
use serde::{Deserialize, Deserializer, Serialize};

use crate::base::error::{Error, Result};
use crate::ui::{fonts, legible};

/// The themes that come with the program, as their files.
pub const SHIPPED: &[(&str, &str)] = &[
    ("light", include_str!("../../assets/themes/light.json")),
    ("dark", include_str!("../../assets/themes/dark.json")),
    ("contrast", include_str!("../../assets/themes/contrast.json")),
];

/// A theme as its file says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Whether the background is dark.
    pub dark: bool,
    /// Colours by name.
    pub colors: Colors,
    /// Pairs of colours for states.
    pub statuses: Statuses,
}

macro_rules! colors {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Colours by name. Wide: one field a colour.
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Colors {
            $($(#[$doc])* #[serde(deserialize_with = "color")] pub $name: Color32,)*
        }

        impl Colors {
            /// Every colour with its name.
            pub fn all(&self) -> Vec<(&'static str, Color32)> {
                vec![$((stringify!($name), self.$name)),*]
            }

            fn same(color: Color32) -> Colors {
                Colors { $($name: color),* }
            }
        }
    };
}

colors! {
    /// The window.
    bg,
    /// Grids and cards.
    panel,
    /// Pop-ups and dialogs.
    raised,
    /// Menu, header row, totals row.
    sunken,
    /// Odd rows without a status.
    stripe,
    /// Under the mouse.
    hover,
    /// Selected, with the focus.
    sel,
    /// Selected, without the focus.
    sel_inactive,
    /// Separators.
    border,
    /// Outlines of inputs.
    border_strong,
    /// Running text.
    text,
    /// Labels.
    text2,
    /// Hints.
    text3,
    /// What cannot be used now.
    disabled,
    /// Links and the primary button.
    accent,
    /// The primary button under the mouse.
    accent_hover,
    /// Text on the primary button.
    on_accent,
    /// The ring around what has the focus.
    focus,
    /// Errors, debts.
    danger,
    /// Warnings.
    warn,
    /// Done well.
    ok,
    /// Notes.
    info,
}

/// The eight pairs by which states are told apart.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// Not registered yet.
    pub draft: Pair,
    /// Registered.
    pub new: Pair,
    /// Being worked on.
    pub in_work: Pair,
    /// Waits for somebody.
    pub waiting: Pair,
    /// Can be handed over.
    pub ready: Pair,
    /// Finished.
    pub done: Pair,
    /// Late, or otherwise a problem.
    pub overdue: Pair,
    /// Called off.
    pub cancelled: Pair,
}

impl Statuses {
    /// Every pair with its name.
    pub fn all(&self) -> [(&'static str, &Pair); 8] {
        [
            ("draft", &self.draft),
            ("new", &self.new),
            ("in_work", &self.in_work),
            ("waiting", &self.waiting),
            ("ready", &self.ready),
            ("done", &self.done),
            ("overdue", &self.overdue),
            ("cancelled", &self.cancelled),
        ]
    }

    /// The pair of this name; the neutral one where there is none.
    pub fn named(&self, name: &str) -> &Pair {
        self.all().into_iter().find(|(word, _)| *word == name).map_or(&self.draft, |(_, pair)| pair)
    }
}

/// How one state looks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The name of its icon.
    pub icon: String,
    /// Behind the whole cell.
    #[serde(deserialize_with = "color")]
    pub tint: Color32,
    /// The bar at the left edge of the row.
    #[serde(deserialize_with = "color")]
    pub bar: Color32,
}

/// How tall rows and controls are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Density {
    /// 22 px rows.
    Compact,
    /// 26 px rows.
    #[default]
    Standard,
    /// 32 px rows.
    Comfortable,
}

/// What everything on the screen takes its colours and sizes from.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The colours.
    pub theme: Theme,
    /// The sizes.
    pub density: Density,
}

/// Distances on the screen, in points.
pub mod space {
    /// Between an icon and its word.
    pub const XS: f32 = 4.0;
    /// Between neighbours.
    pub const S: f32 = 8.0;
    /// Between groups.
    pub const M: f32 = 12.0;
    /// Around a card.
    pub const L: f32 = 16.0;
    /// Between sections.
    pub const XL: f32 = 24.0;
}

/// Sizes of letters, in points.
pub mod size {
    /// Hints.
    pub const HINT: f32 = 11.0;
    /// Sections.
    pub const SECTION: f32 = 15.0;
    /// Titles of dialogs.
    pub const TITLE: f32 = 18.0;
    /// The amount due, the change.
    pub const AMOUNT: f32 = 28.0;
}

impl Theme {
    /// Reads a theme's file. Rejected with the place of the first mistake.
    pub fn parse(text: &str) -> Result<Theme> {
        let reader = &mut serde_json::Deserializer::from_str(text);
        serde_path_to_error::deserialize(reader).map_err(|error| {
            Error::rejected("error.theme_unreadable").arg("place", error.path()).arg("why", error.inner())
        })
    }

    /// A theme that comes with the program; the first one where the name is unknown.
    pub fn shipped(name: &str) -> Result<Theme> {
        let found = SHIPPED.iter().find(|(known, _)| *known == name).or(SHIPPED.first());
        found.map_or_else(|| Err(Error::rejected("error.theme_unreadable")), |(_, text)| Theme::parse(text))
    }

    /// A theme that a person wrote. Rejected where it cannot be read, is called like one of the program, or has colours
    /// that are not told from what they stand on.
    pub fn own(text: &str) -> Result<Theme> {
        let theme = Theme::parse(text)?;
        if SHIPPED.iter().any(|(known, _)| *known == theme.name) {
            return Err(Error::rejected("error.theme_name_taken").arg("theme", &theme.name));
        }
        legible::check(&theme)?;
        Ok(theme)
    }

    /// What a whole row in this state is filled with.
    pub fn soft(&self, pair: &Pair) -> Color32 {
        self.colors.panel.lerp_to_gamma(pair.tint, SOFT)
    }
}

impl Tokens {
    /// The tokens in use; set by [`Tokens::apply`] before anything is drawn.
    pub fn of(ui: &Ui) -> Arc<Tokens> {
        Tokens::of_ctx(ui.ctx())
    }

    /// The tokens in use, where only the context is at hand.
    pub fn of_ctx(ctx: &Context) -> Arc<Tokens> {
        let kept = ctx.data(|data| data.get_temp::<Arc<Tokens>>(Id::NULL));
        kept.unwrap_or_else(|| Arc::new(Tokens::fallback()))
    }

    /// Colours of the tokens in use.
    pub fn colors(&self) -> &Colors {
        &self.theme.colors
    }

    /// Height of a grid's row.
    pub fn row_height(&self) -> f32 {
        match self.density {
            Density::Compact => 22.0,
            Density::Standard => 26.0,
            Density::Comfortable => 32.0,
        }
    }

    /// Height of an input and a button.
    pub fn control_height(&self) -> f32 {
        self.row_height() + 2.0
    }

    /// Size of running text.
    pub fn body(&self) -> f32 {
        match self.density {
            Density::Compact => 12.5,
            Density::Standard => 13.0,
            Density::Comfortable => 14.0,
        }
    }

    /// Makes these the tokens in use and the style of every widget of egui.
    pub fn apply(self, ctx: &Context) {
        let style = self.style();
        ctx.set_theme(if self.theme.dark { egui::Theme::Dark } else { egui::Theme::Light });
        ctx.all_styles_mut(|each| *each = style.clone());
        ctx.data_mut(|data| data.insert_temp(Id::NULL, Arc::new(self)));
    }

    // Before anything was applied nothing is drawn: one grey keeps drawing code free of errors.
    fn fallback() -> Tokens {
        let pair = || Pair { icon: String::new(), tint: Color32::GRAY, bar: Color32::GRAY };
        let [draft, new, in_work, waiting, ready, done, overdue, cancelled] = std::array::from_fn(|_| pair());
        let statuses = Statuses { draft, new, in_work, waiting, ready, done, overdue, cancelled };
        let theme = Theme { name: String::new(), dark: false, colors: Colors::same(Color32::GRAY), statuses };
        Tokens { theme, density: Density::Standard }
    }

    fn style(&self) -> Style {
        let mut style = Style { visuals: self.visuals(), animation_time: 0.08, ..Style::default() };
        style.text_styles = [
            (TextStyle::Small, fonts::regular(size::HINT)),
            (TextStyle::Body, fonts::regular(self.body())),
            (TextStyle::Button, fonts::regular(self.body())),
            (TextStyle::Monospace, fonts::regular(self.body())),
            (TextStyle::Heading, fonts::bold(size::TITLE)),
        ]
        .into();
        style.spacing.item_spacing = vec2(space::S, space::XS);
        style.spacing.button_padding = vec2(10.0, 3.0);
        style.spacing.interact_size = vec2(32.0, self.control_height());
        style.spacing.menu_margin = Margin::same(4);
        style.spacing.scroll = ScrollStyle::solid();
        style.scroll_animation = ScrollAnimation::none();
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
        style
    }

    fn visuals(&self) -> Visuals {
        let c = self.colors();
        let mut visuals = if self.theme.dark { Visuals::dark() } else { Visuals::light() };
        visuals.override_text_color = None;
        visuals.weak_text_color = Some(c.text3);
        visuals.hyperlink_color = c.accent;
        visuals.faint_bg_color = c.stripe;
        visuals.extreme_bg_color = c.panel;
        visuals.text_edit_bg_color = Some(c.panel);
        visuals.code_bg_color = c.sunken;
        visuals.warn_fg_color = c.warn;
        visuals.error_fg_color = c.danger;
        visuals.window_fill = c.raised;
        visuals.panel_fill = c.bg;
        visuals.window_stroke = Stroke::new(1.0, c.border);
        visuals.window_shadow = shadow(18, 96);
        visuals.popup_shadow = shadow(10, 64);
        visuals.selection.bg_fill = c.sel;
        visuals.selection.stroke = Stroke::new(1.0, c.accent);
        visuals.text_cursor.stroke = Stroke::new(2.0, c.accent);
        visuals.disabled_alpha = 0.65;
        let plain = |fill: Color32, edge: Color32, letters: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::new(1.0, edge),
            corner_radius: CornerRadius::same(4),
            fg_stroke: Stroke::new(1.0, letters),
            expansion: 0.0,
        };
        visuals.widgets.noninteractive = plain(c.panel, c.border, c.text);
        visuals.widgets.inactive = plain(c.panel, c.border_strong, c.text);
        visuals.widgets.hovered = plain(c.hover, c.accent, c.text);
        visuals.widgets.active = plain(c.sel, c.accent, c.text);
        visuals.widgets.open = plain(c.hover, c.accent, c.text);
        visuals
    }
}

fn shadow(blur: u8, alpha: u8) -> Shadow {
    Shadow { offset: [0, 4], blur, spread: 0, color: Color32::from_black_alpha(alpha) }
}

/// The share of a state's tint in a whole row: full tints on every row are too loud to work with all day.
const SOFT: f32 = 0.35;

/// The area around the text of a cell.
pub const CELL_PADDING: Vec2 = vec2(8.0, 2.0);

/// `#RRGGBB` as a colour; Rejected where it is not that.
pub fn parse_color(text: &str) -> Result<Color32> {
    Color32::from_hex(text).map_err(|_| Error::rejected("error.theme_color").arg("text", text))
}

fn color<'de, D: Deserializer<'de>>(reader: D) -> std::result::Result<Color32, D::Error> {
    let text = String::deserialize(reader)?;
    Color32::from_hex(&text).map_err(|_| serde::de::Error::custom(format!("{text} is not #RRGGBB")))
}
