//! Who can come in, who waits with a slip, who cannot; closing a way in.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::{DateTime, Utc};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::card;
use super::rights::{self, Held};
use super::store::{self, LoginRow, Organization, WorkerRow};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::{Layout, Tab, Tone};
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::kernel::{accounts, db, ids};

#[derive(Template)]
#[template(path = "places/logins.html")]
struct LoginsPage {
    layout: Layout,
    row: Organization,
    tabs: Vec<Tab>,
    form_key: Uuid,
    workers: Vec<Worker>,
    /// People who left and can still come in.
    gone: Vec<Worker>,
    /// How many have no way in and may be given one.
    without: usize,
}

/// A person as the list shows them.
pub(super) struct Worker {
    pub(super) person: Uuid,
    pub(super) name: FullName,
    pub(super) position: String,
    pub(super) login: String,
    pub(super) state: State,
    words: &'static str,
    note: String,
    account: Option<Uuid>,
    /// Why no slip may be made; nothing if it may.
    pub(super) refusal: Option<String>,
}

/// Whether and how a person comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Nothing,
    Slip,
    Expired,
    Comes,
    Closed,
}

impl State {
    const fn tone(self) -> Tone {
        match self {
            Self::Nothing => Tone::Draft,
            Self::Slip => Tone::Wait,
            Self::Expired => Tone::Late,
            Self::Comes => Tone::Done,
            Self::Closed => Tone::Closed,
        }
    }

    /// Nothing leads in and nothing was handed out that does.
    pub(super) const fn waits_for_slip(self) -> bool {
        matches!(self, Self::Nothing | Self::Expired)
    }
}

impl Worker {
    fn tone(&self) -> Tone {
        self.state.tone()
    }

    /// The account to close, if there is something to close and it may be closed.
    fn closable(&self) -> Option<Uuid> {
        let is_open = matches!(self.state, State::Slip | State::Comes);
        self.account.filter(|_| is_open && self.refusal.is_none())
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let row = managed(&ctx, ctx.app().db.reader(), id).await?;
    let (workers, gone) = people(&ctx, ctx.app().db.reader(), &row).await?;
    let may = |worker: &&Worker| worker.state.waits_for_slip() && worker.refusal.is_none();
    let logins = format!("{}/logins", row.href());
    page(&LoginsPage {
        layout: card::layout(&ctx, &row, "Входы и памятки").await?,
        tabs: card::tabs(&ctx, &row, &logins),
        form_key: ids::form_key(),
        without: workers.iter().filter(may).count(),
        workers,
        gone,
        row,
    })
}

/// Closes a way in at once: whoever is inside is out with the next click.
pub(super) async fn close(ctx: Ctx, Path(account): Path<Uuid>, submitted: Submission) -> Outcome {
    let place = workplace(&ctx, account, submitted.form.text("organization")).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "account", account).await?;
    let row = managed(&ctx, change.tx(), place).await?;
    let (workers, gone) = people(&ctx, change.tx(), &row).await?;
    let worker = workers.iter().chain(&gone).find(|worker| worker.account == Some(account));
    let worker = worker.ok_or(AppError::NotFound)?;
    if worker.refusal.is_some() {
        return Err(AppError::Forbidden("Вход этого человека закрывает тот, кто назначает на его роль"));
    }
    accounts::disable(change.tx(), change.now(), account).await?;
    let subject = ("account", Some(account));
    change
        .journal(Entry { kind: "login_closed", subject, organization: Some(place), payload: &worker.login })
        .await?;
    let notice = format!("Вход закрыт: {}", worker.name.short());
    change.finish(&format!("{}/logins", row.href()), &notice).await
}

/// Where the owner of the account works or worked and this person looks after the ways in: the place asked for
/// if there are several.
async fn workplace(ctx: &Ctx, account: Uuid, asked: &str) -> Outcome<Uuid> {
    let reader = ctx.app().db.reader();
    let mut places = store::workplaces_of(reader, account).await?;
    places.sort_by_key(|place| place.to_string() != asked);
    let mut refusal = AppError::NotFound;
    for place in places {
        match managed(ctx, reader, place).await {
            Ok(row) => return Ok(row.id),
            Err(AppError::NotFound) => {}
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

/// The organization, if this person looks after its ways in.
pub(super) async fn managed(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Organization> {
    let row = card::visible_in(ctx, connection, id).await?;
    ctx.require(Permission::ManageAccounts, &row.place())?;
    Ok(row)
}

/// Those who work there today, and those who left with their way in still open.
pub(super) async fn people(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    row: &Organization,
) -> Outcome<(Vec<Worker>, Vec<Worker>)> {
    let accounts = store::logins(connection, row.id, ctx.today).await?;
    let mut held: BTreeMap<Uuid, Vec<Held>> = BTreeMap::new();
    for (person, role) in store::held_roles(connection, row.id, ctx.today).await? {
        held.entry(person).or_default().push(role);
    }
    let made = |person: Uuid, name: FullName, position: String| {
        let account = accounts.iter().find(|account| account.person_id == person);
        let (state, words, note) = state_of(account, ctx.now, card::zone_of(row));
        let held = held.get(&person).map_or(&[][..], Vec::as_slice);
        Worker {
            person,
            name,
            position,
            login: account.map_or_else(String::new, |account| account.login.clone()),
            state,
            words,
            note,
            account: account.map(|account| account.id),
            refusal: rights::login_refusal(ctx.actor(), &row.place(), person, held),
        }
    };
    let workers = one_row_each(store::workers(connection, row.id, ctx.today).await?);
    let workers = workers.into_iter().map(|row| made(row.person_id, name_of(&row), row.position)).collect();
    let left = accounts.iter().filter(|account| account.works == 0 && account.works_here == 0);
    let left = left.map(|account| made(account.person_id, name_of_login(account), String::new()));
    let open = |worker: &Worker| matches!(worker.state, State::Slip | State::Comes);
    Ok((workers, left.filter(open).collect()))
}

/// The state, its word and what stands beside it.
fn state_of(
    account: Option<&LoginRow>,
    now: DateTime<Utc>,
    zone: chrono_tz::Tz,
) -> (State, &'static str, String) {
    let nothing = (State::Nothing, "Нет входа", String::new());
    let Some(account) = account else { return nothing };
    if account.disabled_at.is_some() {
        return (State::Closed, "Вход закрыт", String::new());
    }
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).format("%d.%m.%Y");
    let has_password = account.entered == 1;
    match account.slip_until {
        Some(until) if until > now && has_password => {
            (State::Comes, "Входит", format!("новая памятка до\u{a0}{}", day(until)))
        }
        Some(until) if until > now => (State::Slip, "Памятка выдана", format!("до\u{a0}{}", day(until))),
        _ if has_password => (State::Comes, "Входит", String::new()),
        Some(until) => (State::Expired, "Памятка истекла", day(until).to_string()),
        None => nothing,
    }
}

/// Several positions in one line.
fn one_row_each(rows: Vec<WorkerRow>) -> Vec<WorkerRow> {
    let mut seen = BTreeSet::new();
    let mut people: Vec<WorkerRow> = Vec::new();
    for row in rows {
        if seen.insert(row.person_id) {
            people.push(row);
        } else if let Some(last) = people.last_mut() {
            // The rows of one person stand together.
            last.position = format!("{}, {}", last.position, row.position);
        }
    }
    people
}

fn name_of(row: &WorkerRow) -> FullName {
    FullName::new(&row.surname, &row.given, row.patronymic.as_deref())
}

fn name_of_login(row: &LoginRow) -> FullName {
    FullName::new(&row.surname, &row.given, row.patronymic.as_deref())
}
