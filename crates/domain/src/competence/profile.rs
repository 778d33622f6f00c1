//! What follows from one sheet.

use std::collections::BTreeMap;

use super::{Answer, Domain, Level, Limits, Questionnaire, View, Wave};

/// Where a domain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Deficit,
    Middle,
    Strength,
}

/// A domain with at least one level answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    pub domain: Domain,
    /// Sum of the levels.
    pub sum: u32,
    /// Never zero.
    pub answered: u32,
    /// Something in the domain is important now.
    pub is_important: bool,
    pub standing: Standing,
}

impl Score {
    /// The mean level in hundredths, rounded; where the domain stands is told by the sum itself.
    pub const fn hundredths(&self) -> u32 {
        mean_hundredths(self.sum, self.answered)
    }
}

/// A mean of levels in hundredths, rounded to the nearest.
pub(super) const fn mean_hundredths(sum: u32, count: u32) -> u32 {
    (sum * 100 + count / 2) / count
}

/// What a sheet says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// In the order of п. 4.3.3, without domains where no level is answered.
    pub scores: Vec<Score>,
    /// Codes of items without a level, in the order of the sheet.
    pub missing: Vec<String>,
}

impl Profile {
    pub fn score(&self, domain: Domain) -> Option<&Score> {
        self.scores.iter().find(|score| score.domain == domain)
    }

    /// Domains that stand so.
    pub fn standing(&self, standing: Standing) -> impl Iterator<Item = &Score> {
        self.scores.iter().filter(move |score| score.standing == standing)
    }
}

/// Sums a sheet up (E3, п. 4.3.3): a deficit is a low mean where something is important now, a strength is a high
/// mean. Answers to what the wave does not ask are left out.
pub fn assess(questionnaire: &Questionnaire, wave: Wave, answers: &[Answer]) -> Profile {
    let known: BTreeMap<&str, &Answer> =
        answers.iter().map(|answer| (answer.item.as_str(), answer)).collect();
    let mut profile = Profile::default();
    for (section, items) in questionnaire.asked(wave) {
        let (mut sum, mut answered, mut is_important) = (0, 0, false);
        for item in items {
            let answer = known.get(item.code.as_str());
            is_important |= answer.is_some_and(|answer| answer.is_important);
            match answer.and_then(|answer| answer.level) {
                Some(level) => {
                    sum += u32::from(level.number());
                    answered += 1;
                }
                None => profile.missing.push(item.code.clone()),
            }
        }
        if answered > 0 {
            let standing = standing(&questionnaire.limits, sum, answered, is_important);
            profile.scores.push(Score { domain: section.domain, sum, answered, is_important, standing });
        }
    }
    profile
}

/// Compares sums, not rounded means.
const fn standing(limits: &Limits, sum: u32, answered: u32, is_important: bool) -> Standing {
    if sum * 100 >= limits.strength_from * answered {
        return Standing::Strength;
    }
    if is_important && sum * 100 < limits.deficit_below * answered {
        return Standing::Deficit;
    }
    Standing::Middle
}

/// «С чего начать»: what is important now and can't be done alone yet, the lowest level first.
pub fn to_begin_with<'a>(
    questionnaire: &'a Questionnaire,
    wave: Wave,
    answers: &[Answer],
) -> Vec<(Domain, &'a str, Level)> {
    let mut found: Vec<_> = questionnaire
        .items(wave)
        .filter_map(|(domain, item)| {
            let answer = answers.iter().find(|answer| answer.item == item.code && answer.is_important)?;
            let level = answer.level.filter(|level| *level < Level::Alone)?;
            Some((domain, item.text.as_str(), level))
        })
        .collect();
    found.sort_by_key(|(_, _, level)| *level);
    found
}

/// Why a sheet can't be completed yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompletionError {
    #[error("Ответьте хотя бы на один пункт в каждой области. Пока без ответов: {}", shorts(.0))]
    EmptyDomains(Vec<Domain>),
    #[error("Отметьте хотя бы один пункт: остальное можно оставить без ответа")]
    NothingAnswered,
}

fn shorts(domains: &[Domain]) -> String {
    domains.iter().map(|domain| format!("«{}»", domain.short())).collect::<Vec<_>>().join(", ")
}

/// An item may be left out, for it does not concern everybody; a domain of one's own sheet may not, or there is
/// nothing to compare later. Somebody who looks on judges only what they have seen.
pub fn check_completion(view: View, profile: &Profile) -> Result<(), CompletionError> {
    let empty: Vec<Domain> =
        Domain::ALL.into_iter().filter(|domain| profile.score(*domain).is_none()).collect();
    match view {
        View::Own if !empty.is_empty() => Err(CompletionError::EmptyDomains(empty)),
        View::Mentor | View::Expert if profile.scores.is_empty() => Err(CompletionError::NothingAnswered),
        _ => Ok(()),
    }
}
