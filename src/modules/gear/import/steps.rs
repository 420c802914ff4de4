//! How far an import is: which of its four steps, and how much of a step that takes its time.

use egui::{RichText, Ui};

use crate::base::locale;
use crate::engine::ticket::Watch;
use crate::modules::gear::import::action::STOP;
use crate::ui::progress::progress_ui;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{lang, say, say_with};
use crate::ui::{button, fonts, icon};

/// The four steps, the one of now in the colour of what is done next.
pub(super) fn steps_ui(ui: &mut Ui, now: usize) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    ui.horizontal_wrapped(|ui| {
        for (at, key) in
            ["import.step_file", "import.step_columns", "import.step_check", "import.step_done"].iter().enumerate()
        {
            if at > 0 {
                ui.label(RichText::new(icon::CHEVRON_RIGHT).color(c.text3));
            }
            let words = RichText::new(format!("{} {}", at + 1, say(ui, key)));
            let here = at == now;
            let font = if here { fonts::bold(tokens.body()) } else { fonts::regular(tokens.body()) };
            ui.label(words.font(font).color(if here { c.accent } else { c.text3 }));
        }
    });
    ui.add_space(space::S);
}

/// How far the work is; whether it is to be stopped.
pub(super) fn under_way_ui(ui: &mut Ui, watch: &Watch, says: &str) -> bool {
    let (done, all) = watch.progress();
    let [told, of] = [done, all].map(|count| locale::number(lang(ui), &count.to_string()));
    let words = say_with(ui, says, &[("done", &told), ("all", &of)]);
    ui.label(&words);
    progress_ui(ui, (done, all), &words);
    ui.add_space(space::S);
    let text = say(ui, STOP.text);
    button::plain(ui, &button::hint(&STOP, &text), true).clicked()
}
