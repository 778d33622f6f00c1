//! The door: signing in and out, one-time slips, one's own password, the look, health.

mod demo;
mod door;
mod own;
mod store;
mod system;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use demo::personas;

/// Paths of the door.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{Public, SignedIn};
    registry
        .get("/healthz", Public, system::health)
        .get("/assets/{file}", Public, system::asset)
        .get("/brand.css", Public, system::brand_css)
        .get("/emblems/{id}", Public, system::emblem)
        .post("/contrast", Public, system::set_contrast)
        .get("/login", Public, door::show)
        .post("/login", Public, door::enter)
        .post("/logout", Public, door::leave)
        .get("/invitations/{secret}", Public, door::show_invitation)
        .post("/invitations/{secret}", Public, door::accept_invitation)
        .get("/own/password", SignedIn, own::show_password)
        .post("/own/password", SignedIn, own::change_password)
        .post("/own/sessions/end", SignedIn, own::end_sessions)
}

/// Paths that exist in the demo only.
pub fn demo_routes(registry: Registry) -> Registry {
    registry.post("/demo/persona", Permission::Public, demo::switch).get(
        "/dev/ui",
        Permission::Public,
        demo::components,
    )
}
