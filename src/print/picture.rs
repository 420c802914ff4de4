//! A picture for paper: PNG or JPEG, looked at before it is decoded, made opaque and no finer than a printer can show.
//! Knows nothing about where it will stand.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};

use crate::base::error::{Error, Result};

/// More pixels than this are refused.
const MAX_PIXELS: u64 = 25_000_000;

/// Decoding may take at most this much memory, in bytes.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;

/// Dots per inch beyond which a printed logo gets no better.
const PRINT_DPI: f32 = 300.0;

/// Quality of a photograph on paper, of 100.
const JPEG_QUALITY: u8 = 88;

/// An opaque picture in memory.
#[derive(Clone, PartialEq)]
pub struct Picture {
    pixels: RgbImage,
    photograph: bool,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.pixels.width(), self.pixels.height())
    }
}

/// Pixels as a PDF holds them.
pub(super) enum Encoded {
    /// Three bytes a pixel, or one where everything is grey.
    Raw { bytes: Vec<u8>, grey: bool },
    /// A JPEG file in colour.
    Jpeg(Vec<u8>),
}

impl Picture {
    /// Reads a PNG or JPEG file; `Rejected` if it is something else, damaged, or larger than 25 million pixels.
    pub fn read(bytes: &[u8]) -> Result<Picture> {
        let format = image::guess_format(bytes).map_err(|_| Error::rejected("error.picture_format"))?;
        if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
            return Err(Error::rejected("error.picture_format"));
        }
        let damaged = |_| Error::rejected("error.picture_damaged");
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_alloc = Some(MAX_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(damaged)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(Error::rejected("error.picture_too_large").arg("width", width).arg("height", height));
        }
        let orientation = decoder.orientation().map_err(damaged)?;
        let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        image.apply_orientation(orientation);
        Ok(Picture { pixels: opaque(&image), photograph: format == ImageFormat::Jpeg })
    }

    /// Width and height, and three bytes a pixel.
    pub fn rgb(&self) -> ([usize; 2], &[u8]) {
        let side = |length: u32| usize::try_from(length).unwrap_or_default();
        ([side(self.pixels.width()), side(self.pixels.height())], self.pixels.as_raw())
    }

    /// Width in pixels.
    pub(super) fn width(&self) -> f32 {
        self.pixels.width() as f32
    }

    /// Height in pixels.
    pub(super) fn height(&self) -> f32 {
        self.pixels.height() as f32
    }

    /// The same picture with no more pixels than a print of this size, in points, can show.
    pub(super) fn for_print(&self, width: f32, height: f32) -> Picture {
        let dots = |points: f32| (points / 72.0 * PRINT_DPI).ceil().max(1.0) as u32;
        let (across, down) = (dots(width), dots(height));
        if across >= self.pixels.width() || down >= self.pixels.height() {
            return self.clone();
        }
        let pixels = image::imageops::resize(&self.pixels, across, down, FilterType::CatmullRom);
        Picture { pixels, photograph: self.photograph }
    }

    /// Width and height in pixels.
    pub(super) fn size(&self) -> (u32, u32) {
        self.pixels.dimensions()
    }

    /// The pixels as a PDF holds them: a photograph as JPEG, anything else without loss.
    pub(super) fn encoded(&self) -> Encoded {
        if self.photograph {
            let mut jpeg = Vec::new();
            if JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(&self.pixels).is_ok() {
                return Encoded::Jpeg(jpeg);
            }
        }
        let grey = self.pixels.pixels().all(|p| matches!(p.0, [r, g, b] if r == g && g == b));
        let bytes = match grey {
            true => self.pixels.pixels().map(|p| p.0[0]).collect(),
            false => self.pixels.as_raw().clone(),
        };
        Encoded::Raw { bytes, grey }
    }
}

/// The picture on white paper.
fn opaque(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let source = image.to_rgba8();
    let over_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let mut pixels = RgbImage::new(source.width(), source.height());
    for (target, image::Rgba([r, g, b, a])) in pixels.pixels_mut().zip(source.pixels()) {
        *target = image::Rgb([over_white(*r, *a), over_white(*g, *a), over_white(*b, *a)]);
    }
    pixels
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn png(width: u32, height: u32, pixel: image::Rgba<u8>) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbaImage::from_pixel(width, height, pixel).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_transparent_logo_stands_on_white() {
        let picture = Picture::read(&png(4, 4, image::Rgba([10, 20, 30, 0]))).unwrap();
        assert!(picture.pixels.pixels().all(|p| p.0 == [255, 255, 255]));
        assert!(matches!(picture.encoded(), Encoded::Raw { grey: true, .. }));
    }

    #[test]
    fn a_picture_of_more_than_25_megapixels_is_refused_before_it_is_decoded() {
        // The header of a PNG of 6,000 by 5,000 pixels with no pixels behind it.
        let mut bytes = png(1, 1, image::Rgba([0, 0, 0, 255]));
        bytes[16..24].copy_from_slice(&[0, 0, 0x17, 0x70, 0, 0, 0x13, 0x88]);
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        let error = Picture::read(&bytes).unwrap_err();
        assert_eq!((error.kind(), error.key()), ("rejected", "error.picture_too_large"));
    }

    #[test]
    fn what_is_no_picture_or_a_broken_one_is_refused_in_words() {
        assert_eq!(Picture::read(b"GIF89a").unwrap_err().key(), "error.picture_format");
        assert_eq!(Picture::read(b"").unwrap_err().key(), "error.picture_format");
        let whole = png(40, 40, image::Rgba([1, 2, 3, 255]));
        assert_eq!(Picture::read(&whole[..whole.len() / 2]).unwrap_err().key(), "error.picture_damaged");
    }

    #[test]
    fn a_large_logo_keeps_no_more_dots_than_paper_shows() {
        let picture = Picture::read(&png(2000, 1000, image::Rgba([0, 90, 0, 255]))).unwrap();
        assert_eq!(picture.for_print(144.0, 72.0).size(), (600, 300));
        assert_eq!(picture.for_print(1440.0, 720.0).size(), (2000, 1000));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })
        })
    }
}
