//! Opinions of the psychologist. Method and notes leave the database for their author only.

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::council::verdict::Verdict;
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

/// An opinion as its reader may see it.
#[derive(Clone, Debug)]
pub(in crate::council) struct Opinion {
    pub(in crate::council) mentor: Uuid,
    pub(in crate::council) mentee: Uuid,
    pub(in crate::council) mentor_name: String,
    pub(in crate::council) mentee_name: String,
    pub(in crate::council) verdict: Verdict,
    pub(in crate::council) advice: String,
    /// Empty for everybody but the author.
    pub(in crate::council) method: String,
    /// Empty for everybody but the author.
    pub(in crate::council) note: String,
    pub(in crate::council) given_on: NaiveDate,
    pub(in crate::council) by: String,
    pub(in crate::council) is_replaced: bool,
}

#[derive(FromQueryResult)]
struct Row {
    mentor_id: Uuid,
    mentee_id: Uuid,
    verdict: String,
    advice: String,
    method: String,
    private_note: String,
    given_on: NaiveDate,
    is_replaced: i64,
    by_surname: String,
    by_given: String,
    by_patronymic: Option<String>,
    mentor_surname: String,
    mentor_given: String,
    mentor_patronymic: Option<String>,
    mentee_surname: String,
    mentee_given: String,
    mentee_patronymic: Option<String>,
}

/// Which opinions.
pub(in crate::council) enum Whose {
    /// All that were given about a mentor and these mentees.
    Pair { organization: Uuid, mentor: Uuid, mentees: Vec<Uuid> },
    /// Those in force that the reader has given in these organizations.
    Own(Vec<Uuid>),
    /// All in force of these organizations.
    Current(Vec<Uuid>),
}

/// Opinions, the newest first.
pub(in crate::council) async fn opinions(
    connection: &impl ConnectionTrait,
    reader: Uuid,
    whose: &Whose,
) -> Result<Vec<Opinion>, DbErr> {
    let sql = Sql::new("SELECT v.mentor_id, v.mentee_id, v.verdict, v.advice,").and(
        "CASE WHEN v.given_by = ? THEN v.method ELSE '' END AS method, \
         CASE WHEN v.given_by = ? THEN v.private_note ELSE '' END AS private_note, v.given_on, \
         CASE WHEN v.replaced_at IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END AS is_replaced, \
         b.surname AS by_surname, b.given AS by_given, b.patronymic AS by_patronymic, \
         r.surname AS mentor_surname, r.given AS mentor_given, r.patronymic AS mentor_patronymic, \
         e.surname AS mentee_surname, e.given AS mentee_given, e.patronymic AS mentee_patronymic \
         FROM pair_opinion v JOIN person b ON b.id = v.given_by JOIN person r ON r.id = v.mentor_id \
         JOIN person e ON e.id = v.mentee_id WHERE 1 = 1",
        values![reader, reader],
    );
    let sql = match whose {
        Whose::Pair { organization, mentor, mentees } => sql
            .and("AND v.organization_id = ? AND v.mentor_id = ?", values![*organization, *mentor])
            .and_in("AND v.mentee_id", mentees.iter().copied()),
        Whose::Own(organizations) => sql
            .and_in("AND v.organization_id", organizations.iter().copied())
            .and("AND v.replaced_at IS NULL AND v.given_by = ?", values![reader]),
        Whose::Current(organizations) => sql
            .and_in("AND v.organization_id", organizations.iter().copied())
            .and("AND v.replaced_at IS NULL", []),
    };
    let rows: Vec<Row> = sql.and("ORDER BY v.given_at DESC, v.id DESC", []).all(connection).await?;
    Ok(rows.into_iter().filter_map(opinion).collect())
}

fn opinion(row: Row) -> Option<Opinion> {
    let short = |surname: &str, given: &str, patronymic: &Option<String>| {
        FullName::new(surname, given, patronymic.as_deref()).short()
    };
    Some(Opinion {
        mentor: row.mentor_id,
        mentee: row.mentee_id,
        mentor_name: short(&row.mentor_surname, &row.mentor_given, &row.mentor_patronymic),
        mentee_name: short(&row.mentee_surname, &row.mentee_given, &row.mentee_patronymic),
        verdict: Verdict::from_code(&row.verdict)?,
        advice: row.advice,
        method: row.method,
        note: row.private_note,
        given_on: row.given_on,
        by: short(&row.by_surname, &row.by_given, &row.by_patronymic),
        is_replaced: row.is_replaced == 1,
    })
}

/// An opinion to write.
pub(in crate::council) struct NewOpinion<'a> {
    pub(in crate::council) organization: Uuid,
    pub(in crate::council) mentor: Uuid,
    pub(in crate::council) mentee: Uuid,
    pub(in crate::council) verdict: Verdict,
    pub(in crate::council) advice: &'a str,
    pub(in crate::council) method: &'a str,
    pub(in crate::council) note: &'a str,
    pub(in crate::council) given_on: NaiveDate,
    pub(in crate::council) given_by: Uuid,
}

/// Writes an opinion; the one before is kept as replaced.
pub(in crate::council) async fn give_opinion(change: &Change, new: &NewOpinion<'_>) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE pair_opinion SET replaced_at = ? WHERE organization_id = ? AND mentor_id = ? AND mentee_id = ? \
         AND replaced_at IS NULL",
        values![change.now(), new.organization, new.mentor, new.mentee],
    )
    .await?;
    db::exec(
        change.tx(),
        "INSERT INTO pair_opinion (id, organization_id, mentor_id, mentee_id, verdict, advice, method, private_note, \
         given_on, given_by, given_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            ids::row_id(),
            new.organization,
            new.mentor,
            new.mentee,
            new.verdict.code(),
            new.advice,
            new.method,
            new.note,
            new.given_on,
            new.given_by,
            change.now(),
        ],
    )
    .await
    .map(|_| ())
}
