//! What is half typed is never lost.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::json;

use crate::desk::{PASSWORD, Shop};

#[test]
fn a_half_typed_order_is_open_again_after_the_next_sign_in() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.type_text("ton");
    window.type_into("Note", "Ring twice");
    window.type_into("Due date", "31.02.2027");
    window.harness.run_steps(130);
    // The program goes away without a word.
    std::mem::forget(window);
    assert_eq!(shop.ask("orders", json!({})).len(), 0);
    let window = shop.at_the_desk();
    assert!(window.sees("New order*"));
    assert!(window.sees("Toner"));
    for typed in ["ton", "Ring twice", "31.02.2027"] {
        assert!(window.harness.query_all_by_value(typed).next().is_some(), "{typed} is lost");
    }
}

#[test]
fn a_saved_order_takes_its_draft_away() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.harness.run_steps(120);
    assert_eq!(shop.ask("drafts", json!({})).len(), 1);
    window.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(shop.ask("drafts", json!({})).len(), 0);
    assert_eq!(shop.ask("orders", json!({})).len(), 1);
}

#[test]
fn a_draft_that_another_window_saved_otherwise_is_not_taken_for_saved() {
    let shop = Shop::new();
    let mut first = shop.at_the_desk();
    first.press_with(Modifiers::COMMAND, Key::N);
    first.scan("R-1");
    first.harness.run_steps(130);
    let mut second = shop.at_the_desk();
    second.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(shop.ask("orders", json!({})).len(), 1);
    first.scan("4850001234562");
    first.press_with(Modifiers::COMMAND, Key::S);
    assert!(first.sees("This draft became an order in another window") && first.sees("Toner"));
    assert_eq!(shop.ask("orders", json!({})).len(), 1);
    first.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(shop.ask("order", json!({"id": 2}))[0]["lines"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_typed_on_after_another_window_saved_the_draft_is_told_and_kept_as_a_draft_of_its_own() {
    let shop = Shop::new();
    let mut first = shop.at_the_desk();
    first.press_with(Modifiers::COMMAND, Key::N);
    first.scan("R-1");
    first.harness.run_steps(130);
    let mut second = shop.at_the_desk();
    second.press_with(Modifiers::COMMAND, Key::S);
    first.scan("4850001234562");
    first.harness.run_steps(260);
    assert!(first.sees("This draft became an order in another window"));
    let drafts = shop.ask("drafts", json!({}));
    assert_eq!((drafts.len(), drafts[0]["content"]["card"]["lines"].as_array().unwrap().len()), (1, 2));
}

#[test]
fn esc_gives_up_what_is_typed_and_then_keeps_the_card_as_a_draft() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.type_text("ton");
    window.press(Key::Escape);
    assert!(window.sees("New order*"), "the first Esc empties the entry");
    window.press(Key::Escape);
    assert!(window.sees("Kept as a draft"));
    assert_eq!(shop.ask("drafts", json!({})).len(), 1);
}

#[test]
fn a_new_card_shows_the_number_it_will_get_and_takes_it_only_when_saved() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    assert!(window.sees("No. 000001"));
    window.press_with(Modifiers::COMMAND, Key::N);
    assert!(window.sees("No. 000001"), "looking takes nothing");
    window.scan("R-1");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.sees("Order 000001"));
    window.press_with(Modifiers::COMMAND, Key::N);
    assert!(window.sees("No. 000002"));
}

#[test]
fn every_draft_that_comes_back_is_marked_as_unsaved_before_it_is_looked_at() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    for _ in 0..2 {
        window.press_with(Modifiers::COMMAND, Key::N);
        window.scan("R-1");
        window.press(Key::Escape);
    }
    assert_eq!(shop.ask("drafts", json!({})).len(), 2);
    drop(window);
    let window = shop.at_the_desk();
    assert_eq!(window.harness.query_all_by_label("Close “New order*”").count(), 2);
}

#[test]
fn a_draft_that_an_invoice_forbids_shows_the_saved_sums_and_the_way_out() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.press_with(Modifiers::COMMAND, Key::S);
    window.scan("4850001234562");
    window.press(Key::Escape);
    drop(window);
    assert_eq!(shop.ask("drafts", json!({})).len(), 1);
    shop.run("issue-invoice", json!({"order": 1}));
    let mut window = shop.at_the_desk();
    assert!(window.sees("void invoice"), "why it cannot be saved stands on the card");
    assert!(!window.sees("The sums stand here") && window.sees("3,000"), "the sums of the saved order stand");
    let pay = window
        .harness
        .query_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Take payment")));
    assert!(pay.unwrap().accesskit_node().is_disabled());
    window.click("Discard");
    window.click("Discard");
    assert!(!window.sees("void invoice"));
    drop(window);
    assert_eq!(shop.ask("drafts", json!({})).len(), 0);
}

#[test]
fn what_was_typed_last_is_kept_when_the_window_is_locked_and_another_person_takes_the_seat() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.type_into("Note", "Ring twice");
    window.press_with(Modifiers::COMMAND, Key::L);
    let kept = || shop.ask("drafts", json!({}))[0]["content"]["card"]["note"].clone();
    assert_eq!(kept(), "Ring twice");
    window.type_text(PASSWORD);
    window.press(Key::Enter);
    window.type_into("Note", " or thrice");
    window.press_with(Modifiers::COMMAND, Key::L);
    window.click_any("Switch user");
    assert_eq!(kept(), "Ring twice or thrice");
}

#[test]
fn an_order_is_thrown_away_only_when_that_was_asked_and_by_no_key_that_takes_a_word() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.press_with(Modifiers::COMMAND, Key::Delete);
    assert!(window.sees("New order*") && !window.sees("Unsaved changes"), "the keys are the field's");
    window.click("Discard");
    assert!(window.sees("Unsaved changes"));
    window.press(Key::Escape);
    assert!(window.sees("New order*"));
    window.click("Discard");
    window.click("Discard");
    assert!(!window.sees("Close “New order"));
    window.harness.run_steps(130);
    assert_eq!(shop.ask("drafts", json!({})).len(), 0);
}
