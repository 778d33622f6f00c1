//! When programs are evaluated and by what (D11, H11).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};
use crate::evaluation::{Evidence, Wave};

const FILE: &str = "evaluations.toml";

/// Days and lists of one time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationRules {
    /// The month of the middle evaluation, 1 to 12.
    pub middle_month: u32,
    /// A shorter program has a final one only.
    pub least_months_for_middle: u32,
    /// No middle evaluation within so many first and last days of a pair.
    pub apart_days: u32,
    /// The first and the last day of the final one in a school year.
    pub final_from: DayOfYear,
    pub final_to: DayOfYear,
    /// A program that ends at another time is evaluated in its so many last days.
    pub lead_days: u32,
    /// From so many percent of the points on a program goes well, or well enough.
    pub optimal_percent: u32,
    pub acceptable_percent: u32,
    /// Of measures due, in percent: «да», «частично».
    pub measures_whole_percent: u32,
    pub measures_part_percent: u32,
    /// What participants mark about themselves at the start and at the end (H11).
    pub rows: Vec<GrowthRow>,
    /// What the curator looks at.
    pub checklist: Vec<ChecklistItem>,
}

/// A day of any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOfYear {
    pub month: u32,
    pub day: u32,
}

/// One row of growth (H11).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrowthRow {
    pub code: String,
    /// A word or two for tables.
    pub title: String,
    /// What the mentee marks; empty if it is not asked.
    pub mentee: String,
    /// What the mentor marks; empty if it is not asked.
    pub mentor: String,
}

/// One item of the checklist.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    pub code: String,
    pub text: String,
    /// In which evaluations it is asked.
    pub waves: Vec<Wave>,
    /// The facts that propose an answer.
    #[serde(default)]
    pub evidence: Option<Evidence>,
}

impl DayOfYear {
    /// The day in this year; 29 February of a common year is the day before.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        let day = |day| NaiveDate::from_ymd_opt(year, self.month, day);
        day(self.day).or_else(|| day(self.day - 1))
    }
}

impl EvaluationRules {
    /// The items of an evaluation, in their order.
    pub fn items(&self, wave: Wave) -> impl Iterator<Item = &ChecklistItem> {
        self.checklist.iter().filter(move |item| item.waves.contains(&wave))
    }
}

/// The rules that come with the program.
pub fn evaluation_rules() -> Result<Dated<EvaluationRules>, ConfigError> {
    parse_evaluation_rules(include_str!("../../../../regulation/evaluations.toml"))
}

/// Reads rules in the form of `regulation/evaluations.toml`.
pub fn parse_evaluation_rules(text: &str) -> Result<Dated<EvaluationRules>, ConfigError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        evaluations: Vec<Entry<EvaluationRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values =
        data.evaluations.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| &dated.value) {
        check(rules)?;
    }
    Dated::new(FILE, values)
}

fn check(rules: &EvaluationRules) -> Result<(), ConfigError> {
    if !(1..=12).contains(&rules.middle_month) {
        return Err(wrong(FILE, "middle_month", "месяц – число от 1 до 12"));
    }
    // A leap year knows every day.
    let ends = rules.final_from.in_year(2024).zip(rules.final_to.in_year(2024));
    if ends.is_none_or(|(from, to)| from > to) {
        return Err(wrong(
            FILE,
            "final_from",
            "первый день итоговой оценки позже последнего или такого дня нет",
        ));
    }
    if rules.apart_days < rules.lead_days {
        return Err(wrong(FILE, "apart_days", "промежуточная оценка пересеклась бы с итоговой"));
    }
    if rules.acceptable_percent > rules.optimal_percent || rules.optimal_percent > 100 {
        return Err(wrong(FILE, "optimal_percent", "пороги должны расти и не превышать 100"));
    }
    if rules.measures_part_percent > rules.measures_whole_percent {
        return Err(wrong(FILE, "measures_part_percent", "«частично» не может быть больше, чем «да»"));
    }
    let rows: BTreeSet<_> = rules.rows.iter().map(|row| &row.code).collect();
    let items: BTreeSet<_> = rules.checklist.iter().map(|item| &item.code).collect();
    if rows.len() != rules.rows.len() || items.len() != rules.checklist.len() {
        return Err(wrong(FILE, "code", "код повторяется"));
    }
    if Wave::ALL.into_iter().any(|wave| rules.items(wave).next().is_none()) {
        return Err(wrong(FILE, "checklist", "в чек-листе нет ни одного пункта"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    const OURS: &str = include_str!("../../../../regulation/evaluations.toml");

    #[test]
    fn the_list_is_short_and_longer_at_the_end() {
        let rules = evaluation_rules().unwrap();
        let rules = &rules.on(date("2027-01-15")).unwrap().value;
        let (middle, last) = (rules.items(Wave::Middle).count(), rules.items(Wave::Final).count());
        assert!(middle < last && last <= 12, "{middle} {last}");
        assert_eq!(rules.rows.len(), 5);
    }

    #[test]
    fn impossible_rules_are_refused() {
        for (from, to, key) in [
            ("middle_month = 1", "middle_month = 13", "middle_month"),
            ("final_to = { month = 5, day = 15 }", "final_to = { month = 3, day = 1 }", "final_from"),
            ("final_to = { month = 5, day = 15 }", "final_to = { month = 4, day = 45 }", "final_from"),
            ("lead_days = 30", "lead_days = 40", "apart_days"),
            ("acceptable_percent = 50", "acceptable_percent = 90", "optimal_percent"),
            ("measures_part_percent = 50", "measures_part_percent = 90", "measures_part_percent"),
            ("code = \"pace\"", "code = \"results\"", "code"),
        ] {
            assert!(OURS.contains(from));
            let found = parse_evaluation_rules(&OURS.replacen(from, to, 1));
            assert!(
                matches!(found, Err(ConfigError::WrongValue { key: k, .. }) if k == key),
                "{to}: {found:?}"
            );
        }
    }

    #[test]
    fn a_leap_day_is_the_day_before_in_a_common_year() {
        let day = DayOfYear { month: 2, day: 29 };
        assert_eq!(day.in_year(2028), Some(date("2028-02-29")));
        assert_eq!(day.in_year(2027), Some(date("2027-02-28")));
    }
}
