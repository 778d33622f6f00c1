//! What meetings ask of a person: a pair that has been silent for weeks, somebody who asks for help.

use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::line::{Calm, Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::meetings;
use crate::pairs::{Case, State};

/// Lines about one's own pairs at work.
pub(super) async fn own(ctx: &Ctx, cases: &[Case]) -> Outcome<Vec<Todo>> {
    let at_work: Vec<_> =
        cases.iter().filter(|case| case.state == State::Active).map(|case| case.pair.id).collect();
    let errands = meetings::errands(ctx, &at_work).await?;
    let mut todos = Vec::new();
    for (pair, day) in &errands.untold {
        let text = format!("Встреча была назначена на {}: состоялась?", russian::short(*day));
        todos.push(
            Todo::new(text, format!("/pairs/{pair}/meetings"), "Ответить").why("Одно нажатие, если была"),
        );
    }
    for (pair, lesson) in &errands.lessons {
        let text = "Вернитесь к занятию, которое посетили: день подошёл";
        todos.push(Todo::new(text, format!("/pairs/{pair}/lessons/{lesson}"), "Открыть карту"));
    }
    for pair in &errands.pulse {
        let why = "15 секунд. Ответы увидите только вы";
        let todo =
            Todo::new("Ответьте на три вопроса о встречах", format!("/pairs/{pair}/pulse"), "Ответить");
        todos.push(todo.why(why).term("когда удобно", Tone::Plan));
    }
    for (pair, weeks, last) in errands.silent {
        let ago = russian::count(u64::from(weeks), "неделю", "недели", "недель");
        let text = match last {
            Some(_) => format!("Последняя встреча – {ago} назад"),
            None => format!("Пара работает {ago}, встреч ещё не записано"),
        };
        let why = "Встречались? Запись займёт меньше минуты. Если нет – ничего страшного, договоритесь о дне";
        todos.push(Todo::new(text, format!("/pairs/{pair}/meetings/new"), "Записать").why(why));
    }
    Ok(todos)
}

/// Adds the calls for help to the section of the role that is called, otherwise to the first one.
pub(super) async fn calls(ctx: &Ctx, roles: &[Role], sections: &mut Vec<Section>) -> Outcome<()> {
    let waiting = meetings::called(ctx).await?;
    if waiting == 0 {
        return Ok(());
    }
    let called = |role: &Role| {
        matches!(role, Role::Curator | Role::Psychologist | Role::Mentor | Role::Director | Role::Council)
    };
    let index = roles.iter().position(called).unwrap_or(0);
    if sections.is_empty() {
        sections.push(Section::new("Для вас".to_owned(), CALM));
    }
    let text = format!("Вас просят о помощи: {}", russian::count(waiting, "просьба", "просьбы", "просьб"));
    let why = "Человек мог ничего не объяснить: поговорите с ним наедине";
    let todo = Todo::new(text, "/own/calls", "Открыть").why(why).term("ждёт разговора", Tone::Wait);
    sections[index].todos.insert(0, todo);
    Ok(())
}

const CALM: Calm = Calm { title: "", text: "", href: "/own/calls", action: "Открыть" };
