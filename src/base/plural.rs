//! Which plural form a language uses for a count, by the rules of CLDR.

use icu_plurals::{PluralCategory, PluralRules};

use super::locale::Lang;

/// `one`, `few`, `many`, `other`, `two` or `zero` for a whole count in plain digits; `other` for anything else.
pub fn category(lang: Lang, count: &str) -> &'static str {
    let digits = count.strip_prefix('-').unwrap_or(count);
    let Ok(count) = digits.parse::<u64>() else {
        return "other";
    };
    RULES.with(|all| match all.iter().find(|(of, _)| *of == lang) {
        Some((_, rules)) => name(rules.category_for(count)),
        None => "other",
    })
}

thread_local! {
    static RULES: Vec<(Lang, PluralRules)> = Lang::ALL.iter().filter_map(|lang| Some((*lang, load(*lang)?))).collect();
}

fn load(lang: Lang) -> Option<PluralRules> {
    let locale = lang.code().parse::<icu_locale_core::Locale>().ok()?;
    PluralRules::try_new_cardinal(locale.into()).ok()
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
