//! L7: the register of legal bases. Templates cite from here; what cites a dead act can be flagged.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{ConfigError, parse, validity, wrong};
use crate::period::Period;

const FILE: &str = "legal_bases.toml";

/// An act or a project that papers are based on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalBasis {
    /// Stable code that templates name.
    pub code: String,
    /// Title for lists.
    pub title: String,
    /// What follows «В соответствии», with its preposition: «со статьёй 351.8 …».
    pub accordance: String,
    /// What follows «На основании»: «статьи 351.8 …».
    pub ground: String,
    /// When it holds.
    pub holds: Period,
    /// The code of the act that came instead.
    pub replaced_by: Option<String>,
    /// How far the entry is trusted.
    pub confirmed: Confirmed,
}

/// Where an entry of the register comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmed {
    /// The order № 548-п cites it.
    Text,
    /// Publications about the act.
    Secondary,
    /// Nobody compared it with the act yet.
    Memory,
}

impl Confirmed {
    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Text => "сверено с текстом приказа № 548-п",
            Self::Secondary => "сверено по публикациям",
            Self::Memory => "по памяти, нужна сверка с текстом",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    basis: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    title: String,
    accordance: String,
    ground: String,
    valid_from: NaiveDate,
    last_day: Option<NaiveDate>,
    replaced_by: Option<String>,
    confirmed: Confirmed,
}

/// The bases that hold on the day, from the register that comes with the program, in its order.
pub fn legal_bases(day: NaiveDate) -> Result<Vec<LegalBasis>, ConfigError> {
    let mut bases = parse_legal_bases(include_str!("../../../../regulation/legal_bases.toml"))?;
    bases.retain(|basis| basis.holds.contains(day));
    Ok(bases)
}

/// Reads a whole register in the form of `regulation/legal_bases.toml`.
pub fn parse_legal_bases(text: &str) -> Result<Vec<LegalBasis>, ConfigError> {
    let data: Data = parse(FILE, text)?;
    let mut bases: Vec<LegalBasis> = Vec::with_capacity(data.basis.len());
    for entry in data.basis {
        if bases.iter().any(|basis| basis.code == entry.code) {
            return Err(wrong(FILE, "code", &format!("код «{}» встречается дважды", entry.code)));
        }
        bases.push(LegalBasis {
            holds: validity(FILE, entry.valid_from, entry.last_day)?,
            code: entry.code,
            title: entry.title,
            accordance: entry.accordance,
            ground: entry.ground,
            replaced_by: entry.replaced_by,
            confirmed: entry.confirmed,
        });
    }
    let unknown = bases.iter().filter_map(|basis| basis.replaced_by.as_ref());
    match unknown.into_iter().find(|code| !bases.iter().any(|basis| &basis.code == *code)) {
        Some(code) => Err(wrong(FILE, "replaced_by", &format!("нет акта с кодом «{code}»"))),
        None => Ok(bases),
    }
}
