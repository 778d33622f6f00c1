//! A program as its pages show it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::{Answer, Body, Eyes, Program, State, Text};
use nastavnik_domain::russian::{long, period, short};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::ring::Ring;
use crate::kernel::clock;
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::people;

/// Names of everybody a program mentions, by one query.
pub(super) struct Names(BTreeMap<PersonId, String>);

impl Names {
    pub(super) async fn of(connection: &impl ConnectionTrait, program: &Program) -> Outcome<Self> {
        let mut people: Vec<PersonId> = program.lines.values().map(|line| line.by).collect();
        people.extend(&program.people);
        people.extend(program.agreed.iter().chain(&program.returned).map(|call| call.by));
        people.extend(program.approved.iter().map(|approved| approved.by));
        people.extend(program.done.values().map(|done| done.by));
        people.extend(program.helpers.iter().map(|helper| helper.person));
        people.sort_unstable();
        people.dedup();
        let briefs = people::briefs(connection, &people).await?;
        Ok(Self(briefs.into_iter().map(|(id, brief)| (id, brief.name.short())).collect()))
    }

    /// «Иванова А. А.».
    pub(super) fn short(&self, person: PersonId) -> String {
        self.0.get(&person).cloned().unwrap_or_default()
    }
}

/// A line with who wrote it last.
pub(super) struct LineView {
    pub(super) id: Uuid,
    pub(super) title: String,
    pub(super) text: String,
    /// How the result of a goal is seen; form and result of a measure.
    pub(super) more: Vec<(&'static str, String)>,
    pub(super) direction: String,
    /// What a goal rests on, for the pair alone.
    pub(super) ground: String,
    pub(super) mentee: String,
    pub(super) due: Option<NaiveDate>,
    pub(super) written: String,
    pub(super) done: Option<String>,
    pub(super) is_late: bool,
    /// This reader may open it to write.
    pub(super) href: Option<String>,
}

/// The lines of a text in the order of the page.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) term: String,
    pub(super) term_href: Option<String>,
    pub(super) sections: Vec<LineView>,
    pub(super) goals: Vec<LineView>,
    pub(super) measures: Vec<LineView>,
}

/// Who reads, and what they may do.
pub(super) struct Reader<'a> {
    pub(super) ring: Ring,
    pub(super) names: &'a Names,
    pub(super) pair: Uuid,
    pub(super) today: NaiveDate,
    pub(super) zone: Tz,
    /// Opens a line.
    pub(super) writes: Writes,
}

/// What a participant may do with lines now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writes {
    Nothing,
    /// Everything: a draft or a revision is open.
    Lines,
    /// Only say that a measure is done.
    Marks,
}

impl Parts {
    pub(super) fn of(program: &Program, text: &Text, reader: &Reader<'_>) -> Self {
        let line = |(id, body): (&Uuid, &Body)| line(program, *id, body, reader);
        let (from, to) = text.term().unwrap_or_default();
        let term = text.0.iter().find(|(_, body)| matches!(body, Body::Term { .. }));
        Self {
            term: period(from, to),
            term_href: term.filter(|_| reader.writes == Writes::Lines).map(|(id, _)| reader.href(*id)),
            sections: text.sections().map(line).collect(),
            goals: text.goals().map(line).collect(),
            measures: text.measures().into_iter().map(line).collect(),
        }
    }
}

impl Reader<'_> {
    fn href(&self, line: Uuid) -> String {
        format!("/pairs/{}/program/lines/{line}", self.pair)
    }

    /// «20.09.2026, 14:05».
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        moment(at, self.zone)
    }
}

/// «20.09.2026, 14:05» where the pair is.
pub(super) fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone).naive_local();
    format!("{}, {}", short(local.date()), local.format("%H:%M"))
}

fn line(program: &Program, id: Uuid, body: &Body, reader: &Reader<'_>) -> LineView {
    let eyes = reader.ring.eyes(body);
    let is_measure = matches!(body, Body::Measure { .. });
    let opens = match reader.writes {
        Writes::Nothing => false,
        Writes::Lines => may_write(reader.ring, body),
        Writes::Marks => is_measure,
    };
    let known = program.lines.get(&id).filter(|_| reader.writes == Writes::Lines);
    let done = program.done.get(&id).map(|done| {
        let words = if done.words.is_empty() { String::new() } else { format!(": {}", done.words) };
        format!("{}{words}", short(done.on))
    });
    let mut view = LineView {
        id,
        title: String::new(),
        text: String::new(),
        more: Vec::new(),
        direction: String::new(),
        ground: String::new(),
        mentee: String::new(),
        due: None,
        written: known.map_or_else(String::new, |line| {
            format!("{}, {}", reader.names.short(line.by), reader.moment(line.at))
        }),
        is_late: false,
        done,
        href: opens.then(|| reader.href(id)),
    };
    fill(&mut view, body, eyes, reader);
    view
}

/// Another mentee's goal is written by the mentor and by that mentee.
pub(super) fn may_write(ring: Ring, body: &Body) -> bool {
    match (ring, body) {
        (Ring::Outside, _) => false,
        (Ring::Mentee(me), Body::Goal { mentee: Some(whose), .. }) => whose.0 == me,
        _ => true,
    }
}

fn fill(view: &mut LineView, body: &Body, eyes: Eyes, reader: &Reader<'_>) {
    match body {
        Body::Term { from, to } => view.text = period(*from, *to),
        Body::Section { title, text, .. } => {
            view.title.clone_from(title);
            view.text.clone_from(text);
        }
        Body::Goal { text, measure, domain, ground, mentee } => {
            view.text.clone_from(text);
            view.more = vec![("Как увидим результат", measure.clone())];
            view.direction = direction(*domain);
            if eyes == Eyes::Pair {
                ground.title().clone_into(&mut view.ground);
            }
            view.mentee = mentee.map(|person| reader.names.short(person)).unwrap_or_default();
        }
        Body::Measure { what, domain, form, due, who, product } => {
            view.text.clone_from(what);
            view.direction = direction(*domain);
            view.more = vec![
                ("Форма", form.clone()),
                ("Кто", who.title().to_owned()),
                ("Результат", product.clone()),
            ];
            view.is_late = view.done.is_none() && *due < reader.today;
            view.due = Some(*due);
        }
    }
}

/// «Д4 Ученики и родители».
pub(super) fn direction(domain: Domain) -> String {
    format!("Д{} {}", domain.number(), domain.short())
}

/// Directions of work of a text, in the order of п. 4.3.3.
pub(super) fn directions(text: &Text) -> Vec<String> {
    let mut domains: Vec<Domain> = text
        .goals()
        .filter_map(|(_, body)| match body {
            Body::Goal { domain, .. } => Some(*domain),
            _ => None,
        })
        .collect();
    domains.sort_unstable();
    domains.dedup();
    domains.into_iter().map(direction).collect()
}

/// Color and shape of a state.
pub(super) const fn tone(state: State) -> Tone {
    match state {
        State::Draft => Tone::Draft,
        State::HalfSigned | State::Signed | State::Agreed => Tone::Wait,
        State::Approved => Tone::Done,
    }
}

/// A helper as the page shows them.
pub(super) struct HelperView {
    pub(super) name: String,
    pub(super) task: String,
    pub(super) word: &'static str,
    pub(super) tone: Tone,
}

/// Everybody who was asked to help.
pub(super) fn helpers(program: &Program, names: &Names) -> Vec<HelperView> {
    let view = |helper: &nastavnik_domain::program::Helper| {
        let (word, tone) = match helper.answer {
            None => ("ждём ответа", Tone::Wait),
            Some(Answer::Accepts) => ("согласился помочь", Tone::Done),
            Some(Answer::Declines) => ("не может", Tone::Closed),
        };
        HelperView { name: names.short(helper.person), task: helper.task.clone(), word, tone }
    };
    program.helpers.iter().map(view).collect()
}

/// «22 сентября 2026 г.» where the pair is.
pub(super) fn day(at: DateTime<Utc>, zone: Tz) -> String {
    long(clock::local_day(at, zone))
}
