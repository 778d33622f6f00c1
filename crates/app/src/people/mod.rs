//! Organizations, persons, employments, roles, ways in.

mod add;
mod store;

pub use add::{
    NewEmployment, NewGrant, NewOrganization, NewPerson, add_employment, add_grant, add_organization,
    add_person, add_territory,
};
