//! What goes over to the next mentor when a mentor is replaced (F7, п. 5.2.1; decision 0027).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::event::{Event, Former, Source, Wording};
use super::life::{State, Task};
use super::nudge::due_of_measure;
use crate::ids::PersonId;

/// Who goes on with tasks, and within which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    pub mentor: PersonId,
    /// Those who go over; the others of a group stay.
    pub mentees: Vec<PersonId>,
    /// From the lines of the former program to those of the new one.
    pub lines: BTreeMap<Uuid, Uuid>,
    /// The days on which the next pair works.
    pub from: NaiveDate,
    pub last: NaiveDate,
    /// The term of a task whose own has passed before they can begin.
    pub usual: NaiveDate,
}

/// How a task begins with the next mentor: what is asked, by when, where it stood. Nothing that was said about it and
/// nothing that was handed in: the mentee alone hands a work over. None if it is accepted or called off, or if its mentee
/// stays with the former mentor.
pub fn taken_over(id: Uuid, task: &Task, next: &Successor) -> Option<Event> {
    let was = task.state();
    let waits = matches!(was, State::Set | State::HandedIn | State::Returned);
    if !waits || !next.mentees.contains(&task.mentee) {
        return None;
    }
    // Replaced twice before the work was handed over: it still lies with the first.
    let unchecked = match was {
        State::HandedIn => Some(id),
        State::Set => task.former.and_then(|former| former.unchecked),
        _ => None,
    };
    let was = if unchecked.is_some() { State::HandedIn } else { was };
    Some(Event::TakenOver {
        mentor: next.mentor,
        mentee: task.mentee,
        wording: Wording {
            due: due_of_measure(task.wording.due, next.from, next.usual, next.last),
            ..task.wording.clone()
        },
        source: task.source.as_ref().and_then(|source| moved(source, &next.lines)),
        former: Former { task: id, was, unchecked },
    })
}

/// The same line in the new program; none if it did not go over.
fn moved(source: &Source, lines: &BTreeMap<Uuid, Uuid>) -> Option<Source> {
    let line = *lines.get(&source.line)?;
    Some(Source { line, ..source.clone() })
}
