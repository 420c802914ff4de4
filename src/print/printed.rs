//! Paper with what a viewer shows about it: ready to be looked at, kept as PDF, or handed to a printer.

use crate::base::error::Result;
use crate::base::locale::{Lang, tr};
use crate::print::Paper;
use crate::print::pdf::{self, Info};

/// So many characters are named; who has typed more of them knows already.
const TOLD: usize = 12;

/// A form or a report filled in.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The sheets.
    pub paper: Paper,
    /// What a viewer shows about it.
    pub info: Info,
}

impl Printed {
    /// The same as PDF; the same paper gives the same bytes. Fails only if the program's own typefaces are broken.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        pdf::write(&self.paper, &self.info)
    }

    /// What to tell a person of characters that no typeface has; nothing where every one is drawn.
    pub fn lacking(&self, lang: Lang) -> Option<String> {
        lacking(&self.paper.missing_glyphs(), lang)
    }
}

/// What to tell a person of these characters, which no typeface has; nothing where there are none.
pub fn lacking(missing: &[char], lang: Lang) -> Option<String> {
    let signs: Vec<String> = missing.iter().take(TOLD).map(char::to_string).collect();
    let rest = if missing.len() > TOLD { " …" } else { "" };
    let told = || tr(lang, "print.lacking", &[("signs", &format!("{}{rest}", signs.join(" ")))]);
    (!signs.is_empty()).then(told)
}
