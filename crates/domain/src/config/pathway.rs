//! How long an individual educational route lasts (E1).

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};

/// Limits of a route, п. 4.3.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathwayRules {
    /// Whole years it lasts at least.
    pub least_years: u32,
    /// Whole years it lasts at most.
    pub most_years: u32,
}

/// The limits that come with the program.
pub fn pathway_rules() -> Result<Dated<PathwayRules>, ConfigError> {
    parse_pathway_rules(include_str!("../../../../regulation/pathway.toml"))
}

/// Reads limits in the form of `regulation/pathway.toml`.
pub fn parse_pathway_rules(text: &str) -> Result<Dated<PathwayRules>, ConfigError> {
    const FILE: &str = "pathway.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        rules: Vec<Entry<PathwayRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.rules.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| dated.value) {
        if rules.least_years == 0 || rules.most_years < rules.least_years || rules.most_years > 20 {
            return Err(wrong(FILE, "most_years", "наибольший срок короче наименьшего или длиннее 20 лет"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_years_are_refused() {
        let with = |least: u32, most: u32| {
            parse_pathway_rules(&format!(
                "[[rules]]\nvalid_from = \"2024-08-23\"\nsource = \"\"\n[rules.values]\nleast_years = {least}\n\
                 most_years = {most}"
            ))
        };
        assert!(with(4, 5).is_ok() && pathway_rules().is_ok());
        for (least, most) in [(0, 5), (5, 4), (4, 21)] {
            assert!(with(least, most).is_err(), "{least}-{most}");
        }
    }
}
