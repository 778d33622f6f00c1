//! What the municipal base of programs asks of each (D12).

use nastavnik_domain::russian::count;

use super::line::{Calm, Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::program_base;

/// Adds what waits to the first section; somebody whose pair has ended gets a section of their own.
pub(super) async fn add(ctx: &Ctx, sections: &mut Vec<Section>) -> Outcome<()> {
    let desk = program_base::desk(ctx).await?;
    let some = |number: usize| count(number as u64, "программу", "программы", "программ");
    let mut todos = Vec::new();
    if desk.to_agree > 0 {
        let todo = Todo::new("Решите, показать ли вашу программу коллегам", "/own/base", "Посмотреть");
        let why = "Её предлагают в базу программ города, без имён. Отказ ни на что не влияет";
        todos.push(todo.why(why).term("когда удобно", Tone::Plan));
    }
    if desk.to_check > 0 {
        let text = format!("Проверьте {} перед публикацией", some(desk.to_check));
        let todo = Todo::new(text, "/base/offers", "Открыть");
        todos.push(todo.why("Пара согласна, имена уже заменены, нужен взгляд человека"));
    }
    if desk.to_review > 0 {
        let todo = Todo::new(
            format!("Прочитайте {} и дайте отзыв", some(desk.to_review)),
            "/base/reviews",
            "Открыть",
        );
        todos.push(todo.why("Программу публикуют после двух рекомендаций").term("ждёт отзыва", Tone::Wait));
    }
    if desk.to_publish > 0 {
        let text = format!("Опубликуйте {} в базе", some(desk.to_publish));
        let todo = Todo::new(text, "/base/publications", "Открыть");
        todos.push(todo.why("Две рекомендации есть. Базу обновляют до 1 октября (ДК 1.6)"));
    }
    if todos.is_empty() {
        return Ok(());
    }
    if sections.is_empty() {
        sections.push(Section::new("Для вас".to_owned(), CALM));
    }
    sections[0].todos.extend(todos);
    Ok(())
}

const CALM: Calm = Calm { title: "", text: "", href: "/own/base", action: "Открыть" };
