//! Cards of the participants: four of the size A6 on a sheet, with room for marks.

use nastavnik_documents::PaperError;
use nastavnik_documents::papers::{CardLine, SpeedCard, SpeedCards};
use uuid::Uuid;

use super::card::visible;
use super::record::{Guest, Meeting, Program, Side};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, attachment};

/// What Word opens.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) async fn pdf(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let now = ctx.now;
    made(ctx, id, "pdf", "application/pdf", move |cards| cards.pdf(now)).await
}

pub(super) async fn docx(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    made(ctx, id, "docx", WORD, SpeedCards::docx).await
}

async fn made(
    ctx: Ctx,
    id: Uuid,
    extension: &str,
    media_type: &str,
    make: impl FnOnce(&SpeedCards) -> Result<Vec<u8>, PaperError> + Send + 'static,
) -> Outcome {
    let program = visible(&ctx, ctx.app().db.reader(), id).await?;
    if program.meetings.is_empty() {
        return Err(AppError::Conflict(
            "В таблице нет ни одной встречи, печатать нечего. Измените состав участников".to_owned(),
        ));
    }
    let cards = cards(&program, &ctx.app().config.public_url);
    let made = tokio::task::spawn_blocking(move || make(&cards)).await;
    let content = made.map_err(|error| AppError::Internal(error.into()))?;
    let content = content.map_err(|error| AppError::Internal(error.into()))?;
    let day = program.evening.terms.held_on.format("%d.%m.%Y");
    attachment(content, media_type, &format!("Карточки быстрых встреч {day}.{extension}"))
}

fn cards(program: &Program, public_url: &str) -> SpeedCards {
    let terms = &program.evening.terms;
    let here = program.guests.iter().filter(|guest| guest.left_round.is_none());
    SpeedCards {
        organization: program.evening.organization_name.clone(),
        title: terms.title.clone(),
        held_on: terms.held_on,
        time: format!("{}–{}", terms.starts(1), terms.ends(program.rounds())),
        place: terms.place.clone(),
        record_url: format!("{public_url}{}", program.evening.href()),
        cards: here.map(|guest| card(program, guest)).collect(),
    }
}

fn card(program: &Program, guest: &Guest) -> SpeedCard {
    let line = |round: i64, meetings: &[&Meeting]| {
        let own = meetings.iter().find_map(|meeting| Some((meeting, meeting.partner(guest.person)?)));
        let with = own.map(|(meeting, partner)| {
            let table = program.guest(meeting.mentor).map_or(0, |mentor| mentor.seat);
            (table, program.short(partner))
        });
        CardLine {
            round: u32::try_from(round).unwrap_or(0),
            time: program.evening.terms.starts(round),
            table: with.as_ref().and_then(|(table, _)| u32::try_from(*table).ok()),
            partner: with.map(|(_, partner)| partner),
        }
    };
    SpeedCard {
        name: guest.name.full(),
        role: guest.side.title().to_owned(),
        table: (guest.side == Side::Mentor).then(|| u32::try_from(guest.seat).unwrap_or(0)),
        lines: program.by_round().iter().map(|(round, meetings)| line(*round, meetings)).collect(),
    }
}
