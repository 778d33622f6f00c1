//! From the terms and the records to the draft that the rules judge.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::config::{Positions, limits};
use nastavnik_domain::ids::{OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::matching::{Audience, Refusal};
use nastavnik_domain::mentor::{Engagement, free_places};
use nastavnik_domain::pair::{Draft, MenteeFacts, MentorFacts, PairError, Workplace, check, check_joining};
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::{Actor, Permission};
use nastavnik_domain::russian::search_key;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::offer::{Offer, not_ready};
use super::record::{Pair, Participant};
use super::store::{self, Engaged, NewPair};
use super::terms::{MentorChoice, Terms};
use crate::bank::{self, Mentor};
use crate::council;
use crate::kernel::forms::Form;
use crate::partnerships;
use crate::requests;

/// Who of the bank is meant. A mistake is written at the field.
pub(super) async fn candidate(
    connection: &impl ConnectionTrait,
    form: &mut Form,
    offer: &Offer,
    choice: &MentorChoice,
    today: NaiveDate,
) -> anyhow::Result<Option<Mentor>> {
    let person = match choice {
        MentorChoice::Own(person) => person,
        MentorChoice::Outside(name) => return outside(connection, form, offer, name, today).await,
    };
    let found = offer.mentors.iter().find(|offered| offered.candidate.person == *person);
    match found.map(|offered| &offered.candidate) {
        Some(candidate) if candidate.is_ready => return Ok(Some(candidate.clone())),
        Some(candidate) => {
            let why = not_ready(candidate);
            form.error("mentor", format!("{why}: дополните запись в банке или выберите другого."));
        }
        None => form.error(
            "mentor",
            "Этого человека нет в банке наставников: внесите его в банк или выберите другого (п. 3.1 Положения).",
        ),
    }
    Ok(None)
}

/// Somebody listed in the bank of another organization, found by the full name only: lists of other
/// organizations are not shown.
async fn outside(
    connection: &impl ConnectionTrait,
    form: &mut Form,
    offer: &Offer,
    name: &str,
    today: NaiveDate,
) -> anyhow::Result<Option<Mentor>> {
    let mut found = Vec::new();
    for (person, organization) in
        store::outsiders(connection, offer.school.id, &search_key(name), today).await?
    {
        let ready = bank::ready_mentors(connection, organization, today).await?;
        found.extend(ready.into_iter().filter(|mentor| mentor.person == person));
    }
    match (found.pop(), found.is_empty()) {
        (Some(mentor), true) => return Ok(Some(mentor)),
        (Some(_), false) => form.error(
            "outside_mentor",
            "В банках других организаций таких людей несколько: попросите департамент уточнить запись.",
        ),
        (None, _) => form.error(
            "outside_mentor",
            "В банках других организаций региона такого наставника нет. Введите фамилию, имя и отчество полностью \
             или попросите его организацию внести его в банк (п. 3.1 Положения).",
        ),
    }
    Ok(None)
}

/// A mentor of the bank with the capacity read while the record is held.
pub(super) struct Places {
    person: Uuid,
    organization: Uuid,
    capacity: u32,
}

impl Places {
    pub(super) const fn of(mentor: &Mentor, capacity: u32) -> Self {
        Self { person: mentor.person, organization: mentor.organization, capacity }
    }
}

/// How much of a refusal somebody is told: all of it, if they read opinions there and take no part in the pair (п. 3.5).
pub(super) fn audience(
    actor: &Actor,
    organization: Uuid,
    mut people: impl Iterator<Item = Uuid>,
) -> Audience {
    let reads = actor.reach(Permission::ReadOpinions).organizations.contains(&OrganizationId(organization));
    if reads && people.all(|person| person != actor.person.0) { Audience::Curator } else { Audience::Others }
}

/// Judges the terms by every rule. Refusals go to their fields; what passes comes back ready to be written.
/// Within the writing transaction the answer holds until its end, for the mentor's record is locked.
pub(super) async fn judge(
    connection: &impl ConnectionTrait,
    form: &mut Form,
    offer: &Offer,
    terms: &Terms,
    places: &Places,
    edited: Option<Uuid>,
    audience: Audience,
) -> anyhow::Result<Option<NewPair>> {
    match judged(connection, offer.school.id, terms, places, edited).await? {
        Ok(new) => Ok(new),
        Err(errors) => {
            for error in errors {
                form.error(error.field(), told(&error, offer, audience));
            }
            Ok(None)
        }
    }
}

/// The same without a form: the refusals themselves. Nothing, if the days can't be told.
pub(super) async fn judged(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    terms: &Terms,
    places: &Places,
    edited: Option<Uuid>,
) -> anyhow::Result<Result<Option<NewPair>, Vec<PairError>>> {
    let Some(period) = terms.period() else { return Ok(Ok(None)) };
    let is_across = places.organization != organization;
    let agreement = terms.agreement.filter(|_| is_across);
    let draft = draft(connection, organization, terms, places, period, edited).await?;
    let limits = limits()?;
    let rules = &limits.on(terms.starts_on)?.value;
    if let Err(errors) = check(&draft, rules) {
        return Ok(Err(errors));
    }
    Ok(Ok(terms.ends_on.map(|ends_on| NewPair {
        organization,
        mentor: places.person,
        mentor_organization: places.organization,
        mentees: terms.mentees.clone(),
        form: terms.form,
        kinds: terms.kinds.iter().copied().collect(),
        model: terms.model,
        starts_on: terms.starts_on,
        ends_on,
        online_place: terms.online_place.clone(),
        goals: terms.goals.clone(),
        meetings: terms.meetings.clone(),
        work: terms.work.clone(),
        pay: terms.pay.clone(),
        agreement,
    })))
}

/// Judges somebody who would join a running group for these days; `capacity` was read while the mentor's record is held.
pub(super) async fn judged_joining(
    connection: &impl ConnectionTrait,
    pair: &Pair,
    newcomer: Uuid,
    days: Period,
    capacity: u32,
) -> anyhow::Result<Vec<PairError>> {
    let terms = Terms {
        mentees: pair.staying().map(|mentee| mentee.person).chain([newcomer]).collect(),
        mentor: MentorChoice::Own(pair.mentor.person),
        form: pair.form,
        kinds: pair.kinds.iter().copied().collect(),
        model: pair.model,
        starts_on: days.from(),
        ends_on: days.last_day(),
        online_place: pair.online_place.clone(),
        goals: pair.goals.clone(),
        meetings: pair.meetings.clone(),
        work: pair.work.clone(),
        pay: pair.pay.clone(),
        agreement: pair.agreement.as_ref().map(|agreement| agreement.id),
    };
    let places = Places { person: pair.mentor.person, organization: pair.mentor.organization, capacity };
    let draft = draft(connection, pair.organization, &terms, &places, days, Some(pair.id)).await?;
    Ok(check_joining(&draft, PersonId(newcomer)).err().unwrap_or_default())
}

/// The refusal with the name of the mentee it is about.
fn told(error: &PairError, offer: &Offer, audience: Audience) -> String {
    let words = error.told(audience);
    match error.mentee().and_then(|mentee| offer.name_of(mentee.0)) {
        Some(name) => format!("{name}. {words}"),
        None => words,
    }
}

async fn draft(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    terms: &Terms,
    places: &Places,
    period: Period,
    edited: Option<Uuid>,
) -> anyhow::Result<Draft> {
    let positions = Positions::bundled()?;
    let mentor_key = (places.person, places.organization);
    let mut wanted = vec![mentor_key];
    wanted.extend(terms.mentees.iter().map(|mentee| (*mentee, organization)));
    let people = store::participants(connection, &wanted).await?;
    let mut engaged = store::engagements(connection, &[places.person]).await?;
    engaged.retain(|known| Some(known.id) != edited);
    let engagements: Vec<Engagement> = engaged.iter().map(|known| known.engagement.clone()).collect();
    let mentor = people.get(&mentor_key).ok_or_else(|| anyhow::anyhow!("нет наставника"))?;
    let standing = Standing::load(connection, organization, mentor, terms.starts_on).await?;
    let mentor = MentorFacts {
        person: PersonId(mentor.person),
        workplace: workplace(mentor),
        roles: store::roles_on(connection, mentor.person, mentor.organization, terms.starts_on).await?,
        post: mentor.post(&positions),
        born: mentor.born,
        teaching_since: mentor.teaching_since,
        superiors: led_by(standing.mentor_director, mentor.person),
        free_places: free_places(places.capacity, PersonId(mentor.person), &period, &engagements),
    };
    let mentees = terms.mentees.iter().filter_map(|id| people.get(&(*id, organization)));
    Ok(Draft {
        organization: OrganizationId(organization),
        mentor,
        mentees: mentees.map(|mentee| mentee_facts(mentee, &engaged, &positions, &standing)).collect(),
        form: terms.form,
        kinds: terms.kinds.clone(),
        model: terms.model,
        period,
        online_place: Some(terms.online_place.clone()).filter(|place| !place.is_empty()),
        goals: terms.goals.clone(),
        meetings: terms.meetings.clone(),
        partnership: chosen(connection, terms.agreement).await?,
    })
}

/// The terms of the agreement of cooperation chosen, as they are now.
async fn chosen(
    connection: &impl ConnectionTrait,
    agreement: Option<Uuid>,
) -> anyhow::Result<Option<nastavnik_domain::partnership::Terms>> {
    let Some(id) = agreement else { return Ok(None) };
    Ok(partnerships::by_ids(connection, &[id]).await?.remove(&id).map(|agreement| agreement.terms))
}

/// What stands between people besides their terms: who leads whom, and what was decided or wished (B5).
struct Standing {
    mentor: Uuid,
    director: Option<Uuid>,
    mentor_director: Option<Uuid>,
    bans: Vec<council::Ban>,
    unwanted: Vec<(Uuid, Uuid)>,
}

impl Standing {
    async fn load(
        connection: &impl ConnectionTrait,
        organization: Uuid,
        mentor: &Participant,
        day: NaiveDate,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            mentor: mentor.person,
            director: store::director_in(connection, organization, day).await?,
            mentor_director: store::director_in(connection, mentor.organization, day).await?,
            bans: council::bans(connection, &[organization]).await?,
            unwanted: requests::unwanted(connection, organization, day).await?,
        })
    }

    fn against(&self, mentee: Uuid) -> BTreeSet<Refusal> {
        let bans = self.bans.iter().filter(|ban| (ban.mentor, ban.mentee) == (self.mentor, mentee));
        let wish = self.unwanted.contains(&(mentee, self.mentor)).then_some(Refusal::Wish);
        bans.map(|ban| ban.mark.refusal()).chain(wish).collect()
    }
}

/// The director leads everybody of the organization but themself.
fn led_by(director: Option<Uuid>, person: Uuid) -> BTreeSet<PersonId> {
    director.filter(|director| *director != person).map(PersonId).into_iter().collect()
}

fn mentee_facts(
    mentee: &Participant,
    engaged: &[Engaged],
    positions: &Positions,
    standing: &Standing,
) -> MenteeFacts {
    let with = |known: &&Engaged| known.engagement.mentees.contains(&PersonId(mentee.person));
    MenteeFacts {
        person: PersonId(mentee.person),
        workplace: workplace(mentee),
        post: mentee.post(positions),
        born: mentee.born,
        teaching_since: mentee.teaching_since,
        superiors: led_by(standing.director, mentee.person),
        against: standing.against(mentee.person),
        same_mentor: engaged.iter().filter(with).map(|known| known.engagement.period).collect(),
    }
}

fn workplace(person: &Participant) -> Workplace {
    Workplace {
        organization: OrganizationId(person.organization),
        municipality: TerritoryId(person.territory),
    }
}
