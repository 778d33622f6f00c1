//! Which programs come into the municipal base and what reviewers look at (D12, ДК 1.6).

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};

/// Borders and criteria of the base.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseRules {
    /// So much of the measures must be carried out, percent.
    pub done_percent: u32,
    /// A program may be offered so many days before its mentorship ends.
    pub last_days: u64,
    pub criteria: Vec<ReviewCriterion>,
}

/// What a reviewer looks at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewCriterion {
    pub code: String,
    pub question: String,
    /// Without «да» here nothing is recommended.
    pub must: bool,
}

/// The rules that come with the program.
pub fn base_rules() -> Result<Dated<BaseRules>, ConfigError> {
    parse_base_rules(include_str!("../../../../regulation/program_base.toml"))
}

/// Reads rules in the form of `regulation/program_base.toml`.
pub fn parse_base_rules(text: &str) -> Result<Dated<BaseRules>, ConfigError> {
    const FILE: &str = "program_base.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        rules: Vec<Entry<BaseRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.rules.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| &dated.value) {
        if rules.done_percent > 100 {
            return Err(wrong(FILE, "done_percent", "нельзя выполнить больше 100 процентов мероприятий"));
        }
        let codes: BTreeSet<&str> = rules.criteria.iter().map(|criterion| criterion.code.as_str()).collect();
        if codes.is_empty() || codes.len() < rules.criteria.len() {
            return Err(wrong(FILE, "criteria", "у каждого критерия свой код, и хотя бы один критерий есть"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    #[test]
    fn impossible_rules_are_refused() {
        let text = include_str!("../../../../regulation/program_base.toml");
        assert_eq!(base_rules().unwrap().on(date("2026-11-27")).unwrap().value.done_percent, 80);
        for (known, wrong, key) in [
            ("done_percent = 80", "done_percent = 180", "done_percent"),
            ("code = \"usable\"", "code = \"goals\"", "criteria"),
        ] {
            let found = parse_base_rules(&text.replace(known, wrong));
            assert!(
                matches!(found, Err(ConfigError::WrongValue { key: found, .. }) if found == key),
                "{wrong}"
            );
        }
    }
}
