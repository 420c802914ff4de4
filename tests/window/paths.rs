//! Where the system has no dialog for choosing files, the window says so and takes the path as it is typed.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::app::Start;
use patver::base::locale::Lang;
use patver::platform::Workplace;
use serde_json::json;
use tempfile::TempDir;

use crate::desk::{Shop, Window};

const NO_DIALOG: &str = "This system has no dialog for choosing files";

#[test]
fn the_first_start_says_that_there_is_no_dialog_and_takes_the_typed_path() {
    let folder = TempDir::new().unwrap();
    let workplace = Workplace::at(folder.path());
    let mut window = Window::new(Start { workplace, inline: true, ..Start::of_account(None, Lang::EN) });
    window.click_any("Open a company");
    window.click_any("Choose…");
    assert!(window.sees(NO_DIALOG));
    window.type_text("/books/shop.patver");
    window.press(Key::Enter);
    assert!(!window.sees(NO_DIALOG));
    let file = window.harness.get_by_label("File").accesskit_node().value();
    assert_eq!(file.as_deref(), Some("/books/shop.patver"));
}

#[test]
fn a_file_is_added_to_an_order_by_its_typed_path() {
    let shop = Shop::new();
    let scan = shop.folder.path().join("scan.txt");
    std::fs::write(&scan, "signed").unwrap();
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::ALT, Key::Num4);
    window.click("Add…");
    assert!(window.sees(NO_DIALOG));
    window.type_text(&scan.display().to_string());
    window.press(Key::Enter);
    assert!(window.sees("1 file added"));
}

#[test]
fn esc_leaves_the_typed_path_and_nothing_is_chosen() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::ALT, Key::Num4);
    window.click("Add…");
    window.type_text("/nowhere");
    window.press(Key::Escape);
    assert!(!window.sees(NO_DIALOG) && !window.sees("1 file added"));
    window.click("Add…");
    assert!(window.sees(NO_DIALOG), "it can be asked again");
}

/// The paper of an order, about to be kept as a file under a name that is taken.
fn with_taken_name(shop: &Shop) -> (Window<'static>, std::path::PathBuf) {
    let taken = shop.folder.path().join("kept.pdf");
    std::fs::write(&taken, "signed").unwrap();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.press_with(Modifiers::ALT, Key::P);
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.sees(NO_DIALOG));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(&taken.with_extension("").display().to_string());
    window.press(Key::Enter);
    (window, taken)
}

#[test]
fn a_typed_path_replaces_no_file_before_that_was_agreed_to() {
    let shop = Shop::new();
    let (mut window, taken) = with_taken_name(&shop);
    assert!(window.sees("A file of this name is there"), "the ending that is added counts");
    window.press(Key::Escape);
    assert!(window.sees(NO_DIALOG), "another name may be typed");
    assert_eq!(std::fs::read(&taken).unwrap(), b"signed");
    window.press(Key::Enter);
    window.click("Replace the file");
    assert!(!window.sees(NO_DIALOG));
    assert!(std::fs::read(&taken).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_free_name_beside_a_taken_one_is_used_without_a_question() {
    let shop = Shop::new();
    let (mut window, taken) = with_taken_name(&shop);
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(&shop.folder.path().join("kept-again").display().to_string());
    window.press(Key::Enter);
    assert!(!window.sees(NO_DIALOG) && !window.sees("A file of this name is there"));
    assert_eq!(std::fs::read(&taken).unwrap(), b"signed");
    assert!(shop.folder.path().join("kept-again.pdf").is_file());
}
