//! A petition with its pair and what follows from both.

use chrono::NaiveDate;
use nastavnik_domain::config::limits;
use nastavnik_domain::petition::{self, Answer, Clock, Council, Facts, Kind, Receiver, Sight, State};
use nastavnik_domain::russian::{count, short};
use nastavnik_domain::working_days::Calendar;
use uuid::Uuid;

use crate::council;
use crate::kernel::page::Tone;
use crate::pairs::{self, Case};

/// A petition.
#[derive(Clone, Debug)]
pub(super) struct Petition {
    pub(super) id: Uuid,
    pub(super) applicant: Uuid,
    pub(super) kind: Kind,
    pub(super) receiver: Receiver,
    pub(super) last_day: NaiveDate,
    pub(super) reason: String,
    pub(super) wish: String,
    pub(super) filed_on: NaiveDate,
    pub(super) answer_by: NaiveDate,
    pub(super) label: String,
    pub(super) pdf: Uuid,
    pub(super) docx: Uuid,
    pub(super) talk_on: Option<NaiveDate>,
    pub(super) answer: Option<Answer>,
    pub(super) answered_on: Option<NaiveDate>,
    pub(super) is_taken_back: bool,
    /// The mentorship that goes on with another mentor.
    pub(super) continued_by: Option<Uuid>,
    pub(super) case: Case,
    pub(super) council: Option<council::Standing>,
    /// How much of it the reader sees.
    pub(super) sight: Sight,
}

impl Petition {
    /// Where it stands.
    pub(super) fn state(&self) -> State {
        let pair = &self.case.pair;
        let has_left = pair.mentor.person != self.applicant && !pair.stays(self.applicant);
        petition::state(&Facts {
            is_taken_back: self.is_taken_back,
            answer: self.answer,
            is_over: matches!(self.case.state, pairs::State::Ended | pairs::State::Withdrawn) || has_left,
            talk_on: self.talk_on,
            council: self.council.as_ref().map(|standing| match standing {
                council::Standing::Waits { .. } => Council::Waits,
                council::Standing::Decided { .. } => Council::Decided,
            }),
        })
    }

    pub(super) fn tone(&self, today: NaiveDate) -> Tone {
        match self.state() {
            State::Waits | State::CouncilDecided if self.answer_by < today => Tone::Late,
            State::Waits | State::CouncilDecided => Tone::Wait,
            State::Talk | State::AtCouncil | State::Agreed => Tone::Plan,
            State::Done => Tone::Done,
            State::TakenBack => Tone::Closed,
        }
    }

    /// «осталось 2 рабочих дня»; nothing once nobody has to answer.
    pub(super) fn clock(&self, today: NaiveDate) -> anyhow::Result<Option<(Tone, String)>> {
        if !self.state().awaits_answer() {
            return Ok(None);
        }
        let days = |number: usize| count(number as u64, "рабочий день", "рабочих дня", "рабочих дней");
        Ok(Some(match petition::clock(self.answer_by, today, &Calendar::bundled()?) {
            Clock::Left(left) => (Tone::Wait, format!("до {}: {}", short(self.answer_by), days(left))),
            Clock::Today => (Tone::Wait, "ответить сегодня".to_owned()),
            Clock::Overdue(0) => (Tone::Late, format!("срок был {}", short(self.answer_by))),
            Clock::Overdue(late) => {
                (Tone::Late, format!("срок был {}: прошло {}", short(self.answer_by), days(late)))
            }
        }))
    }

    /// «Петрова А. И.».
    pub(super) fn applicant_name(&self) -> String {
        let own = |person: &&pairs::Participant| person.person == self.applicant;
        self.case.pair.people().find(own).map_or_else(String::new, |person| person.name.full())
    }

    /// Others stay in the group when its author leaves it.
    pub(super) fn leaves_group(&self) -> Option<Uuid> {
        let pair = &self.case.pair;
        let is_group = pair.staying().count() > 1;
        (is_group && pair.mentor.person != self.applicant).then_some(self.applicant)
    }

    /// The mentees whose mentoring with this mentor would end.
    pub(super) fn concerned(&self) -> Vec<Uuid> {
        let staying = || self.case.pair.staying().map(|mentee| mentee.person);
        self.leaves_group().map_or_else(|| staying().collect(), |one| vec![one])
    }

    /// The last day for the order, moved where the other side can't be warned in time any more.
    pub(super) fn last_day_to_order(&self, today: NaiveDate) -> anyhow::Result<NaiveDate> {
        let days = limits()?.on(today)?.value.notice_working_days;
        let day = petition::last_day_to_order(self.kind, self.last_day, today, days, &Calendar::bundled()?)?;
        Ok(day.min(self.case.pair.ends_on()))
    }

    /// The day the other side was warned: the mentor's application is a notice by itself.
    pub(super) const fn notice_on(&self, today: NaiveDate) -> NaiveDate {
        match self.kind {
            Kind::LayDown => self.filed_on,
            Kind::Replace | Kind::End => today,
        }
    }

    /// For its author, in plain words.
    pub(super) fn explained(&self) -> String {
        match self.state() {
            State::Waits => format!("Получено. Ответ будет не позднее {}.", short(self.answer_by)),
            State::Talk => format!(
                "С вами хотят сначала поговорить: {}. Заявление остаётся в силе, вы можете и отозвать его.",
                self.talk_on.map(short).unwrap_or_default()
            ),
            State::AtCouncil => {
                "Вопрос рассматривает совет наставников: он помогает найти решение для обеих сторон."
                    .to_owned()
            }
            State::CouncilDecided => format!("{} Дальше будет ответ организации.", self.council_words()),
            State::Agreed => format!(
                "Согласовано {}: {}. Остаются документы.",
                self.answered_on.map(short).unwrap_or_default(),
                self.answer.map_or("", Answer::title)
            ),
            State::Done => "Исполнено.".to_owned(),
            State::TakenBack => "Вы отозвали это заявление. Оно ни на что не влияет.".to_owned(),
        }
    }

    /// «Совет наставников 12.10.2026: согласен. Слова протокола.».
    pub(super) fn council_words(&self) -> String {
        let Some(council::Standing::Decided { decision, words, on }) = &self.council else {
            return String::new();
        };
        let decision = match decision {
            council::Decision::Agreed => "согласен",
            council::Decision::AgreedWithRemarks => "согласен с замечаниями",
            council::Decision::Declined => "предлагает продолжить",
        };
        let words = if words.is_empty() { String::new() } else { format!(" {words}") };
        format!("Совет наставников {}: {decision}.{words}", short(*on))
    }
}
