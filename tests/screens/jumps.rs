//! A long list is jumped through: the last row is one key away, and its neighbours follow.

use egui::Key;
use patver::base::locale::Lang;
use patver::ui::screen::Place;
use serde_json::json;

use crate::hands::Hands as _;
use crate::stage::{company, query, run, show};

#[test]
fn any_row_of_a_long_list_is_reached_at_once_and_the_rows_around_it_follow() {
    let desk = company(Lang::EN);
    for _ in 0..430 {
        run(&desk, "place-order", json!({"lines": [{"text": "Work", "quantity": "1", "price": "5"}]}));
    }
    let oldest = query(&desk, "orders", json!({"sort": "date", "limit": 300}));
    let number =
        |at: usize| oldest[at]["number"].as_str().map_or_else(|| oldest[at]["number"].to_string(), String::from);
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press(Key::End);
    assert!(screen.focused().starts_with(&number(0)), "{}", screen.focused());
    screen.press(Key::ArrowUp);
    assert!(screen.focused().starts_with(&number(1)), "{}", screen.focused());
    screen.press(Key::Home);
    screen.press(Key::End);
    for at in 1..250 {
        screen.press(Key::ArrowUp);
        assert!(screen.focused().starts_with(&number(at)), "{at}: {}", screen.focused());
    }
}
