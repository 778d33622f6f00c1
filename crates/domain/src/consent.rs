//! Consents to the processing of personal data (152-ФЗ, L2): each is a document of its own.

use serde::{Deserialize, Serialize};

/// What a consent allows. The letters А, Б, В are the users' words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// А: processing in the organization.
    Processing,
    /// Б: transfer to the department and the centers of the municipality.
    Transfer,
    /// В: distribution to anybody, for example on a site (art. 10.1).
    Publication,
    /// Diagnosis and history go along when the person moves to another organization.
    Continuity,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Processing, Self::Transfer, Self::Publication, Self::Continuity];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Transfer => "transfer",
            Self::Publication => "publication",
            Self::Continuity => "continuity",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
