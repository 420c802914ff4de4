//! Themes that a person wrote, in the folder beside the settings.

use patver::ui::tokens::{SHIPPED, Tokens};

use crate::desk::Shop;

/// The light theme under a name, with one colour put in the place of another.
fn theme(name: &str, colors: (&str, &str)) -> String {
    SHIPPED[0].1.replace("\"name\": \"light\"", &format!("\"name\": \"{name}\"")).replace(colors.0, colors.1)
}

#[test]
fn a_theme_beside_the_settings_comes_after_those_of_the_program() {
    let shop = Shop::new();
    shop.put("settings/themes/mine.json", &theme("mine", ("#1A5FC4", "#0B4F9E")));
    let mut window = shop.at_the_desk();
    for name in ["Dark theme", "High contrast", "Theme “mine”"] {
        window.click(name);
    }
    assert_eq!(Tokens::of_ctx(&window.harness.ctx).theme.name, "mine");
    window.click("Light theme");
    assert_eq!(Tokens::of_ctx(&window.harness.ctx).theme.name, "light", "behind the last one comes the first");
}

#[test]
fn a_theme_that_cannot_be_read_is_refused_in_words_that_name_the_pair() {
    let shop = Shop::new();
    shop.put("settings/themes/pale.json", &theme("pale", ("#1B1F27", "#C0C4CC")));
    let window = shop.at_the_desk();
    assert!(window.sees("In the theme “pale” text on panel has a contrast of"));
    assert!(window.sees("Make one of the two lighter or darker"));
    assert!(!window.sees("Theme “pale”"));
}
