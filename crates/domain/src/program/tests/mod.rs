mod laws;
mod rules;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::*;
use crate::competence::Domain;
use crate::ids::PersonId;
use crate::period::tests::date;

pub(super) const MENTOR: PersonId = PersonId(Uuid::from_u128(1));
pub(super) const MENTEE: PersonId = PersonId(Uuid::from_u128(2));
pub(super) const CURATOR: PersonId = PersonId(Uuid::from_u128(3));
pub(super) const DIRECTOR: PersonId = PersonId(Uuid::from_u128(4));

pub(super) fn moment() -> DateTime<Utc> {
    "2026-09-10T08:00:00Z".parse().unwrap()
}

pub(super) fn line(number: u128) -> Uuid {
    Uuid::from_u128(100 + number)
}

pub(super) fn term(from: &str, to: &str) -> Body {
    Body::Term { from: date(from), to: date(to) }
}

pub(super) fn goal(text: &str, domain: Domain) -> Body {
    Body::Goal {
        text: text.to_owned(),
        measure: "8 планов из 10".to_owned(),
        domain,
        ground: Ground::Deficit,
        mentee: None,
    }
}

pub(super) fn measure(what: &str, domain: Domain, due: &str) -> Body {
    Body::Measure {
        what: what.to_owned(),
        domain,
        form: "консультация".to_owned(),
        due: date(due),
        who: Who::Both,
        product: "план".to_owned(),
    }
}

pub(super) fn by(person: PersonId, event: Event) -> Recorded {
    Recorded { by: person, at: moment(), event }
}

/// A full text: a term, a goal and its measure.
pub(super) fn whole_text() -> Text {
    Text(
        [
            (line(0), term("2026-09-10", "2027-05-20")),
            (line(1), goal("Ставить измеримую цель урока", Domain::Methods)),
            (line(2), measure("Посещение урока", Domain::Methods, "2026-11-20")),
        ]
        .into(),
    )
}

pub(super) fn made() -> Recorded {
    by(
        MENTOR,
        Event::Made { shape: Shape::Full, people: vec![MENTOR, MENTEE], text: whole_text(), origin: None },
    )
}

/// Signed by both, agreed by the curator, approved by the director.
pub(super) fn approved() -> Vec<Recorded> {
    vec![
        made(),
        by(MENTOR, Event::Signed { seen: 3 }),
        by(MENTEE, Event::Signed { seen: 3 }),
        by(CURATOR, Event::Agreed { remarks: String::new() }),
        by(DIRECTOR, Event::Approved { document: Uuid::from_u128(9) }),
    ]
}
