//! Persons and their employments.

mod add;
mod batch;
mod front;
mod store;
mod visible;

pub use add::{NewEmployment, NewPerson, add_employment, add_person, update_employment, update_person};
pub use batch::{add_employments, add_people, bring_back, end_employment};
pub use front::{Employed, Job, PersonBrief, briefs, employed_on, since};
pub use visible::{View, VisiblePerson, visible_person};
