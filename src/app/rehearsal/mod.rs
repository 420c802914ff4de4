//! The window without a display: the program's own frames, drawn and cut into triangles, and what each took.
//! What is left out is what the system does: opening its window and putting triangles on the screen.

mod full;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use eframe::App as _;
use egui::{
    Context, Event, Id, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, Shape, Vec2, vec2,
};

use crate::app::{App, Start};
use crate::base::error::{Error, Result};
use crate::bench::{Figure, Times};
use crate::domain::password;
use crate::domain::secret::Secret;
use crate::platform;

pub(crate) use full::measure_full;

/// A small screen of an office.
const SIZE: Vec2 = Vec2::new(1366.0, 736.0);
/// So long a frame stands.
const BEAT: Duration = Duration::from_millis(16);
/// Longer nothing is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many frames of each kind.
const FRAMES: u16 = 300;
/// A key is pressed every so many frames: ten a second.
const STROKE: u16 = 6;
/// What is typed into a search, letter by letter.
const SOUGHT: &[&str] = &["0", "0", "0", "1", "2"];

/// Who signs in, and what is seen when the newest rows are there.
pub(crate) struct Person<'a> {
    pub login: &'a str,
    pub password: &'a str,
    pub newest: &'a str,
}

impl Person<'_> {
    /// How long it takes to hash the password once, which is slow on purpose.
    fn hashing(&self) -> Result<Duration> {
        let began = Instant::now();
        password::hash(&Secret::new(self.password))?;
        Ok(began.elapsed())
    }
}

/// The program before a person who is not there.
struct Rehearsal {
    ctx: Context,
    app: App,
    began: Instant,
    // Nothing is ever sent: it is only waited on.
    quiet: (Sender<()>, Receiver<()>),
}

/// What a frame took of the processor, when the next one is due, and what was written in it.
struct Drawn {
    took: Duration,
    next: Duration,
    texts: Vec<String>,
}

/// Signs in and scrolls, drags and jumps through the orders.
pub(crate) fn measure(start: Start, person: &Person<'_>) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut window = Rehearsal::begin(start);
    figures.push(Times::of(window.began.elapsed()).figure("window-start", None).within("max", 500_000));
    let (whole, alone) = (window.sign_in(person)?, person.hashing()?);
    figures.push(Times::of(whole).figure("window-sign-in-with-argon2", None));
    let rest = Times::of(whole.saturating_sub(alone));
    figures.push(rest.figure("window-sign-in", None).within("max", 300_000));
    if let Some(most) = platform::peak_memory() {
        figures.push(Figure::bytes("peak-memory-signed-in", most).within("max", 200_000_000));
    }
    window.press(Key::Enter);
    window.rest(60);
    for (what, times) in [
        ("frame-scrolling", window.scroll()),
        ("frame-paging", window.page()),
        ("frame-dragging", window.drag()?),
        ("frame-last-row", window.at_the_end()),
        ("frame-typing-in-search", window.search()),
    ] {
        figures.push(a_frame(&times, what));
    }
    figures.push(window.idle(3).figure("idle-3-seconds", None).within("max", 30_000));
    window.app.on_exit(None);
    if let Some(most) = platform::peak_memory() {
        figures.push(Figure::bytes("peak-memory", most).within("max", 200_000_000));
    }
    Ok(figures)
}

/// What is promised of every frame: four milliseconds.
fn a_frame(times: &Times, what: &str) -> Figure {
    times.figure(what, None).within("p99", 4_000)
}

/// Time of the processor where the system tells it, else of the clock on the wall.
fn spent(since: Instant) -> Duration {
    platform::thread_time().unwrap_or_else(|| since.elapsed())
}

impl Rehearsal {
    /// The program with its first two frames drawn.
    fn begin(start: Start) -> Rehearsal {
        let began = Instant::now();
        let ctx = Context::default();
        let app = App::new(&ctx, start);
        let mut window = Rehearsal { ctx, app, began, quiet: channel() };
        window.frame(Vec::new());
        window.frame(Vec::new());
        window
    }

    fn frame(&mut self, events: Vec<Event>) -> Drawn {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.began.elapsed().as_secs_f64()),
            focused: true,
            events,
            ..RawInput::default()
        };
        self.app.raw_input_hook(&self.ctx, &mut input);
        let (app, before) = (&mut self.app, spent(self.began));
        let mut output = self.ctx.run_ui(input, |ui| app.show(ui));
        let drawn = spent(self.began).saturating_sub(before);
        let texts = output.shapes.iter().filter_map(|shape| match &shape.shape {
            Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        });
        let texts = texts.collect();
        let before = spent(self.began);
        let triangles = self.ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let cut = spent(self.began).saturating_sub(before);
        drop(triangles);
        let next = output.viewport_output.values().map(|view| view.repaint_delay).min().unwrap_or(Duration::MAX);
        output.drop_without_applying_deltas();
        Drawn { took: drawn.saturating_add(cut), next, texts }
    }

    fn wait(&self, time: Duration) {
        match self.quiet.1.recv_timeout(time) {
            // Nobody sends, so it always ends by its time.
            Ok(()) | Err(_) => {}
        }
    }

    fn rest(&mut self, frames: u16) {
        for _ in 0..frames {
            self.frame(Vec::new());
            self.wait(BEAT);
        }
    }

    fn press(&mut self, key: Key) {
        for pressed in [true, false] {
            self.frame(vec![key_event(key, pressed)]);
        }
    }

    /// Types who it is; how long it took from the last Enter until the newest row was seen.
    fn sign_in(&mut self, person: &Person<'_>) -> Result<Duration> {
        self.frame(vec![Event::Text(person.login.to_owned())]);
        self.press(Key::Enter);
        self.rest(3);
        self.frame(vec![Event::Text(person.password.to_owned())]);
        let pressed = Instant::now();
        self.press(Key::Enter);
        self.wait_for(person.newest)?;
        Ok(pressed.elapsed())
    }

    /// Draws until this is written somewhere.
    fn wait_for(&mut self, wanted: &str) -> Result<()> {
        let began = Instant::now();
        while !self.frame(Vec::new()).texts.iter().any(|text| text == wanted) {
            if began.elapsed() > PATIENCE {
                return Err(Error::failure("error.job_broke", format!("no-{wanted}")));
            }
            self.wait(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Draws so many frames, each after its events.
    fn frames(&mut self, mut events: impl FnMut(u16) -> Vec<Event>) -> Times {
        let mut times = Times::default();
        for at in 0..FRAMES {
            times.add(self.frame(events(at)).took);
            self.wait(BEAT);
        }
        times
    }

    fn track(&self) -> Rect {
        let bar = self.ctx.read_response(Id::unique("orders-grid").with("down"));
        bar.map_or(Rect::ZERO, |bar| bar.rect)
    }

    fn scroll(&mut self) -> Times {
        self.wheel_over(self.track().center() - vec2(400.0, 0.0))
    }

    fn wheel_over(&mut self, over: Pos2) -> Times {
        self.frames(|_| vec![Event::PointerMoved(over), wheel(-3.0)])
    }

    /// PgDn held from the first row on: a page a frame.
    fn page(&mut self) -> Times {
        self.press(Key::Home);
        self.rest(30);
        self.frames(|_| vec![key_event(Key::PageDown, true)])
    }

    /// Types what is searched for and takes it back, again and again.
    fn search(&mut self) -> Times {
        self.frame(vec![Event::Key {
            key: Key::F,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        }]);
        self.rest(10);
        let times = self.frames(|at| match usize::from(at / STROKE) % (2 * SOUGHT.len()) {
            _ if at % STROKE != 0 => Vec::new(),
            step => SOUGHT.get(step).map_or_else(
                || vec![key_event(Key::Backspace, true), key_event(Key::Backspace, false)],
                |letter| vec![Event::Text((*letter).to_owned())],
            ),
        });
        self.press(Key::Escape);
        times
    }

    fn drag(&mut self) -> Result<Times> {
        self.press(Key::Home);
        self.rest(30);
        let track = self.track();
        if track.height() < 100.0 {
            return Err(Error::failure("error.job_broke", "no-thumb"));
        }
        let start = track.center_top() + vec2(0.0, 10.0);
        self.frame(vec![Event::PointerMoved(start), button(start, true)]);
        let far = (track.height() - 24.0) / f32::from(FRAMES);
        let times = self.frames(|at| vec![Event::PointerMoved(start + vec2(0.0, far * f32::from(at)))]);
        self.frame(vec![button(track.center_bottom(), false)]);
        Ok(times)
    }

    fn at_the_end(&mut self) -> Times {
        self.press(Key::End);
        self.rest(60);
        let over = self.track().center() - vec2(400.0, 0.0);
        self.frames(|at| match at % 8 {
            0..=3 => vec![Event::PointerMoved(over), wheel(1.0)],
            4..=6 => vec![Event::PointerMoved(over), wheel(-1.0)],
            _ => vec![key_event(Key::ArrowUp, true), key_event(Key::ArrowUp, false)],
        })
    }

    /// Draws only when the window asks to be drawn; what it took in so many seconds.
    fn idle(&mut self, seconds: u64) -> Times {
        self.rest(120);
        let (end, mut took) = (Instant::now() + Duration::from_secs(seconds), Duration::ZERO);
        loop {
            let drawn = self.frame(Vec::new());
            took += drawn.took;
            let left = end.saturating_duration_since(Instant::now());
            self.wait(drawn.next.min(left));
            if drawn.next >= left {
                return Times::of(took);
            }
        }
    }
}

fn key_event(key: Key, pressed: bool) -> Event {
    Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn wheel(lines: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}
