//! Filters a person has named.
