//! All SQL of evaluations. Words of a part are read by `parts` alone; lists ask `signed`.

mod parts;
mod rows;

pub(super) use parts::{NewPart, answers, marks, parts, save_part, set_answers, set_marks, signed};
pub(super) use rows::{
    Confirmed, NewConclusion, ensure, of_pairs, set_asked, set_concluded, set_confirmed, set_returned,
};
