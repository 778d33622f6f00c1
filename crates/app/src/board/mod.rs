//! All pairs at a glance: papers, silence, load, what to do next (L1, п. 4.1.2). Nothing here is typed in.

mod export;
mod need;
mod page;
mod row;

use chrono::NaiveDate;
use nastavnik_domain::policy::{Actor, Permission};
use sea_orm::ConnectionTrait;

use crate::kernel::page::Tab;
use crate::kernel::registry::Registry;
use crate::kernel::web::Ctx;
use need::Need;

/// Paths of the board.
pub fn routes(registry: Registry) -> Registry {
    registry.get("/pairs/board", Permission::ReadPairBoard, page::show).get(
        "/pairs/board.xlsx",
        Permission::ReadPairBoard,
        export::workbook,
    )
}

/// The list and the board of pairs for `ui::tabs`, one shown by its address.
pub fn tabs(ctx: &Ctx, shown: &str) -> Vec<Tab> {
    page::tabs(ctx, shown)
}

/// How many pairs ask for a look for a reason no other list tells, and the reasons in words with their counts. The list is
/// `/pairs/board?need=attention`.
pub async fn attention(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    today: NaiveDate,
) -> anyhow::Result<(usize, String)> {
    let rows = row::rows(connection, actor, today).await?;
    let asking: Vec<_> =
        rows.iter().filter(|row| row.needs.iter().any(|need| need.asks_for_a_look())).collect();
    let told = Need::ALL.iter().filter(|need| need.asks_for_a_look()).filter_map(|need| {
        let count = asking.iter().filter(|row| row.needs.contains(need)).count();
        (count > 0).then(|| format!("{} – {count}", need.title()))
    });
    Ok((asking.len(), told.collect::<Vec<_>>().join(", ")))
}
