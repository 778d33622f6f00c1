//! The two sides of a matching: who waits for a mentor, and who may be one (B5).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::category::Category;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::config::Post;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::pair::Seniority;
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::{Place, Reach};
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::members;
use super::needs::{self, Need};
use super::rules::Rules;
use super::store::{StaffFilter, Whom};
use super::worker::Worker;
use crate::consents::Veil;

/// Whether somebody will read the names of these people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Whoever may not be named to this reader is left out.
    Shown,
    /// Only numbers will be shown, so nobody is.
    NotShown,
}

/// What both sides have alike: the facts of the staff list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sided {
    pub person: Uuid,
    pub place: Place,
    pub post: Post,
    pub seniority: Seniority,
    /// Subjects taught, in small letters.
    pub subjects: BTreeSet<String>,
}

/// Somebody confirmed in the bank whom nobody mentors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub who: Sided,
    /// Never empty.
    pub categories: Vec<Category>,
}

/// A candidate who may be offered (A8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    pub who: Sided,
    /// Places free throughout the period asked about.
    pub free_places: u32,
    pub kinds: Vec<Kind>,
    pub strengths: Vec<Domain>,
    pub works_remotely: bool,
    pub in_register: bool,
}

/// Who waits for a mentor within reach, and how many more there are who may not be named.
pub async fn waiting(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    names: Names,
    today: NaiveDate,
) -> anyhow::Result<(Vec<Waiting>, usize)> {
    let veil = veil(connection, reach, names, today).await?;
    let rules = Rules::load()?;
    // The others of the staff can't wait: of a region they are most of it.
    let confirmed = Whom::Confirmed(AcademicYear::of(today));
    let filter = StaffFilter { whom: confirmed, ..StaffFilter::default() };
    let mut needs = needs::load(connection, reach, &filter, today, &veil).await?;
    needs.retain(Need::waits_for_mentor);
    let (hidden, shown): (Vec<_>, Vec<_>) =
        needs.into_iter().partition(|need| veil.hides(need.worker.person, need.worker.school.id));
    let waiting = |need: Need| Waiting { categories: need.confirmed(), who: sided(&need.worker, rules) };
    Ok((shown.into_iter().map(waiting).collect(), hidden.len()))
}

/// Candidates within reach who may be offered, and how many more there are who may not be named.
pub async fn ready(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    names: Names,
    period: &Period,
    today: NaiveDate,
) -> anyhow::Result<(Vec<Ready>, usize)> {
    let veil = veil(connection, reach, names, today).await?;
    let rules = Rules::load()?;
    let mut members = members::all(connection, reach, &StaffFilter::default(), today).await?;
    members.retain(members::Member::is_ready);
    let (hidden, shown): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|member| veil.hides(member.person, member.school.id));
    let mut ready = Vec::with_capacity(shown.len());
    for member in shown {
        let Some(worker) = &member.worker else { continue };
        ready.push(Ready {
            who: sided(worker, rules),
            free_places: member.free_throughout(*period),
            strengths: member.terms.strengths.iter().map(|strength| strength.domain).collect(),
            kinds: member.terms.kinds,
            works_remotely: member.terms.works_remotely,
            in_register: member.terms.in_register,
        });
    }
    Ok((ready, hidden.len()))
}

async fn veil(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    names: Names,
    today: NaiveDate,
) -> anyhow::Result<Veil> {
    match names {
        Names::Shown => Ok(Veil::load(connection, reach, today).await?),
        Names::NotShown => Ok(Veil::default()),
    }
}

fn sided(worker: &Worker, rules: &Rules) -> Sided {
    let subjects = worker.jobs.iter().filter_map(|job| job.subject.as_deref());
    let subjects =
        subjects.map(|subject| subject.trim().to_lowercase()).filter(|subject| !subject.is_empty());
    Sided {
        person: worker.person,
        place: worker.school.place,
        post: worker.post(&rules.positions),
        seniority: Seniority { born: worker.born, teaching_since: worker.teaching_since },
        subjects: subjects.collect(),
    }
}
