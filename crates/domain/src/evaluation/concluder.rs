//! Who concludes an evaluation: the curator (п. 4.1.2), and nobody who takes part in the pair. The way around is that of
//! petitions (decision 0014): the director, and where the director takes part as well, the council.

use std::collections::BTreeSet;

use crate::ids::PersonId;
use crate::petition::Receiver;

/// Somebody at an evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    pub person: PersonId,
    /// The offices held in the organization of the pair.
    pub offices: BTreeSet<Receiver>,
}

/// Why somebody does not conclude, with who does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYours {
    TakesPart(Receiver),
    Another(Receiver),
}

impl NotYours {
    /// A sentence without its stop.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TakesPart(Receiver::Curator) => {
                "Вы участвуете в этой паре, поэтому итог её оценки подводит куратор"
            }
            Self::TakesPart(Receiver::Director) => {
                "Вы участвуете в этой паре, поэтому итог её оценки подводит руководитель организации"
            }
            Self::TakesPart(Receiver::Council) => {
                "Вы участвуете в этой паре, поэтому итог её оценки подводит совет наставников"
            }
            Self::Another(Receiver::Curator) => "Итог этой оценки подводит куратор",
            Self::Another(Receiver::Director) => {
                "Итог этой оценки подводит руководитель организации: куратор участвует в паре или не назначен"
            }
            Self::Another(Receiver::Council) => {
                "Итог этой оценки подводит совет наставников: куратор и руководитель участвуют в паре или не назначены"
            }
        }
    }
}

/// Whether this person concludes the evaluation that falls to `concluder`.
///
/// # Errors
/// Who does instead.
pub fn may_conclude(
    desk: &Desk,
    participants: &BTreeSet<PersonId>,
    concluder: Receiver,
) -> Result<(), NotYours> {
    if participants.contains(&desk.person) {
        return Err(NotYours::TakesPart(concluder));
    }
    if desk.offices.contains(&concluder) { Ok(()) } else { Err(NotYours::Another(concluder)) }
}
