//! Pairs and groups: a mentor, one or more mentees, terms; their state follows from papers (п. 2.3, 4.1).

mod front;
mod record;
mod state;
mod store;

pub use front::{
    Counts, cases_by_ids, cases_of_organization, counts, director, end, in_force_rows, lock, school, visible_case,
};
pub use record::{Ended, Job, Pair, Participant, PayTerms, Side, Supplements};
pub use state::{Case, State};
pub use store::School;
