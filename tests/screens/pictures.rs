//! Small pictures in the list of items: only of rows that are seen, and never more than so many kept.

use std::io::Cursor;

use egui::Key;
use egui_kittest::Harness;
use patver::base::locale::Lang;
use patver::domain::file::keep_file;
use patver::engine::change::Changes;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::json;

use crate::hands::Hands as _;
use crate::stage::{Stage, company, run, show};

/// A picture of a colour of its own.
fn png(number: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(64, 32, image::Rgb([number, 80, 160]));
    let mut content = Cursor::new(Vec::new());
    picture.write_to(&mut content, image::ImageFormat::Png).unwrap();
    content.into_inner()
}

fn shop(items: u8, pictured: u8) -> Desk {
    let desk = company(Lang::EN);
    for number in 0..items {
        let (call, content) = (desk.call.clone(), png(number));
        let keep = desk.handle.write(move |store, _| Ok((keep_file(store, &call, &content)?, Changes::default())));
        let hash = (number < pictured).then(|| keep.wait().unwrap());
        let name = format!("Thing {number:03}");
        run(&desk, "save-item", json!({"kind": "goods", "name": name, "unit": "pcs", "picture": hash}));
    }
    desk
}

/// The sizes of the pictures that are held ready for rows.
fn held(screen: &Harness<'static, Stage>) -> Vec<[usize; 2]> {
    let textures = screen.ctx.tex_manager();
    let textures = textures.read();
    let of_rows = textures.allocated().filter(|(_, texture)| texture.name.starts_with("row-"));
    of_rows.map(|(_, texture)| texture.size).collect()
}

#[test]
fn pictures_stand_in_rows_that_are_seen_no_larger_than_their_row() {
    let screen = show(shop(120, 100), &Place::only("items"));
    let first = held(&screen);
    assert!((10..60).contains(&first.len()), "{}", first.len());
    assert!(first.iter().all(|size| *size == [26, 13]), "{first:?}");
}

#[test]
fn what_comes_into_sight_is_read_then_and_rows_without_a_picture_show_none() {
    let mut screen = show(shop(120, 100), &Place::only("items"));
    let first = held(&screen).len();
    screen.press(Key::PageDown);
    screen.press(Key::PageDown);
    let second = held(&screen).len();
    assert!(first < second && second < 100, "{first}, {second}");
    for _ in 0..8 {
        screen.press(Key::PageDown);
    }
    assert_eq!(held(&screen).len(), 100, "each was seen once, and is kept for when it comes back");
}
