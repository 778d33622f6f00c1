//! What each kind of mentoring demands (C2-C9, п. 2.3).

use chrono::NaiveDate;

use super::{Draft, Goal, PairError, Seniority};
use crate::ids::PersonId;
use crate::kind::Kind;

/// Fewer meetings than this are no schedule: п. 2.3 speaks of the work between meetings.
const LEAST_MEETINGS_BY_SCHEDULE: usize = 2;

pub(super) fn check(draft: &Draft, errors: &mut Vec<PairError>) {
    contradictions(draft, errors);
    for kind in &draft.kinds {
        match kind {
            Kind::Traditional => {
                if draft.mentees.len() > 1 {
                    errors.push(PairError::TraditionalIsOneToOne(draft.mentees.len()));
                }
            }
            Kind::Group => {
                if draft.mentees.len() < 2 {
                    errors.push(PairError::GroupTooSmall(draft.mentees.len()));
                }
            }
            Kind::Virtual => {
                if draft.online_place.as_deref().is_none_or(|place| place.trim().is_empty()) {
                    errors.push(PairError::VirtualNeedsPlace);
                }
            }
            Kind::GoalSetting => goal_setting(draft, errors),
            Kind::Reverse => reverse(draft, errors),
            Kind::Speed => {
                if draft.meetings.len() != 1 {
                    errors.push(PairError::SpeedIsOneMeeting(draft.meetings.len()));
                }
            }
            // C6: help comes as it is needed, so nothing is set beforehand.
            Kind::Situational => {}
        }
    }
    let outside = draft.meetings.iter().filter(|day| !draft.period.contains(**day));
    errors.extend(outside.map(|day| PairError::MeetingOutsidePeriod(*day)));
}

/// C9: at least one kind, and none against another.
fn contradictions(draft: &Draft, errors: &mut Vec<PairError>) {
    if draft.kinds.is_empty() {
        errors.push(PairError::NoKinds);
    }
    for one in &draft.kinds {
        for two in draft.kinds.iter().filter(|two| one < *two) {
            if let Some(reason) = one.conflict(*two) {
                errors.push(PairError::KindsContradict { one: *one, two: *two, reason });
            }
        }
    }
}

/// C4: a schedule and a measurable goal before the start.
fn goal_setting(draft: &Draft, errors: &mut Vec<PairError>) {
    let mut days = draft.meetings.clone();
    days.sort_unstable();
    days.dedup();
    if days.len() < LEAST_MEETINGS_BY_SCHEDULE {
        errors.push(PairError::NoSchedule(days.len()));
    }
    if !draft.goals.iter().any(Goal::is_measurable) {
        errors.push(PairError::NoMeasurableGoal);
    }
}

/// C5: the mentor is younger or has less experience than every mentee.
pub(super) fn reverse(draft: &Draft, errors: &mut Vec<PairError>) {
    let mentor = Seniority { born: draft.mentor.born, teaching_since: draft.mentor.teaching_since };
    for mentee in &draft.mentees {
        let other = Seniority { born: mentee.born, teaching_since: mentee.teaching_since };
        errors.extend(reverse_refusal(mentor, other, mentee.person));
    }
}

/// C5 for one mentee; where a date is not known, the other one decides alone.
pub(crate) fn reverse_refusal(mentor: Seniority, mentee: Seniority, person: PersonId) -> Option<PairError> {
    let age = later(mentor.born, mentee.born);
    let experience = less_experience(mentor, mentee);
    match (age, experience) {
        (Some(true), _) | (_, Some(true)) => None,
        (None, None) => Some(PairError::ReverseUnknown(person)),
        (Some(false), Some(false)) => Some(PairError::ReverseOlderAndMoreExperienced(person)),
        (Some(false), None) => Some(PairError::ReverseOlder(person)),
        (None, Some(false)) => Some(PairError::ReverseMoreExperienced(person)),
    }
}

/// Why somebody may mentor somebody the other way round (C5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReverseGround {
    Younger,
    LessExperienced,
    YoungerAndLessExperienced,
}

impl ReverseGround {
    /// Words for people, about the one who becomes the mentor.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Younger => "младше по возрасту",
            Self::LessExperienced => "меньше педагогический стаж",
            Self::YoungerAndLessExperienced => "младше по возрасту и меньше педагогический стаж",
        }
    }
}

/// C5: on what ground `mentor` may mentor `mentee` the other way round, or why not.
pub fn reverse_ground(
    mentor: Seniority,
    mentee: Seniority,
    person: PersonId,
) -> Result<ReverseGround, PairError> {
    if let Some(refusal) = reverse_refusal(mentor, mentee, person) {
        return Err(refusal);
    }
    let younger = later(mentor.born, mentee.born) == Some(true);
    Ok(match (younger, less_experience(mentor, mentee) == Some(true)) {
        (true, true) => ReverseGround::YoungerAndLessExperienced,
        (true, false) => ReverseGround::Younger,
        _ => ReverseGround::LessExperienced,
    })
}

fn later(one: Option<NaiveDate>, two: Option<NaiveDate>) -> Option<bool> {
    Some(one? > two?)
}

/// Dates known by the year only decide when they don't overlap; otherwise they decide nothing.
fn less_experience(mentor: Seniority, mentee: Seniority) -> Option<bool> {
    let (mentor, mentee) = (mentor.teaching_since?, mentee.teaching_since?);
    if mentor.earliest() > mentee.latest() {
        return Some(true);
    }
    (mentor.latest() <= mentee.earliest()).then_some(false)
}
