//! The first start, before there is a company.

use egui::accesskit::Role;
use egui::{Key, OutputCommand};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::app::Start;
use patver::base::locale::{Lang, tr};
use patver::platform::Workplace;
use tempfile::TempDir;

use crate::desk::{PASSWORD, Window};

#[test]
fn enter_alone_goes_on_from_page_to_page() {
    let folder = TempDir::new().unwrap();
    let workplace = Workplace::at(folder.path());
    let mut window = Window::new(Start { workplace, inline: true, ..Start::of_account(None, Lang::EN) });
    window.press(Key::Enter);
    assert!(window.sees("made-up company to try everything on"));
    assert!(window.harness.get_by_label("Go on").accesskit_node().is_focused());
}

fn new_company(lang: Lang, folder: &TempDir) -> Window<'static> {
    let workplace = Workplace::at(folder.path());
    let mut window = Window::new(Start { workplace, inline: true, ..Start::of_account(None, lang) });
    window.click_any(&tr(lang, "window.new_company", &[]));
    window
}

fn line<'a>(window: &'a Window<'_>, name: &'a str) -> Node<'a> {
    let is_line = |node: &Node<'_>| matches!(node.accesskit_node().role(), Role::TextInput | Role::PasswordInput);
    window.harness.query_all_by_label(name).find(is_line).unwrap()
}

#[test]
fn a_new_company_is_typed_from_line_to_line_by_enter_from_its_name_on() {
    let folder = TempDir::new().unwrap();
    let mut window = new_company(Lang::EN, &folder);
    for text in ["Arpi", "", "", "ani", "Ani", PASSWORD, PASSWORD] {
        if !text.is_empty() {
            window.type_text(text);
        }
        window.press(Key::Enter);
    }
    let names = ["Name of the company", "Country", "Owner signs in as", "Name of the owner"];
    let typed = names.map(|name| line(&window, name).value().unwrap());
    assert_eq!(typed, ["Arpi", "AM", "ani", "Ani"]);
}

#[test]
fn lines_beside_each_other_stand_level_however_long_their_labels_are() {
    for lang in Lang::ALL {
        let folder = TempDir::new().unwrap();
        let window = new_company(lang, &folder);
        let level = |left: &str, right: &str| {
            let top = |name: &str| line(&window, &tr(lang, name, &[])).rect().top();
            assert_eq!(top(left), top(right), "{left} {right} {lang}");
        };
        level("window.country", "window.currency");
        level("window.owner_login", "window.owner_name");
        level("window.password", "window.password_again");
    }
}

#[test]
fn esc_goes_back_from_every_way_and_what_is_typed_stays() {
    let folder = TempDir::new().unwrap();
    let mut window = new_company(Lang::EN, &folder);
    window.type_text("Arpi");
    window.press(Key::Escape);
    assert!(!window.sees("Name of the owner"));
    window.click_any("Restore a backup");
    assert!(window.sees("Still to be filled in: Backup"));
    window.press(Key::Escape);
    window.click_any(&tr(Lang::EN, "window.new_company", &[]));
    assert_eq!(line(&window, "Name of the company").value().unwrap(), "Arpi");
}

#[test]
fn a_page_that_cannot_go_on_yet_says_which_lines_are_missing() {
    let folder = TempDir::new().unwrap();
    let mut window = new_company(Lang::EN, &folder);
    let all = "Still to be filled in: Name of the company, Owner signs in as, Password, Password once more";
    assert!(window.sees(all));
    for text in ["Arpi", "", "", "ani", "Ani", PASSWORD, PASSWORD] {
        if !text.is_empty() {
            window.type_text(text);
        }
        window.press(Key::Enter);
    }
    assert!(!window.sees("Still to be filled in"));
}

#[test]
fn the_making_of_a_demo_says_how_far_it_is_and_leaves_nothing_where_it_is_called_off() {
    let folder = TempDir::new().unwrap();
    let workplace = Workplace::at(folder.path());
    let mut window = Window::new(Start { workplace, inline: true, ..Start::of_account(None, Lang::EN) });
    window.click_any("Try the demo");
    let file = std::path::PathBuf::from(window.value("File"));
    window.click("Go on");
    assert!(window.sees("Making a year of orders"));
    window.press(Key::Escape);
    while !window.has_button("Go on") {
        window.harness.step();
    }
    assert!(!window.sees("Making a year of orders"));
    let left = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().display().to_string();
    let left: Vec<String> = std::fs::read_dir(file.parent().unwrap()).unwrap().map(left).collect();
    assert!(left.iter().all(|name| !name.contains(".patver")), "{left:?}");
    window.click("Go on");
    while window.sees("Making a year of orders") {
        window.harness.step();
    }
    assert!(file.exists());
    window.harness.get_by_role_and_label(Role::Button, "Copy “ani”").click();
    let copies = |command: &OutputCommand| matches!(command, OutputCommand::CopyText(text) if text == "ani");
    let copied = (0..4).any(|_| {
        window.harness.step();
        window.harness.output().platform_output.commands.iter().any(copies)
    });
    assert!(copied);
}
