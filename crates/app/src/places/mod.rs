//! Territories, organizations, roles, ways in.

mod add;
mod store;

pub use add::{NewGrant, NewOrganization, add_grant, add_organization, add_territory};
