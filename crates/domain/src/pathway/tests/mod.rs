//! Examples on paper and laws of routes.

mod laws;
mod rules;

use super::*;
use crate::competence::Domain;
use crate::config::PathwayRules;
use crate::period::tests::date;

const RULES: PathwayRules = PathwayRules { least_years: 4, most_years: 5 };

fn term() -> Term {
    Term { from: date("2026-09-01"), to: date("2031-08-31") }
}

fn own(event: Event) -> Recorded {
    Recorded { by: Voice::Owner, on: date("2026-11-23"), event }
}

fn begun() -> Pathway {
    Pathway::begin(&own(Event::Begun { term: term() })).unwrap()
}

fn body(title: &str) -> Body {
    Body {
        title: title.to_owned(),
        from: date("2027-01-11"),
        to: date("2027-05-20"),
        domain: Some(Domain::Methods),
        detail: Detail::Course {
            provider: "Институт развития образования".to_owned(), hours: 72
        },
    }
}

fn image() -> SelfImage {
    SelfImage {
        ideal: "Спокойный и интересный учитель".to_owned(), ..SelfImage::default()
    }
}

fn findings(domain: Domain) -> Findings {
    Findings {
        seen_on: Some(date("2026-11-12")),
        list: vec![Finding { domain, words: "об этом".to_owned() }],
    }
}

fn outcome() -> Outcome {
    Outcome {
        on: date("2027-05-20"),
        product: "Сборник заданий".to_owned(),
        link: "https://example.org/1".to_owned(),
        document: "удостоверение № 7".to_owned(),
        attitude: Attitude::Proud,
        words: String::new(),
    }
}

/// A route with its roadmap drawn up.
fn drawn() -> Pathway {
    let mut pathway = begun();
    let events = [
        Event::SelfImageWritten { image: image() },
        Event::Completed { step: Step::SelfImage },
        Event::Found { step: Step::Achievements, findings: findings(Domain::Subject) },
        Event::Completed { step: Step::Achievements },
        Event::Found { step: Step::Difficulties, findings: findings(Domain::Psychology) },
        Event::Completed { step: Step::Difficulties },
        Event::Added { body: body("Формирующее оценивание") },
        Event::Completed { step: Step::Roadmap },
    ];
    for event in events {
        pathway.apply(&own(event)).unwrap();
    }
    pathway
}
