//! Reading mentorships with their people: a few queries for any number of rows.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::gate::EndReason;
use nastavnik_domain::kind::{Form, Kind, Model};
use nastavnik_domain::pair::Goal;
use nastavnik_domain::period::Period;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::people::participants;
use crate::kernel::db::Sql;
use crate::pairs::record::{Ended, Joining, Pair, Participant};
use crate::partnerships::{self, Agreement};

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
    partnership_id: Option<Uuid>,
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
    joined_on: Option<NaiveDate>,
    left_on: Option<NaiveDate>,
}

/// Who is about to join.
#[derive(FromQueryResult)]
struct JoiningRow {
    id: Uuid,
    mentorship_id: Uuid,
    person_id: Uuid,
    starts_on: NaiveDate,
}

/// A goal as it is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredGoal {
    pub(super) text: String,
    pub(super) measure: String,
}

/// The beginning of every query for [`load_all`]: `m` is the mentorship, `o` its organization.
pub(in crate::pairs) fn select() -> Sql {
    Sql::new(
        "SELECT m.id, m.organization_id, o.short_name, o.territory_id, o.region_id, m.mentor_id, \
         m.mentor_organization_id, m.form, m.kinds, m.model, m.starts_on, m.ends_on, m.online_place, m.goals, \
         m.meetings, m.work_content, m.pay, m.partner_agreement, m.partnership_id, m.created_at, m.withdrawn_at, m.ended_on, \
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
    let joining = joining_to(connection, &ids).await?;
    let mut wanted: Vec<(Uuid, Uuid)> = Vec::new();
    for row in &rows {
        wanted.push((row.mentor_id, row.mentor_organization_id.unwrap_or(row.organization_id)));
        let own = mentees.get(&row.id).into_iter().flatten();
        wanted.extend(own.map(|mentee| (mentee.person_id, row.organization_id)));
        wanted.extend(joining.get(&row.id).map(|joining| (joining.person_id, row.organization_id)));
    }
    let people = participants(connection, &wanted).await?;
    let agreements: BTreeSet<Uuid> = rows.iter().filter_map(|row| row.partnership_id).collect();
    let agreements = partnerships::by_ids(connection, &agreements.into_iter().collect::<Vec<_>>()).await?;
    let known = Known { mentees, joining, people, agreements };
    rows.into_iter().map(|row| pair(row, &known)).collect()
}

/// What the rows of mentorships are completed with.
struct Known {
    mentees: BTreeMap<Uuid, Vec<MenteeRow>>,
    joining: BTreeMap<Uuid, JoiningRow>,
    people: BTreeMap<(Uuid, Uuid), Participant>,
    agreements: BTreeMap<Uuid, Agreement>,
}

async fn joining_to(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, JoiningRow>, sea_orm::DbErr> {
    let mut found = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let rows: Vec<JoiningRow> = Sql::new(
            "SELECT id, mentorship_id, person_id, starts_on FROM mentorship_joining \
             WHERE joined_at IS NULL AND withdrawn_at IS NULL",
        )
        .and_in("AND mentorship_id", part.iter().copied())
        .all(connection)
        .await?;
        found.extend(rows.into_iter().map(|row| (row.mentorship_id, row)));
    }
    Ok(found)
}

async fn mentees_of(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Vec<MenteeRow>>> {
    let mut mentees: BTreeMap<Uuid, Vec<MenteeRow>> = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let rows: Vec<MenteeRow> = Sql::new(
            "SELECT x.mentorship_id, x.person_id, x.joined_on, x.left_on FROM mentorship_mentee x \
             JOIN person p ON p.id = x.person_id \
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

fn pair(row: Row, known: &Known) -> anyhow::Result<Pair> {
    let person = |id: Uuid, organization: Uuid| {
        known
            .people
            .get(&(id, organization))
            .cloned()
            .with_context(|| format!("нет участника пары {}", row.id))
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
    let mentor_organization = row.mentor_organization_id.unwrap_or(row.organization_id);
    let mut own = Vec::new();
    let (mut left, mut joined) = (BTreeMap::new(), BTreeMap::new());
    for mentee in known.mentees.get(&row.id).into_iter().flatten() {
        own.push(person(mentee.person_id, row.organization_id)?);
        left.extend(mentee.left_on.map(|day| (mentee.person_id, day)));
        joined.extend(mentee.joined_on.map(|day| (mentee.person_id, day)));
    }
    let joining = match known.joining.get(&row.id) {
        Some(joining) => Some(Joining {
            id: joining.id,
            mentee: person(joining.person_id, row.organization_id)?,
            starts_on: joining.starts_on,
        }),
        None => None,
    };
    Ok(Pair {
        id: row.id,
        organization: row.organization_id,
        organization_name: row.short_name,
        territory: row.territory_id,
        region: row.region_id,
        mentor: person(row.mentor_id, mentor_organization)?,
        mentees: own,
        left,
        joined,
        joining,
        form: Form::from_code(&row.form).context("неизвестная форма")?,
        kinds: serde_json::from_str::<Vec<Kind>>(&row.kinds)?,
        model: row.model.as_deref().and_then(Model::from_code),
        period: Period::through(row.starts_on, row.ends_on)?,
        online_place: row.online_place,
        goals: goals.into_iter().map(|goal| Goal { text: goal.text, measure: goal.measure }).collect(),
        meetings: serde_json::from_str(&row.meetings)?,
        work: row.work_content.lines().map(str::to_owned).collect(),
        pay: if row.pay.is_empty() { None } else { Some(serde_json::from_str(&row.pay)?) },
        agreement: row.partnership_id.and_then(|id| known.agreements.get(&id).cloned()),
        typed: row.partner_agreement.as_deref().map(serde_json::from_str).transpose()?,
        created_at: row.created_at,
        withdrawn_at: row.withdrawn_at,
        ended,
        version: row.version,
    })
}
