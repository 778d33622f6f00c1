//! Confirmed results of a candidate: what, when, and what proves it (A8, п. 3.1).

use nastavnik_domain::config::Post;
use nastavnik_domain::ids::FileId;
use nastavnik_domain::mentor::{Achievement, Candidate, CandidateError, Evidence, check_candidate};
use nastavnik_domain::policy::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::mentor::{first_terms, mentor_page, visible};
use super::rules::Rules;
use super::store::{self, NewAchievement, Side};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::forms::Form;
use crate::kernel::scans;
use crate::kernel::web::{Ctx, Path, Submission, again, attachment};

struct Typed {
    title: String,
    achieved_on: chrono::NaiveDate,
    evidence: String,
}

#[derive(Serialize)]
struct Recorded<'a> {
    person: Uuid,
    title: &'a str,
    achieved_on: chrono::NaiveDate,
    has_scan: bool,
}

pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditMentors, &member.school.place)?;
    let mut form = submitted.form.clone();
    let typed = read(&mut form, &submitted, &ctx)?;
    let kept = if form.is_valid() { scans::keep(&ctx, &submitted, &mut form).await? } else { None };
    if member.ended_on.is_some() {
        form.error(
            "title",
            "Кандидата вывели из банка: записать достижение нельзя. Внесите его в банк заново.",
        );
    }
    let (Some(typed), true) = (typed, form.is_valid()) else {
        let terms = first_terms(&member);
        return again(&mentor_page(&ctx, member, terms, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let file = scans::name(&change, kept.as_ref(), &submitted, member.school.id).await?;
    let new = NewAchievement {
        person: member.person,
        title: &typed.title,
        evidence: &typed.evidence,
        file,
        achieved_on: typed.achieved_on,
    };
    let achievement = store::add_achievement(change.tx(), change.now(), change.account(), &new).await?;
    let payload = Recorded {
        person: member.person,
        title: &typed.title,
        achieved_on: typed.achieved_on,
        has_scan: file.is_some(),
    };
    let subject = ("achievement", Some(achievement));
    let organization = Some(member.school.id);
    change.journal(Entry { kind: "achievement_recorded", subject, organization, payload: &payload }).await?;
    let whom = (member.person, member.school.id);
    store::confirm(change.tx(), change.now(), change.account(), Side::Mentor, whom).await?;
    change.finish(&format!("/bank/mentors/{id}#achievements"), "Достижение записано").await
}

/// Reads the fields and asks the rule of the domain about this one achievement.
fn read(form: &mut Form, submitted: &Submission, ctx: &Ctx) -> Outcome<Option<Typed>> {
    let title = form.required_text("title", "Достижение", 200);
    let achieved_on = form.required_date("achieved_on", "Дата");
    let evidence = form.optional_text("evidence", "Чем подтверждено", 500).unwrap_or_default();
    let (Some(title), Some(achieved_on), true) = (title, achieved_on, form.is_valid()) else {
        return Ok(None);
    };
    let proof = match submitted.file("scan") {
        Some(_) => Evidence::File(FileId(Uuid::nil())),
        None => Evidence::Link(evidence.clone()),
    };
    let one = Achievement { title: title.clone(), achieved_on, evidence: Some(proof) };
    let candidate = Candidate { post: Post::Teacher, achievements: vec![one], places: 0 };
    let limits = Rules::load()?.limits(ctx.today)?;
    for error in check_candidate(&candidate, limits, ctx.today).err().unwrap_or_default() {
        let field = if matches!(error, CandidateError::InFuture(_)) { "achieved_on" } else { "evidence" };
        form.error(field, format!("{error}."));
    }
    Ok(form.is_valid().then_some(Typed { title, achieved_on, evidence }))
}

/// Evidence is seen by those who see the candidate, and by nobody else.
pub(super) async fn file(ctx: Ctx, Path((id, achievement)): Path<(Uuid, Uuid)>) -> Outcome {
    let reader = ctx.app().db.reader();
    let member = visible(&ctx, reader, id).await?;
    let known = member.achievements.iter().find(|known| known.id == achievement);
    let file = known.and_then(|known| known.evidence_file_id).ok_or(AppError::NotFound)?;
    let file = files::find(reader, file).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&file.sha256).await?;
    attachment(content, &file.media_type, &file.name)
}
