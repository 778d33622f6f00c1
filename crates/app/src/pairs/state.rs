//! Where a mentorship stands, computed from its papers alone (L1).

use chrono::NaiveDate;
use nastavnik_domain::gate::{self, GateState, Lifecycle, Papers, Status, Step};

use super::record::Pair;
use crate::kernel::page::Tone;
use crate::papers::{Document, Facts, PaperKind, Standing, gate_papers};

/// Where a mentorship stands in words people use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// No signed paper yet.
    Draft,
    /// Some papers are signed, not all.
    AwaitsPapers,
    /// Everything is signed but the order.
    ReadyForOrder,
    /// The order is made and waits for the director.
    AwaitsOrder,
    /// The order is signed, the first day has not come.
    Scheduled,
    Active,
    Ended,
    /// Given up before the order.
    Withdrawn,
}

impl State {
    /// Every state in the order of life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::AwaitsPapers,
        Self::ReadyForOrder,
        Self::AwaitsOrder,
        Self::Scheduled,
        Self::Active,
        Self::Ended,
        Self::Withdrawn,
    ];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitsPapers => "awaits_papers",
            Self::ReadyForOrder => "ready",
            Self::AwaitsOrder => "awaits_order",
            Self::Scheduled => "scheduled",
            Self::Active => "active",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Draft => "черновик",
            Self::AwaitsPapers => "ждёт документов",
            Self::ReadyForOrder => "готова к приказу",
            Self::AwaitsOrder => "приказ на подписи",
            Self::Scheduled => "назначена",
            Self::Active => "действует",
            Self::Ended => "завершена",
            Self::Withdrawn => "не состоялась",
        }
    }

    /// Color and shape.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Draft => Tone::Draft,
            Self::AwaitsPapers | Self::ReadyForOrder | Self::AwaitsOrder => Tone::Wait,
            Self::Scheduled => Tone::Plan,
            Self::Active => Tone::Done,
            Self::Ended | Self::Withdrawn => Tone::Closed,
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A mentorship with its papers and what follows from them.
#[derive(Clone, Debug)]
pub struct Case {
    pub pair: Pair,
    pub documents: Vec<Document>,
    pub papers: Papers,
    pub gate: GateState,
    pub state: State,
}

impl Case {
    /// Computes everything as of the day. `documents` may hold papers of other mentorships as well.
    pub fn of(pair: Pair, documents: &[Document], today: NaiveDate) -> Self {
        let own: Vec<Document> =
            documents.iter().filter(|found| found.mentorships.contains(&pair.id)).cloned().collect();
        let papers = gate_papers(&pair, &own);
        let gate = gate::state(&papers, today);
        let state = state(&pair, &own, &papers, today);
        Self { pair, documents: own, papers, gate, state }
    }

    /// The live order or ending order that is not signed yet.
    pub fn waiting_order(&self) -> Option<&Document> {
        let waits = |found: &&Document| found.kind.is_order() && found.standing() == Standing::Waits;
        self.documents.iter().find(waits)
    }

    /// The live paper of a kind; of a mentee's agreement, this mentee's.
    pub fn live(&self, kind: PaperKind, person: Option<uuid::Uuid>) -> Option<&Document> {
        self.documents.iter().find(|found| {
            found.is_live() && found.kind == kind && (person.is_none() || found.person == person)
        })
    }

    /// The live order that ends the whole mentorship, or the membership of this mentee.
    pub fn ending_order(&self, leaves: Option<uuid::Uuid>) -> Option<&Document> {
        self.documents.iter().find(|found| {
            let ends = |facts: &Facts| matches!(facts, Facts::Ending(ending) if ending.leaves == leaves);
            found.is_live() && ends(&found.facts)
        })
    }

    /// What whoever leads the papers does next about the newcomer, a sentence; nothing while nobody is about to join. Members
    /// and the mentor do not read it before the order.
    pub fn joining_step(&self) -> Option<&'static str> {
        let newcomer = self.pair.joining.as_ref()?.mentee.person;
        let consent = self.live(PaperKind::MenteeAgreement, Some(newcomer));
        Some(match (self.joining_order(), consent) {
            (Some(_), _) => "Приказ о внесении изменений ждёт подписи руководителя.",
            (None, None) => "Вступает новый участник: выпустите его согласие.",
            (None, Some(paper)) if paper.signed_on.is_none() => {
                "Вступает новый участник: отметьте подпись на его согласии."
            }
            (None, Some(_)) => "Вступает новый участник: подготовьте приказ о внесении изменений.",
        })
    }

    /// Whether the newcomer's agreement is signed, so that the order may be prepared (п. 1.5).
    pub fn newcomer_agreed(&self) -> bool {
        let newcomer = self.pair.joining.as_ref().map(|joining| joining.mentee.person);
        let signed = |paper: &Document| paper.signed_on.is_some();
        newcomer.is_some_and(|person| self.live(PaperKind::MenteeAgreement, Some(person)).is_some_and(signed))
    }

    /// The live order by which the newcomer joins the group.
    pub fn joining_order(&self) -> Option<&Document> {
        let joining = self.pair.joining.as_ref()?;
        self.documents.iter().find(|found| {
            found.is_live() && matches!(&found.facts, Facts::Joining(facts) if facts.joining == joining.id)
        })
    }

    /// No paper stands: the terms may still be changed.
    pub fn has_no_live_papers(&self) -> bool {
        self.documents.iter().all(|found| !found.is_live())
    }

    /// An order, signed or waiting, fixes the mentorship.
    pub fn is_fixed(&self) -> bool {
        self.live(PaperKind::AppointmentOrder, None).is_some()
    }

    /// What to do next, a sentence.
    pub fn next_step(&self) -> String {
        match self.state {
            State::Draft | State::AwaitsPapers => self
                .gate
                .steps
                .iter()
                .find(|step| Some(step.step) == self.gate.next)
                .map_or_else(String::new, |step| step.explanation.clone()),
            State::ReadyForOrder => "Все согласия собраны: подготовьте приказ.".to_owned(),
            State::AwaitsOrder => "Приказ ждёт подписи руководителя.".to_owned(),
            State::Scheduled => {
                format!("Начнётся {}", nastavnik_domain::russian::long(self.pair.period.from()))
            }
            State::Active => match self.waiting_order().map(|order| order.kind) {
                Some(PaperKind::AmendingOrder) => {
                    "Приказ о внесении изменений ждёт подписи руководителя.".to_owned()
                }
                Some(_) => "Приказ о прекращении ждёт подписи руководителя.".to_owned(),
                None => format!("Идёт по {}", nastavnik_domain::russian::long(self.last_day())),
            },
            State::Ended => format!("Последний день – {}", nastavnik_domain::russian::long(self.last_day())),
            State::Withdrawn => self.not_formed().to_owned(),
        }
    }

    /// What is said of a mentorship that came to nothing.
    pub(super) fn not_formed(&self) -> &'static str {
        if self.pair.is_group() {
            "Группа не состоялась."
        } else {
            "Пара не состоялась."
        }
    }

    /// The last day by plan or by the order that ends.
    pub fn last_day(&self) -> NaiveDate {
        let ended = self.papers.ending.as_ref().map(|ending| ending.last_day);
        ended.unwrap_or_else(|| self.pair.ends_on())
    }
}

fn state(pair: &Pair, documents: &[Document], papers: &Papers, today: NaiveDate) -> State {
    if pair.withdrawn_at.is_some() {
        return State::Withdrawn;
    }
    let waits =
        |found: &Document| found.kind == PaperKind::AppointmentOrder && found.standing() == Standing::Waits;
    match gate::lifecycle(papers, today) {
        Lifecycle::Scheduled => State::Scheduled,
        Lifecycle::Active => State::Active,
        Lifecycle::Ended => State::Ended,
        Lifecycle::Draft | Lifecycle::AwaitingPapers if documents.iter().any(waits) => State::AwaitsOrder,
        Lifecycle::Draft => State::Draft,
        Lifecycle::AwaitingPapers if gate::may_sign_order(papers, today).is_ok() => State::ReadyForOrder,
        Lifecycle::AwaitingPapers => State::AwaitsPapers,
    }
}

/// Color and shape of a step of the gate.
pub(super) const fn step_tone(status: Status) -> Tone {
    match status {
        Status::Missing => Tone::Wait,
        Status::Wrong => Tone::Late,
        Status::WithoutScan | Status::Ready => Tone::Done,
        Status::NotNeeded => Tone::Closed,
    }
}

/// A word for a narrow column.
pub(super) fn step_word(step: Step, pair: &Pair) -> &'static str {
    match step {
        Step::MenteeAgreement if pair.is_group() => "наставляемые",
        Step::Partnership => "договор",
        Step::MentorConsent => "наставник",
        Step::MenteeAgreement => "наставляемый",
        Step::SupplementaryAgreement => "соглашение",
        Step::Order => "приказ",
    }
}
