//! Tests that enter where users do: HTTP in process against the real router, on both databases.

mod support;

mod access;
mod door;
mod imports;
mod listening;
mod migrations;
mod tidy;
