//! Weights of the matching (B5): a decision of the municipality, so each set has its dates.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Dated, Entry, parse, wrong};
use crate::matching::MOST_SCORE;

const FILE: &str = "matching.toml";

/// The most points of each part of a score. All of them together are the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchingWeights {
    /// The mentor's strengths cover what the mentee needs.
    pub needs: u16,
    /// They teach the same.
    pub subject: u16,
    /// They work in the same organization …
    pub same_organization: u16,
    /// … or only in the same municipality.
    pub same_municipality: u16,
    /// The gap in experience, in the right direction.
    pub experience: u16,
    /// The gap of so many years gives all points.
    pub experience_years: u32,
    /// They work in the same shift.
    pub shift: u16,
    /// Both would like to.
    pub wishes: u16,
}

/// Why weights can't be taken so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    #[error("Вместе части должны давать {MOST_SCORE} баллов, а дают {0}. Исправьте веса")]
    Sum(u32),
    #[error("Один муниципалитет весит больше, чем одна организация: сделайте наоборот или поровну")]
    MunicipalityOutweighs,
    #[error("Разница в опыте должна быть хотя бы год")]
    NoYears,
}

impl WeightsError {
    /// The field of the form and of the file.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Sum(_) => "needs",
            Self::MunicipalityOutweighs => "same_municipality",
            Self::NoYears => "experience_years",
        }
    }
}

impl MatchingWeights {
    /// The parts of which a score is the sum.
    pub const fn parts(&self) -> [u16; 6] {
        [self.needs, self.subject, self.same_organization, self.experience, self.shift, self.wishes]
    }

    /// All refusals at once.
    pub fn check(&self) -> Result<(), Vec<WeightsError>> {
        let mut errors = Vec::new();
        let sum: u32 = self.parts().into_iter().map(u32::from).sum();
        if sum != u32::from(MOST_SCORE) {
            errors.push(WeightsError::Sum(sum));
        }
        if self.same_municipality > self.same_organization {
            errors.push(WeightsError::MunicipalityOutweighs);
        }
        if self.experience_years == 0 {
            errors.push(WeightsError::NoYears);
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// The weights that come with the program.
pub fn matching_weights() -> Result<Dated<MatchingWeights>, ConfigError> {
    parse_matching_weights(include_str!("../../../../regulation/matching.toml"))
}

/// Reads weights in the form of `regulation/matching.toml`.
pub fn parse_matching_weights(text: &str) -> Result<Dated<MatchingWeights>, ConfigError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        weights: Vec<Entry<MatchingWeights>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.weights.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for weights in values.iter().map(|dated| dated.value) {
        if let Some(error) = weights.check().err().and_then(|errors| errors.into_iter().next()) {
            return Err(wrong(FILE, error.field(), &error.to_string()));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    const SET: &str = "[[weights]]\nvalid_from = \"2024-08-23\"\nsource = \"решение\"\n[weights.values]\nneeds = 350\nsubject = 200\n\
        same_organization = 150\nsame_municipality = 70\nexperience = 100\nexperience_years = 20\nshift = 60\nwishes = 140\n";

    #[test]
    fn weights_are_found_by_their_day() {
        let weights = matching_weights().unwrap();
        assert!(weights.on(date("2026-09-10")).unwrap().value.needs > 0);
        assert!(matches!(weights.on(date("2020-01-01")), Err(ConfigError::NothingHolds { .. })));
        let next = SET
            .replace("2024-08-23", "2026-09-01")
            .replace("350", "300")
            .replace("subject = 200", "subject = 250");
        let closed = SET.replace("source", "last_day = \"2026-08-31\"\nsource");
        let weights = parse_matching_weights(&format!("{closed}{next}")).unwrap();
        let needs = |day| weights.on(date(day)).unwrap().value.needs;
        assert_eq!((needs("2026-08-31"), needs("2026-09-01")), (350, 300));
        assert!(matches!(parse_matching_weights(&format!("{SET}{next}")), Err(ConfigError::Overlap { .. })));
    }

    #[test]
    fn weights_that_do_not_add_up_are_refused() {
        let table = [
            ("needs = 350", "needs = 351", "needs"),
            ("same_municipality = 70", "same_municipality = 151", "same_municipality"),
            ("experience_years = 20", "experience_years = 0", "experience_years"),
        ];
        for (from, to, key) in table {
            let error = parse_matching_weights(&SET.replace(from, to)).unwrap_err();
            assert!(matches!(error, ConfigError::WrongValue { key: wrong, .. } if wrong == key), "{error}");
        }
        assert!(matches!(parse_matching_weights("weights = 1"), Err(ConfigError::Unreadable { .. })));
    }
}
