//! Whether a theme is read: contrast of letters, edges and states on every ground by WCAG 2. The same rules hold for the
//! themes of the program and for those a person writes.

use egui::Color32;

use crate::base::error::{Error, Result};
use crate::ui::icon;
use crate::ui::tokens::Theme;

/// What letters need, what edges need.
const LETTERS: f64 = 4.5;
const EDGES: f64 = 3.0;
/// What running text needs on the full tint of a state.
const TINTED: f64 = 7.0;

/// What letters are written on: everything a row, a menu or a dialog may be filled with.
pub const GROUNDS: &[&str] = &["panel", "bg", "raised", "sunken", "stripe", "hover", "sel", "sel_inactive"];

/// What letters are written in.
pub const INKS: &[&str] = &["text", "text2", "text3", "accent", "danger", "warn", "ok", "info"];

/// Each colour of the first list is told from each of the second by this contrast.
const RULES: &[(&[&str], &[&str], f64)] = &[
    (INKS, GROUNDS, LETTERS),
    (&["on_accent"], &["accent", "accent_hover"], LETTERS),
    (&["focus", "border_strong"], GROUNDS, EDGES),
    (&["disabled"], &["panel", "bg", "raised", "sunken"], EDGES),
];

/// A colour with the name by which its file calls it.
type Named = (String, Color32);

/// WCAG 2 contrast, 1 to 21.
pub fn contrast(one: Color32, other: Color32) -> f64 {
    let (one, other) = (bright(one) + 0.05, bright(other) + 0.05);
    one.max(other) / one.min(other)
}

/// How bright a colour is, 0 to 1.
fn bright(color: Color32) -> f64 {
    let part = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126729 * part(color.r()) + 0.7151522 * part(color.g()) + 0.0721750 * part(color.b())
}

/// Rejected where two colours that stand on each other are too close, naming both, or where a state has no icon.
pub fn check(theme: &Theme) -> Result<()> {
    for (over, under, least) in RULES {
        apart(theme, &named(theme, over), &named(theme, under), *least)?;
    }
    for (name, pair) in theme.statuses.all() {
        let part = |part: &str, color| vec![(format!("statuses.{name}.{part}"), color)];
        apart(theme, &named(theme, INKS), &part("tint", theme.soft(pair)), LETTERS)?;
        apart(theme, &named(theme, &["text"]), &part("tint", pair.tint), TINTED)?;
        apart(theme, &part("bar", pair.bar), &named(theme, &["panel"]), EDGES)?;
        if icon::named(&pair.icon).is_none() {
            return Err(Error::rejected("error.theme_icon").arg("theme", &theme.name).arg("text", &pair.icon));
        }
    }
    Ok(())
}

fn named(theme: &Theme, names: &[&str]) -> Vec<Named> {
    let all = theme.colors.all();
    let color = |name: &&str| all.iter().find(|(known, _)| known == name).map(|(_, color)| *color);
    names.iter().filter_map(|name| Some(((*name).to_owned(), color(name)?))).collect()
}

fn apart(theme: &Theme, over: &[Named], under: &[Named], least: f64) -> Result<()> {
    for (over, ink) in over {
        for (under, ground) in under {
            let found = contrast(*ink, *ground);
            if found < least {
                let error = Error::rejected("error.theme_contrast").arg("theme", &theme.name);
                let error = error.arg("over", over).arg("under", under);
                return Err(error.arg("found", format!("{found:.2}")).arg("least", format!("{least:.1}")));
            }
        }
    }
    Ok(())
}
