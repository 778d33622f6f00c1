//! Indicators in one line each: for the home page and for the cards of the board.

use chrono::NaiveDate;
use nastavnik_domain::indicator::{Indicator, Percent, Share, Target};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;

use super::facts::{Facts, Measure, Organization};
use super::rules::rules;

/// One indicator on a day against its target.
#[derive(Clone, Debug)]
pub struct Summary {
    pub number: u32,
    /// A few words for screens.
    pub short: String,
    /// «66,7 %», or nothing when there is nobody to count.
    pub value: Option<Percent>,
    pub numerator: usize,
    pub denominator: usize,
    pub target: Option<Target>,
    /// How many more are needed for the target; zero when it is reached.
    pub lacking: u64,
}

impl Summary {
    /// «66,7 %» or a dash.
    pub fn value_text(&self) -> String {
        self.value.map_or_else(|| "–".to_owned(), |value| value.to_string())
    }

    /// «цель 90 %», empty outside the years of the program.
    pub fn target_text(&self) -> String {
        self.target
            .as_ref()
            .map_or_else(String::new, |target| format!("цель {}\u{a0}{}", target.value, target.unit.title()))
    }

    /// «до цели ещё 3 человека».
    pub fn lacking_text(&self) -> String {
        let count = |one, few, many| russian::count(self.lacking, one, few, many);
        match self.number {
            1 => format!("до цели ещё {}", count("человек", "человека", "человек")),
            _ => format!("до цели ещё {}", count("организация", "организации", "организаций")),
        }
    }

    fn new<Id: Copy + Ord>(indicator: Indicator, share: &Share<Id>, on: NaiveDate) -> anyhow::Result<Self> {
        let targets = &rules()?.targets;
        let target = targets.target(indicator, AcademicYear::of(on));
        let (part, whole) = (share.numerator.len() as u64, share.denominator.len() as u64);
        let needed = target.as_ref().map_or(0, |target| (whole * u64::from(target.value)).div_ceil(100));
        Ok(Self {
            number: indicator.number(),
            short: targets.card(indicator).map_or_else(String::new, |card| card.short.clone()),
            value: share.percent(),
            numerator: share.numerator.len(),
            denominator: share.denominator.len(),
            target,
            lacking: needed.saturating_sub(part),
        })
    }
}

/// Both indicators of a measure.
pub(super) fn of(measure: &Measure, on: NaiveDate) -> anyhow::Result<[Summary; 2]> {
    Ok([
        Summary::new(Indicator::YoungMentored, &measure.young.strict, on)?,
        Summary::new(Indicator::OrganizationsGivingMentors, &measure.giving, on)?,
    ])
}

/// Indicators 1 and 2 over everything within reach; nothing when no teaching organization is.
pub async fn summary(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    on: NaiveDate,
) -> anyhow::Result<Option<[Summary; 2]>> {
    let facts = Facts::load(connection, reach, on).await?;
    if facts.organizations.is_empty() {
        return Ok(None);
    }
    let all: Vec<&Organization> = facts.organizations.iter().collect();
    of(&facts.measure(&all)?, on).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn share(part: usize, whole: usize) -> Share<usize> {
        Share { numerator: (0..part).collect(), denominator: (0..whole).collect() }
    }

    #[test]
    fn what_lacks_is_counted_up_to_whole_people() {
        let summary =
            |part, whole| Summary::new(Indicator::YoungMentored, &share(part, whole), day()).unwrap();
        // 2026/27 reads column «2026»: 90 %.
        assert_eq!(summary(6, 9).lacking, 3, "90 % of 9 is 8,1, that is 9 people");
        assert_eq!(summary(9, 10).lacking, 0);
        assert_eq!(summary(0, 0).lacking, 0);
        assert_eq!(summary(6, 9).target_text().replace('\u{a0}', " "), "цель 90 %");
        assert_eq!(summary(6, 9).lacking_text().replace('\u{a0}', " "), "до цели ещё 3 человека");
        assert_eq!(summary(0, 0).value_text(), "–");
    }
}
