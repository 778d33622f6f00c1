//! The paper of a program, on behalf of the slice that approves it (F5).

use chrono::NaiveDate;
use nastavnik_documents::papers::{
    Participant as PrintedParticipant, Period, PersonalProgram, ProgramGoal, ProgramMeasure, ProgramSection,
};
use uuid::Uuid;

use super::document::{Facts, PaperKind};
use super::export::Requisites;
use super::issue::{self, Maker, NO_DIRECTOR, Order};
use super::{store, wording};
use crate::kernel::change::Change;
use crate::kernel::state::App;
use crate::pairs::{Pair, Side};

/// What is printed about an approved program.
pub struct Program<'a> {
    pub pair: &'a Pair,
    pub revision: u32,
    pub reason: Option<String>,
    pub dated_on: NaiveDate,
    /// The days on which the participants signed.
    pub signed: Vec<(Uuid, NaiveDate)>,
    pub text: ProgramText,
}

/// The text in words, as everybody outside the pair reads it.
pub struct ProgramText {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub directions: Vec<String>,
    pub sections: Vec<ProgramSection>,
    pub goals: Vec<ProgramGoal>,
    pub measures: Vec<ProgramMeasure>,
    pub agreed: Vec<String>,
}

/// Prints the program and keeps it as a paper that stands from this day on. The answer inside says why it can't be
/// printed.
pub async fn issue_program(
    app: &App,
    change: &Change,
    program: Program<'_>,
) -> anyhow::Result<Result<Uuid, &'static str>> {
    let pair = program.pair;
    let Some(maker) = issue::maker(change.tx(), pair.organization, program.dated_on).await? else {
        return Ok(Err(NO_DIRECTOR));
    };
    let dated_on = program.dated_on;
    let order = Order {
        organization: pair.organization,
        kind: PaperKind::Program,
        dated_on,
        person: None,
        facts: Facts::Nothing,
        mentorships: vec![pair.id],
    };
    let id = issue::issue(app, change, order, |with| Ok(printed(&program, &maker, with))).await?;
    store::set_signed(change.tx(), id, dated_on, change.account(), None).await?;
    Ok(Ok(id))
}

fn printed(program: &Program<'_>, maker: &Maker, with: &Requisites) -> PersonalProgram {
    let pair = program.pair;
    let side = |person: Uuid| if pair.mentor.person == person { Side::Mentor } else { Side::Mentee };
    let participants = pair
        .people()
        .map(|one| PrintedParticipant {
            side: if side(one.person) == Side::Mentor {
                "Наставник"
            } else {
                "Наставляемый"
            }
            .to_owned(),
            name: one.name.full(),
            position: wording::position(one, pair.form, side(one.person)),
            initials: one.name.signature(),
            signed_on: program.signed.iter().find(|(person, _)| *person == one.person).map(|(_, day)| *day),
        })
        .collect();
    let text = &program.text;
    PersonalProgram {
        letterhead: maker.letterhead(&pair.title(), with),
        revision: program.revision,
        reason: program.reason.clone(),
        signatory: maker.signatory(),
        participants,
        form: pair.form.title().to_owned(),
        kinds: pair.kinds.iter().map(|kind| kind.title().to_owned()).collect(),
        model: pair.model.map(|model| model.title().to_owned()),
        period: Period { from: text.from, to: text.to },
        directions: text.directions.clone(),
        sections: text.sections.clone(),
        goals: text.goals.clone(),
        measures: text.measures.clone(),
        agreed: text.agreed.clone(),
    }
}
