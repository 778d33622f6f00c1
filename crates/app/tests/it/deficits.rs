//! The city's map of deficits and strengths.
