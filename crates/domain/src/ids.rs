//! Typed identifiers: a person's id can never be passed where an organization's is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A federation, region or municipality.
    TerritoryId,
    /// A school, kindergarten, center, department, institute or partner.
    OrganizationId,
    /// A person, once for the whole installation however many places they work in.
    PersonId,
    /// One employment: a person in a position of an organization for a period.
    EmploymentId,
    /// A right to sign in.
    AccountId,
    /// A mentorship: one mentor, one or more mentees, a period.
    MentorshipId,
    /// An issued paper.
    DocumentId,
    /// A stored file.
    FileId,
    /// A staff list being loaded.
    ImportId,
    /// A background job.
    JobId,
}
