//! The tree federation > region > municipality > organization and its two contours (п. 4.1-4.4).

use serde::{Deserialize, Serialize};

use crate::role::Role;
use crate::russian::count;

/// Level of a territory in the tree (A1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TerritoryLevel {
    Federation,
    Region,
    Municipality,
}

impl TerritoryLevel {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Federation => "federation",
            Self::Region => "region",
            Self::Municipality => "municipality",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Federation => "федерация",
            Self::Region => "регион",
            Self::Municipality => "муниципалитет",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Federation, Self::Region, Self::Municipality].into_iter().find(|level| level.code() == code)
    }
}

/// Inside the organization or outside it (п. 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contour {
    Inner,
    Outer,
}

/// What an organization is (A1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    School,
    Preschool,
    Supplementary,
    Vocational,
    Department,
    SupportCenter,
    ResourceCenter,
    RegionalInstitute,
    /// Center of continuous professional growth of teachers (ЦНППМ, п. 4.3).
    GrowthCenter,
    Partner,
}

impl OrganizationKind {
    pub const ALL: [Self; 10] = [
        Self::School,
        Self::Preschool,
        Self::Supplementary,
        Self::Vocational,
        Self::Department,
        Self::SupportCenter,
        Self::ResourceCenter,
        Self::RegionalInstitute,
        Self::GrowthCenter,
        Self::Partner,
    ];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Preschool => "preschool",
            Self::Supplementary => "supplementary",
            Self::Vocational => "vocational",
            Self::Department => "department",
            Self::SupportCenter => "support_center",
            Self::ResourceCenter => "resource_center",
            Self::RegionalInstitute => "regional_institute",
            Self::GrowthCenter => "growth_center",
            Self::Partner => "partner",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::School => "школа",
            Self::Preschool => "детский сад",
            Self::Supplementary => "дополнительное образование",
            Self::Vocational => "профессиональное образование",
            Self::Department => "департамент",
            Self::SupportCenter => "опорный центр",
            Self::ResourceCenter => "ресурсный центр",
            Self::RegionalInstitute => "институт развития образования",
            Self::GrowthCenter => "ЦНППМ",
            Self::Partner => "социальный партнёр",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The contour the organization acts in (п. 4.1 inner, п. 4.2-4.4 outer).
    pub const fn contour(self) -> Contour {
        if self.teaches() { Contour::Inner } else { Contour::Outer }
    }

    /// The level of the tree the organization hangs on.
    pub const fn level(self) -> TerritoryLevel {
        match self {
            Self::RegionalInstitute | Self::GrowthCenter => TerritoryLevel::Region,
            _ => TerritoryLevel::Municipality,
        }
    }

    /// Educational organizations subordinate to the department: the denominator of indicator 2.
    /// A support or resource center is a duty of an educational organization, so it counts as well.
    pub const fn teaches(self) -> bool {
        matches!(
            self,
            Self::School
                | Self::Preschool
                | Self::Supplementary
                | Self::Vocational
                | Self::SupportCenter
                | Self::ResourceCenter
        )
    }
}

/// Why an organization can't be archived or made another kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrganizationError {
    #[error(
        "В организации ещё работает {}. Сначала переведите или увольте их в списке работников",
        count(*.0, "человек", "человека", "человек")
    )]
    PeopleWork(u64),
    #[error(
        "В организации идёт {}. Сначала завершите наставничество приказом",
        count(*.0, "наставничество", "наставничества", "наставничеств")
    )]
    MentorshipsGoOn(u64),
    #[error("Организация уже в архиве")]
    AlreadyArchived,
    #[error("Организация не в архиве")]
    NotArchived,
    /// Roles in force must fit the kind (A1, A2).
    #[error(
        "При виде «{}» не бывает роли «{}», а она здесь назначена. Сначала завершите эту роль",
        .kind.title(),
        .role.title()
    )]
    RoleDoesNotFit { kind: OrganizationKind, role: Role },
    /// A1: the tree federation > region > municipality > organization.
    #[error("«{}» относится к уровню «{}». Выберите территорию этого уровня", .kind.title(), .kind.level().title())]
    WrongLevel { kind: OrganizationKind },
}

/// An organization goes to the archive only when nobody works there and no mentorship goes on. Nothing is
/// ever deleted: its papers and history must be found later.
///
/// # Errors
/// What keeps it from the archive.
pub const fn check_archiving(
    archived: Archived,
    workers: u64,
    mentorships: u64,
) -> Result<(), OrganizationError> {
    match archived {
        Archived::Yes => Err(OrganizationError::AlreadyArchived),
        Archived::No if mentorships > 0 => Err(OrganizationError::MentorshipsGoOn(mentorships)),
        Archived::No if workers > 0 => Err(OrganizationError::PeopleWork(workers)),
        Archived::No => Ok(()),
    }
}

/// Whether an organization is in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archived {
    Yes,
    No,
}

/// May the organization be of this kind where it hangs, with the roles in force there?
///
/// # Errors
/// The level of the territory or a role that does not fit.
pub fn check_kind(
    kind: OrganizationKind,
    level: TerritoryLevel,
    roles: &[Role],
) -> Result<(), OrganizationError> {
    if kind.level() != level {
        return Err(OrganizationError::WrongLevel { kind });
    }
    match roles.iter().find(|role| !role.follows_from_mentorship() && !role.fits(kind)) {
        Some(&role) => Err(OrganizationError::RoleDoesNotFit { kind, role }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organization_with_people_or_mentorships_stays() {
        use OrganizationError as E;
        let table = [
            (Archived::No, 0, 0, Ok(())),
            (Archived::No, 3, 0, Err(E::PeopleWork(3))),
            (Archived::No, 3, 1, Err(E::MentorshipsGoOn(1))),
            (Archived::Yes, 0, 0, Err(E::AlreadyArchived)),
        ];
        for (archived, workers, mentorships, expected) in table {
            assert_eq!(check_archiving(archived, workers, mentorships), expected);
        }
        assert!(E::PeopleWork(21).to_string().contains("работает 21\u{a0}человек"));
    }

    #[test]
    fn a_kind_hangs_on_its_level_and_keeps_its_roles() {
        use OrganizationKind as K;
        use TerritoryLevel as L;
        assert_eq!(check_kind(K::School, L::Municipality, &[Role::Director, Role::Mentor]), Ok(()));
        assert_eq!(
            check_kind(K::School, L::Region, &[]),
            Err(OrganizationError::WrongLevel { kind: K::School })
        );
        assert_eq!(
            check_kind(K::Partner, L::Municipality, &[Role::Mentor, Role::Curator]),
            Err(OrganizationError::RoleDoesNotFit { kind: K::Partner, role: Role::Curator })
        );
        for kind in K::ALL {
            assert_eq!(check_kind(kind, kind.level(), &[]), Ok(()), "{kind:?}");
        }
    }
}
