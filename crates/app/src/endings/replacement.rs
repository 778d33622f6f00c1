//! Choosing the next mentor: an answer to a petition, or a quiet re-pairing while the pair is young.

use std::collections::BTreeSet;

use askama::Template;
use chrono::{Months, NaiveDate};
use nastavnik_domain::config::limits;
use nastavnik_domain::gate::EndBy;
use nastavnik_domain::period::Period;
use nastavnik_domain::petition::{self, Answer, Kind, Sight};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::count;
use nastavnik_domain::working_days::Calendar;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::carry::{self, Plan};
use super::record::Petition;
use super::{answer, note, signals, store, visible};
use crate::bank::{self, Mentor};
use crate::council;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case, State};

#[derive(Template)]
#[template(path = "endings/replacement.html")]
struct ReplacementPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    case: Case,
    /// Who goes over to the new mentor.
    moving: Vec<String>,
    wish: String,
    mentors: Vec<Choice>,
    left_meetings: Vec<NaiveDate>,
    back: String,
}

/// Why this person may replace the mentor of this pair.
struct Ground {
    case: Case,
    /// None: the pair has told that a talk is needed.
    petition: Option<Petition>,
    mentees: Vec<Uuid>,
}

impl Ground {
    /// The last day of the old pair that warns everybody in time.
    fn last_day(&self, today: NaiveDate) -> anyhow::Result<NaiveDate> {
        let planned = self.case.pair.ends_on();
        if let Some(petition) = &self.petition {
            return petition.last_day_to_order(today);
        }
        let days = limits()?.on(today)?.value.notice_working_days;
        let day = petition::last_day_to_order(Kind::Replace, today, today, days, &Calendar::bundled()?)?;
        Ok(day.min(planned))
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let ground = ground(&ctx, ctx.app().db.reader(), id).await?;
    let last_day = ground.last_day(ctx.today)?;
    let starts_on = last_day.succ_opt().unwrap_or(last_day);
    let least = limits().map_err(anyhow::Error::from)?;
    let least = least.on(ctx.today).map_err(anyhow::Error::from)?.value.least_months;
    let shortest = starts_on.checked_add_months(Months::new(least)).unwrap_or(starts_on);
    let form = Form::blank()
        .with("last_day", last_day.to_string())
        .with("ends_on", ground.case.pair.ends_on().max(shortest).to_string());
    page(&replacement_page(&ctx, ground, form).await?)
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let known = ground(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let mentors = mentors(&ctx, &known).await?;
    let Some(plan) = plan(&ctx, &known, &mentors, &mut form) else {
        return again(&replacement_page(&ctx, known, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let fresh = match ground(&ctx, change.tx(), id).await {
        Err(AppError::NotFound) => return Err(answer::moved_on()),
        other => other?,
    };
    if fresh.mentees != known.mentees {
        return Err(answer::moved_on());
    }
    let new = match carry::carry_out(ctx.app(), &change, &fresh.case, &plan, ctx.today).await? {
        Ok(new) => new,
        Err(refusals) => {
            for (field, text) in refusals {
                form.error(field, text);
            }
            drop(change);
            return again(&replacement_page(&ctx, fresh, form).await?);
        }
    };
    if let Some(petition) = &fresh.petition {
        let by = (ctx.actor().person.0, ctx.today);
        store::set_answered(&change, petition.id, Answer::Replacement, by).await?;
        note(&change, "petition_answered", ("petition", petition.id)).await?;
    }
    change
        .finish(&format!("/pairs/{new}"), "Новая пара составлена, прежняя завершается. Соберите согласия")
        .await
}

/// The pair with the ground on which it may be replaced. Whoever takes part in it finds nothing.
async fn ground(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Ground> {
    let (reach, me) = (ctx.reach(Permission::DecideEndings), ctx.actor().person.0);
    let case = pairs::visible_case(connection, &reach, me, id, ctx.today).await?.ok_or(AppError::NotFound)?;
    let mut petitions = visible::inbox(ctx, connection, &reach).await?;
    petitions.retain(|petition| {
        let answers = petition.sight != Sight::Nothing && petition.state().may_be_answered();
        answers && petition.case.pair.id == id && petition.kind != Kind::End
    });
    if let Some(petition) = petitions.pop() {
        return Ok(Ground { mentees: petition.concerned(), petition: Some(petition), case });
    }
    if !signals::may_replace(ctx, connection, &case).await? {
        return Err(AppError::NotFound);
    }
    let mentees = case.pair.staying().map(|mentee| mentee.person).collect();
    Ok(Ground { case, petition: None, mentees })
}

/// Mentors of the organization who may take these mentees over: nothing stands against any of the pairs.
async fn mentors(ctx: &Ctx, ground: &Ground) -> Outcome<Vec<Mentor>> {
    let (reader, pair) = (ctx.app().db.reader(), &ground.case.pair);
    let bans = council::bans(reader, &[pair.organization]).await?;
    let banned: BTreeSet<Uuid> =
        bans.iter().filter(|ban| ground.mentees.contains(&ban.mentee)).map(|ban| ban.mentor).collect();
    let mut found = bank::ready_mentors(reader, pair.organization, ctx.today).await?;
    found.retain(|mentor| !pair.has(mentor.person) && !banned.contains(&mentor.person) && mentor.free() > 0);
    Ok(found)
}

fn plan(ctx: &Ctx, ground: &Ground, mentors: &[Mentor], form: &mut Form) -> Option<Plan> {
    let mentor = form.required_choice("mentor", "Новый наставник", &choices(mentors));
    let last_day = form.required_date("last_day", "Последний день прежней пары");
    let ends_on = form.required_date("ends_on", "Последний день новой пары");
    if ground.case.state == State::AwaitsOrder {
        form.error("mentor", "Приказ о назначении ждёт подписи: попросите руководителя вернуть его.");
    }
    // A pair that never began leaves no day behind: the new one may begin at once.
    let starts_on = match last_day {
        Some(day) if ground.case.is_fixed() => day.succ_opt(),
        other => other,
    };
    let period = starts_on.zip(ends_on).and_then(|(from, to)| Period::through(from, to).ok());
    if period.is_none() && form.is_valid() {
        form.error("ends_on", "Новая пара завершается раньше, чем начинается: исправьте дату.");
    }
    form.is_valid().then_some(())?;
    let person: Uuid = mentor?.parse().ok()?;
    let mentor = mentors.iter().find(|known| known.person == person)?.clone();
    let (by, notice_on) = ground.petition.as_ref().map_or((EndBy::Employer, ctx.today), |petition| {
        (petition.kind.ending().0, petition.notice_on(ctx.today))
    });
    Some(Plan {
        mentor,
        mentees: ground.mentees.clone(),
        period: period?,
        by,
        notice_on,
        last_day: last_day?,
    })
}

fn choices(mentors: &[Mentor]) -> Vec<Choice> {
    let with_places = |mentor: &Mentor| {
        let free = count(u64::from(mentor.free()), "место", "места", "мест");
        format!("{}, свободно {free}", mentor.name.full())
    };
    mentors.iter().map(|mentor| Choice::new(mentor.person.to_string(), with_places(mentor))).collect()
}

async fn replacement_page(ctx: &Ctx, ground: Ground, form: Form) -> Outcome<ReplacementPage> {
    let mut layout = ctx.layout("Замена наставника").await?;
    layout.crumbs = vec![Crumb::new("/petitions", "Заявления")];
    let mentors = choices(&mentors(ctx, &ground).await?);
    let moves = |mentee: &&pairs::Participant| ground.mentees.contains(&mentee.person);
    let moving = ground.case.pair.mentees.iter().filter(moves).map(|mentee| mentee.name.full()).collect();
    let left = |day: &NaiveDate| *day > ctx.today;
    let seen = |petition: &&Petition| petition.sight == Sight::Whole;
    let back = ground.petition.as_ref().map(|petition| format!("/petitions/{}", petition.id));
    Ok(ReplacementPage {
        layout,
        form,
        form_key: ids::form_key(),
        moving,
        wish: ground.petition.as_ref().filter(seen).map_or_else(String::new, |one| one.wish.clone()),
        mentors,
        left_meetings: ground.case.pair.meetings.iter().copied().filter(left).collect(),
        back: back.unwrap_or_else(|| "/petitions".to_owned()),
        case: ground.case,
    })
}
