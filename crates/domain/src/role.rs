//! Roles of people in organizations (п. 3.1, 4.1.1-4.1.3, 4.2, 4.3).

use serde::{Deserialize, Serialize};

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
}

/// Why a role can't be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    #[error("Куратором может быть только заместитель руководителя этой организации (п. 4.1.1, 4.1.2)")]
    CuratorMustBeDeputy,
    #[error("Эта роль появляется сама, когда пара оформлена: назначать её отдельно не нужно")]
    FollowsFromMentorship,
    #[error("Руководителем в системе может быть только руководитель этой организации по штату")]
    DirectorMustHeadOrganization,
}

/// п. 4.1.1-4.1.2: the curator is one of the deputies; the head is the head by staff list.
/// `positions` are the person's current positions in the organization, in lower case.
pub fn check_grant(role: Role, positions: &[String]) -> Result<(), GrantError> {
    if role.follows_from_mentorship() {
        return Err(GrantError::FollowsFromMentorship);
    }
    if role == Role::Curator && !positions.iter().any(|position| is_deputy(position)) {
        return Err(GrantError::CuratorMustBeDeputy);
    }
    if role == Role::Director && !positions.iter().any(|position| is_head(position)) {
        return Err(GrantError::DirectorMustHeadOrganization);
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
        position.strip_prefix(head).is_some_and(|rest| !rest.starts_with("-") && !is_tail_of_other(rest))
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
    use super::*;

    #[test]
    fn curator_must_be_a_deputy() {
        let teacher = ["учитель".to_owned()];
        assert_eq!(check_grant(Role::Curator, &teacher), Err(GrantError::CuratorMustBeDeputy));
        let deputy = ["заместитель директора по учебно-воспитательной работе".to_owned()];
        assert_eq!(check_grant(Role::Curator, &deputy), Ok(()));
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
        assert_eq!(check_grant(Role::Mentor, &[]), Err(GrantError::FollowsFromMentorship));
    }
}
