//! How often pairs of each kind usually meet: what the order leaves open, a municipality decides.

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};

/// Lengths of silence in days of lessons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// So long after the first day nobody is asked about the first meeting.
    pub first_meeting: usize,
    pub traditional: usize,
    pub r#virtual: usize,
    pub group: usize,
    pub reverse: usize,
    /// So long an appointed meeting may be on its way into the records.
    pub after_appointed: usize,
}

/// The rhythm that comes with the program.
pub fn rhythm() -> Result<Dated<Rhythm>, ConfigError> {
    parse_rhythm(include_str!("../../../../regulation/rhythm.toml"))
}

/// Reads a rhythm in the form of `regulation/rhythm.toml`.
pub fn parse_rhythm(text: &str) -> Result<Dated<Rhythm>, ConfigError> {
    const FILE: &str = "rhythm.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        rhythm: Vec<Entry<Rhythm>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.rhythm.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for value in values.iter().map(|dated| dated.value) {
        let shortest = [value.traditional, value.r#virtual, value.group, value.reverse].into_iter().min();
        if shortest.is_none_or(|days| days == 0) {
            return Err(wrong(FILE, "rhythm", "вид наставничества не может требовать встреч каждый день"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    #[test]
    fn a_rhythm_leaves_time_between_meetings() {
        let usual = rhythm().unwrap();
        assert_eq!(usual.on(date("2026-11-27")).unwrap().value.traditional, 15);
        let daily = include_str!("../../../../regulation/rhythm.toml").replace("group = 20", "group = 0");
        assert!(matches!(parse_rhythm(&daily), Err(ConfigError::WrongValue { key: "rhythm", .. })));
    }
}
