//! The page of keys in the handbook: written anew with PATVER_WRITE=1, else compared with what the program does.

use std::path::Path;

use crate::handbook;
use crate::shop::Shop;
use crate::walk;

/// Every screen with its keys; screens that have the same stand together.
fn page() -> String {
    let shop = Shop::new(handbook::LANG);
    let mut window = shop.window(true);
    window.sign_in();
    let mut chapters: Vec<(Vec<String>, String)> = Vec::new();
    for place in walk::places(&shop).into_iter().filter(|place| place.key != "new") {
        window.visit(&place);
        let app = window.harness.state();
        let (title, keys) = (handbook::title(place.kind), handbook::of_screen(&app.offers(), app.parts()));
        match chapters.iter_mut().find(|(_, known)| *known == keys) {
            Some((titles, _)) => titles.push(title),
            None => chapters.push((vec![title], keys)),
        }
    }
    chapters.retain(|(_, keys)| !keys.is_empty());
    let chapters = chapters.into_iter().map(|(titles, keys)| format!("## {}\n\n{keys}", titles.join(", ")));
    let head = "# Keys\n\nF1 shows the keys of the screen one is on, and Alt held alone shows them on its controls. This page is \
                made from the same table: `PATVER_WRITE=1 cargo test --test layout the_page_of_keys`.\n\n";
    format!("{head}{}{}", handbook::everywhere(), chapters.collect::<String>()).trim_end().to_owned() + "\n"
}

#[test]
fn the_page_of_keys_says_what_the_keys_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let page = page();
    if std::env::var("PATVER_WRITE").is_ok_and(|write| write == "1") {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == page, "docs/keys.md is old: PATVER_WRITE=1 cargo test --test layout the_page_of_keys");
}
