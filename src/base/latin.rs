//! How Armenian and Cyrillic words sound in Latin letters: for finding them from a keyboard that has no others.
//! Spellings of one sound (`kh` and `x`, `q` and `k`) come out alike; it is no transliteration to be read.

use crate::base::text;

/// Two Latin letters that spell one sound, longest first where one begins another.
const PAIRS: &[(&str, &str)] = &[
    ("sch", "S"),
    ("shch", "S"),
    ("sh", "S"),
    ("ch", "C"),
    ("zh", "Z"),
    ("kh", "x"),
    ("gh", "g"),
    ("ts", "c"),
    ("tz", "c"),
    ("dz", "c"),
    ("th", "t"),
    ("ph", "p"),
    ("ou", "u"),
    ("ու", "u"),
];

/// The sound of a text in few letters, doubled ones once; digits and signs stay.
pub fn sound(text: &str) -> String {
    let folded = text::fold(text);
    let mut heard = String::with_capacity(folded.len());
    let mut rest = folded.as_str();
    while let Some(letter) = rest.chars().next() {
        let pair = PAIRS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (said, behind) = match pair {
            Some((letters, said)) => (*said, rest.get(letters.len()..)),
            None => (letter_sound(letter), rest.get(letter.len_utf8()..)),
        };
        let same = !said.is_empty() && heard.ends_with(said) && said.chars().all(char::is_alphabetic);
        match said {
            "" if !is_mute(letter) => heard.push(letter),
            _ if same => {}
            _ => heard.push_str(said),
        }
        rest = behind.unwrap_or_default();
    }
    heard
}

fn is_mute(letter: char) -> bool {
    matches!(letter, 'ъ' | 'ь')
}

/// Nothing for a letter that stands for itself.
fn letter_sound(letter: char) -> &'static str {
    match letter {
        'a' | 'ա' | 'а' => "a",
        'b' | 'բ' | 'б' => "b",
        'c' | 'ծ' | 'ձ' | 'ց' | 'ц' => "c",
        'd' | 'դ' | 'д' => "d",
        'e' | 'ե' | 'է' | 'е' | 'э' => "e",
        'f' | 'ֆ' | 'ф' => "f",
        'g' | 'գ' | 'ղ' | 'г' => "g",
        'h' | 'հ' => "h",
        'i' | 'y' | 'ի' | 'ը' | 'յ' | 'и' | 'ы' | 'й' => "i",
        'j' | 'ջ' => "j",
        'k' | 'q' | 'կ' | 'ք' | 'к' => "k",
        'l' | 'լ' | 'л' => "l",
        'm' | 'մ' | 'м' => "m",
        'n' | 'ն' | 'н' => "n",
        'o' | 'ո' | 'օ' | 'о' => "o",
        'p' | 'պ' | 'փ' | 'п' => "p",
        'r' | 'ր' | 'ռ' | 'р' => "r",
        's' | 'ս' | 'с' => "s",
        't' | 'տ' | 'թ' | 'т' => "t",
        'u' | 'у' => "u",
        'v' | 'w' | 'վ' | 'ւ' | 'в' => "v",
        'x' | 'խ' | 'х' => "x",
        'z' | 'զ' | 'з' => "z",
        'ճ' | 'չ' | 'ч' => "C",
        'շ' | 'ш' | 'щ' => "S",
        'ժ' | 'ж' => "Z",
        'ю' => "iu",
        'я' => "ia",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_sound_alike_in_their_own_letters_and_in_latin_ones() {
        for (own, latin) in [
            ("Պատվեր", "patver"),
            ("Վճարումներ", "vcharumner"),
            ("Հաճախորդ", "hachakhord"),
            ("Հաճախորդ", "hachaxord"),
            ("Ապրանքներ", "aprankner"),
            ("Ապրանքներ", "apranqner"),
            ("Շաքար", "shakar"),
            ("Եվրո", "evro"),
            ("Գույն", "guyn"),
            ("Заказы", "zakazy"),
            ("Платежи", "platezhi"),
            ("Клиенты", "klienty"),
            ("Отчёты", "otchety"),
        ] {
            assert_eq!(sound(own), sound(latin), "{own} {latin}");
        }
    }

    #[test]
    fn digits_and_signs_stay_and_a_sound_of_nothing_is_nothing() {
        assert_eq!(sound("No 1043-22"), "no 1043-22");
        assert_eq!(sound("  "), "");
    }
}
