//! Individual educational routes (E1-E6, п. 4.3.3): the teacher's own pages, and those of whoever accompanies.
//!
//! A route is kept as the events that made it (`domain::pathway`). The word in code is `pathway`: a route is what the
//! router has.

mod access;
mod act;
mod begin;
mod comments;
mod companions;
mod ending;
mod entries;
mod entry_form;
mod file;
mod front;
mod outcome;
mod own;
mod paper;
mod past;
mod picture;
mod sight;
mod steps;
mod store;
mod term;
mod visible;
mod write;
mod yearly;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use front::{Counts, Errand, OwnRoute, counts, errand, owners};

/// Paths of routes.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{AccompanyRoutes, ReadRoutes, SignedIn};
    registry
        .get("/own/route", SignedIn, own::show)
        .post("/own/route", SignedIn, begin::make)
        .get("/own/route/new", SignedIn, begin::show_new)
        .get("/own/route/ending", SignedIn, ending::show)
        .post("/own/route/ending", SignedIn, ending::stop)
        .get("/own/route/term", SignedIn, term::show)
        .post("/own/route/term", SignedIn, term::save)
        .get("/own/route/steps/{step}", SignedIn, steps::show)
        .post("/own/route/steps/{step}/completion", SignedIn, steps::complete)
        .post("/own/route/self-image", SignedIn, write::self_image)
        .post("/own/route/achievements", SignedIn, write::achievements)
        .post("/own/route/difficulties", SignedIn, write::difficulties)
        .post("/own/route/reflection", SignedIn, write::reflection)
        .post("/own/route/waiver", SignedIn, steps::waive)
        .post("/own/route/resumption", SignedIn, steps::resume)
        .get("/own/route/entries/new", SignedIn, entries::show_new)
        .post("/own/route/entries", SignedIn, entries::add)
        .get("/own/route/entries/{number}", SignedIn, entries::show)
        .post("/own/route/entries/{number}", SignedIn, entries::save)
        .post("/own/route/entries/{number}/removal", SignedIn, entries::remove)
        .get("/own/route/entries/{number}/product", SignedIn, outcome::show)
        .post("/own/route/entries/{number}/product", SignedIn, outcome::save)
        .post("/own/route/comments/{number}/answer", SignedIn, comments::answer)
        .get("/own/route/access", SignedIn, access::show)
        .post("/own/route/access", SignedIn, access::save)
        .get("/own/route/prints/{print}", SignedIn, paper::file)
        .get("/own/route/file", SignedIn, file::export)
        .upload("/own/route/imports", SignedIn, file::upload)
        .get("/own/route/imports/{route_import}", SignedIn, file::preview)
        .post("/own/route/imports/{route_import}/application", SignedIn, file::apply)
        .get("/own/routes/{route}", SignedIn, past::show)
        .get("/own/routes/{route}/access", SignedIn, access::show_of)
        .post("/own/routes/{route}/access", SignedIn, access::save_of)
        .post("/own/routes/{route}/comments/{number}/answer", SignedIn, comments::answer_in)
        .get("/own/routes/{route}/prints/{print}", SignedIn, paper::file_of)
        .get("/own/routes/{route}/file", SignedIn, file::export_of)
        .get("/routes", ReadRoutes, companions::list)
        .get("/routes/{id}", ReadRoutes, companions::show)
        .post("/routes/{id}/readings", AccompanyRoutes, companions::open)
        .post("/routes/{id}/comments", AccompanyRoutes, comments::add)
}
