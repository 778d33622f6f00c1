//! What each event does to a route.

use chrono::NaiveDate;

use super::body::{Body, Outcome, is_web_address};
use super::correction::{Change, Correction};
use super::event::{Event, Recorded, Settled};
use super::refusal::Refusal;
use super::route::{Comment, Entry, Findings, Mark, Pathway, Reflection, SelfImage, Stop};
use super::soundness::{
    MOST_COMMENTS, MOST_CORRECTIONS, MOST_ENTRIES, are_findings_sound, is_reflection_sound,
};
use super::step::{Standing, Step, Voice};
use super::term::Term;

impl Pathway {
    /// The first event: a route begun or read from a file.
    pub fn begin(recorded: &Recorded) -> Result<Self, Refusal> {
        if recorded.by != Voice::Owner {
            return Err(Refusal::NotOwner);
        }
        match &recorded.event {
            Event::Begun { term } => Ok(Self::new(*term, recorded.on)),
            Event::Imported { pathway } => Ok(pathway.as_ref().clone()),
            _ => Err(Refusal::NotBegun),
        }
    }

    /// The route its events make.
    pub fn replay(events: &[Recorded]) -> Result<Self, Refusal> {
        let (first, rest) = events.split_first().ok_or(Refusal::NotBegun)?;
        let mut pathway = Self::begin(first)?;
        for recorded in rest {
            pathway.apply(recorded)?;
        }
        Ok(pathway)
    }

    /// Lets one event happen, or says why it can't; then nothing has changed.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), Refusal> {
        let mut next = self.clone();
        next.happen(recorded)?;
        // What is completed stays complete.
        let hurt = next.marks.iter().flat_map(|mark| next.missing(mark.step)).collect::<Vec<_>>();
        if !hurt.is_empty() {
            return Err(Refusal::Missing(hurt));
        }
        *self = next;
        Ok(())
    }

    const fn new(term: Term, begun_on: NaiveDate) -> Self {
        Self {
            begun_on,
            term,
            marks: Vec::new(),
            self_image: SelfImage { ideal: String::new(), values: String::new(), own_way: String::new() },
            achievements: Findings { seen_on: None, list: Vec::new() },
            difficulties: Findings { seen_on: None, list: Vec::new() },
            roadmap: Vec::new(),
            last_number: 0,
            corrections: Vec::new(),
            reflection: Reflection { list: Vec::new(), closeness: None, words: String::new() },
            comments: Vec::new(),
            stopped: None,
        }
    }

    fn happen(&mut self, recorded: &Recorded) -> Result<(), Refusal> {
        let (by, on) = (recorded.by, recorded.on);
        if let Event::Commented { step, text } = &recorded.event {
            return self.comment(by, on, *step, text);
        }
        if by != Voice::Owner {
            return Err(Refusal::NotOwner);
        }
        if let Event::Answered { comment, text, settled } = &recorded.event {
            return self.answer(on, *comment, text, *settled);
        }
        if self.ended_on().is_some() {
            return Err(Refusal::Finished);
        }
        match &recorded.event {
            Event::Begun { .. } | Event::Imported { .. } => Err(Refusal::AlreadyBegun),
            Event::TermSet { term } => self.set_term(*term),
            Event::SelfImageWritten { image } => {
                self.self_image = image.clone();
                Ok(())
            }
            Event::Found { step, findings } => self.find(*step, findings),
            Event::Added { body } => self.draw(|pathway| pathway.add(body).map(|_| ())),
            Event::Changed { number, body } => self.draw(|pathway| pathway.alter(*number, body).map(|_| ())),
            Event::Removed { number } => self.draw(|pathway| pathway.drop_entry(*number).map(|_| ())),
            Event::RoadmapWaived { reason } => self.waive(by, on, reason),
            Event::RoadmapResumed => self.resume(),
            Event::Completed { step } => self.complete(by, on, *step),
            Event::Corrected { reason, change } => self.correct(on, reason, change),
            Event::Realized { number, outcome } => self.realize(*number, outcome),
            Event::Reflected { reflection } => self.reflect(reflection),
            Event::Stopped { reason, reflection } => self.stop(on, reason, reflection),
            Event::Commented { .. } | Event::Answered { .. } => Err(Refusal::NotOwner),
        }
    }

    /// The step must have been reached.
    fn reached(&self, step: Step) -> Result<(), Refusal> {
        match self.standing(step) {
            Standing::Open | Standing::Done => Ok(()),
            Standing::Ahead | Standing::NotNeeded | Standing::Left => Err(Refusal::TooEarly(step)),
        }
    }

    fn set_term(&mut self, term: Term) -> Result<(), Refusal> {
        for entry in &self.roadmap {
            entry.body.check(term)?;
        }
        self.term = term;
        Ok(())
    }

    fn find(&mut self, step: Step, findings: &Findings) -> Result<(), Refusal> {
        self.findings(step).ok_or(Refusal::NotDiagnosis)?;
        self.reached(step)?;
        if !are_findings_sound(findings) {
            return Err(Refusal::Findings);
        }
        if step == Step::Achievements {
            self.achievements = findings.clone();
            return Ok(());
        }
        self.difficulties = findings.clone();
        self.reflection.list.retain(|one| findings.of(one.domain).is_some());
        Ok(())
    }

    /// Lines change freely while the roadmap is being drawn up; afterwards by a correction with its reason.
    fn draw(&mut self, change: impl FnOnce(&mut Self) -> Result<(), Refusal>) -> Result<(), Refusal> {
        match self.standing(Step::Roadmap) {
            Standing::Open => change(self),
            Standing::Done => Err(Refusal::NeedsReason),
            Standing::Ahead | Standing::NotNeeded | Standing::Left => Err(Refusal::TooEarly(Step::Roadmap)),
        }
    }

    fn add(&mut self, body: &Body) -> Result<u32, Refusal> {
        body.check(self.term)?;
        if self.roadmap.len() >= MOST_ENTRIES || self.last_number == u32::MAX {
            return Err(Refusal::Full);
        }
        self.last_number += 1;
        self.roadmap.push(Entry { number: self.last_number, body: body.clone(), outcome: None });
        Ok(self.last_number)
    }

    fn alter(&mut self, number: u32, body: &Body) -> Result<Body, Refusal> {
        body.check(self.term)?;
        let entry = self.roadmap.iter_mut().find(|entry| entry.number == number).ok_or(Refusal::NoEntry)?;
        if entry.outcome.is_some() {
            return Err(Refusal::HasOutcome);
        }
        Ok(std::mem::replace(&mut entry.body, body.clone()))
    }

    fn drop_entry(&mut self, number: u32) -> Result<Body, Refusal> {
        let place = self.roadmap.iter().position(|entry| entry.number == number).ok_or(Refusal::NoEntry)?;
        if self.roadmap[place].outcome.is_some() {
            return Err(Refusal::HasOutcome);
        }
        Ok(self.roadmap.remove(place).body)
    }

    fn waive(&mut self, by: Voice, on: NaiveDate, reason: &str) -> Result<(), Refusal> {
        self.opened(Step::Roadmap)?;
        if reason.trim().is_empty() {
            return Err(Refusal::NoReason);
        }
        if !self.roadmap.is_empty() {
            return Err(Refusal::RoadmapNotEmpty);
        }
        self.marks.push(Mark { step: Step::Roadmap, on, by, waived: Some(reason.to_owned()) });
        Ok(())
    }

    fn resume(&mut self) -> Result<(), Refusal> {
        if self.waived().is_none() {
            return Err(Refusal::NotWaived);
        }
        self.marks.retain(|mark| mark.step != Step::Roadmap);
        Ok(())
    }

    fn opened(&self, step: Step) -> Result<(), Refusal> {
        match self.standing(step) {
            Standing::Open => Ok(()),
            Standing::Done => Err(Refusal::DoneAlready(step)),
            Standing::Ahead | Standing::NotNeeded | Standing::Left => Err(Refusal::TooEarly(step)),
        }
    }

    fn complete(&mut self, by: Voice, on: NaiveDate, step: Step) -> Result<(), Refusal> {
        // Correction goes side by side with realization and is over with it.
        let step = if step == Step::Correction { Step::Realization } else { step };
        self.opened(step)?;
        let missing = self.missing(step);
        if !missing.is_empty() {
            return Err(Refusal::Missing(missing));
        }
        let also = (step == Step::Realization).then_some(Step::Correction);
        for step in [step].into_iter().chain(also) {
            self.marks.push(Mark { step, on, by, waived: None });
        }
        Ok(())
    }

    fn correct(&mut self, on: NaiveDate, reason: &str, change: &Change) -> Result<(), Refusal> {
        self.opened(Step::Correction)?;
        if reason.trim().is_empty() {
            return Err(Refusal::NoReason);
        }
        if self.corrections.len() >= MOST_CORRECTIONS {
            return Err(Refusal::Full);
        }
        let (number, was, became) = match change {
            Change::Add { body } => (self.add(body)?, None, Some(body.clone())),
            Change::Alter { number, body } => (*number, Some(self.alter(*number, body)?), Some(body.clone())),
            Change::Drop { number } => (*number, Some(self.drop_entry(*number)?), None),
        };
        if was == became {
            return Err(Refusal::NothingChanged);
        }
        self.corrections.push(Correction { on, reason: reason.to_owned(), number, was, became });
        Ok(())
    }

    fn realize(&mut self, number: u32, outcome: &Outcome) -> Result<(), Refusal> {
        self.opened(Step::Realization)?;
        if outcome.product.trim().is_empty() {
            return Err(Refusal::NoProduct);
        }
        if !is_web_address(&outcome.link) {
            return Err(Refusal::Link);
        }
        let entry = self.roadmap.iter_mut().find(|entry| entry.number == number).ok_or(Refusal::NoEntry)?;
        entry.outcome = Some(outcome.clone());
        Ok(())
    }

    fn reflect(&mut self, reflection: &Reflection) -> Result<(), Refusal> {
        self.reached(Step::Reflection)?;
        if !is_reflection_sound(reflection, &self.difficulties) {
            return Err(Refusal::Reflection);
        }
        self.reflection = reflection.clone();
        Ok(())
    }

    fn stop(&mut self, on: NaiveDate, reason: &str, reflection: &Reflection) -> Result<(), Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::NoReason);
        }
        if reflection.words.trim().is_empty() {
            return Err(Refusal::NoReflection);
        }
        if !is_reflection_sound(reflection, &self.difficulties) {
            return Err(Refusal::Reflection);
        }
        self.reflection = reflection.clone();
        self.stopped = Some(Stop { on, reason: reason.to_owned() });
        Ok(())
    }

    fn comment(&mut self, by: Voice, on: NaiveDate, step: Step, text: &str) -> Result<(), Refusal> {
        if by == Voice::Owner {
            return Err(Refusal::OwnComment);
        }
        if text.trim().is_empty() {
            return Err(Refusal::NoText);
        }
        if self.comments.len() >= MOST_COMMENTS {
            return Err(Refusal::Full);
        }
        let number = u32::try_from(self.comments.len() + 1).map_err(|_| Refusal::Full)?;
        let (text, answer, settled_on) = (text.to_owned(), String::new(), None);
        self.comments.push(Comment { number, step, by, on, text, answer, settled_on });
        Ok(())
    }

    fn answer(&mut self, on: NaiveDate, number: u32, text: &str, settled: Settled) -> Result<(), Refusal> {
        let comment = self.comments.iter_mut().find(|comment| comment.number == number);
        let comment = comment.ok_or(Refusal::NoComment)?;
        text.clone_into(&mut comment.answer);
        comment.settled_on = (settled == Settled::Yes).then_some(on);
        Ok(())
    }
}
