//! What other slices may ask the bank.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::category::Category;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::mentor::Pressure;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::{Place, Reach};
use nastavnik_domain::russian::search_key;
use nastavnik_domain::training::Training;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::mark;
use super::members::{self, Member};
use super::needs::{self, Need, Standing};
use super::rules::Rules;
use super::store::{self, StaffFilter, Whom};
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
    /// The rules of the day ask for a finished selection and it is not.
    pub awaits_selection: bool,
    /// Domains in which the mentor says to be strong.
    pub strengths: Vec<Domain>,
}

impl Mentor {
    /// Places nobody has taken.
    pub fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.taken)
    }
}

/// A pedagogical worker and whether a mentor is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pedagogue {
    pub person: Uuid,
    pub name: FullName,
    pub organization: Uuid,
    pub school: String,
    pub positions: String,
    pub need: NeedOf,
    pub has_mentor: bool,
}

impl Pedagogue {
    /// A need of this year is proposed or confirmed, or somebody mentors the person.
    pub fn is_awaited(&self) -> bool {
        self.has_mentor || self.need != NeedOf::Nothing
    }

    /// Whether the name or the position has this search key in it.
    pub fn answers_to(&self, key: &str) -> bool {
        key.is_empty() || search_key(&format!("{} {}", self.name.full(), self.positions)).contains(key)
    }
}

/// Whether a category is confirmed or proposed this academic year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedOf {
    Confirmed,
    Proposed,
    Nothing,
}

/// What the register tells of a candidate besides their own words (ДК 1.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub place: Place,
    /// A8: confirmed results, a suitable position, still at work there.
    pub is_ready: bool,
    pub capacity: u32,
    /// Places taken on the fullest day from today on.
    pub taken: u32,
    pub positions: String,
    /// Subjects taught there, each once.
    pub subjects: Vec<String>,
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
    /// Somebody proposes themself: `/bank/nominations?state=proposed`.
    pub nominations: u64,
    /// Candidates without a course, passed or planned: `/bank/mentors?training=absent`.
    pub untrained: u64,
    /// Whose load is at its limit: `/bank/mentors?places=pressed`.
    pub pressed: u64,
    /// Records of mentees whose year is over or nearly so: `/bank/mentees?fresh=due`.
    pub mentees_to_confirm: u64,
    /// The same of candidates: `/bank/mentors?fresh=due`.
    pub mentors_to_confirm: u64,
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
    let (needs, _) = needs::named(connection, &reach, &StaffFilter::default(), today).await?;
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

/// Candidates within reach, ready or not, by the Russian alphabet.
pub async fn candidates_within(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Vec<Mentor>> {
    let members = members::all(connection, reach, &StaffFilter::default(), today).await?;
    Ok(members.into_iter().map(mentor).collect())
}

/// The pedagogical workers within reach (п. 1.4) and whoever is mentored, those who need a mentor first, then by the
/// Russian alphabet; a person of two organizations stands twice.
pub async fn pedagogues(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Vec<Pedagogue>> {
    let positions = &Rules::load()?.positions;
    let needs = needs::all(connection, reach, &StaffFilter::default(), today).await?;
    let teaches = |need: &Need| need.worker.post(positions).is_pedagogical();
    let staff = needs.into_iter().filter(|need| teaches(need) || !need.mentors.is_empty());
    let mut found: Vec<Pedagogue> = staff.map(pedagogue).collect();
    found.sort_by_key(|pedagogue| pedagogue.need);
    Ok(found)
}

/// Whether a category of the person is proposed or confirmed this year in any organization. Asked by the person
/// about themself.
pub async fn own_need(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> anyhow::Result<NeedOf> {
    let everywhere = Reach { everywhere: true, ..Reach::default() };
    let filter = StaffFilter { whom: Whom::People(vec![person]), ..StaffFilter::default() };
    let workers = store::workers(connection, &everywhere, &filter, today).await?;
    let here: Vec<Uuid> = workers.iter().map(|worker| worker.school.id).collect();
    let needs = needs::all(connection, &reach_of(&here), &filter, today).await?;
    Ok(needs.iter().map(need_of).min().unwrap_or(NeedOf::Nothing))
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

/// Candidates of the bank within reach, by the id of their place in it: a constant number of queries.
pub async fn offers(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<BTreeMap<Uuid, Offer>> {
    let members = members::all(connection, reach, &StaffFilter::default(), today).await?;
    Ok(members.into_iter().map(|member| (member.id, offer(&member))).collect())
}

fn offer(member: &Member) -> Offer {
    let mut subjects: Vec<String> = Vec::new();
    for job in member.worker.iter().flat_map(|worker| &worker.jobs) {
        let known = job.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
        if let Some(subject) = known.filter(|subject| !subjects.iter().any(|found| found == subject)) {
            subjects.push(subject.to_owned());
        }
    }
    Offer {
        place: member.school.place,
        is_ready: member.is_ready(),
        capacity: member.capacity,
        taken: member.taken,
        positions: member.positions(),
        subjects,
    }
}

/// Holds a candidate's row until the transaction ends and tells the capacity, so that two curators can't
/// give the last place away at once. Count the places taken after this call. `None`: not in the list.
pub async fn lock_candidate(tx: &Tx, person: Uuid, organization: Uuid) -> Result<Option<u32>, DbErr> {
    store::lock_candidate(tx, person, organization).await
}

/// Counts within the reach of `ReadBank` as of today.
pub async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Counts> {
    let everybody = StaffFilter::default();
    let (needs, _) = needs::named(connection, reach, &everybody, today).await?;
    let (members, _) = members::named(connection, reach, &everybody, today).await?;
    Ok(Counts {
        undecided: number(needs.iter().filter(|need| need.stands(Standing::Proposed))),
        waiting_for_mentor: number(needs.iter().filter(|need| need.waits_for_mentor())),
        unproven_candidates: number(members.iter().filter(|member| !member.is_ready())),
        nominations: store::waiting_nominations(connection, reach).await?,
        untrained: number(members.iter().filter(|member| member.training == Training::Absent)),
        pressed: number(members.iter().filter(|member| member.pressure != Pressure::Calm)),
        mentees_to_confirm: number(needs.iter().filter(|need| mark::passes(mark::DUE, need.mark.as_ref()))),
        mentors_to_confirm: number(members.iter().filter(|member| member.mark.freshness.is_due())),
    })
}

/// How many there are.
pub(super) fn number<T>(items: impl Iterator<Item = T>) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

/// The reach of these organizations.
pub(super) fn reach_of(organizations: &[Uuid]) -> Reach {
    Reach { organizations: organizations.iter().copied().map(OrganizationId).collect(), ..Reach::default() }
}

fn need_of(need: &Need) -> NeedOf {
    if need.stands(Standing::Confirmed) {
        NeedOf::Confirmed
    } else if need.stands(Standing::Proposed) {
        NeedOf::Proposed
    } else {
        NeedOf::Nothing
    }
}

fn pedagogue(need: Need) -> Pedagogue {
    Pedagogue {
        need: need_of(&need),
        has_mentor: !need.mentors.is_empty(),
        person: need.worker.person,
        organization: need.worker.school.id,
        positions: need.worker.positions(),
        name: need.worker.name,
        school: need.worker.school.name,
    }
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
        awaits_selection: !member.selection.allows_offer,
        strengths: member.terms.strengths.iter().map(|strength| strength.domain).collect(),
        name: member.name,
    }
}
