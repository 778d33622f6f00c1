//! Requests of potential mentees (B2, ДК 1.1): what help a pedagogical worker asks for this academic year.

use serde::{Deserialize, Serialize};

use crate::competence::Domain;
use crate::ids::PersonId;

/// The most domains one request names: help with everything is help with nothing.
pub const MOST_DOMAINS: usize = 3;
/// The most colleagues in either list of wishes.
pub const MOST_WISHES: usize = 3;

/// In which way help is welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Meetings,
    LessonVisits,
    Correspondence,
    Group,
    OnDemand,
}

impl Format {
    pub const ALL: [Self; 5] =
        [Self::Meetings, Self::LessonVisits, Self::Correspondence, Self::Group, Self::OnDemand];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::LessonVisits => "lesson_visits",
            Self::Correspondence => "correspondence",
            Self::Group => "group",
            Self::OnDemand => "on_demand",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Meetings => "встречи",
            Self::LessonVisits => "посещение уроков",
            Self::Correspondence => "переписка",
            Self::Group => "занятия в группе",
            Self::OnDemand => "разово, когда понадобится",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// What somebody asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub domains: Vec<Domain>,
    pub formats: Vec<Format>,
    /// Colleagues the author would like as a mentor.
    pub wanted: Vec<PersonId>,
    /// Colleagues not to be offered.
    pub unwanted: Vec<PersonId>,
}

/// Why a request can't be taken so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    #[error("Отметьте, в чём нужна помощь: от одной до трёх областей")]
    NoDomain,
    #[error("Выберите не больше трёх областей: начните с самого нужного")]
    TooManyDomains,
    #[error("Выберите, какая помощь удобна: можно несколько")]
    NoFormat,
    #[error("Назовите не больше трёх коллег")]
    TooManyWanted,
    #[error("Назовите не больше трёх коллег")]
    TooManyUnwanted,
    #[error("Один и тот же коллега есть и в «хотелось бы», и в «не предлагать»: оставьте его в одном списке")]
    InBoth,
    #[error("Нельзя назвать себя: выберите коллегу")]
    Oneself,
}

impl RequestError {
    /// The field of the form the refusal belongs to.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoDomain | Self::TooManyDomains => "domains",
            Self::NoFormat => "formats",
            Self::TooManyWanted | Self::Oneself => "wanted_1",
            Self::TooManyUnwanted | Self::InBoth => "unwanted_1",
        }
    }
}

/// All refusals at once.
pub fn check(request: &Request, author: PersonId) -> Result<(), Vec<RequestError>> {
    let mut errors = Vec::new();
    match request.domains.len() {
        0 => errors.push(RequestError::NoDomain),
        1..=MOST_DOMAINS => {}
        _ => errors.push(RequestError::TooManyDomains),
    }
    if request.formats.is_empty() {
        errors.push(RequestError::NoFormat);
    }
    if request.wanted.len() > MOST_WISHES {
        errors.push(RequestError::TooManyWanted);
    }
    if request.unwanted.len() > MOST_WISHES {
        errors.push(RequestError::TooManyUnwanted);
    }
    if request.wanted.iter().any(|person| request.unwanted.contains(person)) {
        errors.push(RequestError::InBoth);
    }
    if request.wanted.contains(&author) || request.unwanted.contains(&author) {
        errors.push(RequestError::Oneself);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// What a domain is asked for against what the school's own mentors can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub domain: Domain,
    /// Requests that name the domain.
    pub asked: u32,
    /// Mentors strong in it who have free places.
    pub mentors: u32,
    /// Their free places.
    pub places: u32,
}

impl Gap {
    /// How many would stay without help.
    pub const fn missing(&self) -> u32 {
        self.asked.saturating_sub(self.places)
    }
}

/// Each domain somebody asks for, the widest gap first. `strong`: a domain and the free places of one mentor.
pub fn gaps(asked: &[Domain], strong: &[(Domain, u32)]) -> Vec<Gap> {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut gaps: Vec<Gap> = Domain::ALL
        .into_iter()
        .map(|domain| {
            let free = || strong.iter().filter(|(known, places)| *known == domain && *places > 0);
            Gap {
                domain,
                asked: number(asked.iter().filter(|known| **known == domain).count()),
                mentors: number(free().count()),
                places: free().map(|(_, places)| places).sum(),
            }
        })
        .filter(|gap| gap.asked > 0)
        .collect();
    gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.missing()), std::cmp::Reverse(gap.asked)));
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn request() -> Request {
        Request {
            domains: vec![Domain::ALL[3]],
            formats: vec![Format::Meetings],
            wanted: vec![person(2)],
            unwanted: vec![person(3)],
        }
    }

    #[test]
    fn limits_and_wishes_are_checked() {
        let many = |from: u128| (from..from + 4).map(person).collect::<Vec<_>>();
        let table = [
            (request(), vec![]),
            (Request { domains: Domain::ALL[..3].to_vec(), ..request() }, vec![]),
            (Request { domains: vec![], ..request() }, vec![RequestError::NoDomain]),
            (Request { domains: Domain::ALL[..4].to_vec(), ..request() }, vec![RequestError::TooManyDomains]),
            (Request { formats: vec![], ..request() }, vec![RequestError::NoFormat]),
            (Request { wanted: many(10), ..request() }, vec![RequestError::TooManyWanted]),
            (Request { unwanted: many(10), ..request() }, vec![RequestError::TooManyUnwanted]),
            (Request { unwanted: vec![person(2)], ..request() }, vec![RequestError::InBoth]),
            (Request { wanted: vec![person(1)], ..request() }, vec![RequestError::Oneself]),
            (Request { unwanted: vec![person(1)], ..request() }, vec![RequestError::Oneself]),
            (Request::default(), vec![RequestError::NoDomain, RequestError::NoFormat]),
        ];
        for (request, errors) in table {
            let found = check(&request, person(1)).err().unwrap_or_default();
            assert_eq!(found, errors, "{request:?}");
        }
    }

    #[test]
    fn the_widest_gap_stands_first() {
        let [one, two, .., eight] = Domain::ALL;
        let asked = [one, one, two, two, two, eight];
        let strong = [(one, 2), (two, 1), (two, 0), (Domain::ALL[4], 5)];
        let gaps = gaps(&asked, &strong);
        let found: Vec<_> =
            gaps.iter().map(|gap| (gap.domain, gap.asked, gap.mentors, gap.places, gap.missing())).collect();
        assert_eq!(found, [(two, 3, 1, 1, 2), (eight, 1, 0, 0, 1), (one, 2, 1, 2, 0)]);
    }

    #[test]
    fn codes_are_read_back() {
        assert!(Format::ALL.iter().all(|format| Format::from_code(format.code()) == Some(*format)));
        assert_eq!(Format::from_code("telepathy"), None);
    }

    proptest! {
        #[test]
        fn nobody_who_asks_is_lost(asked in proptest::collection::vec(0_usize..8, 0..30), strong in proptest::collection::vec((0_usize..8, 0_u32..4), 0..10)) {
            let asked: Vec<Domain> = asked.into_iter().map(|index| Domain::ALL[index]).collect();
            let strong: Vec<(Domain, u32)> = strong.into_iter().map(|(index, places)| (Domain::ALL[index], places)).collect();
            let gaps = gaps(&asked, &strong);
            prop_assert_eq!(gaps.iter().map(|gap| gap.asked as usize).sum::<usize>(), asked.len());
            prop_assert!(gaps.windows(2).all(|pair| pair[0].missing() >= pair[1].missing()));
        }
    }
}
