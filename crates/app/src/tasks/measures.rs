//! A task from a measure of the approved program, by one press.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::{Body, Who};
use nastavnik_domain::task::{Event, Source, Wording};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::rules::Terms;
use super::set::led;
use super::{act, seat, store};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{self, Case};
use crate::programs;

/// The longest title of a task: a measure may be longer, then its whole text stands in what is to be done.
const TITLE: usize = 120;

/// A measure of the mentee's that has no task yet, with the mentees who lack it.
pub(super) struct Waiting {
    pub(super) source: Source,
    pub(super) due: NaiveDate,
    what: String,
    mentees: Vec<PersonId>,
}

/// Measures without tasks, by their terms.
pub(super) async fn waiting(connection: &impl ConnectionTrait, case: &Case) -> Outcome<Vec<Waiting>> {
    let lines = programs::approved_lines(connection, case.pair.id).await?;
    let made = store::of_lines(connection, case.pair.id).await?;
    Ok(lines.iter().filter_map(|(line, body)| without_task(case, &made, *line, body)).collect())
}

fn without_task(case: &Case, made: &BTreeSet<(Uuid, Uuid)>, line: Uuid, body: &Body) -> Option<Waiting> {
    let Body::Measure { what, form, due, who: Who::Both | Who::Mentee, product, .. } = body else {
        return None;
    };
    let lacks = case.pair.staying().filter(|one| !made.contains(&(line, one.person)));
    let mentees: Vec<PersonId> = lacks.map(|one| PersonId(one.person)).collect();
    if mentees.is_empty() {
        return None;
    }
    let rest = [("Форма", form), ("Что останется", product)];
    let rest =
        rest.into_iter().filter(|(_, text)| !text.is_empty()).map(|(title, text)| format!("{title}: {text}"));
    let what = std::iter::once(what.clone()).chain(rest).collect::<Vec<_>>().join("\n");
    Some(Waiting { source: Source::of(line, body)?, due: *due, what, mentees })
}

fn title(text: &str) -> String {
    if text.chars().count() <= TITLE {
        return text.to_owned();
    }
    let cut: String = text.chars().take(TITLE - 1).collect();
    format!("{}…", cut.trim_end())
}

pub(super) async fn make(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    seat::setting(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let case = seat::setting(&ctx, change.tx(), id).await?;
    let chosen = submitted.form.text("measure").parse::<Uuid>().ok();
    let measures = waiting(change.tx(), &case).await?;
    let Some(measure) = measures.into_iter().find(|one| Some(one.source.line) == chosen) else {
        return Err(AppError::Conflict(
            "Задание по этому мероприятию уже поставлено, или в программе его больше нет. Откройте задания заново"
                .to_owned(),
        ));
    };
    let wording = Wording {
        title: title(&measure.source.text),
        what: measure.what,
        due: Terms::on(ctx.today)?.of_measure(measure.due, case.last_day())?,
    };
    let mut made = Vec::new();
    for mentee in measure.mentees {
        let event = Event::Set { mentee, wording: wording.clone(), source: Some(measure.source.clone()) };
        made.push(act::set(&ctx, &change, &case, event).await?);
    }
    let (to, notice) = led(id, &made);
    change.finish(&to, notice).await
}
