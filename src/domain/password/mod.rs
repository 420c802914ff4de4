//! Passwords: what is accepted, Argon2id over it, and one-time codes. Knows no user and no file.

use std::cell::Cell;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

use crate::base::error::{Error, Result};
use crate::base::text;
use crate::domain::secret::Secret;

/// How dear one guess is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

/// What a password costs: 64 MiB, three passes, one lane; about an eighth of a second.
pub const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

/// What a recovery code costs: 140 random bits cannot be guessed, so nothing slow is needed.
const CODE_COST: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

/// Stored parameters beyond this are not ours; computing them would hold the program up.
const LARGEST: Cost = Cost { memory_kib: 1024 * 1024, passes: 10, lanes: 16 };

const SALT_BYTES: usize = 16;
const SHORTEST: usize = 8;
const LONGEST: usize = 1024;

/// Stands in for the hash of a user who does not exist; its cost is `COST`, and no password fits it.
const NOBODY: &str =
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Marks a credential whose password went by withheld, in a replay: nothing opens it.
const WITHHELD: &str = "*";

/// The most used passwords of eight letters and more, folded, one a line.
const COMMON: &str = include_str!("common.txt");

thread_local! {
    static SPENT: Cell<Spent> = const { Cell::new(Spent { evaluations: 0, kib: 0 }) };
}

/// What a thread has spent on holding passwords against hashes, of known users or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// How many were looked at.
    pub evaluations: u64,
    /// How much memory was gone through for it, in KiB; what takes the time.
    pub kib: u64,
}

/// What this thread has spent so far.
pub fn spent() -> Spent {
    SPENT.get()
}

fn spend(cost: Cost) {
    let Spent { evaluations, kib } = SPENT.get();
    let more = u64::from(cost.memory_kib).saturating_mul(u64::from(cost.passes));
    SPENT.set(Spent { evaluations: evaluations.saturating_add(1), kib: kib.saturating_add(more) });
}

/// The hash to store for a password. Fails where the system gives no random numbers.
pub fn hash(password: &Secret) -> Result<String> {
    hash_at(COST, password.expose())
}

fn hash_at(cost: Cost, password: &str) -> Result<String> {
    let mut salt = [0_u8; SALT_BYTES];
    fill(&mut salt)?;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(unusable)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon.hash_password_with_salt(password.as_bytes(), &salt).map_err(unusable)?.to_string())
}

/// The hash to store for a password that comes out of a command's arguments.
pub(crate) fn hash_or_withheld(password: &Secret) -> Result<String> {
    if password.is_withheld() { Ok(WITHHELD.to_owned()) } else { hash(password) }
}

/// Whether a password fits a stored hash. Fails where the hash is not one that this program writes.
pub fn verify(password: &Secret, stored: &str) -> Result<bool> {
    if stored == WITHHELD {
        return verify_nobody(password);
    }
    let parsed = PasswordHash::new(stored).map_err(unusable)?;
    let cost = cost_of(&parsed)?;
    if cost.memory_kib > LARGEST.memory_kib || cost.passes > LARGEST.passes || cost.lanes > LARGEST.lanes {
        return Err(unusable(format!("{cost:?}")));
    }
    spend(cost);
    match Argon2::default().verify_password(password.expose().as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(unusable(error)),
    }
}

/// Takes as long as holding a password against a hash; never fits.
pub fn verify_nobody(password: &Secret) -> Result<bool> {
    verify(password, NOBODY).map(|_| false)
}

/// Whether a stored hash is cheaper to guess than `COST` and has to be made anew.
pub fn is_weak(stored: &str) -> bool {
    let cost = PasswordHash::new(stored).map_err(unusable).and_then(|parsed| cost_of(&parsed));
    cost.is_ok_and(|cost| cost.memory_kib < COST.memory_kib || cost.passes < COST.passes)
}

fn cost_of(parsed: &PasswordHash) -> Result<Cost> {
    let algorithm = Algorithm::new(parsed.algorithm.as_str()).map_err(unusable)?;
    let params = Params::try_from(parsed).map_err(unusable)?;
    if algorithm != Algorithm::Argon2id || parsed.hash.is_none() {
        return Err(unusable(parsed.algorithm));
    }
    Ok(Cost { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() })
}

fn unusable(details: impl ToString) -> Error {
    Error::failure("error.credential_unusable", details)
}

fn fill(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| Error::failure("error.no_randomness", error))
}

/// Rejected when a new password is short, common, or made of the names around it (login, person, company).
pub fn check(password: &Secret, names: &[&str]) -> Result<()> {
    let typed = password.expose();
    let length = typed.chars().count();
    if length < SHORTEST {
        return Err(Error::rejected("error.password_short").arg("count", SHORTEST));
    }
    if length > LONGEST {
        return Err(Error::rejected("error.password_long").arg("count", LONGEST));
    }
    let folded = text::fold(typed);
    if is_run(&folded) || COMMON.lines().any(|common| common == folded) {
        return Err(Error::rejected("error.password_common"));
    }
    let core = core_of(&folded);
    let named = |name: &&str| {
        let name = text::fold(name);
        let core_of_name = core_of(&name);
        folded == name || (!core_of_name.is_empty() && core == core_of_name)
    };
    if names.iter().chain(&["patver"]).any(named) { Err(Error::rejected("error.password_named")) } else { Ok(()) }
}

/// What is left of a text without digits, signs and spaces.
fn core_of(folded: &str) -> String {
    folded.chars().filter(|letter| letter.is_alphabetic()).collect()
}

/// Whether a text is one letter repeated, or letters or digits in order: `11111111`, `abcdefgh`, `87654321`.
pub(super) fn is_run(folded: &str) -> bool {
    let codes: Vec<i64> = folded.chars().map(|letter| i64::from(u32::from(letter))).collect();
    let steps: Vec<i64> = codes.iter().zip(codes.iter().skip(1)).map(|(left, right)| right - left).collect();
    let first = steps.first().copied().unwrap_or(0);
    (-1..=1).contains(&first) && steps.iter().all(|step| *step == first)
}

/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A random code in groups of four: `4` groups are 80 bits, `7` are 140.
pub(crate) fn random_code(groups: usize) -> Result<Secret> {
    let mut bytes = vec![0_u8; groups * 4];
    fill(&mut bytes)?;
    let mut code = String::with_capacity(groups * 5);
    for (at, byte) in bytes.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(ALPHABET.get(usize::from(byte % 32)).map_or('0', |letter| char::from(*letter)));
    }
    Ok(Secret::new(code))
}

/// A code as it was made, whatever a person typed for it: small letters, no dashes, O for 0.
pub(crate) fn code_as_made(typed: &Secret) -> Secret {
    let letters = typed.expose().chars().filter(|letter| letter.is_alphanumeric());
    let made = letters.flat_map(char::to_uppercase).map(|letter| match letter {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    Secret::new(made.collect::<String>())
}

/// Whether what a person typed is as long as a code of so many groups.
pub(crate) fn is_code_of(groups: usize, typed: &Secret) -> bool {
    code_as_made(typed).expose().chars().count() == groups.saturating_mul(4)
}

/// The hash to store for a recovery code.
pub(crate) fn hash_code(code: &Secret) -> Result<String> {
    hash_at(CODE_COST, code_as_made(code).expose())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// Only for tests: weak on purpose, so that a test does not wait.
    fn cheap_hash_for_tests_only(password: &str) -> String {
        hash_at(Cost { memory_kib: 8, passes: 1, lanes: 1 }, password).unwrap()
    }

    fn refusal(password: &str) -> Option<&'static str> {
        check(&Secret::new(password), &["anna", "Աննա Սարգսյան", "Shirak Coffee"]).err().map(|error| error.key())
    }

    #[test]
    fn the_shipped_cost_is_64_mib_three_passes_one_lane_and_a_salt_of_16_bytes() {
        let stored = hash(&Secret::new("correct horse")).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{stored}");
        let parsed = PasswordHash::new(&stored).unwrap();
        assert_eq!((parsed.salt.unwrap().len(), parsed.hash.unwrap().len()), (16, 32));
        assert!(!is_weak(&stored));
        assert!(verify(&Secret::new("correct horse"), &stored).unwrap());
        assert_eq!(cost_of(&PasswordHash::new(NOBODY).unwrap()).unwrap(), COST);
    }

    #[test]
    fn only_the_same_letters_fit_and_no_space_is_trimmed() {
        let stored = cheap_hash_for_tests_only(" Գաղտնի 1 ");
        for (typed, fits) in [(" Գաղտնի 1 ", true), ("Գաղտնի 1", false), (" գաղտնի 1 ", false), ("", false)]
        {
            assert_eq!(verify(&Secret::new(typed), &stored).unwrap(), fits, "{typed:?}");
        }
    }

    #[test]
    fn one_password_never_gives_the_same_hash_twice() {
        assert_ne!(cheap_hash_for_tests_only("x"), cheap_hash_for_tests_only("x"));
    }

    #[test]
    fn cheaper_hashes_are_weak_and_absurdly_dear_ones_are_refused_uncomputed() {
        assert!(is_weak(&cheap_hash_for_tests_only("x")));
        let tail = "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        for parameters in ["m=1048577,t=3,p=1", "m=65536,t=11,p=1", "m=65536,t=3,p=17"] {
            let error = verify(&Secret::new("x"), &format!("$argon2id$v=19${parameters}{tail}")).unwrap_err();
            assert_eq!(error.key(), "error.credential_unusable", "{parameters}");
        }
        for broken in
            ["", "plain", "$argon2i$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=1"]
        {
            assert_eq!(verify(&Secret::new("x"), broken).unwrap_err().key(), "error.credential_unusable", "{broken}");
        }
    }

    #[test]
    fn nothing_opens_a_credential_whose_password_was_withheld() {
        let withheld: Secret = ciborium::from_reader([0xf6_u8].as_slice()).unwrap();
        let stored = hash_or_withheld(&withheld).unwrap();
        for typed in ["", "*", "x"] {
            assert!(!verify(&Secret::new(typed), &stored).unwrap());
        }
    }

    #[test]
    fn short_common_and_named_passwords_are_refused_and_the_rest_is_not() {
        assert_eq!(refusal("Kx7#pq2"), Some("error.password_short"));
        assert_eq!(refusal(&"ա".repeat(1025)), Some("error.password_long"));
        for common in ["password", "Password1", "QWERTYUI", "11111111", "12345678", "87654321", "abcdefgh", "йцукенгш"]
        {
            assert_eq!(refusal(common), Some("error.password_common"), "{common}");
        }
        for named in ["anna1234", "ANNA_2026!", "Աննա Սարգսյան", "shirakcoffee", "Shirak-Coffee-7", "patver2026"]
        {
            assert_eq!(refusal(named), Some("error.password_named"), "{named}");
        }
        for good in ["anna loves tea", "եռանկյունի սար", "Tr0ub4dor&3", "корабль плывёт", "73915048", " leading space"]
        {
            assert_eq!(refusal(good), None, "{good}");
        }
    }

    #[test]
    fn the_common_list_is_folded_and_long_enough_to_matter() {
        for line in COMMON.lines() {
            assert_eq!(text::fold(line), line);
            assert!(line.chars().count() >= SHORTEST && !is_run(line), "{line}");
        }
        assert!(COMMON.lines().count() > 200);
    }

    #[test]
    fn a_code_fits_however_a_person_types_it() {
        let code = random_code(7).unwrap();
        assert_eq!(code.expose().len(), 34);
        let stored = hash_code(&code).unwrap();
        let typed = code.expose().to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
        assert!(verify(&code_as_made(&Secret::new(typed)), &stored).unwrap());
        assert_ne!(random_code(7).unwrap().expose(), code.expose());
    }
}
