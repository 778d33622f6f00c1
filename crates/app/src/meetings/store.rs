//! All SQL of meetings.

mod calls;
mod facts;
mod lessons;
mod plans;
mod pulse;
mod read;
mod write;

pub(super) use calls::{CallRow, Desks, add_call, answer_call, calls_of_pair, open_calls, visible_calls};
pub use facts::Tally;
pub(super) use facts::{days, facts, held, own_pairs, running, tallies};
pub(super) use lessons::{Lesson, NewLesson, add_lesson, answer_lesson, lesson, lessons_due, lessons_of};
pub(super) use plans::{
    FeedEvent, NewPlans, Plan, PlanState, add_plans, cancel_rest, close_feed, feed_by_secret, feed_events,
    feed_of, move_plan, plan_of, planned_between, plans_of, set_feed,
};
pub(super) use pulse::{NewPulse, add_pulse, last_pulses, pulse_counts};
pub(super) use read::{count, last_kind, meeting, meetings, on_day, open_steps};
pub(super) use write::{
    NewMeeting, add_meeting, add_note, cancel_meeting, change_meeting, change_note, close_steps, set_present,
};
