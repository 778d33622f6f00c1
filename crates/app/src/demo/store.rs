//! What the demo looks up in the city it has just loaded.

use chrono::{Duration, NaiveDate};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::kernel::state::App;
use crate::values;

pub(super) async fn is_empty(connection: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(db::count(connection, "SELECT COUNT(*) AS n FROM person", vec![]).await? == 0)
}

/// An organization of the city.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Organization {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) short_name: String,
}

pub(super) async fn organizations(tx: &Tx, territory: Uuid) -> Result<Vec<Organization>, DbErr> {
    let sql = "SELECT id, kind, short_name FROM organization WHERE territory_id = ? ORDER BY name_key";
    db::all(tx, sql, values![territory]).await
}

pub(super) async fn set_kind(tx: &Tx, organization: Uuid, kind: &str) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE organization SET kind = ? WHERE id = ?", values![kind, organization])
        .await
        .map(|_| ())
}

/// Full names and the place as papers are headed with them.
pub(super) async fn set_papers(
    tx: &Tx,
    organization: Uuid,
    full_name: &str,
    place: &str,
) -> Result<(), DbErr> {
    let sql = "UPDATE organization SET full_name = ?, place = ? WHERE id = ?";
    db::exec(tx, sql, values![full_name, place, organization]).await.map(|_| ())
}

/// Somebody who works in an organization of the city.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Worker {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) surname: String,
    pub(super) given: String,
    pub(super) patronymic: Option<String>,
    pub(super) position: String,
    pub(super) qualification: Option<String>,
    pub(super) teaching_since: Option<NaiveDate>,
}

/// Everybody of the city, by organization and name.
pub(super) async fn workers(tx: &Tx, territory: Uuid) -> Result<Vec<Worker>, DbErr> {
    db::all(
        tx,
        "SELECT p.id, e.organization_id, p.surname, p.given, p.patronymic, e.position, e.qualification, \
                p.teaching_since \
         FROM employment e JOIN person p ON p.id = e.person_id JOIN organization o ON o.id = e.organization_id \
         WHERE o.territory_id = ? AND e.ended_on IS NULL ORDER BY o.name_key, p.sort_key, p.id",
        values![territory],
    )
    .await
}

/// Looks of the municipality.
pub(super) async fn set_brand(tx: &Tx, territory: Uuid, authority: &str) -> Result<(), DbErr> {
    let sql = "UPDATE territory SET authority_name = ? WHERE id = ?";
    db::exec(tx, sql, values![authority, territory]).await.map(|_| ())
}

/// Live papers of a pair.
pub(super) async fn documents(connection: &impl ConnectionTrait, pair: Uuid) -> Result<Vec<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Id {
        document_id: Uuid,
    }
    let sql = "SELECT document_id FROM document_mentorship WHERE mentorship_id = ?";
    let rows: Vec<Id> = db::all(connection, sql, values![pair]).await?;
    Ok(rows.into_iter().map(|row| row.document_id).collect())
}

/// Whether somebody takes part in a pair, on either side.
pub(super) async fn takes_part(connection: &impl ConnectionTrait, person: Uuid) -> Result<bool, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM mentorship m WHERE m.mentor_id = ? \
               OR EXISTS (SELECT 1 FROM mentorship_mentee x WHERE x.mentorship_id = m.id AND x.person_id = ?)";
    Ok(db::count(connection, sql, values![person, person]).await? > 0)
}

/// Who is listed in the bank of mentors of an organization.
pub(super) async fn mentors(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Id {
        person_id: Uuid,
    }
    let sql =
        "SELECT person_id FROM mentor_candidate WHERE organization_id = ? AND ended_on IS NULL ORDER BY id";
    let rows: Vec<Id> = db::all(connection, sql, values![organization]).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// The order that ends a pair and waits for a signature.
pub(super) async fn ending_order(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Option<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let sql = "SELECT d.id FROM document d JOIN document_mentorship x ON x.document_id = d.id \
               WHERE x.mentorship_id = ? AND d.kind = 'ending_order' AND d.signed_on IS NULL AND d.canceled_at IS NULL";
    let row: Option<Id> = db::one(connection, sql, values![pair]).await?;
    Ok(row.map(|row| row.id))
}

/// The pair has met on these days.
pub(super) async fn met(app: &App, (pair, mentor): (Uuid, Uuid), days: &[NaiveDate]) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    let sql = "INSERT INTO pair_meeting (id, mentorship_id, held_on, kind, recorded_by, recorded_at) \
               VALUES (?, ?, ?, 'in_person', ?, ?)";
    for day in days {
        db::exec(&tx, sql, values![ids::row_id(), pair, *day, mentor, app.clock.now()]).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A mentor agrees to be found by others: in what, on what ground.
pub(super) async fn into_register(tx: &Tx, mentor: Uuid, (domain, ground): (i64, &str)) -> Result<(), DbErr> {
    let told = "UPDATE mentor_candidate SET in_register = 1, works_remotely = ?, kinds = ?, time_and_place = ? \
                WHERE person_id = ? AND ended_on IS NULL";
    let remote = i64::from(domain % 2 == 0);
    let kinds = if remote == 1 { "[\"virtual\",\"situational\"]" } else { "[\"traditional\",\"group\"]" };
    db::exec(tx, told, values![remote, kinds, "по средам после уроков", mentor]).await?;
    let strong = "INSERT INTO mentor_strength (candidate_id, domain, ground) SELECT id, ?, ? FROM mentor_candidate \
                  WHERE person_id = ? AND ended_on IS NULL ON CONFLICT DO NOTHING";
    db::exec(tx, strong, values![domain, ground, mentor]).await.map(|_| ())
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The live candidacy of a person.
pub(super) async fn candidate(
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Uuid,
) -> Result<Option<Uuid>, DbErr> {
    let sql =
        "SELECT id FROM mentor_candidate WHERE person_id = ? AND organization_id = ? AND ended_on IS NULL";
    let row: Option<Id> = db::one(connection, sql, values![person, organization]).await?;
    Ok(row.map(|row| row.id))
}

/// The waiting nomination of a person.
pub(super) async fn nomination(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Option<Uuid>, DbErr> {
    let sql = "SELECT id FROM mentor_nomination WHERE person_id = ? AND state = 'proposed'";
    let row: Option<Id> = db::one(connection, sql, values![person]).await?;
    Ok(row.map(|row| row.id))
}

/// Who holds a role in an organization.
pub(super) async fn holder(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    role: &str,
) -> Result<Option<Uuid>, DbErr> {
    let sql = "SELECT person_id AS id FROM role_grant WHERE organization_id = ? AND role = ? ORDER BY id";
    let row: Option<Id> = db::one(connection, sql, values![organization, role]).await?;
    Ok(row.map(|row| row.id))
}

/// Beginners of an organization who have asked for help and have no mentor.
pub(super) async fn asking_beginners(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let sql = "SELECT r.person_id AS id FROM mentee_request r JOIN person p ON p.id = r.person_id \
               WHERE r.organization_id = ? AND r.is_needed = 1 AND NOT EXISTS (SELECT 1 FROM mentorship_mentee x \
               WHERE x.person_id = r.person_id) ORDER BY p.sort_key, p.id";
    let rows: Vec<Id> = db::all(connection, sql, values![organization]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Teachers of an organization with one job, who have taught since before the day and of whom nothing is recorded yet: those
/// who have taught longest first.
pub(super) async fn idle_teachers(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    before: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    let sql = "SELECT p.id FROM person p JOIN employment e ON e.person_id = p.id AND e.ended_on IS NULL \
               WHERE e.organization_id = ? AND e.position = 'учитель' AND p.teaching_since < ? \
               AND NOT EXISTS (SELECT 1 FROM employment f WHERE f.person_id = p.id AND f.id <> e.id AND f.ended_on IS NULL) \
               AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) \
               AND NOT EXISTS (SELECT 1 FROM mentorship m WHERE m.mentor_id = p.id) \
               AND NOT EXISTS (SELECT 1 FROM mentorship_mentee x WHERE x.person_id = p.id) \
               AND NOT EXISTS (SELECT 1 FROM mentor_candidate c WHERE c.person_id = p.id) \
               AND NOT EXISTS (SELECT 1 FROM mentor_nomination n WHERE n.person_id = p.id) \
               AND NOT EXISTS (SELECT 1 FROM mentee_request r WHERE r.person_id = p.id) \
               AND NOT EXISTS (SELECT 1 FROM category_decision d WHERE d.person_id = p.id) \
               ORDER BY p.teaching_since, p.sort_key, p.id";
    let rows: Vec<Id> = db::all(connection, sql, values![organization, before]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The kept result of a matching.
pub(super) async fn run_result(
    connection: &impl ConnectionTrait,
    run: Uuid,
) -> Result<Option<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        result: Option<String>,
    }
    let sql = "SELECT result FROM matching_content WHERE run_id = ?";
    let row: Option<Row> = db::one(connection, sql, values![run]).await?;
    Ok(row.and_then(|row| row.result))
}

/// Lets the first candidates of an organization have been listed and confirmed so many days ago.
pub(super) async fn age_candidates(app: &App, organization: Uuid, days: &[i64]) -> anyhow::Result<()> {
    #[derive(FromQueryResult)]
    struct Candidate {
        id: Uuid,
        person_id: Uuid,
    }
    let tx = app.db.begin().await?;
    let sql = "SELECT id, person_id FROM mentor_candidate WHERE organization_id = ? ORDER BY id";
    let candidates: Vec<Candidate> = db::all(&tx, sql, values![organization]).await?;
    for (candidate, days) in candidates.iter().zip(days) {
        let at = app.clock.now() - Duration::days(*days);
        let sql = "UPDATE mentor_candidate SET listed_at = ? WHERE id = ?";
        db::exec(&tx, sql, values![at, candidate.id]).await?;
        let sql = "UPDATE bank_confirmation SET confirmed_at = ? WHERE person_id = ? AND side = 'mentor'";
        db::exec(&tx, sql, values![at, candidate.person_id]).await?;
    }
    Ok(tx.commit().await?)
}

/// Questions that wait for the council of an organization and stand on no agenda.
pub(super) async fn matters(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let sql = "SELECT id FROM council_matter m WHERE organization_id = ? AND decided_at IS NULL \
               AND withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM council_item i WHERE i.matter_id = m.id) \
               ORDER BY raised_at, id";
    let rows: Vec<Id> = db::all(connection, sql, values![organization]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Questions of an agenda in their order.
pub(super) async fn items(connection: &impl ConnectionTrait, sitting: Uuid) -> Result<Vec<Uuid>, DbErr> {
    let sql = "SELECT id FROM council_item WHERE sitting_id = ? ORDER BY place_in_order";
    let rows: Vec<Id> = db::all(connection, sql, values![sitting]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Meetings of an evening in the order of its table.
pub(super) async fn speed_meetings(
    connection: &impl ConnectionTrait,
    evening: Uuid,
) -> Result<Vec<Uuid>, sea_orm::DbErr> {
    let sql = "SELECT id FROM speed_meeting WHERE evening_id = ? ORDER BY round, id";
    let rows: Vec<Id> = db::all(connection, sql, values![evening]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The latest request for help of a pair.
pub(super) async fn help_request(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Option<Uuid>, DbErr> {
    let sql = "SELECT id FROM help_request WHERE mentorship_id = ? ORDER BY asked_at DESC, id DESC";
    let row: Option<Id> = db::one(connection, sql, values![pair]).await?;
    Ok(row.map(|row| row.id))
}

/// Makes the requests of a pair so many hours older.
pub(super) async fn age_help(app: &App, pair: Uuid, hours: i64) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    let at = app.clock.now() - Duration::hours(hours);
    let sql = "UPDATE help_request SET asked_at = ? WHERE mentorship_id = ?";
    db::exec(&tx, sql, values![at, pair]).await?;
    Ok(tx.commit().await?)
}

/// Whose way in it is.
pub(super) async fn account_of(
    connection: &impl ConnectionTrait,
    login: &str,
) -> Result<Option<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let row: Option<Row> =
        db::one(connection, "SELECT id FROM account WHERE login = ?", values![login]).await?;
    Ok(row.map(|row| row.id))
}

/// Lets a pair come to its last days.
pub(super) async fn set_last_day(app: &App, pair: Uuid, day: NaiveDate) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    db::exec(&tx, "UPDATE mentorship SET ends_on = ? WHERE id = ?", values![day, pair]).await?;
    Ok(tx.commit().await?)
}
