//! The typefaces that stand inside the program: which of them draws a character, and how wide it is.
//! A character takes the first face that has it; what no face has is drawn as a replacement and can be named.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use printpdf::ParsedFont;

/// How heavy text is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Running text.
    #[default]
    Regular,
    /// Headings and totals.
    Bold,
}

/// One font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Face {
    Sans,
    SansBold,
    Armenian,
    ArmenianBold,
}

impl Face {
    const ALL: [Face; 4] = [Face::Sans, Face::SansBold, Face::Armenian, Face::ArmenianBold];

    fn of(weight: Weight) -> [Face; 2] {
        match weight {
            Weight::Regular => [Face::Sans, Face::Armenian],
            Weight::Bold => [Face::SansBold, Face::ArmenianBold],
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Face::Sans => include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
            Face::SansBold => include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
            Face::Armenian => include_bytes!("../../assets/fonts/NotoSansArmenian-Regular.ttf"),
            Face::ArmenianBold => include_bytes!("../../assets/fonts/NotoSansArmenian-Bold.ttf"),
        }
    }

    /// The parsed file, ready to be embedded.
    pub(super) fn parse(self) -> Option<ParsedFont> {
        ParsedFont::from_bytes(self.bytes(), 0, &mut Vec::new())
    }

    fn coverage(self) -> &'static Coverage {
        let [sans, sans_bold, armenian, armenian_bold] = tables();
        match self {
            Face::Sans => sans,
            Face::SansBold => sans_bold,
            Face::Armenian => armenian,
            Face::ArmenianBold => armenian_bold,
        }
    }

    fn glyph(self, c: char) -> Option<Glyph> {
        let table = self.coverage();
        let index = usize::try_from(u32::from(c)).ok()?;
        if let Some(glyph) = table.low.get(index) {
            return *glyph;
        }
        table.high.iter().find(|(high, _)| *high == c).map(|(_, glyph)| *glyph)
    }
}

/// A character's shape in one face and its advance in thousandths of the type size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) id: u16,
    pub(super) advance: f32,
}

/// A character as it will be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Drawn {
    pub(super) face: Face,
    pub(super) glyph: Glyph,
    /// What copying the text out of the PDF gives; the character itself unless no face has it.
    pub(super) copied: char,
}

/// Drawn for a character that no face has.
const REPLACEMENT: char = '\u{FFFD}';

/// Below this every character is looked up once; it holds every script the faces know but a few ligatures.
const LOW_END: u32 = 0x2500;

/// What the faces know above [`LOW_END`]: Armenian ligatures and the replacement.
const HIGH: [char; 6] = ['\u{FB13}', '\u{FB14}', '\u{FB15}', '\u{FB16}', '\u{FB17}', REPLACEMENT];

/// Characters the faces lack, and what is drawn in their place; copied out they stay themselves.
const STAND_INS: [(char, char); 5] = [
    ('\u{2212}', '\u{2013}'), // minus sign: en dash has its width
    ('\u{2010}', '-'),
    ('\u{2011}', '-'),
    ('\u{2012}', '\u{2013}'),
    ('\u{2015}', '\u{2014}'),
];

struct Coverage {
    low: Vec<Option<Glyph>>,
    high: Vec<(char, Glyph)>,
}

impl Coverage {
    fn of(face: Face) -> Coverage {
        let Some(font) = face.parse() else {
            return Coverage { low: Vec::new(), high: Vec::new() };
        };
        let em = f32::from(font.pdf_font_metrics.units_per_em.max(1));
        let glyph = |c: u32| {
            let id = font.lookup_glyph_index(c).filter(|id| *id != 0)?;
            Some(Glyph { id, advance: f32::from(font.get_horizontal_advance(id)) * 1000.0 / em })
        };
        Coverage {
            low: (0..LOW_END).map(glyph).collect(),
            high: HIGH.iter().filter_map(|c| Some((*c, glyph(u32::from(*c))?))).collect(),
        }
    }
}

fn tables() -> &'static [Coverage; 4] {
    static TABLES: OnceLock<[Coverage; 4]> = OnceLock::new();
    TABLES.get_or_init(|| Face::ALL.map(Coverage::of))
}

/// How a character is drawn after one drawn with `previous`: that face goes on if it can, so that spaces do not split a run.
pub(super) fn drawn(c: char, weight: Weight, previous: Option<Face>) -> Option<Drawn> {
    let faces = Face::of(weight);
    let find = |wanted: char| {
        let order = previous.into_iter().filter(|_| wanted == ' ' || wanted == '\u{A0}').chain(faces);
        order.filter_map(|face| face.glyph(wanted).map(|glyph| (face, glyph))).next()
    };
    if let Some((face, glyph)) = find(c) {
        return Some(Drawn { face, glyph, copied: c });
    }
    if let Some((face, glyph)) =
        STAND_INS.iter().find(|(lacking, _)| *lacking == c).and_then(|(_, stand_in)| find(*stand_in))
    {
        return Some(Drawn { face, glyph, copied: c });
    }
    find(REPLACEMENT).map(|(face, glyph)| Drawn { face, glyph, copied: REPLACEMENT })
}

/// The width of one line of text in points.
pub fn width(text: &str, size: f32, weight: Weight) -> f32 {
    let mut previous = None;
    let mut thousandths = 0.0;
    for c in text.chars() {
        if let Some(drawn) = drawn(c, weight, previous) {
            previous = Some(drawn.face);
            thousandths += drawn.glyph.advance;
        }
    }
    thousandths * size / 1000.0
}

/// The characters of a text that no typeface has, each once, in code order; line ends are not characters here.
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let known = |c: char| {
        let stand_in = STAND_INS.iter().find(|(lacking, _)| *lacking == c).map_or(c, |(_, stand_in)| *stand_in);
        Face::of(Weight::Regular).into_iter().any(|face| face.glyph(stand_in).is_some())
    };
    let missing: BTreeSet<char> = text.chars().filter(|c| !c.is_control() && !known(*c)).collect();
    missing.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn every_face_parses_and_is_a_thousand_units_wide() {
        for face in Face::ALL {
            let font = face.parse().expect("a font in the program parses");
            assert_eq!(font.pdf_font_metrics.units_per_em, 1000, "widths in the PDF would be cut off");
        }
    }

    #[test]
    fn armenian_russian_english_greek_and_the_signs_of_trade_are_all_drawn() {
        let text = "Հաշիվ-ապրանքագիր ԱՊԱՑԴ և ֏ ՞՛՜՝։«» Счёт-фактура № Ёё Ґґ Invoice Ελλάδα €₽₸₴₾$£¥ ½²³°×÷±…–—•“”„™®© − ‑\u{a0}\u{202f}";
        assert_eq!(missing_glyphs(text), Vec::<char>::new());
    }

    #[test]
    fn what_no_face_has_is_named_once_and_drawn_as_a_replacement() {
        assert_eq!(missing_glyphs("漢a字漢\n"), vec!['字', '漢']);
        assert_eq!(drawn('漢', Weight::Regular, None).unwrap().copied, REPLACEMENT);
        assert!(width("漢", 10.0, Weight::Regular) > 0.0);
    }

    #[test]
    fn figures_are_of_one_width_in_each_weight() {
        for weight in [Weight::Regular, Weight::Bold] {
            let widths: Vec<f32> = ('0'..='9').map(|c| width(&c.to_string(), 10.0, weight)).collect();
            assert!(widths.iter().all(|w| *w == widths[0]), "{widths:?}");
        }
    }

    #[test]
    fn a_space_between_armenian_words_does_not_change_the_face() {
        assert_eq!(drawn(' ', Weight::Regular, Some(Face::Armenian)).unwrap().face, Face::Armenian);
        assert_eq!(drawn('1', Weight::Regular, Some(Face::Armenian)).unwrap().face, Face::Sans);
    }

    #[test]
    fn each_glyph_of_a_face_belongs_to_one_character_so_text_copies_out_unchanged() {
        for face in Face::ALL {
            let mut seen = BTreeSet::new();
            for c in (0x20..LOW_END).filter_map(char::from_u32) {
                if let Some(glyph) = face.glyph(c) {
                    assert!(seen.insert(glyph.id), "{face:?} draws {c:?} with another's glyph");
                }
            }
        }
    }
}
