//! Short messages at the lower right: what was done, with a way to undo it or to go there.

use std::path::{Path, PathBuf};

use egui::{Align2, Area, Context, Event, Frame, Id, Key, Margin, Order, Rect, RichText, Sense, Ui, vec2};

use crate::base::error::Error;
use crate::base::locale::Lang;
use crate::ui::screen::Place;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{fonts, icon};

/// How important a message is; decides its icon, colour and how long it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Warning,
    /// Something failed; stays until closed.
    Failed,
}

/// What the button of a message does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offered {
    /// Opens a screen.
    GoTo(Place),
    /// Undoes the command with this journal number.
    Undo(i64),
    /// Shows a file with the program the person chose for it.
    Show(PathBuf),
    /// Keeps a text to be put in elsewhere.
    Copy(String),
}

/// One message.
#[derive(Clone, Debug)]
pub struct Toast {
    /// How important.
    pub tone: Tone,
    /// At most six words, in the reader's language already.
    pub title: String,
    /// One more line; may be empty.
    pub line: String,
    /// A button.
    pub offered: Option<Offered>,
    /// Whether its line is written large and stays until the next key: the change to give.
    pub large: bool,
}

impl Toast {
    /// Something was done.
    pub fn done(title: impl Into<String>) -> Toast {
        Toast { tone: Tone::Done, title: title.into(), line: String::new(), offered: None, large: false }
    }

    /// Something to know.
    pub fn warning(title: impl Into<String>) -> Toast {
        Toast { tone: Tone::Warning, ..Toast::done(title) }
    }

    /// Something failed.
    pub fn failed(title: impl Into<String>) -> Toast {
        Toast { tone: Tone::Failed, ..Toast::done(title) }
    }

    /// An error, with what to do next.
    pub fn refused(error: &Error, lang: Lang) -> Toast {
        Toast::failed(error.message(lang)).line(error.next_step(lang).unwrap_or_default())
    }

    /// A file is there and no program shows it: where it is.
    pub fn unshown(error: &Error, path: &Path, lang: Lang) -> Toast {
        let toast = Toast { tone: Tone::Warning, ..Toast::refused(error, lang) };
        toast.offer(Offered::Copy(path.display().to_string()))
    }

    /// With one more line.
    pub fn line(self, line: impl Into<String>) -> Toast {
        Toast { line: line.into(), ..self }
    }

    /// Its line written large, until the next key.
    pub fn large(self) -> Toast {
        Toast { large: true, ..self }
    }

    /// With a button.
    pub fn offer(self, offered: Offered) -> Toast {
        Toast { offered: Some(offered), ..self }
    }

    fn seconds(&self) -> Option<f64> {
        match self.tone {
            Tone::Done if self.large => None,
            Tone::Done => Some(8.0),
            Tone::Warning => Some(12.0),
            Tone::Failed => None,
        }
    }
}

/// The messages that are shown now.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Shown>,
    next: u64,
}

#[derive(Debug)]
struct Shown {
    id: u64,
    toast: Toast,
    until: Option<f64>,
    /// How often it was said.
    times: u32,
}

/// At most so many at once; what was done goes first, the oldest before the others.
const MOST: usize = 3;
const WIDTH: f32 = 340.0;
/// What stands around a message: its margins and edges.
const RIM: f32 = 26.0;

/// The id of the area of the message with this number.
pub fn area(number: u64) -> Id {
    Id::unique(("toast", number))
}

/// A strip of sums as it was drawn in a pass.
#[derive(Clone, Copy)]
struct Sums {
    pass: u64,
    strip: Rect,
}

/// Sums stand in this strip: no message stands over it.
pub fn keep_clear_of(ctx: &Context, strip: Rect) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(Id::unique("sums below messages"), Sums { pass, strip }));
}

/// How far above the lower edge a message of this height begins that would begin so far above it: where it would stand
/// over sums, above them.
fn clear_of_sums(ctx: &Context, offset: f32, height: f32) -> f32 {
    let floor = ctx.content_rect().bottom();
    let drawn: Option<Sums> = ctx.data(|data| data.get_temp(Id::unique("sums below messages")));
    let fresh = drawn.filter(|sums| sums.pass.saturating_add(2) >= ctx.cumulative_pass_nr());
    let over = |sums: &Sums| offset < floor - sums.strip.top() && offset + height > floor - sums.strip.bottom();
    fresh.filter(over).map_or(offset, |sums| floor - sums.strip.top() + space::S)
}

impl Toasts {
    /// Shows one more.
    pub fn push(&mut self, toast: Toast) {
        let same = |shown: &Shown| {
            let known = &shown.toast;
            (known.tone, &known.title, &known.line) == (toast.tone, &toast.title, &toast.line)
        };
        let said = self.shown.iter().position(same).map(|at| self.shown.remove(at).times);
        let times = said.unwrap_or_default().saturating_add(1);
        self.shown.push(Shown { id: self.next, toast, until: None, times });
        self.next = self.next.wrapping_add(1);
        self.keep(MOST);
    }

    /// Lets go what there is no room for.
    fn keep(&mut self, most: usize) {
        while self.shown.len() > most.max(1) {
            let done = self.shown.iter().position(|shown| shown.toast.tone == Tone::Done);
            self.shown.remove(done.filter(|at| at.saturating_add(1) < self.shown.len()).unwrap_or(0));
        }
    }

    /// The messages of now, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Toast> {
        self.shown.iter().map(|shown| &shown.toast)
    }

    /// Lets go what has no room beside the others; how far above the lower edge they stand.
    fn fit(&mut self, ctx: &Context, bottom: f32) -> f32 {
        let (room, side) = (ctx.content_rect().width(), WIDTH + RIM + space::S);
        self.keep((0..MOST).filter(|at| (*at as f32 + 1.0) * side <= room).count());
        let known = self.shown.iter().filter_map(|shown| ctx.memory(|memory| memory.area_rect(area(shown.id))));
        clear_of_sums(ctx, bottom, known.map(|rect| rect.height()).fold(0.0, f32::max))
    }

    /// Draws them above `bottom`, over no sums, one beside the other with the newest at the right, so that they cover one
    /// band of the screen only; the button that was pressed, if any.
    pub fn ui(&mut self, ctx: &Context, bottom: f32) -> Option<Offered> {
        let now = ctx.input(|input| input.time);
        let key = ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. })));
        let mut pressed = None;
        let mut closed = None;
        let offset = self.fit(ctx, bottom);
        let mut beside = space::M;
        for shown in self.shown.iter_mut().rev() {
            let area = Area::new(area(shown.id))
                .order(Order::Foreground)
                .anchor(Align2::RIGHT_BOTTOM, vec2(-beside, -offset))
                .show(ctx, |ui| toast_ui(ui, shown));
            let Touched { answered, closed: put_away, held } = area.inner;
            if answered {
                pressed = shown.toast.offered.clone();
            }
            if answered || put_away {
                closed = Some(shown.id);
            }
            if key && shown.toast.large && shown.until.replace(now).is_some() {
                closed = Some(shown.id);
            }
            // While the mouse or the keyboard is on it, it stays.
            if let Some(seconds) = shown.toast.seconds() {
                let until = *shown.until.get_or_insert(now + seconds);
                if held || area.response.contains_pointer() {
                    shown.until = Some(now + seconds);
                } else if now >= until {
                    closed = Some(shown.id);
                } else {
                    ctx.request_repaint_after_secs((until - now) as f32);
                }
            }
            beside += area.response.rect.width() + space::S;
        }
        self.shown.retain(|shown| Some(shown.id) != closed);
        pressed
    }

    /// Closes the newest one; whether there was one.
    pub fn dismiss(&mut self) -> bool {
        self.shown.pop().is_some()
    }
}

impl Offered {
    /// Key of what the button says.
    fn word(&self) -> &'static str {
        match self {
            Offered::GoTo(_) => "ui.toast_go",
            Offered::Undo(_) => "ui.toast_undo",
            Offered::Show(_) => "ui.toast_show",
            Offered::Copy(_) => "ui.toast_copy_path",
        }
    }
}

/// What became of a message in a frame.
#[derive(Default)]
struct Touched {
    /// Its button was pressed.
    answered: bool,
    /// It was closed.
    closed: bool,
    /// The keyboard is on it.
    held: bool,
}

/// Draws one message.
fn toast_ui(ui: &mut Ui, shown: &Shown) -> Touched {
    let toast = &shown.toast;
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let (letter, color) = match toast.tone {
        Tone::Done => (icon::CIRCLE_CHECK, c.ok),
        Tone::Warning => (icon::TRIANGLE_ALERT, c.warn),
        Tone::Failed => (icon::CIRCLE_ALERT, c.danger),
    };
    let frame = Frame::popup(ui.style()).fill(c.raised).inner_margin(Margin::same(12));
    let mut touched = Touched::default();
    frame.show(ui, |ui| {
        ui.set_width(WIDTH);
        ui.horizontal(|ui| {
            ui.label(RichText::new(letter).size(size::SECTION).color(color));
            ui.vertical(|ui| {
                ui.set_width(WIDTH - 70.0);
                let times = if shown.times > 1 { format!("  ×{}", shown.times) } else { String::new() };
                ui.label(RichText::new(format!("{}{times}", toast.title)).font(fonts::bold(tokens.body())));
                if !toast.line.is_empty() {
                    let line = RichText::new(&toast.line).color(c.text2);
                    ui.label(if toast.large { line.font(fonts::bold(size::AMOUNT)).color(c.text) } else { line });
                }
                if let Some(offered) = &toast.offered {
                    let button = ui.link(say(ui, offered.word()));
                    touched.answered = button.clicked();
                    touched.held = button.has_focus();
                }
            });
            let close = ui.add(egui::Button::new(icon::X).frame(false).sense(Sense::click()));
            let name = say(ui, "ui.close");
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            touched.held |= close.has_focus();
            touched.closed = close.clicked() || (touched.held && ui.input(|input| input.key_pressed(Key::Escape)));
        });
    });
    touched
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use egui::{RawInput, pos2};

    use super::*;

    /// The places of the messages with these numbers above a strip of sums, on a screen so wide.
    fn places(toasts: &mut Toasts, (width, strip): (f32, Rect), numbers: std::ops::Range<u64>) -> Vec<Option<Rect>> {
        let ctx = Context::default();
        fonts::install(&ctx);
        let screen = Rect::from_min_max(pos2(0.0, 0.0), pos2(width, 700.0));
        for _ in 0..4 {
            let input = RawInput { screen_rect: Some(screen), ..RawInput::default() };
            let mut drawn = ctx.run_ui(input, |ui| {
                keep_clear_of(ui.ctx(), strip);
                toasts.ui(ui.ctx(), 34.0);
            });
            drawn.textures_delta.clear();
        }
        numbers.map(|at| ctx.memory(|memory| memory.area_rect(area(at)))).collect()
    }

    #[test]
    fn of_three_messages_none_stands_over_the_sums_and_all_stand_in_one_band() {
        let strip = Rect::from_min_max(pos2(0.0, 600.0), pos2(1366.0, 640.0));
        let mut toasts = Toasts::default();
        for title in ["Saved", "Paid", "Printed"] {
            toasts.push(Toast::done(title).line("A-1043"));
        }
        let rects: Vec<Rect> = places(&mut toasts, (1366.0, strip), 0..3).into_iter().flatten().collect();
        assert_eq!(rects.len(), 3);
        assert!(rects.iter().all(|rect| rect.bottom() <= strip.top() && rect.left() > 0.0), "{rects:?}");
        assert!(rects.windows(2).all(|pair| pair[0].right() < pair[1].left()), "{rects:?}");
        assert!(rects.windows(2).all(|pair| pair[0].bottom() == pair[1].bottom()), "{rects:?}");
    }

    #[test]
    fn what_is_said_again_is_counted_and_does_not_take_more_room() {
        let mut toasts = Toasts::default();
        for title in ["Saved", "Paid", "Saved", "Saved"] {
            toasts.push(Toast::done(title));
        }
        let times: Vec<_> = toasts.shown.iter().map(|shown| (shown.toast.title.as_str(), shown.times)).collect();
        assert_eq!(times, [("Paid", 1), ("Saved", 3)]);
    }

    #[test]
    fn in_a_narrow_window_what_was_done_goes_before_what_failed() {
        let mut toasts = Toasts::default();
        toasts.push(Toast::failed("Not printed"));
        toasts.push(Toast::done("Saved"));
        toasts.push(Toast::done("Paid"));
        let strip = Rect::from_min_max(pos2(0.0, 600.0), pos2(910.0, 640.0));
        places(&mut toasts, (910.0, strip), 0..3);
        let left: Vec<_> = toasts.all().map(|toast| toast.title.as_str()).collect();
        assert_eq!(left, ["Not printed", "Paid"]);
    }
}
