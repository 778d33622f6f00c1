//! What other slices may ask about talks: how much waits to be read, never what was said.

use nastavnik_domain::russian;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::store;
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tab;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Pair};

/// Messages that wait for a person in one talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    pub pair: Uuid,
    pub count: u64,
}

/// What waits for a person, by talk, the latest first.
pub async fn unread(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Unread>, DbErr> {
    let rows = store::unread(connection, person).await?;
    let unread =
        |row: store::UnreadRow| Unread { pair: row.mentorship_id, count: u64::try_from(row.n).unwrap_or(0) };
    Ok(rows.into_iter().map(unread).collect())
}

/// `pairs::tabs` that say how many messages wait.
pub async fn tabs(ctx: &Ctx, pair: &Pair, current: &str) -> Outcome<Vec<Tab>> {
    let mut tabs = pairs::tabs(ctx, pair, current);
    let me = ctx.actor().person.0;
    if !pair.has(me) {
        return Ok(tabs);
    }
    let waiting = unread(ctx.app().db.reader(), me).await?;
    let Some(here) = waiting.iter().find(|unread| unread.pair == pair.id) else { return Ok(tabs) };
    if let Some(tab) = tabs.iter_mut().find(|tab| tab.href.ends_with("/talk")) {
        tab.title = format!("{} ({})", tab.title, russian::count(here.count, "новое", "новых", "новых"));
    }
    Ok(tabs)
}
