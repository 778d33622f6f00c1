//! What a pair asks the curator for, the most urgent first.

use crate::kernel::page::Tone;

/// What a pair asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// Days of mentoring pass without the full set of papers (L1).
    Days,
    /// Silence longer than is usual for the kind.
    Silence,
    /// Somebody objects, or the council has declined.
    Objection,
    /// Everything is signed: the order can be prepared.
    Order,
    /// A paper lies with somebody for a signature.
    Signature,
    /// Papers are to be collected.
    Papers,
    /// The mentor has more mentees than is wise.
    Load,
    /// The last day is near.
    Ending,
}

impl Need {
    pub(super) const ALL: [Self; 8] = [
        Self::Days,
        Self::Silence,
        Self::Objection,
        Self::Order,
        Self::Signature,
        Self::Papers,
        Self::Load,
        Self::Ending,
    ];

    /// The code for addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Silence => "silence",
            Self::Objection => "objection",
            Self::Order => "order",
            Self::Signature => "signature",
            Self::Papers => "papers",
            Self::Load => "load",
            Self::Ending => "ending",
        }
    }

    /// Words for people.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Days => "дни без документов",
            Self::Silence => "тишина",
            Self::Objection => "есть возражение",
            Self::Order => "можно готовить приказ",
            Self::Signature => "ждёт подписи",
            Self::Papers => "собрать документы",
            Self::Load => "высокая нагрузка наставника",
            Self::Ending => "скоро завершится",
        }
    }

    /// Color and shape.
    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Days | Self::Objection => Tone::Late,
            Self::Silence | Self::Load | Self::Papers | Self::Ending => Tone::Wait,
            Self::Order | Self::Signature => Tone::Plan,
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.code() == code)
    }

    /// Nothing else in the program reminds of it.
    pub(super) const fn asks_for_a_look(self) -> bool {
        matches!(self, Self::Days | Self::Silence | Self::Objection | Self::Load)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_the_most_urgent_stands_first() {
        assert!(Need::ALL.iter().all(|need| Need::from_code(need.code()) == Some(*need)));
        assert!(Need::ALL.is_sorted());
        assert_eq!(Need::from_code("attention"), None);
    }
}
