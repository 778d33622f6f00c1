//! What other slices may ask about people.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::NaiveDate;
use nastavnik_domain::ids::{EmploymentId, OrganizationId, PersonId};
use nastavnik_domain::period::{Precision, Since};
use nastavnik_domain::person::{Education, FullName, Gender, Qualification};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::NameForms;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, BriefRow, EmployedRow};

/// Enough of a person to name them in a list or on a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonBrief {
    pub id: PersonId,
    pub name: FullName,
    pub gender: Gender,
    /// Case forms typed by hand; pass them on to `russian::decline_full`.
    pub forms: Option<NameForms>,
}

/// Somebody who works on a day, with their employments in the organizations asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employed {
    pub person: PersonId,
    pub name: FullName,
    pub gender: Gender,
    pub born_on: Option<NaiveDate>,
    pub education: Option<Education>,
    /// Since when the person has taught anywhere.
    pub teaching_since: Option<Since>,
    /// Employments in force on the day and those that had ended before it, by their beginning.
    pub jobs: Vec<Job>,
}

/// One employment: a position in an organization for a period `[started, ended_on)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: EmploymentId,
    pub organization: OrganizationId,
    pub position: String,
    pub subject: Option<String>,
    pub qualification: Option<Qualification>,
    /// Share of a full post, percent.
    pub share_percent: i64,
    /// Nothing means «always has worked here», as far as anybody knows.
    pub started: Option<Since>,
    /// The first day without work: the day after the last working day.
    pub ended_on: Option<NaiveDate>,
}

impl Job {
    /// Whether the person works in this position on the day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.started.is_none_or(|since| since.date <= day)
            && self.ended_on.is_none_or(|ended_on| ended_on > day)
    }
}

impl Employed {
    /// Positions held on the day, of one organization or of all that were asked about.
    pub fn jobs_on(
        &self,
        organization: Option<OrganizationId>,
        day: NaiveDate,
    ) -> impl Iterator<Item = &Job> {
        self.jobs.iter().filter(move |job| {
            job.is_in_force(day) && organization.is_none_or(|organization| organization == job.organization)
        })
    }

    /// Since when the person has worked in the organization without a break as of the day: a change of the
    /// position does not make anybody new there. Nothing if the beginning is not known.
    pub fn hired(&self, organization: OrganizationId, day: NaiveDate) -> Option<Since> {
        let here = || self.jobs.iter().filter(|job| job.organization == organization);
        if here().any(|job| job.is_in_force(day) && job.started.is_none()) {
            return None;
        }
        let mut since =
            here().filter(|job| job.is_in_force(day)).filter_map(|job| job.started).min_by_key(|s| s.date)?;
        // Each step goes to an earlier beginning, so the walk ends.
        loop {
            let touches = |job: &&Job| job.ended_on.is_none_or(|ended_on| ended_on >= since.date);
            let earlier = here().filter(touches).filter_map(|job| job.started).min_by_key(|start| start.date);
            match earlier.filter(|start| start.date < since.date) {
                Some(start) => since = start,
                None => return Some(since),
            }
        }
    }
}

/// Names, gender and typed case forms of people, one query for each 500. Ids that nobody has are left out.
/// Asks nothing about rights: the ids come from rows that were found visible.
pub async fn briefs(
    connection: &impl ConnectionTrait,
    people: &[PersonId],
) -> anyhow::Result<BTreeMap<PersonId, PersonBrief>> {
    let ids: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let rows = store::brief_rows(connection, &ids).await?;
    rows.iter().map(|row| brief(row).map(|brief| (brief.id, brief))).collect()
}

/// Names of everybody who works in the organization or ever did, those who have left the municipality and those in the
/// archive too. Asks nothing about rights: the names are for rules that look for them, never for a page.
pub async fn ever_employed(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
) -> anyhow::Result<Vec<PersonBrief>> {
    store::ever_employed_rows(connection, organization.0).await?.iter().map(brief).collect()
}

/// Everybody who works on the day in the organizations within reach (or in one of them), by the Russian
/// alphabet, in ONE query. Earlier employments in the same organizations come along, so that
/// [`Employed::hired`] sees through a change of position. A reach from a permission cuts to its holder;
/// `Reach { everywhere: true, .. }` counts for everybody.
///
/// People archived since then are there: on that day they did work.
pub async fn employed_on(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    organization: Option<OrganizationId>,
    day: NaiveDate,
) -> anyhow::Result<Vec<Employed>> {
    let rows = store::employed_rows(connection, reach, organization.map(|id| id.0), day).await?;
    let mut people: Vec<Employed> = Vec::new();
    for row in rows {
        let job = job(&row);
        match people.last_mut() {
            Some(last) if last.person.0 == row.person_id => last.jobs.push(job),
            _ => people.push(employed(&row, job)?),
        }
    }
    people.retain(|person| person.jobs.iter().any(|job| job.is_in_force(day)));
    Ok(people)
}

/// The organization of the main job on the day.
pub async fn workplace(
    connection: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<Option<Uuid>, sea_orm::DbErr> {
    store::workplace(connection, person, day).await
}

/// A beginning as stored. One counted back from years of experience is known to about a year.
pub fn since(date: Option<NaiveDate>, precision: Option<&str>) -> Option<Since> {
    let precision = match precision {
        Some("experience") => Precision::Year,
        Some(code) => Precision::from_code(code).unwrap_or(Precision::Day),
        None => Precision::Day,
    };
    date.map(|date| Since { date, precision })
}

fn brief(row: &BriefRow) -> anyhow::Result<PersonBrief> {
    Ok(PersonBrief {
        id: PersonId(row.id),
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        gender: Gender::from_code(&row.gender).context("неизвестный пол")?,
        forms: forms(row.name_forms.as_deref())?,
    })
}

/// Typed case forms as stored.
pub(super) fn forms(stored: Option<&str>) -> anyhow::Result<Option<NameForms>> {
    let stored = stored.filter(|text| !text.is_empty());
    Ok(stored.map(serde_json::from_str::<NameForms>).transpose()?.filter(|forms| !forms.is_empty()))
}

fn employed(row: &EmployedRow, job: Job) -> anyhow::Result<Employed> {
    Ok(Employed {
        person: PersonId(row.person_id),
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        gender: Gender::from_code(&row.gender).context("неизвестный пол")?,
        born_on: row.born_on,
        education: row.education.as_deref().and_then(Education::from_code),
        teaching_since: since(row.teaching_since, row.teaching_precision.as_deref()),
        jobs: vec![job],
    })
}

fn job(row: &EmployedRow) -> Job {
    Job {
        id: EmploymentId(row.employment_id),
        organization: OrganizationId(row.organization_id),
        position: row.position.clone(),
        subject: row.subject.clone().filter(|subject| !subject.trim().is_empty()),
        qualification: row.qualification.as_deref().and_then(Qualification::from_code),
        share_percent: row.share_percent,
        started: since(row.started_on, row.started_precision.as_deref()),
        ended_on: row.ended_on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn worked(spans: &[(&str, Option<&str>)]) -> Employed {
        let job = |(from, to): &(&str, Option<&str>)| Job {
            id: EmploymentId(Uuid::nil()),
            organization: OrganizationId(Uuid::nil()),
            position: "учитель".to_owned(),
            subject: None,
            qualification: None,
            share_percent: 100,
            started: Some(Since::day(day(from))),
            ended_on: to.map(day),
        };
        Employed {
            person: PersonId(Uuid::nil()),
            name: FullName::new("Ёлкина", "Анна", None),
            gender: Gender::Female,
            born_on: None,
            education: None,
            teaching_since: None,
            jobs: spans.iter().map(job).collect(),
        }
    }

    #[test]
    fn a_change_of_position_does_not_make_anybody_new() {
        let here = OrganizationId(Uuid::nil());
        let moved = worked(&[("2020-09-01", Some("2023-09-01")), ("2023-09-01", None)]);
        assert_eq!(moved.hired(here, day("2026-11-23")), Some(Since::day(day("2020-09-01"))));
        let came_back = worked(&[("2020-09-01", Some("2023-05-31")), ("2023-09-01", None)]);
        assert_eq!(came_back.hired(here, day("2026-11-23")), Some(Since::day(day("2023-09-01"))));
        assert_eq!(came_back.hired(OrganizationId(Uuid::max()), day("2026-11-23")), None);
    }

    #[test]
    fn the_last_day_is_the_day_before_the_end() {
        let gone = worked(&[("2020-09-01", Some("2026-06-01"))]);
        assert!(gone.jobs[0].is_in_force(day("2026-05-31")));
        assert!(!gone.jobs[0].is_in_force(day("2026-06-01")));
        assert!(!gone.jobs[0].is_in_force(day("2020-08-31")));
    }
}
