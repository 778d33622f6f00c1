//! The tree federation > region > municipality > organization and its two contours (п. 4.1-4.4).

use serde::{Deserialize, Serialize};

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
