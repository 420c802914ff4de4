//! Currencies by ISO 4217: code, minor unit, and the smallest amount paid in cash. Facts only, no rates.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};

use super::error::{Error, Result};

/// Codes by the number of decimals of their minor unit. Source: ISO 4217, list one, published 2026-01-01; codes
/// without a minor unit (metals, test codes, units of account without coins) are not money here.
const CODES: [(u8, &str); 4] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW \
         CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF \
         IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
         MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
         SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG \
         YER ZAR ZMW ZWG",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// The smallest cash amount in minor units where it is more than one. Source: CLDR 48.2, cash digits and rounding.
const CASH_STEPS: [(i64, &str); 5] = [
    (5, "CAD CHF"),
    (50, "DKK"),
    (100, "AFN ALL AMD COP CRC CZK GYD IDR IRR KPW LAK LBP MGA MMK MNT MUR NOK PKR RSD SEK SOS SYP TWD TZS UZS YER"),
    (500, "HUF"),
    (1000, "IQD"),
];

/// A currency of ISO 4217 that has a minor unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

impl Currency {
    /// Armenian dram.
    pub const AMD: Currency = Currency { code: *b"AMD", decimals: 2 };
    /// United States dollar.
    pub const USD: Currency = Currency { code: *b"USD", decimals: 2 };
    /// Euro.
    pub const EUR: Currency = Currency { code: *b"EUR", decimals: 2 };
    /// Russian ruble.
    pub const RUB: Currency = Currency { code: *b"RUB", decimals: 2 };

    /// The currency with this code, in capitals as ISO writes it; `Rejected` when there is none.
    pub fn parse(code: &str) -> Result<Currency> {
        let find = || {
            let known = code.as_bytes().try_into().ok()?;
            let (decimals, _) = CODES.iter().find(|(_, codes)| listed(codes, code))?;
            Some(Currency { code: known, decimals: *decimals })
        };
        find().ok_or_else(|| Error::rejected("error.currency_unknown").arg("code", code))
    }

    /// Every currency, in the order of the codes.
    pub fn all() -> Vec<Currency> {
        let codes = CODES.iter().flat_map(|(_, codes)| codes.split(' '));
        let mut all: Vec<Currency> = codes.filter_map(|code| Currency::parse(code).ok()).collect();
        all.sort();
        all
    }

    /// The three capital letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// Decimals of the minor unit: 2 for the dram and the dollar, 0 for the yen, 3 for the dinar of Kuwait.
    pub fn decimals(self) -> u32 {
        u32::from(self.decimals)
    }

    /// Minor units in one major unit: 100 for the dollar.
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(self.decimals())
    }

    /// The smallest amount paid in cash, in minor units: 100 for the dram, 5 for the Swiss franc, 1 for the dollar.
    pub fn cash_step(&self) -> i64 {
        CASH_STEPS.iter().find(|(_, codes)| listed(codes, self.code())).map_or(1, |(step, _)| *step)
    }
}

fn listed(codes: &str, code: &str) -> bool {
    code.len() == 3 && codes.split(' ').any(|known| known == code)
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(code: &str) -> Result<Currency> {
        Currency::parse(code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        Currency::parse(&String::deserialize(deserializer)?).map_err(Error::into_serde)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once_and_reads_back() {
        let all = Currency::all();
        assert_eq!(all.len(), 165);
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
        for currency in all {
            assert_eq!(Currency::parse(currency.code()).unwrap(), currency);
        }
    }

    #[test]
    fn decimals_are_those_of_iso_4217() {
        for (code, decimals) in [("AMD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("HUF", 2), ("USD", 2), ("ISK", 0)] {
            assert_eq!(Currency::parse(code).unwrap().decimals(), decimals, "{code}");
        }
        for named in [Currency::AMD, Currency::USD, Currency::EUR, Currency::RUB] {
            assert_eq!(Currency::parse(named.code()).unwrap(), named);
        }
    }

    #[test]
    fn cash_steps_are_those_of_cldr() {
        for (code, step) in [("AMD", 100), ("USD", 1), ("CHF", 5), ("DKK", 50), ("HUF", 500), ("JPY", 1), ("IQD", 1000)]
        {
            assert_eq!(Currency::parse(code).unwrap().cash_step(), step, "{code}");
        }
        let steps = CASH_STEPS.iter().flat_map(|(_, codes)| codes.split(' '));
        assert!(steps.clone().all(|code| Currency::parse(code).is_ok()));
        assert_eq!(steps.count(), 31);
    }

    #[test]
    fn unknown_codes_are_refused() {
        for bad in ["", "amd", "AM", "AMDX", "XAU", "XXX", "A D", "ԴՐԱ", "AED AFN", " US"] {
            assert_eq!(Currency::parse(bad).unwrap_err().key(), "error.currency_unknown", "{bad}");
        }
    }
}
