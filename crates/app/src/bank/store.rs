//! Rows of the bank: each list takes the same few queries however long it is.

mod candidates;
mod confirmations;
mod decisions;
mod staff;
mod tables;
mod trusts;
mod write;

pub(super) use candidates::{CandidateRow, candidate_rows, lock_candidate, visible_candidate};
pub(super) use confirmations::{Confirmation, Side, confirm, confirmations};
pub(super) use decisions::{Decision, Verdict, confirmed_codes, decisions};
pub(super) use staff::{StaffFilter, Whom, organizations, workers};
pub(super) use tables::{Readiness, TableRow, add_table, own_table, readiness, set_applied, set_readiness};
pub(super) use trusts::{
    AchievementRow, MentorOf, Mentoring, achievements, last_change, mentorings, mentors_of,
};
pub(super) use write::{
    NewAchievement, NewDecision, add_achievement, add_candidate, add_decision, end_candidate,
    has_live_candidate, set_candidate, take_decision_back,
};
