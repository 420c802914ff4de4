//! A shop whose screens are full: items by the thousand, each with a picture of its own, and one order of most of them.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use image::{ImageFormat, Rgb, RgbImage};

use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::UnitPrice;
use crate::base::quantity::Quantity;
use crate::bench::book::{self, Plan, ZONE};
use crate::bench::{Found, OWNER};
use crate::domain::BUSINESS;
use crate::domain::file::FileHash;
use crate::domain::item::{ItemKind, SaveItem};
use crate::domain::order::Order;
use crate::domain::order::line::LineInput;
use crate::domain::order::place::PlaceOrder;
use crate::engine::clock::SetClock;
use crate::engine::store::{Call, Store};

/// So many items with pictures.
const ITEMS: u64 = 10_000;
/// What the first of them is called.
pub const FIRST_ITEM: &str = "Pictured 00001";
/// So many lines in one order.
const LINES: usize = 5_000;
/// The sides of a picture in pixels.
const SIZE: (u32, u32) = (320, 240);
/// So many pictures are kept by one transaction.
const TOGETHER: usize = 1_000;
/// So many are drawn.
const DRAWINGS: u64 = 32;

/// Makes the file; of both as many as the measured file has orders, where those are fewer.
pub(super) fn make(file: &Path, found: &Found) -> Result<Id<Order>> {
    let clock = Arc::new(SetClock::at(found.now));
    let mut store = Store::create(file, &BUSINESS, clock.clone())?;
    book::found(&mut store, &clock, &Plan { orders: 0, today: Zone::parse(ZONE)?.date_of(found.now) })?;
    clock.set(found.now);
    let pictures = keep(&mut store, found.orders.clamp(1, ITEMS))?;
    let call = Call::of_user(OWNER).confirmed();
    let order = store.in_bulk(&[], |bulk| {
        let mut lines = Vec::new();
        for (number, picture) in (1_u32..).zip(pictures) {
            let id = bulk.run(&call, &item(number, picture))?.id;
            lines.push(LineInput {
                item: Some(Id::new(id)),
                quantity: Quantity::from_micros(2_000_000),
                ..LineInput::default()
            });
        }
        lines.truncate(LINES);
        bulk.run(&call, &PlaceOrder { lines, ..PlaceOrder::default() })
    });
    let order = order?.id;
    store.close()?;
    Ok(order)
}

/// A file of its own for each item; behind one of a few drawings stands its number, which decoders pass over.
fn keep(store: &mut Store, count: u64) -> Result<Vec<FileHash>> {
    let drawings = (0..DRAWINGS).map(drawing).collect::<Result<Vec<_>>>()?;
    let content = |(number, drawn): (u64, &Vec<u8>)| [drawn.as_slice(), &number.to_le_bytes()].concat();
    let pictures: Vec<Vec<u8>> = (0..count).zip(drawings.iter().cycle()).map(content).collect();
    let mut hashes = Vec::new();
    for together in pictures.chunks(TOGETHER) {
        let kept: Vec<FileHash> = store.keep(&Call::of_system(), |tx| {
            together.iter().map(|content| tx.keep_blob(content).map(FileHash::from_bytes)).collect()
        })?;
        hashes.extend(kept);
    }
    Ok(hashes)
}

/// What looks like a photo to who decodes it: soft stripes with a grain.
fn drawing(number: u64) -> Result<Vec<u8>> {
    let [a, b, c, ..] = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
    let drawn = RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let [along, across, ..] = (x.wrapping_mul(u32::from(a) + 1) / 64).wrapping_add(y * 3).to_le_bytes();
        let [grain, ..] = (x.wrapping_mul(31) ^ y.wrapping_mul(17)).to_le_bytes();
        Rgb([along ^ b, across.wrapping_add(c).wrapping_add(along / 2), (grain & 15).wrapping_add(a)])
    });
    let mut content = Cursor::new(Vec::new());
    let written = drawn.write_to(&mut content, ImageFormat::Jpeg);
    written.map_err(|error| Error::failure("error.picture_unreadable", error))?;
    Ok(content.into_inner())
}

fn item(number: u32, picture: FileHash) -> SaveItem {
    SaveItem {
        kind: Some(ItemKind::Goods),
        code: Some(format!("P{number:05}")),
        name: Some(format!("Pictured {number:05}")),
        unit: Some("pcs".to_owned()),
        price: Some(Some(UnitPrice::from_micros(i64::from(number % 900 + 1) * 10_000_000))),
        picture: Some(Some(picture)),
        ..SaveItem::default()
    }
}
