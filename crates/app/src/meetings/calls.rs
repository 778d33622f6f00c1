//! Calls for help: they reach the one who is called as a fact, with words only if they were written for this person.

use askama::Template;
use nastavnik_domain::meeting::Addressee;
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::role::Role;
use serde::Serialize;
use uuid::Uuid;

use super::record::Call;
use super::store::{self, CallRow, Desks};
use crate::endings;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::filters::long_date;
use crate::kernel::ids;
use crate::kernel::page::Layout;
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::pairs::{self, Case};
use crate::people;

#[derive(Template)]
#[template(path = "meetings/calls.html")]
struct CallsPage {
    layout: Layout,
    calls: Vec<Line>,
}

struct Line {
    id: Uuid,
    who: String,
    pair: String,
    pair_href: String,
    whose: &'static str,
    words: String,
    day: String,
    answered: Option<String>,
}

#[derive(Serialize)]
struct Called {
    addressee: &'static str,
}

/// Calls within a change of an entry or a pulse. A curator who takes part in the pair is passed over, as with petitions.
pub(super) async fn make(ctx: &Ctx, change: &Change, case: &Case, call: &Call) -> Outcome<()> {
    let receiver = match call.addressee {
        Addressee::Curator => Some(endings::receiver(ctx, change.tx(), &case.pair).await?),
        Addressee::Mentor | Addressee::Psychologist => None,
    };
    let author = ctx.actor().person.0;
    store::add_call(change.tx(), change.now(), (case.pair.id, author), call, receiver).await?;
    let payload = Called { addressee: call.addressee.code() };
    let subject = ("pair", Some(case.pair.id));
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind: "help_called", subject, organization, payload: &payload }).await?;
    Ok(())
}

/// Where this person is called, by office.
pub(super) fn desks(ctx: &Ctx) -> Desks {
    let of = |role| ctx.actor().held(role).map(|grant| grant.organization.0).collect();
    Desks {
        curator: of(Role::Curator),
        director: of(Role::Director),
        council: of(Role::Council),
        psychologist: of(Role::Psychologist),
    }
}

async fn visible(ctx: &Ctx, connection: &impl sea_orm::ConnectionTrait) -> Outcome<Vec<CallRow>> {
    Ok(store::visible_calls(connection, ctx.actor().person.0, &desks(ctx)).await?)
}

/// «помощь нужна от …»: a call to the curator names who answers it.
pub(super) fn from_whom(addressee: Addressee, receiver: Receiver) -> &'static str {
    match addressee {
        Addressee::Curator => receiver.from_whom(),
        Addressee::Mentor | Addressee::Psychologist => addressee.from_whom(),
    }
}

/// Whose help the row asks for.
fn whose(row: &CallRow) -> &'static str {
    let receiver = row.receiver.as_deref().and_then(Receiver::from_code).unwrap_or(Receiver::Curator);
    Addressee::from_code(&row.addressee).map_or("", |addressee| from_whom(addressee, receiver))
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let rows = visible(&ctx, reader).await?;
    let pairs: Vec<Uuid> = rows.iter().map(|row| row.mentorship_id).collect();
    let titles = pairs::titles(reader, &pairs).await?;
    let authors: Vec<_> = rows.iter().map(|row| row.author_id.into()).collect();
    let names = people::briefs(reader, &authors).await?;
    let calls = rows.into_iter().map(|row| Line {
        who: names.get(&row.author_id.into()).map_or_else(String::new, |brief| brief.name.short()),
        pair: titles.get(&row.mentorship_id).cloned().unwrap_or_default(),
        pair_href: format!("/pairs/{}", row.mentorship_id),
        whose: whose(&row),
        day: long_date(ctx.day_of(row.called_at)),
        answered: row.answered_at.map(|at| long_date(ctx.day_of(at))),
        words: row.words,
        id: row.id,
    });
    page(&CallsPage {
        calls: calls.collect(), layout: ctx.layout("Вас просят о помощи").await?
    })
}

/// The one who was called has spoken with the author.
pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let find = |rows: Vec<CallRow>| rows.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound);
    find(visible(&ctx, ctx.app().db.reader()).await?)?;
    let change = ctx.change(&submitted).await?;
    let call = find(visible(&ctx, change.tx()).await?)?;
    if !store::answer_call(change.tx(), change.now(), id, ctx.actor().person.0).await? {
        return Err(AppError::Conflict("На эту просьбу уже ответили. Откройте страницу заново".to_owned()));
    }
    let subject = ("pair", Some(call.mentorship_id));
    let organization = Some(call.organization_id);
    let addressee = Addressee::from_code(&call.addressee).map_or("", Addressee::code);
    change
        .journal(Entry { kind: "help_answered", subject, organization, payload: &Called { addressee } })
        .await?;
    change.finish("/own/calls", "Отмечено: вы поговорили").await
}

impl CallsPage {
    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
