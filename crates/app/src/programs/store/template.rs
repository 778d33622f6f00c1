//! What the municipality and organizations add to the template (D4).

use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::programs::templates::{Addition, Owner};
use crate::values;

/// An addition with its owner.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::programs) struct TemplateRow {
    pub(in crate::programs) id: Uuid,
    pub(in crate::programs) organization_id: Option<Uuid>,
    pub(in crate::programs) owner: String,
    pub(in crate::programs) kind: String,
    pub(in crate::programs) code: String,
    pub(in crate::programs) domain: Option<i64>,
    pub(in crate::programs) title: String,
    pub(in crate::programs) body: String,
    pub(in crate::programs) form: String,
    pub(in crate::programs) product: String,
    pub(in crate::programs) valid_from: NaiveDate,
    pub(in crate::programs) last_day: Option<NaiveDate>,
}

fn select() -> Sql {
    Sql::new(
        "SELECT x.id, x.organization_id, COALESCE(o.short_name, t.name) AS owner, x.kind, x.code, x.domain, x.title, \
         x.body, x.form, x.product, x.valid_from, x.last_day FROM program_template x \
         LEFT JOIN organization o ON o.id = x.organization_id LEFT JOIN territory t ON t.id = x.territory_id \
         WHERE 1 = 1",
    )
}

const ORDER: &str = "ORDER BY x.valid_from DESC, x.id DESC";

/// What one owner has added, whether it holds or not.
fn owned(sql: Sql, reach: &Reach) -> Sql {
    sql.and("AND (1 = 0", [])
        .and_in("OR x.organization_id", reach.organizations.iter().map(|id| id.0))
        .and_in("OR x.territory_id", reach.municipalities.iter().map(|id| id.0))
        .and(")", [])
}

/// What applies to an organization: its own additions and those of its municipality.
pub(in crate::programs) async fn template_rows(
    connection: &impl ConnectionTrait,
    (organization, territory): (Uuid, Uuid),
) -> Result<Vec<TemplateRow>, DbErr> {
    let both = values![organization, territory];
    select()
        .and("AND (x.organization_id = ? OR x.territory_id = ?)", both)
        .and(ORDER, [])
        .all(connection)
        .await
}

/// An addition this reader may end.
pub(in crate::programs) async fn visible_template(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> Result<Option<TemplateRow>, DbErr> {
    owned(select().and("AND x.id = ?", values![id]), reach).one(connection).await
}

/// Writes an addition.
pub(in crate::programs) async fn add_template(
    change: &Change,
    owner: &Owner,
    by: Uuid,
    new: &Addition,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let code = if new.code.is_empty() { format!("x{}", id.simple()) } else { new.code.clone() };
    db::exec(
        change.tx(),
        "INSERT INTO program_template (id, territory_id, organization_id, kind, code, domain, title, body, form, \
         product, valid_from, last_day, added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            owner.territory(),
            owner.organization(),
            new.kind.code(),
            code,
            new.domain.map(|domain| i64::from(domain.number())),
            new.title.clone(),
            new.body.clone(),
            new.form.clone(),
            new.product.clone(),
            new.valid_from,
            new.last_day,
            by,
            change.now(),
        ],
    )
    .await?;
    Ok(id)
}

/// Sets the last day.
pub(in crate::programs) async fn end_template(
    change: &Change,
    id: Uuid,
    last_day: NaiveDate,
) -> Result<(), DbErr> {
    db::exec(change.tx(), "UPDATE program_template SET last_day = ? WHERE id = ?", values![last_day, id])
        .await
        .map(|_| ())
}
