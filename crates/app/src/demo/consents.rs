//! Consents of the demo: most people have signed, some have not been asked yet, so that the curator has something to do.

use anyhow::Context;
use chrono::{Days, NaiveDate};
use nastavnik_domain::consent::Kind;
use uuid::Uuid;

use super::browser::Browser;
use super::city::School;
use super::store;
use super::work::Pair;
use crate::kernel::state::App;

/// How many boxes one form of the list may send.
const AT_ONCE: usize = 400;

/// The curator records the papers that have come in.
pub(super) async fn collect(
    curator: &Browser,
    school: &School,
    pairs: &[Pair],
    today: NaiveDate,
) -> anyhow::Result<()> {
    for kind in Kind::ALL {
        let signed: Vec<Uuid> = school
            .workers
            .iter()
            .enumerate()
            .filter(|(index, worker)| has_signed(kind, *index, worker.id, school, pairs))
            .map(|(_, worker)| worker.id)
            .collect();
        for part in signed.chunks(AT_ONCE) {
            record(curator, school, part, kind, today).await?;
        }
    }
    Ok(())
}

/// The first pairs of a school and its heads have signed what everybody is asked for; of the others some have not.
fn has_signed(kind: Kind, index: usize, person: Uuid, school: &School, pairs: &[Pair]) -> bool {
    let pair = pairs.iter().position(|pair| pair.mentor == person || pair.mentee == person);
    let is_mentor = pairs.iter().any(|pair| pair.mentor == person);
    let leads = person == school.director || person == school.curator;
    match kind {
        Kind::Processing => leads || pair.is_some_and(|pair| pair < 4) || index % 9 != 4,
        Kind::Transfer => leads || pair.is_some_and(|pair| pair < 3) || (pair.is_none() && index % 7 != 3),
        // The first mentor of each school has not been asked for the open page yet.
        Kind::Publication => is_mentor && pair.is_some_and(|pair| pair > 0 && pair < 3),
        Kind::Continuity => index.is_multiple_of(5),
    }
}

async fn record(
    curator: &Browser,
    school: &School,
    people: &[Uuid],
    kind: Kind,
    today: NaiveDate,
) -> anyhow::Result<()> {
    let organization = school.organization.id;
    let chosen: Vec<String> = people.iter().map(|person| format!("{person}.{organization}")).collect();
    let day = today.checked_sub_days(Days::new(40)).context("дата согласия")?.to_string();
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|value| ("chosen", value.as_str())).collect();
    fields.extend([("kind", kind.code()), ("given_on", day.as_str())]);
    curator.send("/consents/receipts", &fields).await.map(|_| ())
}

/// Mentors tell in what they are strong and that others may find them.
pub(super) async fn into_register(app: &App, pairs: &[Pair]) -> anyhow::Result<()> {
    const GROUNDS: [(i64, &str); 4] = [
        (3, "готовит победителей муниципального этапа олимпиады"),
        (4, "ведёт родительский клуб"),
        (5, "открытые уроки на городских методических днях"),
        (6, "проводит дистанционные занятия"),
    ];
    let tx = app.db.begin().await?;
    for (pair, ground) in pairs.iter().zip(GROUNDS.iter().cycle()) {
        store::into_register(&tx, pair.mentor, *ground).await?;
    }
    tx.commit().await?;
    Ok(())
}
