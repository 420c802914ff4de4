//! Every text exists in three languages, is used, is really translated, and stands nowhere else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod exceptions;
mod source;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use exceptions::{ENDS_WITH_ABBREVIATION, FAMILIES, LETTERS_ALLOWED, NOT_FOR_PEOPLE, SAME_EVERYWHERE, SPEAKING};
use patver::base::locale::Lang;
use patver::base::plural;
use source::{Literal, Source, program};

type Texts = BTreeMap<String, String>;

/// Texts of one area by language, each key once.
fn area_texts(folder: &Path) -> BTreeMap<String, Texts> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(path.extension().unwrap(), "yml", "{}", path.display());
        let mut keys = yaml::read(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        assert_eq!(keys.remove("_version").as_deref(), Some("1"), "{}", path.display());
        texts.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), keys);
    }
    texts
}

fn areas() -> Vec<(String, BTreeMap<String, Texts>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let mut areas = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        areas.push((path.file_name().unwrap().to_str().unwrap().to_owned(), area_texts(&path)));
    }
    areas.sort_by(|left, right| left.0.cmp(&right.0));
    assert!(!areas.is_empty());
    areas
}

/// Every text of a language.
fn texts(lang: Lang) -> Texts {
    areas().into_iter().flat_map(|(_, mut area)| area.remove(lang.code()).unwrap_or_default()).collect()
}

fn is_form(name: &str) -> bool {
    matches!(name, "zero" | "one" | "two" | "few" | "many" | "other")
}

/// The key without its plural form, where it has one.
fn without_form<'a>(key: &'a str, all: &Texts) -> &'a str {
    match key.rsplit_once('.') {
        Some((stem, form)) if is_form(form) && all.contains_key(&format!("{stem}.other")) => stem,
        _ => key,
    }
}

/// The forms a language needs, found by counting.
fn forms(lang: Lang) -> BTreeSet<&'static str> {
    (0..200).map(|count: u64| plural::category(lang, &count.to_string())).chain(["other"]).collect()
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split("%{").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The text without its places.
fn spoken(text: &str) -> String {
    let mut parts = text.split("%{");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, rest| text + rest.split_once('}').map_or(rest, |(_, after)| after))
}

fn none(faults: Vec<String>, advice: &str) {
    assert!(faults.is_empty(), "{advice}:\n  {}", faults.join("\n  "));
}

#[test]
fn the_files_say_what_the_program_says() {
    let mut faults = Vec::new();
    for lang in Lang::ALL {
        let built = patver::_rust_i18n_backend().messages_for_locale(lang.code()).unwrap();
        let mut built: Texts = built.into_iter().map(|(key, text)| (key.into_owned(), text.into_owned())).collect();
        built.remove("_version");
        let read = texts(lang);
        let keys: BTreeSet<&String> = built.keys().chain(read.keys()).collect();
        faults.extend(
            keys.into_iter().filter(|key| built.get(*key) != read.get(*key)).map(|key| format!("{lang} {key}")),
        );
    }
    none(faults, "Texts that the program and the test read differently (write them plainly, on one line)");
}

#[test]
fn every_area_speaks_exactly_the_three_languages() {
    let wanted: BTreeSet<String> = Lang::ALL.iter().map(|lang| lang.code().to_owned()).collect();
    for (name, area) in areas() {
        let found: BTreeSet<String> = area.keys().cloned().collect();
        assert_eq!(found, wanted, "languages of locales/{name}");
    }
}

#[test]
fn every_text_exists_in_every_language() {
    let mut faults = Vec::new();
    for (name, area) in areas() {
        let stems =
            |lang: &str| -> BTreeSet<&str> { area[lang].keys().map(|key| without_form(key, &area[lang])).collect() };
        let all: BTreeSet<&str> = area.keys().flat_map(|lang| stems(lang)).collect();
        for lang in area.keys() {
            faults.extend(all.difference(&stems(lang)).map(|key| format!("{name}/{lang}.yml: {key}")));
        }
    }
    none(faults, "Texts missing in a language");
}

#[test]
fn every_counted_text_has_the_forms_of_its_language() {
    let mut faults = Vec::new();
    for lang in Lang::ALL {
        let all = texts(lang);
        let counted: BTreeSet<&str> =
            all.keys().map(|key| without_form(key, &all)).filter(|stem| !all.contains_key(*stem)).collect();
        for stem in counted {
            let has = |form: &str| all.contains_key(&format!("{stem}.{form}"));
            let missing = forms(lang).into_iter().filter(|form| !has(form));
            faults.extend(missing.map(|form| format!("{lang}: {stem}.{form} is missing")));
            let extra = ["zero", "one", "two", "few", "many"]
                .into_iter()
                .filter(|form| has(form) && !forms(lang).contains(form));
            faults.extend(extra.map(|form| format!("{lang}: {stem}.{form} is never used")));
        }
    }
    none(faults, "Plural forms that do not fit CLDR");
}

#[test]
fn every_key_stands_in_one_area_only() {
    let mut owner: BTreeMap<String, String> = BTreeMap::new();
    let mut faults = Vec::new();
    for (name, area) in areas() {
        for key in area["en"].keys() {
            if let Some(other) = owner.insert(key.clone(), name.clone()) {
                faults.push(format!("{key}: {other} and {name}"));
            }
        }
    }
    none(faults, "Keys in two areas");
}

#[test]
fn every_language_fills_the_same_places() {
    let english = texts(Lang::EN);
    let mut faults = Vec::new();
    for lang in Lang::ALL {
        let all = texts(lang);
        for (key, text) in &all {
            let stem = without_form(key, &all);
            let reference = english.get(stem).or_else(|| english.get(&format!("{stem}.other"))).unwrap_or(text);
            let (mut wanted, mut found) = (places(reference), places(text));
            if stem != key {
                // "One day" may leave the figure out.
                wanted.remove("count");
                found.remove("count");
            }
            if wanted != found && !key.starts_with("date.") {
                faults.push(format!("{lang} {key}: {found:?} instead of {wanted:?}"));
            }
        }
    }
    none(faults, "Places that differ between languages");
}

#[test]
fn every_text_is_translated_into_the_letters_of_its_language() {
    let english = texts(Lang::EN);
    let mut faults = Vec::new();
    let kept = |key: &str| SAME_EVERYWHERE.iter().any(|(same, _)| *same == key);
    for (lang, letters, foreign) in [
        (Lang::HY, '\u{531}'..='\u{587}', '\u{400}'..='\u{4FF}'),
        (Lang::RU, '\u{400}'..='\u{4FF}', '\u{531}'..='\u{587}'),
    ] {
        for (key, text) in texts(lang).iter().filter(|(key, _)| !kept(key)) {
            let spoken = spoken(text);
            let same = english.get(key).is_some_and(|english| english == text);
            let has_letters = spoken.chars().any(char::is_alphabetic);
            if has_letters && (same || !spoken.chars().any(|letter| letters.contains(&letter))) {
                faults.push(format!("{lang} {key}: {text}"));
            }
            if spoken.chars().any(|letter| foreign.contains(&letter)) {
                faults.push(format!("{lang} {key} has letters of another language: {text}"));
            }
        }
    }
    for (key, text) in english
        .iter()
        .filter(|(key, text)| !kept(key) && spoken(text).chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
    {
        faults.push(format!("en {key}: {text}"));
    }
    none(faults, "Texts that are not translated (a text that is the same everywhere belongs into SAME_EVERYWHERE)");
}

#[test]
fn every_exception_is_still_needed() {
    let english = texts(Lang::EN);
    let program = program();
    let path_exists = |path: &str| program.iter().any(|file| file.path == path);
    let mut faults: Vec<String> = Vec::new();
    faults
        .extend(SAME_EVERYWHERE.iter().filter(|(key, _)| !english.contains_key(*key)).map(|(key, _)| key.to_string()));
    faults.extend(ENDS_WITH_ABBREVIATION.iter().filter(|key| !english.contains_key(**key)).map(|key| key.to_string()));
    faults.extend(LETTERS_ALLOWED.iter().filter(|(path, _)| !path_exists(path)).map(|(path, _)| path.to_string()));
    for (path, start, _) in NOT_FOR_PEOPLE {
        let stands =
            |file: &Source| file.path == *path && file.literals().any(|literal| literal.text.starts_with(start));
        if !program.iter().any(stands) {
            faults.push(format!("{path}: {start}"));
        }
    }
    none(faults, "Exceptions that nothing needs any more");
}

#[test]
fn texts_follow_the_house_style() {
    let mut faults = Vec::new();
    for lang in Lang::ALL {
        for (key, text) in texts(lang) {
            let one_sentence = text.matches(['.', '։', '?', '՞']).count() == 1;
            let stops = text.ends_with(['.', '։']) && one_sentence;
            if stops && !ENDS_WITH_ABBREVIATION.contains(&key.as_str()) {
                faults.push(format!("{lang} {key} ends one sentence with a point: {text}"));
            }
            if text.contains(['!', '՜']) {
                faults.push(format!("{lang} {key} shouts: {text}"));
            }
            if text.trim() != text || text.contains("  ") || text.is_empty() {
                faults.push(format!("{lang} {key} has stray spaces or nothing: {text:?}"));
            }
            if text.ends_with([':', '՝']) {
                faults.push(format!("{lang} {key} ends with a colon: {text}"));
            }
        }
    }
    none(faults, "Texts against the style");
}

#[test]
fn every_text_is_used() {
    let program = program();
    let literals: BTreeSet<&str> = program.iter().flat_map(Source::literals).map(|literal| literal.text).collect();
    let english = texts(Lang::EN);
    let used = |key: &str| literals.contains(key) || FAMILIES.iter().any(|family| key.starts_with(family));
    let unused = english.keys().map(|key| without_form(key, &english)).filter(|key| {
        let stem = key.strip_suffix("_next").unwrap_or(key);
        !used(key) && !used(stem)
    });
    let unused: BTreeSet<String> = unused.map(str::to_owned).collect();
    none(unused.into_iter().collect(), "Texts that nothing shows (a built key belongs into FAMILIES)");
}

#[test]
fn every_family_is_built_somewhere_and_has_texts() {
    let program = program();
    let english = texts(Lang::EN);
    let mut faults = Vec::new();
    for family in FAMILIES {
        let opening = format!("{family}{{");
        let built =
            |literal: Literal<'_>| literal.text.starts_with(&opening) || format!("{}.", literal.text) == *family;
        if !program.iter().flat_map(Source::literals).any(built) {
            faults.push(format!("nothing builds {family}"));
        }
        if !english.keys().any(|key| key.starts_with(family)) {
            faults.push(format!("no text begins with {family}"));
        }
    }
    none(faults, "Families of keys");
}

/// Functions that take a key, with the number of the argument.
const TAKE_A_KEY: &[(&str, usize)] = &[
    ("tr", 1),
    ("find", 1),
    ("rejected", 0),
    ("needs_confirmation", 0),
    ("conflict", 0),
    ("failure", 0),
    ("confirm", 0),
    ("named", 1),
];

#[test]
fn every_key_that_the_program_names_has_a_text() {
    let english = texts(Lang::EN);
    let known = |key: &str| english.contains_key(key) || english.contains_key(&format!("{key}.other"));
    let prefix = |key: &str| english.keys().any(|found| found.starts_with(&format!("{}.", key.trim_end_matches('.'))));
    let roots: BTreeSet<&str> = english.keys().filter_map(|key| key.split('.').next()).collect();
    let mut faults = Vec::new();
    for file in program() {
        let mut named: Vec<Literal<'_>> = TAKE_A_KEY.iter().flat_map(|(name, at)| file.arguments(name, *at)).collect();
        named.retain(|literal| is_key(literal.text) || literal.text.contains(' '));
        named.extend(
            file.literals()
                .filter(|literal| is_key(literal.text) && roots.contains(literal.text.split('.').next().unwrap())),
        );
        for literal in named.into_iter().filter(|literal| !known(literal.text) && !prefix(literal.text)) {
            faults.push(format!("{}:{}: {}", literal.path, literal.line, literal.text));
        }
    }
    faults.sort();
    faults.dedup();
    none(faults, "Keys without a text");
}

/// Two or more parts of small letters, digits, `-` and `_`, joined by points.
fn is_key(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let part = |part: &&str| {
        part.starts_with(|letter: char| letter.is_ascii_lowercase())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
    };
    parts.len() >= 2
        && parts.iter().all(part)
        && !["rs", "sql", "csv", "json", "pdf", "db"].contains(&parts[parts.len() - 1])
}

#[test]
fn no_letters_of_a_spoken_language_stand_in_the_source() {
    let mut faults = Vec::new();
    for file in program() {
        if LETTERS_ALLOWED.iter().any(|(path, _)| *path == file.path) {
            continue;
        }
        let foreign =
            |literal: &Literal<'_>| literal.text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
        faults.extend(file.literals().filter(foreign).map(|l| format!("{}:{}: {}", l.path, l.line, l.text)));
    }
    none(faults, "Texts for people belong into locales (a file about letters belongs into LETTERS_ALLOWED)");
}

#[test]
fn no_sentence_for_people_stands_in_the_source() {
    let mut faults = Vec::new();
    for file in program() {
        let speaking = SPEAKING.iter().any(|layer| file.path.starts_with(layer));
        let values = file.arguments("arg", 1).into_iter().filter(|_| !file.path.starts_with("src/cli"));
        let candidates: Vec<Literal<'_>> = if speaking { file.literals().collect() } else { values.collect() };
        for literal in candidates.into_iter().filter(|literal| is_sentence(literal.text)) {
            let excused = |(path, start, _): &(&str, &str, &str)| *path == file.path && literal.text.starts_with(start);
            if !NOT_FOR_PEOPLE.iter().any(excused) {
                faults.push(format!("{}:{}: {}", literal.path, literal.line, literal.text));
            }
        }
    }
    none(faults, "Sentences belong into locales (what no person reads belongs into NOT_FOR_PEOPLE)");
}

/// Two neighbouring words of at least two letters.
fn is_sentence(text: &str) -> bool {
    let is_word =
        |word: &str| word.len() >= 2 && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'\'' || b == b',');
    let words: Vec<bool> = text.split(' ').map(is_word).collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

#[test]
fn the_reader_of_source_sees_literals_and_skips_the_rest() {
    let source = r##"
        // "comment" 'x
        /* "block /* nested */ text" */
        #[doc = "attribute"]
        fn f<'a>(x: &'a str) { tr(lang, "a.key", &[("n", "v")]); let c = '"'; let r = r#"raw "quoted" text"#; }
        #[cfg(test)]
        mod tests { fn g() { tr(lang, "test.key", &[]); } }
        statements! { /// Doc.
          ONE = "SELECT x FROM y"; }
        fn h() { rejected("b.key").arg("name", "two words"); concat("c\"d\n \u{41}e"); }
    "##;
    let file = source::read("x.rs", source);
    let literals: Vec<&str> = file.literals().map(|literal| literal.text).collect();
    assert_eq!(literals, ["a.key", "n", "v", "\"", "raw \"quoted\" text", "b.key", "name", "two words", "c\"d  e"]);
    let texts = |name, at| file.arguments(name, at).iter().map(|literal| literal.text.to_owned()).collect::<Vec<_>>();
    assert_eq!(texts("tr", 1), ["a.key"]);
    assert_eq!(texts("rejected", 0), ["b.key"]);
    assert_eq!(texts("arg", 1), ["two words"]);
}
