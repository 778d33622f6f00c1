//! Rows of the bank: each list takes the same few queries however long it is.

mod candidates;
mod confirmations;
mod courses;
mod decisions;
mod nominations;
mod selection;
mod staff;
mod tables;
mod terms;
mod trusts;
mod write;

pub(super) use candidates::{CandidateRow, candidate_rows, lock_candidate, visible_candidate};
pub(super) use confirmations::{Confirmation, Side, confirm, confirmations};
pub(super) use courses::{CourseRow, NewCourse, add_course, cancel_course, courses, pass_course};
pub(super) use decisions::{Decision, Verdict, confirmed_codes, decisions};
pub(super) use nominations::{
    Nomination, NominationState, Nominations, add_nomination, close_nomination, nominations, own_candidacies,
    self_nominated, set_nomination, waiting_nominations,
};
pub(super) use selection::{
    SelectionDecision, add_selection_answer, add_selection_decision, selection_answers, selection_decisions,
    short_name,
};
pub(super) use staff::{StaffFilter, Whom, organizations, workers};
pub(super) use tables::{TableRow, add_table, own_table, set_applied};
pub(super) use terms::{
    CapacityRow, add_candidate, capacities, own_strong_domains, set_candidate, strengths,
};
pub(super) use trusts::{
    AchievementRow, MentorOf, Mentoring, achievements, last_change, mentorings, mentors_of, own_achievements,
};
pub(super) use write::{
    NewAchievement, NewDecision, add_achievement, add_decision, end_candidate, has_live_candidate,
    take_decision_back,
};
