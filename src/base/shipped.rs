//! What shipped records are called in the window's language, as long as nobody gave them another name. It knows texts only.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::base::locale::{Lang, find, tr};

/// Kinds of shipped records: the list they stand in, the beginning of the keys of their names, their codes.
const SHIPPED: &[(&str, &str, &[&str])] = &[
    ("counterparties", "counterparty", &["walk_in"]),
    ("payment-methods", "payment_method", &["cash", "card", "transfer"]),
    ("roles", "role", &["owner", "manager", "sales", "warehouse", "bookkeeper", "viewer"]),
    ("statuses", "status", &["draft", "confirmed", "in-work", "ready", "closed", "cancelled"]),
    ("tax-rates", "tax_rate", &["vat-20", "vat-0", "no-vat"]),
    ("units", "unit", &["pcs", "kg", "g", "l", "ml", "m", "m2", "m3", "h", "box"]),
];

// The key of a shipped record by its list and the name it was stored under, in whichever language, or its code.
static KEYS: LazyLock<BTreeMap<(String, String), String>> = LazyLock::new(|| {
    let mut keys = BTreeMap::new();
    for (list, stem, codes) in SHIPPED {
        for code in *codes {
            let key = format!("{stem}.{code}");
            let told = Lang::ALL.map(|lang| tr(lang, &key, &[])).into_iter().chain([(*code).to_owned()]);
            for told in told {
                keys.entry(((*list).to_owned(), told)).or_insert_with(|| key.clone());
            }
        }
    }
    keys
});

/// The name of a record of a list in a language: that of a shipped one is told anew, any other stays. In place of its
/// name its code may be told.
pub fn named(lang: Lang, list: &str, told: &str) -> String {
    let key = KEYS.get(&(list.to_owned(), told.to_owned()));
    key.and_then(|key| find(lang, key, &[])).unwrap_or_else(|| told.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shipped_name_follows_the_language_and_one_that_was_given_stays() {
        let stored = tr(Lang::HY, "unit.pcs", &[]);
        assert_eq!(named(Lang::RU, "units", &stored), tr(Lang::RU, "unit.pcs", &[]));
        assert_eq!(named(Lang::HY, "units", "pcs"), stored);
        assert_eq!(named(Lang::RU, "statuses", "Measuring"), "Measuring");
        assert_eq!(named(Lang::RU, "statuses", ""), "");
    }

    #[test]
    fn every_shipped_name_is_told_from_all_others_of_its_kind_in_every_language() {
        for (list, stem, codes) in SHIPPED {
            for (code, lang) in codes.iter().flat_map(|code| Lang::ALL.map(|lang| (code, lang))) {
                let stored = tr(lang, &format!("{stem}.{code}"), &[]);
                for other in Lang::ALL {
                    let wanted = find(other, &format!("{stem}.{code}"), &[]);
                    assert_eq!(Some(named(other, list, &stored)), wanted, "{stem}.{code} as “{stored}”");
                }
            }
        }
    }
}
