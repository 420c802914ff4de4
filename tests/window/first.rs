//! The first start, before there is a company.

use egui::Key;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::app::Start;
use patver::base::locale::Lang;
use patver::platform::Workplace;
use tempfile::TempDir;

use crate::desk::Window;

#[test]
fn enter_alone_goes_on_from_page_to_page() {
    let folder = TempDir::new().unwrap();
    let workplace = Workplace::at(folder.path());
    let mut window = Window::new(Start { workplace, inline: true, ..Start::of_account(None, Lang::EN) });
    window.press(Key::Enter);
    assert!(window.sees("made-up company to try everything on"));
    assert!(window.harness.get_by_label("Go on").accesskit_node().is_focused());
}
