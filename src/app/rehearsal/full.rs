//! Frames of full screens: items with pictures, and the card of an order with thousands of lines.

use eframe::App as _;
use egui::{Context, Event, Key, Pos2};

use crate::app::Start;
use crate::app::rehearsal::{Person, Rehearsal, STROKE, a_frame, button, key_event};
use crate::base::error::{Error, Result};
use crate::bench::{FIRST_ITEM, Figure, Times};
use crate::ui::screen::Place;

/// The beginning of the names of the pictures that rows show.
const OF_ROWS: &str = "row-";

/// A place among the lines of an order.
const IN_LINES: Pos2 = Pos2::new(500.0, 400.0);

/// Signs in, looks through the items and works on the order with this id.
pub(crate) fn measure_full(start: Start, person: &Person<'_>, order: i64) -> Result<Vec<Figure>> {
    let mut window = Rehearsal::begin(start);
    window.sign_in(person)?;
    window.press(Key::Escape);
    window.go_to(&Place::only("items"))?;
    if pictures(&window.ctx) == 0 {
        return Err(Error::failure("error.job_broke", "no-pictures"));
    }
    let mut figures = vec![a_frame(&window.page(), "frame-pictures-paging")];
    window.press(Key::Home);
    figures.push(a_frame(&window.wheel_over(Pos2::new(700.0, 400.0)), "frame-pictures-scrolling"));
    figures.push(a_frame(&window.search(), "frame-typing-in-items"));
    window.go_to(&Place::of("order", order))?;
    figures.push(a_frame(&window.wheel_over(IN_LINES), "frame-long-order-scrolling"));
    figures.push(a_frame(&window.lines()?, "frame-long-order-typing"));
    window.app.on_exit(None);
    Ok(figures)
}

fn pictures(ctx: &Context) -> usize {
    let textures = ctx.tex_manager();
    let textures = textures.read();
    textures.allocated().filter(|(_, texture)| texture.name.starts_with(OF_ROWS)).count()
}

impl Rehearsal {
    /// Opens a screen that shows the first item.
    fn go_to(&mut self, place: &Place) -> Result<()> {
        self.app.visit(place);
        self.wait_for(FIRST_ITEM)?;
        self.rest(90);
        Ok(())
    }

    /// Changes the quantity of one line after the other.
    fn lines(&mut self) -> Result<Times> {
        self.frame(vec![Event::PointerMoved(IN_LINES), button(IN_LINES, true)]);
        self.frame(vec![button(IN_LINES, false)]);
        let times = self.frames(|at| {
            let press = |key| vec![key_event(key, true), key_event(key, false)];
            match at / STROKE % 5 {
                _ if at % STROKE != 0 => Vec::new(),
                0 => press(Key::F2),
                1 | 2 => vec![Event::Text("3".to_owned())],
                3 => press(Key::Enter),
                _ => press(Key::ArrowDown),
            }
        });
        let typed = self.frame(Vec::new()).texts.iter().any(|text| text.ends_with('*'));
        if typed { Ok(times) } else { Err(Error::failure("error.job_broke", "nothing-typed")) }
    }
}
