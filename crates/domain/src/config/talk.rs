//! What holds for the talk of a mentorship (J1): how long one's words may be mended, how long and how many they are.

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};

/// Limits of one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TalkRules {
    /// So many minutes the author may mend or withdraw a message; then it stands.
    pub change_minutes: u32,
    /// The most characters of a message.
    pub longest: usize,
    /// The most messages one person sends to a talk within a minute.
    pub most_per_minute: u32,
}

/// The limits that come with the program.
pub fn talk_rules() -> Result<Dated<TalkRules>, ConfigError> {
    parse_talk_rules(include_str!("../../../../regulation/talk.toml"))
}

/// Reads limits in the form of `regulation/talk.toml`.
pub fn parse_talk_rules(text: &str) -> Result<Dated<TalkRules>, ConfigError> {
    const FILE: &str = "talk.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        talk: Vec<Entry<TalkRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.talk.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| dated.value) {
        if rules.change_minutes > 24 * 60 {
            return Err(wrong(
                FILE,
                "change_minutes",
                "сообщение можно исправить в течение суток, не дольше",
            ));
        }
        if !(100..=20_000).contains(&rules.longest) {
            return Err(wrong(FILE, "longest", "сообщение вмещает от 100 до 20 000 знаков"));
        }
        if rules.most_per_minute == 0 {
            return Err(wrong(FILE, "most_per_minute", "за минуту можно отправить хотя бы одно сообщение"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_that_make_no_sense_are_refused() {
        let with = |minutes: u32, longest: u32, most: u32| {
            parse_talk_rules(&format!(
                "[[talk]]\nvalid_from = \"2024-08-23\"\nsource = \"\"\n[talk.values]\nchange_minutes = {minutes}\n\
                 longest = {longest}\nmost_per_minute = {most}"
            ))
        };
        assert!(with(15, 4_000, 10).is_ok() && talk_rules().is_ok());
        for (minutes, longest, most) in [(1_441, 4_000, 10), (15, 99, 10), (15, 20_001, 10), (15, 4_000, 0)] {
            assert!(with(minutes, longest, most).is_err(), "{minutes}, {longest}, {most}");
        }
    }
}
