//! The fields of a task as its mentor words it.

use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::Body;
use nastavnik_domain::task::{Source, Wording};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::kernel::errors::Outcome;
use crate::kernel::filters::long_date;
use crate::kernel::forms::{Choice, Form};
use crate::pairs::Case;
use crate::programs;

const TITLE: usize = 120;
const WHAT: usize = 2000;

/// What the form of a new task offers to choose.
pub(super) struct Offered {
    /// The mentees of a group; empty for two.
    pub(super) mentees: Vec<Choice>,
    /// Goals and measures of the approved program.
    pub(super) sources: Vec<Choice>,
    lines: Vec<(Uuid, Body)>,
}

impl Offered {
    pub(super) async fn of(connection: &impl ConnectionTrait, case: &Case) -> Outcome<Self> {
        let lines = programs::approved_lines(connection, case.pair.id).await?;
        let staying: Vec<_> = case.pair.staying().collect();
        let group = if staying.len() > 1 { staying.as_slice() } else { &[] };
        Ok(Self {
            mentees: group.iter().map(|one| Choice::new(one.person.to_string(), one.name.short())).collect(),
            sources: lines.iter().map(|(id, body)| Choice::new(id.to_string(), body.name())).collect(),
            lines,
        })
    }

    fn source(&self, chosen: &str) -> Option<Source> {
        let (line, body) = self.lines.iter().find(|(line, _)| line.to_string() == chosen)?;
        Source::of(*line, body)
    }
}

/// A new task that has passed every check, for each mentee chosen.
pub(super) struct NewTask {
    pub(super) mentees: Vec<PersonId>,
    pub(super) wording: Wording,
    pub(super) source: Option<Source>,
}

/// Reads a new task; mistakes stand at their fields.
pub(super) fn read_new(form: &mut Form, offered: &Offered, case: &Case, today: NaiveDate) -> Option<NewTask> {
    let wording = read_wording(form, case, today);
    let source = form.optional_choice("source", "Из программы", &offered.sources);
    let mentees = read_mentees(form, offered, case);
    if !form.is_valid() {
        return None;
    }
    let source = source.and_then(|chosen| offered.source(&chosen));
    Some(NewTask { mentees, wording: wording?, source })
}

fn read_mentees(form: &mut Form, offered: &Offered, case: &Case) -> Vec<PersonId> {
    if offered.mentees.is_empty() {
        return case.pair.staying().map(|one| PersonId(one.person)).collect();
    }
    let chosen = form.choices("mentee", "Кому", &offered.mentees);
    if chosen.is_empty() {
        form.error("mentee", "Отметьте хотя бы одного, кому ставите задание.");
    }
    chosen.iter().filter_map(|id| id.parse().ok()).map(PersonId).collect()
}

/// Reads what is asked and by when.
pub(super) fn read_wording(form: &mut Form, case: &Case, today: NaiveDate) -> Option<Wording> {
    let title = form.required_text("title", "Задание", TITLE);
    let what = form.required_paragraphs("what", "Что сделать", WHAT);
    let due = read_due(form, case, today);
    Some(Wording { title: title?, what: what?, due: due? })
}

/// Reads a term: from today on, within the days of the pair.
pub(super) fn read_due(form: &mut Form, case: &Case, today: NaiveDate) -> Option<NaiveDate> {
    let due = form.required_date("due", "Срок")?;
    if due < today {
        form.error("due", "Этот день прошёл. Назовите сегодняшний день или один из следующих.");
        return None;
    }
    if due > case.last_day() {
        let last = long_date(case.last_day());
        form.error("due", format!("Пара работает по {last}. Назовите день не позже."));
        return None;
    }
    Some(due)
}

/// The form of a wording that stands.
pub(super) fn filled(wording: &Wording) -> Form {
    Form::blank()
        .with("title", wording.title.clone())
        .with("what", wording.what.clone())
        .with("due", wording.due.to_string())
}
