//! The cards of payments and invoices: what they say, where they lead to, papers, money back, taken back with a reason.

use std::path::PathBuf;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::base::locale::Lang;
use patver::base::right::Right;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show, undo_newest};

const ALT: egui::Modifiers = egui::Modifiers::ALT;

/// A company with one order of a customer, invoiced and paid in two ways.
fn sold() -> Desk {
    let desk = company(Lang::EN);
    run(&desk, "save-counterparty", json!({"kind": "company", "name": "Aregak", "tax_id": "02588888"}));
    let lines = json!([{"text": "Work", "quantity": "2.5", "price": "4000"}]);
    run(&desk, "place-order", json!({"counterparty": 2, "lines": lines, "status": "confirmed"}));
    run(&desk, "issue-invoice", json!({"order": 1}));
    let tenders = json!([{"method": "card", "amount": "6000"}, {"method": "cash", "amount": "5000"}]);
    run(&desk, "take-payment", json!({"order": 1, "tenders": tenders, "note": "At the door"}));
    desk
}

fn one(card: &Harness<'_, Stage>, name: &str) -> Json {
    query(&card.state().desk, name, json!({"id": 1})).swap_remove(0)
}

fn papers(card: &Harness<'_, Stage>) -> Vec<String> {
    let folder: PathBuf = card.state().desk.workplace.documents();
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn sees_all(card: &Harness<'_, Stage>, words: &[&str]) {
    for words in words {
        assert!(card.sees(words), "{words}");
    }
}

#[test]
fn enter_in_the_lists_opens_the_card_and_nothing_new_is_offered() {
    for (list, card) in [("payments", "payment"), ("invoices", "invoice")] {
        let mut screen = show(sold(), &Place::only(list));
        screen.press(Key::Enter);
        screen.press(Key::Insert);
        assert_eq!(screen.state().opened, [Place::of(card, 1)]);
        let offers = screen.state().screen.actions(&screen.state().desk);
        assert!(offers.iter().all(|offer| offer.action.id != "new"));
    }
}

#[test]
fn in_every_list_of_the_menu_enter_and_ins_lead_somewhere_or_are_not_offered() {
    for opener in patver::modules::MENU.iter().chain(patver::modules::DIRECTORIES) {
        let desk = sold();
        run(&desk, "save-category", json!({"name": "Regular"}));
        run(&desk, "save-field", json!({"record": "item", "name": "Country"}));
        run(&desk, "save-item-group", json!({"name": "Furniture"}));
        run(&desk, "save-item", json!({"kind": "goods", "name": "Toner", "price": "4700"}));
        run(&desk, "save-opening-balance", json!({"counterparty": 2, "amount": "500"}));
        run(&desk, "save-task", json!({"name": "Call"}));
        let lines = json!([{"text": "Work", "quantity": "1", "price": "5000"}]);
        run(&desk, "save-template", json!({"name": "Work", "content": {"lines": lines}}));
        run(&desk, "send-message", json!({"to": 1, "text": "Ready"}));
        let mut screen = show(desk, &Place::only(opener.kind));
        if opener.kind == "orders" {
            screen.press(Key::Escape);
        }
        for (key, action) in [(Key::Enter, "open"), (Key::Insert, "new")] {
            let offers = screen.state().screen.actions(&screen.state().desk);
            let offered = action == "open" || offers.iter().any(|offer| offer.action.id == action);
            screen.press(key);
            let led = !screen.state().opened.is_empty() || screen.state().screen.modal();
            assert_eq!(led, offered, "{} {action}", opener.kind);
            screen.press(Key::Escape);
            screen.state_mut().opened.clear();
        }
    }
}

#[test]
fn a_payment_says_how_it_was_made_and_what_it_settles() {
    let card = show(sold(), &Place::of("payment", 1));
    assert_eq!(card.state().screen.title(&card.state().desk), "Payment 000001");
    sees_all(&card, &["Valid", "10,000", "Aregak", "At the door", "Card", "6,000", "5,000", "Change", "-1,000"]);
    sees_all(&card, &["How it was paid", "Orders it settles", "ani"]);
}

#[test]
fn words_of_a_document_lead_to_its_order_and_its_customer() {
    for kind in ["payment", "invoice"] {
        let mut card = show(sold(), &Place::of(kind, 1));
        card.click(Role::Link, "Aregak");
        card.click(Role::Button, "Open the order");
        card.press_with(CTRL, Key::Enter);
        assert_eq!(card.state().opened, [Place::of("customer", 2), Place::of("order", 1), Place::of("customer", 2)]);
    }
}

#[test]
fn a_payment_is_taken_back_on_its_card_and_the_two_lead_to_each_other() {
    let mut card = show(sold(), &Place::of("payment", 1));
    card.click(Role::Button, "Void");
    card.typed("Wrong card");
    card.press(Key::Enter);
    assert_eq!(one(&card, "payment")["voided"], true);
    assert!(card.sees("Voided") && card.sees("Taken back by payment"));
    card.click(Role::Link, "000002");
    assert_eq!(card.state().opened, [Place::of("payment", 2)]);
    card.press(Key::Delete);
    assert!(!card.sees("Void payment 000001"), "what was taken back is not taken back again");
}

#[test]
fn the_receipt_is_made_by_its_key() {
    let mut card = show(sold(), &Place::of("payment", 1));
    card.press_with(CTRL, Key::P);
    assert_eq!(papers(&card), ["receipt-000001.pdf"]);
    assert_eq!(card.state().toasts.last().unwrap().title, "The paper is ready");
}

#[test]
fn money_is_given_back_for_what_came_back_and_undo_takes_it_back() {
    let refunds = |card: &Harness<'_, Stage>| query(&card.state().desk, "payments", json!({"kind": "refund"}));
    let offered = |card: &Harness<'_, Stage>| {
        card.state().screen.actions(&card.state().desk).iter().any(|offer| offer.action.id == "refund")
    };
    let mut card = show(sold(), &Place::of("payment", 1));
    assert!(!offered(&card), "nothing came back yet");
    run(&card.state().desk, "return-order", json!({"order": 1}));
    card.run();
    card.click(Role::Button, "Give money back…");
    card.press_with(CTRL, Key::Enter);
    assert!(card.sees("Fill this in"), "the reason is missing");
    card.line("Reason").focus();
    card.run();
    card.typed("Came back");
    card.press_with(CTRL, Key::Enter);
    let refund = &refunds(&card)[0];
    assert_eq!((&refund["amount"], &refund["reason"]), (&json!("-10000.00"), &json!("Came back")));
    assert_eq!(refund["order_number"], "000002");
    assert!(!offered(&card));
    undo_newest(&mut card);
    assert!(offered(&card));
}

#[test]
fn an_advance_has_a_card_without_an_order() {
    let desk = sold();
    let tenders = json!([{"method": "cash", "amount": "7000"}]);
    run(&desk, "take-payment", json!({"counterparty": 2, "tenders": tenders}));
    let card = show(desk, &Place::of("payment", 2));
    sees_all(&card, &["Unused", "7,000", "How it was paid"]);
    assert!(!card.sees("Orders it settles") && !card.sees("Order"));
}

#[test]
fn an_invoice_shows_what_was_issued() {
    let desk = sold();
    run(&desk, "save-counterparty", json!({"id": 2, "version": 1, "tax_id": "00000019"}));
    let card = show(desk, &Place::of("invoice", 1));
    assert_eq!(card.state().screen.title(&card.state().desk), "Invoice 000001");
    sees_all(&card, &["Issued", "Work", "2.5", "4,000", "10,000", "02588888", "Lines as issued", "Tax by rate"]);
}

#[test]
fn an_invoice_is_printed_and_copied_under_names_of_their_own() {
    let mut card = show(sold(), &Place::of("invoice", 1));
    card.press_with(CTRL, Key::P);
    card.click(Role::Button, "Print a copy");
    assert_eq!(papers(&card), ["invoice-000001-copy.pdf", "invoice-000001.pdf"]);
    run(&card.state().desk, "mark-invoice-printed", json!({"invoice": 1}));
    card.run();
    let offers = card.state().screen.actions(&card.state().desk);
    assert!(offers.iter().all(|offer| offer.action.id != "print"), "from then on there are copies only");
}

#[test]
fn a_fiscal_number_is_noted_and_taken_away_again() {
    let mut card = show(sold(), &Place::of("invoice", 1));
    card.click(Role::Button, "Fiscal number…");
    card.typed("F-77");
    card.press_with(CTRL, Key::Enter);
    assert_eq!(one(&card, "invoice")["fiscal_number"], "F-77");
    assert!(card.sees("F-77"));
    undo_newest(&mut card);
    assert_eq!(one(&card, "invoice")["fiscal_number"], "");
}

#[test]
fn an_invoice_is_voided_on_its_card_with_a_reason() {
    let mut card = show(sold(), &Place::of("invoice", 1));
    card.press(Key::Delete);
    card.typed("Wrong name");
    card.press(Key::Enter);
    assert_eq!(one(&card, "invoice")["reason"], "Wrong name");
    sees_all(&card, &["Voided", "Wrong name"]);
}

#[test]
fn files_and_history_of_a_document_stand_beside_it_and_esc_closes_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("slip.txt");
    std::fs::write(&path, "bank").unwrap();
    for kind in ["payment", "invoice"] {
        let mut card = show(sold(), &Place::of(kind, 1));
        card.press_with(ALT, Key::Num2);
        card.input_mut().dropped_files.push(std::sync::Arc::new(crate::cards::Fallen(path.clone())));
        card.run();
        let files = query(&card.state().desk, "attachments", json!({"owner": kind, "owner_id": 1}));
        assert_eq!(files[0]["name"], "slip.txt");
        card.press_with(ALT, Key::Num3);
        sees_all(&card, &[if kind == "payment" { "Take payment" } else { "Issue invoice" }]);
        card.press(Key::Escape);
        assert_eq!(card.state().opened, [Place::only("closed")]);
    }
}

#[test]
fn a_document_that_is_not_there_is_said_so() {
    for kind in ["payment", "invoice"] {
        let card = show(sold(), &Place::of(kind, 77));
        assert!(card.state().screen.actions(&card.state().desk).is_empty());
        let button = card.control(Role::Button, "Try again");
        assert!(!button.rect().is_negative());
    }
}

#[test]
fn payments_and_invoices_below_the_orders_lead_to_their_cards() {
    let mut screen = show(sold(), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(ALT, Key::Num2);
    let links: Vec<_> = screen.root().children_recursive().filter(|node| is_link(node)).collect();
    assert_eq!(links.len(), 2, "the payment and the invoice");
    links[0].click();
    screen.run();
    assert_eq!(screen.state().opened, [Place::of("payment", 1)]);
}

fn is_link(node: &egui_kittest::Node<'_>) -> bool {
    node.accesskit_node().role() == Role::Link
}

#[test]
fn who_may_not_change_items_can_only_ignore_an_unknown_code() {
    let mut desk = company(Lang::EN);
    desk.person.rights.remove(&Right::ItemEdit);
    let mut screen = show(desk, &Place::of("order", "new"));
    let stage = screen.state_mut();
    assert!(stage.screen.scan("4600000000008", &mut stage.desk));
    screen.run();
    let stage = screen.state();
    let offered: Vec<_> = stage.screen.actions(&stage.desk).iter().map(|offer| offer.action.id).collect();
    assert!(offered.contains(&"ignore-code"));
    assert!(!offered.contains(&"link-code") && !offered.contains(&"create-with-code"));
}

/// The card of an order, and somebody else who gives it a note.
fn changed_elsewhere(typed: &str) -> Harness<'static, Stage> {
    let desk = company(Lang::EN);
    run(&desk, "place-order", json!({"note": "Old", "lines": [{"text": "Work", "quantity": "1", "price": "4000"}]}));
    let mut card = show(desk, &Place::of("order", 1));
    card.control(Role::TextInput, "Note").focus();
    card.run();
    if !typed.is_empty() {
        card.typed(typed);
    }
    let version = one(&card, "order")["version"].clone();
    let reference = "PO-7";
    let change = json!({"order": 1, "version": version, "note": "Theirs", "reference": reference});
    run(&card.state().desk, "edit-order", change);
    card.run();
    card
}

#[test]
fn a_card_on_which_nothing_was_typed_takes_over_what_somebody_else_saved() {
    let card = changed_elsewhere("");
    assert_eq!(card.control(Role::TextInput, "Note").value().unwrap(), "Theirs");
    assert!(!card.state().screen.unsaved());
}

#[test]
fn what_two_typed_into_the_same_field_is_said_and_only_that_is_saved_over() {
    let mut card = changed_elsewhere("Mine");
    assert!(card.query_all_by_label_contains("Somebody else saved this order").next().is_some());
    assert_eq!(card.control(Role::TextInput, "Note").value().unwrap(), "Mine");
    card.press_with(CTRL, Key::S);
    let saved = one(&card, "order");
    assert_eq!((saved["note"].as_str(), saved["reference"].as_str()), (Some("Mine"), Some("PO-7")));
}

#[test]
fn a_thrown_away_edit_leaves_what_was_saved() {
    let mut card = changed_elsewhere("Mine");
    for _ in 0..2 {
        card.click_last("Discard");
    }
    assert_eq!(card.state().opened, [Place::only("closed")]);
    assert_eq!(card.control(Role::TextInput, "Note").value().unwrap(), "Theirs");
    assert!(!card.state().screen.unsaved());
}
