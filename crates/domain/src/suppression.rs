//! Numbers about small groups are shown to nobody (H5, 152-ФЗ).
//!
//! The law of this module: **what is shown does not depend on what is hidden.** A total adds up only the groups that
//! are shown, so a total without its shown parts leaves nothing, in whatever view the parts are shown: the city's,
//! the one organization's, the one of deficits or the one of strengths. What could be computed from the numbers of
//! others is therefore nothing at all, and no second group has to be hidden to protect the first.

/// Answers of a group of people about one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many answered.
    pub answered: u32,
    /// How many of them have it; never more.
    pub found: u32,
}

/// What may be said of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nobody has answered: there is nothing to hide.
    Nobody,
    /// Too few answered to say anything, even how many.
    TooFew,
    Shown(Tally),
}

impl Tally {
    /// The share in whole percent, a half rounded up; 0 when nobody answered.
    pub fn percent(self) -> u32 {
        let (found, answered) = (u64::from(self.found), u64::from(self.answered));
        let percent = (found * 200 + answered).checked_div(answered * 2).unwrap_or(0);
        u32::try_from(percent).unwrap_or(u32::MAX)
    }
}

/// What may be said of a group when groups under `least` people are hidden.
pub const fn said(tally: Tally, least: u32) -> Said {
    match tally.answered {
        0 => Said::Nobody,
        few if few < least => Said::TooFew,
        _ => Said::Shown(tally),
    }
}

/// What may be said of all groups together: the sum of those that are shown, and of no others.
pub fn total(groups: impl IntoIterator<Item = Said>) -> Option<Tally> {
    let shown = groups.into_iter().filter_map(|group| match group {
        Said::Shown(tally) => Some(tally),
        Said::Nobody | Said::TooFew => None,
    });
    shown.reduce(|sum, tally| Tally {
        answered: sum.answered.saturating_add(tally.answered),
        found: sum.found.saturating_add(tally.found),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LEAST: u32 = 5;

    fn tally(answered: u32, found: u32) -> Tally {
        Tally { answered, found }
    }

    #[test]
    fn a_share_is_rounded_the_usual_way() {
        for (answered, found, percent) in
            [(0, 0, 0), (8, 3, 38), (200, 1, 1), (1_000, 4, 0), (7, 7, 100), (3, 1, 33)]
        {
            assert_eq!(tally(answered, found).percent(), percent, "{found} of {answered}");
        }
    }

    #[test]
    fn four_are_too_few_and_five_are_shown() {
        assert_eq!(said(tally(0, 0), LEAST), Said::Nobody);
        assert_eq!(said(tally(4, 4), LEAST), Said::TooFew);
        assert_eq!(said(tally(5, 0), LEAST), Said::Shown(tally(5, 0)));
        assert_eq!(total([Said::Nobody, Said::TooFew]), None);
        let groups = [tally(9, 3), tally(4, 4), tally(6, 1)].map(|group| said(group, LEAST));
        assert_eq!(total(groups), Some(tally(15, 4)));
    }

    /// One organization: how many answered, how many of them have a deficit, how many a strength.
    fn organization() -> impl Strategy<Value = (u32, u32, u32)> {
        (0_u32..12).prop_flat_map(|answered| (Just(answered), 0..=answered, 0..=answered))
    }

    /// Everything anybody can ever see of these organizations: each one alone (what its director sees) and the city
    /// with its total, both as deficits and as strengths.
    fn everything_shown(city: &[(u32, u32, u32)]) -> Vec<String> {
        let mut seen = Vec::new();
        for pick in [|one: &(u32, u32, u32)| tally(one.0, one.1), |one: &(u32, u32, u32)| tally(one.0, one.2)]
        {
            let said: Vec<Said> = city.iter().map(|one| said(pick(one), LEAST)).collect();
            seen.push(format!("{:?} {:?}", said, total(said.iter().copied())));
            seen.extend(said.iter().map(|one| format!("{:?} {:?}", one, total([*one]))));
        }
        seen
    }

    proptest! {
        /// Two cities that differ only in their small groups look the same, so nothing about those groups – neither how
        /// many answered nor what – follows from all that is shown together.
        #[test]
        fn what_is_shown_says_nothing_of_what_is_hidden(
            city in prop::collection::vec(organization(), 1..12),
            other in prop::collection::vec((1_u32..LEAST, 0_u32..LEAST, 0_u32..LEAST), 12),
        ) {
            let changed: Vec<_> = city
                .iter()
                .zip(other)
                .map(|(one, (answered, deficits, strengths))| match one.0 {
                    1..LEAST => (answered, deficits.min(answered), strengths.min(answered)),
                    _ => *one,
                })
                .collect();
            prop_assert_eq!(everything_shown(&city), everything_shown(&changed));
        }

        /// The total without its shown parts leaves nothing, and is no small group itself.
        #[test]
        fn a_total_less_its_parts_leaves_nothing(city in prop::collection::vec(organization(), 0..12)) {
            let groups: Vec<Said> = city.iter().map(|one| said(tally(one.0, one.1), LEAST)).collect();
            let shown = |pick: fn(&Tally) -> u32| -> u32 {
                groups.iter().map(|group| if let Said::Shown(tally) = group { pick(tally) } else { 0 }).sum()
            };
            match total(groups.iter().copied()) {
                None => prop_assert_eq!(shown(|tally| tally.answered), 0),
                Some(sum) => {
                    prop_assert!(sum.answered >= LEAST && sum.found <= sum.answered);
                    prop_assert_eq!(sum.answered - shown(|tally| tally.answered), 0);
                    prop_assert_eq!(sum.found - shown(|tally| tally.found), 0);
                }
            }
        }

        /// No group under the limit is ever shown, and no group of the limit is hidden.
        #[test]
        fn the_limit_is_kept(answered in 0_u32..30, found in 0_u32..30, least in 1_u32..10) {
            let one = tally(answered, found.min(answered));
            prop_assert_eq!(said(one, least) == Said::Shown(one), answered >= least);
        }

        #[test]
        fn a_share_is_a_share(answered in 1_u32..100_000, found in 0_u32..100_000) {
            prop_assert!(tally(answered, found.min(answered)).percent() <= 100);
        }
    }
}
