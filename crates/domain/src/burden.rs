//! Minutes the program asks of teachers (L3; статья 47 273-ФЗ, приказ Минпросвещения № 779): every form with its measured
//! time, every field with its reason, and what a month of them sums up to.

use serde::Deserialize;

use crate::config::{ConfigError, parse, wrong};

const FILE: &str = "burden.toml";

/// Something a mentor or a mentee is asked to fill.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedForm {
    /// Stable code; the program counts how often it was filled by this code.
    pub code: String,
    pub title: String,
    /// Seconds one filling takes, as measured.
    pub seconds: u32,
    /// How the seconds were found.
    pub measured: String,
    /// Whether one may leave it alone.
    pub voluntary: bool,
    pub fields: Vec<AskedField>,
}

/// One field of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedField {
    pub name: String,
    /// The clause or law that asks for it, or what it is good for.
    pub why: String,
}

/// Everything that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burden {
    forms: Vec<AskedForm>,
}

impl Burden {
    /// The table that comes with the program.
    pub fn bundled() -> Result<Self, ConfigError> {
        Self::parse(include_str!("../../../regulation/burden.toml"))
    }

    /// Reads a table in the form of `regulation/burden.toml`.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            form: Vec<AskedForm>,
        }

        let Data { form: forms } = parse(FILE, text)?;
        let mut codes: Vec<&str> = forms.iter().map(|form| form.code.as_str()).collect();
        codes.sort_unstable();
        if codes.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(wrong(FILE, "code", "код формы повторяется"));
        }
        if forms.iter().any(|form| form.seconds == 0) {
            return Err(wrong(FILE, "seconds", "время заполнения не указано"));
        }
        if forms.iter().flat_map(|form| &form.fields).any(|field| field.why.trim().is_empty()) {
            return Err(wrong(FILE, "why", "у поля нет основания: такое поле спрашивать нельзя"));
        }
        Ok(Self { forms })
    }

    pub fn forms(&self) -> &[AskedForm] {
        &self.forms
    }

    /// Seconds that so many fillings of forms take; a form that is not in the table takes none.
    pub fn seconds<'a>(&self, filled: impl IntoIterator<Item = (&'a str, u64)>) -> u64 {
        let each =
            |code: &str| self.forms.iter().find(|form| form.code == code).map_or(0, |form| form.seconds);
        filled.into_iter().map(|(code, count)| u64::from(each(code)).saturating_mul(count)).sum()
    }
}

/// Minutes, a begun one counted as whole.
pub const fn whole_minutes(seconds: u64) -> u64 {
    seconds.div_ceil(60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_field_has_a_reason() {
        let burden = Burden::bundled().unwrap();
        assert!(burden.forms().iter().any(|form| form.code == "meeting" && form.seconds <= 45));
        assert!(burden.forms().iter().all(|form| !form.fields.is_empty()));
        let broken = "[[form]]\ncode = \"a\"\ntitle = \"\"\nseconds = 5\nmeasured = \"\"\nvoluntary = true\n\
                      fields = [{ name = \"x\", why = \" \" }]";
        assert!(matches!(Burden::parse(broken), Err(ConfigError::WrongValue { key: "why", .. })));
    }

    #[test]
    fn begun_minutes_are_whole() {
        for (seconds, minutes) in [(0, 0), (1, 1), (60, 1), (61, 2)] {
            assert_eq!(whole_minutes(seconds), minutes);
        }
    }

    proptest! {
        /// Two months together take what each takes.
        #[test]
        fn seconds_add_up(one in 0_u64..1000, two in 0_u64..1000) {
            let burden = Burden::bundled().unwrap();
            let of = |count| burden.seconds([("meeting", count), ("pulse", count)]);
            prop_assert_eq!(of(one) + of(two), of(one + two));
            prop_assert_eq!(burden.seconds([("unknown", one)]), 0);
        }
    }
}
