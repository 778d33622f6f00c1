//! Reading mentorships with their people: a few queries for any number of rows.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::gate::EndReason;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::kind::{Form, Kind, Model};
use nastavnik_domain::mentor::Engagement;
use nastavnik_domain::pair::{Goal, PartnerAgreement};
use nastavnik_domain::period::Period;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::people::participants;
use crate::kernel::db::Sql;
use crate::pairs::record::{Ended, Pair, Participant};
use crate::values;

/// How many ids go into one query: far below what both databases bind at once.
pub(super) const CHUNK: usize = 400;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    short_name: String,
    territory_id: Uuid,
    region_id: Uuid,
    mentor_id: Uuid,
    mentor_organization_id: Option<Uuid>,
    form: String,
    kinds: String,
    model: Option<String>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    online_place: String,
    goals: String,
    meetings: String,
    work_content: String,
    pay: String,
    partner_agreement: Option<String>,
    created_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    ended_on: Option<NaiveDate>,
    end_reason: Option<String>,
    end_note: String,
    version: i64,
}

#[derive(FromQueryResult)]
struct MenteeRow {
    mentorship_id: Uuid,
    person_id: Uuid,
    left_on: Option<NaiveDate>,
}

/// A goal as it is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredGoal {
    pub(super) text: String,
    pub(super) measure: String,
}

/// A partner's agreement as it is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredPartner {
    pub(super) number: String,
    pub(super) dated: NaiveDate,
}

/// The beginning of every query for [`load_all`]: `m` is the mentorship, `o` its organization.
pub(in crate::pairs) fn select() -> Sql {
    Sql::new(
        "SELECT m.id, m.organization_id, o.short_name, o.territory_id, o.region_id, m.mentor_id, \
         m.mentor_organization_id, m.form, m.kinds, m.model, m.starts_on, m.ends_on, m.online_place, m.goals, \
         m.meetings, m.work_content, m.pay, m.partner_agreement, m.created_at, m.withdrawn_at, m.ended_on, \
         m.end_reason, m.end_note, m.version \
         FROM mentorship m JOIN organization o ON o.id = m.organization_id WHERE 1 = 1",
    )
}

/// Reads the mentorships that [`select`] with conditions finds, the latest first.
pub(in crate::pairs) async fn load_all(
    connection: &impl ConnectionTrait,
    sql: Sql,
) -> anyhow::Result<Vec<Pair>> {
    let rows: Vec<Row> = sql.and("ORDER BY m.starts_on DESC, m.id DESC", []).all(connection).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mentees = mentees_of(connection, &ids).await?;
    let mut wanted: Vec<(Uuid, Uuid)> = Vec::new();
    for row in &rows {
        wanted.push((row.mentor_id, row.mentor_organization_id.unwrap_or(row.organization_id)));
        let own = mentees.get(&row.id).into_iter().flatten();
        wanted.extend(own.map(|mentee| (mentee.person_id, row.organization_id)));
    }
    let people = participants(connection, &wanted).await?;
    rows.into_iter().map(|row| pair(row, &mentees, &people)).collect()
}

async fn mentees_of(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Vec<MenteeRow>>> {
    let mut mentees: BTreeMap<Uuid, Vec<MenteeRow>> = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let rows: Vec<MenteeRow> = Sql::new(
            "SELECT x.mentorship_id, x.person_id, x.left_on FROM mentorship_mentee x JOIN person p ON p.id = x.person_id \
             WHERE 1 = 1",
        )
        .and_in("AND x.mentorship_id", part.iter().copied())
        .and("ORDER BY p.sort_key, p.id", [])
        .all(connection)
        .await?;
        for row in rows {
            mentees.entry(row.mentorship_id).or_default().push(row);
        }
    }
    Ok(mentees)
}

fn pair(
    row: Row,
    mentees: &BTreeMap<Uuid, Vec<MenteeRow>>,
    people: &BTreeMap<(Uuid, Uuid), Participant>,
) -> anyhow::Result<Pair> {
    let person = |id: Uuid, organization: Uuid| {
        people.get(&(id, organization)).cloned().with_context(|| format!("нет участника пары {}", row.id))
    };
    let ended = match (row.ended_on.and_then(|day| day.pred_opt()), row.end_reason.as_deref()) {
        (Some(last_day), Some(reason)) => Some(Ended {
            last_day,
            reason: EndReason::from_code(reason).context("неизвестная причина завершения")?,
            note: row.end_note,
        }),
        _ => None,
    };
    let goals: Vec<StoredGoal> = serde_json::from_str(&row.goals)?;
    let partner: Option<StoredPartner> =
        row.partner_agreement.as_deref().map(serde_json::from_str).transpose()?;
    let mentor_organization = row.mentor_organization_id.unwrap_or(row.organization_id);
    let mut own = Vec::new();
    let mut left = BTreeMap::new();
    for mentee in mentees.get(&row.id).into_iter().flatten() {
        own.push(person(mentee.person_id, row.organization_id)?);
        left.extend(mentee.left_on.map(|day| (mentee.person_id, day)));
    }
    Ok(Pair {
        id: row.id,
        organization: row.organization_id,
        organization_name: row.short_name,
        territory: row.territory_id,
        region: row.region_id,
        mentor: person(row.mentor_id, mentor_organization)?,
        mentees: own,
        left,
        form: Form::from_code(&row.form).context("неизвестная форма")?,
        kinds: serde_json::from_str::<Vec<Kind>>(&row.kinds)?,
        model: row.model.as_deref().and_then(Model::from_code),
        period: Period::through(row.starts_on, row.ends_on)?,
        online_place: row.online_place,
        goals: goals.into_iter().map(|goal| Goal { text: goal.text, measure: goal.measure }).collect(),
        meetings: serde_json::from_str(&row.meetings)?,
        work: row.work_content.lines().map(str::to_owned).collect(),
        pay: if row.pay.is_empty() { None } else { Some(serde_json::from_str(&row.pay)?) },
        partner: partner.map(|known| PartnerAgreement { number: known.number, dated: known.dated }),
        created_at: row.created_at,
        withdrawn_at: row.withdrawn_at,
        ended,
        version: row.version,
    })
}

/// A mentorship as far as places and repeated pairs are concerned.
#[derive(Clone, Debug)]
pub(in crate::pairs) struct Engaged {
    pub(in crate::pairs) id: Uuid,
    pub(in crate::pairs) engagement: Engagement,
}

#[derive(FromQueryResult)]
struct EngagedRow {
    id: Uuid,
    mentor_id: Uuid,
    person_id: Uuid,
    kinds: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    gone_on: Option<NaiveDate>,
}

/// Every mentorship of these mentors, in whatever organization, that was not given up.
pub(in crate::pairs) async fn engagements(
    connection: &impl ConnectionTrait,
    mentors: &[Uuid],
) -> anyhow::Result<Vec<Engaged>> {
    let mut found: BTreeMap<(Uuid, Option<NaiveDate>), Engaged> = BTreeMap::new();
    for part in mentors.chunks(CHUNK) {
        let rows: Vec<EngagedRow> = Sql::new(
            "SELECT m.id, m.mentor_id, x.person_id, m.kinds, m.starts_on, m.ends_on, x.gone_on \
             FROM mentorship m JOIN mentee_stay x ON x.mentorship_id = m.id \
             WHERE m.withdrawn_at IS NULL",
        )
        .and_in("AND m.mentor_id", part.iter().copied())
        .all(connection)
        .await?;
        for row in rows {
            let to = [row.ends_on.succ_opt(), row.gone_on].into_iter().flatten().min();
            // Ended before it began: it takes no day.
            let Ok(period) = Period::new(row.starts_on, to) else { continue };
            let kinds = serde_json::from_str(&row.kinds)?;
            let engagement =
                Engagement { mentor: PersonId(row.mentor_id), mentees: Vec::new(), period, kinds };
            // Whoever leaves a group takes a place for days of their own.
            let entry = found.entry((row.id, row.gone_on)).or_insert(Engaged { id: row.id, engagement });
            entry.engagement.mentees.push(PersonId(row.person_id));
        }
    }
    Ok(found.into_values().collect())
}

/// A mentorship with the days of its orders, for indicators.
#[derive(Debug, FromQueryResult)]
pub(in crate::pairs) struct InForceRow {
    pub(in crate::pairs) id: Uuid,
    pub(in crate::pairs) organization_id: Uuid,
    pub(in crate::pairs) mentor_id: Uuid,
    pub(in crate::pairs) mentor_organization: Uuid,
    pub(in crate::pairs) person_id: Uuid,
    pub(in crate::pairs) starts_on: NaiveDate,
    pub(in crate::pairs) ends_on: NaiveDate,
    pub(in crate::pairs) ended_on: Option<NaiveDate>,
    pub(in crate::pairs) ordered_on: NaiveDate,
    pub(in crate::pairs) label: String,
}

/// Mentorships fixed by a signed order whose planned days contain the day, a row for each mentee.
pub(in crate::pairs) async fn in_force(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<InForceRow>, sea_orm::DbErr> {
    ordered(day).and("ORDER BY m.id, x.person_id", []).all(connection).await
}

/// The same of one person, as the mentor or as a mentee.
pub(in crate::pairs) async fn in_force_with(
    connection: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<Vec<InForceRow>, sea_orm::DbErr> {
    ordered(day)
        .and("AND (m.mentor_id = ? OR x.person_id = ?) ORDER BY m.id, x.person_id", values![person, person])
        .all(connection)
        .await
}

fn ordered(day: NaiveDate) -> Sql {
    Sql::new(
        "SELECT m.id, m.organization_id, m.mentor_id, \
         COALESCE(m.mentor_organization_id, m.organization_id) AS mentor_organization, \
         x.person_id, m.starts_on, m.ends_on, x.gone_on AS ended_on, d.signed_on AS ordered_on, d.label \
         FROM document d JOIN document_mentorship dm ON dm.document_id = d.id \
         JOIN mentorship m ON m.id = dm.mentorship_id \
         JOIN mentee_stay x ON x.mentorship_id = m.id \
         WHERE d.kind = 'appointment_order' AND d.canceled_at IS NULL",
    )
    .and(
        "AND d.signed_on <= ? AND m.starts_on <= ? AND m.ends_on >= ? AND (x.gone_on IS NULL OR x.gone_on > ?)",
        values![day, day, day, day],
    )
}
