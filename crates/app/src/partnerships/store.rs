//! Rows of agreements.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::consent::Kind;
use nastavnik_domain::partnership::{Partner, Payer, Terms};
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::search_key;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use super::record::{Agreement, Outside};
use crate::kernel::db::{self, Sql, Tx, contains_pattern};
use crate::kernel::{ids, scope};
use crate::values;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    maker_name: String,
    territory_id: Uuid,
    region_id: Uuid,
    partner_id: Option<Uuid>,
    shown_partner: String,
    partner_inn: String,
    partner_address: String,
    partner_head_position: String,
    partner_head_name: String,
    number: String,
    dated_on: NaiveDate,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    subject: String,
    payer: String,
    consents: String,
    scan_id: Option<Uuid>,
    ended_on: Option<NaiveDate>,
    end_reason: String,
    version: i64,
}

/// `a` is the agreement, `o` its maker, `q` the partner if it is of this installation.
fn select() -> Sql {
    Sql::new(
        "SELECT a.id, a.organization_id, o.short_name AS maker_name, o.territory_id, o.region_id, a.partner_id, \
         COALESCE(q.short_name, a.partner_name) AS shown_partner, a.partner_inn, a.partner_address, \
         a.partner_head_position, a.partner_head_name, a.number, a.dated_on, a.starts_on, a.ends_on, a.subject, \
         a.payer, a.consents, a.scan_id, a.ended_on, a.end_reason, a.version \
         FROM partnership a JOIN organization o ON o.id = a.organization_id \
         LEFT JOIN organization q ON q.id = a.partner_id WHERE 1 = 1",
    )
}

async fn load(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Agreement>> {
    let rows: Vec<Row> = sql.and("ORDER BY a.dated_on DESC, a.id DESC", []).all(connection).await?;
    rows.into_iter().map(agreement).collect()
}

fn agreement(row: Row) -> anyhow::Result<Agreement> {
    Ok(Agreement {
        id: row.id,
        maker: row.organization_id,
        maker_name: row.maker_name,
        territory: row.territory_id,
        region: row.region_id,
        partner: row.partner_id,
        partner_name: row.shown_partner,
        outside: Outside {
            inn: row.partner_inn,
            address: row.partner_address,
            head_position: row.partner_head_position,
            head_name: row.partner_head_name,
        },
        number: row.number,
        dated_on: row.dated_on,
        terms: Terms {
            maker: row.organization_id.into(),
            partner: row.partner_id.map_or(Partner::Outside, |id| Partner::Here(id.into())),
            period: Period::through(row.starts_on, row.ends_on)?,
            ends_after: row.ended_on.and_then(|day| day.pred_opt()),
        },
        subject: row.subject,
        payer: Payer::from_code(&row.payer).context("неизвестно, кто платит")?,
        consents: serde_json::from_str::<Vec<Kind>>(&row.consents)?,
        scan: row.scan_id,
        end_reason: row.end_reason,
        version: row.version,
    })
}

/// Narrows to agreements one of whose parties is within reach.
fn within(sql: Sql, reach: &Reach) -> Sql {
    let (maker, mut values) = scope::condition(reach, "o");
    let (partner, more) = scope::condition(reach, "q");
    values.extend(more);
    sql.and(&format!("AND ({maker} OR {partner})"), values)
}

/// Agreements within reach that answer to the search key, the latest first.
pub(super) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    search: &str,
) -> anyhow::Result<Vec<Agreement>> {
    let sql = within(select(), reach);
    let sql = if search.is_empty() {
        sql
    } else {
        let pattern = contains_pattern(search);
        sql.and(
            "AND (a.search_key LIKE ? ESCAPE '\\' OR o.search_key LIKE ? ESCAPE '\\' \
             OR q.search_key LIKE ? ESCAPE '\\')",
            values![pattern.clone(), pattern.clone(), pattern],
        )
    };
    load(connection, sql).await
}

/// One agreement, if a party of it is within reach.
pub(super) async fn visible_one(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> anyhow::Result<Option<Agreement>> {
    Ok(load(connection, within(select(), reach).and("AND a.id = ?", values![id])).await?.pop())
}

/// Agreements by their ids.
pub(super) async fn by_ids(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> anyhow::Result<Vec<Agreement>> {
    load(connection, select().and_in("AND a.id", ids.iter().copied())).await
}

/// Agreements in which the organization is a party.
pub(super) async fn of_organization(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> anyhow::Result<Vec<Agreement>> {
    let sql =
        select().and("AND (a.organization_id = ? OR a.partner_id = ?)", values![organization, organization]);
    load(connection, sql).await
}

/// An organization to choose as the other party.
#[derive(FromQueryResult)]
pub(super) struct PartnerRow {
    pub(super) id: Uuid,
    pub(super) short_name: String,
    pub(super) territory_name: String,
}

/// Organizations at work in the region besides this one.
pub(super) async fn partners(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<Vec<PartnerRow>, DbErr> {
    db::all(
        connection,
        "SELECT q.id, q.short_name, t.name AS territory_name FROM organization q \
         JOIN territory t ON t.id = q.territory_id \
         WHERE q.region_id = (SELECT region_id FROM organization WHERE id = ?) AND q.id <> ? \
         AND q.archived_at IS NULL ORDER BY t.name, q.name_key, q.id",
        values![organization, organization],
    )
    .await
}

/// What the form says of an agreement.
#[derive(Clone, Debug)]
pub(super) struct New {
    pub(super) organization: Uuid,
    pub(super) partner: Option<Uuid>,
    pub(super) partner_name: String,
    pub(super) outside: Outside,
    pub(super) number: String,
    pub(super) dated_on: NaiveDate,
    pub(super) period: Period,
    pub(super) subject: String,
    pub(super) payer: Payer,
    pub(super) consents: Vec<Kind>,
}

/// The columns of both statements below, in their order.
fn columns(new: &New) -> anyhow::Result<Vec<Value>> {
    let last = new.period.last_day().context("у договора нет последнего дня")?;
    let search = search_key(&format!("{} {} {}", new.number, new.partner_name, new.outside.inn));
    Ok(values![
        new.partner,
        new.partner_name.clone(),
        new.outside.inn.clone(),
        new.outside.address.clone(),
        new.outside.head_position.clone(),
        new.outside.head_name.clone(),
        new.number.clone(),
        new.dated_on,
        new.period.from(),
        last,
        new.subject.clone(),
        new.payer.code(),
        serde_json::to_string(&new.consents)?,
        search,
    ])
}

/// Writes a new agreement.
pub(super) async fn insert(tx: &Tx, new: &New, by: Uuid, now: DateTime<Utc>) -> anyhow::Result<Uuid> {
    let id = ids::row_id();
    let mut values = columns(new)?;
    values.extend(values![id, new.organization, by, now]);
    db::exec(
        tx,
        "INSERT INTO partnership (partner_id, partner_name, partner_inn, partner_address, partner_head_position, \
         partner_head_name, number, dated_on, starts_on, ends_on, subject, payer, consents, search_key, id, \
         organization_id, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    .await?;
    Ok(id)
}

/// Writes what was changed, if nobody was first; otherwise touches nothing and says `false`.
pub(super) async fn update(tx: &Tx, id: Uuid, version: i64, new: &New) -> anyhow::Result<bool> {
    let mut values = columns(new)?;
    values.extend(values![id, version]);
    let touched = db::exec(
        tx,
        "UPDATE partnership SET partner_id = ?, partner_name = ?, partner_inn = ?, partner_address = ?, \
         partner_head_position = ?, partner_head_name = ?, number = ?, dated_on = ?, starts_on = ?, ends_on = ?, \
         subject = ?, payer = ?, consents = ?, search_key = ?, version = version + 1 WHERE id = ? AND version = ?",
        values,
    )
    .await?;
    Ok(touched > 0)
}

/// Ends it before its time.
pub(super) async fn set_ended(tx: &Tx, id: Uuid, last_day: NaiveDate, reason: &str) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE partnership SET ended_on = ?, end_reason = ?, version = version + 1 WHERE id = ?",
        values![last_day.succ_opt(), reason, id],
    )
    .await
    .map(|_| ())
}

/// Puts the scan of the signed sheet beside it.
pub(super) async fn set_scan(tx: &Tx, id: Uuid, scan: Uuid) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE partnership SET scan_id = ?, version = version + 1 WHERE id = ?", values![scan, id])
        .await
        .map(|_| ())
}
