//! The test bench: an application with its own database and a clock that stands still.

mod app;
mod base_things;
mod browser;
mod canary;
mod database;
mod objects;
mod pair_things;
pub(crate) mod process;
mod route;
mod run;
mod sheets;
mod world;

pub(crate) use app::{TestApp, start};
pub(crate) use browser::{Browser, Page};
pub(crate) use canary::{Canary, traces};
pub(crate) use objects::{Objects, Relation};
pub(crate) use pair_things::a_signed_order;
pub(crate) use sheets::{an_answered_sheet, hidden, workbook};
pub(crate) use world::{World, a_consent, a_mentorship, a_person};

/// One test, two databases: `db_test!(name, |app| async move { … })` makes `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! db_test {
    ($(#[$meta:meta])* $name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "bodies use what their module imports")]
            use super::*;

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let app = $crate::support::TestApp::on_sqlite().await;
                let body = $body;
                body(app.clone()).await;
                app.finish().await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let app = $crate::support::TestApp::on_postgres().await;
                let body = $body;
                body(app.clone()).await;
                app.finish().await;
            }
        }
    };
}
