//! What other slices may ask about self-diagnosis.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::competence::{Answer, Domain, Standing as Level, View, Wave, assess};
use nastavnik_domain::consent::Kind;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::facts::{self, Standing};
use super::own;
use super::rules;
use super::store::{self, Filled, NewSheet};
use crate::consents;
use crate::kernel::db::Tx;
use crate::kernel::errors::Outcome;
use crate::pairs;
use crate::people;

/// What waits for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errands {
    /// The timely wave, if it is neither completed nor refused: where to go and how the wave is called.
    pub own: Option<(String, Wave)>,
    /// Views that are waited for: where to go and whose skills they are about, «Иванова А. А.».
    pub views: Vec<(String, String)>,
}

/// What waits for this person on the day: the own sheet, a colleague's request, a mentee to look at.
pub async fn errands(connection: &impl ConnectionTrait, person: Uuid, today: NaiveDate) -> Outcome<Errands> {
    let wave = Wave::current(today, &rules::questionnaire(today)?.limits);
    let year = AcademicYear::of(today);
    let sheets = store::own(connection, person).await?;
    let current =
        sheets.iter().find(|sheet| sheet.view == View::Own && sheet.year == year && sheet.wave == wave);
    let own = match current {
        Some(sheet) => sheet.is_open().then(|| (sheet.href(), wave)),
        None => own::place(connection, person, today).await?.map(|_| ("/own/diagnosis".to_owned(), wave)),
    };
    let mut views: Vec<(String, String)> = Vec::new();
    let pairs = pairs::in_force_with(connection, person, today).await?;
    for sheet in store::asked_of(connection, person).await? {
        let is_mentee = pairs.iter().any(|pair| pair.mentor == person && pair.mentee == sheet.person);
        if sheet.view == View::Expert || is_mentee {
            views.push((sheet.href(), sheet.name.short()));
        }
    }
    views.extend(unseen(connection, person, &pairs, year).await?);
    Ok(Errands { own, views })
}

/// Mentees who have completed a sheet this year that their mentor has not looked at yet.
async fn unseen(
    connection: &impl ConnectionTrait,
    mentor: Uuid,
    pairs: &[pairs::Mentored],
    year: AcademicYear,
) -> Outcome<Vec<(String, String)>> {
    let pairs: Vec<_> = pairs.iter().filter(|pair| pair.mentor == mentor).collect();
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let people: Vec<Uuid> = pairs.iter().map(|pair| pair.mentee).collect();
    let sheets = store::of_mentee(connection, &people, mentor).await?;
    let names =
        people::briefs(connection, &people.iter().copied().map(Into::into).collect::<Vec<_>>()).await?;
    let mut found = Vec::new();
    for pair in pairs {
        let of = |view| {
            sheets.iter().find(move |sheet| {
                sheet.person == pair.mentee
                    && sheet.year == year
                    && sheet.view == view
                    && sheet.organization == pair.organization
            })
        };
        let given = |sheet: &super::sheet::Sheet| {
            sheet.view == View::Mentor
                && sheet.author == mentor
                && sheet.person == pair.mentee
                && sheet.year == year
        };
        if of(View::Own).is_some()
            && !sheets.iter().any(given)
            && let Some(brief) = names.get(&pair.mentee.into())
        {
            found.push((format!("/pairs/{}/diagnosis/{}", pair.pair, pair.mentee), brief.name.short()));
        }
    }
    Ok(found)
}

/// How many of those who are or should be mentored have not begun the timely wave: `/diagnosis?state=none`.
pub async fn not_begun(connection: &impl ConnectionTrait, reach: &Reach, today: NaiveDate) -> Outcome<u64> {
    let people = facts::of_wave(connection, reach, today, facts::current(today)?).await?;
    let waits = people.iter().filter(|line| line.person.is_awaited() && line.standing == Standing::None);
    Ok(u64::try_from(waits.count()).unwrap_or(u64::MAX))
}

/// One's own sheet filled and completed in one go, for a demo and for loading what was answered elsewhere.
pub struct Whole<'a> {
    pub person: Uuid,
    pub organization: Uuid,
    pub year: AcademicYear,
    pub wave: Wave,
    pub at: DateTime<Utc>,
    pub answers: &'a [Answer],
}

/// Writes it with what follows from it by the rules of the day.
pub async fn add_whole(tx: &Tx, whole: &Whole<'_>) -> anyhow::Result<Uuid> {
    let set = rules::questionnaire(whole.at.date_naive())?;
    let sheet = NewSheet {
        person: whole.person,
        organization: whole.organization,
        year: whole.year,
        wave: whole.wave,
        view: View::Own,
        author: whole.person,
        visits: None,
    };
    let profile = assess(set, whole.wave, whole.answers);
    store::add_completed(tx, &Filled { sheet, at: whole.at, answers: whole.answers, profile }).await
}

/// A domain that stands out in somebody's newest completed own sheet, for the ring of the pair (decision 0009).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    pub person: Uuid,
    pub domain: Domain,
    /// Never `Middle`.
    pub standing: Level,
    pub seen_on: NaiveDate,
}

/// A completed own sheet with its answers, for the ring of the pair.
pub use super::store::Past;

/// Completed own sheets of these people, by a fixed number of queries: whoever asks makes sure that the reader is of the
/// pair. A sheet begun elsewhere than in `organizations` is left out, unless its person has agreed to continuity.
pub async fn completed(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
    organizations: &[Uuid],
    today: NaiveDate,
) -> anyhow::Result<Vec<Past>> {
    store::completed(connection, people, organizations, today).await
}

/// Deficits and strengths of mentees by their newest completed own sheet: one begun in this organization, or in another
/// with the consent to continuity. Whoever asks has made sure that the reader is of the pair.
pub async fn findings(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    mentees: &[Uuid],
    today: NaiveDate,
) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    for mentee in mentees {
        let anywhere = consents::in_force(connection, *mentee, Kind::Continuity, today).await?;
        let place = if anywhere { None } else { Some(organization) };
        found.extend(store::newest_findings(connection, *mentee, place).await?);
    }
    Ok(found)
}

/// One's own deficits and strengths by the newest completed own sheet, wherever it was begun: for the person alone.
pub async fn own_findings(connection: &impl ConnectionTrait, person: Uuid) -> Outcome<Vec<Finding>> {
    Ok(store::newest_findings(connection, person, None).await?)
}
