//! Sittings of the mentor council: when it may decide, who votes on what, which decision follows (п. 4.1.3).
//!
//! The order leaves the rules of a sitting to the council itself («общественный профессиональный орган»), so the usual
//! ones hold: more than half of the members are there, more votes for than against, a tie is settled by the voice of
//! whoever leads the sitting. Nobody votes on a pair they take part in.

use crate::ids::PersonId;

#[cfg(test)]
mod tests;

/// A member at a sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub person: PersonId,
    pub presence: Presence,
}

/// Whether a member has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Present,
    Absent,
}

/// How many members may vote on a question, and how many of them are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bench {
    pub members: u32,
    pub present: u32,
}

impl Bench {
    /// The members who may vote on a question about these people: whoever takes part in the pair neither votes on it
    /// nor counts for it (п. 4.1.3).
    pub fn of(seats: &[Seat], parties: &[PersonId]) -> Self {
        let entitled = seats.iter().filter(|seat| !parties.contains(&seat.person));
        entitled.fold(Self { members: 0, present: 0 }, |bench, seat| Self {
            members: bench.members + 1,
            present: bench.present + u32::from(seat.presence == Presence::Present),
        })
    }

    /// More than half of those who may vote are there (п. 4.1.3).
    pub const fn has_quorum(self) -> bool {
        self.present.saturating_mul(2) > self.members
    }

    /// The fewest members that make a quorum.
    pub const fn quorum(self) -> u32 {
        self.members / 2 + 1
    }
}

/// How many voted in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub votes_for: u32,
    pub votes_against: u32,
    pub abstained: u32,
}

impl Tally {
    /// All votes together.
    pub const fn cast(self) -> u32 {
        self.votes_for.saturating_add(self.votes_against).saturating_add(self.abstained)
    }
}

/// How whoever leads the sitting has voted: it settles a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    For,
    Against,
}

impl Voice {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::For, Self::Against].into_iter().find(|voice| voice.code() == code)
    }
}

/// What follows from the votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Declined,
}

/// Why nothing follows from the votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoteError {
    /// Too few of those who may vote are there.
    #[error(
        "Кворума нет: голосовать могут {} из присутствующих, а нужно не меньше {} (больше половины из {}).",
        .0.present, .0.quorum(), .0.members
    )]
    NoQuorum(Bench),
    /// More votes than people.
    #[error("Голосов {cast}, а голосовать могут {present}: проверьте числа и кто присутствует.")]
    TooMany { cast: u32, present: u32 },
    /// Nobody voted for or against.
    #[error("Никто не голосовал «за» или «против». Запишите голоса или отложите вопрос.")]
    NobodyDecided,
    /// As many for as against, and nobody to settle it.
    #[error(
        "Голоса разделились поровну: решает голос председательствующего. Отметьте, как он голосовал, или отложите вопрос."
    )]
    Tie,
}

/// The decision that follows from the votes: of more for than against; a tie is settled by whoever leads the sitting.
///
/// # Errors
/// No quorum, more votes than voters, nobody who voted for or against, an unsettled tie.
pub fn outcome(bench: Bench, tally: Tally, chair: Option<Voice>) -> Result<Outcome, VoteError> {
    if !bench.has_quorum() {
        return Err(VoteError::NoQuorum(bench));
    }
    if tally.cast() > bench.present {
        return Err(VoteError::TooMany { cast: tally.cast(), present: bench.present });
    }
    if tally.votes_for == 0 && tally.votes_against == 0 {
        return Err(VoteError::NobodyDecided);
    }
    match (tally.votes_for.cmp(&tally.votes_against), chair) {
        (std::cmp::Ordering::Greater, _) | (std::cmp::Ordering::Equal, Some(Voice::For)) => {
            Ok(Outcome::Passed)
        }
        (std::cmp::Ordering::Less, _) | (std::cmp::Ordering::Equal, Some(Voice::Against)) => {
            Ok(Outcome::Declined)
        }
        (std::cmp::Ordering::Equal, None) => Err(VoteError::Tie),
    }
}
