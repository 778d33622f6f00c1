//! How far a long matching has come. Whoever watches may stop it at any step.

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Comparing people.
    Candidates,
    /// Making the most and the best pairs of the candidates.
    Pairs,
    /// Settling which of equal answers it is.
    Ties,
    /// Telling everybody left why.
    Reasons,
}

impl Phase {
    pub const ALL: [Self; 4] = [Self::Candidates, Self::Pairs, Self::Ties, Self::Reasons];

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Candidates => "Сравниваем людей",
            Self::Pairs => "Составляем пары",
            Self::Ties => "Выбираем из равных",
            Self::Reasons => "Объясняем, кто остался и почему",
        }
    }
}

/// A step of the work: so many of so many are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub phase: Phase,
    pub done: u64,
    pub all: u64,
}

impl Step {
    pub(super) const fn new(phase: Phase, done: usize, all: usize) -> Self {
        Self { phase, done: done as u64, all: all as u64 }
    }
}

/// The work was told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("подбор остановлен")]
pub struct Stopped;
