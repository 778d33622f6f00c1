//! Closing a sitting: decisions take effect, the minutes get a number and two files that never change (F10).

use chrono::Datelike;
use nastavnik_documents::papers::{CouncilMinutes, Hearing, Letterhead, Signatory, Votes};
use nastavnik_domain::council::Presence;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::agenda::{Hall, Question};
use super::plan::told_to;
use super::store::{self, Closing, Office};
use super::{Decision, MatterKind, sitting};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission, attachment};
use crate::pairs::{self, School};
use crate::papers;

/// Registers of minutes. A closed sitting is numbered apart, so that a gap among the usual numbers never tells of it.
const USUAL: (&str, &str) = ("council_minutes", "ПС");
const CLOSED_DOORS: (&str, &str) = ("council_closed_minutes", "ПЗ");

pub(super) async fn close(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::HoldCouncil, &hall.sitting.place)?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "council_sitting", id).await?;
    let hall = Hall::load(&ctx, change.tx(), id).await?;
    if !hall.is_open() {
        return Err(sitting::over());
    }
    let mut form = submitted.form.clone();
    check(&mut form, &hall, &ctx);
    if !form.is_valid() {
        drop(change);
        return sitting::again_with(&ctx, hall, form).await;
    }
    decide(&change, &hall).await?;
    let label = issue(&ctx, &change, &hall).await?;
    let organization = told_to(hall.sitting.organization, hall.sitting.dispute);
    let payload = organization.map(|_| serde_json::json!({ "label": label }));
    let (kind, subject) = ("council_sitting_closed", ("council_sitting", Some(id)));
    change.journal(Entry { kind, subject, organization, payload: &payload }).await?;
    change
        .finish(&format!("/council/sittings/{id}"), &format!("Заседание закрыто. Протокол № {label} готов"))
        .await
}

/// Everything the minutes rest on, once more: presence may have changed after a vote.
fn check(form: &mut Form, hall: &Hall, ctx: &Ctx) {
    let bench = hall.bench();
    if hall.sitting.held_on > ctx.today {
        form.error("closing", "День заседания ещё не наступил: закрыть его можно будет тогда.");
    }
    if hall.sitting.chair.is_none() {
        form.error("closing", "Отметьте, кто пришёл, кто ведёт заседание и кто пишет протокол.");
    } else if !bench.has_quorum() {
        form.error(
            "closing",
            format!(
                "Кворума нет: присутствуют {}, а нужно не меньше {} (больше половины из {}). Отмените заседание и \
                 назначьте другой день.",
                bench.present,
                bench.quorum(),
                bench.members
            ),
        );
    }
    for question in live(hall) {
        let Some(recorded) = &question.item.recorded else { continue };
        let follows = hall.decide(question, recorded.tally, recorded.chair, Decision::Agreed);
        let agreed = follows.map(|decision| decision != Decision::Declined);
        let problem = match agreed {
            Ok(agreed) if agreed == (recorded.decision != Decision::Declined) => continue,
            Ok(_) => "решение больше не следует из голосов.".to_owned(),
            Err(error) => error.to_string(),
        };
        let number = question.number;
        form.error(
            "closing",
            format!("Вопрос {number}: {problem} Откройте вопрос и запишите голоса заново."),
        );
    }
}

/// Questions that nobody has taken back.
fn live(hall: &Hall) -> impl Iterator<Item = &Question> {
    hall.questions.iter().filter(|question| !question.item.is_withdrawn)
}

/// Writes the decisions; what was not decided goes on waiting.
async fn decide(change: &Change, hall: &Hall) -> Outcome<()> {
    for question in live(hall) {
        let Some(recorded) = &question.item.recorded else { continue };
        let (matter, day) = (question.item.matter, hall.sitting.held_on);
        if !store::set_decided(change, matter, recorded.decision, &recorded.words, day).await? {
            return Err(sitting::stale());
        }
        if question.item.kind == MatterKind::Pair {
            let subject = ("mentorship", Some(question.item.mentorship));
            let organization = Some(hall.sitting.organization);
            change
                .journal(Entry { kind: "council_pair_decided", subject, organization, payload: &() })
                .await?;
        }
    }
    Ok(())
}

/// Numbers, prints and keeps the minutes.
async fn issue(ctx: &Ctx, change: &Change, hall: &Hall) -> Outcome<String> {
    let sitting = &hall.sitting;
    let (register, letters) = if sitting.dispute.is_some() { CLOSED_DOORS } else { USUAL };
    let year = sitting.held_on.year();
    let number = papers::next_number(change.tx(), sitting.organization, register, year).await?;
    let label = format!("{number}-{letters}/{year}");
    let school = pairs::school(change.tx(), sitting.organization).await?.ok_or(AppError::NotFound)?;
    let offices = store::offices(change.tx(), sitting.organization, sitting.held_on).await?;
    let is_head = sitting.chair.is_some() && offices.get(&Office::Head) == sitting.chair.as_ref();
    let record_url = format!("{}/council/sittings/{}", ctx.app().config.public_url, sitting.id);
    let minutes = compose(hall, &school, (&label, &record_url), if is_head { HEAD } else { CHAIR });
    let content = serde_json::to_string(&minutes)?;
    let name = format!("Протокол {}", label.replace('/', "-"));
    let printed = papers::print(ctx.app(), change, minutes, &name, sitting.organization).await?;
    let seats: Vec<(Uuid, bool)> =
        hall.seats.iter().map(|chair| (chair.member.person, chair.is_present)).collect();
    let closing = Closing {
        sitting: sitting.id,
        label: &label,
        content: &content,
        pdf: printed.pdf,
        docx: printed.docx,
        seats: &seats,
    };
    store::close_sitting(change, &closing).await?;
    Ok(label)
}

/// How whoever led the sitting signs.
const HEAD: &str = "Председатель совета";
const CHAIR: &str = "Председательствующий";

fn compose(
    hall: &Hall,
    school: &School,
    (label, record_url): (&str, &str),
    chair_title: &str,
) -> CouncilMinutes {
    let sitting = &hall.sitting;
    let names = |presence| hall.who_is(presence).map(|member| member.name.full()).collect();
    let member = |person: Option<Uuid>| {
        hall.seats.iter().map(|chair| &chair.member).find(|member| Some(member.person) == person)
    };
    let full = |person| member(person).map_or_else(String::new, |member| member.name.full());
    let signs = |person, position: &str| Signatory {
        position: position.to_owned(),
        name: member(person).map_or_else(String::new, |member| member.name.signature()),
    };
    let kind =
        if sitting.dispute.is_some() { "Закрытое заседание" } else { "Заседание" };
    CouncilMinutes {
        letterhead: Letterhead {
            organization_full: school.full_name.clone(),
            organization_short: school.short_name.clone(),
            place: school.place.clone(),
            number: Some(label.to_owned()),
            date: Some(sitting.held_on),
            heading: format!("{kind} совета наставников"),
            record_url: record_url.to_owned(),
        },
        chair_title: chair_title.to_owned(),
        chair: full(sitting.chair),
        secretary: full(sitting.secretary),
        present: names(Presence::Present),
        absent: names(Presence::Absent),
        hearings: hall.questions.iter().map(|question| hearing(hall, question)).collect(),
        signatories: vec![signs(sitting.chair, chair_title), signs(sitting.secretary, "Секретарь")],
    }
}

fn hearing(hall: &Hall, question: &Question) -> Hearing {
    let item = &question.item;
    let recorded = item.recorded.as_ref().filter(|_| !item.is_withdrawn);
    let decided = match recorded {
        _ if item.is_withdrawn => "Вопрос снят с рассмотрения".to_owned(),
        Some(known) => verdict(item.kind, known.decision).to_owned(),
        None => "Вопрос отложить".to_owned(),
    };
    Hearing {
        question: question.title.clone(),
        heard: [item.words.clone(), item.heard.clone()].into_iter().filter(|text| !text.is_empty()).collect(),
        decided,
        words: recorded.map_or_else(String::new, |known| known.words.clone()),
        votes: recorded.map(|known| Votes {
            votes_for: known.tally.votes_for,
            votes_against: known.tally.votes_against,
            abstained: known.tally.abstained,
        }),
        aside: hall.aside(question).iter().map(|member| member.name.short()).collect(),
    }
}

/// The decision as minutes say it, an infinitive.
const fn verdict(kind: MatterKind, decision: Decision) -> &'static str {
    match (kind, decision) {
        (MatterKind::Pair, Decision::Agreed) => "Согласовать закрепление пары",
        (MatterKind::Pair, Decision::AgreedWithRemarks) => "Согласовать закрепление пары с замечаниями",
        (MatterKind::Pair, Decision::Declined) => "Не согласовать закрепление пары",
        (MatterKind::Program, Decision::Agreed) => "Согласовать программу",
        (MatterKind::Program, Decision::AgreedWithRemarks) => "Согласовать программу с замечаниями",
        (MatterKind::Program, Decision::Declined) => "Не согласовать программу",
        (MatterKind::Dispute, Decision::Agreed) => "Согласиться с обращением",
        (MatterKind::Dispute, Decision::AgreedWithRemarks) => "Согласиться с обращением с замечаниями",
        (MatterKind::Dispute, Decision::Declined) => "Не согласиться с обращением",
    }
}

pub(super) async fn pdf(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    give(&ctx, hall.sitting.pdf, None).await
}

pub(super) async fn docx(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    give(&ctx, hall.sitting.docx, Some(WORD)).await
}

async fn give(ctx: &Ctx, file: Option<Uuid>, media_type: Option<&str>) -> Outcome {
    let file = file.ok_or(AppError::NotFound)?;
    let row = files::find(ctx.app().db.reader(), file).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&row.sha256).await?;
    attachment(content, media_type.unwrap_or(&row.media_type), &row.name)
}
