//! All SQL of evenings. `visible…` and `of_person` are the only loaders.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::record::{Evening, Fact, Guest, Marks, Meeting, Program, Side, Terms, Wish};
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::kernel::scope::within;
use crate::values;

#[derive(FromQueryResult)]
struct EveningRow {
    id: Uuid,
    organization_id: Uuid,
    short_name: String,
    territory_id: Uuid,
    region_id: Uuid,
    title: String,
    held_on: NaiveDate,
    begins_at: i64,
    place: String,
    round_minutes: i64,
    break_minutes: i64,
    most_rounds: i64,
    canceled_at: Option<DateTime<Utc>>,
    version: i64,
}

#[derive(FromQueryResult)]
struct GuestRow {
    evening_id: Uuid,
    person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    side: String,
    seat: i64,
    left_round: Option<i64>,
}

#[derive(FromQueryResult)]
struct MeetingRow {
    id: Uuid,
    evening_id: Uuid,
    round: i64,
    mentor_id: Uuid,
    mentee_id: Uuid,
    has_met: i64,
    mentor_wishes: i64,
    mentee_wishes: i64,
}

fn select() -> Sql {
    Sql::new(
        "SELECT e.id, e.organization_id, o.short_name, o.territory_id, o.region_id, e.title, e.held_on, e.begins_at, \
         e.place, e.round_minutes, e.break_minutes, e.most_rounds, e.canceled_at, e.version \
         FROM speed_evening e JOIN organization o ON o.id = e.organization_id WHERE 1 = 1",
    )
}

/// Evenings within reach with their people and meetings, the latest first.
pub(super) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> anyhow::Result<Vec<Program>> {
    load(connection, within(select(), reach, "o")).await
}

/// One evening within reach.
pub(super) async fn visible_one(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> anyhow::Result<Option<Program>> {
    let sql = within(select().and("AND e.id = ?", values![id]), reach, "o");
    Ok(load(connection, sql).await?.pop())
}

/// Evenings that take place and to which this person is invited, the latest first.
pub(super) async fn of_person(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> anyhow::Result<Vec<Program>> {
    let sql = select().and(
        "AND e.canceled_at IS NULL AND EXISTS (SELECT 1 FROM speed_participant x WHERE x.evening_id = e.id \
         AND x.person_id = ?)",
        values![person],
    );
    load(connection, sql).await
}

async fn load(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Program>> {
    let rows: Vec<EveningRow> =
        sql.and("ORDER BY e.held_on DESC, e.begins_at DESC, e.id DESC", []).all(connection).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut guests = guests(connection, &ids).await?;
    let mut meetings = meetings(connection, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| Program {
            guests: guests.remove(&row.id).unwrap_or_default(),
            meetings: meetings.remove(&row.id).unwrap_or_default(),
            evening: evening(row),
        })
        .collect())
}

fn evening(row: EveningRow) -> Evening {
    Evening {
        id: row.id,
        organization: row.organization_id,
        organization_name: row.short_name,
        territory: row.territory_id,
        region: row.region_id,
        terms: Terms {
            title: row.title,
            held_on: row.held_on,
            begins_at: row.begins_at,
            place: row.place,
            round_minutes: row.round_minutes,
            break_minutes: row.break_minutes,
            most_rounds: row.most_rounds,
        },
        is_canceled: row.canceled_at.is_some(),
        version: row.version,
    }
}

async fn guests(
    connection: &impl ConnectionTrait,
    evenings: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Vec<Guest>>> {
    let rows: Vec<GuestRow> = Sql::new(
        "SELECT x.evening_id, x.person_id, p.surname, p.given, p.patronymic, x.side, x.seat, x.left_round \
         FROM speed_participant x JOIN person p ON p.id = x.person_id WHERE 1 = 1",
    )
    .and_in("AND x.evening_id", evenings.iter().copied())
    .and("ORDER BY x.side DESC, x.seat, COALESCE(x.left_round, 1000), p.sort_key, p.id", [])
    .all(connection)
    .await?;
    let mut found: BTreeMap<Uuid, Vec<Guest>> = BTreeMap::new();
    for row in rows {
        let side = [Side::Mentor, Side::Mentee].into_iter().find(|side| side.code() == row.side);
        found.entry(row.evening_id).or_default().push(Guest {
            person: row.person_id,
            name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
            side: side.context("неизвестная сторона быстрых встреч")?,
            seat: row.seat,
            left_round: row.left_round,
        });
    }
    Ok(found)
}

async fn meetings(
    connection: &impl ConnectionTrait,
    evenings: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<Meeting>>, DbErr> {
    let rows: Vec<MeetingRow> = Sql::new(
        "SELECT m.id, m.evening_id, m.round, m.mentor_id, m.mentee_id, m.has_met, m.mentor_wishes, m.mentee_wishes \
         FROM speed_meeting m JOIN speed_participant x ON x.evening_id = m.evening_id AND x.person_id = m.mentor_id \
         WHERE 1 = 1",
    )
    .and_in("AND m.evening_id", evenings.iter().copied())
    .and("ORDER BY m.round, x.seat, m.id", [])
    .all(connection)
    .await?;
    let wish = |flag: i64| if flag == 1 { Wish::GoOn } else { Wish::Silent };
    let mut found: BTreeMap<Uuid, Vec<Meeting>> = BTreeMap::new();
    for row in rows {
        found.entry(row.evening_id).or_default().push(Meeting {
            id: row.id,
            round: row.round,
            mentor: row.mentor_id,
            mentee: row.mentee_id,
            marks: Marks {
                fact: if row.has_met == 1 { Fact::Met } else { Fact::Unknown },
                mentor: wish(row.mentor_wishes),
                mentee: wish(row.mentee_wishes),
            },
        });
    }
    Ok(found)
}

/// Writes a new evening; its people and its table follow.
pub(super) async fn insert(change: &Change, organization: Uuid, terms: &Terms) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let mut values = columns(terms);
    values.extend(values![id, organization, change.account(), change.now()]);
    db::exec(
        change.tx(),
        "INSERT INTO speed_evening (title, held_on, begins_at, place, round_minutes, break_minutes, most_rounds, id, \
         organization_id, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    .await?;
    Ok(id)
}

/// Writes changed terms, if nobody was first; otherwise touches nothing and says `false`.
pub(super) async fn update(tx: &Tx, id: Uuid, version: i64, terms: &Terms) -> Result<bool, DbErr> {
    let mut values = columns(terms);
    values.extend(values![id, version]);
    let touched = db::exec(
        tx,
        "UPDATE speed_evening SET title = ?, held_on = ?, begins_at = ?, place = ?, round_minutes = ?, \
         break_minutes = ?, most_rounds = ?, version = version + 1 WHERE id = ? AND version = ?",
        values,
    )
    .await?;
    Ok(touched == 1)
}

fn columns(terms: &Terms) -> Vec<sea_orm::Value> {
    values![
        terms.title.clone(),
        terms.held_on,
        terms.begins_at,
        terms.place.clone(),
        terms.round_minutes,
        terms.break_minutes,
        terms.most_rounds,
    ]
}

/// Puts other people in the place of all there were.
pub(super) async fn set_guests(
    tx: &Tx,
    evening: Uuid,
    mentors: &[Uuid],
    mentees: &[Uuid],
) -> Result<(), DbErr> {
    db::exec(tx, "DELETE FROM speed_participant WHERE evening_id = ?", values![evening]).await?;
    for (side, people) in [(Side::Mentor, mentors), (Side::Mentee, mentees)] {
        for (seat, person) in (1_i64..).zip(people) {
            insert_guest(tx, evening, *person, side, seat).await?;
        }
    }
    Ok(())
}

/// Adds somebody to an evening.
pub(super) async fn insert_guest(
    tx: &Tx,
    evening: Uuid,
    person: Uuid,
    side: Side,
    seat: i64,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "INSERT INTO speed_participant (evening_id, person_id, side, seat) VALUES (?, ?, ?, ?)",
        values![evening, person, side.code(), seat],
    )
    .await
    .map(|_| ())
}

/// Notes from which round on somebody is not there.
pub(super) async fn set_left(tx: &Tx, evening: Uuid, person: Uuid, round: i64) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE speed_participant SET left_round = ? WHERE evening_id = ? AND person_id = ?",
        values![round, evening, person],
    )
    .await
    .map(|_| ())
}

/// Takes meetings off the table.
pub(super) async fn delete_meetings(tx: &Tx, meetings: &[Uuid]) -> Result<(), DbErr> {
    for id in meetings {
        db::exec(tx, "DELETE FROM speed_meeting WHERE id = ?", values![*id]).await?;
    }
    Ok(())
}

/// Puts a meeting on the table.
pub(super) async fn insert_meeting(
    tx: &Tx,
    evening: Uuid,
    round: i64,
    (mentor, mentee): (Uuid, Uuid),
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "INSERT INTO speed_meeting (id, evening_id, round, mentor_id, mentee_id) VALUES (?, ?, ?, ?, ?)",
        values![ids::row_id(), evening, round, mentor, mentee],
    )
    .await
    .map(|_| ())
}

/// Somebody sits at a meeting in the place of somebody else.
pub(super) async fn set_person(tx: &Tx, meeting: Uuid, side: Side, person: Uuid) -> Result<(), DbErr> {
    let sql = match side {
        Side::Mentor => "UPDATE speed_meeting SET mentor_id = ? WHERE id = ?",
        Side::Mentee => "UPDATE speed_meeting SET mentee_id = ? WHERE id = ?",
    };
    db::exec(tx, sql, values![person, meeting]).await.map(|_| ())
}

/// Writes what is known of a meeting.
pub(super) async fn set_marks(tx: &Tx, meeting: Uuid, marks: Marks) -> Result<(), DbErr> {
    let wish = |wish: Wish| i64::from(wish == Wish::GoOn);
    db::exec(
        tx,
        "UPDATE speed_meeting SET has_met = ?, mentor_wishes = ?, mentee_wishes = ? WHERE id = ?",
        values![i64::from(marks.has_met()), wish(marks.mentor), wish(marks.mentee), meeting],
    )
    .await
    .map(|_| ())
}

/// A change of people or of the table: forms opened before are stale.
pub(super) async fn touch(tx: &Tx, evening: Uuid) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE speed_evening SET version = version + 1 WHERE id = ?", values![evening])
        .await
        .map(|_| ())
}

/// Calls an evening off.
pub(super) async fn set_canceled(change: &Change, evening: Uuid) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE speed_evening SET canceled_at = ?, version = version + 1 WHERE id = ?",
        values![change.now(), evening],
    )
    .await
    .map(|_| ())
}
