//! App.

pub mod kernel;
