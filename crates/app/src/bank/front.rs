//! What other slices may ask the bank.

use chrono::NaiveDate;
use nastavnik_domain::category::Category;
use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::search_key;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::members::{self, Member};
use super::needs::{self, Need, Standing};
use super::rules::Rules;
use super::store::{self, StaffFilter};
use crate::kernel::db::Tx;

/// Somebody whose category is confirmed this year and whom nobody mentors yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentee {
    pub person: Uuid,
    pub name: FullName,
    pub organization: Uuid,
    /// Never empty.
    pub categories: Vec<Category>,
}

/// Somebody listed as a candidate for mentors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentor {
    /// Leads to `/bank/mentors/{id}`.
    pub candidate: Uuid,
    pub person: Uuid,
    pub name: FullName,
    pub organization: Uuid,
    /// How many mentees at once they agree to have.
    pub capacity: u32,
    /// Places taken on the fullest day from today on.
    pub taken: u32,
    pub achievements: usize,
    /// A8: confirmed results, a suitable position, still at work there.
    pub is_ready: bool,
}

/// Numbers for the home page, of people; each opens its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// A category is proposed and not decided yet: `/bank/mentees?state=proposed`.
    pub undecided: u64,
    /// Confirmed and without a mentor: `/bank/mentees?state=confirmed&mentor=no`.
    pub waiting_for_mentor: u64,
    /// Candidates who can't be offered for want of confirmed results: `/bank/mentors?ready=no`.
    pub unproven_candidates: u64,
}

/// The categories of a person confirmed for the academic year, in the order of п. 1.4.
pub async fn confirmed_categories(
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Uuid,
    year: AcademicYear,
) -> Result<Vec<Category>, DbErr> {
    let codes = store::confirmed_codes(connection, person, organization, year).await?;
    let mut categories: Vec<_> = codes.iter().filter_map(|code| Category::from_code(code)).collect();
    categories.sort_unstable();
    Ok(categories)
}

/// Who of these organizations waits for a mentor, by the Russian alphabet.
pub async fn needs_mentor(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    today: NaiveDate,
) -> anyhow::Result<Vec<Mentee>> {
    let reach = reach_of(organizations);
    let needs = needs::named(connection, &reach, &StaffFilter::default(), today).await?;
    Ok(needs.into_iter().filter(Need::waits_for_mentor).map(mentee).collect())
}

/// Everybody listed as a candidate of the organization, ready or not, by the Russian alphabet.
pub async fn candidates(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Vec<Mentor>> {
    let reach = reach_of(&[organization]);
    let members = members::all(connection, &reach, &StaffFilter::default(), today).await?;
    Ok(members.into_iter().map(mentor).collect())
}

/// Candidates who may be offered for a pair (A8, п. 3.1). Full ones are among them: what is free depends
/// on the days of the pair.
pub async fn ready_mentors(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Vec<Mentor>> {
    let mut found = candidates(connection, organization, today).await?;
    found.retain(|mentor| mentor.is_ready);
    Ok(found)
}

/// Holds a candidate's row until the transaction ends and tells the capacity, so that two curators can't
/// give the last place away at once. Count the places taken after this call. `None`: not in the list.
pub async fn lock_candidate(tx: &Tx, person: Uuid, organization: Uuid) -> Result<Option<u32>, DbErr> {
    store::lock_candidate(tx, person, organization).await
}

/// Somebody of the pedagogical staff of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pedagogue {
    pub person: Uuid,
    pub name: FullName,
    pub organization: Uuid,
    /// Short name of the organization.
    pub school: String,
    /// «учитель, классный руководитель».
    pub positions: String,
    /// A need of this year is proposed or confirmed, or somebody mentors the person.
    pub is_awaited: bool,
}

impl Pedagogue {
    /// Whether the name or the position has this search key in it.
    pub fn answers_to(&self, key: &str) -> bool {
        key.is_empty() || search_key(&format!("{} {}", self.name.full(), self.positions)).contains(key)
    }
}

/// All pedagogical staff within reach, by the Russian alphabet; a person of two organizations stands twice.
pub async fn pedagogues(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Vec<Pedagogue>> {
    let positions = &Rules::load()?.positions;
    let needs = needs::all(connection, reach, &StaffFilter::default(), today).await?;
    let teaches = |need: &Need| need.worker.post(positions).is_pedagogical();
    Ok(needs.into_iter().filter(|need| teaches(need) || !need.mentors.is_empty()).map(pedagogue).collect())
}

fn pedagogue(need: Need) -> Pedagogue {
    let is_needed = need.stands(Standing::Proposed) || need.stands(Standing::Confirmed);
    Pedagogue {
        person: need.worker.person,
        organization: need.worker.school.id,
        school: need.worker.school.name.clone(),
        positions: need.worker.positions(),
        is_awaited: is_needed || !need.mentors.is_empty(),
        name: need.worker.name,
    }
}

/// Counts within the reach of `ReadBank` as of today.
pub async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Counts> {
    let everybody = StaffFilter::default();
    let needs = needs::named(connection, reach, &everybody, today).await?;
    let members = members::all(connection, reach, &everybody, today).await?;
    Ok(Counts {
        undecided: number(needs.iter().filter(|need| need.stands(Standing::Proposed))),
        waiting_for_mentor: number(needs.iter().filter(|need| need.waits_for_mentor())),
        unproven_candidates: number(members.iter().filter(|member| !member.is_ready())),
    })
}

/// How many there are.
pub(super) fn number<T>(items: impl Iterator<Item = T>) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

fn reach_of(organizations: &[Uuid]) -> Reach {
    Reach { organizations: organizations.iter().copied().map(OrganizationId).collect(), ..Reach::default() }
}

fn mentee(need: Need) -> Mentee {
    Mentee {
        person: need.worker.person,
        organization: need.worker.school.id,
        categories: need.confirmed(),
        name: need.worker.name,
    }
}

fn mentor(member: Member) -> Mentor {
    Mentor {
        candidate: member.id,
        person: member.person,
        organization: member.school.id,
        capacity: member.capacity,
        taken: member.taken,
        achievements: member.achievements.len(),
        is_ready: member.is_ready(),
        name: member.name,
    }
}
