//! What the kinds of mentoring with a life of their own ask of people: evenings of speed meetings, requests for help.

use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::Seat;
use super::line::{Calm, Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::{help, speed};

/// What the curator has to do.
pub(super) async fn curator(seat: &Seat<'_>) -> Outcome<Vec<Todo>> {
    let reach = seat.actor.reach(Permission::FormPairs);
    let evenings = speed::counts(seat.ctx.app().db.reader(), &reach, seat.ctx.today).await?;
    let mut todos = Vec::new();
    if evenings.unmarked > 0 {
        let count = russian::count(evenings.unmarked, "вечер", "вечера", "вечеров");
        let text = format!("Отметьте, кто встретился: {count} быстрых встреч");
        todos.push(Todo::new(text, "/speed", "Отметить").why("Отметки с карточек покажут, кому подошло"));
    }
    if evenings.matches > 0 {
        let pairs = russian::count(evenings.matches, "пара", "пары", "пар");
        let text = format!("Составьте пары после быстрых встреч: {pairs}");
        todos.push(Todo::new(text, "/speed", "Открыть").why("Продолжить хотят обе стороны"));
    }
    let reach = seat.actor.reach(Permission::ReadHelpNumbers);
    let late = help::waiting_too_long(seat.ctx.app().db.reader(), &reach, seat.ctx.now).await?;
    if late > 0 {
        let requests = russian::count(late, "просьба", "просьбы", "просьб");
        let verb = russian::choose(late, "ждёт", "ждут", "ждут");
        let text = format!("Помогите тем, кому долго не отвечают: {verb} {requests}");
        let why = "О чём просят, знают только двое. Поговорите с наставником или найдите другого";
        todos.push(Todo::new(text, "/help#late", "Открыть").why(why).term("слишком долго", Tone::Late));
    }
    Ok(todos)
}

/// What a mentor or a mentee has to do about help.
pub(super) async fn participant(seat: &Seat<'_>) -> Outcome<Vec<Todo>> {
    let (reader, person) = (seat.ctx.app().db.reader(), seat.actor.person.0);
    if seat.role == Role::Mentor {
        let waiting = help::waiting_for(reader, person, seat.ctx.today).await?;
        let requests = russian::count(waiting, "просьба", "просьбы", "просьб");
        let todo = Todo::new(format!("Ответьте на просьбы о помощи: {requests}"), "/help/queue", "Ответить");
        return Ok((waiting > 0).then(|| todo.term("ждут ответа", Tone::Wait)).into_iter().collect());
    }
    let answered = help::answered(reader, person).await?;
    let todo = |pair: uuid::Uuid| {
        Todo::new("Прочитайте ответ наставника на вашу просьбу", format!("/pairs/{pair}/help"), "Открыть")
            .term("есть ответ", Tone::Done)
    };
    Ok(answered.map(todo).into_iter().collect())
}

/// Adds what is asked of a person whatever their role, to the pair's section or to the first.
pub(super) async fn add(ctx: &Ctx, roles: &[Role], sections: &mut Vec<Section>) -> Outcome<()> {
    let next = speed::next_of(ctx.app().db.reader(), ctx.actor().person.0, ctx.today).await?;
    let Some(next) = next else { return Ok(()) };
    let text = format!("Приходите на быстрые встречи {}", next.when_and_where);
    let day =
        if next.held_on == ctx.today { "сегодня".to_owned() } else { russian::long(next.held_on) };
    let todo = Todo::new(text, "/own/speed", "С кем я встречаюсь").term(day, Tone::Plan);
    if sections.is_empty() {
        sections.push(Section::new("Быстрые встречи".to_owned(), CALM));
    }
    let pair = roles.iter().position(|role| matches!(role, Role::Mentor | Role::Mentee));
    sections[pair.unwrap_or(0)].todos.push(todo);
    Ok(())
}

const CALM: Calm = Calm {
    title: "Сейчас от вас ничего не ждут",
    text: "Когда куратор пригласит вас на быстрые встречи, приглашение появится здесь.",
    href: "/own/speed",
    action: "Открыть быстрые встречи",
};
