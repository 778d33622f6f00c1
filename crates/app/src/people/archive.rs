//! Archive, never delete.

use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::card;
use super::history::{Facts, entry};
use super::store::{self, Ties};
use super::visible::VisiblePerson;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::registry::refusal;
use crate::kernel::web::{Ctx, Path, Submission};

pub(super) async fn archive(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    card::editable(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", id).await?;
    let seen = card::editable(&ctx, change.tx(), id).await?;
    let ties = store::ties(change.tx(), id, ctx.today).await?;
    if let Some(why) = obstacle(&ctx, &seen, &ties) {
        return Err(AppError::Conflict(why));
    }
    store::set_archived(change.tx(), id, Some(change.now())).await?;
    let organization = seen.home.first().map(|place| place.organization.0);
    change.journal(entry("person_archived", id, organization, &Facts::default())).await?;
    change.finish(&seen.person.href(), "Работник перенесён в архив").await
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let seen = card::visible(&ctx, ctx.app().db.reader(), id).await?;
    if !seen.allows(ctx.actor(), Permission::EditStaff) {
        return Err(refusal(Permission::EditStaff));
    }
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", id).await?;
    let seen = card::editable(&ctx, change.tx(), id).await?;
    if seen.person.archived_at.is_none() {
        return Err(AppError::Conflict("Работник уже не в архиве. Откройте его карточку заново".to_owned()));
    }
    store::set_archived(change.tx(), id, None).await?;
    let organization = seen.home.first().map(|place| place.organization.0);
    change.journal(entry("person_restored", id, organization, &Facts::default())).await?;
    change.finish(&seen.person.href(), "Работник возвращён из архива").await
}

/// Why somebody can't be archived, with what to do first.
fn obstacle(ctx: &Ctx, seen: &VisiblePerson, ties: &Ties) -> Option<String> {
    let why = if seen.person.archived_at.is_some() {
        "Работник уже в архиве. Откройте его карточку заново"
    } else if seen.jobs.iter().any(|job| job.is_open(ctx.today)) {
        "Человек ещё работает. Сначала завершите работу на каждом месте в карточке"
    } else if ties.mentors > 0 || ties.learns > 0 {
        "Человек участвует в наставничестве. Сначала завершите его приказом директора"
    } else if ties.roles > 0 {
        "За человеком числится роль. Сначала снимите её на странице организации"
    } else {
        return None;
    };
    Some(why.to_owned())
}
