//! Papers before they are printed: the same pages as the PDF's, turned and kept, and nothing issued by looking.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use patver::base::error::Error;
use patver::base::locale::Lang;
use patver::engine::store::Call;
use patver::engine::worker::Lane;
use patver::forms::{self, Request};
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show};

/// A company with an order of so many lines that nothing was invoiced of.
fn ordered(lines: usize) -> Desk {
    let desk = company(Lang::EN);
    let line = |number| json!({"text": format!("Work {number}"), "quantity": "1", "price": "4000"});
    let lines: Vec<Json> = (1..=lines).map(line).collect();
    run(&desk, "place-order", json!({"lines": lines, "status": "confirmed"}));
    desk
}

/// What the page on the screen says.
fn page(screen: &Harness<'_, Stage>) -> String {
    let mut pages = screen.root().children_recursive().filter(|node| node.accesskit_node().role() == Role::Image);
    pages.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn filled(desk: &Desk, form: &str, keys: Json) -> Result<Vec<String>, Error> {
    let request = Request { form: form.to_owned(), keys, language: None, copy: false };
    let fill = desk.handle.read(Lane::Interactive, &desk.call, move |view, _| forms::fill(view, &request));
    Ok(fill.wait()?.paper.texts().map(str::to_owned).collect())
}

#[test]
fn the_pages_are_those_of_the_paper_and_are_turned_by_keys() {
    let mut screen = show(ordered(90), &Place::of("order-preview", 1));
    let mut seen = page(&screen);
    assert!(seen.starts_with("Page 1 of 4: "), "{seen}");
    for number in 2..=4 {
        screen.press(Key::PageDown);
        let next = page(&screen);
        assert!(next.starts_with(&format!("Page {number} of 4: ")), "{next}");
        seen.push_str(&next);
    }
    for text in filled(&screen.state().desk, "order", json!({"id": 1})).unwrap() {
        assert!(seen.contains(&text), "{text}");
    }
    screen.press(Key::PageUp);
    assert!(page(&screen).starts_with("Page 3 of 4: "));
}

#[test]
fn an_invoice_is_looked_at_before_it_is_issued_and_looking_issues_nothing() {
    let mut screen = show(ordered(2), &Place::of("order-preview", 1));
    screen.click(Role::Button, "Invoice");
    let seen = page(&screen);
    assert!(seen.contains("Work 2") && seen.contains("000001"), "{seen}");
    assert!(query(&screen.state().desk, "invoices", json!({})).is_empty());
    assert!(screen.sees("This invoice is not issued yet: printing or keeping it issues it"));
    let issued = run(&screen.state().desk, "issue-invoice", json!({"order": 1}));
    screen.run();
    let words = filled(&screen.state().desk, "invoice", json!({"id": issued["id"]})).unwrap();
    assert!(words.iter().all(|text| page(&screen).contains(text)), "{words:?}");
}

#[test]
fn without_a_printer_the_paper_is_only_kept_and_the_way_to_choose_one_is_shown() {
    let mut screen = show(ordered(1), &Place::of("order-preview", 1));
    let offers = screen.state().screen.actions(&screen.state().desk);
    assert!(offers.iter().any(|offer| offer.action.id == "print" && !offer.enabled));
    screen.click(Role::Link, "Choose a printer");
    assert_eq!(screen.state().opened, [Place::only("printing")]);
    screen.press(Key::Escape);
    assert_eq!(screen.state().opened.last(), Some(&Place::only("closed")));
}

#[test]
fn the_lists_lead_to_the_paper_of_a_row_from_their_menu() {
    let desk = ordered(1);
    run(&desk, "issue-invoice", json!({"order": 1}));
    let tenders = json!([{"method": "cash", "amount": "4000"}]);
    run(&desk, "take-payment", json!({"order": 1, "tenders": tenders}));
    for (list, preview) in [("payments", "payment-preview"), ("invoices", "invoice-preview")] {
        let mut screen = show(company_like(&desk), &Place::only(list));
        screen.press(Key::Menu);
        screen.click(Role::MenuItem, "Print preview");
        assert_eq!(screen.state().opened, [Place::of(preview, 1)]);
    }
    let receipt = show(company_like(&desk), &Place::of("payment-preview", 1));
    assert!(page(&receipt).contains("000001"));
}

/// Another desk at the same file.
fn company_like(desk: &Desk) -> Desk {
    let seat = (desk.person.clone(), desk.house.clone());
    let mut other = Desk::new(desk.handle.clone(), seat, desk.clock.clone(), desk.workplace.clone());
    other.revisions = desk.revisions.clone();
    other
}

#[test]
fn who_may_not_see_the_document_does_not_see_its_paper() {
    let desk = ordered(1);
    run(&desk, "issue-invoice", json!({"order": 1}));
    let saved = run(&desk, "save-user", json!({"login": "hayk", "role": "warehouse"}));
    let mut other = company_like(&desk);
    other.call = Call::of_user(saved["id"].as_i64().unwrap());
    assert_eq!(filled(&other, "invoice", json!({"id": 1})).unwrap_err().key(), "error.no_right");
    let screen = show(other, &Place::of("invoice-preview", 1));
    assert_eq!(page(&screen), "");
    assert!(screen.sees("This needs the right “See and print invoices”, which your role does not have"));
}

#[test]
fn ctrl_p_prints_an_order_as_before_and_asks_for_no_preview() {
    let mut screen = show(ordered(1), &Place::of("order", 1));
    screen.press_with(CTRL, Key::P);
    assert!(screen.state().opened.is_empty());
    assert_eq!(query(&screen.state().desk, "invoices", json!({})).len(), 1);
}

#[test]
fn after_a_payment_its_papers_may_be_looked_at_before_they_are_printed() {
    let mut card = show(ordered(1), &Place::of("order", 1));
    card.press(Key::F8);
    card.click(Role::CheckBox, "Invoice  Alt+I");
    let (key, modifiers) = (Key::P, Modifiers::ALT);
    let press = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    // Some systems send a letter behind a key with Alt; it is no part of the amount.
    card.input_mut().events.extend([press, Event::Text("p".to_owned())]);
    card.run();
    let desk = &card.state().desk;
    assert_eq!(query(desk, "payments", json!({})).len(), 1);
    assert!(query(desk, "invoices", json!({})).is_empty(), "nothing is issued by looking");
    let papers = [Place::of("payment-preview", 1), Place::of("order-preview", "1/invoice")];
    assert_eq!(card.state().opened, papers);
    let invoice = show(company_like(desk), &papers[1]);
    assert!(page(&invoice).contains("Work 1"));
    assert!(invoice.sees("This invoice is not issued yet: printing or keeping it issues it"));
}
