//! Teachers asked to help with a program (D8).

use nastavnik_domain::person::FullName;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

/// An invitation as the invited reads it.
#[derive(Clone, Debug)]
pub(in crate::programs) struct Invitation {
    pub(in crate::programs) id: Uuid,
    pub(in crate::programs) pair: Uuid,
    pub(in crate::programs) task: String,
    pub(in crate::programs) by: FullName,
    pub(in crate::programs) answer: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    mentorship_id: Uuid,
    task: String,
    surname: String,
    given: String,
    patronymic: Option<String>,
    answer: Option<String>,
}

const SELECT: &str = "SELECT h.id, m.id AS mentorship_id, h.task, p.surname, p.given, p.patronymic, h.answer \
     FROM program_helper h JOIN program g ON g.id = h.program_id JOIN mentorship m ON m.id = g.mentorship_id \
     JOIN person p ON p.id = h.invited_by WHERE";

/// Everything this person was asked, what waits first.
pub(in crate::programs) async fn invitations(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<Invitation>, DbErr> {
    let sql = Sql::new(SELECT)
        .and("h.person_id = ?", values![person])
        .and("ORDER BY CASE WHEN h.answer IS NULL THEN 0 ELSE 1 END, h.invited_at DESC, h.id", []);
    Ok(sql.all::<Row>(connection).await?.into_iter().map(invitation_of).collect())
}

/// One invitation of this person.
pub(in crate::programs) async fn invitation(
    connection: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
) -> Result<Option<Invitation>, DbErr> {
    let sql = Sql::new(SELECT).and("h.person_id = ? AND h.id = ?", values![person, id]);
    Ok(sql.one::<Row>(connection).await?.map(invitation_of))
}

fn invitation_of(row: Row) -> Invitation {
    Invitation {
        id: row.id,
        pair: row.mentorship_id,
        task: row.task,
        by: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        answer: row.answer,
    }
}

/// Writes an invitation.
pub(in crate::programs) async fn add_helper(
    change: &Change,
    program: Uuid,
    (person, invited_by): (Uuid, Uuid),
    task: &str,
) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "INSERT INTO program_helper (id, program_id, person_id, task, invited_by, invited_at) VALUES (?, ?, ?, ?, ?, ?)",
        values![ids::row_id(), program, person, task, invited_by, change.now()],
    )
    .await
    .map(|_| ())
}

/// Writes the answer; `false` if it was answered already.
pub(in crate::programs) async fn set_answer(
    change: &Change,
    id: Uuid,
    answer: &'static str,
) -> Result<bool, DbErr> {
    let changed = db::exec(
        change.tx(),
        "UPDATE program_helper SET answer = ?, answered_at = ? WHERE id = ? AND answer IS NULL",
        values![answer, change.now(), id],
    )
    .await?;
    Ok(changed > 0)
}

/// Somebody of the organization who may be asked to help.
#[derive(Clone, Debug)]
pub(in crate::programs) struct Colleague {
    pub(in crate::programs) id: Uuid,
    pub(in crate::programs) name: FullName,
}

#[derive(FromQueryResult)]
struct ColleagueRow {
    id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Who works in the organization on the day, by the alphabet.
pub(in crate::programs) async fn colleagues(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: chrono::NaiveDate,
) -> Result<Vec<Colleague>, DbErr> {
    let rows: Vec<ColleagueRow> = Sql::new(
        "SELECT p.id, p.surname, p.given, p.patronymic FROM person p WHERE p.archived_at IS NULL \
         AND EXISTS (SELECT 1 FROM employment e WHERE e.person_id = p.id",
    )
    .and(
        "AND e.organization_id = ? AND (e.started_on IS NULL OR e.started_on <= ?) \
         AND (e.ended_on IS NULL OR e.ended_on > ?)) ORDER BY p.sort_key, p.id",
        values![organization, today, today],
    )
    .all(connection)
    .await?;
    let colleague = |row: ColleagueRow| Colleague {
        id: row.id,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
    };
    Ok(rows.into_iter().map(colleague).collect())
}
