//! Who sees a person, and how much of them.

use chrono::NaiveDate;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::{Actor, Permission, Place, Reach};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::store::{self, JobRow, PersonRow};
use crate::consents;

/// How much of a person somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The person themselves: everything but the journal.
    Own,
    /// Whoever answers for the place where the person works, or worked last (п. 4.1, 4.2).
    Staff,
    /// The person left for another organization: only what was here, no contacts.
    Former,
    /// The other side of a mentorship that has not ended: name, positions, contacts.
    Partner,
}

/// A person somebody may see.
#[derive(Clone, Debug)]
pub struct VisiblePerson {
    pub id: PersonId,
    pub view: View,
    /// Where the person works, or worked last when nowhere now: the right to change the person is asked at one
    /// of these places. Empty for somebody who never worked anywhere.
    pub home: Vec<Place>,
    pub(super) person: PersonRow,
    /// Employments this viewer may see, the current ones first.
    pub(super) jobs: Vec<JobRow>,
    /// How much of the life in organizations outside the viewer's reach.
    pub(super) elsewhere: Elsewhere,
    /// Past jobs elsewhere were left out of `jobs`.
    pub(super) has_left_jobs_out: bool,
}

/// What a viewer sees of organizations they do not reach: an organization the person has come to sees the former ones
/// by the person's consent to continuity only (решение 0009). Present jobs elsewhere are always seen: a second job
/// matters to both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// Everything: the consent is in force, or nothing lies outside of reach.
    Open,
    /// Only that there is something.
    Closed,
}

impl VisiblePerson {
    /// May the actor use the permission on this person: at one of the home places?
    pub fn allows(&self, actor: &Actor, permission: Permission) -> bool {
        let reach = actor.reach(permission);
        reach.everywhere || self.home.iter().any(|place| reach.covers(place))
    }
}

/// The person if the actor may see them by [`Permission::ReadPerson`]; a few queries.
pub async fn visible_person(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    id: PersonId,
    today: NaiveDate,
) -> Result<Option<VisiblePerson>, DbErr> {
    let Some(person) = store::person(connection, id.0).await? else { return Ok(None) };
    let mut jobs = store::jobs(connection, &[id.0]).await?;
    let home = home(&jobs, today);
    let reach = actor.reach(Permission::ReadPerson);
    let Some(view) = view(connection, actor, (id.0, &reach), (&home, &jobs), today).await? else {
        return Ok(None);
    };
    let mut elsewhere = Elsewhere::Open;
    let known = jobs.len();
    match view {
        View::Own => {}
        View::Staff => {
            elsewhere = continuity(connection, id.0, &reach, today).await?;
            if elsewhere == Elsewhere::Closed {
                jobs.retain(|job| job.is_open(today) || reach.covers(&job.place()));
            }
        }
        View::Former => jobs.retain(|job| reach.covers(&job.place())),
        View::Partner => jobs.retain(|job| job.is_open(today)),
    }
    let has_left_jobs_out = elsewhere == Elsewhere::Closed && jobs.len() < known;
    Ok(Some(VisiblePerson { id, view, home, person, jobs, elsewhere, has_left_jobs_out }))
}

/// Is the past in organizations out of reach open to this viewer?
async fn continuity(
    connection: &impl ConnectionTrait,
    person: Uuid,
    reach: &Reach,
    today: NaiveDate,
) -> Result<Elsewhere, DbErr> {
    if reach.everywhere || consents::in_force(connection, person, Kind::Continuity, today).await? {
        return Ok(Elsewhere::Open);
    }
    Ok(Elsewhere::Closed)
}

async fn view(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    (id, reach): (Uuid, &Reach),
    (home, jobs): (&[Place], &[JobRow]),
    today: NaiveDate,
) -> Result<Option<View>, DbErr> {
    if reach.everywhere || home.iter().any(|place| reach.covers(place)) {
        return Ok(Some(View::Staff));
    }
    if actor.person.0 == id {
        return Ok(Some(View::Own));
    }
    if jobs.iter().any(|job| reach.covers(&job.place())) {
        return Ok(Some(View::Former));
    }
    let is_partner = store::are_partners(connection, actor.person.0, id, today).await?;
    Ok(is_partner.then_some(View::Partner))
}

/// Places of employments that go on or lie ahead; without any, of the last one.
fn home(jobs: &[JobRow], today: NaiveDate) -> Vec<Place> {
    let open: Vec<Place> = jobs.iter().filter(|job| job.is_open(today)).map(JobRow::place).collect();
    if open.is_empty() {
        return jobs.iter().max_by_key(|job| job.ended_on).map(JobRow::place).into_iter().collect();
    }
    open
}
