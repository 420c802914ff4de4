//! The language of the window, kept where every drawing function finds it.

use std::collections::BTreeMap;

use egui::{Context, Id, Ui};
use serde::{Deserialize, Serialize};

use crate::base::locale::{self, Lang};

#[derive(Clone, Copy)]
struct Spoken(Lang);

/// The same said in every language, since the window may be read in another one later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said(BTreeMap<String, String>);

impl Said {
    /// What is said in each language.
    pub fn each(mut say: impl FnMut(Lang) -> String) -> Said {
        Said(Lang::ALL.iter().map(|lang| (lang.code().to_owned(), say(*lang))).collect())
    }

    /// What is said in this language.
    pub fn read(&self, lang: Lang) -> &str {
        self.0.get(lang.code()).map(String::as_str).unwrap_or_default()
    }
}

/// From now on the window speaks this language.
pub fn speak(ctx: &Context, lang: Lang) {
    ctx.data_mut(|data| data.insert_temp(Id::NULL, Spoken(lang)));
}

/// The language the window speaks.
pub fn lang(ui: &Ui) -> Lang {
    lang_of(ui.ctx())
}

/// The same, where only the context is at hand.
pub fn lang_of(ctx: &Context) -> Lang {
    ctx.data(|data| data.get_temp::<Spoken>(Id::NULL)).map_or(Lang::EN, |spoken| spoken.0)
}

/// The text under this key in the window's language.
pub fn say(ui: &Ui, key: &str) -> String {
    locale::tr(lang(ui), key, &[])
}

/// The same with values for its places.
pub fn say_with(ui: &Ui, key: &str, values: &[(&str, &str)]) -> String {
    locale::tr(lang(ui), key, values)
}
