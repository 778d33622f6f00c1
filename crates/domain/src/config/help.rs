//! How soon help comes: working hours and limits of an answer.

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};

/// Working hours of a day and the limits of an answer within them (C6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpRules {
    /// The hour at which a working day begins.
    pub day_begins: u32,
    /// The hour at which it ends.
    pub day_ends: u32,
    /// Working hours without an answer that are too long, when help is needed today.
    pub today_hours: u32,
    /// The same when help is needed this week.
    pub week_hours: u32,
}

/// The limits that come with the program.
pub fn help_rules() -> Result<Dated<HelpRules>, ConfigError> {
    parse_help_rules(include_str!("../../../../regulation/help.toml"))
}

/// Reads limits in the form of `regulation/help.toml`.
pub fn parse_help_rules(text: &str) -> Result<Dated<HelpRules>, ConfigError> {
    const FILE: &str = "help.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        rules: Vec<Entry<HelpRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.rules.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| dated.value) {
        if rules.day_begins >= rules.day_ends || rules.day_ends > 24 {
            return Err(wrong(
                FILE,
                "day_ends",
                "рабочий день кончается раньше, чем начинается, или после полуночи",
            ));
        }
        if rules.today_hours == 0 || rules.week_hours < rules.today_hours {
            return Err(wrong(FILE, "week_hours", "срок «на неделе» короче срока «сегодня»"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_hours_are_refused() {
        let with = |begins: u32, ends: u32, today: u32, week: u32| {
            parse_help_rules(&format!(
                "[[rules]]\nvalid_from = \"2024-08-23\"\nsource = \"\"\n[rules.values]\nday_begins = {begins}\n\
                 day_ends = {ends}\ntoday_hours = {today}\nweek_hours = {week}"
            ))
        };
        assert!(with(8, 17, 4, 27).is_ok() && help_rules().is_ok());
        for (begins, ends, today, week) in
            [(17, 8, 4, 27), (8, 8, 4, 27), (8, 25, 4, 27), (8, 17, 0, 27), (8, 17, 9, 4)]
        {
            assert!(with(begins, ends, today, week).is_err(), "{begins}-{ends}, {today}, {week}");
        }
    }
}
