//! Amounts in words, as invoices and receipts spell them: English, Armenian, Russian, up to 999,999,999,999,999.
//! The words of a language are its grammar, so they stand here as tables and not in the locale files.

use super::error::{Error, Result};
use super::locale::Lang;
use super::money::Money;
use super::{plural, text};

/// The largest whole number that can be spelt.
pub const LARGEST: u64 = 999_999_999_999_999;

/// Forms of a noun: one, few, many; languages with fewer forms repeat them.
type Forms = [&'static str; 3];

/// A currency in words; a language's minor unit stays in figures beside its name.
struct CurrencyWords {
    code: &'static str,
    /// Whether a whole amount is written without its minor unit: there have been no luma for a long time.
    silent_zero: bool,
    en: [Forms; 2],
    hy: [Forms; 2],
    ru: [Forms; 2],
}

const CURRENCIES: [CurrencyWords; 6] = [
    CurrencyWords {
        code: "AMD",
        silent_zero: true,
        en: [["dram", "drams", "drams"], ["luma", "luma", "luma"]],
        hy: [["դրամ"; 3], ["լումա"; 3]],
        ru: [["драм", "драма", "драмов"], ["лума", "лумы", "лум"]],
    },
    CurrencyWords {
        code: "USD",
        silent_zero: false,
        en: [["US dollar", "US dollars", "US dollars"], ["cent", "cents", "cents"]],
        hy: [["ԱՄՆ դոլար"; 3], ["ցենտ"; 3]],
        ru: [["доллар США", "доллара США", "долларов США"], ["цент", "цента", "центов"]],
    },
    CurrencyWords {
        code: "EUR",
        silent_zero: false,
        en: [["euro", "euros", "euros"], ["cent", "cents", "cents"]],
        hy: [["եվրո"; 3], ["ցենտ"; 3]],
        ru: [["евро"; 3], ["цент", "цента", "центов"]],
    },
    CurrencyWords {
        code: "RUB",
        silent_zero: false,
        en: [["ruble", "rubles", "rubles"], ["kopeck", "kopecks", "kopecks"]],
        hy: [["ռուբլի"; 3], ["կոպեկ"; 3]],
        ru: [["рубль", "рубля", "рублей"], ["копейка", "копейки", "копеек"]],
    },
    CurrencyWords {
        code: "GEL",
        silent_zero: false,
        en: [["lari"; 3], ["tetri"; 3]],
        hy: [["լարի"; 3], ["թեթրի"; 3]],
        ru: [["лари"; 3], ["тетри"; 3]],
    },
    CurrencyWords {
        code: "GBP",
        silent_zero: false,
        en: [["pound sterling", "pounds sterling", "pounds sterling"], ["penny", "pence", "pence"]],
        hy: [["ֆունտ ստերլինգ"; 3], ["պենս"; 3]],
        ru: [["фунт стерлингов", "фунта стерлингов", "фунтов стерлингов"], ["пенс", "пенса", "пенсов"]],
    },
];

impl CurrencyWords {
    fn of(code: &str) -> Option<&'static CurrencyWords> {
        CURRENCIES.iter().find(|words| words.code == code)
    }

    fn nouns(&self, lang: Lang) -> &[Forms; 2] {
        match lang {
            Lang::HY => &self.hy,
            Lang::RU => &self.ru,
            _ => &self.en,
        }
    }
}

/// A plain amount in words, small first letter: `11930.00`, `AMD` gives `eleven thousand nine hundred thirty drams`.
///
/// A currency without words of its own is named by its code: `ten 250/1000 KWD`.
/// `Rejected` for text that is not a plain decimal, above [`LARGEST`], or with more than two decimals where the
/// currency has words.
pub fn amount(lang: Lang, plain: &str, currency_code: &str) -> Result<String> {
    let (minus, whole, fraction) = parts(plain)?;
    let spelt = cardinal(lang, whole)?;
    let sign = if minus { format!("{} ", minus_word(lang)) } else { String::new() };
    let Some(words) = CurrencyWords::of(currency_code) else {
        let figures = if fraction.is_empty() { String::new() } else { format!(" {}", fraction_figures(&fraction)) };
        return Ok(format!("{sign}{spelt}{figures} {currency_code}"));
    };
    let minor = format!("{fraction:0<2}");
    let [major_noun, minor_noun] = words.nouns(lang);
    if minor.len() > 2 {
        return Err(super::decimal::too_precise(plain, 2));
    }
    let major_form = form(lang, major_noun, &whole.to_string());
    if words.silent_zero && minor == "00" {
        return Ok(format!("{sign}{spelt} {major_form}"));
    }
    let minor_form = form(lang, minor_noun, minor.trim_start_matches('0'));
    Ok(format!("{sign}{spelt} {major_form} {minor} {minor_form}"))
}

/// An amount in words with a large first letter, as a document ends; `Rejected` as [`amount`].
pub fn money(lang: Lang, amount: Money) -> Result<String> {
    self::amount(lang, &amount.to_string(), amount.currency().code()).map(|words| text::capitalise(&words))
}

/// A whole number in words, in the gender of counting; `Rejected` above [`LARGEST`].
pub fn cardinal(lang: Lang, number: u64) -> Result<String> {
    if number > LARGEST {
        return Err(Error::rejected("error.words_too_large").arg("number", number));
    }
    let groups = GROUPS.map(|scale| (number / scale.max(1)) % 1000);
    let mut words = Vec::new();
    for (place, value) in groups.into_iter().enumerate() {
        if value > 0 {
            group(lang, place, value, &mut words);
        }
    }
    Ok(if words.is_empty() { zero_word(lang).to_owned() } else { words.join(" ") })
}

/// What one unit of each group of three digits is worth, largest first.
const GROUPS: [u64; 5] = [1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000, 1];
/// The place of the thousands and of the units in [`GROUPS`].
const THOUSANDS: usize = 3;
const UNITS: usize = 4;

fn group(lang: Lang, place: usize, value: u64, words: &mut Vec<String>) {
    let scale = scale_forms(lang).get(place).copied();
    let silent_one = lang == Lang::HY && place == THOUSANDS && value == 1 && words.is_empty();
    if !silent_one {
        match lang {
            Lang::HY => armenian(value, words),
            Lang::RU => russian(value, place == THOUSANDS, words),
            _ => english(value, words),
        }
    }
    if let (Some(forms), true) = (scale, place < UNITS) {
        words.push(form(lang, &forms, &value.to_string()).to_owned());
    }
}

const EN_SCALES: [Forms; 4] = [["trillion"; 3], ["billion"; 3], ["million"; 3], ["thousand"; 3]];
const HY_SCALES: [Forms; 4] = [["տրիլիոն"; 3], ["միլիարդ"; 3], ["միլիոն"; 3], ["հազար"; 3]];
const RU_SCALES: [Forms; 4] = [
    ["триллион", "триллиона", "триллионов"],
    ["миллиард", "миллиарда", "миллиардов"],
    ["миллион", "миллиона", "миллионов"],
    ["тысяча", "тысячи", "тысяч"],
];

fn scale_forms(lang: Lang) -> &'static [Forms; 4] {
    match lang {
        Lang::HY => &HY_SCALES,
        Lang::RU => &RU_SCALES,
        _ => &EN_SCALES,
    }
}

const EN_SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const EN_TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn english(value: u64, words: &mut Vec<String>) {
    let (hundreds, rest) = (value / 100, value % 100);
    if hundreds > 0 {
        words.push(format!("{} hundred", pick(&EN_SMALL, hundreds)));
    }
    if rest >= 20 {
        let unit = rest % 10;
        let tens = pick(&EN_TENS, rest / 10);
        words.push(if unit > 0 { format!("{tens}-{}", pick(&EN_SMALL, unit)) } else { tens.to_owned() });
    } else if rest > 0 {
        words.push(pick(&EN_SMALL, rest).to_owned());
    }
}

const HY_UNITS: [&str; 10] = ["", "մեկ", "երկու", "երեք", "չորս", "հինգ", "վեց", "յոթ", "ութ", "ինը"];
const HY_TENS: [&str; 10] =
    ["", "տասը", "քսան", "երեսուն", "քառասուն", "հիսուն", "վաթսուն", "յոթանասուն", "ութսուն", "իննսուն"];

fn armenian(value: u64, words: &mut Vec<String>) {
    let (hundreds, tens, unit) = (value / 100, value / 10 % 10, value % 10);
    if hundreds > 1 {
        words.push(pick(&HY_UNITS, hundreds).to_owned());
    }
    if hundreds > 0 {
        words.push("հարյուր".to_owned());
    }
    match (tens, unit) {
        (0, 0) => {}
        (1, 2) => words.push("տասներկու".to_owned()),
        (1, unit) if unit > 0 => words.push(format!("տասն{}", pick(&HY_UNITS, unit))),
        _ => words.push(format!("{}{}", pick(&HY_TENS, tens), pick(&HY_UNITS, unit))),
    }
}

const RU_SMALL: [&str; 20] = [
    "",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const RU_TENS: [&str; 10] =
    ["", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"];
const RU_HUNDREDS: [&str; 10] =
    ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"];

fn russian(value: u64, feminine: bool, words: &mut Vec<String>) {
    let (hundreds, rest) = (value / 100, value % 100);
    let (tens, small) = if rest >= 20 { (rest / 10, rest % 10) } else { (0, rest) };
    let unit = match (small, feminine) {
        (1, true) => "одна",
        (2, true) => "две",
        _ => pick(&RU_SMALL, small),
    };
    let spelt = [pick(&RU_HUNDREDS, hundreds), pick(&RU_TENS, tens), unit];
    words.extend(spelt.into_iter().filter(|word| !word.is_empty()).map(str::to_owned));
}

fn zero_word(lang: Lang) -> &'static str {
    match lang {
        Lang::HY => "զրո",
        Lang::RU => "ноль",
        _ => "zero",
    }
}

fn minus_word(lang: Lang) -> &'static str {
    match lang {
        Lang::HY => "մինուս",
        Lang::RU => "минус",
        _ => "minus",
    }
}

fn form(lang: Lang, forms: &Forms, count: &str) -> &'static str {
    let [one, few, many] = *forms;
    let count = if count.is_empty() { "0" } else { count };
    match plural::category(lang, count) {
        "one" => one,
        "few" => few,
        _ => many,
    }
}

fn pick(words: &[&'static str], at: u64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
}

fn parts(plain: &str) -> Result<(bool, u64, String)> {
    let (minus, unsigned) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !figures(whole) || !figures(fraction) || unsigned.ends_with('.') {
        return Err(super::decimal::unreadable(plain));
    }
    let too_large = || Error::rejected("error.words_too_large").arg("number", plain);
    let whole = whole.parse::<u64>().map_err(|_| too_large())?;
    let zero = whole == 0 && fraction.bytes().all(|b| b == b'0');
    Ok((minus && !zero, whole, fraction.to_owned()))
}

fn fraction_figures(fraction: &str) -> String {
    format!("{fraction}/1{}", "0".repeat(fraction.len()))
}
