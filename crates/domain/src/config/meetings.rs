//! What holds for meetings of a pair (D7): terms, and ready phrases to press instead of typing.

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};

const FILE: &str = "meetings.toml";

/// Terms and phrases of one time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingRules {
    /// So many days an entry may be changed or called off by its author.
    pub edit_days: u32,
    /// After so many weeks without a meeting the pair is reminded.
    pub silence_weeks: u32,
    /// The pulse asks once in so many weeks.
    pub pulse_weeks: u32,
    /// The most days of one repeated plan.
    pub most_repeats: u32,
    /// Length a plan proposes, minutes.
    pub usual_minutes: u32,
    /// Ready phrases: what worked out.
    pub worked: Vec<String>,
    /// Ready phrases: the next step of the mentee.
    pub mentee_steps: Vec<String>,
    /// Ready phrases: the next step of the mentor.
    pub mentor_steps: Vec<String>,
    /// Ready phrases: what is strong in a lesson.
    pub strengths: Vec<String>,
    /// Ready phrases: one step after a lesson.
    pub lesson_steps: Vec<String>,
}

/// The rules that come with the program.
pub fn meeting_rules() -> Result<Dated<MeetingRules>, ConfigError> {
    parse_meeting_rules(include_str!("../../../../regulation/meetings.toml"))
}

/// Reads rules in the form of `regulation/meetings.toml`.
pub fn parse_meeting_rules(text: &str) -> Result<Dated<MeetingRules>, ConfigError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        meetings: Vec<Entry<MeetingRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.meetings.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| &dated.value) {
        if !(4..=6).contains(&rules.pulse_weeks) {
            return Err(wrong(FILE, "pulse_weeks", "пульс спрашивают раз в 4–6 недель"));
        }
        if rules.silence_weeks == 0 || rules.most_repeats == 0 {
            return Err(wrong(FILE, "silence_weeks", "срок и число повторов должны быть хотя бы единицей"));
        }
        let all =
            [&rules.worked, &rules.mentee_steps, &rules.mentor_steps, &rules.strengths, &rules.lesson_steps];
        if all.into_iter().flatten().any(|phrase| phrase.trim().is_empty() || phrase.chars().count() > 80) {
            return Err(wrong(FILE, "phrases", "фраза пуста или длиннее 80 знаков"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    #[test]
    fn rules_come_with_phrases() {
        let rules = meeting_rules().unwrap();
        let rules = &rules.on(date("2026-11-23")).unwrap().value;
        assert!(rules.worked.len() >= 4 && rules.mentee_steps.len() >= 4 && rules.mentor_steps.len() >= 4);
        assert_eq!((rules.edit_days, rules.pulse_weeks), (14, 5));
    }

    #[test]
    fn a_pulse_that_nags_is_refused() {
        let text = include_str!("../../../../regulation/meetings.toml")
            .replace("pulse_weeks = 5", "pulse_weeks = 1");
        assert!(matches!(
            parse_meeting_rules(&text),
            Err(ConfigError::WrongValue { key: "pulse_weeks", .. })
        ));
    }
}
