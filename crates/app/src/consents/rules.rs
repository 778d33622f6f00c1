//! Texts of consents and legal bases, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{ConfigError, ConsentTexts, consent_texts, legal_bases};

/// The texts; a broken file is told to the administrator by the log.
pub(super) fn texts() -> anyhow::Result<&'static ConsentTexts> {
    static TEXTS: LazyLock<Result<ConsentTexts, ConfigError>> = LazyLock::new(consent_texts);
    TEXTS.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
}

/// «статьи 9 Федерального закона …» as the register of legal bases cites the law on the day.
pub(super) fn ground(article: &str, day: NaiveDate) -> anyhow::Result<String> {
    let bases = legal_bases(day)?;
    let law = bases.into_iter().find(|basis| basis.code == "personal_data_law");
    let law = law.ok_or_else(|| anyhow::anyhow!("в реестре оснований нет закона о персональных данных"))?;
    Ok(format!("статьи {article} {}", law.ground))
}
