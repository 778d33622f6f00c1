//! One more mentee in a running group (C3, п. 4.1.2): held to the same rules as at forming.

use chrono::NaiveDate;

use super::{Draft, PairError, against, form, kinds, people, places};
use crate::ids::PersonId;
use crate::kind::Kind;
use crate::period::Period;

/// The days the newcomer will be in the group: from the first day asked for to the group's last one. The first day lies
/// within the days the group is in force by its order.
pub fn joining_days(group: &Period, first_day: NaiveDate) -> Result<Period, PairError> {
    if !group.contains(first_day) {
        return Err(PairError::JoinsOutsidePeriod(*group));
    }
    Period::new(first_day, group.to()).map_err(|_| PairError::JoinsOutsidePeriod(*group))
}

/// Whether the newcomer may join. The draft has the terms of the group, those who stay in it and the newcomer; its period
/// is the newcomer's days, its free places don't count this group. What was settled when the group was formed (its
/// length, its schedule) is not asked again, nor what has come between the mentor and the others since.
pub fn check_joining(draft: &Draft, newcomer: PersonId) -> Result<(), Vec<PairError>> {
    let mut errors = Vec::new();
    if !draft.is(Kind::Group) {
        errors.push(PairError::NotAGroup);
    }
    people(draft, &mut errors);
    against(draft, &mut errors);
    places(draft, &mut errors);
    form(draft, &mut errors);
    if draft.is(Kind::Reverse) {
        kinds::reverse(draft, &mut errors);
    }
    errors.retain(|error| error.mentee().is_none_or(|mentee| mentee == newcomer));
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
