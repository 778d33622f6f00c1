//! Rows of issued papers and their register of numbers.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::document::{Document, Facts, PaperKind, Standing};
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::scope;
use crate::values;

/// How many ids go into one query.
const CHUNK: usize = 400;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    kind: String,
    label: String,
    dated_on: NaiveDate,
    person_id: Option<Uuid>,
    facts: String,
    pdf_id: Uuid,
    docx_id: Uuid,
    issued_at: DateTime<Utc>,
    signed_on: Option<NaiveDate>,
    scan_id: Option<Uuid>,
    canceled_at: Option<DateTime<Utc>>,
    cancel_reason: String,
    version: i64,
}

#[derive(FromQueryResult)]
struct LinkRow {
    document_id: Uuid,
    mentorship_id: Uuid,
}

const COLUMNS: &str = "SELECT d.id, d.organization_id, d.kind, d.label, d.dated_on, d.person_id, d.facts, d.pdf_id, \
     d.docx_id, d.issued_at, d.signed_on, d.scan_id, d.canceled_at, d.cancel_reason, d.version \
     FROM document d JOIN organization o ON o.id = d.organization_id";

/// What a list of papers may be narrowed by.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) kind: Option<PaperKind>,
    pub(super) standing: Option<Standing>,
    /// Calendar year of the paper's date.
    pub(super) year: Option<i32>,
    /// A key made by `search_key`: a person's name or a number.
    pub(super) search: String,
}

/// One page of the register within reach.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    filter: &Filter,
    order: &'static str,
    (offset, count): (u64, u64),
) -> anyhow::Result<Vec<Document>> {
    let sql = narrowed(Sql::new(COLUMNS).and("WHERE 1 = 1", []), reach, person, filter);
    let limit = values![i64::try_from(count)?, i64::try_from(offset)?];
    let rows = sql.and(order, []).and("LIMIT ? OFFSET ?", limit).all(connection).await?;
    documents(connection, rows).await
}

/// How many papers pass the filter.
pub(super) async fn total(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    filter: &Filter,
) -> Result<u64, DbErr> {
    let sql = Sql::new(
        "SELECT COUNT(*) AS n FROM document d JOIN organization o ON o.id = d.organization_id WHERE 1 = 1",
    );
    narrowed(sql, reach, person, filter).count(connection).await
}

fn narrowed(sql: Sql, reach: &Reach, person: Uuid, filter: &Filter) -> Sql {
    let sql = within(sql, reach, person)
        .and_some(filter.kind.map(PaperKind::code), "AND d.kind = ?")
        .and_some(filter.year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)), "AND d.dated_on >= ?")
        .and_some(filter.year.and_then(|year| NaiveDate::from_ymd_opt(year + 1, 1, 1)), "AND d.dated_on < ?");
    let sql = match filter.standing {
        None => sql,
        Some(Standing::Waits) => sql.and("AND d.canceled_at IS NULL AND d.signed_on IS NULL", []),
        Some(Standing::Signed) => sql.and("AND d.canceled_at IS NULL AND d.signed_on IS NOT NULL", []),
        Some(Standing::Canceled) => sql.and("AND d.canceled_at IS NOT NULL", []),
    };
    if filter.search.is_empty() {
        return sql;
    }
    let pattern = db::contains_pattern(&filter.search);
    sql.and(
        "AND (d.search_key LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM document_mentorship y \
         JOIN mentorship m ON m.id = y.mentorship_id JOIN person p ON p.id = m.mentor_id \
         OR p.id IN (SELECT x.person_id FROM mentorship_mentee x WHERE x.mentorship_id = m.id) \
         WHERE y.document_id = d.id AND p.search_key LIKE ? ESCAPE '\\'))",
        values![pattern.clone(), pattern],
    )
}

/// Narrows `d` (with its organization `o`) to what the reach covers. A participant sees the own personal
/// papers: an order names other people and their pay.
fn within(sql: Sql, reach: &Reach, person: Uuid) -> Sql {
    if reach.everywhere {
        return sql;
    }
    let (covered, values) = scope::condition(reach, "o");
    let sql = sql.and(&format!("AND ({covered}"), values);
    let sql = if reach.pairs { sql.and("OR d.person_id = ?", values![person]) } else { sql };
    sql.and(")", [])
}

/// One paper, if it is within reach.
pub(super) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Document>> {
    let sql = within(Sql::new(COLUMNS).and("WHERE d.id = ?", values![id]), reach, person);
    Ok(documents(connection, sql.all(connection).await?).await?.pop())
}

/// One paper, whoever asks.
pub(super) async fn by_id(connection: &impl ConnectionTrait, id: Uuid) -> anyhow::Result<Option<Document>> {
    let sql = Sql::new(COLUMNS).and("WHERE d.id = ?", values![id]);
    Ok(documents(connection, sql.all(connection).await?).await?.pop())
}

/// Papers of these mentorships, the latest first.
pub(super) async fn of_pairs(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> anyhow::Result<Vec<Document>> {
    let mut found = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let rows: Vec<Row> = Sql::new(COLUMNS)
            .and("WHERE d.id IN (SELECT y.document_id FROM document_mentorship y WHERE 1 = 1", [])
            .and_in("AND y.mentorship_id", part.iter().copied())
            .and(")", [])
            .all(connection)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    documents(connection, found.into_values().rev().collect()).await
}

async fn documents(connection: &impl ConnectionTrait, rows: Vec<Row>) -> anyhow::Result<Vec<Document>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut links: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let found: Vec<LinkRow> =
            Sql::new("SELECT document_id, mentorship_id FROM document_mentorship WHERE 1 = 1")
                .and_in("AND document_id", part.iter().copied())
                .and("ORDER BY mentorship_id", [])
                .all(connection)
                .await?;
        for link in found {
            links.entry(link.document_id).or_default().push(link.mentorship_id);
        }
    }
    rows.into_iter().map(|row| document(row, &mut links)).collect()
}

fn document(row: Row, links: &mut BTreeMap<Uuid, Vec<Uuid>>) -> anyhow::Result<Document> {
    Ok(Document {
        mentorships: links.remove(&row.id).unwrap_or_default(),
        id: row.id,
        organization: row.organization_id,
        kind: PaperKind::from_code(&row.kind).context("неизвестный вид документа")?,
        label: row.label,
        dated_on: row.dated_on,
        person: row.person_id,
        facts: serde_json::from_str(&row.facts)?,
        pdf: row.pdf_id,
        docx: row.docx_id,
        issued_at: row.issued_at,
        signed_on: row.signed_on,
        scan: row.scan_id,
        canceled_at: row.canceled_at,
        cancel_reason: row.cancel_reason,
        version: row.version,
    })
}

#[derive(FromQueryResult)]
struct Number {
    last_number: i64,
}

/// The next number of the register. It comes to be with the commit: a paper that was not issued leaves no gap,
/// and two issued at once wait for each other here.
pub(super) async fn next_number(
    tx: &Tx,
    organization: Uuid,
    register: &'static str,
    year: i32,
) -> anyhow::Result<i64> {
    let row: Option<Number> = db::one(
        tx,
        "INSERT INTO document_register (organization_id, kind, year, last_number) VALUES (?, ?, ?, 1) \
         ON CONFLICT (organization_id, kind, year) \
         DO UPDATE SET last_number = document_register.last_number + 1 RETURNING last_number",
        values![organization, register, i64::from(year)],
    )
    .await?;
    Ok(row.context("регистр номеров не ответил")?.last_number)
}

/// A paper to keep.
pub(super) struct NewDocument {
    pub(super) id: Uuid,
    pub(super) organization: Uuid,
    pub(super) kind: PaperKind,
    pub(super) year: i32,
    pub(super) number: i64,
    pub(super) label: String,
    pub(super) dated_on: NaiveDate,
    pub(super) person: Option<Uuid>,
    pub(super) content: String,
    pub(super) facts: Facts,
    pub(super) pdf: Uuid,
    pub(super) docx: Uuid,
    pub(super) issued_by: Uuid,
    pub(super) issued_at: DateTime<Utc>,
    pub(super) mentorships: Vec<Uuid>,
}

/// Writes an issued paper.
pub(super) async fn insert(tx: &Tx, new: NewDocument) -> anyhow::Result<()> {
    let search = nastavnik_domain::russian::search_key(&new.label);
    db::exec(
        tx,
        "INSERT INTO document (id, organization_id, kind, year, number, label, search_key, dated_on, person_id, \
         content, facts, pdf_id, docx_id, issued_by, issued_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            new.id,
            new.organization,
            new.kind.code(),
            i64::from(new.year),
            new.number,
            new.label,
            search,
            new.dated_on,
            new.person,
            new.content,
            serde_json::to_string(&new.facts)?,
            new.pdf,
            new.docx,
            new.issued_by,
            new.issued_at,
        ],
    )
    .await?;
    for mentorship in new.mentorships {
        db::exec(
            tx,
            "INSERT INTO document_mentorship (document_id, mentorship_id) VALUES (?, ?)",
            values![new.id, mentorship],
        )
        .await?;
    }
    Ok(())
}

/// Records the signature. A scan given later joins a signature recorded before.
pub(super) async fn set_signed(
    tx: &Tx,
    id: Uuid,
    signed_on: NaiveDate,
    by: Uuid,
    scan: Option<Uuid>,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE document SET signed_on = ?, signed_by = ?, scan_id = COALESCE(?, scan_id), version = version + 1 \
         WHERE id = ?",
        values![signed_on, by, scan, id],
    )
    .await
    .map(|_| ())
}

/// Cancels the paper; its files stay.
pub(super) async fn set_canceled(
    tx: &Tx,
    id: Uuid,
    by: Uuid,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE document SET canceled_at = ?, canceled_by = ?, cancel_reason = ?, version = version + 1 WHERE id = ?",
        values![now, by, reason, id],
    )
    .await
    .map(|_| ())
}

#[derive(FromQueryResult)]
struct YearRow {
    year: i64,
}

/// Calendar years that have papers within reach, the latest first.
pub(super) async fn years(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
) -> Result<Vec<i64>, DbErr> {
    let sql = Sql::new(
        "SELECT DISTINCT d.year FROM document d JOIN organization o ON o.id = d.organization_id WHERE 1 = 1",
    );
    let rows: Vec<YearRow> =
        within(sql, reach, person).and("ORDER BY d.year DESC", []).all(connection).await?;
    Ok(rows.into_iter().map(|row| row.year).collect())
}

/// How many orders of the reach wait for the director's signature.
pub(super) async fn orders_waiting(connection: &impl ConnectionTrait, reach: &Reach) -> Result<u64, DbErr> {
    let sql = Sql::new(
        "SELECT COUNT(*) AS n FROM document d JOIN organization o ON o.id = d.organization_id \
         WHERE d.canceled_at IS NULL AND d.signed_on IS NULL AND d.kind IN ('appointment_order', 'ending_order', 'amending_order')",
    );
    within(sql, &Reach { pairs: false, ..reach.clone() }, Uuid::nil()).count(connection).await
}
