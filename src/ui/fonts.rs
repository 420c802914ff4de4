//! The typefaces of the window: Noto Sans first (it has the digits), Armenian behind it, the icons last.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, FontId, FontTweak};

static SANS: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
static SANS_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");
static ARMENIAN: &[u8] = include_bytes!("../../assets/fonts/NotoSansArmenian-Regular.ttf");
static ARMENIAN_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansArmenian-Bold.ttf");
static ICONS: &[u8] = include_bytes!("../../assets/fonts/Lucide-subset.ttf");

/// The family of headings and sums.
const BOLD: &str = "bold";

/// Gives the window its typefaces; once, at the start.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    let icons = FontData::from_static(ICONS).tweak(FontTweak { y_offset_factor: 0.08, ..FontTweak::default() });
    for (name, data) in [
        ("sans", FontData::from_static(SANS)),
        ("sans-bold", FontData::from_static(SANS_BOLD)),
        ("armenian", FontData::from_static(ARMENIAN)),
        ("armenian-bold", FontData::from_static(ARMENIAN_BOLD)),
        ("icons", icons),
    ] {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let family = |names: [&str; 3]| names.map(str::to_owned).to_vec();
    fonts.families.insert(FontFamily::Proportional, family(["sans", "armenian", "icons"]));
    fonts.families.insert(FontFamily::Monospace, family(["sans", "armenian", "icons"]));
    fonts.families.insert(FontFamily::Name(BOLD.into()), family(["sans-bold", "armenian-bold", "icons"]));
    ctx.set_fonts(fonts);
}

/// The typeface of running text at this size.
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// The typeface of headings and sums at this size.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}
