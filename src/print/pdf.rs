//! Writes the page model as a PDF: embedded subsets of the typefaces, vector barcodes, the same bytes for the same paper.
//! Dates are left out and the file's id is the hash of its content, so nothing depends on when or where it was made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use printpdf::{
    Codepoint, Color, DictItem, ExternalStream, ExternalXObject, FontId, Greyscale, Line as PdfLine, LinePoint, Mm, Op,
    PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, TextItem,
    TextMatrix, WindingOrder, XObject, XObjectId, XObjectTransform,
};
use sha2::{Digest as _, Sha256};

use crate::base::error::{Error, Result};

use super::font::{self, Face};
use super::page::{Bars, Image, Item, Line, Mark, Page, Paper, Rect, Text};
use super::picture::{Encoded, Picture};
use super::style::Ink;

/// What a viewer shows about the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// Shown in the window's title.
    pub title: String,
    /// Who issued it.
    pub author: String,
    /// Language of the text by its code, such as `hy`.
    pub language: String,
}

/// The PDF of a paper; `Failure` only if the program's own typefaces are broken.
pub fn write(paper: &Paper, info: &Info) -> Result<Vec<u8>> {
    let fonts = Fonts::used_by(paper);
    let pictures = Pictures::used_by(paper);
    let mut document = PdfDocument::new(&info.title);
    document.metadata.info.author = info.author.clone();
    document.metadata.info.creator = "Patver".to_owned();
    document.metadata.info.producer = "Patver".to_owned();
    for (font, id) in &fonts.ids {
        let parsed =
            font.face.parse().ok_or_else(|| Error::failure("error.print_failed", "a typeface does not parse"))?;
        document.resources.fonts.map.insert(id.clone(), PdfFont::new(parsed));
    }
    for (at, picture) in pictures.0.iter().enumerate() {
        document.resources.xobjects.map.insert(Pictures::id(at), XObject::External(picture_object(picture)));
    }
    document.pages = paper.pages.iter().map(|page| Drawing::new(&fonts, &pictures, page).page()).collect();
    finish(&document, info)
}

/// Serialises the document without dates and with an id made from its content.
fn finish(document: &PdfDocument, info: &Info) -> Result<Vec<u8>> {
    let failed = |e: &dyn std::fmt::Display| Error::failure("error.print_failed", e.to_string());
    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    file.version = "1.7".to_owned();
    let about = file.trailer.get(b"Info").and_then(|o| o.as_reference()).map_err(|e| failed(&e))?;
    let about = file.get_dictionary_mut(about).map_err(|e| failed(&e))?;
    for absent in ["CreationDate", "ModDate", "Identifier", "GTS_PDFXVersion", "Trapped", "Subject", "Keywords"] {
        about.remove(absent.as_bytes());
    }
    let catalog = file.catalog_mut().map_err(|e| failed(&e))?;
    catalog.set("Lang", literal(info.language.as_bytes()).to_lopdf());
    let preferences = BTreeMap::from([("DisplayDocTitle".to_owned(), DictItem::Bool(true))]);
    catalog.set("ViewerPreferences", DictItem::Dict { map: preferences }.to_lopdf());
    file.compress();
    file.trailer.remove(b"ID");
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|e| failed(&e))?;
    let id = DictItem::Bytes(Sha256::digest(&bytes).iter().copied().take(16).collect());
    file.trailer.set("ID", DictItem::Array(vec![id.clone(), id]).to_lopdf());
    bytes.clear();
    file.save_to(&mut bytes).map_err(|e| failed(&e))?;
    Ok(bytes)
}

fn literal(data: &[u8]) -> DictItem {
    DictItem::String { data: data.to_vec(), literal: true }
}

/// A face as embedded: a glyph stands for one copied character only, so a second meaning takes a second copy of the face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FontKey {
    face: Face,
    copy: usize,
}

#[derive(Default)]
struct Fonts {
    /// What each glyph stands for, by copy of the face.
    meanings: BTreeMap<(Face, u16), Vec<char>>,
    ids: BTreeMap<FontKey, FontId>,
}

impl Fonts {
    fn used_by(paper: &Paper) -> Fonts {
        let mut meanings: BTreeMap<(Face, u16), BTreeSet<char>> = BTreeMap::new();
        for text in paper.pages.iter().flat_map(Page::texts) {
            for drawn in drawn(text) {
                meanings.entry((drawn.face, drawn.glyph.id)).or_default().insert(drawn.copied);
            }
        }
        let meanings: BTreeMap<_, Vec<char>> =
            meanings.into_iter().map(|(glyph, chars)| (glyph, chars.into_iter().collect())).collect();
        let mut content: BTreeMap<FontKey, Vec<u8>> = BTreeMap::new();
        for ((face, glyph), chars) in &meanings {
            for copy in 0..chars.len() {
                content.entry(FontKey { face: *face, copy }).or_default().extend(glyph.to_be_bytes());
            }
        }
        let ids = content.into_iter().map(|(key, glyphs)| (key, font_id(key, &glyphs))).collect();
        Fonts { meanings, ids }
    }

    fn key(&self, drawn: &font::Drawn) -> FontKey {
        let meanings = self.meanings.get(&(drawn.face, drawn.glyph.id));
        let copy = meanings.and_then(|chars| chars.iter().position(|c| *c == drawn.copied)).unwrap_or(0);
        FontKey { face: drawn.face, copy }
    }
}

/// Six capital letters, as PDF wants a subset to be named, made from what is in it.
fn font_id(key: FontKey, glyphs: &[u8]) -> FontId {
    let hash = Sha256::new().chain_update(format!("{key:?}")).chain_update(glyphs).finalize();
    FontId(hash.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect())
}

fn drawn(text: &Text) -> impl Iterator<Item = font::Drawn> + '_ {
    let mut previous = None;
    text.text.chars().filter_map(move |c| {
        let drawn = font::drawn(c, text.weight, previous)?;
        previous = Some(drawn.face);
        Some(drawn)
    })
}

/// Readers of PDF take a no-break space for the end of a word and hand out a plain space, unless the word is told as a whole.
fn tell_word(word: &[(FontKey, font::Drawn)]) -> Option<Op> {
    let narrow = |c: char| c.is_whitespace() && c != ' ';
    if !word.iter().any(|(_, drawn)| narrow(drawn.copied)) {
        return None;
    }
    let text: String = word.iter().map(|(_, drawn)| drawn.copied).collect();
    let utf16 = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), DictItem::Bytes(utf16))]) };
    Some(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties })
}

/// The different pictures of a paper in the order they are met.
struct Pictures(Vec<Arc<Picture>>);

impl Pictures {
    fn used_by(paper: &Paper) -> Pictures {
        let mut pictures: Vec<Arc<Picture>> = Vec::new();
        for item in paper.pages.iter().flat_map(|page| &page.items) {
            if let Item::Image(image) = item
                && !pictures.contains(&image.picture)
            {
                pictures.push(Arc::clone(&image.picture));
            }
        }
        Pictures(pictures)
    }

    fn id(at: usize) -> XObjectId {
        XObjectId(format!("Picture{at}"))
    }

    fn id_of(&self, picture: &Arc<Picture>) -> Option<XObjectId> {
        self.0.iter().position(|known| known == picture).map(Pictures::id)
    }
}

fn picture_object(picture: &Picture) -> ExternalXObject {
    let (width, height) = picture.size();
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(width))),
        ("Height".to_owned(), DictItem::Int(i64::from(height))),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("Interpolate".to_owned(), DictItem::Bool(true)),
    ]);
    let (content, compress, space) = match picture.encoded() {
        Encoded::Raw { bytes, grey } => (bytes, true, if grey { "DeviceGray" } else { "DeviceRGB" }),
        Encoded::Jpeg(bytes) => {
            dict.insert("Filter".to_owned(), name("DCTDecode"));
            (bytes, false, "DeviceRGB")
        }
    };
    dict.insert("ColorSpace".to_owned(), name(space));
    ExternalXObject { stream: ExternalStream { dict, content, compress }, width: None, height: None, dpi: None }
}

/// One page as drawing operations; PDF measures from the bottom left corner.
struct Drawing<'a> {
    fonts: &'a Fonts,
    pictures: &'a Pictures,
    page: &'a Page,
    ops: Vec<Op>,
    fill: Option<Ink>,
}

impl<'a> Drawing<'a> {
    fn new(fonts: &'a Fonts, pictures: &'a Pictures, page: &'a Page) -> Drawing<'a> {
        Drawing { fonts, pictures, page, ops: Vec::new(), fill: None }
    }

    fn page(mut self) -> PdfPage {
        for item in &self.page.items {
            match item {
                Item::Text(text) => self.text(text),
                Item::Line(line) => self.line(line),
                Item::Rect(rect) => self.rect(rect),
                Item::Image(image) => self.image(image),
                Item::Bars(bars) => self.bars(bars),
                Item::Mark(mark) => self.mark(mark),
            }
        }
        let mut page = PdfPage::new(Mm(0.0), Mm(0.0), self.ops);
        let sheet = printpdf::Rect::from_wh(Pt(rounded(self.page.width)), Pt(rounded(self.page.height)));
        page.media_box = sheet.clone();
        page.trim_box = sheet.clone();
        page.crop_box = sheet;
        page
    }

    fn text(&mut self, text: &Text) {
        let pos = self.point(text.left(), text.y);
        self.text_from(text, Op::SetTextCursor { pos });
    }

    fn mark(&mut self, mark: &Mark) {
        let Point { x, y } = self.point(mark.text.x, mark.text.y);
        let (sine, cosine) = mark.turn.to_radians().sin_cos();
        let (sine, cosine) = (fine(sine), fine(cosine));
        let matrix = TextMatrix::Raw([cosine, sine, -sine, cosine, x.0, y.0]);
        self.text_from(&mark.text, Op::SetTextMatrix { matrix });
    }

    fn text_from(&mut self, text: &Text, start: Op) {
        self.fill(text.ink);
        self.ops.extend([Op::StartTextSection, start]);
        let characters: Vec<_> = drawn(text).map(|drawn| (self.fonts.key(&drawn), drawn)).collect();
        for word in characters.chunk_by(|(_, a), (_, b)| (a.copied == ' ') == (b.copied == ' ')) {
            let told = tell_word(word);
            let marked = told.is_some();
            self.ops.extend(told);
            self.runs(word, text.size);
            if marked {
                self.ops.push(Op::EndMarkedContent);
            }
        }
        self.ops.push(Op::EndTextSection);
    }

    fn runs(&mut self, characters: &[(FontKey, font::Drawn)], size: f32) {
        for run in characters.chunk_by(|(a, _), (b, _)| a == b) {
            let Some(id) = run.first().and_then(|(key, _)| self.fonts.ids.get(key)) else { continue };
            let glyphs =
                run.iter().map(|(_, drawn)| Codepoint::with_cid(drawn.glyph.id, 0.0, drawn.copied.to_string()));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(size) });
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        }
    }

    fn line(&mut self, line: &Line) {
        let points = [line.from, line.to].map(|(x, y)| LinePoint { p: self.point(x, y), bezier: false }).to_vec();
        self.ops.push(Op::SetOutlineColor { col: grey(line.ink) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(line.thickness) });
        self.ops.push(Op::DrawLine { line: PdfLine { points, is_closed: false } });
    }

    fn rect(&mut self, rect: &Rect) {
        self.fill(rect.ink);
        self.polygon([[rect.x, rect.y, rect.width, rect.height]].iter());
    }

    /// All bars in one path: bars that touch leave no hairline between them.
    fn bars(&mut self, bars: &Bars) {
        self.fill(Ink::BLACK);
        self.polygon(bars.bars.iter());
    }

    fn polygon<'r>(&mut self, rects: impl Iterator<Item = &'r [f32; 4]>) {
        let ring = |[x, y, width, height]: &[f32; 4]| {
            let corners = [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)];
            PolygonRing { points: corners.map(|(x, y)| LinePoint { p: self.exact(x, y), bezier: false }).to_vec() }
        };
        let rings = rects.map(ring).collect();
        let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn image(&mut self, image: &Image) {
        let Some(id) = self.pictures.id_of(&image.picture) else { return };
        let corner = self.point(image.x, image.y + image.height);
        let transform = XObjectTransform {
            translate_x: Some(corner.x),
            translate_y: Some(corner.y),
            scale_x: Some(image.width),
            scale_y: Some(image.height),
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id, transform });
    }

    fn fill(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.ops.push(Op::SetFillColor { col: grey(ink) });
        }
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point { x: Pt(rounded(x)), y: Pt(rounded(self.page.height - y)) }
    }

    /// Finer than a hundredth of a point; for bars, whose widths a scanner compares.
    fn exact(&self, x: f32, y: f32) -> Point {
        Point { x: Pt(fine(x)), y: Pt(fine(self.page.height - y)) }
    }
}

fn grey(ink: Ink) -> Color {
    Color::Greyscale(Greyscale { percent: rounded(1.0 - f32::from(ink.0.min(100)) / 100.0), icc_profile: None })
}

/// To a ten-thousandth.
fn fine(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

/// To a hundredth of a point: finer than any printer, and short in the file.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
