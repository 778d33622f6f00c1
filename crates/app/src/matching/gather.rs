//! The people of a run from the database: a few queries for a municipality however many there are, and as many again for
//! each part of a region, so that no part is too large to be read at once.
//!
//! Needs come from requests, strengths from what mentors told of themselves. Nothing comes from a self-diagnosis: its
//! answers belong to the pair (decision 0009), and an explanation would tell of them (decision 0012).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::ids::{OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::matching::Width;
use nastavnik_domain::matching::people::{
    Consent, DOMAINS, Marks, Mentee, Mentor, Offered, People, Profile, Remote,
};
use nastavnik_domain::pair::Workplace;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::request::Format;
use nastavnik_domain::role::Role;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::input::{Input, Unnamed};
use super::store::{self, Scope};
use super::weights;
use crate::bank::{self, Names, Ready, Sided, Waiting};
use crate::council;
use crate::pairs;
use crate::requests::{self, Asked};

/// Help that is asked for, and help that is given, in points of a domain: a request names domains, not degrees.
const FULL: u8 = 3;

/// Kinds everybody takes part in unless they have chosen otherwise. A reverse and a speed mentorship are the curator's
/// choice for these very people.
const USUAL: [Kind; 5] =
    [Kind::Traditional, Kind::Group, Kind::Virtual, Kind::GoalSetting, Kind::Situational];

/// Of a region so many people are gathered at once.
const PART: i64 = 10_000;

/// About how many people a run within the scope will look at.
pub(super) async fn size(
    connection: &impl ConnectionTrait,
    scope: &Scope,
    today: NaiveDate,
) -> anyhow::Result<u64> {
    let reaches = (&scope.mentor_reach(), &scope.reach());
    Ok(store::market(connection, reaches, AcademicYear::of(today)).await?)
}

/// Everything a run within the scope is made from, as of the day. `tell` learns how many parts of how many are gathered.
pub(super) async fn gather(
    connection: &impl ConnectionTrait,
    scope: &Scope,
    today: NaiveDate,
    tell: impl Fn(usize, usize),
) -> anyhow::Result<Input> {
    let known = Known {
        directors: store::directors(connection, &scope.mentor_reach(), today).await?,
        paired: store::paired(connection, &scope.mentor_reach(), today).await?,
    };
    let (weights, edition) = weights::on(connection, scope.municipality, today).await?;
    let mut people = People {
        mentors: Vec::new(),
        mentees: Vec::new(),
        marks: Marks::default(),
        today,
        domains: Domain::ALL.map(|domain| domain.short().to_lowercase()),
    };
    let mut unnamed = Unnamed::default();
    let parts = parts(connection, scope, today).await?;
    for (done, part) in parts.iter().enumerate() {
        tell(2 * done, 2 * parts.len());
        let (ready, hidden) = within(connection, scope, &part.mentors, scope.names(), today).await?;
        people.mentors.extend(ready.into_iter().map(|ready| mentor(ready, &known.directors)));
        unnamed.mentors += hidden;
        tell(2 * done + 1, 2 * parts.len());
        unnamed.mentees += add_mentees(connection, &part.mentees, scope.names(), &known, &mut people).await?;
    }
    once(&mut people);
    Ok(Input { people, weights, edition, pinned: Vec::new(), width: Width::Everybody, unnamed })
}

/// What is known of the whole scope.
struct Known {
    directors: BTreeMap<Uuid, Uuid>,
    paired: BTreeMap<Uuid, Vec<Uuid>>,
}

/// Adds those within reach who wait, and what stands against pairs of theirs. How many more may not be named.
async fn add_mentees(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    names: Names,
    known: &Known,
    people: &mut People,
) -> anyhow::Result<usize> {
    let (waiting, unnamed) = bank::waiting(connection, reach, names, people.today).await?;
    let asked = requests::asked(connection, reach, people.today).await?;
    let asked: BTreeMap<(Uuid, Uuid), Asked> =
        asked.into_iter().map(|asked| ((asked.person, asked.organization), asked)).collect();
    let schools: BTreeSet<Uuid> = waiting.iter().map(|one| one.who.place.organization.0).collect();
    for ban in council::bans(connection, &schools.into_iter().collect::<Vec<_>>()).await? {
        people.marks.add(PersonId(ban.mentor), PersonId(ban.mentee), ban.mark);
    }
    people.mentees.extend(waiting.into_iter().map(|waiting| mentee(waiting, &asked, known)));
    Ok(unnamed)
}

/// A part of a scope.
struct Part {
    mentors: Reach,
    mentees: Reach,
}

/// The scope in parts that can be read at once: a region territory by territory, several small ones together.
async fn parts(
    connection: &impl ConnectionTrait,
    scope: &Scope,
    today: NaiveDate,
) -> anyhow::Result<Vec<Part>> {
    if scope.is_named() {
        return Ok(vec![Part { mentors: scope.mentor_reach(), mentees: scope.reach() }]);
    }
    let mut reaches: Vec<(i64, Reach)> = Vec::new();
    for row in store::parts(connection, &scope.reach(), AcademicYear::of(today)).await? {
        let territory = TerritoryId(row.territory_id);
        match reaches.last_mut().filter(|(size, _)| size + row.n <= PART) {
            Some((size, reach)) => {
                *size += row.n;
                reach.municipalities.insert(territory);
            }
            None => reaches
                .push((row.n, Reach { municipalities: BTreeSet::from([territory]), ..Reach::default() })),
        }
    }
    Ok(reaches.into_iter().map(|(_, reach)| Part { mentors: reach.clone(), mentees: reach }).collect())
}

/// Mentors a run within the scope may propose. For one organization also those of others who have agreed to be found.
pub(super) async fn mentors(
    connection: &impl ConnectionTrait,
    scope: &Scope,
    today: NaiveDate,
) -> anyhow::Result<Vec<Ready>> {
    Ok(within(connection, scope, &scope.mentor_reach(), Names::Shown, today).await?.0)
}

/// Those of them within reach, and how many more may not be named.
async fn within(
    connection: &impl ConnectionTrait,
    scope: &Scope,
    reach: &Reach,
    names: Names,
    today: NaiveDate,
) -> anyhow::Result<(Vec<Ready>, usize)> {
    let period = pairs::usual_period(today)?;
    let (mut ready, hidden) = bank::ready(connection, reach, names, &period, today).await?;
    let Some(home) = scope.organization else { return Ok((ready, hidden)) };
    ready.retain(|ready| ready.who.place.organization.0 == home || ready.in_register);
    // Whoever is both here and elsewhere helps here first.
    ready.sort_by_key(|ready| ready.who.place.organization.0 != home);
    Ok((ready, 0))
}

/// Who works in two organizations takes part once, in the first.
fn once(people: &mut People) {
    let mut seen = BTreeSet::new();
    people.mentors.retain(|mentor| seen.insert(mentor.profile.person));
    seen.clear();
    people.mentees.retain(|mentee| seen.insert(mentee.profile.person));
}

fn mentor(ready: Ready, directors: &BTreeMap<Uuid, Uuid>) -> Mentor {
    let mut strengths = [0; DOMAINS];
    for domain in &ready.strengths {
        strengths[usize::from(domain.number()) - 1] = FULL;
    }
    let chosen: BTreeSet<Kind> = ready.kinds.iter().copied().collect();
    let kinds = if chosen.is_empty() { USUAL.into() } else { chosen };
    let remote = if ready.works_remotely { Remote::Ready } else { Remote::InPersonOnly };
    let is_director = directors.get(&ready.who.place.organization.0) == Some(&ready.who.person);
    Mentor {
        roles: if is_director { vec![Role::Director] } else { Vec::new() },
        // Who stands ready in the bank has agreed to be there; the written consent is asked for this very pair.
        consent: Consent::Given,
        offered: if ready.in_register { Offered::Anywhere } else { Offered::AtHome },
        free_places: u16::try_from(ready.free_places).unwrap_or(u16::MAX),
        strengths,
        profile: profile(ready.who, kinds, remote, directors),
    }
}

fn mentee(waiting: Waiting, asked: &BTreeMap<(Uuid, Uuid), Asked>, known: &Known) -> Mentee {
    let who = waiting.who;
    let asked = asked.get(&(who.person, who.place.organization.0));
    let mut needs = [0; DOMAINS];
    for domain in asked.iter().flat_map(|asked| &asked.domains) {
        needs[usize::from(domain.number()) - 1] = FULL;
    }
    let wants = |format| asked.is_some_and(|asked| asked.formats.contains(&format));
    let remote = if wants(Format::Correspondence) { Remote::Ready } else { Remote::InPersonOnly };
    let mut kinds = BTreeSet::from(USUAL);
    // Working in a group is for those who have said so, or nothing at all.
    if asked.is_some() && !wants(Format::Group) {
        kinds.remove(&Kind::Group);
    }
    let ids = |list: &[Uuid]| list.iter().copied().map(PersonId).collect();
    let paired_with = known.paired.get(&who.person).map(|mentors| ids(mentors)).unwrap_or_default();
    let mut profile = profile(who, kinds, remote, &known.directors);
    if let Some(asked) = asked {
        (profile.likes, profile.never) = (ids(&asked.wanted), ids(&asked.unwanted));
    }
    Mentee { profile, needs, paired_with }
}

fn profile(who: Sided, kinds: BTreeSet<Kind>, remote: Remote, directors: &BTreeMap<Uuid, Uuid>) -> Profile {
    let director = directors.get(&who.place.organization.0).filter(|director| **director != who.person);
    Profile {
        person: PersonId(who.person),
        workplace: Workplace { organization: who.place.organization, municipality: who.place.territory },
        post: who.post,
        seniority: who.seniority,
        subjects: who.subjects,
        // No list tells shifts yet: both sides get half of what an equal shift would give.
        shift: None,
        remote,
        kinds,
        likes: BTreeSet::new(),
        never: BTreeSet::new(),
        superiors: director.copied().map(PersonId).into_iter().collect(),
    }
}

impl Scope {
    /// Whose mentees take part.
    pub(super) fn reach(&self) -> Reach {
        let mut reach = Reach::default();
        match (self.organization, self.municipality) {
            (Some(organization), _) => drop(reach.organizations.insert(OrganizationId(organization))),
            (None, Some(municipality)) => drop(reach.municipalities.insert(TerritoryId(municipality))),
            (None, None) => drop(reach.regions.insert(TerritoryId(self.region))),
        }
        reach
    }

    /// Where mentors are looked for: around an organization in the whole municipality.
    pub(super) fn mentor_reach(&self) -> Reach {
        let mut reach = self.reach();
        if self.organization.is_some() {
            reach.municipalities.extend(self.municipality.map(TerritoryId));
        }
        reach
    }

    /// A run of a region is shown in numbers only (п. 4.3), so nobody is left out of it.
    pub(super) const fn is_named(&self) -> bool {
        self.organization.is_some() || self.municipality.is_some()
    }

    const fn names(&self) -> Names {
        if self.is_named() { Names::Shown } else { Names::NotShown }
    }
}
