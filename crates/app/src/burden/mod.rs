//! Minutes the program asks of mentors and mentees (L3): each form with its time and reason, what a month of them makes
//! for each person, and the ceiling the director has set.

mod ceiling;
mod page;
mod store;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

/// Paths of the burden.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ReadBurden, SignOrders};
    registry.get("/burden", ReadBurden, page::show).post("/burden/ceilings", SignOrders, ceiling::set)
}
