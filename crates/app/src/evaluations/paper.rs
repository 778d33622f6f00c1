//! Papers of an evaluation: a participant's own text, printed when it is asked for, and the numbered sheet, kept.

use nastavnik_documents::papers::EvaluationPart;
use nastavnik_domain::config::EvaluationRules;
use nastavnik_domain::evaluation::{Degree, Facts, Score, Voice, report};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::record::{Paper, Row};
use super::rules::rules;
use super::visible::{Scene, visible};
use super::{store, view};
use crate::council::{Decision as Word, Standing};
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::web::{Ctx, Path, attachment};
use crate::papers::{self, Evaluated, Rendering};
use crate::{pairs, people};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) async fn part_pdf(ctx: Ctx, path: Path<(Uuid, String)>) -> Outcome {
    part(&ctx, path, Rendering::Pdf).await
}

pub(super) async fn part_docx(ctx: Ctx, path: Path<(Uuid, String)>) -> Outcome {
    part(&ctx, path, Rendering::Docx).await
}

/// The text of whoever the address names, otherwise one's own.
async fn part(ctx: &Ctx, Path((id, wave)): Path<(Uuid, String)>, rendering: Rendering) -> Outcome {
    let reader = ctx.app().db.reader();
    let scene = visible(ctx, reader, id, &wave).await?;
    let person = match ctx.asked("person") {
        "" => ctx.actor().person.0,
        asked => asked.parse().map_err(|_| AppError::NotFound)?,
    };
    let marks = store::marks(reader, id).await?;
    let paper = composed(ctx, &scene, person, &marks).await?;
    let name = if scene.case.pair.mentor.person == person {
        "Отчёт наставника"
    } else {
        "Рефлексия"
    };
    papers::hand_out(ctx, paper, rendering, name).await
}

async fn composed(
    ctx: &Ctx,
    scene: &Scene,
    person: Uuid,
    marks: &super::record::Marks,
) -> Outcome<EvaluationPart> {
    let part = scene.readable(ctx, person).ok_or(AppError::NotFound)?;
    let pair = &scene.case.pair;
    let school = pairs::school(ctx.app().db.reader(), pair.organization).await?.ok_or(AppError::NotFound)?;
    let author = pair.people().find(|one| one.person == person).ok_or(AppError::NotFound)?;
    let said = |degree: Option<Degree>| degree.map_or("не отмечено", Degree::title).to_owned();
    let rows = view::growth_rows(scene, person, marks, rules(ctx.today)?);
    let rows = rows.into_iter().filter(|(_, row)| row.now.is_some());
    Ok(EvaluationPart {
        organization_full: school.full_name,
        organization_short: school.short_name,
        kind: if pair.mentor.person == person {
            "ОТЧЁТ НАСТАВНИКА"
        } else {
            "РЕФЛЕКСИЯ НАСТАВЛЯЕМОГО"
        }
        .to_owned(),
        heading: format!("{} программы наставничества: {}", scene.plan.title(), pair.title()),
        paragraphs: part
            .said
            .body
            .lines()
            .map(str::to_owned)
            .filter(|line| !line.trim().is_empty())
            .collect(),
        answers: view::answers(&part.said)
            .into_iter()
            .map(|(title, words)| (title.to_owned(), words))
            .collect(),
        rows: rows.map(|(label, row)| [label, said(row.start), said(row.now)]).collect(),
        signed_on: part.signed_at.map(|at| ctx.day_of(at)),
        initials: author.name.signature(),
        record_url: format!("{}{}", ctx.app().config.public_url, scene.base()),
    })
}

pub(super) async fn sheet_pdf(ctx: Ctx, Path((id, wave)): Path<(Uuid, String)>) -> Outcome {
    let paper = sheet(&ctx, id, &wave).await?;
    give(&ctx, paper.pdf, None).await
}

pub(super) async fn sheet_docx(ctx: Ctx, Path((id, wave)): Path<(Uuid, String)>) -> Outcome {
    let paper = sheet(&ctx, id, &wave).await?;
    give(&ctx, paper.docx, Some(WORD)).await
}

async fn sheet(ctx: &Ctx, id: Uuid, wave: &str) -> Outcome<Paper> {
    let scene = visible(ctx, ctx.app().db.reader(), id, wave).await?;
    scene.row.and_then(|row| row.paper).ok_or(AppError::NotFound)
}

async fn give(ctx: &Ctx, file: Uuid, media_type: Option<&str>) -> Outcome {
    let row = files::find(ctx.app().db.reader(), file).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&row.sha256).await?;
    attachment(content, media_type.unwrap_or(&row.media_type), &row.name)
}

/// Prints the sheet of what is being confirmed; the answer inside says why not.
pub(super) async fn issue(
    ctx: &Ctx,
    change: &Change,
    scene: &Scene,
    row: &Row,
) -> Outcome<Result<Paper, &'static str>> {
    let Some(word) = &row.concluded else { return Ok(Err("Итог ещё не подведён")) };
    let rules: &EvaluationRules = rules(word.on)?;
    let answers = store::answers(change.tx(), row.id).await?;
    let names = people::briefs(change.tx(), &[PersonId(word.by)]).await?;
    let items = rules
        .items(scene.plan.wave)
        .filter_map(|item| Some((item.text.clone(), answers.get(&item.code)?.title().to_owned())));
    let evaluated = Evaluated {
        path: scene.base(),
        wave: scene.plan.title(),
        dated_on: ctx.today,
        from: word.facts.from,
        to: word.facts.to,
        given: scene.signed_days(ctx),
        facts: outside(&word.facts),
        items: items.collect(),
        total: total(word.score(rules)),
        decision: word.decision.title(),
        reason: word.reason.clone(),
        means: word.decision.means(),
        council: council_words(scene),
        office: office(scene.concluder),
        curator: names.get(&PersonId(word.by)).map_or_else(String::new, |brief| brief.name.signature()),
        concluded_on: word.on,
    };
    let printed = papers::print_evaluation(ctx.app(), change, &scene.case.pair, evaluated).await?;
    Ok(printed.map(|kept| Paper { label: kept.label, pdf: kept.pdf, docx: kept.docx }))
}

/// The office of whoever concluded, as a paper names it.
const fn office(concluder: Receiver) -> &'static str {
    match concluder {
        Receiver::Curator => "Куратор наставничества",
        Receiver::Director => "Руководитель",
        Receiver::Council => "Член совета наставников",
    }
}

/// The facts as they leave the pair: no requests for help, no names of directions.
fn outside(facts: &Facts) -> Vec<String> {
    let known = Facts { help_asked: 0, help_answered: 0, ..facts.clone() };
    report(&known, Voice::Mentor).into_iter().skip(1).collect()
}

/// «18 из 24, допустимый ход».
pub(super) fn total(score: Score) -> String {
    format!("{} из {}, {}", score.points, score.most, score.verdict.title())
}

/// The council's word, a sentence without its stop; empty if it was not asked.
pub(super) fn council_words(scene: &Scene) -> String {
    let asked = scene.row.as_ref().is_some_and(|row| row.council.is_some());
    match &scene.council {
        Some(Standing::Decided { decision, words, on }) => {
            let said = match decision {
                Word::Agreed => "согласовал",
                Word::AgreedWithRemarks => "согласовал с замечаниями",
                Word::Declined => "не согласовал",
            };
            let tail = if words.is_empty() { String::new() } else { format!(": {words}") };
            format!("Совет наставников {said}, {}{tail}", short(*on))
        }
        _ if asked => "Вопрос передан совету наставников, решения ещё нет".to_owned(),
        _ => String::new(),
    }
}
