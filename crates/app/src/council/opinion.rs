//! The psychologist's opinion about a pair: one of three words and an advice; method and notes stay with the author.

use askama::Template;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::store::{self, NewOpinion, Opinion, Whose};
use super::verdict::Verdict;
use super::visible;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case, State};

/// Longest advice and longest notes.
const ADVICE: usize = 1_000;
const NOTES: usize = 4_000;
const METHOD: usize = 200;

#[derive(Template)]
#[template(path = "council/opinions.html")]
struct OpinionsPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    people: Vec<About>,
    /// To choose among; empty where there is only one.
    mentees: Vec<Choice>,
    verdicts: Vec<Choice>,
    may_give: bool,
}

/// What is said of a mentee with this mentor, the newest first.
struct About {
    name: String,
    current: Option<Opinion>,
    earlier: Vec<Opinion>,
}

/// What an opinion says, as it was typed.
pub(super) struct Typed {
    verdict: Verdict,
    advice: String,
    method: String,
    note: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = visible::pair(&ctx, id, &[Permission::ReadOpinions]).await?;
    let form = visible::about_the_only(&case);
    page(&opinions_page(&ctx, case, form).await?)
}

pub(super) async fn give(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible::pair(&ctx, id, &[Permission::ReadOpinions]).await?;
    ctx.require(Permission::GiveOpinion, &case.pair.place())?;
    if is_over(&case) {
        return Err(AppError::Conflict(
            "Наставничество завершено или не состоялось: заключение о нём больше не дают".to_owned(),
        ));
    }
    let mut form = submitted.form.clone();
    let mentee = visible::read_mentee(&mut form, &case);
    let typed = read(&mut form);
    let (Some(mentee), Some(typed), true) = (mentee, typed, form.is_valid()) else {
        return again(&opinions_page(&ctx, case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    write(&ctx, &change, (case.pair.organization, case.pair.mentor.person, mentee), &typed).await?;
    change
        .finish(
            &format!("/pairs/{id}/opinions"),
            "Заключение записано. Куратор и совет увидят вывод и рекомендации",
        )
        .await
}

/// The part of the form that every opinion has.
pub(super) fn read(form: &mut Form) -> Option<Typed> {
    let verdict = form.required_choice("verdict", "Вывод", &Verdict::choices());
    let advice = form.optional_paragraphs("advice", "Рекомендации паре", ADVICE);
    let method = form.optional_text("method", "Метод", METHOD);
    let note = form.optional_paragraphs("note", "Заметки", NOTES);
    let verdict = verdict.as_deref().and_then(Verdict::from_code);
    if verdict.is_some_and(|verdict| verdict != Verdict::Recommended) && advice.is_none() {
        form.error("advice", "Напишите условия или причину: без них вывод не поможет куратору и совету.");
    }
    if !form.is_valid() {
        return None;
    }
    Some(Typed {
        verdict: verdict?,
        advice: advice.unwrap_or_default(),
        method: method.unwrap_or_default(),
        note: note.unwrap_or_default(),
    })
}

/// Writes an opinion in the place of the one before. The journal learns the fact, never the word.
pub(super) async fn write(
    ctx: &Ctx,
    change: &Change,
    (organization, mentor, mentee): (Uuid, Uuid, Uuid),
    typed: &Typed,
) -> Outcome<()> {
    db::lock_row(change.tx(), "person", mentee).await?;
    let new = NewOpinion {
        organization,
        mentor,
        mentee,
        verdict: typed.verdict,
        advice: &typed.advice,
        method: &typed.method,
        note: &typed.note,
        given_on: ctx.today,
        given_by: ctx.actor().person.0,
    };
    store::give_opinion(change, &new).await?;
    let subject = ("person", Some(mentee));
    change
        .journal(Entry {
            kind: "pair_opinion_given",
            subject,
            organization: Some(organization),
            payload: &(),
        })
        .await?;
    Ok(())
}

const fn is_over(case: &Case) -> bool {
    matches!(case.state, State::Ended | State::Withdrawn)
}

async fn opinions_page(ctx: &Ctx, case: Case, form: Form) -> Outcome<OpinionsPage> {
    let mut layout = ctx.layout(&format!("Заключения: {}", case.pair.title())).await?;
    layout.crumbs = vec![
        Crumb::new("/pairs", "Пары и группы"),
        Crumb::new(format!("/pairs/{}", case.pair.id), case.pair.title()),
    ];
    let whose = Whose::Pair {
        organization: case.pair.organization,
        mentor: case.pair.mentor.person,
        mentees: case.pair.mentees.iter().map(|mentee| mentee.person).collect(),
    };
    let found = store::opinions(ctx.app().db.reader(), ctx.actor().person.0, &whose).await?;
    let mentees = visible::mentees(&case);
    Ok(OpinionsPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/opinions"),
        form,
        form_key: ids::form_key(),
        pair: case.pair.id,
        people: case.pair.mentees.iter().map(|mentee| about(mentee, &found)).collect(),
        mentees: if mentees.len() > 1 { mentees } else { Vec::new() },
        verdicts: Verdict::choices(),
        may_give: !is_over(&case) && ctx.actor().may_at(Permission::GiveOpinion, &case.pair.place()),
    })
}

fn about(mentee: &pairs::Participant, found: &[Opinion]) -> About {
    let own = || found.iter().filter(|opinion| opinion.mentee == mentee.person);
    About {
        name: mentee.name.full(),
        current: own().find(|opinion| !opinion.is_replaced).cloned(),
        earlier: own().filter(|opinion| opinion.is_replaced).cloned().collect(),
    }
}
