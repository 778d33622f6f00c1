//! Tests that enter where users do: HTTP in process against the real router, on both databases.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that can not go on says so")]
#![expect(
    clippy::too_many_lines,
    clippy::items_after_statements,
    clippy::type_complexity,
    clippy::match_same_arms,
    reason = "a story is read from top to bottom"
)]

mod support;

mod access;
mod bank;
mod banktables;
mod board;
mod command_line;
mod consents;
mod council;
mod deficits;
mod diagnosis;
mod door;
mod durability;
mod endings;
mod evaluations;
mod help;
mod home;
mod imports;
mod listening;
mod matching;
mod meetings;
mod mentors;
mod migrations;
mod monitoring;
mod oversight;
mod pairs;
mod papers;
mod partnerships;
mod pathway;
mod people;
mod places;
mod program_base;
mod programs;
mod register;
mod requests;
mod speed;
mod talk;
mod tasks;
mod tidy;
