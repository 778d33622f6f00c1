//! Programs on their way to the municipal base: one offered, one before the reviewers, one published.

use nastavnik::kernel::db::{self, Tx};
use nastavnik::kernel::ids;
use nastavnik::values;
use uuid::Uuid;

use super::app::start;
use super::world::a_mentorship;

/// What a published program says; nobody is named.
const CONTENT: &str = r#"{"title":"Спокойный урок","audience":"Учителю первого года","result":"Уроки идут по плану",
    "goals":[{"text":"Удерживать порядок","measure":"8 уроков из 10","domain":"psychology"}],
    "measures":[{"what":"Посещение урока","domain":"psychology","form":"посещение","who":"both","product":"Карта","after":20}],
    "sections":[],"days":180}"#;

/// The offered one is of `pair`, the others are of mentorships that did not come about: they are in nobody's way.
pub(super) async fn offers(
    tx: &Tx,
    organization: Uuid,
    pair: Uuid,
    (mentor, mentee): (Uuid, Uuid),
    [person, reviewer, other_reviewer]: [Uuid; 3],
) -> [Uuid; 3] {
    let offered =
        format!(r#"{{"event":"offered","people":["{mentor}","{mentee}"],"organization":"{organization}"}}"#);
    let first = an_offer(tx, (pair, organization), "awaits_consents", &[(person, offered.clone())]).await;
    let agreed = [(mentor, r#"{"event":"agreed"}"#), (mentee, r#"{"event":"agreed"}"#)];
    let mut events = vec![(person, offered)];
    events.extend(agreed.map(|(by, event)| (by, event.to_owned())));
    events.push((person, r#"{"event":"checked"}"#.to_owned()));
    let other = another_pair(tx, organization, mentor, mentee).await;
    let second = an_offer(tx, (other, organization), "in_review", &events).await;
    for by in [reviewer, other_reviewer] {
        let review = r#"{"event":"reviewed","centers":[],"marks":{},"verdict":"recommend","remarks":""}"#;
        events.push((by, review.to_owned()));
    }
    events.push((person, r#"{"event":"published"}"#.to_owned()));
    let other = another_pair(tx, organization, mentor, mentee).await;
    [first, second, an_offer(tx, (other, organization), "published", &events).await]
}

async fn another_pair(tx: &Tx, organization: Uuid, mentor: Uuid, mentee: Uuid) -> Uuid {
    let id = a_mentorship(tx, organization, mentor, &[mentee]).await;
    db::exec(tx, "UPDATE mentorship SET withdrawn_at = ? WHERE id = ?", values![start(), id]).await.unwrap();
    id
}

async fn an_offer(
    tx: &Tx,
    (pair, organization): (Uuid, Uuid),
    state: &str,
    events: &[(Uuid, String)],
) -> Uuid {
    let id = ids::row_id();
    let content = if state == "awaits_consents" { "" } else { CONTENT };
    db::exec(
        tx,
        "INSERT INTO base_program (id, mentorship_id, organization_id, revision, form, kinds, state, source, content, \
         version, offered_at) VALUES (?, ?, ?, 1, 'teacher_teacher', '[\"traditional\"]', ?, '{}', ?, ?, ?)",
        values![id, pair, organization, state, content, i64::try_from(events.len()).unwrap(), start()],
    )
    .await
    .unwrap();
    for (number, (by, event)) in (1_i64..).zip(events) {
        db::exec(
            tx,
            "INSERT INTO base_program_event (base_program_id, number, person_id, happened_at, event) \
             VALUES (?, ?, ?, ?, ?)",
            values![id, number, *by, start(), event.clone()],
        )
        .await
        .unwrap();
    }
    id
}
