//! Courses of mentors: planned, passed, called off.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::training::Course;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::trusts::of_candidates;
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

/// A course of a person.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::bank) struct CourseRow {
    pub(in crate::bank) id: Uuid,
    pub(in crate::bank) person_id: Uuid,
    pub(in crate::bank) title: String,
    pub(in crate::bank) provider: String,
    pub(in crate::bank) hours: Option<i64>,
    pub(in crate::bank) planned_for: Option<NaiveDate>,
    pub(in crate::bank) passed_on: Option<NaiveDate>,
    pub(in crate::bank) certificate: String,
    pub(in crate::bank) scan_id: Option<Uuid>,
    pub(in crate::bank) recorded_at: DateTime<Utc>,
}

impl CourseRow {
    /// As the rule sees it.
    pub(in crate::bank) fn course(&self) -> Course {
        Course { planned_for: self.planned_for, passed_on: self.passed_on }
    }
}

/// Courses of candidates within reach that were not called off, the latest first; of one person if named.
pub(in crate::bank) async fn courses(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Option<Uuid>,
) -> Result<Vec<CourseRow>, DbErr> {
    let sql = Sql::new(
        "SELECT k.id, k.person_id, k.title, k.provider, k.hours, k.planned_for, k.passed_on, k.certificate, k.scan_id, \
         k.recorded_at FROM mentor_course k WHERE k.canceled_at IS NULL",
    );
    of_candidates(sql, "k.person_id", person, reach)
        .and("ORDER BY COALESCE(k.passed_on, k.planned_for) DESC, k.id", [])
        .all(connection)
        .await
}

/// A course to write.
pub(in crate::bank) struct NewCourse {
    pub(in crate::bank) person: Uuid,
    pub(in crate::bank) title: String,
    pub(in crate::bank) provider: String,
    pub(in crate::bank) hours: Option<i64>,
    pub(in crate::bank) course: Course,
    pub(in crate::bank) certificate: String,
    pub(in crate::bank) scan: Option<Uuid>,
}

/// Writes a course.
pub(in crate::bank) async fn add_course(change: &Change, new: &NewCourse) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO mentor_course (id, person_id, title, provider, hours, planned_for, passed_on, certificate, scan_id, \
         recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.person,
            new.title.clone(),
            new.provider.clone(),
            new.hours,
            new.course.planned_for,
            new.course.passed_on,
            new.certificate.clone(),
            new.scan,
            change.account(),
            change.now()
        ],
    )
    .await?;
    Ok(id)
}

/// Records that a planned course was passed; `false` if it is passed or called off already.
pub(in crate::bank) async fn pass_course(
    change: &Change,
    id: Uuid,
    passed_on: NaiveDate,
    (certificate, scan): (&str, Option<Uuid>),
) -> Result<bool, DbErr> {
    let changed = db::exec(
        change.tx(),
        "UPDATE mentor_course SET passed_on = ?, certificate = ?, scan_id = ? \
         WHERE id = ? AND passed_on IS NULL AND canceled_at IS NULL",
        values![passed_on, certificate, scan, id],
    )
    .await?;
    Ok(changed == 1)
}

/// Calls a course off; `false` if it is called off already.
pub(in crate::bank) async fn cancel_course(change: &Change, id: Uuid) -> Result<bool, DbErr> {
    let sql = "UPDATE mentor_course SET canceled_at = ? WHERE id = ? AND canceled_at IS NULL";
    Ok(db::exec(change.tx(), sql, values![change.now(), id]).await? == 1)
}
