//! Territories, organizations, roles, ways in.

mod add;
mod card;
mod edit;
mod emblem;
mod ending;
mod export;
mod list;
mod logins;
mod rights;
mod roles;
mod slips;
mod stale;
mod store;
mod territories;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use add::{NewGrant, NewOrganization, add_grant, add_organization, add_territory};

/// Paths of places.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{EditOrganizations, GrantRoles, ManageAccounts, ManageInstallation, ReadOrganizations};
    registry
        .get("/organizations", ReadOrganizations, list::show)
        .get("/organizations.xlsx", ReadOrganizations, export::workbook)
        .get("/organizations/new", EditOrganizations, edit::show_new)
        .post("/organizations", EditOrganizations, edit::create)
        .get("/organizations/{id}", ReadOrganizations, card::show)
        .get("/organizations/{id}/edit", EditOrganizations, edit::show)
        .post("/organizations/{id}", EditOrganizations, edit::update)
        .post("/organizations/{id}/archive", EditOrganizations, card::archive)
        .post("/organizations/{id}/restoration", EditOrganizations, card::restore)
        .get("/organizations/{id}/roles/new", GrantRoles, roles::show)
        .post("/organizations/{id}/roles", GrantRoles, roles::grant)
        .get("/roles/{id}/end", GrantRoles, ending::show)
        .post("/roles/{id}/end", GrantRoles, ending::end)
        .get("/organizations/{id}/logins", ManageAccounts, logins::show)
        .post("/organizations/{id}/logins", ManageAccounts, slips::issue)
        .post("/logins/{account}/closing", ManageAccounts, logins::close)
        .get("/territories/new", ManageInstallation, territories::show_new)
        .post("/territories", ManageInstallation, territories::create)
        .get("/territories/{id}", EditOrganizations, territories::show)
        .upload("/territories/{id}", EditOrganizations, territories::update)
}
