//! Pictures of the items, drawn from a few shapes on a grid of 100: the same shapes always give the same bytes.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

use crate::base::error::{Error, Result};

/// The shapes of every picture.
const GLYPHS: &str = include_str!("../../assets/demo/glyphs.txt");
/// Width and height of a picture in pixels.
const SIDE: usize = 128;
/// How many points are looked at across one pixel, so that edges are smooth.
const FINE: usize = 3;
/// The grid the shapes are given on.
const GRID: i64 = 100;
/// Points across the whole picture.
const POINTS: usize = SIDE * FINE;
/// The same, to reckon with.
const EDGE: i64 = 384;

/// Red, green and blue.
pub(super) type Ink = [u8; 3];

/// The inks that change from one group of items to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    /// Under everything.
    pub ground: Ink,
    /// Most of the thing.
    pub main: Ink,
    /// Its parts that lie in the shade.
    pub shade: Ink,
}

/// One shape, in points of the fine grid.
enum Shape {
    /// From left and top to right and bottom, with rounded corners.
    Box {
        left: i64,
        top: i64,
        right: i64,
        bottom: i64,
        radius: i64,
    },
    Circle {
        x: i64,
        y: i64,
        radius: i64,
    },
    Polygon(Vec<(i64, i64)>),
}

/// A picture by its name, as PNG. Fails where there is none of that name.
pub(super) fn draw(name: &str, palette: Palette) -> Result<Vec<u8>> {
    let found = GLYPHS.lines().filter_map(|line| line.split_once(": ")).find(|(glyph, _)| *glyph == name);
    let (_, shapes) = found.ok_or_else(|| broken(name))?;
    let mut canvas = Canvas::of(palette.ground);
    for text in shapes.split(';') {
        let (shape, ink) = read(text.trim(), palette).ok_or_else(|| broken(text))?;
        canvas.fill(&shape, ink);
    }
    canvas.png()
}

/// Ink written as `#RRGGBB`.
pub(super) fn ink(text: &str) -> Ink {
    let part = |at: usize| text.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0);
    [part(1), part(3), part(5)]
}

fn broken(what: &str) -> Error {
    Error::failure("error.picture_unreadable", what)
}

fn read(text: &str, palette: Palette) -> Option<(Shape, Ink)> {
    let words: Vec<&str> = text.split(' ').collect();
    let (kind, rest) = words.split_first()?;
    if *kind == "P" {
        let (name, points) = rest.split_first()?;
        let points: Option<Vec<(i64, i64)>> = points.iter().map(|point| corner(point)).collect();
        return Some((Shape::Polygon(points?), of_name(name, palette)?));
    }
    let (name, numbers) = rest.split_last()?;
    let numbers: Option<Vec<i64>> = numbers.iter().map(|number| scaled(number)).collect();
    let shape = match (*kind, numbers?.as_slice()) {
        ("R", [x, y, width, height]) => {
            Shape::Box { left: *x, top: *y, right: x + width, bottom: y + height, radius: 0 }
        }
        ("O", [x, y, width, height, radius]) => {
            Shape::Box { left: *x, top: *y, right: x + width, bottom: y + height, radius: *radius }
        }
        ("C", [x, y, radius]) => Shape::Circle { x: *x, y: *y, radius: *radius },
        _ => return None,
    };
    Some((shape, of_name(name, palette)?))
}

fn scaled(number: &str) -> Option<i64> {
    number.parse::<i64>().ok().map(|number| number * EDGE / GRID)
}

fn corner(text: &str) -> Option<(i64, i64)> {
    let (x, y) = text.split_once(',')?;
    Some((scaled(x)?, scaled(y)?))
}

fn of_name(name: &str, palette: Palette) -> Option<Ink> {
    Some(match name {
        "a" => palette.main,
        "b" => palette.shade,
        "g" => palette.ground,
        "c" => [0xF0, 0xD9, 0xA8],
        "d" => [0x3B, 0x36, 0x33],
        "w" => [0xFF, 0xFF, 0xFF],
        "r" => [0xC4, 0x4A, 0x3D],
        "l" => [0x6E, 0x9B, 0x57],
        "s" => [0x8F, 0xB7, 0xCE],
        _ => return None,
    })
}

impl Shape {
    /// The columns a row of points has to be looked at in, and whether any.
    fn bounds(&self) -> (i64, i64, i64, i64) {
        match self {
            Shape::Box { left, top, right, bottom, .. } => (*left, *top, *right, *bottom),
            Shape::Circle { x, y, radius } => (x - radius, y - radius, x + radius, y + radius),
            Shape::Polygon(corners) => {
                let xs = || corners.iter().map(|(x, _)| *x);
                let ys = || corners.iter().map(|(_, y)| *y);
                let ends = (xs().min(), ys().min(), xs().max(), ys().max());
                (ends.0.unwrap_or(0), ends.1.unwrap_or(0), ends.2.unwrap_or(0), ends.3.unwrap_or(0))
            }
        }
    }

    fn holds(&self, x: i64, y: i64) -> bool {
        match self {
            Shape::Box { left, top, right, bottom, radius } => {
                let across = x - x.clamp(left + radius, (right - radius).max(left + radius));
                let down = y - y.clamp(top + radius, (bottom - radius).max(top + radius));
                across * across + down * down <= radius * radius
            }
            Shape::Circle { x: mid_x, y: mid_y, radius } => {
                let (across, down) = (x - mid_x, y - mid_y);
                across * across + down * down <= radius * radius
            }
            Shape::Polygon(corners) => inside(corners, x, y),
        }
    }
}

/// Whether a point lies inside a polygon: how often a line to the right of it crosses the edge.
fn inside(corners: &[(i64, i64)], x: i64, y: i64) -> bool {
    let next = corners.iter().cycle().skip(1);
    let crossings = corners.iter().zip(next).filter(|((x1, y1), (x2, y2))| {
        let spans = (*y1 > y) != (*y2 > y);
        // Where the edge meets the line, multiplied out so that nothing is divided.
        let left = (x - x1) * (y2 - y1);
        let right = (x2 - x1) * (y - y1);
        spans && if y2 > y1 { left < right } else { left > right }
    });
    crossings.count() % 2 == 1
}

/// Points of the fine grid, row by row.
struct Canvas(Vec<Ink>);

impl Canvas {
    fn of(ground: Ink) -> Canvas {
        Canvas(vec![ground; POINTS * POINTS])
    }

    fn fill(&mut self, shape: &Shape, ink: Ink) {
        let (left, top, right, bottom) = shape.bounds();
        let columns = |at: i64| usize::try_from(at.clamp(0, EDGE)).unwrap_or(0);
        let (from, to) = (columns(left), columns(right));
        let rows = (0_i64..).zip(self.0.chunks_exact_mut(POINTS)).filter(|(y, _)| (top..bottom).contains(y));
        for (y, row) in rows {
            let points = row.get_mut(from..to).unwrap_or_default();
            for (x, point) in (left.max(0)..).zip(points) {
                if shape.holds(x, y) {
                    *point = ink;
                }
            }
        }
    }

    /// The mean of the points of each pixel.
    fn png(&self) -> Result<Vec<u8>> {
        let mut pixels = Vec::with_capacity(SIDE * SIDE * 3);
        for rows in self.0.chunks_exact(POINTS * FINE) {
            let mut sums = vec![[0_u32; 3]; SIDE];
            for row in rows.chunks_exact(POINTS) {
                for (sum, points) in sums.iter_mut().zip(row.chunks_exact(FINE)) {
                    for point in points {
                        sum.iter_mut().zip(point).for_each(|(sum, part)| *sum += u32::from(*part));
                    }
                }
            }
            let count = u32::try_from(FINE * FINE).unwrap_or(1);
            pixels.extend(sums.iter().flatten().map(|sum| u8::try_from(sum / count).unwrap_or(u8::MAX)));
        }
        let (mut bytes, side) = (Vec::new(), u32::try_from(SIDE).unwrap_or(0));
        let written = PngEncoder::new(&mut bytes).write_image(&pixels, side, side, ExtendedColorType::Rgb8);
        written.map_err(|error| Error::failure("error.picture_unreadable", error))?;
        Ok(bytes)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    const PALETTE: Palette = Palette { ground: [250, 240, 230], main: [160, 110, 60], shade: [120, 80, 40] };

    #[test]
    fn every_picture_is_a_square_that_differs_from_all_the_others() {
        let mut seen = std::collections::BTreeSet::new();
        let glyphs = GLYPHS.lines().filter(|line| !line.starts_with('#'));
        for (name, _) in glyphs.filter_map(|line| line.split_once(": ")) {
            let bytes = draw(name, PALETTE).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
            assert_eq!((picture.width(), picture.height()), (128, 128), "{name}");
            let drawn = picture.pixels().filter(|pixel| pixel.0 != PALETTE.ground).count();
            assert!(drawn > 128 * 128 / 20, "{name} is nearly empty");
            assert!(seen.insert(bytes), "{name} looks like another");
        }
    }

    #[test]
    fn a_point_is_inside_a_polygon_or_not() {
        let triangle = [(0, 0), (100, 0), (0, 100)];
        assert!(inside(&triangle, 10, 10) && inside(&triangle, 30, 60));
        assert!(!inside(&triangle, 70, 70) && !inside(&triangle, -1, 5));
    }
}
