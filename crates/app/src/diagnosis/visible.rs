//! The only loaders: one's own sheet, a view one is the author of, what a mentor of today reads.

use chrono::NaiveDate;
use nastavnik_domain::competence::View;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::person::FullName;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::sheet::Sheet;
use super::store;
use crate::consents;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Mentored};
use crate::people;

/// Which of the two doors a sheet is opened by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// One's own skills.
    Own,
    /// Somebody else's, by one's own eyes.
    View,
}

/// The sheet behind the door, if it is this person's. A mentor's view is the mentor's only while the mentorship is
/// in force.
pub(super) async fn visible(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    door: Door,
    id: Uuid,
) -> Outcome<Sheet> {
    let person = ctx.actor().person.0;
    let sheet = match door {
        Door::Own => store::own_sheet(connection, person, id).await?,
        Door::View => store::written_by(connection, person, id).await?,
    };
    let sheet = sheet.ok_or(AppError::NotFound)?;
    if sheet.view == View::Mentor && !is_mentor(connection, person, sheet.person, ctx.today).await? {
        return Err(AppError::NotFound);
    }
    Ok(sheet)
}

async fn is_mentor(
    connection: &impl ConnectionTrait,
    mentor: Uuid,
    mentee: Uuid,
    day: NaiveDate,
) -> Outcome<bool> {
    let pairs = pairs::in_force_with(connection, mentor, day).await?;
    Ok(pairs.iter().any(|pair| pair.mentor == mentor && pair.mentee == mentee))
}

/// A mentee of a mentorship in force today in which this person is the mentor.
pub(super) struct Mentee {
    pub(super) pair: Mentored,
    pub(super) name: FullName,
    /// What the mentor may read, the latest first: completed sheets and views, and the mentor's own open view.
    pub(super) sheets: Vec<Sheet>,
}

/// The mentee with what the ring of the pair opens: sheets begun in the mentorship's organization, and older ones of
/// another organization with the person's consent to continuity (decision 0009).
pub(super) async fn visible_mentee(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    pair: Uuid,
    person: Uuid,
) -> Outcome<Mentee> {
    let mentor = ctx.actor().person.0;
    let pairs = pairs::in_force_with(connection, mentor, ctx.today).await?;
    let found =
        pairs.into_iter().find(|one| one.pair == pair && one.mentor == mentor && one.mentee == person);
    let pair = found.ok_or(AppError::NotFound)?;
    let names = people::briefs(connection, &[person.into()]).await?;
    let name = names.into_values().next().map(|brief| brief.name).ok_or(AppError::NotFound)?;
    let mut sheets = store::of_mentee(connection, &[person], mentor).await?;
    if !consents::in_force(connection, person, Kind::Continuity, ctx.today).await? {
        sheets.retain(|sheet| sheet.organization == pair.organization);
    }
    Ok(Mentee { pair, name, sheets })
}
