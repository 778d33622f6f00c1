//! Sittings with their seats and questions. Each is read through [`not_a_party`].

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::council::{Tally, Voice};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::{Place, Reach};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::body::Member;
use super::matters::not_a_party;
use crate::council::{Decision, MatterKind};
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::{ids, scope};
use crate::values;

/// A sitting of a council.
#[derive(Clone, Debug)]
pub(in crate::council) struct Sitting {
    pub(in crate::council) id: Uuid,
    pub(in crate::council) organization: Uuid,
    pub(in crate::council) place: Place,
    /// The dispute heard behind closed doors.
    pub(in crate::council) dispute: Option<Uuid>,
    pub(in crate::council) held_on: NaiveDate,
    pub(in crate::council) room: String,
    pub(in crate::council) chair: Option<Uuid>,
    pub(in crate::council) secretary: Option<Uuid>,
    pub(in crate::council) canceled_at: Option<DateTime<Utc>>,
    /// Number of the minutes once the sitting is closed.
    pub(in crate::council) label: Option<String>,
    pub(in crate::council) pdf: Option<Uuid>,
    pub(in crate::council) docx: Option<Uuid>,
    pub(in crate::council) version: i64,
    pub(in crate::council) questions: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    territory_id: Uuid,
    region_id: Uuid,
    dispute_id: Option<Uuid>,
    held_on: NaiveDate,
    place: String,
    chair_id: Option<Uuid>,
    secretary_id: Option<Uuid>,
    canceled_at: Option<DateTime<Utc>>,
    label: Option<String>,
    pdf_id: Option<Uuid>,
    docx_id: Option<Uuid>,
    version: i64,
    questions: i64,
}

fn visible(reach: &Reach, reader: Uuid) -> Sql {
    let sql = Sql::new(
        "SELECT s.id, s.organization_id, o.territory_id, o.region_id, s.dispute_id, s.held_on, s.place, s.chair_id, \
         s.secretary_id, s.canceled_at, s.label, s.pdf_id, s.docx_id, s.version, \
         (SELECT COUNT(*) FROM council_item i WHERE i.sitting_id = s.id) AS questions \
         FROM council_sitting s JOIN organization o ON o.id = s.organization_id WHERE 1 = 1",
    );
    scope::within(sql, reach, "o").and(&not_a_party("s.dispute_id"), values![reader, reader])
}

/// Sittings of an organization within reach, the latest day first.
pub(in crate::council) async fn sittings(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    reader: Uuid,
    organization: Uuid,
) -> Result<Vec<Sitting>, DbErr> {
    let rows: Vec<Row> = visible(reach, reader)
        .and("AND s.organization_id = ? ORDER BY s.held_on DESC, s.id DESC", values![organization])
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(sitting).collect())
}

/// One sitting, if it is within reach and does not hear a dispute of the reader's own pair.
pub(in crate::council) async fn visible_sitting(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    reader: Uuid,
    id: Uuid,
) -> Result<Option<Sitting>, DbErr> {
    let row: Option<Row> = visible(reach, reader).and("AND s.id = ?", values![id]).one(connection).await?;
    Ok(row.map(sitting))
}

fn sitting(row: Row) -> Sitting {
    Sitting {
        id: row.id,
        organization: row.organization_id,
        place: scope::place(row.organization_id, row.territory_id, row.region_id),
        dispute: row.dispute_id,
        held_on: row.held_on,
        room: row.place,
        chair: row.chair_id,
        secretary: row.secretary_id,
        canceled_at: row.canceled_at,
        label: row.label,
        pdf: row.pdf_id,
        docx: row.docx_id,
        version: row.version,
        questions: row.questions,
    }
}

/// A question of an agenda.
#[derive(Clone, Debug)]
pub(in crate::council) struct Item {
    pub(in crate::council) id: Uuid,
    pub(in crate::council) matter: Uuid,
    pub(in crate::council) kind: MatterKind,
    pub(in crate::council) mentorship: Uuid,
    pub(in crate::council) words: String,
    /// Whoever asked has taken the question back.
    pub(in crate::council) is_withdrawn: bool,
    pub(in crate::council) heard: String,
    pub(in crate::council) recorded: Option<Recorded>,
    pub(in crate::council) version: i64,
}

/// How the council voted on a question.
#[derive(Clone, Debug)]
pub(in crate::council) struct Recorded {
    pub(in crate::council) tally: Tally,
    pub(in crate::council) chair: Option<Voice>,
    pub(in crate::council) decision: Decision,
    pub(in crate::council) words: String,
}

#[derive(FromQueryResult)]
struct ItemRow {
    id: Uuid,
    matter_id: Uuid,
    kind: String,
    mentorship_id: Uuid,
    words: String,
    withdrawn_at: Option<DateTime<Utc>>,
    heard: String,
    votes_for: Option<i64>,
    votes_against: Option<i64>,
    abstained: Option<i64>,
    chair_voice: Option<String>,
    decision: Option<String>,
    decision_words: String,
    version: i64,
}

/// The questions of a sitting in their order.
pub(in crate::council) async fn items(
    connection: &impl ConnectionTrait,
    sitting: Uuid,
    reader: Uuid,
) -> anyhow::Result<Vec<Item>> {
    let rows: Vec<ItemRow> = Sql::new(
        "SELECT i.id, i.matter_id, x.kind, x.mentorship_id, x.words, x.withdrawn_at, i.heard, i.votes_for, \
         i.votes_against, i.abstained, i.chair_voice, i.decision, i.decision_words, i.version \
         FROM council_item i JOIN council_matter x ON x.id = i.matter_id",
    )
    .and("WHERE i.sitting_id = ?", values![sitting])
    .and(&not_a_party("i.matter_id"), values![reader, reader])
    .and("ORDER BY i.place_in_order, i.id", [])
    .all(connection)
    .await?;
    rows.into_iter().map(item).collect()
}

fn item(row: ItemRow) -> anyhow::Result<Item> {
    let number = |value: Option<i64>| u32::try_from(value.unwrap_or(0)).unwrap_or(0);
    let decision = row.decision.as_deref().and_then(Decision::from_code);
    let tally = Tally {
        votes_for: number(row.votes_for),
        votes_against: number(row.votes_against),
        abstained: number(row.abstained),
    };
    let chair = row.chair_voice.as_deref().and_then(Voice::from_code);
    let words = row.decision_words;
    Ok(Item {
        id: row.id,
        matter: row.matter_id,
        kind: MatterKind::from_code(&row.kind).context("неизвестный вид вопроса совету")?,
        mentorship: row.mentorship_id,
        words: row.words,
        is_withdrawn: row.withdrawn_at.is_some(),
        heard: row.heard,
        recorded: decision.map(|decision| Recorded { tally, chair, decision, words }),
        version: row.version,
    })
}

#[derive(FromQueryResult)]
struct SeatRow {
    person_id: Uuid,
    is_present: i64,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Seats of a closed sitting by name, each with whether the member was there.
pub(in crate::council) async fn seats(
    connection: &impl ConnectionTrait,
    sitting: Uuid,
) -> Result<Vec<(Member, bool)>, DbErr> {
    let rows: Vec<SeatRow> = db::all(
        connection,
        "SELECT w.person_id, w.is_present, p.surname, p.given, p.patronymic FROM council_seat w \
         JOIN person p ON p.id = w.person_id WHERE w.sitting_id = ? ORDER BY p.sort_key, p.id",
        values![sitting],
    )
    .await?;
    let seat = |row: SeatRow| {
        let name = FullName::new(&row.surname, &row.given, row.patronymic.as_deref());
        (Member { person: row.person_id, name }, row.is_present == 1)
    };
    Ok(rows.into_iter().map(seat).collect())
}

/// Who was marked as present.
pub(in crate::council) async fn present(
    connection: &impl ConnectionTrait,
    sitting: Uuid,
) -> Result<BTreeSet<Uuid>, DbErr> {
    let seats = seats(connection, sitting).await?;
    Ok(seats.into_iter().filter(|(_, is_present)| *is_present).map(|(member, _)| member.person).collect())
}

/// A sitting to plan.
pub(in crate::council) struct NewSitting<'a> {
    pub(in crate::council) organization: Uuid,
    pub(in crate::council) dispute: Option<Uuid>,
    pub(in crate::council) held_on: NaiveDate,
    pub(in crate::council) room: &'a str,
    /// In their order.
    pub(in crate::council) matters: &'a [Uuid],
}

/// Writes a planned sitting with its agenda.
pub(in crate::council) async fn insert_sitting(change: &Change, new: &NewSitting<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO council_sitting (id, organization_id, dispute_id, held_on, place, planned_by, planned_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.organization,
            new.dispute,
            new.held_on,
            new.room,
            change.account(),
            change.now()
        ],
    )
    .await?;
    for (order, matter) in (1_i64..).zip(new.matters) {
        db::exec(
            change.tx(),
            "INSERT INTO council_item (id, sitting_id, matter_id, place_in_order) VALUES (?, ?, ?, ?)",
            values![ids::row_id(), id, *matter, order],
        )
        .await?;
    }
    Ok(id)
}

/// Writes who has come and who leads; `false` if somebody was first.
pub(in crate::council) async fn set_presence(
    change: &Change,
    (sitting, version): (Uuid, i64),
    seats: &[(Uuid, bool)],
    (chair, secretary): (Uuid, Uuid),
) -> Result<bool, DbErr> {
    let touched = db::exec(
        change.tx(),
        "UPDATE council_sitting SET chair_id = ?, secretary_id = ?, version = version + 1 \
         WHERE id = ? AND version = ? AND closed_at IS NULL AND canceled_at IS NULL",
        values![chair, secretary, sitting, version],
    )
    .await?;
    if touched == 0 {
        return Ok(false);
    }
    write_seats(change, sitting, seats).await?;
    Ok(true)
}

async fn write_seats(change: &Change, sitting: Uuid, seats: &[(Uuid, bool)]) -> Result<(), DbErr> {
    db::exec(change.tx(), "DELETE FROM council_seat WHERE sitting_id = ?", values![sitting]).await?;
    for (person, is_present) in seats {
        db::exec(
            change.tx(),
            "INSERT INTO council_seat (sitting_id, person_id, is_present) VALUES (?, ?, ?)",
            values![sitting, *person, i64::from(*is_present)],
        )
        .await?;
    }
    Ok(())
}

/// Writes what was heard and how the council voted, or that it put the question off; `false` if somebody was first.
pub(in crate::council) async fn record_item(
    change: &Change,
    (id, version): (Uuid, i64),
    heard: &str,
    recorded: Option<&Recorded>,
) -> Result<bool, DbErr> {
    let number = |value: fn(&Tally) -> u32| recorded.map(|known| i64::from(value(&known.tally)));
    let touched = db::exec(
        change.tx(),
        "UPDATE council_item SET heard = ?, votes_for = ?, votes_against = ?, abstained = ?, chair_voice = ?, \
         decision = ?, decision_words = ?, version = version + 1 WHERE id = ? AND version = ?",
        values![
            heard,
            number(|tally| tally.votes_for),
            number(|tally| tally.votes_against),
            number(|tally| tally.abstained),
            recorded.and_then(|known| known.chair).map(Voice::code),
            recorded.map(|known| known.decision.code()),
            recorded.map_or("", |known| known.words.as_str()),
            id,
            version,
        ],
    )
    .await?;
    Ok(touched > 0)
}

/// Calls a sitting off; its questions wait again.
pub(in crate::council) async fn set_sitting_canceled(change: &Change, id: Uuid) -> Result<bool, DbErr> {
    let touched = db::exec(
        change.tx(),
        "UPDATE council_sitting SET canceled_at = ?, version = version + 1 \
         WHERE id = ? AND closed_at IS NULL AND canceled_at IS NULL",
        values![change.now(), id],
    )
    .await?;
    Ok(touched > 0)
}

/// The minutes of a sitting that ends.
pub(in crate::council) struct Closing<'a> {
    pub(in crate::council) sitting: Uuid,
    pub(in crate::council) label: &'a str,
    pub(in crate::council) content: &'a str,
    pub(in crate::council) pdf: Uuid,
    pub(in crate::council) docx: Uuid,
    pub(in crate::council) seats: &'a [(Uuid, bool)],
}

/// Closes a sitting for good: minutes and seats never change again.
pub(in crate::council) async fn close_sitting(change: &Change, closing: &Closing<'_>) -> Result<(), DbErr> {
    write_seats(change, closing.sitting, closing.seats).await?;
    db::exec(
        change.tx(),
        "UPDATE council_sitting SET closed_at = ?, closed_by = ?, label = ?, content = ?, pdf_id = ?, docx_id = ?, \
         version = version + 1 WHERE id = ? AND closed_at IS NULL AND canceled_at IS NULL",
        values![
            change.now(),
            change.account(),
            closing.label,
            closing.content,
            closing.pdf,
            closing.docx,
            closing.sitting
        ],
    )
    .await
    .map(|_| ())
}
