//! What other slices may ask about mentorships.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use nastavnik_domain::gate::{self, Papers, Scan};
use nastavnik_domain::ids::{OrganizationId, PersonId};
use nastavnik_domain::indicator::MentoringRow;
use nastavnik_domain::mentor::Engagement;
use nastavnik_domain::period::Period;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::search_key;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::{Ended, Pair};
use super::state::{Case, State};
use super::store::{self, Filter, School};
use crate::consents::Veil;
use crate::kernel::db::{self, Tx};
use crate::papers;

/// How soon is «скоро завершится».
const SOON: Days = Days::new(30);

/// Numbers for the home page; each opens the list `/pairs` with the state named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Drafts and those that lack papers: `?state=draft`, `?state=awaits_papers`.
    pub drafts: u64,
    pub awaiting_papers: u64,
    /// `?state=ready`.
    pub ready_for_order: u64,
    /// `?state=awaits_order`.
    pub awaiting_order: u64,
    pub scheduled: u64,
    /// `?state=active`.
    pub active: u64,
    /// Active ones whose last day comes within 30 days: `?ending=soon`.
    pub ending_soon: u64,
    /// Agreed on or running without pay: `?pay=unpaid`.
    pub unpaid: u64,
    /// Groups that somebody is about to join, whose amending order is not prepared yet: `?kind=group`.
    pub joining: u64,
    /// The first of them.
    pub first_joining: Option<Uuid>,
}

/// Counts the mentorships within the reach of `ReadPairs` as of today.
pub async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Counts> {
    let cases = cases(connection, reach, person, &Filter::default(), today).await?;
    let mut counts = Counts::default();
    for case in &cases {
        match case.state {
            State::Draft => counts.drafts += 1,
            State::AwaitsPapers => counts.awaiting_papers += 1,
            State::ReadyForOrder => counts.ready_for_order += 1,
            State::AwaitsOrder => counts.awaiting_order += 1,
            State::Scheduled => counts.scheduled += 1,
            State::Active => counts.active += 1,
            State::Ended | State::Withdrawn => {}
        }
        counts.ending_soon += u64::from(ends_soon(case, today));
        counts.unpaid += u64::from(is_unpaid(case));
        if case.pair.joining.is_some() && case.joining_order().is_none() {
            counts.joining += 1;
            counts.first_joining = counts.first_joining.or(Some(case.pair.id));
        }
    }
    Ok(counts)
}

/// Mentorships within reach with their papers, for the lists of other slices.
pub async fn visible_cases(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    cases(connection, reach, person, &Filter::default(), today).await
}

/// Whether an active mentorship ends within 30 days.
pub fn ends_soon(case: &Case, today: NaiveDate) -> bool {
    let border = today.checked_add_days(SOON).unwrap_or(today);
    case.state == State::Active && case.last_day() <= border
}

/// Whether a mentorship that is not over goes without pay.
pub(super) fn is_unpaid(case: &Case) -> bool {
    let is_over = matches!(case.state, State::Ended | State::Withdrawn);
    !is_over && case.pair.pay.as_ref().is_some_and(super::PayTerms::is_unpaid)
}

/// The mentorships within reach that pass the filter, each with its papers.
pub(super) async fn cases(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    filter: &Filter,
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    let mut pairs = store::visible(connection, reach, person, filter).await?;
    cover(connection, reach, person, &mut pairs, today).await?;
    // The database searched in names this reader may not see: what only they answer to is not found.
    if !filter.search.is_empty() {
        let answers = |name: &FullName| search_key(&name.full()).contains(&filter.search);
        pairs.retain(|pair| pair.people().any(|participant| answers(&participant.name)));
    }
    with_papers(connection, pairs, today).await
}

/// Hides the names that a reader who reaches pairs through the municipality may not see; the pairs stay, so that
/// numbers equal their lists. One's own pair is never hidden.
async fn cover(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    reader: Uuid,
    pairs: &mut [Pair],
    today: NaiveDate,
) -> anyhow::Result<()> {
    let veil = Veil::load(connection, reach, today).await?;
    for pair in pairs.iter_mut().filter(|pair| !pair.has(reader)) {
        let newcomer = pair.joining.as_mut().map(|joining| &mut joining.mentee);
        for participant in std::iter::once(&mut pair.mentor).chain(&mut pair.mentees).chain(newcomer) {
            if veil.hides(participant.person, participant.organization) {
                participant.name = FullName::hidden();
            }
        }
    }
    Ok(())
}

async fn with_papers(
    connection: &impl ConnectionTrait,
    pairs: Vec<Pair>,
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    let ids: Vec<Uuid> = pairs.iter().map(|pair| pair.id).collect();
    let mut own: BTreeMap<Uuid, Vec<papers::Document>> = BTreeMap::new();
    for document in papers::of_pairs(connection, &ids).await? {
        for id in &document.mentorships {
            own.entry(*id).or_default().push(document.clone());
        }
    }
    let documents = |id| own.get(&id).map(Vec::as_slice).unwrap_or_default();
    Ok(pairs
        .into_iter()
        .map(|pair| {
            let id = pair.id;
            Case::of(pair, documents(id), today)
        })
        .collect())
}

/// One mentorship with its papers, if it is within reach.
pub async fn visible_case(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    id: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Option<Case>> {
    let mut pairs: Vec<Pair> = store::visible_one(connection, reach, person, id).await?.into_iter().collect();
    cover(connection, reach, person, &mut pairs, today).await?;
    Ok(with_papers(connection, pairs, today).await?.pop())
}

/// Mentorships by their ids with their papers, whoever asks: for papers already found visible.
pub async fn cases_by_ids(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    with_papers(connection, store::by_ids(connection, ids).await?, today).await
}

/// Mentorships of one organization with their papers.
pub async fn cases_of_organization(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    let reach = Reach { organizations: [OrganizationId(organization)].into(), ..Reach::default() };
    cases(connection, &reach, Uuid::nil(), &Filter::default(), today).await
}

/// Holds mentorships off other writers until the transaction ends, always in the same order, so that two
/// who hold several never wait for each other.
pub async fn lock(tx: &Tx, ids: &[Uuid]) -> Result<(), sea_orm::DbErr> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    for id in sorted {
        db::lock_row(tx, "mentorship", id).await?;
    }
    Ok(())
}

/// Ends a mentorship by a signed order.
pub async fn end(
    tx: &Tx,
    id: Uuid,
    ended: &Ended,
    notice_on: Option<NaiveDate>,
) -> Result<(), sea_orm::DbErr> {
    store::set_ended(tx, id, ended, notice_on).await
}

/// Takes a mentee out of a group by a signed order while the others stay.
pub async fn leave(tx: &Tx, id: Uuid, person: Uuid, last_day: NaiveDate) -> Result<(), sea_orm::DbErr> {
    store::set_left(tx, id, person, last_day).await
}

/// The pairs that stand on these agreements of cooperation and were not given up.
pub async fn standing_on(
    connection: &impl ConnectionTrait,
    agreements: &[Uuid],
) -> anyhow::Result<Vec<store::Standing>> {
    store::standing_on(connection, agreements).await
}

/// An organization as papers name it.
pub async fn school(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<School>, sea_orm::DbErr> {
    store::school(connection, id).await
}

/// Who heads the organization on the day, with the jobs there.
pub async fn director(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    day: NaiveDate,
) -> anyhow::Result<Option<super::Participant>> {
    let Some(person) = store::director_in(connection, organization, day).await? else { return Ok(None) };
    Ok(store::participants(connection, &[(person, organization)]).await?.remove(&(person, organization)))
}

/// Mentorships in force on the day, for indicators 1 and 2: by orders signed, wherever the people work.
pub async fn in_force_rows(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> anyhow::Result<Vec<MentoringRow>> {
    let mut rows: BTreeMap<Uuid, MentoringRow> = BTreeMap::new();
    for row in store::in_force(connection, day).await? {
        if let Some(known) = rows.get_mut(&row.id) {
            known.mentees.push(PersonId(row.person_id));
            continue;
        }
        let Some(in_force) = days(&row)? else { continue };
        let mentoring = MentoringRow {
            mentor: PersonId(row.mentor_id),
            mentor_organization: OrganizationId(row.mentor_organization),
            mentees: vec![PersonId(row.person_id)],
            in_force,
        };
        rows.insert(row.id, mentoring);
    }
    Ok(rows.into_values().collect())
}

/// Somebody mentored on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mentored {
    /// The mentorship.
    pub pair: Uuid,
    pub organization: Uuid,
    pub mentor: Uuid,
    pub mentee: Uuid,
}

/// Mentorships in force on the day in which the person takes part, a row for each mentee they concern.
pub async fn in_force_with(
    connection: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<Vec<Mentored>, sea_orm::DbErr> {
    let rows = store::in_force_with(connection, person, day).await?;
    Ok(rows
        .into_iter()
        .map(|row| Mentored {
            pair: row.id,
            organization: row.organization_id,
            mentor: row.mentor_id,
            mentee: row.person_id,
        })
        .collect())
}

/// The days in force by the rule of the gate; it looks at the plan and the orders only.
fn days(row: &store::InForceRow) -> anyhow::Result<Option<Period>> {
    let order = gate::Paper { number: row.label.clone(), dated: row.ordered_on, scan: Scan::NotAttached };
    let ending = row.ended_on.and_then(|day| day.pred_opt()).map(|last_day| gate::Ending {
        order: order.clone(),
        last_day,
        reason: gate::EndReason::Other,
    });
    let period = Period::through(row.starts_on, row.ends_on)?;
    let papers = Papers {
        period,
        partnership: gate::Partnership::NotNeeded,
        consent: None,
        mentees: Vec::new(),
        agreement: None,
        order: Some(order),
        ending,
    };
    Ok(gate::days_in_force(&papers))
}

/// What takes places of these mentors, by mentor: mentorships being agreed on, approved or running, in whatever
/// organization, and whoever is about to join a group (п. 3.1). The only truth about places: the bank, the matching and the forms
/// of pairs count with it, so that nobody is promised twice.
pub async fn engagements(
    connection: &impl ConnectionTrait,
    mentors: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Vec<Engagement>>> {
    let mut found: BTreeMap<Uuid, Vec<Engagement>> = BTreeMap::new();
    for engaged in store::engagements(connection, mentors).await? {
        found.entry(engaged.engagement.mentor.0).or_default().push(engaged.engagement);
    }
    Ok(found)
}

/// Mentor and mentee of every pair of the organization that is agreed on or runs, with its id.
pub async fn formed(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<BTreeMap<(Uuid, Uuid), Uuid>, sea_orm::DbErr> {
    store::formed(connection, organization, today).await
}

/// Titles of mentorships for lists: «Иванова А. А. – Петров П. П.».
pub async fn titles(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, String>> {
    let pairs = store::by_ids(connection, ids).await?;
    Ok(pairs.into_iter().map(|pair| (pair.id, pair.title())).collect())
}
