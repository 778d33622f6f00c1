//! The rules of mentoring (order № 548-п of 23.08.2024): plain data in, decision out.
//!
//! This crate does no input or output. It never asks what time it is: dates, moments and
//! identifiers come in as arguments, so every rule can be tested with an example on paper.

pub mod burden;
pub mod category;
pub mod competence;
pub mod config;
pub mod confirmation;
pub mod consent;
pub mod council;
pub mod deadline;
pub mod depersonal;
pub mod evaluation;
pub mod event;
pub mod fit;
pub mod gate;
pub mod health;
pub mod help;
pub mod ids;
pub mod indicator;
pub mod kind;
pub mod matching;
pub mod meeting;
pub mod mentor;
pub mod organization;
pub mod pair;
pub mod partnership;
pub mod pathway;
pub mod period;
pub mod person;
pub mod petition;
pub mod policy;
pub mod program;
pub mod program_base;
pub mod request;
pub mod role;
pub mod rotation;
pub mod russian;
pub mod selection;
pub mod staff_list;
pub mod suppression;
pub mod talk;
pub mod task;
pub mod training;
pub mod working_days;
pub mod year;
