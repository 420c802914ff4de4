//! What stands behind the gear: each screen worked by role and name, and refused below the screen without the right.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use patver::base::error::Error;
use patver::base::locale::Lang;
use patver::base::right::Right;
use patver::engine::backup::{self, Permit, Reason};
use patver::engine::store::Call;
use patver::engine::worker::Lane;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, company_at, query, run, show};

fn without(mut desk: Desk, right: Right) -> Desk {
    desk.person.rights.remove(&right);
    desk
}

/// A user of a shipped role, signed in past the one-time code that nobody was given.
fn somebody(desk: &Desk, role: &str) -> Call {
    let saved = run(desk, "save-user", json!({"login": format!("{role}-1"), "role": role}));
    Call::of_user(saved["id"].as_i64().unwrap())
}

fn refused(desk: &Desk, call: &Call, name: &str, arguments: Json) -> Error {
    desk.handle.send_json(call, name, arguments).wait().unwrap_err()
}

/// Types into a line in place of what stands there.
fn retype(screen: &mut Harness<'static, Stage>, name: &str, letters: &str) {
    screen.line(name).focus();
    screen.run();
    screen.press_with(CTRL, Key::A);
    screen.typed(letters);
}

#[test]
fn the_company_is_changed_on_its_card_and_the_change_can_be_taken_back() {
    let mut card = show(company(Lang::EN), &Place::only("company"));
    assert!(!card.sees("Change settings"), "a right that one has is not spoken of");
    assert_eq!(card.text("Name"), "Arpi");
    retype(&mut card, "Phone", "010 123456");
    card.press_with(CTRL, Key::S);
    assert_eq!(query(&card.state().desk, "company", json!({}))[0]["phone"], "010 123456");
    assert_eq!(card.state().screen.place(), Place::only("company"));
    crate::stage::undo_newest(&mut card);
    assert_eq!(query(&card.state().desk, "company", json!({}))[0]["phone"], "");
}

#[test]
fn the_time_zone_is_chosen_from_those_there_are() {
    let mut card = show(company(Lang::EN), &Place::only("company"));
    card.control(Role::EditableComboBox, "Time zone").focus();
    card.run();
    card.press_with(CTRL, Key::A);
    card.typed("tbilisi");
    card.press(Key::Enter);
    card.press_with(CTRL, Key::S);
    assert_eq!(query(&card.state().desk, "company", json!({}))[0]["time_zone"], "Asia/Tbilisi");
}

#[test]
fn two_who_change_the_company_at_once_see_both_values() {
    let mut card = show(company(Lang::EN), &Place::only("company"));
    retype(&mut card, "Phone", "010 111111");
    run(&card.state().desk, "save-company", json!({"version": 1, "phone": "010 222222"}));
    card.press_with(CTRL, Key::S);
    assert!(card.sees("010 111111") && card.sees("010 222222"));
    card.click(Role::Button, "Keep mine");
    assert_eq!(query(&card.state().desk, "company", json!({}))[0]["phone"], "010 111111");
}

#[test]
fn who_may_not_change_the_company_sees_why() {
    let desk = without(company(Lang::EN), Right::SettingsEdit);
    let card = show(desk, &Place::only("company"));
    let why = "This needs the right “Change settings”, which your role does not have. Ask the owner to do it or to change your role";
    assert!(card.sees(&format!("{}  {why}", patver::ui::icon::LOCK)));
    assert!(card.state().screen.actions(&card.state().desk).is_empty());
}

#[test]
fn a_new_user_gets_a_one_time_code_that_is_shown_once() {
    let mut screen = show(company(Lang::EN), &Place::only("users"));
    screen.press(Key::Insert);
    screen.typed("Gor Petrosyan");
    retype(&mut screen, "User", "gor");
    screen.control(Role::EditableComboBox, "Role").focus();
    screen.run();
    screen.typed("sal");
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::Enter);
    let users = query(&screen.state().desk, "users", json!({}));
    assert_eq!((&users[1]["login"], &users[1]["role"]), (&json!("gor"), &json!("sales")));
    assert!(screen.sees("One-time code for Gor Petrosyan"));
    screen.click(Role::Button, "Make the code");
    assert!(screen.sees("It is shown once and is good for a day. Hand it over in person"));
    screen.click(Role::Button, "I have written it down");
    assert!(!screen.state().screen.modal());
    assert!(screen.state().toasts.last().unwrap().offered.is_none(), "a user is not undone");
}

#[test]
fn a_user_is_switched_off_and_gets_a_code_for_another_password() {
    let desk = company(Lang::EN);
    run(&desk, "save-user", json!({"login": "gor", "name": "Gor", "role": "sales"}));
    let mut screen = show(desk, &Place::only("users"));
    screen.press(Key::ArrowDown);
    screen.click(Role::Button, "One-time code");
    assert!(screen.sees("One-time code for Gor"));
    screen.press(Key::Escape);
    assert!(!screen.state().screen.modal());
    screen.click(Role::Button, "Switch off");
    assert_eq!(query(&screen.state().desk, "users", json!({}))[1]["active"], false);
}

#[test]
fn rights_of_a_role_are_ticked_by_area_and_saved() {
    let mut screen = show(company(Lang::EN), &Place::only("roles"));
    for _ in 0..2 {
        screen.press(Key::ArrowDown);
    }
    screen.press(Key::Enter);
    screen.control(Role::CheckBox, "Cancel orders").focus();
    screen.run();
    screen.press(Key::Space);
    screen.press_with(CTRL, Key::Enter);
    let roles = query(&screen.state().desk, "roles", json!({}));
    let rights = roles[2]["rights"].as_array().unwrap();
    assert!(rights.contains(&json!("order-cancel")) && rights.contains(&json!("order-place")), "{rights:?}");
}

#[test]
fn the_owner_s_role_says_why_it_stays() {
    let mut screen = show(company(Lang::EN), &Place::only("roles"));
    screen.press(Key::Enter);
    assert!(screen.sees(&format!("{} Nobody changes their own role", patver::ui::icon::CIRCLE_ALERT)));
    screen.press(Key::Escape);
    assert!(!screen.state().screen.modal());
}

#[test]
fn a_next_number_is_raised_and_a_smaller_one_is_refused_at_its_field() {
    let mut screen = show(company(Lang::EN), &Place::only("numbering"));
    screen.click(Role::Button, "Invoices: Raise…");
    retype(&mut screen, "Next number", "501");
    screen.press_with(CTRL, Key::Enter);
    let next = |screen: &Harness<'_, Stage>| query(&screen.state().desk, "series", json!({}))[0]["next"].clone();
    assert_eq!(next(&screen), 501);
    screen.click(Role::Button, "Invoices: Raise…");
    retype(&mut screen, "Next number", "17");
    screen.press_with(CTRL, Key::Enter);
    assert!(screen.state().screen.modal());
    assert_eq!((screen.focused().as_str(), next(&screen)), ("Next number", json!(501)));
}

#[test]
fn what_is_chosen_about_printing_is_kept_at_the_workplace() {
    let mut screen = show(company(Lang::EN), &Place::only("printing"));
    let folder = tempfile::tempdir().unwrap().path().display().to_string();
    screen.click(Role::CheckBox, "After a customer’s payment, print: Receipt");
    screen.click(Role::CheckBox, "After a sale without a name, print: Receipt");
    retype(&mut screen, "Folder for papers", &folder);
    screen.press(Key::Tab);
    let workplace = &screen.state().desk.workplace;
    let papers = r#"{"walk_in":{"invoice":false,"receipt":false},"customer":{"invoice":true,"receipt":true}}"#;
    assert_eq!(workplace.kept("print-after-payment").as_deref(), Some(papers));
    assert_eq!(workplace.kept("print-folder").as_deref(), Some(folder.as_str()));
}

#[test]
fn a_backup_is_made_checked_and_put_back_after_a_plain_question() {
    let folder = tempfile::tempdir().unwrap();
    let desk = company_at(&folder.path().join("shop.patver"), Lang::EN);
    let mut screen = show(desk, &Place::only("backups"));
    assert!(screen.sees("There is no backup in this folder yet"));
    screen.click(Role::Button, "Make a backup now");
    assert_eq!(screen.state().toasts.last().unwrap().title, "The backup is made and checked");
    screen.click(Role::Button, "Check Mar 2, 2026 10:00");
    assert_eq!(screen.state().toasts.last().unwrap().title, "The backup of Mar 2, 2026 10:00 is whole");
    screen.click(Role::Button, "Try out Mar 2, 2026 10:00");
    assert_eq!(screen.state().toasts.last().unwrap().title, "The backup can be restored");
    let left = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!left.map(|name| name.to_string_lossy().into_owned()).any(|name| name.contains("test-restore")));
    screen.click(Role::Button, "Restore… Mar 2, 2026 10:00");
    assert!(screen.state().screen.modal());
    screen.press(Key::Escape);
    assert!(screen.state().restores.is_empty());
    screen.click(Role::Button, "Restore… Mar 2, 2026 10:00");
    screen.click(Role::Button, "Restore");
    assert_eq!(screen.state().restores.len(), 1);
}

#[test]
fn what_a_backup_holds_stands_beside_what_the_company_holds_before_it_is_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let desk = company_at(&folder.path().join("shop.patver"), Lang::EN);
    let order = json!({"lines": [{"text": "Paper", "quantity": "1", "price": "1500"}]});
    run(&desk, "place-order", order.clone());
    let mut screen = show(desk, &Place::only("backups"));
    screen.click(Role::Button, "Make a backup now");
    run(&screen.state().desk, "place-order", order);
    screen.click(Role::Button, "Restore… Mar 2, 2026 10:00");
    let lost = "The company becomes what it was then. Changes made since are left out: 1";
    for words in ["In the backup", "1,500", "3,000", lost] {
        assert!(screen.sees(words), "{words}");
    }
}

#[test]
fn a_second_folder_gets_each_backup_too_and_one_that_is_away_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let desk = company_at(&folder.path().join("shop.patver"), Lang::EN);
    let stick = folder.path().join("stick");
    desk.workplace.keep("backup-second", stick.to_str().unwrap());
    let mut screen = show(desk, &Place::only("backups"));
    screen.click(Role::Button, "Make a backup now");
    let told = screen.state().toasts.last().unwrap().title.clone();
    assert!(told.contains("stick is not there"), "{told}");
    std::fs::create_dir(&stick).unwrap();
    screen.click(Role::Button, "Make a backup now");
    assert_eq!(backup::list(&stick).unwrap().len(), 1);
    assert!(screen.sees("Second folder"));
}

#[test]
fn who_may_only_make_backups_cannot_press_restore() {
    let folder = tempfile::tempdir().unwrap();
    let desk = without(company_at(&folder.path().join("shop.patver"), Lang::EN), Right::BackupRestore);
    let mut screen = show(desk, &Place::only("backups"));
    screen.click(Role::Button, "Make a backup now");
    screen.click(Role::Button, "Restore… Mar 2, 2026 10:00");
    assert!(!screen.state().screen.modal());
}

#[test]
fn without_the_right_each_of_it_is_refused_below_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.patver");
    let desk = company_at(&file, Lang::EN);
    let sales = somebody(&desk, "sales");
    for (name, arguments) in [
        ("save-company", json!({"version": 1, "phone": "1"})),
        ("save-user", json!({"login": "new", "role": "viewer"})),
        ("reset-password", json!({"user": 1})),
        ("save-role", json!({"code": "more", "rights": []})),
        ("raise-series", json!({"name": "order", "next": 900})),
    ] {
        assert_eq!(refused(&desk, &sales, name, arguments).key(), "error.no_right", "{name}");
    }
    let target = folder.path().join("copies");
    let made = desk.handle.read(Lane::Background, &sales, move |view, watch| {
        backup::make_of(view, &file, (&target, Reason::Asked), watch)
    });
    assert_eq!(made.wait().unwrap_err().key(), "error.no_right");
    let permit = desk.handle.read(Lane::Interactive, &sales, |view, _| Permit::of(view));
    assert_eq!(permit.wait().unwrap_err().key(), "error.no_right");
    let users = desk.handle.ask_json(Lane::Interactive, &sales, "users", json!({})).wait();
    assert_eq!(users.unwrap_err().key(), "error.no_right");
}
