//! «Наставник»: the information system of teacher mentoring.

pub mod cli;
pub mod demo;
pub mod entry;
pub mod imports;
pub mod jobs;
pub mod kernel;
pub mod people;
pub mod places;
pub mod routes;
