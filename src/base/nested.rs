//! Values inside objects, under names that lead inside: `fields.color`.

use serde_json::{Map, Value as Json};

/// What stands in an object under such a name.
pub fn at<'a>(object: &'a Json, name: &str) -> Option<&'a Json> {
    name.split('.').try_fold(object, |inside, part| inside.get(part))
}

/// Puts a value under such a name; nothing happens where something that is no object stands in the way.
pub fn put(object: &mut Map<String, Json>, name: &str, value: Json) {
    match name.split_once('.') {
        None => drop(object.insert(name.to_owned(), value)),
        Some((outer, inner)) => {
            let inside = object.entry(outer).or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inside) = inside {
                put(inside, inner, value);
            }
        }
    }
}
