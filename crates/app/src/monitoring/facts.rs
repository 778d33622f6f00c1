//! What the indicators are counted from, as of a day: a constant number of queries for any territory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use nastavnik_domain::config::Post;
use nastavnik_domain::ids::{OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::indicator::{
    MentoringRow, OrganizationRow, Share, StaffRow, YoungMentored, organizations_giving_mentors,
    young_mentored,
};
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::{Place, Reach};
use sea_orm::ConnectionTrait;

use super::rules::{Rules, rules};
use super::store;
use crate::pairs;
use crate::people::{self, Employed};

/// An organization that teaches, within reach of the one who looks.
#[derive(Clone, Debug)]
pub(super) struct Organization {
    pub(super) id: OrganizationId,
    pub(super) short_name: String,
    pub(super) kind: OrganizationKind,
    pub(super) territory: TerritoryId,
    pub(super) territory_name: String,
    pub(super) region: TerritoryId,
    exists: Period,
}

impl Organization {
    pub(super) fn place(&self) -> Place {
        Place { organization: self.id, territory: self.territory, region: self.region }
    }
}

/// Everything counted from, as of `on`.
pub(super) struct Facts {
    pub(super) on: NaiveDate,
    pub(super) organizations: Vec<Organization>,
    /// Everybody employed on the day within reach, by the alphabet.
    pub(super) people: Vec<Employed>,
    mentorings: Vec<MentoringRow>,
    staff: BTreeMap<OrganizationId, Vec<StaffRow>>,
    mentorings_of: HashMap<PersonId, Vec<usize>>,
    rules: &'static Rules,
}

/// Both indicators of one group of organizations.
pub(super) struct Measure {
    pub(super) young: YoungMentored,
    pub(super) giving: Share<OrganizationId>,
    /// Different people who mentor on the day.
    pub(super) mentors: usize,
}

impl Facts {
    /// Loads the facts of every teaching organization within reach. Three queries, whatever the territory.
    pub(super) async fn load(
        connection: &impl ConnectionTrait,
        reach: &Reach,
        on: NaiveDate,
    ) -> anyhow::Result<Self> {
        let rules = rules()?;
        let organizations = organizations(connection, reach, on).await?;
        let people = people::employed_on(connection, reach, None, on).await?;
        let staff = staff(&people, &organizations, on, rules);
        let mentorings = pairs::in_force_rows(connection, on).await?;
        let mut mentorings_of: HashMap<PersonId, Vec<usize>> = HashMap::new();
        for (index, mentoring) in mentorings.iter().enumerate() {
            for mentee in &mentoring.mentees {
                mentorings_of.entry(*mentee).or_default().push(index);
            }
        }
        Ok(Self { on, organizations, people, mentorings, staff, mentorings_of, rules })
    }

    /// Both indicators of these organizations taken together: a person who works in two of them counts once.
    pub(super) fn measure(&self, group: &[&Organization]) -> anyhow::Result<Measure> {
        let limits = self.rules.categories.on(self.on)?;
        let staff: Vec<StaffRow> =
            group.iter().filter_map(|it| self.staff.get(&it.id)).flatten().cloned().collect();
        let mut of_staff: BTreeSet<usize> = BTreeSet::new();
        for row in &staff {
            of_staff.extend(self.mentorings_of.get(&row.person).into_iter().flatten());
        }
        let mentoring: Vec<MentoringRow> =
            of_staff.iter().map(|&index| self.mentorings[index].clone()).collect();
        let given: Vec<MentoringRow> = self.given_by(group).cloned().collect();
        let rows: Vec<OrganizationRow> = group
            .iter()
            .map(|it| OrganizationRow { organization: it.id, kind: it.kind, exists: it.exists })
            .collect();
        Ok(Measure {
            young: young_mentored(&staff, &mentoring, self.on, &limits.value),
            giving: organizations_giving_mentors(&rows, &given, self.on),
            mentors: given.iter().map(|row| row.mentor).collect::<BTreeSet<_>>().len(),
        })
    }

    /// Mentorships in force whose mentors these organizations gave.
    pub(super) fn given_by<'a>(
        &'a self,
        group: &[&Organization],
    ) -> impl Iterator<Item = &'a MentoringRow> + use<'a> {
        let ids: BTreeSet<OrganizationId> = group.iter().map(|it| it.id).collect();
        self.mentorings.iter().filter(move |row| ids.contains(&row.mentor_organization))
    }

    /// Mentorships in force in which the person is a mentee.
    pub(super) fn mentorings_of(&self, person: PersonId) -> impl Iterator<Item = &MentoringRow> {
        let found = self.mentorings_of.get(&person).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|&index| &self.mentorings[index])
    }
}

async fn organizations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    on: NaiveDate,
) -> anyhow::Result<Vec<Organization>> {
    let rows = store::organizations(connection, reach).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(kind) = OrganizationKind::from_code(&row.kind).filter(|kind| kind.teaches()) else {
            continue;
        };
        let Ok(exists) = Period::new(NaiveDate::MIN, row.archived_at.map(|at| at.date_naive())) else {
            continue;
        };
        if exists.contains(on) {
            found.push(Organization {
                id: OrganizationId(row.id),
                short_name: row.short_name,
                kind,
                territory: TerritoryId(row.territory_id),
                territory_name: row.territory_name,
                region: TerritoryId(row.region_id),
                exists,
            });
        }
    }
    Ok(found)
}

fn staff(
    people: &[Employed],
    organizations: &[Organization],
    on: NaiveDate,
    rules: &Rules,
) -> BTreeMap<OrganizationId, Vec<StaffRow>> {
    // A city has a few dozen different positions for its thousands of people.
    let mut posts: HashMap<&str, Post> = HashMap::new();
    let mut staff: BTreeMap<OrganizationId, Vec<StaffRow>> =
        organizations.iter().map(|organization| (organization.id, Vec::new())).collect();
    for person in people {
        for job in person.jobs_on(None, on) {
            let Some(rows) = staff.get_mut(&job.organization) else { continue };
            let from = job.started.map_or(NaiveDate::MIN, |started| started.date);
            let Ok(employed) = Period::new(from, job.ended_on) else { continue };
            let post = *posts.entry(&job.position).or_insert_with(|| rules.positions.post(&job.position));
            rows.push(StaffRow {
                person: person.person,
                organization: job.organization,
                post,
                teaching_since: person.teaching_since,
                employed,
            });
        }
    }
    staff
}
