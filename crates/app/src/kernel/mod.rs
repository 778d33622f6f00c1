//! What every slice stands on.

pub mod assets;
pub mod brand;
pub mod dev_ui;
pub mod filters;
pub mod forms;
pub mod listing;
pub mod page;
