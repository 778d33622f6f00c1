//! The card of a petition for the one who answers; the author is led to the own page of the pair.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::petition::{Answer, Kind, Sight, State};
use uuid::Uuid;

use super::record::Petition;
use super::visible;
use crate::council;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tone, filters};
use crate::kernel::web::{Ctx, Path, again, attachment, encode, page, redirect};

#[derive(Template)]
#[template(path = "endings/card.html")]
struct CardPage {
    layout: Layout,
    form: Form,
    keys: [Uuid; 3],
    petition: Petition,
    tone: Tone,
    clock: Option<(Tone, String)>,
    /// Where the ending order is prepared, its fields filled.
    ending: String,
    council_due: Option<NaiveDate>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    if let Ok(own) = visible::visible_own(&ctx, reader, id).await {
        return Ok(redirect(&format!("/pairs/{}/petition", own.case.pair.id)));
    }
    let petition = visible::visible(&ctx, reader, id).await?;
    page(&card_page(&ctx, petition, Form::blank()).await?)
}

/// The card again with mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, petition: Petition, form: Form) -> Outcome {
    again(&card_page(ctx, petition, form).await?)
}

pub(super) async fn pdf(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let file = readable(&ctx, id).await?.pdf;
    give(&ctx, file, None).await
}

pub(super) async fn docx(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let file = readable(&ctx, id).await?.docx;
    give(&ctx, file, Some(WORD)).await
}

/// The paper carries the author's words: the author and whoever sees the whole petition open it.
async fn readable(ctx: &Ctx, id: Uuid) -> Outcome<Petition> {
    let reader = ctx.app().db.reader();
    if let Ok(own) = visible::visible_own(ctx, reader, id).await {
        return Ok(own);
    }
    let petition = visible::visible(ctx, reader, id).await?;
    if petition.sight == Sight::Whole { Ok(petition) } else { Err(AppError::NotFound) }
}

async fn give(ctx: &Ctx, file: Uuid, media_type: Option<&str>) -> Outcome {
    let row = files::find(ctx.app().db.reader(), file).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&row.sha256).await?;
    attachment(content, media_type.unwrap_or(&row.media_type), &row.name)
}

/// The address of the ending order with everything that is known already.
pub(super) fn ending_address(petition: &Petition, today: NaiveDate) -> anyhow::Result<String> {
    let (by, reason) = petition.kind.ending();
    let leaves = petition.leaves_group().map(|person| format!("&leaves={person}")).unwrap_or_default();
    Ok(format!(
        "/pairs/{}/ending?by={}&reason={}&notice_on={}&last_day={}{leaves}",
        petition.case.pair.id,
        encode(by.code()),
        encode(reason.code()),
        petition.notice_on(today),
        petition.last_day_to_order(today)?,
    ))
}

async fn card_page(ctx: &Ctx, petition: Petition, form: Form) -> Outcome<CardPage> {
    let mut layout = ctx.layout(&format!("Заявление № {}", petition.label)).await?;
    layout.crumbs = vec![Crumb::new("/petitions", "Заявления")];
    let council_due = match &petition.council {
        Some(council::Standing::Waits { due_on }) => *due_on,
        _ => None,
    };
    Ok(CardPage {
        layout,
        form,
        keys: [ids::form_key(), ids::form_key(), ids::form_key()],
        tone: petition.tone(ctx.today),
        clock: petition.clock(ctx.today)?,
        ending: ending_address(&petition, ctx.today)?,
        council_due,
        petition,
    })
}

impl CardPage {
    fn is_whole(&self) -> bool {
        self.petition.sight == Sight::Whole
    }

    /// Agreed to end by an order that is not prepared yet.
    fn awaits_order(&self) -> bool {
        let order = self.petition.case.ending_order(self.petition.leaves_group());
        self.petition.state() == State::Agreed && self.petition.case.is_fixed() && order.is_none()
    }

    fn may_replace(&self) -> bool {
        self.petition.state().may_be_answered() && self.petition.kind != Kind::End
    }

    /// What comes next, a sentence.
    fn next(&self) -> String {
        match self.petition.state() {
            State::Waits => {
                "Поговорите с автором, если есть что прояснить, или ответьте. Спрашивать о причине не нужно."
                    .to_owned()
            }
            State::Talk => {
                let day = self.petition.talk_on.map(filters::long_date).unwrap_or_default();
                format!("Разговор назначен на {day}. После него ответьте или передайте вопрос совету.")
            }
            State::AtCouncil => {
                let due = self.council_due.map(filters::long_date).unwrap_or_default();
                format!("Вопрос у совета наставников, ответ нужен до {due}.")
            }
            State::CouncilDecided => format!("{} Исполните решение.", self.petition.council_words()),
            State::Agreed if self.awaits_order() => "Подготовьте приказ о прекращении.".to_owned(),
            State::Agreed => "Согласовано. Приказ и документы – на карточке пары.".to_owned(),
            State::Done => "Исполнено.".to_owned(),
            State::TakenBack => "Автор отозвал заявление.".to_owned(),
        }
    }

    fn answered(&self) -> String {
        let day = self.petition.answered_on.map(filters::long_date);
        day.zip(self.petition.answer.map(Answer::title))
            .map_or_else(String::new, |(day, answer)| format!("{day}: {answer}"))
    }
}
