//! «Наставник»: the information system of teacher mentoring.

pub mod bank;
pub mod cli;
pub mod consents;
pub mod council;
pub mod deficits;
pub mod demo;
pub mod diagnosis;
pub mod entry;
pub mod home;
pub mod imports;
pub mod jobs;
pub mod kernel;
pub mod meetings;
pub mod monitoring;
pub mod oversight;
pub mod pairs;
pub mod papers;
pub mod people;
pub mod places;
pub mod programs;
pub mod register;
pub mod requests;
pub mod routes;
