//! Employments of a person before and after a list.

use anyhow::Context;
use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::person::{Education, Qualification};
use nastavnik_domain::staff_list::{KnownEmployment, KnownPerson, Since, position_key};

use super::store::{Candidate, JobFacts};
use crate::kernel::db::Tx;
use crate::people::{self, NewEmployment, NewPerson};

/// A full post, when the list says nothing.
const FULL: u16 = 100;

/// The facts of a person as the front door of people takes them.
pub(super) fn person_facts(person: &KnownPerson) -> anyhow::Result<NewPerson> {
    Ok(NewPerson {
        name: person.name.clone(),
        gender: person.gender.context("пол не известен")?,
        born_on: person.born_on,
        education: person.education.map(Education::code),
        teaching_since: person.teaching_since.map(|since| since.date),
        teaching_precision: person.teaching_since.map(|since| since.precision.code()),
        phone: person.phone.clone(),
        email: person.email.clone(),
    })
}

/// An employment as the front door of people takes it.
pub(super) fn new_job(person: PersonId, job: &KnownEmployment, started: Option<Since>) -> NewEmployment<'_> {
    NewEmployment {
        person: person.0,
        organization: job.organization_id.0,
        position: &job.position,
        subject: job.subject.as_deref(),
        qualification: job.qualification.map(Qualification::code),
        share_percent: i64::from(job.share.unwrap_or(FULL)),
        started_on: started.map(|since| since.date),
        started_precision: started.map(|since| since.precision.code()),
    }
}

/// Writes the employments that differ.
pub(super) async fn write(
    tx: &Tx,
    before: &Candidate,
    now: &KnownPerson,
    today: NaiveDate,
) -> anyhow::Result<()> {
    let mut added = Vec::new();
    for job in &now.employments {
        let Some(id) = job.id else {
            added.push(new_job(now.id, job, job.hired_on));
            continue;
        };
        let facts = before.jobs.get(&id).context("работа из предпросмотра не найдена")?;
        if *job == facts.job {
            continue;
        }
        let started = beginning(tx, before, facts, job).await?;
        let is_transfer = position_key(&job.position) != position_key(&facts.job.position)
            && started.is_none_or(|since| since.date < today);
        if is_transfer {
            people::end_employment(tx, id.0, today).await?;
            added.push(new_job(now.id, job, Some(Since::day(today))));
        } else {
            people::update_employment(tx, id.0, &new_job(now.id, job, started)).await?;
        }
    }
    people::add_employments(tx, &added).await?;
    Ok(())
}

/// The own beginning of the employment. Another day of hiring belongs to the first position of a chain.
async fn beginning(
    tx: &Tx,
    before: &Candidate,
    facts: &JobFacts,
    job: &KnownEmployment,
) -> anyhow::Result<Option<Since>> {
    if job.hired_on == facts.job.hired_on {
        return Ok(facts.started);
    }
    let id = facts.job.id.context("работа без номера")?;
    if facts.root == id {
        return Ok(job.hired_on);
    }
    let root = before.jobs.get(&facts.root).context("первая должность не найдена")?;
    // The first position can't begin after it ended.
    let hired = job.hired_on.filter(|since| root.ended_on.is_none_or(|end| since.date < end));
    if hired.is_some() {
        people::update_employment(tx, facts.root.0, &new_job(before.person.id, &root.job, hired)).await?;
    }
    Ok(facts.started)
}
