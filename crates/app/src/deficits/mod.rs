//! The map of deficits and strengths in numbers, with the events of the city that answer them (G2, H10; п. 4.2, VI).
//!
//! It reads the results of completed sheets, never an answer, and no name.

mod board;
mod export;
mod map;
mod rules;
mod store;

use nastavnik_domain::policy::Permission::ReadDeficitMap;

use crate::kernel::registry::Registry;

/// Paths of the map.
pub fn routes(registry: Registry) -> Registry {
    registry.get("/deficits", ReadDeficitMap, board::show).get(
        "/deficits.xlsx",
        ReadDeficitMap,
        export::workbook,
    )
}
