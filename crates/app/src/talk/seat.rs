//! The only loaders: a talk is seen by whoever takes part in its mentorship or has taken part in it, and by nobody else,
//! whatever offices they hold (decision 0020).

use chrono::NaiveDate;
use chrono_tz::Tz;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::talk::{Life, Standing, is_open_for_change, standing};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::Message;
use super::rules::rules;
use super::store;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, Participant, State};

/// Somebody at the talk of their mentorship.
pub(super) struct Seat {
    pub(super) case: Case,
    pub(super) standing: Standing,
    /// The clock of the organization the mentorship belongs to.
    pub(super) zone: Tz,
    pub(super) me: Uuid,
}

impl Seat {
    pub(super) fn pair(&self) -> Uuid {
        self.case.pair.id
    }

    pub(super) fn writes(&self) -> bool {
        self.standing == Standing::Writes
    }

    /// «Иванова А. А.» of somebody in the mentorship, «Вы» of the reader.
    pub(super) fn name(&self, person: Uuid) -> String {
        if person == self.me {
            return "Вы".to_owned();
        }
        let found = self.case.pair.people().find(|participant| participant.person == person);
        found.map_or_else(|| "участник".to_owned(), |participant| participant.name.short())
    }

    /// Whoever reads what is written today besides the reader: those who have left a group do not.
    fn others(&self, today: NaiveDate) -> impl Iterator<Item = &Participant> {
        let left = &self.case.pair.left;
        let reads = move |one: &&Participant| left.get(&one.person).is_none_or(|day| *day > today);
        self.case.pair.people().filter(|one| one.person != self.me).filter(reads)
    }

    /// «вы, Иванова А. А., Петров П. П.».
    pub(super) fn readers(&self, today: NaiveDate) -> String {
        std::iter::once("вы".to_owned())
            .chain(self.others(today).map(|one| one.name.short()))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Whom a message goes to, as the label of its field.
    pub(super) fn to(&self, today: NaiveDate) -> &'static str {
        if self.others(today).count() > 1 {
            "Сообщение группе"
        } else if self.case.pair.mentor.person == self.me {
            "Сообщение наставляемому"
        } else {
            "Сообщение наставнику"
        }
    }
}

/// The talk of one's own mentorship, as far as one reads it.
pub(super) async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Seat> {
    let (reach, me) = (Reach { pairs: true, ..Reach::default() }, ctx.actor().person.0);
    let case = pairs::visible_case(connection, &reach, me, id, ctx.today).await?;
    let case = case.filter(|case| case.pair.has(me)).ok_or(AppError::NotFound)?;
    let school = pairs::school(connection, case.pair.organization).await?.ok_or(AppError::NotFound)?;
    let standing = standing(life(case.state), case.pair.left.get(&me).copied(), ctx.today);
    Ok(Seat { case, standing, zone: school.zone(), me })
}

/// The talk in which one may write today.
pub(super) async fn writing(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Seat> {
    let seat = visible(ctx, connection, id).await?;
    match seat.standing {
        Standing::Writes => Ok(seat),
        Standing::Waits => Err(AppError::Forbidden(
            "Переписка откроется, когда приказ подпишут и наступит первый день пары. Откройте карточку пары",
        )),
        Standing::Reads | Standing::ReadsBefore(_) => Err(AppError::Forbidden(
            "Наставничество завершено: переписку можно читать, писать в ней уже нельзя",
        )),
    }
}

/// A message of this talk that the reader may read.
pub(super) async fn visible_message(
    connection: &impl ConnectionTrait,
    seat: &Seat,
    id: Uuid,
) -> Outcome<Message> {
    let found = store::message(connection, seat.pair(), id).await?;
    let hidden_from = seat.standing.hidden_from();
    found
        .filter(|message| !message.is_withdrawn())
        .filter(|message| hidden_from.is_none_or(|day| message.written_on < day))
        .ok_or(AppError::NotFound)
}

/// One's own message while it may be mended.
pub(super) async fn own_message(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    (pair, id): (Uuid, Uuid),
) -> Outcome<(Seat, Message)> {
    let seat = writing(ctx, connection, pair).await?;
    let message = visible_message(connection, &seat, id).await?;
    if message.author_id != seat.me {
        return Err(AppError::Forbidden(
            "Исправить или отозвать сообщение может только тот, кто его написал",
        ));
    }
    if may_change(ctx, &seat, &message)? {
        return Ok((seat, message));
    }
    Err(AppError::Conflict(format!(
        "Исправить или отозвать сообщение можно {} минут после отправки. Напишите следующее: так другим будет понятнее",
        rules(ctx.today)?.change_minutes
    )))
}

/// Whether the reader may mend or withdraw this message now.
pub(super) fn may_change(ctx: &Ctx, seat: &Seat, message: &Message) -> Outcome<bool> {
    let minutes = rules(ctx.today)?.change_minutes;
    let is_own = message.author_id == seat.me && !message.is_withdrawn();
    Ok(seat.writes() && is_own && is_open_for_change(message.written_at, ctx.now, minutes))
}

fn life(state: State) -> Life {
    match state {
        State::Active => Life::AtWork,
        State::Ended | State::Withdrawn => Life::Over,
        State::Draft | State::AwaitsPapers | State::ReadyForOrder | State::AwaitsOrder | State::Scheduled => {
            Life::Ahead
        }
    }
}
