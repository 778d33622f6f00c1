//! All SQL of programs.

mod events;
mod helpers;
mod lists;
mod template;

pub(super) use events::{add_revision, insert, keep, locked, of_pair, programs_of_pairs, version_of};
pub(super) use helpers::{
    Colleague, Invitation, add_helper, colleagues, invitation, invitations, set_answer,
};
pub(super) use lists::{Row, goals_keys, of_pairs};
pub(super) use template::{TemplateRow, add_template, end_template, template_rows, visible_template};
