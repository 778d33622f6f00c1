//! «Продлить» and «следующая программа»: a new pair of the same people. A prolonged one goes on with what is left of the
//! program; the next program begins with the directions of work that are still hard.

use chrono::{Months, NaiveDate};
use nastavnik_domain::config::limits;
use nastavnik_domain::evaluation::{Decision, Facts};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::pair::PairError;
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::part::note;
use super::show;
use super::visible::{Scene, locked, visible};
use crate::bank::{self, Mentor};
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{self, FormError, Wanted};
use crate::{endings, programs, tasks};

/// Whether the decision leads to a new pair of the same people.
pub(super) const fn leads(decision: Decision) -> bool {
    matches!(decision, Decision::Prolong | Decision::NextProgram)
}

/// The days that are proposed: from the day after the last one, as long as before.
pub(super) fn first_form(ctx: &Ctx, scene: &Scene, sent: &Form) -> Outcome<Form> {
    if sent.data().get("starts_on").is_some() {
        return Ok(sent.clone());
    }
    let case = &scene.case;
    let starts_on = case.last_day().succ_opt().unwrap_or(case.last_day()).max(ctx.today);
    let least = limits().map_err(anyhow::Error::from)?;
    let least = least.on(ctx.today).map_err(anyhow::Error::from)?.value.least_months;
    let shortest = starts_on.checked_add_months(Months::new(least)).unwrap_or(starts_on);
    let as_long = starts_on + (case.last_day() - case.pair.period.from());
    Ok(Form::blank()
        .with("starts_on", starts_on.to_string())
        .with("ends_on", as_long.max(shortest).to_string()))
}

pub(super) async fn create(
    ctx: Ctx,
    Path((id, wave)): Path<(Uuid, String)>,
    submitted: Submission,
) -> Outcome {
    let reader = ctx.app().db.reader();
    let scene = visible(&ctx, reader, id, &wave).await?;
    ctx.require(Permission::FormPairs, &scene.case.pair.place())?;
    decision(&scene)?;
    let mut form = submitted.form.clone();
    let period = period(&mut form, &scene);
    let mentor = mentor(&ctx, &scene, &mut form).await?;
    let (Some(period), Some(mentor)) = (period, mentor) else {
        return show::again_with(&ctx, scene, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let scene = locked(&ctx, &change, id, &wave).await?;
    let (decision, facts) = decision(&scene)?;
    if pairs::continued(change.tx(), &[id]).await?.contains_key(&id) {
        return Err(AppError::Conflict("Новая пара тех же людей уже составлена. Откройте её".to_owned()));
    }
    let new = match pairs::form(&change, &wanted(&scene, mentor, period)).await? {
        Ok(new) => new,
        Err(refused) => {
            tell(&mut form, &refused);
            drop(change);
            return show::again_with(&ctx, scene, form).await;
        }
    };
    hand_over(&ctx, &change, (&scene, new), (decision, &facts)).await?;
    note(&change, &scene, "evaluation_continued").await?;
    let notice = "Новая пара составлена, программа ждёт её черновиком. Проверьте условия и соберите согласия";
    change.finish(&format!("/pairs/{new}"), notice).await
}

/// The decision and the facts it rests on, if it leads here.
fn decision(scene: &Scene) -> Outcome<(Decision, Facts)> {
    let row = scene.row.as_ref().filter(|row| row.confirmed_on.is_some());
    let word = row.and_then(|row| row.concluded.as_ref()).filter(|word| leads(word.decision));
    word.map(|word| (word.decision, word.facts.clone())).ok_or_else(|| {
        AppError::Conflict(
            "Новую пару тех же людей составляют, когда утверждено решение продлить или составить следующую программу"
                .to_owned(),
        )
    })
}

/// A prolonged pair goes on with the program, the next one begins anew; tasks that wait go along with both.
async fn hand_over(
    ctx: &Ctx,
    change: &Change,
    (scene, new): (&Scene, Uuid),
    (decision, facts): (Decision, &Facts),
) -> Outcome<()> {
    let old = scene.case.pair.id;
    if decision == Decision::Prolong {
        return endings::hand_over(change, old, new).await;
    }
    let staying = scene.case.pair.staying().map(|mentee| PersonId(mentee.person));
    let hard = staying.flat_map(|mentee| facts.remaining(mentee).into_iter().map(move |one| (mentee, one)));
    programs::begin_from_deficits(change, new, &hard.collect::<Vec<_>>(), ctx.today).await?;
    pairs::link(change, old, new).await?;
    tasks::transfer(change, old, new, std::collections::BTreeMap::new()).await
}

fn period(form: &mut Form, scene: &Scene) -> Option<Period> {
    let from = form.required_date("starts_on", "Первый день")?;
    let to = form.required_date("ends_on", "Последний день")?;
    let last: NaiveDate = scene.case.last_day();
    if from <= last {
        let day = nastavnik_domain::russian::short(last);
        form.error(
            "starts_on",
            format!("Прежняя пара работает по {day}: назовите следующий день или позже."),
        );
        return None;
    }
    let period = Period::through(from, to).ok();
    if period.is_none() {
        form.error("ends_on", "Последний день раньше первого. Исправьте срок.");
    }
    period
}

async fn mentor(ctx: &Ctx, scene: &Scene, form: &mut Form) -> Outcome<Option<Mentor>> {
    let pair = &scene.case.pair;
    let ready = bank::ready_mentors(ctx.app().db.reader(), pair.organization, ctx.today).await?;
    let found = ready.into_iter().find(|mentor| mentor.person == pair.mentor.person);
    if found.is_none() {
        let why = "Наставника нет в банке вашей организации. Подтвердите его в банке или составьте пару сами на странице «Пары и группы».";
        form.error("starts_on", why);
    }
    Ok(found)
}

/// The terms of the old pair on the new days.
fn wanted(scene: &Scene, mentor: Mentor, period: Period) -> Wanted {
    let old = &scene.case.pair;
    Wanted {
        organization: old.organization,
        mentor,
        mentees: old.staying().map(|mentee| mentee.person).collect(),
        form: old.form,
        kinds: old.kinds.clone(),
        model: old.model,
        period,
        online_place: old.online_place.clone(),
        goals: old.goals.clone(),
        meetings: Vec::new(),
        work: old.work.clone(),
        pay: old.pay.clone(),
    }
}

fn tell(form: &mut Form, refused: &FormError) {
    let FormError::Refused(errors) = refused else {
        form.error("starts_on", refused.to_string());
        return;
    };
    for error in errors {
        form.error(field(error), format!("{error}."));
    }
}

fn field(error: &PairError) -> &'static str {
    match error.field() {
        "period" => "ends_on",
        _ => "starts_on",
    }
}
