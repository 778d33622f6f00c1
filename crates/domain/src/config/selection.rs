//! B4: the criteria by which mentors are selected, with the dates they hold.

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};
use crate::person::Qualification;

const FILE: &str = "selection.toml";

/// How mentors are selected and trained.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionRules {
    /// Whether only selected mentors may be offered for pairs.
    pub required_for_offer: bool,
    /// For how many years a certificate of a course is good.
    pub training_years: u32,
    pub criteria: Vec<Criterion>,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Stable code: answers are stored under it.
    pub code: String,
    pub title: String,
    /// The clause it follows from.
    pub clause: String,
    /// Without it nobody is selected.
    pub required: bool,
    pub how: How,
}

/// What tells whether a criterion is met.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "check", rename_all = "snake_case", deny_unknown_fields)]
pub enum How {
    /// A pedagogical position or the head's.
    Position,
    Experience {
        least_years: u32,
    },
    /// A category that is enough by itself, or one that is enough together with results.
    Qualification {
        enough: Vec<Qualification>,
        with_results: Vec<Qualification>,
    },
    /// Confirmed results.
    Results {
        least: usize,
    },
    /// The person's own word; a nomination is one.
    Voluntary,
    /// A course passed or planned.
    Training,
    /// A person answers.
    Answer,
}

impl How {
    /// Whether a person of the school may answer where the facts are silent.
    pub const fn is_answered(&self) -> bool {
        matches!(self, Self::Voluntary | Self::Answer)
    }
}

/// The criteria that come with the program.
pub fn selection_rules() -> Result<Dated<SelectionRules>, ConfigError> {
    parse_selection_rules(include_str!("../../../../regulation/selection.toml"))
}

/// Reads criteria in the form of `regulation/selection.toml`.
pub fn parse_selection_rules(text: &str) -> Result<Dated<SelectionRules>, ConfigError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        selection: Vec<Entry<SelectionRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.selection.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| &dated.value) {
        let mut codes: Vec<&str> = rules.criteria.iter().map(|criterion| criterion.code.as_str()).collect();
        codes.sort_unstable();
        if codes.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(wrong(FILE, "code", "код критерия повторяется"));
        }
        if !rules.criteria.iter().any(|criterion| criterion.required) {
            return Err(wrong(FILE, "required", "нет ни одного обязательного критерия"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    #[test]
    fn criteria_come_with_their_clauses() {
        let rules = selection_rules().unwrap();
        let rules = &rules.on(date("2026-11-23")).unwrap().value;
        assert_eq!((rules.required_for_offer, rules.training_years, rules.criteria.len()), (false, 3, 8));
        assert!(rules.criteria.iter().all(|criterion| !criterion.clause.is_empty()));
        let results = rules.criteria.iter().find(|criterion| criterion.code == "results").unwrap();
        assert_eq!((&results.how, results.required), (&How::Results { least: 1 }, true));
    }

    #[test]
    fn broken_criteria_are_refused() {
        let head = "[[selection]]\nvalid_from = \"2024-08-23\"\nsource = \"\"\n[selection.values]\nrequired_for_offer = false\n\
                    training_years = 3\n";
        let one = |required: bool, how: &str| {
            format!(
                "[[selection.values.criteria]]\ncode = \"a\"\ntitle = \"\"\nclause = \"\"\nrequired = {required}\nhow = {how}\n"
            )
        };
        let answer = "{ check = \"answer\" }";
        let twice = format!("{head}{}{}", one(true, answer), one(true, answer));
        assert!(matches!(parse_selection_rules(&twice), Err(ConfigError::WrongValue { key: "code", .. })));
        let loose = format!("{head}{}", one(false, answer));
        assert!(matches!(
            parse_selection_rules(&loose),
            Err(ConfigError::WrongValue { key: "required", .. })
        ));
        let unknown = format!("{head}{}", one(true, "{ check = \"horoscope\" }"));
        assert!(matches!(parse_selection_rules(&unknown), Err(ConfigError::Unreadable { .. })));
    }
}
