//! The access matrix: every path × every role × (own organization, other organization of the municipality,
//! other municipality), against an oracle written by hand.

use crate::db_test;
use crate::support::{TestApp, World};
use nastavnik_domain::role::Role;

db_test!(show, |app: TestApp| async move {
    println!("{:?}", app.router);
});
