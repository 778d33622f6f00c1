//! The approved text on paper, as everybody outside the pair reads it (F5).

use nastavnik_documents::papers::{ProgramGoal, ProgramMeasure, ProgramSection};
use nastavnik_domain::program::{Body, Program, Text};
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::council_word::Word;
use super::view::{self, Names};
use super::visible::{Held, made, visible_case};
use crate::kernel::change::Change;
use crate::kernel::clock;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path};
use crate::pairs::{self, Case};
use crate::papers::{self, ProgramText, Rendering};

/// `3.pdf` or `3.docx`: the paper of a revision.
pub(super) async fn file(ctx: Ctx, Path((id, name)): Path<(Uuid, String)>) -> Outcome {
    let reader = ctx.app().db.reader();
    visible_case(&ctx, reader, id).await?;
    let held = made(reader, id).await?;
    let (number, rendering) = match name.split_once('.') {
        Some((number, "pdf")) => (number, Rendering::Pdf),
        Some((number, "docx")) => (number, Rendering::Docx),
        _ => return Err(AppError::NotFound),
    };
    let number: u32 = number.parse().map_err(|_| AppError::NotFound)?;
    let approved = held.program.approved.iter().find(|approved| approved.number == number);
    let approved = approved.ok_or(AppError::NotFound)?;
    papers::file(&ctx, approved.document, rendering).await
}

/// Issues the paper of the text that is being approved.
pub(super) async fn issue(
    ctx: &Ctx,
    change: &Change,
    case: &Case,
    held: &Held,
    word: &Word,
) -> Outcome<Result<Uuid, &'static str>> {
    let program = &held.program;
    let names = Names::of(change.tx(), program).await?;
    let school = pairs::school(change.tx(), case.pair.organization).await?.ok_or(AppError::NotFound)?;
    let day = |at| clock::local_day(at, school.zone());
    let mut agreed = Vec::new();
    if let Some(call) = &program.agreed {
        agreed.push(format!("Согласовано: куратор {}, {}", names.short(call.by), short(day(call.at))));
    }
    if let Word::Said { .. } = word {
        agreed.push(word.words());
    }
    let printed = papers::Program {
        pair: &case.pair,
        revision: program.revision,
        reason: Some(program.reason.clone()).filter(|reason| !reason.is_empty()),
        dated_on: ctx.today,
        signed: program.signed.iter().map(|(person, at)| (person.0, day(*at))).collect(),
        text: text(program, &program.text(), &names, agreed),
    };
    Ok(papers::issue_program(ctx.app(), change, printed).await?)
}

fn text(program: &Program, text: &Text, names: &Names, mut agreed: Vec<String>) -> ProgramText {
    let (from, to) = text.term().unwrap_or_default();
    let helps = |helper: &&nastavnik_domain::program::Helper| {
        helper.answer == Some(nastavnik_domain::program::Answer::Accepts)
    };
    let helpers = program.helpers.iter().filter(helps);
    agreed.extend(
        helpers.map(|helper| format!("Согласен помочь: {} ({})", names.short(helper.person), helper.task)),
    );
    ProgramText {
        from,
        to,
        directions: view::directions(text),
        sections: text.sections().filter_map(|(_, body)| section(body)).collect(),
        goals: text.goals().filter_map(|(_, body)| goal(body, names)).collect(),
        measures: text.measures().into_iter().filter_map(|(_, body)| measure(body)).collect(),
        agreed,
    }
}

fn section(body: &Body) -> Option<ProgramSection> {
    let Body::Section { title, text, .. } = body else { return None };
    Some(ProgramSection { title: title.clone(), text: text.clone() })
}

fn goal(body: &Body, names: &Names) -> Option<ProgramGoal> {
    let Body::Goal { text, measure, domain, mentee, .. } = body else { return None };
    Some(ProgramGoal {
        text: text.clone(),
        measure: measure.clone(),
        direction: view::direction(*domain),
        mentee: mentee.map(|person| names.short(person)),
    })
}

fn measure(body: &Body) -> Option<ProgramMeasure> {
    let Body::Measure { what, domain, form, due, who, product } = body else { return None };
    Some(ProgramMeasure {
        what: what.clone(),
        direction: view::direction(*domain),
        form: form.clone(),
        due: *due,
        who: who.title().to_owned(),
        product: product.clone(),
    })
}
