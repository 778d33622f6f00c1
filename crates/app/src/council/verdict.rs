//! The three words of a psychologist's opinion (п. 3.5).

use crate::kernel::forms::Choice;
use crate::kernel::page::Tone;

/// What the psychologist concludes about two people working together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Recommended,
    Conditional,
    NotRecommended,
}

impl Verdict {
    const ALL: [Self; 3] = [Self::Recommended, Self::Conditional, Self::NotRecommended];

    /// The code stored in the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Conditional => "conditional",
            Self::NotRecommended => "not_recommended",
        }
    }

    /// Words for people.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Recommended => "рекомендуется",
            Self::Conditional => "рекомендуется с условиями",
            Self::NotRecommended => "не рекомендуется",
        }
    }

    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Recommended => Tone::Done,
            Self::Conditional => Tone::Wait,
            Self::NotRecommended => Tone::Closed,
        }
    }

    /// Reads the stored code.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Recommended => "",
            Self::Conditional => "Условия напишите в рекомендации.",
            Self::NotRecommended => {
                "Программа больше не предложит этих двоих друг другу. Причину напишите в рекомендации."
            }
        }
    }

    pub(super) fn choices() -> Vec<Choice> {
        Self::ALL.map(|verdict| Choice::new(verdict.code(), verdict.title()).with_hint(verdict.hint())).into()
    }
}
