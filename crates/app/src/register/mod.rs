//! The register of mentors and experts of the municipality (G9, ДК 1.4): by field, for those who look for help in
//! another organization; and its public face, only of those who let their names be published.

mod export;
mod list;
mod open;
mod store;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

/// Paths of the register.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{Public, ReadRegister};
    registry
        .get("/register", ReadRegister, list::show)
        .get("/register.xlsx", ReadRegister, export::workbook)
        .get("/mentors", Public, open::show)
}
