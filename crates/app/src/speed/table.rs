//! Making the rotation table, the whole or the rounds that are left.

use std::collections::BTreeSet;

use nastavnik_domain::policy::Reach;
use nastavnik_domain::rotation::{Couple, Question, rotation};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::card::{self, visible};
use super::record::{Meeting, Program, Side};
use super::store;
use crate::council;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};

/// From which round the table was made again.
#[derive(Serialize)]
struct Told {
    from_round: i64,
}

/// Makes the rounds from this one on again, for those who are there.
pub(super) async fn make_again(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let program = visible(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let last = program.evening.terms.most_rounds;
    let Some(round) = form.required_integer("from_round", "Начиная с круга", 1..=last) else {
        return card::again_with(&ctx, program, form).await;
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "speed_evening", id).await?;
    let fresh = visible(&ctx, change.tx(), id).await?;
    if let Some(refusal) = refusal(&fresh, round) {
        drop(change);
        form.error("from_round", refusal);
        return card::again_with(&ctx, fresh, form).await;
    }
    make(&change, fresh.evening.organization, id, round).await?;
    store::touch(change.tx(), id).await?;
    let subject = ("speed_evening", Some(id));
    let payload = Told { from_round: round };
    let organization = Some(fresh.evening.organization);
    change.journal(Entry { kind: "speed_table_made", subject, organization, payload: &payload }).await?;
    change.finish(&format!("/speed/{id}#table"), "Круги составлены заново. Раздайте новые карточки").await
}

fn refusal(program: &Program, round: i64) -> Option<&'static str> {
    if program.evening.is_canceled {
        return Some("Этот вечер отменён.");
    }
    let is_told = |meeting: &&Meeting| meeting.round >= round && meeting.marks.is_told();
    program
        .meetings
        .iter()
        .any(|meeting| is_told(&meeting))
        .then_some("Встречи этих кругов уже отмечены. Выберите круг, который ещё впереди.")
}

/// Lays out the rounds from this one on within the change: those who are there, who have not met and may meet.
pub(super) async fn make(change: &Change, organization: Uuid, evening: Uuid, from: i64) -> Outcome<()> {
    let tx = change.tx();
    let reach = Reach { organizations: [organization.into()].into(), ..Reach::default() };
    let program = store::visible_one(tx, &reach, evening).await?.ok_or(AppError::NotFound)?;
    let (before, after): (Vec<&Meeting>, Vec<&Meeting>) =
        program.meetings.iter().partition(|meeting| meeting.round < from);
    let gone: Vec<Uuid> = after.iter().map(|meeting| meeting.id).collect();
    store::delete_meetings(tx, &gone).await?;
    let here = |side| -> Vec<Uuid> {
        let stays = program.of_side(side).filter(|guest| guest.left_round.is_none());
        stays.map(|guest| guest.person).collect()
    };
    let (mentors, mentees) = (here(Side::Mentor), here(Side::Mentee));
    let mut apart = forbidden(tx, organization).await?;
    apart.extend(before.iter().map(|meeting| (meeting.mentor, meeting.mentee)));
    let left = program.evening.terms.most_rounds - (from - 1);
    let question = Question {
        mentors: mentors.len(),
        mentees: mentees.len(),
        apart: numbered(&apart, &mentors, &mentees),
        most_rounds: usize::try_from(left).unwrap_or(0),
    };
    for (round, couple) in rotation(&question).meetings() {
        let round = from + i64::try_from(round).unwrap_or(0);
        store::insert_meeting(tx, evening, round, (mentors[couple.mentor], mentees[couple.mentee])).await?;
    }
    Ok(())
}

/// Mentor and mentee who must not sit together: a conclusion or an objection stands between them.
pub(super) async fn forbidden(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Outcome<BTreeSet<(Uuid, Uuid)>> {
    let bans = council::bans(connection, &[organization]).await?;
    Ok(bans.into_iter().map(|ban| (ban.mentor, ban.mentee)).collect())
}

fn numbered(apart: &BTreeSet<(Uuid, Uuid)>, mentors: &[Uuid], mentees: &[Uuid]) -> BTreeSet<Couple> {
    let number = |people: &[Uuid], person| people.iter().position(|known| *known == person);
    apart
        .iter()
        .filter_map(|(mentor, mentee)| {
            Some(Couple { mentor: number(mentors, *mentor)?, mentee: number(mentees, *mentee)? })
        })
        .collect()
}
