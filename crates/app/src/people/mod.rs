//! Persons and their employments.

mod add;
mod store;

pub use add::{NewEmployment, NewPerson, add_employment, add_person};
