//! What the address of the curator's list asks for.

use nastavnik_domain::consent::Kind;
use nastavnik_domain::russian::search_key;
use uuid::Uuid;

/// What narrows the list besides the reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) organization: Option<Uuid>,
    pub(super) who: Who,
    pub(super) missing: Option<Missing>,
    /// A key made by `search_key`.
    pub(super) name: String,
}

/// Whose consents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Who {
    /// Everybody who works here.
    #[default]
    Workers,
    /// Those in the bank or in pairs.
    Participants,
}

/// Which consent is not in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// А or Б.
    Basic,
    One(Kind),
}

impl Who {
    /// The value in the address.
    pub(super) const PARTICIPANTS: &'static str = "participants";
}

impl Missing {
    /// Every answer of the filter.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Basic).chain(Kind::ALL.into_iter().map(Self::One))
    }

    /// The value in the address.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::One(kind) => kind.code(),
        }
    }

    pub(super) fn title(self) -> String {
        match self {
            Self::Basic => "А или Б".to_owned(),
            Self::One(kind) => kind.short().to_owned(),
        }
    }

    /// The kinds one would print for those on the list.
    pub(super) fn kinds(self) -> Vec<Kind> {
        match self {
            Self::Basic => Kind::BASIC.to_vec(),
            Self::One(kind) => vec![kind],
        }
    }
}

impl Filter {
    /// Reads the address; what it does not understand is not asked for.
    pub(super) fn read<'a>(asked: impl Fn(&str) -> &'a str) -> Self {
        Self {
            organization: asked("organization").parse().ok(),
            who: if asked("who") == Who::PARTICIPANTS { Who::Participants } else { Who::Workers },
            missing: Missing::all().find(|missing| missing.code() == asked("missing")),
            name: search_key(asked("q")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_and_nonsense_is_nothing() {
        let filter = Filter::read(|name| match name {
            "missing" => "transfer",
            "who" => "participants",
            "organization" => "everything",
            "q" => "Ёлкин",
            _ => "",
        });
        assert_eq!(filter.missing, Some(Missing::One(Kind::Transfer)));
        assert_eq!((filter.who, filter.organization), (Who::Participants, None));
        assert_eq!(filter.name, search_key("елкин"));
        assert_eq!(Filter::read(|_| "nonsense").missing, None);
    }
}
