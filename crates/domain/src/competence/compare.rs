//! Two sheets side by side: then and now, one's own view and another's.

use super::profile::mean_hundredths;
use super::{Answer, Domain, Level, Limits};

/// How a domain has moved, by items answered both times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    pub domain: Domain,
    /// Items answered both times; never zero.
    pub common: u32,
    /// Sum of levels then.
    pub before: u32,
    /// Sum of levels now.
    pub after: u32,
}

impl Shift {
    /// The mean then, in hundredths of a level.
    pub const fn then(&self) -> u32 {
        mean_hundredths(self.before, self.common)
    }

    /// The mean now, in hundredths of a level.
    pub const fn now(&self) -> u32 {
        mean_hundredths(self.after, self.common)
    }

    /// Change of the mean in hundredths of a level, rounded the same way up and down.
    pub fn hundredths(&self) -> i64 {
        let size = i64::from(mean_hundredths(self.after.abs_diff(self.before), self.common));
        if self.after < self.before { -size } else { size }
    }
}

/// An item two people see differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub domain: Domain,
    pub item: String,
    pub own: Level,
    pub other: Level,
}

/// What has changed between two sheets. Only items answered in both count: a short sheet is not compared with
/// what it did not ask, nor a new item with nothing.
pub fn dynamics(before: &[Answer], after: &[Answer]) -> Vec<Shift> {
    let mut shifts = Vec::new();
    for domain in Domain::ALL {
        let mut shift = Shift { domain, common: 0, before: 0, after: 0 };
        for (_, then, now) in
            common(before, after).filter(|(item, _, _)| Domain::of_item(item) == Some(domain))
        {
            shift.common += 1;
            shift.before += u32::from(then.number());
            shift.after += u32::from(now.number());
        }
        if shift.common > 0 {
            shifts.push(shift);
        }
    }
    shifts
}

/// Where another view is a level or more away: «тема разговора, не балл». In the order of codes.
pub fn differences(own: &[Answer], other: &[Answer], limits: &Limits) -> Vec<Difference> {
    let mut found: Vec<_> = common(own, other)
        .filter(|(_, own, other)| own.number().abs_diff(other.number()) >= limits.difference_from)
        .filter_map(|(item, own, other)| {
            Some(Difference { domain: Domain::of_item(item)?, item: item.to_owned(), own, other })
        })
        .collect();
    found.sort_by(|one, two| (one.domain, &one.item).cmp(&(two.domain, &two.item)));
    found
}

fn common<'a>(one: &'a [Answer], two: &'a [Answer]) -> impl Iterator<Item = (&'a str, Level, Level)> {
    one.iter().filter_map(|answer| {
        let same = two.iter().find(|other| other.item == answer.item)?;
        Some((answer.item.as_str(), answer.level?, same.level?))
    })
}
