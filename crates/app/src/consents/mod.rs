//! Consents to the processing of personal data (L2, 152-ФЗ).
//!
//! Front door for other slices: whether a consent is in force, and the same as a condition of a query.

mod store;

pub use store::{in_force, with_consent};
