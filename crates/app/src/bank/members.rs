//! Candidates for mentors with everything that decides whether they may be offered (A8, п. 3.1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::config::Post;
use nastavnik_domain::ids::{FileId, PersonId};
use nastavnik_domain::mentor::{self, Candidate, CandidateError, Engagement, Evidence, Pressure};
use nastavnik_domain::period::Period;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::{count, search_key};
use nastavnik_domain::training::{Training, training};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::evidence::{Evidences, More, Selection};
use super::mark::Mark;
use super::rules::Rules;
use super::store::{
    self, AchievementRow, CandidateRow, Confirmation, CourseRow, Mentoring, Side, StaffFilter, Whom,
};
use super::terms::Terms;
use super::worker::{School, Worker};
use crate::consents::Veil;
use crate::kernel::clock::local_day;
use crate::kernel::scope;
use crate::pairs;

/// A candidate with what speaks for them.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: Uuid,
    pub(super) person: Uuid,
    pub(super) name: FullName,
    pub(super) sort_key: String,
    pub(super) school: School,
    pub(super) capacity: u32,
    pub(super) terms: Terms,
    pub(super) note: String,
    pub(super) listed_on: NaiveDate,
    /// Of the organization: its days are local.
    pub(super) zone: Tz,
    pub(super) ended_on: Option<NaiveDate>,
    pub(super) version: i64,
    pub(super) mark: Mark,
    /// Nothing if the person no longer works there.
    pub(super) worker: Option<Worker>,
    pub(super) achievements: Vec<AchievementRow>,
    pub(super) mentorings: Vec<Mentoring>,
    /// What takes places, in whatever organization.
    pub(super) engagements: Vec<Engagement>,
    /// Places taken on the fullest day from today on.
    pub(super) taken: u32,
    /// What is missing before the candidate may be offered; empty when nothing is.
    pub(super) missing: Vec<CandidateError>,
    pub(super) pressure: Pressure,
    pub(super) courses: Vec<CourseRow>,
    pub(super) training: Training,
    pub(super) selection: Selection,
}

impl Member {
    /// Whether the candidate may be offered for a pair.
    pub(super) fn is_ready(&self) -> bool {
        self.missing.is_empty()
            && self.worker.is_some()
            && self.ended_on.is_none()
            && self.selection.allows_offer
    }

    /// What is missing before the candidate may be offered, in a few words; empty when nothing is.
    pub(super) fn lack(&self) -> &'static str {
        if self.ended_on.is_some() {
            return "вышел из банка";
        }
        if self.worker.is_none() {
            return "не работает в организации";
        }
        match self.missing.first() {
            None if !self.selection.allows_offer => "отбор не завершён (п. 4.1.3, этап 4)",
            None => "",
            Some(CandidateError::NotPedagogical) => "должность не подходит (п. 3.1, 4.1)",
            Some(CandidateError::TooManyPlaces { .. }) => "мест больше, чем можно",
            Some(_) => "нужны подтверждённые результаты (п. 3.1)",
        }
    }

    pub(super) fn positions(&self) -> String {
        self.worker.as_ref().map_or_else(String::new, Worker::positions)
    }

    pub(super) fn subjects(&self) -> String {
        self.worker.as_ref().map_or_else(String::new, Worker::subjects)
    }

    pub(super) fn qualifications(&self) -> String {
        self.worker.as_ref().map_or_else(String::new, Worker::qualifications)
    }

    /// Whether the name, the position or the subject has this search key in it.
    pub(super) fn answers_to(&self, key: &str) -> bool {
        key.is_empty()
            || search_key(&format!("{} {} {}", self.name.full(), self.positions(), self.subjects()))
                .contains(key)
    }

    /// Whether the candidate says to be strong in the domain.
    pub(super) fn is_strong_in(&self, domain: Domain) -> bool {
        self.terms.strengths.iter().any(|strength| strength.domain == domain)
    }

    /// «Д4 Ученики и родители, Д5 Методика».
    pub(super) fn strengths_text(&self) -> String {
        self.terms.strengths_text()
    }

    /// A calm word about the load; empty while there is nothing to say (risk 2).
    pub(super) fn load_note(&self) -> String {
        let mentees = count(u64::from(self.taken), "наставляемый", "наставляемых", "наставляемых");
        match self.pressure {
            Pressure::Calm => String::new(),
            Pressure::Full => format!("все места заняты: {mentees}"),
            Pressure::Heavy => format!("нагрузка высокая: {mentees}, стоит поговорить о помощи"),
        }
    }

    /// Places nobody has taken.
    pub(super) fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.taken)
    }

    /// Places nobody takes on any day of the period.
    pub(super) fn free_throughout(&self, period: Period) -> u32 {
        mentor::free_places(self.capacity, PersonId(self.person), &period, &self.engagements)
    }
}

/// Candidates in the list now, by the Russian alphabet, whoever may see their names.
pub(super) async fn all(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
    today: NaiveDate,
) -> anyhow::Result<Vec<Member>> {
    let rows = store::candidate_rows(connection, reach, filter).await?;
    let staff = StaffFilter { whom: Whom::Candidates, name: String::new(), ..filter.clone() };
    let mut members = with_facts(connection, reach, rows, &staff, today).await?;
    members.sort_by(|one, two| (&one.sort_key, one.id).cmp(&(&two.sort_key, two.id)));
    Ok(members)
}

/// Those of [`all`] whose names the reader may see, and how many others there are.
pub(super) async fn named(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
    today: NaiveDate,
) -> anyhow::Result<(Vec<Member>, u64)> {
    let veil = Veil::load(connection, reach, today).await?;
    let members = all(connection, reach, filter, today).await?;
    let (hidden, shown): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|member| veil.hides(member.person, member.school.id));
    Ok((shown, super::front::number(hidden.iter())))
}

/// One candidate within reach, also one who has left the list; only by name.
pub(super) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Option<Member>> {
    let Some(row) = store::visible_candidate(connection, reach, id).await? else { return Ok(None) };
    let veil = Veil::load(connection, reach, today).await?;
    if veil.hides(row.person_id, row.organization_id) {
        return Ok(None);
    }
    let staff = StaffFilter { whom: Whom::People(vec![row.person_id]), ..StaffFilter::default() };
    let mut member = with_facts(connection, reach, vec![row], &staff, today).await?.pop();
    for mentoring in member.iter_mut().flat_map(|member| &mut member.mentorings) {
        let organization = mentoring.organization;
        for (mentee, name) in &mut mentoring.mentees {
            if veil.hides(*mentee, organization) {
                *name = FullName::hidden();
            }
        }
    }
    Ok(member)
}

async fn with_facts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    rows: Vec<CandidateRow>,
    staff: &StaffFilter,
    today: NaiveDate,
) -> anyhow::Result<Vec<Member>> {
    let one = match rows.as_slice() {
        [] => return Ok(Vec::new()),
        [row] => Some(row.person_id),
        _ => None,
    };
    let workers = store::workers(connection, reach, staff, today).await?;
    let mut workers: BTreeMap<(Uuid, Uuid), Worker> =
        workers.into_iter().map(|worker| ((worker.person, worker.school.id), worker)).collect();
    let mut achieved: BTreeMap<Uuid, Vec<AchievementRow>> = BTreeMap::new();
    for row in store::achievements(connection, reach, one).await? {
        achieved.entry(row.person_id).or_default().push(row);
    }
    let mut mentorings: BTreeMap<Uuid, Vec<Mentoring>> = BTreeMap::new();
    for row in store::mentorings(connection, reach, one).await? {
        mentorings.entry(row.mentor).or_default().push(row);
    }
    let mentors: BTreeSet<Uuid> = rows.iter().map(|row| row.person_id).collect();
    let mentors: Vec<Uuid> = mentors.into_iter().collect();
    let engagements = pairs::engagements(connection, &mentors).await?;
    let mut evidences = Evidences::load(connection, reach, &rows).await?;
    let mut confirmed = store::confirmations(connection, reach, Side::Mentor, staff).await?;
    let mut members = Vec::with_capacity(rows.len());
    for row in rows {
        let worker = workers.remove(&(row.person_id, row.organization_id));
        let confirmation = confirmed.remove(&(row.person_id, row.organization_id));
        // A person may be a candidate in two schools: both read the same achievements.
        let own = achieved.get(&row.person_id).cloned().unwrap_or_default();
        let pairs = mentorings.get(&row.person_id).cloned().unwrap_or_default();
        let taking = engagements.get(&row.person_id).cloned().unwrap_or_default();
        let more = evidences.of(&row);
        members.push(member(row, (worker, confirmation, own, (pairs, taking)), more, today)?);
    }
    Ok(members)
}

/// The worker, the confirmation, the achievements and the mentorships of a candidate with what takes places.
type Known = (Option<Worker>, Option<Confirmation>, Vec<AchievementRow>, (Vec<Mentoring>, Vec<Engagement>));

fn member(
    row: CandidateRow,
    (worker, confirmation, achievements, (mentorings, engagements)): Known,
    more: More,
    today: NaiveDate,
) -> anyhow::Result<Member> {
    let rules = Rules::load()?;
    let limits = rules.limits(today)?;
    let capacity = u32::try_from(row.capacity)?;
    let post = worker.as_ref().map_or(Post::Other, |worker| worker.post(&rules.positions));
    let candidate =
        Candidate { post, achievements: achievements.iter().map(proof).collect(), places: capacity };
    let missing = mentor::check_candidate(&candidate, limits, today).err().unwrap_or_default();
    let zone: Tz = row.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC);
    let taken = mentor::load(PersonId(row.person_id), &Period::since(today), &engagements);
    let courses: Vec<_> = more.courses.iter().map(CourseRow::course).collect();
    let training = training(&courses, rules.selection(today)?.training_years, today);
    let confirmed = candidate.achievements.iter().filter(|one| one.is_confirmed(today)).count();
    let selection = more.selection(worker.as_ref(), (confirmed, training), today)?;
    let listed_on = local_day(row.listed_at, zone);
    let confirmation = confirmation.unwrap_or(Confirmation { on: listed_on, by: String::new() });
    Ok(Member {
        id: row.id,
        person: row.person_id,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        sort_key: row.sort_key,
        school: School {
            id: row.organization_id,
            name: row.short_name,
            place: scope::place(row.organization_id, row.territory_id, row.region_id),
        },
        capacity,
        terms: Terms {
            capacity: row.capacity,
            kinds: serde_json::from_str(&row.kinds)?,
            strengths: more.strengths,
            time_and_place: row.time_and_place,
            works_remotely: row.works_remotely == 1,
            in_register: row.in_register == 1,
        },
        note: row.note,
        listed_on,
        zone,
        ended_on: row.ended_on,
        version: row.version,
        mark: Mark::of(confirmation, today)?,
        pressure: Pressure::of(capacity, taken, limits),
        worker,
        taken,
        achievements,
        mentorings,
        engagements,
        missing,
        courses: more.courses,
        training,
        selection,
    })
}

/// The achievement as the rule sees it. One recorded without its day counts from the day it was recorded.
fn proof(row: &AchievementRow) -> mentor::Achievement {
    let evidence = match row.evidence_file_id {
        Some(file) => Evidence::File(FileId(file)),
        None => Evidence::Link(row.evidence.clone()),
    };
    mentor::Achievement {
        title: row.title.clone(),
        achieved_on: row.achieved_on.unwrap_or_else(|| row.recorded_at.date_naive()),
        evidence: Some(evidence),
    }
}
