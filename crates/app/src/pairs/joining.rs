//! One more mentee in a running group (C3, п. 4.1.2). The newcomer is no member until the director has signed the amending
//! order, which slice `papers` prepares.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::gate;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::pair::joining_days;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::{Actor, Permission};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::card::{self, found};
use super::facts;
use super::offer::{self, Offered};
use super::state::{Case, State};
use super::store;
use crate::bank;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db::Tx;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::papers::{self, Facts};

#[derive(Template)]
#[template(path = "pairs/joining.html")]
struct JoiningPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    last_day: NaiveDate,
    waiting: Vec<Offered>,
    others: Vec<Offered>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = group(&ctx, id).await?;
    let first_day = ctx.today.max(case.pair.period.from());
    let form = Form::blank().with("starts_on", first_day.to_string());
    page(&joining_page(&ctx, &case, form).await?)
}

/// Keeps who is about to join. All rules are asked with the group and the mentor's record locked, so that two curators
/// never take the same last place.
pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = group(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let mentee = worker(&ctx, &case, &mut form).await?;
    let starts_on = form.required_date("starts_on", "Первый день в группе");
    let (Some(mentee), Some(starts_on)) = (mentee, starts_on) else {
        return again(&joining_page(&ctx, &case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    super::lock(change.tx(), &[id]).await?;
    let fresh = super::cases_by_ids(change.tx(), &[id], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    if fresh.pair.joining.is_some() {
        form.error("mentees", "В эту группу уже кто-то вступает. Сначала подпишите приказ о нём.");
    }
    for (field, text) in joining_refusals(change.tx(), ctx.actor(), &fresh, mentee, starts_on).await? {
        form.error(field, text);
    }
    if !form.is_valid() {
        drop(change);
        return again(&joining_page(&ctx, &fresh, form).await?);
    }
    store::add_joining(change.tx(), (id, mentee), starts_on, change.account(), change.now()).await?;
    journal(&change, "group_joining_asked", &fresh, mentee).await?;
    let notice = "Записано. Выпустите согласие нового участника, отметьте подпись и подготовьте приказ";
    change.finish(&format!("/pairs/{id}#joining"), notice).await
}

/// Gives the joining up: its papers are canceled, the place is free again.
pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = found(&ctx, id).await?;
    ctx.require(Permission::FormPairs, &case.pair.place())?;
    let change = ctx.change(&submitted).await?;
    super::lock(change.tx(), &[id]).await?;
    let fresh = super::cases_by_ids(change.tx(), &[id], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    let Some(joining) = &fresh.pair.joining else {
        let mut form = submitted.form.clone();
        form.error("joining", "В эту группу сейчас никто не вступает. Обновите страницу.");
        drop(change);
        return card::again_with(&ctx, fresh, form).await;
    };
    store::close_joining(change.tx(), joining.id, change.now()).await?;
    let person = joining.mentee.person;
    let concerns = |found: &&papers::Document| {
        found.person == Some(person)
            || matches!(&found.facts, Facts::Joining(facts) if facts.joining == joining.id)
    };
    let own: Vec<_> = fresh.documents.iter().filter(concerns).cloned().collect();
    papers::cancel_all(&change, &own, "участник не вступил в группу").await?;
    journal(&change, "group_joining_withdrawn", &fresh, person).await?;
    change
        .finish(&format!("/pairs/{id}"), "Участник не вступает в группу. Место наставника снова свободно")
        .await
}

/// Why the newcomer can't join from the day on: the field to mend and the words. The group is locked by the caller; the
/// mentor's record is locked here, so the answer holds until the transaction ends. Whoever takes part in the group, and a
/// director, is not told what a psychologist or others have said of it.
pub async fn joining_refusals(
    tx: &Tx,
    reader: &Actor,
    case: &Case,
    newcomer: Uuid,
    first_day: NaiveDate,
) -> anyhow::Result<Vec<(&'static str, String)>> {
    let pair = &case.pair;
    let Some(group) = gate::days_in_force(&case.papers) else {
        return Ok(vec![("mentees", "Группа не закреплена приказом: измените её условия.".to_owned())]);
    };
    if pair.has(newcomer) {
        return Ok(vec![("mentees", "Этот человек уже в группе или был в ней раньше.".to_owned())]);
    }
    let days = match joining_days(&group, first_day) {
        Ok(days) => days,
        Err(error) => return Ok(vec![("starts_on", format!("{error}."))]),
    };
    let mentor = &pair.mentor;
    let Some(capacity) = bank::lock_candidate(tx, mentor.person, mentor.organization).await? else {
        return Ok(vec![(
            "mentees",
            "Наставника больше нет в банке: новых участников он не берёт.".to_owned(),
        )]);
    };
    let errors = facts::judged_joining(tx, pair, newcomer, days, capacity).await?;
    let field = |field| if field == "period" { "starts_on" } else { "mentees" };
    let people = pair.people().map(|participant| participant.person).chain([newcomer]);
    let audience = facts::audience(reader, pair.organization, people);
    Ok(errors.iter().map(|error| (field(error.field()), format!("{}.", error.told(audience)))).collect())
}

/// A group somebody is about to join, as they themselves are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    pub mentor: FullName,
    /// The first day asked for.
    pub starts_on: NaiveDate,
    /// Whether the own agreement is signed, so that only the order is missing.
    pub has_agreed: bool,
}

/// The groups a person is about to join.
pub async fn invited(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Invited>, DbErr> {
    let rows = store::own_joinings(connection, person).await?;
    let invited = |row: store::OwnJoining| Invited {
        mentor: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        starts_on: row.starts_on,
        has_agreed: row.has_agreed == 1,
    };
    Ok(rows.into_iter().map(invited).collect())
}

/// Makes the newcomer a member by a signed order.
pub async fn join(change: &Change, case: &Case, first_day: NaiveDate) -> anyhow::Result<()> {
    let Some(joining) = &case.pair.joining else { return Ok(()) };
    let person = joining.mentee.person;
    store::set_joined(change.tx(), joining.id, (case.pair.id, person), first_day, change.now()).await?;
    Ok(journal(change, "group_joined", case, person).await?)
}

async fn journal(change: &Change, happened: &'static str, case: &Case, mentee: Uuid) -> Result<(), DbErr> {
    let payload = serde_json::json!({ "mentee": mentee });
    let subject = ("mentorship", Some(case.pair.id));
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind: happened, subject, organization, payload: &payload }).await
}

/// Whether somebody may be asked to join: a group that is fixed and goes on, and nobody is about to join already.
pub(super) fn takes_more(case: &Case) -> bool {
    matches!(case.state, State::Scheduled | State::Active)
        && case.pair.kinds.contains(&Kind::Group)
        && case.pair.joining.is_none()
        && case.ending_order(None).is_none()
}

/// A group of an organization where this person forms pairs.
async fn group(ctx: &Ctx, id: Uuid) -> Outcome<Case> {
    let case = found(ctx, id).await?;
    ctx.require(Permission::FormPairs, &case.pair.place())?;
    if takes_more(&case) {
        return Ok(case);
    }
    Err(AppError::Conflict(
        "Добавить участника можно в группу, которая закреплена приказом и работает, и по одному: сначала завершите \
         вступление предыдущего"
            .to_owned(),
    ))
}

/// The worker chosen, if there is one.
async fn worker(ctx: &Ctx, case: &Case, form: &mut Form) -> Outcome<Option<Uuid>> {
    let Some(chosen) = form.required_uuid("mentees", "Новый участник") else { return Ok(None) };
    let workers = store::workers(ctx.app().db.reader(), case.pair.organization, ctx.today).await?;
    if workers.contains(&chosen) {
        return Ok(Some(chosen));
    }
    form.error("mentees", "Этот человек больше не работает в организации. Выберите снова.");
    Ok(None)
}

async fn joining_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<JoiningPage> {
    let mut layout = ctx.layout("Новый участник группы").await?;
    let id = case.pair.id;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{id}"), case.pair.title())];
    let (mut waiting, mut others) =
        offer::mentees(ctx.app().db.reader(), case.pair.organization, ctx.today).await?;
    let is_new = |offered: &Offered| {
        let id: Option<Uuid> = offered.id.parse().ok();
        id.is_some_and(|id| !case.pair.has(id))
    };
    waiting.retain(is_new);
    others.retain(is_new);
    let last_day = case.last_day();
    Ok(JoiningPage { layout, form, form_key: ids::form_key(), pair: id, last_day, waiting, others })
}
