//! How fresh a record of the bank is, in words and shapes (A6, п. 4.1.2).

use chrono::NaiveDate;
use nastavnik_domain::confirmation::{Freshness, freshness, good_until};

use super::rules::Rules;
use super::store::Confirmation;
use crate::kernel::filters::short_date;
use crate::kernel::forms::Choice;
use crate::kernel::page::Tone;

/// What the address says of records that somebody should look at now.
pub(super) const DUE: &str = "due";

/// The last confirmation of a record and what has become of it by today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) freshness: Freshness,
    pub(super) on: NaiveDate,
    by: String,
    until: Option<NaiveDate>,
}

impl Mark {
    pub(super) fn of(confirmation: Confirmation, today: NaiveDate) -> anyhow::Result<Self> {
        let limits = Rules::load()?.limits(today)?;
        Ok(Self {
            freshness: freshness(confirmation.on, today, limits),
            until: good_until(confirmation.on, limits),
            on: confirmation.on,
            by: confirmation.by,
        })
    }

    pub(super) const fn tone(&self) -> Tone {
        match self.freshness {
            Freshness::Fresh => Tone::Done,
            Freshness::Soon => Tone::Wait,
            Freshness::Stale => Tone::Late,
        }
    }

    pub(super) const fn title(&self) -> &'static str {
        self.freshness.title()
    }

    /// «12.10.2025, Иванова А. А.; подтвердите до 12.10.2026».
    pub(super) fn note(&self) -> String {
        let mut note = short_date(self.on);
        if !self.by.is_empty() {
            note = format!("{note}, {}", self.by);
        }
        match (self.freshness, self.until) {
            (Freshness::Soon, Some(until)) => format!("{note}; подтвердите до {}", short_date(until)),
            (Freshness::Stale, Some(until)) => format!("{note}; год прошёл {}", short_date(until)),
            _ => note,
        }
    }
}

/// Whether a record passes the filter `fresh` of the address; one that is not in the bank yet passes none.
pub(super) fn passes(asked: &str, mark: Option<&Mark>) -> bool {
    let wanted = Freshness::from_code(asked);
    match mark {
        _ if asked != DUE && wanted.is_none() => true,
        None => false,
        Some(mark) if asked == DUE => mark.freshness.is_due(),
        Some(mark) => Some(mark.freshness) == wanted,
    }
}

/// Whether the address asks about freshness at all.
pub(super) fn is_asked(asked: &str) -> bool {
    asked == DUE || Freshness::from_code(asked).is_some()
}

/// The answers of the filter.
pub(super) fn choices() -> Vec<Choice> {
    vec![
        Choice::new(DUE, "Пора подтвердить или устарела"),
        Choice::new(Freshness::Stale.code(), "Устарела: прошло больше года"),
        Choice::new(Freshness::Soon.code(), "Пора подтвердить: год истекает"),
        Choice::new(Freshness::Fresh.code(), "Подтверждена"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(on: &str) -> Mark {
        let confirmation = Confirmation { on: on.parse().unwrap(), by: "Иванова А. А.".to_owned() };
        Mark::of(confirmation, "2026-11-23".parse().unwrap()).unwrap()
    }

    #[test]
    fn the_note_says_when_who_and_until_when() {
        assert_eq!(mark("2026-11-01").note(), "01.11.2026, Иванова А. А.");
        assert_eq!(mark("2025-12-01").note(), "01.12.2025, Иванова А. А.; подтвердите до 01.12.2026");
        assert_eq!(mark("2025-11-01").note(), "01.11.2025, Иванова А. А.; год прошёл 01.11.2026");
    }

    #[test]
    fn a_senseless_filter_lets_everybody_pass() {
        let (fresh, soon, stale) = (mark("2026-11-01"), mark("2025-12-01"), mark("2025-11-01"));
        for (asked, expected) in [
            ("", [true, true, true, true]),
            ("eternal", [true, true, true, true]),
            ("due", [false, true, true, false]),
            ("stale", [false, false, true, false]),
            ("soon", [false, true, false, false]),
            ("fresh", [true, false, false, false]),
        ] {
            let found = [Some(&fresh), Some(&soon), Some(&stale), None].map(|mark| passes(asked, mark));
            assert_eq!(found, expected, "{asked}");
        }
    }
}
