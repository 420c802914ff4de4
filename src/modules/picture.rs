//! The picture of a card: chosen by the system's dialog, let fall on the window or pasted; kept, and shown.

use egui::{ColorImage, Context, Event, TextureHandle, TextureOptions, Ui};
use serde_json::json;

use crate::base::error::{Error, Result};
use crate::domain::file::{FileHash, keep_file};
use crate::engine::change::Changes;
use crate::engine::worker::Lane;
use crate::platform::{self, Chooser, Question};
use crate::ui::desk::Desk;
use crate::ui::form::Form;
use crate::ui::loader::Sending;
use crate::ui::pictures::shrunk;
use crate::ui::words::say;

/// The largest file that is kept, in bytes.
const LARGEST: u64 = 20 * 1024 * 1024;

/// The longest side of what is shown, in pixels.
const SHOWN: u32 = 320;

/// A picture field's work.
pub(crate) struct Picture {
    key: &'static str,
    chooser: Chooser,
    keeping: Sending<FileHash>,
    reading: Sending<ColorImage>,
    asked: String,
    shown: Option<(String, TextureHandle)>,
}

impl Picture {
    /// Of the field with this key.
    pub(crate) fn new(key: &'static str) -> Picture {
        Picture {
            key,
            chooser: Chooser::default(),
            keeping: Sending::none(),
            reading: Sending::none(),
            asked: String::new(),
            shown: None,
        }
    }

    /// Opens the dialog.
    pub(crate) fn ask(&mut self, ui: &Ui, desk: &mut Desk) {
        let question = Question::open().kind(say(ui, "picture.kind"), vec!["png", "jpg", "jpeg"]);
        desk.choose(ui.ctx(), &mut self.chooser, question);
    }

    /// Keeps what was chosen, let fall or pasted, and puts its hash into the field.
    pub(crate) fn take(&mut self, ui: &Ui, form: &mut Form, desk: &mut Desk) {
        let fallen = ui.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        let path = fallen.into_iter().next().map(|file| file.path().to_path_buf()).or_else(|| self.chooser.poll());
        if let Some(path) = path {
            self.keep(desk, move || platform::read_file(&path, LARGEST));
        }
        let pasted = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::PasteImage(image) => Some(image.clone()),
                _ => None,
            })
        });
        if let Some(image) = pasted {
            self.keep(desk, move || png(&image));
        }
        match self.keeping.poll() {
            Some(Ok(hash)) => form.set(self.key, &json!(hash)),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }

    fn keep(&mut self, desk: &Desk, content: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) {
        let call = desk.call.clone();
        self.keeping.put(desk.handle.write(move |store, _| {
            let content = content()?;
            shrunk(&content, SHOWN)?;
            Ok((keep_file(store, &call, &content)?, Changes::default()))
        }));
    }

    /// Shows the picture that the field holds.
    pub(crate) fn show(&mut self, ui: &Ui, form: &mut Form, desk: &mut Desk) {
        let hash = form.get(self.key).and_then(|hash| hash.as_str().map(str::to_owned)).unwrap_or_default();
        if hash != self.asked {
            self.asked.clone_from(&hash);
            if let Ok(wanted) = hash.parse::<FileHash>() {
                let read = move |view: &crate::engine::query::View<'_>| shrunk(&view.blob(wanted.bytes())?, SHOWN);
                self.reading.put(desk.handle.read(Lane::Interactive, &desk.call, move |view, _| read(view)));
            }
        }
        match self.reading.poll() {
            Some(Ok(image)) => self.shown = Some((hash.clone(), texture(ui.ctx(), &hash, image))),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
        if let Some((_, texture)) = self.shown.as_ref().filter(|(shown, _)| *shown == hash) {
            form.show_picture(self.key, texture.clone());
        }
    }
}

fn texture(ctx: &Context, hash: &str, image: ColorImage) -> TextureHandle {
    ctx.load_texture(format!("picture-{hash}"), image, TextureOptions::LINEAR)
}

fn png(image: &ColorImage) -> Result<Vec<u8>> {
    let failed = |error| Error::failure("error.picture_unreadable", error);
    let side = |length: usize| u32::try_from(length).unwrap_or_default();
    let bytes: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let [width, height] = image.size;
    let buffer = image::RgbaImage::from_raw(side(width), side(height), bytes);
    let buffer = buffer.ok_or_else(|| Error::rejected("error.picture_unreadable"))?;
    let mut content = std::io::Cursor::new(Vec::new());
    buffer.write_to(&mut content, image::ImageFormat::Png).map_err(failed)?;
    Ok(content.into_inner())
}
