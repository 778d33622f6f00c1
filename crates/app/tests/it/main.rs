//! Tests that enter where users do: HTTP in process against the real router, on both databases.

mod support;

mod access;
mod door;
mod durability;
mod listening;
mod migrations;
mod pairs;
mod papers;
mod places;
mod tidy;
