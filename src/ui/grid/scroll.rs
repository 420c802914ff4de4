//! Where a long list stands: the first row as a whole number and the part of it that is above the edge.
//! Never an offset of the whole list in points, so the millionth row lies as still as the first.

/// The top of what is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Top {
    /// The row at the upper edge.
    pub first: u64,
    /// The share of that row that is above the edge, from 0 to less than 1.
    pub frac: f32,
}

impl Top {
    /// This row at the upper edge, whole.
    pub const fn at(first: u64) -> Top {
        Top { first, frac: 0.0 }
    }

    /// Moved by rows and parts of rows; stops at the beginning.
    pub fn moved(self, by: f64) -> Top {
        let down = f64::from(self.frac) + by;
        let whole = down.floor();
        let first = self.first.checked_add_signed(whole as i64);
        let frac = (down - whole) as f32;
        match first {
            Some(first) if frac < 1.0 => Top { first, frac },
            Some(first) => Top::at(first.saturating_add(1)),
            None if by < 0.0 => Top::default(),
            None => Top::at(u64::MAX),
        }
    }

    /// The lowest top: with it the last row ends at the lower edge. `seen` is how many rows fit, with parts.
    pub fn lowest(total: u64, seen: f32) -> Top {
        let seen = seen.max(0.0);
        if total as f64 <= f64::from(seen) {
            return Top::default();
        }
        let whole = seen.ceil();
        Top { first: total.saturating_sub(whole as u64), frac: whole - seen }
    }

    /// The same, but not below the lowest top.
    pub fn within(self, total: u64, seen: f32) -> Top {
        let lowest = Top::lowest(total, seen);
        if self.is_below(lowest) { lowest } else { self }
    }

    /// Moved as little as needed for this row to be seen whole.
    pub fn showing(self, row: u64, total: u64, seen: f32) -> Top {
        let top = if row < self.first || (row == self.first && self.frac > 0.0) || seen < 1.0 {
            Top::at(row)
        } else {
            let lowest = Top::lowest(row.saturating_add(1), seen);
            if lowest.is_below(self) { lowest } else { self }
        };
        top.within(total, seen)
    }

    /// How far down it is, from 0 at the beginning to 1 at the lowest top.
    pub fn share(self, total: u64, seen: f32) -> f64 {
        let all = Top::lowest(total, seen).rows();
        if all > 0.0 { (self.rows() / all).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The top that is this far down.
    pub fn at_share(share: f64, total: u64, seen: f32) -> Top {
        let lowest = Top::lowest(total, seen);
        Top::default().moved(lowest.rows() * share.clamp(0.0, 1.0)).within(total, seen)
    }

    /// The same with its first row whole: for jumps so wide that parts of a row mean nothing.
    pub fn whole(self) -> Top {
        Top::at(self.first)
    }

    fn is_below(self, other: Top) -> bool {
        self.first > other.first || (self.first == other.first && self.frac > other.frac)
    }

    fn rows(self) -> f64 {
        self.first as f64 + f64::from(self.frac)
    }
}

/// The part of a scroll bar that is dragged: where it begins and how long it is, in points on its track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thumb {
    /// Where it begins.
    pub start: f32,
    /// How long it is.
    pub length: f32,
    track: f32,
}

/// A thumb is never shorter, or it could not be hit.
pub const THUMB_LEAST: f32 = 24.0;

impl Thumb {
    /// The thumb of a list; none where everything is seen.
    pub fn of(top: Top, total: u64, seen: f32, track: f32) -> Option<Thumb> {
        if Top::lowest(total, seen) == Top::default() || track <= 0.0 {
            return None;
        }
        let share = (f64::from(seen) / total as f64) as f32;
        let length = (track * share).max(THUMB_LEAST).min(track);
        let start = (f64::from(track - length) * top.share(total, seen)) as f32;
        Some(Thumb { start, length, track })
    }

    /// The top that belongs to the thumb beginning here. Where a point of the track is more than a row, rows are whole.
    pub fn top_at(self, start: f32, total: u64, seen: f32) -> Top {
        let room = self.track - self.length;
        if room <= 0.0 {
            return Top::default();
        }
        let share = f64::from(start / room);
        let top = Top::at_share(share, total, seen);
        let rows_a_point = total as f64 / f64::from(room);
        let at_the_end = share >= 1.0;
        if rows_a_point > 1.0 && !at_the_end { top.whole() } else { top }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    const SEEN: f32 = 20.5;

    #[test]
    fn rows_are_counted_whole_at_any_depth() {
        for first in [0, 999_999, 999_999_999] {
            let mut top = Top::at(first);
            for _ in 0..1000 {
                top = top.moved(0.25);
            }
            assert_eq!(top, Top::at(first + 250));
            assert_eq!(top.moved(-250.0), Top::at(first));
        }
    }

    #[test]
    fn the_list_stops_at_its_beginning_and_at_its_end() {
        assert_eq!(Top::at(3).moved(-4.5), Top::default());
        for total in [21, 100, 1_000_000, 1_000_000_000] {
            let end = Top::at(total).within(total, SEEN);
            assert_eq!(end, Top { first: total - 21, frac: 0.5 });
        }
        assert_eq!(Top::at(7).within(20, SEEN), Top::default());
        assert_eq!(Top::at(7).within(0, SEEN), Top::default());
        assert_eq!(Top::at(7).within(20, 20.0), Top::default());
    }

    #[test]
    fn a_row_is_shown_with_the_smallest_move() {
        let total = 1_000_000;
        let top = Top { first: 100, frac: 0.5 };
        assert_eq!(top.showing(105, total, SEEN), top);
        assert_eq!(top.showing(100, total, SEEN), Top::at(100));
        assert_eq!(top.showing(40, total, SEEN), Top::at(40));
        assert_eq!(top.showing(120, total, SEEN), top);
        assert_eq!(top.showing(121, total, SEEN), Top { first: 101, frac: 0.5 });
        assert_eq!(top.showing(999_999, total, SEEN), Top { first: 999_979, frac: 0.5 });
    }

    #[test]
    fn thumb_to_row_to_thumb_comes_back() {
        for total in [30, 1_000, 1_000_000, 1_000_000_000] {
            let thumb = Thumb::of(Top::default(), total, SEEN, 500.0).unwrap();
            for start in 0..=(500.0 - thumb.length) as u16 {
                let top = thumb.top_at(f32::from(start), total, SEEN);
                let back = Thumb::of(top, total, SEEN, 500.0).unwrap();
                assert!((back.start - f32::from(start)).abs() < 1.0, "{total} {start} {back:?}");
            }
            let end = thumb.top_at(500.0 - thumb.length, total, SEEN);
            assert_eq!(end, Top::lowest(total, SEEN));
        }
    }

    #[test]
    fn a_list_that_fits_has_no_thumb() {
        assert_eq!(Thumb::of(Top::default(), 20, SEEN, 500.0), None);
        assert_eq!(Thumb::of(Top::default(), 0, SEEN, 500.0), None);
    }
}
