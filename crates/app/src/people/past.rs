//! Continuity: what the organization a person has come to sees of the former ones (решение 0009).
//!
//! The old organization keeps its pairs and papers. The new one sees past jobs, roles and mentorships elsewhere only
//! while the person's consent to continuity is in force; otherwise a neutral line says that there is something.

use chrono::NaiveDate;
use nastavnik_domain::policy::{Permission, Place};
use nastavnik_domain::russian::period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, RoleRow};
use super::visible::{Elsewhere, View, VisiblePerson};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;

/// The person's life in mentoring as far as the reader sees it.
#[derive(Default)]
pub(super) struct Past {
    /// Mentorships of any state within the reader's reach, and those of them that are prepared or go on.
    pub(super) mentorships: usize,
    pub(super) live: usize,
    pub(super) decisions: usize,
    pub(super) roles: Vec<RoleRow>,
    /// Mentorships in other organizations, in words.
    pub(super) elsewhere: Vec<String>,
    /// There is something elsewhere that this reader may not see.
    pub(super) is_closed: bool,
}

/// Reads it: three queries.
pub(super) async fn load(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    seen: &VisiblePerson,
) -> Outcome<Past> {
    let id: Uuid = seen.id.0;
    let reach = ctx.reach(Permission::ReadPerson);
    let is_own = seen.view == View::Own;
    let is_here = |place: &Place| is_own || reach.covers(place);
    let (own, others): (Vec<_>, Vec<_>) =
        store::mentorships(connection, id).await?.into_iter().partition(|row| is_here(&row.place()));
    let decisions = store::decisions(connection, id).await?;
    let here = decisions.iter().filter(|row| is_here(&row.place())).count();
    let mut roles = store::roles(connection, id).await?;
    let (known, is_open) = (roles.len(), seen.elsewhere == Elsewhere::Open);
    roles.retain(|role| is_open || is_here(&role.place()) || !role.is_over(ctx.today));
    let others: Vec<_> = others.into_iter().filter(|row| row.withdrawn_at.is_none()).collect();
    let hidden =
        !others.is_empty() || here < decisions.len() || roles.len() < known || seen.has_left_jobs_out;
    Ok(Past {
        mentorships: own.len(),
        live: own.iter().filter(|row| row.withdrawn_at.is_none() && row.last_day() >= ctx.today).count(),
        decisions: here,
        roles,
        elsewhere: if is_open {
            others.iter().map(|row| words(row, ctx.today)).collect()
        } else {
            Vec::new()
        },
        is_closed: !is_open && hidden,
    })
}

/// «Наставник, МБОУ «СОШ №2», с 01.10.2025 по 31.05.2026».
fn words(row: &store::MentorshipRow, today: NaiveDate) -> String {
    let side = if row.side == "mentor" { "Наставник" } else { "Наставляемый" };
    let goes_on = if row.last_day() >= today { ", идёт сейчас" } else { "" };
    let days = period(row.starts_on, row.last_day().max(row.starts_on));
    format!("{side}, {}, {days}{goes_on}", row.short_name)
}
