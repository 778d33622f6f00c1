//! Passwords: argon2id behind a semaphore, and the ladder that slows guessing down.

use std::sync::Arc;

use anyhow::anyhow;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use chrono::{DateTime, Duration, Utc};
use tokio::sync::Semaphore;

/// OWASP's smallest recommended cost: 19 MiB, two passes, one lane (16 ms on a school server).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;

/// Password length in characters.
pub const SHORTEST: usize = 12;
pub const LONGEST: usize = 128;

/// Hashes at most as many passwords at once as there are cores: a storm of logins waits in line and
/// does not take the memory of the pages.
#[derive(Clone)]
pub struct Hasher {
    places: Arc<Semaphore>,
    cost: Cost,
    /// A hash nobody's password fits: checking it takes the same time for an unknown login.
    nobody: Arc<str>,
}

/// How expensive a hash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    Real,
    /// For tests that sign in hundreds of times.
    Cheap,
}

impl Hasher {
    pub fn new(cost: Cost) -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let nobody = hash(cost, "никто не знает этого пароля")?;
        Ok(Self { places: Arc::new(Semaphore::new(cores)), cost, nobody: nobody.into() })
    }

    /// The hash to store.
    pub async fn hash(&self, password: String) -> anyhow::Result<String> {
        let _place = self.places.acquire().await?;
        let cost = self.cost;
        tokio::task::spawn_blocking(move || hash(cost, &password)).await?
    }

    /// Does the password fit? For an unknown login (`None`) takes as long and answers no.
    pub async fn fits(&self, stored: Option<String>, password: String) -> anyhow::Result<bool> {
        let _place = self.places.acquire().await?;
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        let cost = self.cost;
        let fits = tokio::task::spawn_blocking(move || -> anyhow::Result<bool> {
            let parsed = PasswordHash::new(&stored).map_err(|error| anyhow!("хеш пароля: {error}"))?;
            Ok(engine(cost)?.verify_password(password.as_bytes(), &parsed).is_ok())
        })
        .await??;
        Ok(fits && known)
    }
}

fn engine(cost: Cost) -> anyhow::Result<Argon2<'static>> {
    let (memory, passes) = match cost {
        Cost::Real => (MEMORY_KIB, PASSES),
        Cost::Cheap => (Params::MIN_M_COST, 1),
    };
    let params =
        Params::new(memory, passes, 1, None).map_err(|error| anyhow!("параметры argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(cost: Cost, password: &str) -> anyhow::Result<String> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt)?;
    let hash = engine(cost)?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| anyhow!("хеширование пароля: {error}"))?;
    Ok(hash.to_string())
}

/// How long to wait after so many failures in a row: 1 s, then 3, 5, 10 s, and from the hundredth
/// until tomorrow. The account is slowed down and never locked for good.
pub fn pause_after(failures: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    let pause = match failures {
        ..=2 => Duration::seconds(1),
        3..=8 => Duration::seconds(3),
        9..=24 => Duration::seconds(5),
        25..=99 => Duration::seconds(10),
        _ => Duration::hours(12),
    };
    now + pause
}

/// What a new password should be, for the line under its field.
pub fn hint() -> String {
    format!("Не короче {SHORTEST} знаков. Подойдёт фраза из нескольких слов")
}

/// What is wrong with a new password, in words for its field.
pub fn complaint(password: &str, login: &str) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!("Пароль короче {SHORTEST} знаков. Подойдёт фраза из трёх-четырёх слов"));
    }
    if length > LONGEST {
        return Some(format!("Пароль длиннее {LONGEST} знаков. Сократите его"));
    }
    let lowered = password.to_lowercase();
    let plain = !login.is_empty() && lowered.contains(&login.to_lowercase());
    if plain || COMMON.iter().any(|word| lowered.trim_matches(|c: char| c.is_ascii_digit()) == *word) {
        return Some("Такой пароль легко угадать. Придумайте фразу, которую знаете только вы".to_owned());
    }
    let mut letters: Vec<char> = lowered.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 5 {
        return Some("В пароле слишком мало разных знаков. Придумайте фразу из нескольких слов".to_owned());
    }
    None
}

/// Words of the trade and the keyboard that people try first, without digits at the ends.
const COMMON: &[&str] = &[
    "наставничество",
    "наставник",
    "образование",
    "нефтеюганск",
    "администратор",
    "пароль",
    "учитель",
    "qwertyuiop",
    "qwertyuiopasdfgh",
    "йцукенгшщзхъ",
    "йцукенгшщзфывапролд",
    "password",
    "passwordpassword",
    "administrator",
    "nastavnik",
    "nastavnichestvo",
    "parolparol",
    "qwertyqwerty",
    "школашкола",
    "директор",
    "iloveyou",
    "letmeinletmein",
    "welcomewelcome",
    "qazwsxedcrfv",
    "zxcvbnmasdfghjkl",
    "фывапролджэ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_with_a_reason() {
        for password in ["короткий", "aaaaaaaaaaaaaaa", "наставничество2026", "ivanova-ivanova-1"]
        {
            assert!(complaint(password, "ivanova").is_some(), "{password}");
        }
        assert_eq!(complaint("три весёлых зайца", "ivanova"), None);
    }

    #[tokio::test]
    async fn an_unknown_login_never_fits() {
        let hasher = Hasher::new(Cost::Cheap).unwrap();
        let stored = hasher.hash("три весёлых зайца".into()).await.unwrap();
        assert!(hasher.fits(Some(stored.clone()), "три весёлых зайца".into()).await.unwrap());
        assert!(!hasher.fits(Some(stored), "три весёлых волка".into()).await.unwrap());
        assert!(!hasher.fits(None, "никто не знает этого пароля".into()).await.unwrap());
    }

    #[test]
    fn a_hundred_guesses_a_day_at_most() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        assert_eq!(pause_after(100, start), start + Duration::hours(12));
        assert_eq!(pause_after(0, start), start + Duration::seconds(1));
    }
}
