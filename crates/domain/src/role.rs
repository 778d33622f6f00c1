//! Roles of people in organizations (п. 3.1, 4.1.1-4.1.3, 4.2, 4.3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::PersonId;
use crate::organization::OrganizationKind;

/// What a person acts as. `Mentor` and `Mentee` follow from a mentorship; every other role is
/// given by a named act with number and date, for a period (A2, A3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    Department,
    SupportCenter,
    ResourceCenter,
    Director,
    Curator,
    Mentor,
    Mentee,
    Council,
    Psychologist,
    Union,
    Tutor,
    Region,
}

impl Role {
    pub const ALL: [Self; 13] = [
        Self::Administrator,
        Self::Department,
        Self::SupportCenter,
        Self::ResourceCenter,
        Self::Director,
        Self::Curator,
        Self::Mentor,
        Self::Mentee,
        Self::Council,
        Self::Psychologist,
        Self::Union,
        Self::Tutor,
        Self::Region,
    ];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Department => "department",
            Self::SupportCenter => "support_center",
            Self::ResourceCenter => "resource_center",
            Self::Director => "director",
            Self::Curator => "curator",
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Council => "council",
            Self::Psychologist => "psychologist",
            Self::Union => "union",
            Self::Tutor => "tutor",
            Self::Region => "region",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Administrator => "администратор системы",
            Self::Department => "специалист департамента",
            Self::SupportCenter => "методист опорного центра",
            Self::ResourceCenter => "методист ресурсного центра",
            Self::Director => "руководитель",
            Self::Curator => "куратор",
            Self::Mentor => "наставник",
            Self::Mentee => "наставляемый",
            Self::Council => "член совета наставников",
            Self::Psychologist => "педагог-психолог",
            Self::Union => "представитель профсоюза",
            Self::Tutor => "тьютор ЦНППМ",
            Self::Region => "специалист региона",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Roles that follow from a mentorship and are never granted by hand.
    pub const fn follows_from_mentorship(self) -> bool {
        matches!(self, Self::Mentor | Self::Mentee)
    }

    /// May the role be given in an organization of this kind (A1-A3)?
    ///
    /// The people of п. 4.1 belong to organizations that teach, those of п. 4.2 to the department and its
    /// centers, those of п. 4.3 to the region's institute and ЦНППМ. A social partner (п. 2.4) has no roles.
    /// Mentors and mentees are in no list: their roles follow from a mentorship.
    pub const fn fits(self, kind: OrganizationKind) -> bool {
        use OrganizationKind as K;
        match self {
            Self::Administrator | Self::Department => matches!(kind, K::Department),
            Self::SupportCenter => matches!(kind, K::SupportCenter),
            Self::ResourceCenter => matches!(kind, K::ResourceCenter),
            Self::Director | Self::Curator | Self::Council | Self::Psychologist | Self::Union => {
                kind.teaches()
            }
            Self::Tutor => matches!(kind, K::GrowthCenter),
            Self::Region => matches!(kind, K::RegionalInstitute),
            Self::Mentor | Self::Mentee => false,
        }
    }

    /// The roles an organization of this kind may have, in the order of [`Role::ALL`].
    pub fn of_kind(kind: OrganizationKind) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |role| role.fits(kind))
    }
}

/// Why a role can't be given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    #[error(
        "Куратором может быть только заместитель руководителя этой организации (п. 4.1.1, 4.1.2). \
         Выберите заместителя или исправьте должность в списке работников"
    )]
    CuratorMustBeDeputy,
    #[error("Эта роль появляется сама, когда пара оформлена: назначать её отдельно не нужно")]
    FollowsFromMentorship,
    #[error(
        "Руководителем в системе может быть только руководитель этой организации по штату (п. 4.1.1). \
         Проверьте должность в списке работников"
    )]
    DirectorMustHeadOrganization,
    /// п. 4.1-4.3: each level has people of its own.
    #[error(
        "Роль «{}» не назначают там, где вид организации — «{}» (п. 4.1–4.3). Выберите другую роль",
        .role.title(),
        .kind.title()
    )]
    WrongKind { role: Role, kind: OrganizationKind },
    #[error("Самому себе роль не назначают и не снимают. Попросите того, кто назначил вас")]
    OnOneself,
    #[error("Акта с будущей датой ещё нет. Исправьте дату акта")]
    ActInFuture,
    /// A2: the same role twice at once would make it unclear by which act it is held.
    #[error("Эта роль у этого человека здесь уже есть. Сначала завершите прежнюю")]
    Overlaps,
    #[error("Роль не может закончиться раньше, чем началась. Исправьте дату")]
    EndsBeforeStart,
    #[error("Эта роль уже завершена")]
    AlreadyEnded,
}

/// A role about to be given.
#[derive(Clone, Copy, Debug)]
pub struct Proposal<'a> {
    pub role: Role,
    pub kind: OrganizationKind,
    /// The person's current positions in the organization.
    pub positions: &'a [String],
    pub person: PersonId,
    /// Who gives.
    pub giver: PersonId,
    pub act_on: NaiveDate,
    pub starts_on: NaiveDate,
    /// Periods of the same role of the same person there: first day and the first day without it.
    pub held: &'a [(NaiveDate, Option<NaiveDate>)],
}

/// п. 4.1.1-4.1.2, A2, A3: who may be given a role, where and by what act.
///
/// # Errors
/// The first rule that the proposal breaks.
pub fn check_grant(proposal: &Proposal<'_>, today: NaiveDate) -> Result<(), GrantError> {
    let role = proposal.role;
    if role.follows_from_mentorship() {
        return Err(GrantError::FollowsFromMentorship);
    }
    if proposal.person == proposal.giver {
        return Err(GrantError::OnOneself);
    }
    if !role.fits(proposal.kind) {
        return Err(GrantError::WrongKind { role, kind: proposal.kind });
    }
    if role == Role::Curator && !proposal.positions.iter().any(|position| is_deputy(position)) {
        return Err(GrantError::CuratorMustBeDeputy);
    }
    if role == Role::Director && !proposal.positions.iter().any(|position| is_head(position)) {
        return Err(GrantError::DirectorMustHeadOrganization);
    }
    if proposal.act_on > today {
        return Err(GrantError::ActInFuture);
    }
    // A new period has no end, so any earlier one that lasts past its first day meets it.
    let meets = |(from, to): &(NaiveDate, Option<NaiveDate>)| {
        to.is_none_or(|to| to > proposal.starts_on && to > *from)
    };
    if proposal.held.iter().any(meets) {
        return Err(GrantError::Overlaps);
    }
    Ok(())
}

/// May a role held since `started_on` end with `ends_on` as the first day without it? Ended on its first
/// day, it never was in force: so a role given by mistake is taken back.
///
/// # Errors
/// The first rule that the ending breaks.
pub fn check_ending(
    held: (NaiveDate, Option<NaiveDate>),
    ends_on: NaiveDate,
    act_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), GrantError> {
    let (started_on, ended_on) = held;
    if ended_on.is_some() {
        return Err(GrantError::AlreadyEnded);
    }
    if ends_on < started_on {
        return Err(GrantError::EndsBeforeStart);
    }
    if act_on > today {
        return Err(GrantError::ActInFuture);
    }
    Ok(())
}

/// «заместитель директора …», «заместитель заведующего», «зам. директора …».
pub fn is_deputy(position: &str) -> bool {
    let position = position.trim().to_lowercase();
    position.starts_with("заместител") || position.starts_with("зам.") || position.starts_with("зам ")
}

/// «директор», «заведующий», «заведующая», «и. о. директора», «начальник …».
pub fn is_head(position: &str) -> bool {
    let position = position.trim().to_lowercase();
    let position = ["исполняющий обязанности ", "исполняющая обязанности ", "и. о. ", "и.о. "]
        .iter()
        .find_map(|prefix| position.strip_prefix(prefix))
        .unwrap_or(&position);
    ["директор", "заведующ", "начальник", "руководитель"].iter().any(|head| {
        position.strip_prefix(head).is_some_and(|rest| !rest.starts_with('-') && !is_tail_of_other(rest))
    })
}

/// «заведующий хозяйством», «заведующий библиотекой», «руководитель кружка» do not head the organization.
fn is_tail_of_other(rest: &str) -> bool {
    let rest = rest.trim_start_matches(char::is_alphabetic).trim();
    !(rest.is_empty()
        || rest.starts_with("школ")
        || rest.starts_with("департамент")
        || rest.starts_with("детск"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn proposal(role: Role, kind: OrganizationKind, positions: &[String]) -> Proposal<'_> {
        Proposal {
            role,
            kind,
            positions,
            person: PersonId(Uuid::from_u128(1)),
            giver: PersonId(Uuid::from_u128(2)),
            act_on: day("2026-09-01"),
            starts_on: day("2026-09-01"),
            held: &[],
        }
    }

    fn check(proposal: &Proposal<'_>) -> Result<(), GrantError> {
        check_grant(proposal, day("2026-11-23"))
    }

    #[test]
    fn curator_must_be_a_deputy() {
        let teacher = ["учитель".to_owned()];
        let school = OrganizationKind::School;
        assert_eq!(check(&proposal(Role::Curator, school, &teacher)), Err(GrantError::CuratorMustBeDeputy));
        assert!(GrantError::CuratorMustBeDeputy.to_string().contains("п. 4.1.1, 4.1.2"));
        let deputy = ["заместитель директора по учебно-воспитательной работе".to_owned()];
        assert_eq!(check(&proposal(Role::Curator, school, &deputy)), Ok(()));
    }

    #[test]
    fn nobody_gives_a_role_to_oneself_or_by_an_act_of_tomorrow() {
        let mut own = proposal(Role::Union, OrganizationKind::School, &[]);
        own.giver = own.person;
        assert_eq!(check(&own), Err(GrantError::OnOneself));
        let mut early = proposal(Role::Union, OrganizationKind::School, &[]);
        early.act_on = day("2026-11-24");
        assert_eq!(check(&early), Err(GrantError::ActInFuture));
    }

    #[test]
    fn each_kind_has_roles_of_its_own() {
        use OrganizationKind as K;
        let roles = |kind| Role::of_kind(kind).collect::<Vec<_>>();
        let inner = [Role::Director, Role::Curator, Role::Council, Role::Psychologist, Role::Union];
        assert_eq!(roles(K::School), inner);
        assert_eq!(roles(K::Preschool), inner);
        assert_eq!(roles(K::Department), [Role::Administrator, Role::Department]);
        assert_eq!(roles(K::RegionalInstitute), [Role::Region]);
        assert_eq!(roles(K::GrowthCenter), [Role::Tutor]);
        assert!(roles(K::SupportCenter).contains(&Role::SupportCenter));
        assert!(!roles(K::ResourceCenter).contains(&Role::SupportCenter));
        assert!(roles(K::Partner).is_empty());
        let wrong = proposal(Role::SupportCenter, K::School, &[]);
        let expected = GrantError::WrongKind { role: Role::SupportCenter, kind: K::School };
        assert_eq!(check(&wrong), Err(expected));
        for role in Role::ALL {
            let somewhere = K::ALL.into_iter().any(|kind| role.fits(kind));
            assert_eq!(somewhere, !role.follows_from_mentorship(), "{role:?}");
        }
    }

    #[test]
    fn an_ending_is_not_before_the_start_and_happens_once() {
        let (start, today) = (day("2026-09-01"), day("2026-11-23"));
        assert_eq!(check_ending((start, None), start, today, today), Ok(()));
        assert_eq!(
            check_ending((start, None), day("2026-08-31"), today, today),
            Err(GrantError::EndsBeforeStart)
        );
        assert_eq!(check_ending((start, Some(today)), today, today, today), Err(GrantError::AlreadyEnded));
        assert_eq!(
            check_ending((start, None), today, day("2026-11-24"), today),
            Err(GrantError::ActInFuture)
        );
    }

    proptest! {
        /// A role given again never shares a day with an earlier one.
        #[test]
        fn accepted_periods_share_no_day(from in 0_i64..400, length in proptest::option::of(0_i64..400), next in 0_i64..800) {
            let at = |days: i64| day("2025-01-01") + chrono::Duration::days(days);
            let held = [(at(from), length.map(|length| at(from + length)))];
            let mut again = proposal(Role::Union, OrganizationKind::School, &[]);
            (again.starts_on, again.held) = (at(next), &held);
            let shared = (next..1_300).any(|now| now >= from && length.is_none_or(|length| now < from + length));
            prop_assert_eq!(check(&again) == Err(GrantError::Overlaps), shared);
        }
    }

    #[test]
    fn director_must_head_the_organization() {
        for (position, heads) in [
            ("директор", true),
            ("Заведующий", true),
            ("и. о. директора", true),
            ("заведующий хозяйством", false),
            ("советник директора по воспитанию", false),
            ("учитель", false),
        ] {
            assert_eq!(is_head(position), heads, "{position}");
        }
    }

    #[test]
    fn mentor_is_not_granted_by_hand() {
        let mentor = proposal(Role::Mentor, OrganizationKind::School, &[]);
        assert_eq!(check(&mentor), Err(GrantError::FollowsFromMentorship));
    }
}
