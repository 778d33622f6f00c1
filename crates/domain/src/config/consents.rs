//! L2: texts of the consents with their versions. What somebody has signed is found by its version for ever.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{ConfigError, Confirmed, Dated, DatedValue, parse, validity, wrong};
use crate::consent::Kind;

const FILE: &str = "consents.toml";

/// One version of the text of one consent, without closing marks: the paper and the pages put them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentText {
    pub kind: Kind,
    /// «Б-1 от 01.09.2025».
    pub version: String,
    /// «на передачу персональных данных».
    pub heading: String,
    /// Number of the article of 152-ФЗ the consent rests on.
    pub article: String,
    pub purpose: String,
    /// List of the data.
    pub data: Vec<String>,
    pub actions: Vec<String>,
    /// To whom the data go; nobody besides the operator if empty.
    pub recipients: Vec<String>,
    pub conditions: Vec<String>,
    /// The longest term, and the term when none is named.
    pub most_years: u32,
    pub term: String,
    /// How to withdraw.
    pub withdrawal: String,
    /// What happens at once after a withdrawal, full sentences in plain words.
    pub after_withdrawal: String,
    /// How far the wording is trusted.
    pub confirmed: Confirmed,
}

/// All texts of all consents.
#[derive(Clone, Debug)]
pub struct ConsentTexts(Vec<(Kind, Dated<ConsentText>)>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    consent: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Kind,
    version: String,
    heading: String,
    article: String,
    purpose: String,
    data: Vec<String>,
    actions: Vec<String>,
    recipients: Vec<String>,
    conditions: Vec<String>,
    most_years: u32,
    term: String,
    withdrawal: String,
    after_withdrawal: String,
    valid_from: NaiveDate,
    last_day: Option<NaiveDate>,
    confirmed: Confirmed,
}

impl ConsentTexts {
    /// The text that was to be signed on the day; `None` before the first version.
    pub fn on(&self, kind: Kind, day: NaiveDate) -> Option<&ConsentText> {
        Some(&self.of(kind)?.on(day).ok()?.value)
    }

    /// The text that was signed.
    pub fn version(&self, kind: Kind, version: &str) -> Option<&ConsentText> {
        self.of(kind)?.all().iter().map(|dated| &dated.value).find(|text| text.version == version)
    }

    fn of(&self, kind: Kind) -> Option<&Dated<ConsentText>> {
        self.0.iter().find(|(known, _)| *known == kind).map(|(_, texts)| texts)
    }
}

/// The texts that come with the program.
pub fn consent_texts() -> Result<ConsentTexts, ConfigError> {
    parse_consent_texts(include_str!("../../../../regulation/consents.toml"))
}

/// Reads texts in the form of `regulation/consents.toml`: each kind has a text, and versions never repeat.
pub fn parse_consent_texts(text: &str) -> Result<ConsentTexts, ConfigError> {
    let mut entries: Vec<Entry> = parse::<Data>(FILE, text)?.consent;
    let mut texts = Vec::with_capacity(Kind::ALL.len());
    for kind in Kind::ALL {
        let (own, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.kind == kind);
        entries = rest;
        let values = own.into_iter().map(dated).collect::<Result<Vec<_>, _>>()?;
        if values.is_empty() {
            return Err(wrong(FILE, "kind", &format!("нет текста согласия «{}»", kind.title())));
        }
        let repeated = values.iter().enumerate().find(|(index, value)| {
            values[..*index].iter().any(|known| known.value.version == value.value.version)
        });
        if let Some((_, value)) = repeated {
            let version = &value.value.version;
            return Err(wrong(FILE, "version", &format!("версия «{version}» встречается дважды")));
        }
        texts.push((kind, Dated::new(FILE, values)?));
    }
    Ok(ConsentTexts(texts))
}

fn dated(entry: Entry) -> Result<DatedValue<ConsentText>, ConfigError> {
    if entry.most_years == 0 || entry.data.is_empty() || entry.actions.is_empty() {
        let reason = "у согласия должны быть срок, перечень данных и перечень действий";
        return Err(wrong(FILE, "consent", reason));
    }
    Ok(DatedValue {
        holds: validity(FILE, entry.valid_from, entry.last_day)?,
        source: format!("статья {} Федерального закона № 152-ФЗ", entry.article),
        value: ConsentText {
            kind: entry.kind,
            version: entry.version,
            heading: entry.heading,
            article: entry.article,
            purpose: entry.purpose,
            data: entry.data,
            actions: entry.actions,
            recipients: entry.recipients,
            conditions: entry.conditions,
            most_years: entry.most_years,
            term: entry.term,
            withdrawal: entry.withdrawal,
            after_withdrawal: entry.after_withdrawal,
            confirmed: entry.confirmed,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLED: &str = include_str!("../../../../regulation/consents.toml");

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_kind_has_a_text_that_is_found_by_its_version() {
        let texts = consent_texts().unwrap();
        for kind in Kind::ALL {
            let text = texts.on(kind, day("2026-11-23")).unwrap();
            assert_eq!(texts.version(kind, &text.version), Some(text));
            assert!(text.after_withdrawal.ends_with('.'), "{kind:?}");
            for part in [&text.purpose, &text.term, &text.withdrawal, &text.heading] {
                assert!(!part.is_empty() && !part.ends_with('.'), "{kind:?}: {part}");
            }
            assert_eq!(texts.on(kind, day("2025-08-31")), None, "не раньше отдельного документа");
        }
        assert_eq!(texts.on(Kind::Publication, day("2026-11-23")).unwrap().article, "10.1");
    }

    #[test]
    fn a_broken_file_is_refused() {
        let without = BUNDLED.replace("kind = \"continuity\"", "kind = \"publication\"");
        assert!(matches!(parse_consent_texts(&without), Err(ConfigError::Overlap { .. })));
        let first = BUNDLED.split("[[consent]]").take(2).collect::<Vec<_>>().join("[[consent]]");
        let told = parse_consent_texts(&first).unwrap_err().to_string();
        assert!(told.contains("передача"), "{told}");
        assert!(parse_consent_texts(&BUNDLED.replace("most_years = 3", "most_years = 0")).is_err());
    }
}
