//! Requests of potential mentees (B2, ДК 1.1): what help a pedagogical worker asks for in an academic year, and what
//! the curator makes of it.
//!
//! Wishes about the mentor are confidential: they are loaded by [`store::wishes`] alone, for the author and for the
//! curator's card of one request; lists and the workbook never meet them.
//!
//! Front door for other slices: who has answered this year; for the matching what was asked for, with the wishes, which it obeys
//! and never tells of.

mod card;
mod export;
mod list;
mod own;
mod record;
mod store;

use chrono::NaiveDate;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::bank;
use crate::kernel::registry::Registry;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::request::Format;

/// What somebody asked for this year, for the matching. The wishes are confidential: no page shows them from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub person: Uuid,
    pub organization: Uuid,
    pub domains: Vec<Domain>,
    pub formats: Vec<Format>,
    pub wanted: Vec<Uuid>,
    pub unwanted: Vec<Uuid>,
}

/// Requests of this year for help within reach.
pub async fn asked(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Vec<Asked>> {
    store::asked(connection, reach, AcademicYear::of(today)).await
}

/// Whom the mentees of the organization do not want to be offered this year: mentee and colleague.
pub async fn unwanted(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    store::unwanted(connection, organization, AcademicYear::of(today)).await
}

/// Paths of requests.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ReadRequests, SignedIn};
    registry
        .get("/own/request", SignedIn, own::show)
        .post("/own/request", SignedIn, own::save)
        .get("/requests", ReadRequests, list::show)
        .get("/requests.xlsx", ReadRequests, export::workbook)
        .get("/requests/{id}", ReadRequests, card::show)
}

/// Whether the person has answered this academic year, anywhere.
pub async fn has_answered(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> Result<bool, DbErr> {
    store::has_answered(connection, person, AcademicYear::of(today)).await
}

/// How many of the pedagogical staff within reach have answered this academic year, and of how many.
pub async fn answered(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<(usize, usize)> {
    let staff = bank::pedagogues(connection, reach, today).await?;
    let requests = store::requests(connection, reach, AcademicYear::of(today)).await?;
    let rows = list::joined(staff, requests);
    Ok((rows.iter().filter(|row| row.request.is_some()).count(), rows.len()))
}
