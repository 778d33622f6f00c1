//! A route of a teacher in its fifth step, with a comment and a file that waits.

use chrono::NaiveDate;
use nastavnik::kernel::db::{self, Tx};
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::pathway::{
    Body, Detail, Event, Finding, Findings, Pathway, Recorded, SelfImage, Step, Term, Voice,
};
use uuid::Uuid;

use super::app::start;

/// The route and the file, both of this person.
pub(super) async fn a_route(tx: &Tx, owner: Uuid, tutor: Option<Uuid>) -> [Uuid; 2] {
    let [route, file] = std::array::from_fn(|_| ids::row_id());
    let events = events();
    let pathway = Pathway::replay(&events).unwrap();
    let write = async |sql: &str, values: Vec<sea_orm::Value>| db::exec(tx, sql, values).await.unwrap();
    write(
        "INSERT INTO pathway (id, person_id, tutor_id, opens, agreed_at, starts_on, ends_on, step, entries, open_comments, \
         version, created_at, changed_at) VALUES (?, ?, ?, '', ?, ?, ?, 5, 1, 1, ?, ?, ?)",
        values![
            route,
            owner,
            tutor,
            start(),
            pathway.term.from,
            pathway.term.to,
            i64::try_from(events.len()).unwrap(),
            start(),
            start()
        ],
    )
    .await;
    for (number, recorded) in (1_i64..).zip(&events) {
        write(
            "INSERT INTO pathway_event (pathway_id, number, person_id, happened_at, event) VALUES (?, ?, ?, ?, ?)",
            values![route, number, owner, start(), serde_json::to_string(recorded).unwrap()],
        )
        .await;
    }
    write(
        "INSERT INTO pathway_import (id, person_id, content, created_at) VALUES (?, ?, ?, ?)",
        values![file, owner, serde_json::to_string(&pathway).unwrap(), start()],
    )
    .await;
    [route, file]
}

fn events() -> Vec<Recorded> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let found = |step, domain| Event::Found {
        step,
        findings: Findings { seen_on: None, list: vec![Finding { domain, words: "слова".to_owned() }] },
    };
    let body = Body {
        title: "Открытый урок".to_owned(),
        from: day(2027, 1, 11),
        to: day(2027, 5, 20),
        domain: None,
        detail: Detail::Measure { expected: String::new() },
    };
    let image = SelfImage { ideal: "Учитель".to_owned(), ..SelfImage::default() };
    let by = |by, event| Recorded { by, on: day(2026, 11, 20), event };
    let own = |event| by(Voice::Owner, event);
    vec![
        own(Event::Begun { term: Term { from: day(2026, 9, 1), to: day(2030, 8, 31) } }),
        own(Event::SelfImageWritten { image }),
        own(Event::Completed { step: Step::SelfImage }),
        own(found(Step::Achievements, Domain::Subject)),
        own(Event::Completed { step: Step::Achievements }),
        own(found(Step::Difficulties, Domain::Methods)),
        own(Event::Completed { step: Step::Difficulties }),
        own(Event::Added { body }),
        own(Event::Completed { step: Step::Roadmap }),
        by(Voice::Curator, Event::Commented { step: Step::Roadmap, text: "Хорошее начало".to_owned() }),
    ]
}
