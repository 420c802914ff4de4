//! Small pictures of rows: read and shrunk apart from the drawing, only where they are seen, and never more than so many kept.

use std::collections::BTreeMap;
use std::io::Cursor;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use image::{DynamicImage, ImageDecoder as _, ImageReader};

use crate::base::error::{Error, Result};
use crate::base::text;
use crate::engine::query::View;
use crate::engine::ticket::Watch;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::loader::Sending;

/// So many are kept, a few screens full.
const KEPT: usize = 512;
/// So many are read by one job; other work of its thread comes in between.
const AT_ONCE: usize = 8;

/// Pictures of the rows of a list, by the hashes of their files.
#[derive(Default)]
pub struct Pictures {
    // The longest side in pixels.
    side: u32,
    pass: u64,
    kept: BTreeMap<String, Kept>,
    reading: Sending<Vec<Read>>,
}

/// One that was read, and in which pass it was seen last; nothing to show where the file is no picture.
struct Kept {
    shown: Option<TextureHandle>,
    seen: u64,
}

type Read = (String, Option<ColorImage>);

impl Pictures {
    /// The picture of this hash, if it is there.
    pub fn get(&self, hash: &str) -> Option<&TextureHandle> {
        self.kept.get(hash)?.shown.as_ref()
    }

    /// Whether the picture is still to come.
    pub fn is_awaited(&self, hash: &str) -> bool {
        !self.kept.contains_key(hash)
    }

    /// Told once a frame which pictures are seen and how large, in pixels: takes those that came, asks for those that
    /// lack, and lets go those that were not seen for the longest time.
    pub fn serve(&mut self, ctx: &Context, side: u32, seen: &[&str], desk: &Desk) {
        if self.side != side {
            *self = Pictures { side, ..Pictures::default() };
        }
        self.pass = self.pass.wrapping_add(1);
        loop {
            self.take(ctx);
            let lacking = self.lacking(seen);
            if self.reading.is_under_way() || lacking.is_empty() {
                break;
            }
            let read = move |view: &View<'_>, watch: &Watch| read(view, watch, (side, lacking));
            self.reading.put(desk.handle.read(Lane::Background, &desk.call, read));
        }
        self.let_go();
    }

    fn take(&mut self, ctx: &Context) {
        let Some(Ok(read)) = self.reading.poll() else { return };
        for (hash, image) in read {
            let shown = image.map(|image| ctx.load_texture(format!("row-{hash}"), image, TextureOptions::LINEAR));
            self.kept.insert(hash, Kept { shown, seen: self.pass });
        }
        // They were not there yet when the rows were drawn.
        ctx.request_repaint();
    }

    fn lacking(&mut self, seen: &[&str]) -> Vec<String> {
        let mut lacking = Vec::new();
        for hash in seen {
            match self.kept.get_mut(*hash) {
                Some(kept) => kept.seen = self.pass,
                None if lacking.len() < AT_ONCE => lacking.push((*hash).to_owned()),
                None => {}
            }
        }
        lacking
    }

    fn let_go(&mut self) {
        while self.kept.len() > KEPT {
            let longest = self.kept.iter().min_by_key(|(_, kept)| kept.seen).map(|(hash, _)| hash.clone());
            let Some(hash) = longest else { return };
            self.kept.remove(&hash);
        }
    }
}

/// Reads and shrinks these, unless nobody looks any more.
fn read(view: &View<'_>, watch: &Watch, (side, hashes): (u32, Vec<String>)) -> Result<Vec<Read>> {
    let one = |hash: String| {
        watch.still_wanted()?;
        let content = text::unhex(&hash).and_then(|key| view.blob(&key).ok());
        Ok((hash, content.and_then(|content| shrunk(&content, side).ok())))
    };
    hashes.into_iter().map(one).collect()
}

/// A PNG or JPEG as it stood before the camera, its longest side no longer than so many pixels. Rejected where it is neither.
pub fn shrunk(content: &[u8], side: u32) -> Result<ColorImage> {
    let picture = upright(content).map_err(|_| Error::rejected("error.picture_unreadable"))?;
    let small = if picture.width().max(picture.height()) > side { picture.thumbnail(side, side) } else { picture };
    let small = small.to_rgba8();
    let length = |length: u32| usize::try_from(length).unwrap_or(1);
    Ok(ColorImage::from_rgba_unmultiplied([length(small.width()), length(small.height())], small.as_raw()))
}

fn upright(content: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut decoder = ImageReader::new(Cursor::new(content)).with_guessed_format()?.into_decoder()?;
    let turned = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    Ok(picture)
}
