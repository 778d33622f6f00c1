//! Writing what a plan says: organizations, people, employments, journal.
//!
//! An employment is a period, so history is never written over: another position ends the old employment on the
//! day of loading and begins a new one; another subject, category or share mends the employment in place, and the
//! journal keeps what was before.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use anyhow::{Context, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::ids::{OrganizationId, PersonId};
use nastavnik_domain::staff_list::{Change, Field, KnownPerson, ParsedRow, Row, Transfer, Verdict, merge};
use sea_orm::DbErr;
use serde::Serialize;
use uuid::Uuid;

use super::jobs_of::{self, person_facts};
use super::model::{Decision, NewPlace, Summary};
use super::naming::stand_in;
use super::plan::{Plan, Planned};
use super::store::{self, Candidate, Load};
use crate::kernel::audit::{self, By, Line};
use crate::kernel::db::Tx;
use crate::kernel::ids;
use crate::kernel::state::App;
use crate::people;
use crate::places::{self, NewOrganization};

/// On whose behalf and when.
pub(super) struct Carried<'a> {
    pub(super) app: &'a App,
    pub(super) load: &'a Load,
    pub(super) now: DateTime<Utc>,
    pub(super) today: NaiveDate,
    pub(super) by: By,
}

/// Somebody the list changes or brings.
pub(super) struct Touched {
    /// Nothing of a new person was known before.
    pub(super) before: Option<Candidate>,
    pub(super) now: KnownPerson,
    changes: Vec<Change>,
    organization: OrganizationId,
}

/// What is to be written.
#[derive(Default)]
struct Work {
    touched: HashMap<PersonId, Touched>,
    /// In the order of the list.
    order: Vec<PersonId>,
    /// Who a row has turned out to be.
    by_row: HashMap<u32, PersonId>,
    /// Rows that speak about somebody who is not loaded.
    left_out: Vec<u32>,
}

/// Carries the plan out within the transaction and tells what was done.
pub(super) async fn carry_out(tx: &Tx, mut plan: Plan, carried: &Carried<'_>) -> anyhow::Result<Summary> {
    let import = carried.load.id;
    let places = add_places(tx, &plan.new_places, carried).await?;
    let decisions: HashMap<u32, Decision> = store::lines(tx, import)
        .await?
        .into_iter()
        .filter_map(|line| Some((u32::try_from(line.number).ok()?, Decision::from_code(&line.decision?)?)))
        .collect();
    let mut work = Work::default();
    let rows = std::mem::take(&mut plan.rows);
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    for mut planned in rows {
        planned.organization = places.get(&planned.organization).copied().unwrap_or(planned.organization);
        work.take(&planned, decisions.get(&planned.number).copied(), &plan.people)?;
    }
    lock(tx, &work).await?;
    write_new(tx, &work, carried).await?;
    carried.app.progress.set(import, total * 3 / 4, total);
    write_known(tx, &work, carried).await?;
    journal(tx, &work, carried).await?;
    for number in &work.left_out {
        store::decide(tx, import, i64::from(*number), &Decision::Skip.code()).await?;
    }
    carried.app.progress.set(import, total, total);
    Ok(plan.summary)
}

async fn add_places(
    tx: &Tx,
    new: &[NewPlace],
    carried: &Carried<'_>,
) -> anyhow::Result<HashMap<OrganizationId, OrganizationId>> {
    let mut real = HashMap::new();
    let region = carried.load.region_id.context("муниципалитет не стоит в регионе")?;
    for (index, place) in new.iter().enumerate() {
        let organization = NewOrganization {
            territory: carried.load.territory_id,
            region,
            kind: &place.kind,
            short_name: &place.name,
            full_name: &place.name,
            place: "",
        };
        let id = places::add_organization(tx, organization).await?;
        let subject = ("organization", Some(id));
        let entry =
            audit::Entry { kind: "organization_added", subject, organization: Some(id), payload: place };
        audit::record(tx, carried.now, &carried.by, entry).await?;
        real.insert(stand_in(index), OrganizationId(id));
    }
    Ok(real)
}

impl Work {
    fn take(
        &mut self,
        planned: &Planned,
        decision: Option<Decision>,
        people: &HashMap<PersonId, Candidate>,
    ) -> anyhow::Result<()> {
        let Row::Person(row) = &planned.row else { return Ok(()) };
        let who = match (&planned.classified.verdict, decision) {
            (Verdict::New, _) | (Verdict::Doubtful { .. }, Some(Decision::New)) => {
                Some(self.begin(row, planned)?)
            }
            (Verdict::Changed { person, .. }, _) => Some(*person),
            (Verdict::Doubtful { .. }, Some(Decision::Person(id))) => Some(PersonId(id)),
            (Verdict::MoreOfRow { row, .. }, _) => self.earlier(*row, planned),
            (Verdict::Doubtful { .. }, Some(Decision::Row(row))) => self.earlier(row, planned),
            _ => None,
        };
        let Some(who) = who else { return Ok(()) };
        self.by_row.insert(planned.number, who);
        self.merge(who, row, planned, people)
    }

    /// Who an earlier row has turned out to be; if that row was left out, this one is too.
    fn earlier(&mut self, row: u32, planned: &Planned) -> Option<PersonId> {
        let found = self.by_row.get(&row).copied();
        if found.is_none() {
            self.left_out.push(planned.number);
        }
        found
    }

    /// A new person of whom the row is yet to tell.
    fn begin(&mut self, row: &ParsedRow, planned: &Planned) -> anyhow::Result<PersonId> {
        let id = PersonId(ids::row_id());
        let now = KnownPerson {
            id,
            name: row.name.clone().context("строка без имени")?,
            gender: None,
            born_on: None,
            phone: None,
            email: None,
            education: None,
            teaching_since: None,
            employments: Vec::new(),
        };
        let changes = Vec::new();
        self.touched.insert(id, Touched { before: None, now, changes, organization: planned.organization });
        self.order.push(id);
        Ok(id)
    }

    fn merge(
        &mut self,
        who: PersonId,
        row: &ParsedRow,
        planned: &Planned,
        people: &HashMap<PersonId, Candidate>,
    ) -> anyhow::Result<()> {
        let touched = match self.touched.entry(who) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let candidate = people.get(&who).context("человек из предпросмотра не найден")?;
                self.order.push(who);
                entry.insert(Touched {
                    now: candidate.person.clone(),
                    before: Some(candidate.clone()),
                    changes: Vec::new(),
                    organization: planned.organization,
                })
            }
        };
        let transfer: Transfer = planned.classified.transfer;
        let merged = merge(&touched.now, row, planned.organization, transfer);
        if touched.before.as_ref().is_some_and(|before| before.is_outside) {
            // Of somebody outside only the work here is taken from the list.
            touched.now.employments = merged.person.employments;
            touched
                .changes
                .extend(merged.changes.into_iter().filter(|change| change.field == Field::Employment));
        } else {
            touched.now = merged.person;
            touched.changes.extend(merged.changes);
        }
        Ok(())
    }

    fn touched(&self) -> impl Iterator<Item = (PersonId, &Touched)> {
        self.order.iter().filter_map(|id| self.touched.get(id).map(|touched| (*id, touched)))
    }
}

/// Nobody may have changed these people since they were compared; if somebody has, the job is done anew.
async fn lock(tx: &Tx, work: &Work) -> anyhow::Result<()> {
    let mut known: Vec<Uuid> =
        work.touched().filter(|(_, touched)| touched.before.is_some()).map(|(id, _)| id.0).collect();
    // Always in one order, so that two writers never wait for each other.
    known.sort_unstable();
    let versions = store::lock_people(tx, &known).await?;
    for (id, touched) in work.touched() {
        if let Some(before) = &touched.before {
            ensure!(versions.get(&id.0) == Some(&before.version), "человек изменён во время загрузки");
        }
    }
    Ok(())
}

async fn write_new(tx: &Tx, work: &Work, carried: &Carried<'_>) -> anyhow::Result<()> {
    let fresh = || work.touched().filter(|(_, touched)| touched.before.is_none());
    let mut people = Vec::new();
    for (id, touched) in fresh() {
        people.push((id.0, person_facts(&touched.now)?));
    }
    people::add_people(tx, carried.now, &people).await?;
    let jobs: Vec<_> = fresh()
        .flat_map(|(id, touched)| {
            touched.now.employments.iter().map(move |job| jobs_of::new_job(id, job, job.hired_on))
        })
        .collect();
    people::add_employments(tx, &jobs).await?;
    Ok(())
}

async fn write_known(tx: &Tx, work: &Work, carried: &Carried<'_>) -> anyhow::Result<()> {
    for (id, touched) in work.touched() {
        let Some(before) = &touched.before else { continue };
        if before.is_archived && !touched.changes.is_empty() {
            people::bring_back(tx, id.0).await?;
        }
        let bare = |person: &KnownPerson| KnownPerson { employments: Vec::new(), ..person.clone() };
        if bare(&before.person) != bare(&touched.now) {
            people::update_person(tx, id.0, &person_facts(&touched.now)?).await?;
        }
        jobs_of::write(tx, before, &touched.now, carried.today).await?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Written<'a> {
    import: Uuid,
    changes: &'a [Change],
}

async fn journal(tx: &Tx, work: &Work, carried: &Carried<'_>) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for (id, touched) in work.touched() {
        let is_new = touched.before.is_none();
        let changes = if is_new { &[][..] } else { &touched.changes[..] };
        lines.push(Line {
            kind: if is_new { "person_added_by_list" } else { "person_changed_by_list" },
            subject: ("person", Some(id.0)),
            organization: Some(touched.organization.0),
            payload: serde_json::to_string(&Written { import: carried.load.id, changes })?,
        });
    }
    audit::record_many(tx, carried.now, &carried.by, &lines).await.map_err(|error: DbErr| error.into())
}
