//! Candidates for mentors (A8, п. 3.1) and how many mentees a mentor may still take.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::config::{Limits, Post};
use crate::ids::{FileId, PersonId};
use crate::kind::Kind;
use crate::period::Period;

/// A confirmed result of a mentor's work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Achievement {
    /// What was achieved, in the curator's words.
    pub title: String,
    /// When.
    pub achieved_on: NaiveDate,
    /// What confirms it.
    pub evidence: Option<Evidence>,
}

impl Achievement {
    /// Whether it counts as a confirmed result as of the day (п. 3.1).
    pub fn is_confirmed(&self, today: NaiveDate) -> bool {
        self.achieved_on <= today && self.evidence.as_ref().is_some_and(|evidence| !evidence.is_empty())
    }
}

/// What confirms an achievement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A scan of a diploma, a certificate, a review.
    File(FileId),
    /// A page where it can be seen.
    Link(String),
    /// An act of an authority.
    Act { number: String, dated: NaiveDate },
}

impl Evidence {
    /// Whether there is anything to look at.
    fn is_empty(&self) -> bool {
        match self {
            Self::File(_) => false,
            Self::Link(address) => address.trim().is_empty(),
            Self::Act { number, .. } => number.trim().is_empty(),
        }
    }
}

/// Somebody who may become a mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What their positions make of them.
    pub post: Post,
    pub achievements: Vec<Achievement>,
    /// How many mentees at once they agree to have.
    pub places: u32,
}

/// Why a candidate can't be selected yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CandidateError {
    #[error(
        "Наставником становится педагогический работник или руководитель организации (п. 3.1, 4.1 Положения)"
    )]
    NotPedagogical,
    #[error("Укажите хотя бы одно достижение: наставник имеет подтверждённые результаты (п. 3.1 Положения)")]
    NoAchievements,
    #[error(
        "Достижение «{0}» ничем не подтверждено: приложите файл, ссылку или реквизиты акта (п. 3.1 Положения)"
    )]
    NoEvidence(String),
    #[error("Достижение «{0}» датировано будущим днём: проверьте дату")]
    InFuture(String),
    #[error("Мест указано {places}, а можно не больше {most}: высокая нагрузка наставника – риск программы")]
    TooManyPlaces { places: u32, most: u32 },
}

impl CandidateError {
    /// The field of the form the refusal belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NotPedagogical => "person",
            Self::NoAchievements | Self::NoEvidence(_) | Self::InFuture(_) => "achievements",
            Self::TooManyPlaces { .. } => "places",
        }
    }
}

/// A8: all refusals at once. Zero places is a way to say «сейчас никого не беру».
pub fn check_candidate(
    candidate: &Candidate,
    limits: &Limits,
    today: NaiveDate,
) -> Result<(), Vec<CandidateError>> {
    let mut errors = Vec::new();
    if candidate.post == Post::Other {
        errors.push(CandidateError::NotPedagogical);
    }
    if candidate.achievements.is_empty() {
        errors.push(CandidateError::NoAchievements);
    }
    for achievement in &candidate.achievements {
        if achievement.evidence.as_ref().is_none_or(Evidence::is_empty) {
            errors.push(CandidateError::NoEvidence(achievement.title.clone()));
        }
        if achievement.achieved_on > today {
            errors.push(CandidateError::InFuture(achievement.title.clone()));
        }
    }
    if candidate.places > limits.most_places {
        errors.push(CandidateError::TooManyPlaces { places: candidate.places, most: limits.most_places });
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// A mentorship that is being agreed on or already runs, as far as a mentor's places are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    pub mentor: PersonId,
    pub mentees: Vec<PersonId>,
    pub period: Period,
    pub kinds: Vec<Kind>,
}

/// How many places a mentorship takes: one for each mentee. A speed meeting takes none: it is over in a day.
pub fn places_taken(kinds: &[Kind], mentees: usize) -> u32 {
    if kinds.contains(&Kind::Speed) { 0 } else { u32::try_from(mentees).unwrap_or(u32::MAX) }
}

/// The most places a mentor has taken on any one day of `period`. Mentorships being agreed on count as
/// well, so that two curators can't promise the last place twice.
pub fn load(mentor: PersonId, period: &Period, engagements: &[Engagement]) -> u32 {
    let shared: Vec<(Period, u32)> = engagements
        .iter()
        .filter(|engagement| engagement.mentor == mentor)
        .filter_map(|engagement| {
            let common = engagement.period.intersect(period)?;
            Some((common, places_taken(&engagement.kinds, engagement.mentees.len())))
        })
        .collect();
    // The load only grows on a day some mentorship starts.
    let on = |day| shared.iter().filter(|(common, _)| common.contains(day)).map(|(_, places)| places).sum();
    shared.iter().map(|(common, _)| on(common.from())).max().unwrap_or(0)
}

/// How the load of a mentor looks before it hurts (risk 2 «высокая нагрузка на наставников»).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressure {
    Calm,
    /// As many mentees as the mentor agreed to.
    Full,
    /// More mentees than the limit, whatever was agreed.
    Heavy,
}

impl Pressure {
    /// Of a mentor who agreed to `places` mentees and has `taken`.
    pub const fn of(places: u32, taken: u32, limits: &Limits) -> Self {
        if taken > limits.heavy_mentees {
            return Self::Heavy;
        }
        if taken > 0 && taken >= places { Self::Full } else { Self::Calm }
    }
}

/// Places left for the whole of `period`.
pub fn free_places(places: u32, mentor: PersonId, period: &Period, engagements: &[Engagement]) -> u32 {
    places.saturating_sub(load(mentor, period, engagements))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::limits;
    use crate::period::tests::{any_day, date};
    use chrono::Days;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn achievement(evidence: Option<Evidence>) -> Achievement {
        Achievement {
            title: "Победа в конкурсе".to_owned(), achieved_on: date("2025-04-01"), evidence
        }
    }

    fn check(candidate: &Candidate) -> Result<(), Vec<CandidateError>> {
        let limits = limits().unwrap();
        check_candidate(candidate, &limits.on(date("2026-09-10")).unwrap().value, date("2026-09-10"))
    }

    #[test]
    fn a_candidate_without_confirmed_results_is_refused() {
        let candidate = Candidate { post: Post::Other, achievements: vec![], places: 9 };
        let errors = check(&candidate).unwrap_err();
        let too_many = CandidateError::TooManyPlaces { places: 9, most: 5 };
        assert_eq!(errors, [CandidateError::NotPedagogical, CandidateError::NoAchievements, too_many]);
        assert_eq!(
            errors.iter().map(CandidateError::field).collect::<Vec<_>>(),
            ["person", "achievements", "places"]
        );
        for evidence in [None, Some(Evidence::Link("  ".to_owned()))] {
            let candidate =
                Candidate { post: Post::Teacher, achievements: vec![achievement(evidence)], places: 2 };
            assert_eq!(
                check(&candidate),
                Err(vec![CandidateError::NoEvidence("Победа в конкурсе".to_owned())])
            );
        }
        let act = Evidence::Act { number: "12".to_owned(), dated: date("2027-01-01") };
        let future = Achievement { achieved_on: date("2027-01-01"), ..achievement(Some(act)) };
        let candidate = Candidate { post: Post::Teacher, achievements: vec![future], places: 2 };
        assert_eq!(check(&candidate), Err(vec![CandidateError::InFuture("Победа в конкурсе".to_owned())]));
    }

    #[test]
    fn a_confirmed_candidate_passes() {
        let file = Evidence::File(FileId(Uuid::from_u128(1)));
        for post in [Post::Teacher, Post::Pedagogue, Post::Head] {
            let candidate =
                Candidate { post, achievements: vec![achievement(Some(file.clone()))], places: 0 };
            assert_eq!(check(&candidate), Ok(()));
        }
    }

    fn engagement(from: NaiveDate, days: u64, mentees: usize, kinds: &[Kind]) -> Engagement {
        let period = Period::new(from, Some(from + Days::new(days))).unwrap();
        let mentees = (0..mentees).map(|number| person(100 + number as u128)).collect();
        Engagement { mentor: person(1), mentees, period, kinds: kinds.to_vec() }
    }

    #[test]
    fn load_is_the_fullest_day() {
        let period = Period::through(date("2026-10-01"), date("2027-05-31")).unwrap();
        let engagements = [
            engagement(date("2026-10-01"), 31, 2, &[Kind::Group]),
            engagement(date("2026-11-01"), 31, 2, &[Kind::Group]),
            engagement(date("2026-11-10"), 5, 1, &[Kind::Traditional]),
            engagement(date("2026-11-11"), 1, 9, &[Kind::Speed]),
            engagement(date("2025-10-01"), 31, 5, &[Kind::Group]),
        ];
        assert_eq!(load(person(1), &period, &engagements), 3);
        assert_eq!(load(person(2), &period, &engagements), 0);
        assert_eq!(free_places(2, person(1), &period, &engagements), 0);
        assert_eq!(free_places(5, person(1), &period, &engagements), 2);
    }

    #[test]
    fn load_is_marked_before_it_hurts() {
        let limits = limits().unwrap();
        let limits = &limits.on(date("2026-09-10")).unwrap().value;
        let table = [
            (0, 0, Pressure::Calm),
            (2, 1, Pressure::Calm),
            (2, 2, Pressure::Full),
            (0, 1, Pressure::Full),
            (5, 3, Pressure::Calm),
            (5, 4, Pressure::Heavy),
        ];
        for (places, taken, expected) in table {
            assert_eq!(Pressure::of(places, taken, limits), expected, "{places} {taken}");
        }
    }

    proptest! {
        #[test]
        fn no_day_is_fuller_than_the_load(parts in proptest::collection::vec((any_day(), 1_u64..400, 1_usize..4), 0..6), day in any_day()) {
            let engagements: Vec<_> = parts.into_iter().map(|(from, days, mentees)| engagement(from, days, mentees, &[])).collect();
            let period = Period::since(date("2020-01-01"));
            let today = Period::one_day(day).unwrap();
            prop_assert!(load(person(1), &today, &engagements) <= load(person(1), &period, &engagements));
        }
    }
}
