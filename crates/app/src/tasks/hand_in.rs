//! The mentee hands in what was made: words, a link, a file.

use nastavnik_domain::task::{Attached, Deed, Event, Product, Refusal, web_link};
use uuid::Uuid;

use super::{act, card};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};
use crate::kernel::works;

const WORDS: usize = 3000;
const LINK: usize = 500;

pub(super) async fn hand_in(
    ctx: Ctx,
    Path((pair, id)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let (case, held) = act::open_for(&ctx, (pair, id), Deed::HandIn, &submitted).await?;
    let mut form = submitted.form.clone();
    let words = form.optional_paragraphs("words", "Что сделано", WORDS).unwrap_or_default();
    let link = read_link(&mut form);
    let kept = if form.is_valid() { works::keep(&ctx, &submitted, &mut form).await? } else { None };
    if form.is_valid() && kept.is_none() && words.is_empty() && link.is_none() {
        form.error("words", format!("{}.", Refusal::EmptyProduct));
    }
    if !form.is_valid() {
        return card::again_with(&ctx, &case, &held, form).await;
    }
    let change = ctx.change(&submitted).await?;
    let file = works::name(&change, kept.as_ref(), &submitted, case.pair.organization).await?;
    let file = file.map(|(id, name)| Attached { id, name });
    let file_id = file.as_ref().map(|file| file.id);
    let event = Event::HandedIn { product: Product { words, link, file } };
    act::act(&ctx, &change, (&case, id), &submitted, (event, file_id)).await?;
    change.finish(&format!("/pairs/{pair}/tasks/{id}"), "Работа сдана. Наставник увидит её на главной").await
}

fn read_link(form: &mut Form) -> Option<String> {
    let typed = form.optional_text("link", "Ссылка", LINK)?;
    let link = web_link(&typed).map(str::to_owned);
    if link.is_none() {
        form.error(
            "link",
            "Ссылка начинается с https:// и называет сайт. Скопируйте её из адресной строки целиком.",
        );
    }
    link
}
