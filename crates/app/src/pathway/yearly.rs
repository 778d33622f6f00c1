//! The yearly programs of the owner's pairs, which the route goes along with: title, year, state; no names.

use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::{self, State};
use crate::programs;

/// A program of one year.
pub(super) struct Yearly {
    pub(super) href: String,
    pub(super) year: AcademicYear,
    pub(super) from: chrono::NaiveDate,
    pub(super) to: chrono::NaiveDate,
    pub(super) state: &'static str,
    pub(super) tone: Tone,
}

/// Programs of the pairs in which this person is or was mentored, by their days.
pub(super) async fn of(ctx: &Ctx, connection: &impl ConnectionTrait, owner: Uuid) -> Outcome<Vec<Yearly>> {
    let reach = Reach { pairs: true, ..Reach::default() };
    let mut cases = pairs::visible_cases(connection, &reach, owner, ctx.today).await?;
    let is_mentee = |case: &pairs::Case| case.pair.mentees.iter().any(|one| one.person == owner);
    cases.retain(|case| case.state != State::Withdrawn && is_mentee(case));
    cases.sort_by_key(|case| case.pair.period.from());
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let standings = programs::states(connection, &ids).await?;
    let yearly = cases.iter().map(|case| {
        let standing = standings.get(&case.pair.id);
        let (state, tone) = match standing {
            Some(one) if one.approved_revision.is_some() => ("утверждена", Tone::Done),
            Some(_) => ("составляется", Tone::Draft),
            None => ("ещё не составлена", Tone::Plan),
        };
        Yearly {
            href: format!("/pairs/{}/program", case.pair.id),
            year: AcademicYear::of(case.pair.period.from()),
            from: case.pair.period.from(),
            to: case.last_day(),
            state,
            tone,
        }
    });
    Ok(yearly.collect())
}
