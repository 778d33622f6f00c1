//! The facts of the work of pairs, gathered from the slices that know them: a fixed number of queries for any number of
//! pairs. A new source is asked in [`gather`] and becomes a field of `domain::evaluation::Facts`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::evaluation::{Facts, ProgramFacts, paths};
use nastavnik_domain::ids::PersonId;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::kernel::errors::Outcome;
use crate::pairs::Case;
use crate::{diagnosis, help, meetings, programs, tasks};

/// What is known of each of these pairs on the day.
pub(super) async fn gather(
    connection: &impl ConnectionTrait,
    cases: &[&Case],
    today: NaiveDate,
) -> Outcome<BTreeMap<Uuid, Facts>> {
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let mentees: Vec<Uuid> =
        cases.iter().flat_map(|case| case.pair.mentees.iter().map(|mentee| mentee.person)).collect();
    let organizations: Vec<Uuid> = cases.iter().map(|case| case.pair.organization).collect();
    let tallies = meetings::tallies(connection, &ids).await?;
    let programs = programs::in_force(connection, &ids).await?;
    let asked = help::tallies(connection, &ids).await?;
    let set = tasks::counts(connection, &ids, today).await?;
    let sheets = diagnosis::completed(connection, &mentees, &organizations, today).await?;
    let facts = cases.iter().map(|case| {
        let (id, from) = (case.pair.id, case.pair.period.from());
        let to = today.min(case.last_day()).max(from);
        let tally = tallies.get(&id).copied().unwrap_or_default();
        let (help_asked, help_answered) = asked.get(&id).copied().unwrap_or_default();
        let set = set.get(&id).copied().unwrap_or_default();
        let mentees = case.pair.staying().map(|mentee| {
            let own: Vec<_> = sheets.iter().filter(|past| past.person == mentee.person).collect();
            let own: Vec<_> = own.into_iter().map(|past| past.sheet.clone()).collect();
            (PersonId(mentee.person), paths(&own, from, to))
        });
        let facts = Facts {
            from,
            to,
            meetings: number(tally.meetings),
            visits: number(tally.visits),
            steps_done: number(tally.steps_done),
            steps_open: number(tally.steps_open),
            tasks_accepted: small(set.accepted),
            tasks_open: small(set.open + set.waiting),
            program: programs.get(&id).map(|program| of_program(program, to)),
            help_asked: number(help_asked),
            help_answered: number(help_answered),
            paths: mentees.filter(|(_, paths)| !paths.is_empty()).collect(),
        };
        (id, facts)
    });
    Ok(facts.collect())
}

fn of_program(program: &programs::InForce, to: NaiveDate) -> ProgramFacts {
    let late = program.waiting.iter().filter(|due| **due < to).count();
    ProgramFacts {
        revision: program.revision,
        measures: program.measures,
        done: program.done,
        late: u32::try_from(late).unwrap_or(u32::MAX),
        products: program.products.clone(),
    }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}
