//! Where the system has no dialog for choosing files, the window says so and takes the path as it is typed.

use egui::Key;
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
    window.press_with(egui::Modifiers::ALT, Key::Num4);
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
    window.press_with(egui::Modifiers::ALT, Key::Num4);
    window.click("Add…");
    window.type_text("/nowhere");
    window.press(Key::Escape);
    assert!(!window.sees(NO_DIALOG) && !window.sees("1 file added"));
    window.click("Add…");
    assert!(window.sees(NO_DIALOG), "it can be asked again");
}
