//! What endings and «подходим друг другу» ask: of those who answer, of those who take part.

use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian;

use super::Seat;
use super::line::{Section, Todo};
use crate::endings::{self, Errand};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::pairs::Case;

/// What waits for a curator's or a director's answer.
pub(super) async fn decide(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let desk = endings::desk(seat.ctx, &seat.actor.reach(Permission::DecideEndings)).await?;
    if desk.waiting > 0 {
        let text =
            format!("Ответьте на {}", russian::count(desk.waiting, "заявление", "заявления", "заявлений"));
        let why = "Завершение или замена наставника: на ответ три рабочих дня (статья 351.8 ТК РФ)";
        let todo = Todo::new(text, "/petitions?state=open", "Ответить").why(why);
        section.todos.push(match desk.overdue {
            0 => todo.term("ждут ответа", Tone::Wait),
            late => todo.term(format!("срок прошёл: {late}"), Tone::Late),
        });
    }
    if desk.talks > 0 {
        let text = format!("Нужен разговор: {}", russian::count(desk.talks, "пара", "пары", "пар"));
        let why = "Пара пока не складывается. Поговорите с каждым отдельно";
        section.todos.push(Todo::new(text, "/petitions", "Открыть").why(why));
    }
    Ok(())
}

/// What a participant is asked about the own pairs.
pub(super) async fn take_part(seat: &Seat<'_>, cases: &[Case], section: &mut Section) -> Outcome<()> {
    for errand in endings::errands(seat.ctx, cases).await? {
        section.todos.push(match errand {
            Errand::Fit { pair, round } => {
                let why = format!("Один вопрос {}. Ответ видите только вы", round.title());
                Todo::new("Скажите, подходите ли вы друг другу", format!("/pairs/{pair}/fit"), "Ответить")
                    .why(why)
            }
            Errand::Talk { pair, on } => {
                let text = "С вами хотят поговорить о вашем заявлении";
                let todo = Todo::new(text, format!("/pairs/{pair}/petition"), "Открыть");
                todo.term(russian::short(on), Tone::Plan)
            }
        });
    }
    Ok(())
}
