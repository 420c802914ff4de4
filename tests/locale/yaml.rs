//! Reads the plain part of YAML that locale files are written in: nested or pointed keys, one line per text.

use std::collections::BTreeMap;

/// Texts by full key; the fault in words when a line has another form or a key stands twice.
pub fn read(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut texts = BTreeMap::new();
    let mut parents: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let indent = line.len() - content.len();
        parents.retain(|(outer, _)| *outer < indent);
        let fault = |what: &str| format!("line {}: {what}: {line}", number + 1);
        let (name, value) = entry(content).ok_or_else(|| fault("not `key: text`"))?;
        let key = parents.iter().map(|(_, name)| name.as_str()).chain([name]).collect::<Vec<_>>().join(".");
        if value.is_empty() {
            parents.push((indent, name.to_owned()));
            continue;
        }
        for (key, text) in values(&key, value).ok_or_else(|| fault("text of an unknown form"))? {
            if texts.insert(key, text).is_some() {
                return Err(fault("key stands twice"));
            }
        }
    }
    Ok(texts)
}

fn entry(content: &str) -> Option<(&str, &str)> {
    let (name, value) = content.split_once(": ").or_else(|| content.strip_suffix(':').map(|name| (name, "")))?;
    Some((name.trim_matches(['"', '\'']), value.trim()))
}

fn values(key: &str, value: &str) -> Option<Vec<(String, String)>> {
    let Some(inside) = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        let (text, rest) = scalar(value, "")?;
        return rest.trim().is_empty().then(|| vec![(key.to_owned(), text)]);
    };
    let mut found = Vec::new();
    let mut rest = inside.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once(':')?;
        let (text, left) = scalar(after.trim_start(), ",")?;
        found.push((format!("{key}.{}", name.trim().trim_matches('"')), text));
        rest = left.trim_start().trim_start_matches(',').trim_start();
    }
    Some(found)
}

/// One text and what follows it; a plain one ends at one of the given signs.
fn scalar<'a>(value: &'a str, ends: &str) -> Option<(String, &'a str)> {
    match value.chars().next()? {
        '"' => double_quoted(&value[1..]),
        '\'' => single_quoted(&value[1..]),
        '|' | '>' | '&' | '*' | '[' | '@' | '`' | '%' => None,
        _ => {
            let end = value.find(|letter| ends.contains(letter)).unwrap_or(value.len());
            Some((value[..end].trim_end().to_owned(), &value[end..]))
        }
    }
}

fn double_quoted(value: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = value.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((text, &value[at + 1..])),
            '\\' => match letters.next()?.1 {
                'n' => text.push('\n'),
                plain @ ('"' | '\\') => text.push(plain),
                _ => return None,
            },
            _ => text.push(letter),
        }
    }
    None
}

fn single_quoted(value: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = value;
    loop {
        let (part, after) = rest.split_once('\'')?;
        text.push_str(part);
        match after.strip_prefix('\'') {
            Some(_) => text.push('\''),
            None => return Some((text, after)),
        }
        rest = &after[1..];
    }
}
