//! The bank: who needs a mentor and why, who may be a mentor (A5, A6, A8; п. 1.4, 3.1, 4.1.2).
//!
//! Front door for other slices: confirmed categories, people without a mentor, candidates with their places,
//! the lock on a candidate's last place, counts for the home page.

mod front;
mod members;
mod needs;
mod rules;
mod store;
mod worker;

pub use front::{
    Counts, Mentee, Mentor, candidates, confirmed_categories, counts, lock_candidate, needs_mentor,
    ready_mentors,
};
