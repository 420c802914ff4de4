//! Arguments typed as KEY=VALUE, put together as JSON. Knows nothing of what the keys mean.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::base::error::Error;
use crate::cli::stop::Stop;

/// The arguments of a line laid over `base`. Wrong usage where a pair has no sense.
///
/// A value that begins with `[` or `{` is JSON, any other is text. `lines[0].quantity=2` reaches inside, `key[]=v`
/// adds to a list, and a key that is given again makes one.
pub(crate) fn read(pairs: &[String], base: Json) -> Result<Json, Stop> {
    let mut json = base;
    let mut seen = BTreeSet::new();
    for pair in pairs {
        let (path, text) = pair.split_once('=').ok_or_else(|| wrong("cli.usage_pair", pair))?;
        let value = value(pair, text)?;
        let steps = steps(path).ok_or_else(|| wrong("cli.usage_key", pair))?;
        let again = !path.ends_with("[]") && !seen.insert(path);
        let place = reach(&mut json, &steps).ok_or_else(|| wrong("cli.usage_key_clash", pair))?;
        put(place, value, again);
    }
    Ok(json)
}

/// Wrong usage, showing what was typed.
pub(crate) fn wrong(key: &'static str, pair: &str) -> Stop {
    Stop::usage(Error::rejected(key).arg("pair", pair))
}

fn value(pair: &str, text: &str) -> Result<Json, Stop> {
    if text.starts_with(['[', '{']) {
        serde_json::from_str(text).map_err(|_| wrong("cli.usage_value", pair))
    } else {
        Ok(Json::String(text.to_owned()))
    }
}

enum Step<'a> {
    Key(&'a str),
    At(usize),
    Push,
}

/// Takes `lines[0].quantity` apart.
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if key.is_empty() || key.contains(']') {
            return None;
        }
        steps.push(Step::Key(key));
        while !rest.is_empty() {
            let (place, after) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(if place.is_empty() { Step::Push } else { Step::At(place.parse().ok()?) });
            rest = after;
        }
    }
    Some(steps)
}

/// The place a path leads to, made where it is missing. Nothing where something else stands in the way, or where a
/// list would get a hole.
fn reach<'j>(json: &'j mut Json, steps: &[Step<'_>]) -> Option<&'j mut Json> {
    let mut place = json;
    for step in steps {
        place = match step {
            Step::Key(key) => {
                if place.is_null() {
                    *place = Json::Object(Map::new());
                }
                place.as_object_mut()?.entry((*key).to_owned()).or_insert(Json::Null)
            }
            Step::At(at) => element(place, Some(*at))?,
            Step::Push => element(place, None)?,
        };
    }
    Some(place)
}

fn element(place: &mut Json, at: Option<usize>) -> Option<&mut Json> {
    if place.is_null() {
        *place = Json::Array(Vec::new());
    }
    let list = place.as_array_mut()?;
    let at = at.unwrap_or(list.len());
    if at == list.len() {
        list.push(Json::Null);
    }
    list.get_mut(at)
}

fn put(place: &mut Json, value: Json, again: bool) {
    match place {
        Json::Array(list) if again => list.push(value),
        _ if again => *place = Json::Array(vec![place.take(), value]),
        _ => *place = value,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(pairs: &[&str]) -> Json {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        read(&pairs, json!({})).unwrap_or_else(|_| panic!("refused"))
    }

    fn refused(pairs: &[&str]) -> bool {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        read(&pairs, json!({})).is_err()
    }

    #[test]
    fn a_value_is_text_unless_it_begins_as_a_list_or_an_object() {
        assert_eq!(of(&["name=Անի", "price=12.50", "note="]), json!({"name": "Անի", "price": "12.50", "note": ""}));
        assert_eq!(of(&["lines=[{\"text\": \"a=b\"}]", "eq=a=b"]), json!({"lines": [{"text": "a=b"}], "eq": "a=b"}));
    }

    #[test]
    fn brackets_and_repetition_make_lists() {
        assert_eq!(of(&["barcodes[]=1", "barcodes[]=2"]), json!({"barcodes": ["1", "2"]}));
        assert_eq!(of(&["phone=1", "phone=2", "phone=3"]), json!({"phone": ["1", "2", "3"]}));
        assert_eq!(of(&["barcodes[]=1"]), json!({"barcodes": ["1"]}));
    }

    #[test]
    fn a_path_reaches_inside() {
        let typed = ["lines[0].item=3", "lines[0].quantity=2", "lines[1].text=Delivery", "to.city=Գյումրի"];
        let expected = json!({
            "lines": [{"item": "3", "quantity": "2"}, {"text": "Delivery"}],
            "to": {"city": "Գյումրի"},
        });
        assert_eq!(of(&typed), expected);
    }

    #[test]
    fn pairs_lie_over_what_a_file_gave() {
        let base = json!({"id": 5, "lines": [{"quantity": "1"}]});
        let pairs = ["id=6".to_owned(), "lines[0].quantity=2".to_owned()];
        let laid = read(&pairs, base).unwrap_or_else(|_| panic!("refused"));
        assert_eq!(laid, json!({"id": "6", "lines": [{"quantity": "2"}]}));
    }

    #[test]
    fn what_has_no_sense_is_wrong_usage() {
        for pair in ["name", "=x", "a[=1", "a[x]=1", "a]=1", "a..b=1", "lines=[1", "lines[1].quantity=2", "a[0]x=1"] {
            assert!(refused(&[pair]), "{pair}");
        }
        assert!(refused(&["a=1", "a.b=2"]));
    }
}
