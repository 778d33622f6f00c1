//! What every slice stands on: database, web, sessions, journal, jobs, files.

pub mod accounts;
pub mod assets;
pub mod audit;
pub mod auth;
pub mod brand;
pub mod change;
pub mod clock;
pub mod db;
pub mod dev_ui;
pub mod errors;
pub mod files;
pub mod filters;
pub mod forms;
pub mod ids;
pub mod jobs;
pub mod listen;
pub mod listing;
pub mod migrate;
pub mod page;
pub mod password;
pub mod registry;
pub mod scope;
pub mod settings;
pub mod spreadsheet;
pub mod state;
pub mod web;
