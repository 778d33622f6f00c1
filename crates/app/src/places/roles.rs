//! Giving a role by an act (A2, A3; п. 4.1.1, 4.1.2).

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::{GrantError, Proposal, Role, check_grant};
use nastavnik_domain::russian::search_key;
use serde::Serialize;
use uuid::Uuid;

use super::add::{self, NewGrant};
use super::store::{self, Organization, WorkerRow};
use super::{card, rights};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::Layout;
use crate::kernel::registry::refusal;
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "places/role.html")]
struct RolePage {
    layout: Layout,
    row: Organization,
    form: Form,
    form_key: Uuid,
    roles: Vec<Choice>,
    people: Vec<Choice>,
    /// What the list of people is narrowed to.
    search: String,
    role: String,
    /// Nobody else works there yet.
    is_empty: bool,
}

/// Somebody to choose.
struct Candidate {
    person: Uuid,
    name: FullName,
    positions: Vec<String>,
}

/// What was typed, checked.
struct Typed {
    role: Role,
    person: Uuid,
    act_number: String,
    act_on: NaiveDate,
    started_on: NaiveDate,
}

#[derive(Serialize)]
struct Given<'a> {
    person: Uuid,
    role: &'a str,
    act_number: &'a str,
    act_on: NaiveDate,
    started_on: NaiveDate,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let (row, roles) = allowed(&ctx, id).await?;
    let asked = Role::from_code(ctx.asked("role")).filter(|role| roles.contains(role));
    let mut form = Form::blank();
    if let Some(role) = asked.or(roles.first().copied().filter(|_| roles.len() == 1)) {
        form = form.with("role", role.code());
    }
    let search = ctx.asked("q").to_owned();
    page(&role_page(&ctx, form, row, &roles, search).await?)
}

pub(super) async fn grant(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let (row, roles) = allowed(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let Some(typed) = read(&mut form, &roles) else {
        return again(&role_page(&ctx, form, row, &roles, String::new()).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", typed.person).await?;
    if let Err(error) = check(&ctx, &change, &row, &typed).await? {
        drop(change);
        form.error(field_of(error), error.to_string());
        return again(&role_page(&ctx, form, row, &roles, String::new()).await?);
    }
    let new = NewGrant {
        person: typed.person,
        organization: id,
        role: typed.role.code(),
        act_number: &typed.act_number,
        act_on: typed.act_on,
        started_on: typed.started_on,
        granted_by: Some(ctx.actor().account.0),
    };
    let grant = add::add_grant(change.tx(), &new).await?;
    let payload = Given {
        person: typed.person,
        role: typed.role.code(),
        act_number: &typed.act_number,
        act_on: typed.act_on,
        started_on: typed.started_on,
    };
    let subject = ("role_grant", Some(grant));
    change
        .journal(Entry { kind: "role_granted", subject, organization: Some(id), payload: &payload })
        .await?;
    change.finish(&row.href(), &format!("Назначена роль «{}»", typed.role.title())).await
}

/// The organization and the roles this person may give there. No such right there: refused.
async fn allowed(ctx: &Ctx, id: Uuid) -> Outcome<(Organization, Vec<Role>)> {
    let row = card::visible(ctx, id).await?;
    ctx.require(Permission::GrantRoles, &row.place())?;
    if row.archived_at.is_some() {
        return Err(AppError::Conflict(
            "Организация в архиве: роли в ней не назначают. Сначала верните её из архива".to_owned(),
        ));
    }
    let roles = rights::grantable(ctx.actor(), &row.place(), row.kind());
    if roles.is_empty() {
        return Err(refusal(Permission::GrantRoles));
    }
    Ok((row, roles))
}

fn read(form: &mut Form, roles: &[Role]) -> Option<Typed> {
    let role = form.required_choice("role", "Роль", &role_choices(roles));
    let person = form.required_uuid("person", "Кого назначить");
    let act_number = form.required_text("act_number", "Номер приказа", 60);
    let act_on = form.required_date("act_on", "Дата приказа");
    let started_on = form.required_date("started_on", "Действует с");
    let role = Role::from_code(&role?)?;
    Some(Typed { role, person: person?, act_number: act_number?, act_on: act_on?, started_on: started_on? })
}

/// Asks the rule, with what the database knows under the lock of the person.
async fn check(
    ctx: &Ctx,
    change: &Change,
    row: &Organization,
    typed: &Typed,
) -> Outcome<Result<(), GrantError>> {
    let workers = candidates(store::workers(change.tx(), row.id, ctx.today).await?);
    let Some(worker) = workers.into_iter().find(|worker| worker.person == typed.person) else {
        return Err(AppError::Conflict(
            "Этот человек здесь больше не работает. Откройте страницу заново и выберите другого".to_owned(),
        ));
    };
    let held = store::periods(change.tx(), typed.person, row.id, typed.role).await?;
    let proposal = Proposal {
        role: typed.role,
        kind: row.kind(),
        positions: &worker.positions,
        person: PersonId(typed.person),
        giver: ctx.actor().person,
        act_on: typed.act_on,
        starts_on: typed.started_on,
        held: &held,
    };
    Ok(check_grant(&proposal, ctx.today))
}

/// The field at which a refusal stands.
const fn field_of(error: GrantError) -> &'static str {
    match error {
        GrantError::CuratorMustBeDeputy
        | GrantError::DirectorMustHeadOrganization
        | GrantError::OnOneself
        | GrantError::Overlaps
        | GrantError::AlreadyEnded => "person",
        GrantError::FollowsFromMentorship | GrantError::WrongKind { .. } => "role",
        GrantError::ActInFuture => "act_on",
        GrantError::EndsBeforeStart => "started_on",
    }
}

/// People with all their positions there, in the order of the alphabet.
fn candidates(rows: Vec<WorkerRow>) -> Vec<Candidate> {
    let mut order = Vec::new();
    let mut people: BTreeMap<Uuid, Candidate> = BTreeMap::new();
    for row in rows {
        let candidate = people.entry(row.person_id).or_insert_with(|| {
            order.push(row.person_id);
            Candidate {
                person: row.person_id,
                name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
                positions: Vec::new(),
            }
        });
        candidate.positions.push(row.position);
    }
    order.into_iter().filter_map(|person| people.remove(&person)).collect()
}

fn role_choices(roles: &[Role]) -> Vec<Choice> {
    roles.iter().map(|role| Choice::new(role.code(), role.title()).with_hint(hint(*role))).collect()
}

/// Who it may be and what for.
const fn hint(role: Role) -> &'static str {
    match role {
        Role::Director => "Подписывает приказы. Только руководитель по штату (п. 4.1.1)",
        Role::Curator => "Подбирает пары и ведёт документы. Только заместитель руководителя (п. 4.1.2)",
        Role::Council => "Видит пары и показатели организации (п. 4.1.3)",
        Role::Psychologist => "Сопровождает пары (п. 3.5)",
        Role::Union => "Видит пары и показатели организации (п. 2.2)",
        Role::Administrator => "Ведёт территории, организации и входы всей установки",
        Role::Department => "Видит все организации своего муниципалитета (п. 4.2)",
        Role::SupportCenter | Role::ResourceCenter => "Видит показатели муниципалитета, без имён (п. 4.2)",
        Role::Tutor => "Видит организации региона, без имён (п. 4.3.2)",
        Role::Region => "Видит показатели региона, без имён (п. 4.3)",
        Role::Mentor | Role::Mentee => "",
    }
}

async fn role_page(
    ctx: &Ctx,
    form: Form,
    row: Organization,
    roles: &[Role],
    search: String,
) -> Outcome<RolePage> {
    let mut workers = store::workers(ctx.app().db.reader(), row.id, ctx.today).await?;
    workers.retain(|worker| worker.person_id != ctx.actor().person.0);
    let is_empty = workers.is_empty();
    let key = search_key(&search);
    // Who was already chosen stays in the list whatever is searched for.
    let chosen = form.text("person").to_owned();
    workers.retain(|worker| worker.search_key.contains(&key) || worker.person_id.to_string() == chosen);
    let title = |person: &Candidate| format!("{} — {}", person.name.full(), person.positions.join(", "));
    let people = candidates(workers);
    Ok(RolePage {
        layout: card::layout(ctx, &row, "Назначить роль").await?,
        role: form.text("role").to_owned(),
        row,
        form,
        form_key: ids::form_key(),
        roles: role_choices(roles),
        people: people.iter().map(|person| Choice::new(person.person.to_string(), title(person))).collect(),
        search,
        is_empty,
    })
}
