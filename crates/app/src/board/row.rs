//! One pair as the board shows it, from facts of other slices: a constant number of queries for any number of pairs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use chrono::NaiveDate;
use nastavnik_domain::config::{Limits, Rhythm, limits, rhythm};
use nastavnik_domain::gate::{self, Status, Step};
use nastavnik_domain::health::{self, Health, Pulse, Ruler};
use nastavnik_domain::mentor::Pressure;
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::{Actor, Permission};
use nastavnik_domain::program::{self, Shape};
use nastavnik_domain::working_days::Calendar;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::need::Need;
use crate::council::{self, Ban, Decision, MatterKind, Standing};
use crate::kernel::page::Tone;
use crate::pairs::{self, Case, State};
use crate::papers::{self, PaperKind};
use crate::{bank, meetings, programs};

/// A pair on the board.
pub(super) struct Row {
    pub(super) case: Case,
    /// Its papers and what others have decided, in the order of the way to the order.
    pub(super) lights: Vec<Light>,
    /// Only while the order is in force.
    pub(super) pulse: Option<Pulse>,
    pub(super) load: Option<Load>,
    /// Days of mentoring up to today with the full set of papers and without it.
    pub(super) covered: i64,
    pub(super) uncovered: i64,
    /// The most urgent first.
    pub(super) needs: Vec<Need>,
    pub(super) next: Next,
}

/// A paper or a decision as a color, a shape and a word.
pub(super) struct Light {
    pub(super) tone: Tone,
    pub(super) word: String,
    pub(super) about: String,
}

/// How many places of the mentor are taken.
pub(super) struct Load {
    pub(super) taken: u32,
    pub(super) capacity: u32,
    pub(super) pressure: Pressure,
    /// The record in the bank.
    pub(super) candidate: Uuid,
}

/// What to do next and where.
pub(super) struct Next {
    pub(super) text: String,
    pub(super) href: String,
    pub(super) action: &'static str,
}

/// What all rows are made with.
struct Facts {
    me: Uuid,
    today: NaiveDate,
    limits: Limits,
    rhythm: Rhythm,
    calendar: Calendar,
    held: BTreeMap<Uuid, Vec<NaiveDate>>,
    standings: BTreeMap<Uuid, Standing>,
    bans: BTreeSet<(Uuid, Uuid)>,
    programs: BTreeMap<Uuid, programs::Standing>,
    mentors: BTreeMap<(Uuid, Uuid), bank::Mentor>,
    prepares_orders: bool,
}

/// The pairs within the reach of `ReadPairBoard`, those that came to nothing left out, the most urgent first.
pub(super) async fn rows(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    today: NaiveDate,
) -> anyhow::Result<Vec<Row>> {
    let reach = actor.reach(Permission::ReadPairBoard);
    let mut cases = pairs::visible_cases(connection, &reach, actor.person.0, today).await?;
    cases.retain(|case| case.state != State::Withdrawn);
    let facts = Facts::load(connection, actor, &cases, today).await?;
    let mut rows: Vec<Row> = cases.into_iter().map(|case| facts.row(case)).collect();
    rows.sort_by_key(Row::urgency);
    Ok(rows)
}

impl Row {
    /// By the most urgent need, the longest silence, the nearest end.
    fn urgency(&self) -> (u8, std::cmp::Reverse<i64>, NaiveDate) {
        let is_over = self.case.state == State::Ended;
        let rank = self.needs.first().map_or(if is_over { 101 } else { 100 }, |need| *need as u8);
        (rank, std::cmp::Reverse(self.silence().max(self.uncovered)), self.case.last_day())
    }

    /// Days of lessons without a meeting, where that is unusual.
    pub(super) fn silence(&self) -> i64 {
        self.pulse.map_or(0, |pulse| i64::try_from(pulse.silence()).unwrap_or(i64::MAX))
    }

    pub(super) fn health(&self) -> Option<Health> {
        self.pulse.map(|pulse| pulse.health())
    }
}

impl Facts {
    async fn load(
        connection: &impl ConnectionTrait,
        actor: &Actor,
        cases: &[Case],
        today: NaiveDate,
    ) -> anyhow::Result<Self> {
        let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
        // What others say of a pair is not for those who take part in it, whatever else they are (decision 0013).
        let me = actor.person.0;
        let of_others: Vec<&Case> = cases.iter().filter(|case| !case.pair.has(me)).collect();
        let others: Vec<Uuid> = of_others.iter().map(|case| case.pair.id).collect();
        let mentors = bank::candidates_within(connection, &actor.reach(Permission::ReadBank), today).await?;
        // The psychologist's word is not for everybody who sees the board.
        let advised: BTreeSet<Uuid> = of_others
            .iter()
            .filter(|case| actor.may_at(Permission::ReadOpinions, &case.pair.place()))
            .map(|case| case.pair.organization)
            .collect();
        let bans = council::bans(connection, &advised.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self {
            today,
            limits: limits()?.on(today)?.value,
            rhythm: rhythm()?.on(today)?.value,
            calendar: Calendar::bundled().context("производственный календарь")?,
            held: meetings::held(connection, &ids).await?,
            standings: council::standings(connection, MatterKind::Pair, &others).await?,
            programs: programs::states(connection, &ids).await?,
            me,
            bans: bans.into_iter().map(|Ban { mentor, mentee, .. }| (mentor, mentee)).collect(),
            mentors: mentors
                .into_iter()
                .map(|mentor| ((mentor.person, mentor.organization), mentor))
                .collect(),
            prepares_orders: actor.may_somewhere(Permission::RecordPapers),
        })
    }

    fn row(&self, case: Case) -> Row {
        let pulse = self.pulse(&case);
        let load = self.load_of(&case);
        let (covered, uncovered) = self.days(&case);
        let lights = self.lights(&case);
        let needs = self.needs(&case, pulse, load.as_ref());
        let next = self.next(&case, &needs, load.as_ref());
        Row { case, lights, pulse, load, covered, uncovered, needs, next }
    }

    fn pulse(&self, case: &Case) -> Option<Pulse> {
        if case.state != State::Active {
            return None;
        }
        let period = gate::days_in_force(&case.papers)?;
        let pair = &case.pair;
        let held = self.held.get(&pair.id).map(Vec::as_slice).unwrap_or_default();
        let facts = health::Facts { kinds: &pair.kinds, period, appointed: &pair.meetings, held };
        let ruler = Ruler { rhythm: &self.rhythm, calendar: &self.calendar };
        Some(health::pulse(&facts, &ruler, self.today))
    }

    fn load_of(&self, case: &Case) -> Option<Load> {
        let mentor = self.mentors.get(&(case.pair.mentor.person, case.pair.mentor.organization))?;
        Some(Load {
            taken: mentor.taken,
            capacity: mentor.capacity,
            pressure: Pressure::of(mentor.capacity, mentor.taken, &self.limits),
            candidate: mentor.candidate,
        })
    }

    /// L1: from the first day up to today.
    fn days(&self, case: &Case) -> (i64, i64) {
        let last = self.today.min(case.last_day());
        let Ok(window) = Period::through(case.pair.period.from(), last) else { return (0, 0) };
        let coverage = gate::coverage(&case.papers, &window);
        (coverage.covered_days(), coverage.uncovered_days())
    }

    /// Today is a day of mentoring, and the papers don't cover it.
    fn is_bare_today(&self, case: &Case) -> bool {
        let is_over = matches!(case.state, State::Ended | State::Withdrawn);
        let today = Period::one_day(self.today).ok().filter(|_| !is_over);
        today.is_some_and(|today| gate::coverage(&case.papers, &today).uncovered_days() > 0)
    }

    fn needs(&self, case: &Case, pulse: Option<Pulse>, load: Option<&Load>) -> Vec<Need> {
        let is_new =
            !case.is_fixed() && !matches!(case.state, State::Ended | State::Active | State::Scheduled);
        let waits = case.waiting_order().is_some()
            || (is_new && case.documents.iter().any(|found| found.standing() == papers::Standing::Waits));
        let holds = |need: &Need| match need {
            Need::Days => self.is_bare_today(case),
            Need::Silence => pulse.is_some_and(|pulse| pulse.health() == Health::CheckIn),
            Need::Objection => is_new && (self.is_banned(case) || self.is_declined(case)),
            Need::Order => case.state == State::ReadyForOrder,
            Need::Signature => waits,
            Need::Papers => matches!(case.state, State::Draft | State::AwaitsPapers),
            Need::Load => {
                case.state != State::Ended && load.is_some_and(|load| load.pressure == Pressure::Heavy)
            }
            Need::Ending => pairs::ends_soon(case, self.today),
        };
        Need::ALL.into_iter().filter(holds).collect()
    }

    fn is_banned(&self, case: &Case) -> bool {
        let mentor = case.pair.mentor.person;
        let is_against = |mentee: &pairs::Participant| self.bans.contains(&(mentor, mentee.person));
        !case.pair.has(self.me) && case.pair.mentees.iter().any(is_against)
    }

    fn is_declined(&self, case: &Case) -> bool {
        let standing = self.standings.get(&case.pair.id);
        matches!(standing, Some(Standing::Decided { decision: Decision::Declined, .. }))
    }

    fn lights(&self, case: &Case) -> Vec<Light> {
        let mut lights: Vec<Light> = case.gate.steps.iter().map(|step| light(case, step)).collect();
        if let Some(standing) = self.standings.get(&case.pair.id) {
            let (tone, about) = match standing {
                Standing::Waits { .. } => (Tone::Wait, "ждёт решения"),
                Standing::Decided { decision: Decision::Declined, .. } => (Tone::Late, "не согласован"),
                Standing::Decided { .. } => (Tone::Done, "согласован"),
            };
            lights.push(Light { tone, word: "совет".to_owned(), about: about.to_owned() });
        }
        if self.is_banned(case) {
            let about = "есть возражение или заключение «не рекомендуется»";
            lights.push(Light {
                tone: Tone::Late, word: "возражение".to_owned(), about: about.to_owned()
            });
        }
        lights.extend(self.program_light(case));
        lights
    }

    /// The program of a pair that works; of an evening or a single question nobody asks for one.
    fn program_light(&self, case: &Case) -> Option<Light> {
        let word = "программа".to_owned();
        let Some(standing) = self.programs.get(&case.pair.id) else {
            let is_asked = case.state == State::Active && Shape::of(&case.pair.kinds) == Shape::Full;
            return is_asked
                .then(|| Light { tone: Tone::Wait, word, about: "ещё не начата".to_owned() });
        };
        let tone = match standing.state {
            program::State::Draft | program::State::HalfSigned => Tone::Draft,
            program::State::Signed | program::State::Agreed => Tone::Wait,
            program::State::Approved => Tone::Done,
        };
        Some(Light { tone, word, about: standing.state.title().to_owned() })
    }

    /// One thing to do: the most urgent.
    fn next(&self, case: &Case, needs: &[Need], load: Option<&Load>) -> Next {
        let card = format!("/pairs/{}", case.pair.id);
        let action =
            if case.pair.is_group() { "Открыть группу" } else { "Открыть пару" };
        let open = |text: String| Next { text, href: card.clone(), action };
        let joining = case.joining_step().filter(|_| case.joining_order().is_none());
        match (needs.first(), load) {
            (Some(Need::Silence), ..) => open("Спросите, как идут дела и чем помочь.".to_owned()),
            (Some(Need::Objection), ..) => open("Прочитайте возражение и решите, что дальше.".to_owned()),
            (None | Some(Need::Load | Need::Ending), _) if joining.is_some() => {
                Next { text: joining.unwrap_or_default().to_owned(), href: format!("{card}#joining"), action }
            }
            (Some(Need::Load), Some(load)) => Next {
                text: "Поговорите с наставником, не нужна ли помощь.".to_owned(),
                href: format!("/bank/mentors/{}", load.candidate),
                action: "Открыть запись наставника",
            },
            (Some(Need::Ending), ..) => open(format!("Подумайте, что дальше. {}.", case.next_step())),
            _ if case.state == State::ReadyForOrder && self.prepares_orders => {
                Next {
                    text: case.next_step(), href: "/orders/new".to_owned(), action: "Подготовить приказ"
                }
            }
            _ => match case.waiting_order() {
                Some(order) => Next {
                    text: case.next_step(),
                    href: format!("/papers/{}", order.id),
                    action: "Открыть приказ",
                },
                None => open(case.next_step()),
            },
        }
    }
}

/// A step of the gate; a paper that lies with somebody is told apart from one not made yet.
fn light(case: &Case, step: &gate::StepState) -> Light {
    let mentees = &case.papers.mentees;
    let signed = mentees.iter().filter(|mentee| mentee.paper.is_some()).count();
    let (word, kind) = match step.step {
        Step::Partnership => ("договор".to_owned(), None),
        Step::MentorConsent => ("наставник".to_owned(), Some(PaperKind::MentorConsent)),
        Step::MenteeAgreement if mentees.len() > 1 => {
            (format!("наставляемые {signed} из {}", mentees.len()), Some(PaperKind::MenteeAgreement))
        }
        Step::MenteeAgreement => ("наставляемый".to_owned(), Some(PaperKind::MenteeAgreement)),
        Step::SupplementaryAgreement => ("соглашение".to_owned(), Some(PaperKind::SupplementaryAgreement)),
        Step::Order => ("приказ".to_owned(), Some(PaperKind::AppointmentOrder)),
    };
    let waits = |found: &&papers::Document| found.standing() == papers::Standing::Waits;
    let lies = case.documents.iter().filter(waits).any(|found| Some(found.kind) == kind);
    let (tone, about) = match step.status {
        Status::Missing if lies => (Tone::Plan, "на подписи".to_owned()),
        Status::Missing => (Tone::Wait, "ещё нет".to_owned()),
        Status::Wrong => (Tone::Late, step.explanation.clone()),
        Status::WithoutScan => (Tone::Done, "подписан, скана нет".to_owned()),
        Status::Ready => (Tone::Done, "подписан".to_owned()),
        Status::NotNeeded => (Tone::Closed, "не требовался".to_owned()),
    };
    Light { tone, word, about }
}
